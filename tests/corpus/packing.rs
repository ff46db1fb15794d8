//! How a text lies on the disk.

use std::io::{Read as _, Write as _};

use encoding_rs::WINDOWS_1250;

/// One way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// UTF-8.
    Plain,
    /// UTF-8 after a byte order mark.
    Utf8Bom,
    /// As Windows ends lines.
    Crlf,
    /// Two bytes a character; little endian or big, with a mark or without.
    Utf16 {
        /// The larger byte first.
        big: bool,
        /// With a byte order mark.
        mark: bool,
    },
    /// The code page of Polish Windows.
    Cp1250,
    /// Compressed.
    Gzip,
    /// With runs of zero bytes, as a power loss leaves them.
    NulRuns,
}

impl Packing {
    /// All of them; most files are plain.
    pub const ALL: [Self; 10] = [
        Self::Plain,
        Self::Crlf,
        Self::Utf16 { big: false, mark: true },
        Self::Utf16 { big: false, mark: false },
        Self::Utf16 { big: true, mark: true },
        Self::Utf16 { big: true, mark: false },
        Self::Cp1250,
        Self::Gzip,
        Self::NulRuns,
        Self::Utf8Bom,
    ];

    /// Packs a text.
    pub fn pack(self, text: &str) -> Vec<u8> {
        match self {
            Self::Plain => text.as_bytes().to_vec(),
            Self::Utf8Bom => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            Self::Crlf => text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes(),
            Self::Utf16 { big, mark } => {
                let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
                units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
            }
            Self::Cp1250 => WINDOWS_1250.encode(text).0.into_owned(),
            Self::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                encoder.write_all(text.as_bytes()).expect("memory takes all");
                encoder.finish().expect("memory takes all")
            }
            Self::NulRuns => {
                let mut bytes = Vec::new();
                for (at, line) in text.split_inclusive('\n').enumerate() {
                    if at % 17 == 5 {
                        bytes.extend([0; 64]);
                    }
                    bytes.extend(line.as_bytes());
                }
                bytes
            }
        }
    }

    /// What a person would read in the bytes; `None` if they cannot be read in this way any more.
    pub fn unpack(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Plain | Self::Utf8Bom => {
                Some(String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').to_owned())
            }
            Self::Crlf => Some(String::from_utf8_lossy(bytes).replace("\r\n", "\n")),
            Self::NulRuns => Some(String::from_utf8_lossy(bytes).replace('\0', "")),
            Self::Utf16 { big, .. } => {
                let units = bytes.chunks(2).map(|pair| {
                    let pair = [pair[0], pair.get(1).copied().unwrap_or(0)];
                    if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
                });
                let text = String::from_utf16(&units.collect::<Vec<_>>()).ok()?;
                Some(text.trim_start_matches('\u{feff}').to_owned())
            }
            Self::Cp1250 => Some(WINDOWS_1250.decode_without_bom_handling(bytes).0.into_owned()),
            Self::Gzip => {
                let mut text = Vec::new();
                flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut text).ok()?;
                Some(String::from_utf8_lossy(&text).into_owned())
            }
        }
    }

    /// What stands behind the name of such a file.
    pub fn suffix(self) -> &'static str {
        if self == Self::Gzip { ".gz" } else { "" }
    }
}

/// Opens what was cleaned. If it lost its form, whatever can be read in it counts.
pub fn open(packing: Packing, bytes: &[u8]) -> String {
    packing.unpack(bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
}
