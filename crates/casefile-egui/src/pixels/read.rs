//! Reads a picture that may come from anywhere: its size is known before there is memory for it, and nothing of it but its
//! pixels is kept.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use png::{ColorType, Transformations};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::Pixels;

/// Largest file that is read.
const MAX_FILE_BYTES: u64 = 64 << 20;
/// Most pixels of a file: what today's telephones take. About 150 MB while it is read.
const MAX_FILE_PIXELS: usize = 50_000_000;
/// Longest side of a picture that is added; screens of 3,840 by 2,160 stay as they are.
const MAX_SIDE: usize = 3_840;
/// The same of a photograph, which packs badly as a PNG.
const MAX_PHOTO_SIDE: usize = 2_048;

/// Why a file cannot be added as a picture.
#[derive(Debug)]
pub(crate) enum ReadError {
    Disk(io::Error),
    /// It is larger than anybody looks at.
    TooLarge,
    /// It is broken, or none of the two kinds that are known.
    NoPicture,
}

/// Reads a PNG or a JPEG. What is see-through is laid on white; times, places, thumbnails and texts stay behind.
///
/// # Errors
/// [`ReadError`] says what is the matter.
pub(crate) fn read_file(path: &Path) -> Result<Pixels, ReadError> {
    // Nothing but files: a pipe would be waited for.
    if !path.metadata().map_err(ReadError::Disk)?.is_file() {
        return Err(ReadError::NoPicture);
    }
    let file = File::open(path).map_err(ReadError::Disk)?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(ReadError::Disk)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(ReadError::TooLarge);
    }
    if bytes.starts_with(b"\xff\xd8") {
        Ok(from_jpeg(&bytes)?.within(MAX_PHOTO_SIDE))
    } else {
        Ok(from_png(&bytes)?.within(MAX_SIDE))
    }
}

/// Reads a PNG.
///
/// # Errors
/// [`ReadError`] says what is the matter.
pub(crate) fn from_png(bytes: &[u8]) -> Result<Pixels, ReadError> {
    let broken = |_| ReadError::NoPicture;
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    // Whatever is not pixels is passed over, not unpacked.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let info = decoder.read_header_info().map_err(broken)?;
    let (width, height) = size([info.width, info.height])?;
    let mut reader = decoder.read_info().map_err(broken)?;
    let wanted = reader.output_buffer_size().ok_or(ReadError::TooLarge)?;
    let mut pixels = vec![0; wanted];
    reader.next_frame(&mut pixels).map_err(broken)?;
    let rgb = match reader.output_color_type().0 {
        ColorType::Rgb => pixels,
        ColorType::Rgba => pixels.chunks_exact(4).flat_map(|p| on_white([p[0], p[1], p[2]], p[3])).collect(),
        ColorType::Grayscale => pixels.into_iter().flat_map(|grey| [grey; 3]).collect(),
        ColorType::GrayscaleAlpha => pixels.chunks_exact(2).flat_map(|p| on_white([p[0]; 3], p[1])).collect(),
        ColorType::Indexed => return Err(ReadError::NoPicture),
    };
    Ok(Pixels::new(width, height, rgb))
}

fn from_jpeg(bytes: &[u8]) -> Result<Pixels, ReadError> {
    let options = DecoderOptions::new_safe().jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options);
    decoder.decode_headers().map_err(|_| ReadError::NoPicture)?;
    let info = decoder.info().ok_or(ReadError::NoPicture)?;
    let (width, height) = size([u32::from(info.width), u32::from(info.height)])?;
    let rgb = decoder.decode().map_err(|_| ReadError::NoPicture)?;
    if rgb.len() == width * height * 3 {
        Ok(Pixels::new(width, height, rgb))
    } else {
        Err(ReadError::NoPicture)
    }
}

fn size(sides: [u32; 2]) -> Result<(usize, usize), ReadError> {
    let [width, height] = sides.map(|side| usize::try_from(side).unwrap_or(usize::MAX));
    match width.checked_mul(height) {
        Some(0) => Err(ReadError::NoPicture),
        Some(pixels) if pixels <= MAX_FILE_PIXELS => Ok((width, height)),
        _ => Err(ReadError::TooLarge),
    }
}

