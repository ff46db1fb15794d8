//! Whether bytes are text, and in which encoding.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// What the beginning of a stream says of the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    Text,
    Utf16(&'static Encoding),
    Gzip,
    Zip,
    Binary,
}

/// How programs' own files begin: what is mostly zeros otherwise looks like a log that a crash left holes in.
const MAGIC: [&[u8]; 7] = [
    b"SQLite format 3\0",
    b"\x37\x7f\x06\x82",
    b"\x37\x7f\x06\x83",
    b"\x7fELF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"%PDF-",
];

/// Whether a byte separates fields of a text: what FIX has between them, and what ASCII has for it.
pub(super) fn is_separator(byte: u8) -> bool {
    matches!(byte, 1..=3 | 28..=31)
}

/// Whether it is text but for what separates its fields. What counts lengths before its strings has many other bytes besides.
fn is_separated(head: &[u8], control: usize) -> bool {
    let separators = head.iter().filter(|byte| is_separator(**byte)).count();
    let doubled = head.windows(2).filter(|pair| pair.iter().all(|byte| is_separator(*byte))).count();
    let is_text = match std::str::from_utf8(head) {
        Ok(_) => true,
        // A letter that the end of the head cut.
        Err(error) => error.error_len().is_none(),
    };
    is_text
        && !head.contains(&0)
        && separators >= 3
        && separators * 10 >= control * 9
        && separators * 3 < head.len()
        && doubled * 4 < separators
}

pub(super) fn guess(head: &[u8]) -> Guess {
    if head.starts_with(&[0x1f, 0x8b]) {
        return Guess::Gzip;
    }
    if head.starts_with(b"PK\x03\x04") {
        return Guess::Zip;
    }
    if MAGIC.iter().any(|magic| head.starts_with(magic)) {
        return Guess::Binary;
    }
    let even = head.iter().step_by(2).take(2_000);
    let odd = head.iter().skip(1).step_by(2).take(2_000);
    let pairs = even.clone().count().max(1);
    let zeros = |bytes: &mut dyn Iterator<Item = &u8>| bytes.filter(|byte| **byte == 0).count();
    let (even_zeros, odd_zeros) = (zeros(&mut even.clone()), zeros(&mut odd.clone()));
    // A mark alone is not enough: some logs begin with FF FE and are none.
    if odd_zeros * 10 > pairs * 4 && even_zeros * 10 < pairs {
        return Guess::Utf16(UTF_16LE);
    }
    if even_zeros * 10 > pairs * 4 && odd_zeros * 10 < pairs {
        return Guess::Utf16(UTF_16BE);
    }
    let control = head.iter().filter(|byte| matches!(byte, 1..=6 | 14..=26 | 28..=31)).count();
    let zero = memchr::memchr_iter(0, head).count();
    // Runs of zeros are what a power cut leaves in a log; single ones are not.
    let zero_runs = head.windows(2).filter(|pair| pair[0] != 0 && pair[1] == 0).count();
    if control * 50 > head.len() && !is_separated(head, control)
        || (zero > 0 && zero_runs * 16 > zero && zero_runs > 8)
    {
        return Guess::Binary;
    }
    Guess::Text
}
