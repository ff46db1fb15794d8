use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::*;

fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(data);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length, kind, data, &crc.sum().to_be_bytes()].concat()
}

fn header(width: u32, height: u32, rest: [u8; 5]) -> Vec<u8> {
    chunk(b"IHDR", &[&width.to_be_bytes(), &height.to_be_bytes(), &rest[..]].concat())
}

fn packed(rows: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(rows).unwrap();
    encoder.finish().unwrap()
}

const RGB: [u8; 5] = [8, 2, 0, 0, 0];

/// Rows of a picture of this size, with a filter of each kind.
fn rows(width: u32, height: u32) -> Vec<u8> {
    (0..height)
        .flat_map(|row| {
            let filter = std::iter::once(u8::try_from(row % 5).unwrap());
            filter.chain((0..width * 3).map(move |at| u8::try_from((at * 7 + row) % 251).unwrap()))
        })
        .collect()
}

fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    [SIGNATURE.to_vec(), chunks.concat()].concat()
}

fn good(width: u32, height: u32) -> Vec<u8> {
    let data = chunk(b"IDAT", &packed(&rows(width, height)));
    png(&[header(width, height, RGB), data, chunk(b"IEND", b"")])
}

fn judged(png: &[u8], piece: usize) -> Result<[u32; 2], PictureError> {
    let mut plain = PlainPng::new();
    for piece in png.chunks(piece) {
        plain.push(piece);
    }
    plain.end()
}

#[test]
fn a_picture_of_pixels_is_let_through_however_it_comes() {
    for size in [(1, 1), (3, 7), (640, 400)] {
        let png = good(size.0, size.1);
        for piece in [1, 7, 4096, usize::MAX] {
            assert_eq!(judged(&png, piece), Ok([size.0, size.1]), "{size:?} in pieces of {piece}");
        }
    }
    // Some encoders cut the packed pixels into several chunks.
    let data = packed(&rows(64, 64));
    let (one, other) = data.split_at(data.len() / 3);
    let cut = png(&[header(64, 64, RGB), chunk(b"IDAT", one), chunk(b"IDAT", other), chunk(b"IEND", b"")]);
    assert_eq!(judged(&cut, 11), Ok([64, 64]));
}

#[test]
fn whatever_is_not_pixels_is_refused() {
    let data = |rows: &[u8]| chunk(b"IDAT", &packed(rows));
    let (plain, end) = (rows(4, 4), chunk(b"IEND", b""));
    let bad_filter = [[&[5], &plain[1..13]].concat(), plain[13..].to_vec()].concat();
    let behind = [packed(&plain), b"password".to_vec()].concat();
    let text = chunk(b"tEXt", b"Comment\0made by anna@example.com");
    let mut wrong_sum = good(4, 4);
    *wrong_sum.last_mut().unwrap() ^= 1;
    let cases = [
        ("nothing", Vec::new()),
        ("a text chunk", png(&[header(4, 4, RGB), text.clone(), data(&plain), end.clone()])),
        ("a text chunk behind the pixels", png(&[header(4, 4, RGB), data(&plain), text, end.clone()])),
        ("bytes behind the end", [good(4, 4), b"x".to_vec()].concat()),
        ("bytes behind the pixels", png(&[header(4, 4, RGB), chunk(b"IDAT", &behind), end.clone()])),
        ("a row too many", png(&[header(4, 4, RGB), data(&rows(4, 5)), end.clone()])),
        ("a row too few", png(&[header(4, 4, RGB), data(&rows(4, 3)), end.clone()])),
        ("no pixels", png(&[header(4, 4, RGB), end.clone()])),
        ("no header", png(&[data(&plain), end.clone()])),
        ("two headers", png(&[header(4, 4, RGB), header(4, 4, RGB), data(&plain), end.clone()])),
        ("data in the last chunk", png(&[header(4, 4, RGB), data(&plain), chunk(b"IEND", b"x")])),
        ("an unknown filter", png(&[header(4, 4, RGB), data(&bad_filter), end.clone()])),
        ("see-through pixels", png(&[header(3, 4, [8, 6, 0, 0, 0]), data(&plain), end.clone()])),
        ("interlaced", png(&[header(4, 4, [8, 2, 0, 0, 1]), data(&plain), end.clone()])),
        ("no width", png(&[header(0, 4, RGB), data(&plain), end.clone()])),
        ("a wrong checksum", wrong_sum),
        ("a JPEG", b"\xff\xd8\xff\xe0\x00\x10JFIF".to_vec()),
    ];
    for (name, png) in cases {
        for piece in [1, usize::MAX] {
            assert_eq!(judged(&png, piece), Err(PictureError::NotPlain), "{name}");
        }
    }
    let whole = good(4, 4);
    for length in 0..whole.len() {
        assert!(judged(&whole[..length], 5).is_err(), "cut after {length}");
    }
}

#[test]
fn a_picture_too_large_to_look_at_is_refused_before_it_is_unpacked() {
    for (width, height) in [(MAX_SIDE_PIXELS + 1, 1), (5_000, 5_000), (u32::MAX, u32::MAX)] {
        let png = png(&[header(width, height, RGB)]);
        assert_eq!(judged(&png, 9), Err(PictureError::TooBig), "{width} x {height}");
    }
    // Pixels that pack well are still counted: no more is unpacked than the header promises.
    let bomb = png(&[header(1, 1, RGB), chunk(b"IDAT", &packed(&vec![0; 8 << 20])), chunk(b"IEND", b"")]);
    assert_eq!(judged(&bomb, usize::MAX), Err(PictureError::NotPlain));
}