fn on_white(color: [u8; 3], alpha: u8) -> [u8; 3] {
    let alpha = u32::from(alpha);
    color.map(|byte| u8::try_from((u32::from(byte) * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(color: ColorType, depth: png::BitDepth, [width, height]: [u32; 2], data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(color);
        encoder.set_depth(depth);
        encoder.add_text_chunk("Author".to_owned(), "anna@example.com".to_owned()).unwrap();
        encoder.write_header().unwrap().write_image_data(data).unwrap();
        bytes
    }

    /// A JPEG of 16 by 8 pixels, one grey, with a comment.
    const JPEG: &str = include_str!("grey.jpeg.hex");

    fn jpeg() -> Vec<u8> {
        let digits: Vec<u8> = JPEG.bytes().filter(u8::is_ascii_hexdigit).collect();
        let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        digits.chunks(2).map(pair).collect()
    }

    fn read(bytes: &[u8]) -> Result<Pixels, ReadError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        std::fs::write(&path, bytes).unwrap();
        read_file(&path)
    }

    #[test]
    fn every_kind_of_png_becomes_the_colours_that_people_see() {
        use png::BitDepth::{Eight, Sixteen};
        for (color, depth, data, seen) in [
            (ColorType::Rgb, Eight, vec![1, 2, 3], [1, 2, 3]),
            (ColorType::Rgba, Eight, vec![0, 0, 0, 0], [255; 3]),
            (ColorType::Rgba, Eight, vec![10, 20, 30, 255], [10, 20, 30]),
            (ColorType::Grayscale, Eight, vec![9], [9; 3]),
            (ColorType::GrayscaleAlpha, Eight, vec![9, 255], [9; 3]),
            (ColorType::Rgb, Sixteen, vec![1, 99, 2, 99, 3, 99], [1, 2, 3]),
        ] {
            let bytes = png(color, depth, [1, 1], &data);
            assert_eq!(read(&bytes).unwrap().at(0, 0), seen, "{color:?} {depth:?}");
        }
    }

    #[test]
    fn nothing_but_pixels_is_kept_of_a_file() {
        for bytes in [png(ColorType::Rgb, png::BitDepth::Eight, [1, 1], &[1, 2, 3]), jpeg()] {
            let has_canary = |bytes: &[u8]| bytes.windows(4).any(|part| part == b"anna");
            assert!(has_canary(&bytes));
            let picture = read(&bytes).unwrap().into_picture("a", "x").unwrap();
            assert!(!has_canary(picture.png()));
        }
        let grey = read(&jpeg()).unwrap();
        assert_eq!((grey.width, grey.height), (16, 8));
        assert!(grey.at(0, 0).iter().all(|byte| byte.abs_diff(128) < 8), "{:?}", grey.at(0, 0));
    }

    #[test]
    fn a_file_that_claims_to_be_huge_costs_no_memory() {
        // The header of a picture of 4,000,000,000 by 4,000,000,000 pixels.
        let mut huge = png(ColorType::Rgb, png::BitDepth::Eight, [1, 1], &[1, 2, 3]);
        huge[16..24].copy_from_slice(&[0x77; 8]);
        let sum = {
            let mut crc = u32::MAX;
            for byte in &huge[12..29] {
                crc ^= u32::from(*byte);
                for _ in 0..8 {
                    crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
                }
            }
            !crc
        };
        huge[29..33].copy_from_slice(&sum.to_be_bytes());
        assert!(matches!(read(&huge), Err(ReadError::TooLarge)));
        let mut wide = jpeg();
        let frame = wide.windows(2).position(|part| part == b"\xff\xc0").unwrap();
        wide[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
        assert!(matches!(read(&wide), Err(ReadError::TooLarge | ReadError::NoPicture)));
    }

    #[test]
    fn broken_files_are_no_pictures_and_break_nothing() {
        let whole = [png(ColorType::Rgb, png::BitDepth::Eight, [9, 9], &[7; 243]), jpeg()];
        let mut state = 1_u32;
        for bytes in whole {
            for length in 0..bytes.len() {
                let _ = read(&bytes[..length]);
            }
            for _ in 0..300 {
                let mut bytes = bytes.clone();
                for _ in 0..3 {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let at = usize::try_from(state >> 8).unwrap() % bytes.len();
                    bytes[at] = state.to_be_bytes()[0];
                }
                let _ = read(&bytes);
            }
        }
        assert!(matches!(read(b"\x89PNG\r\n\x1a\nrest"), Err(ReadError::NoPicture)));
        assert!(matches!(read(b"GIF89a"), Err(ReadError::NoPicture)));
        assert!(matches!(read_file(Path::new("/gone/x.png")), Err(ReadError::Disk(_))));
    }
}
