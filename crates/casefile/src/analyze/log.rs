//! One log, piece by piece, in whatever form it is stored.

use std::io::{self, Read, Write};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};
use flate2::write::MultiGzDecoder;

use super::Analysers;
use super::lines::Lines;
use super::tally::Tally;
use crate::logs::{MAX_UNPACKED_BYTES, Origin};

/// What is asked of a reader at once.
const PIECE_BYTES: usize = 64 << 10;

/// Looks through one log: text in UTF-8 or UTF-16, packed with gzip or not.
pub struct LogScan<'a> {
    /// Absent while the decoder has it.
    text: Option<Text<'a>>,
    form: Form<'a>,
}

enum Form<'a> {
    /// The first bytes tell; until there are two, they wait.
    Untold(Vec<u8>),
    Plain,
    Packed(Box<MultiGzDecoder<Unpacked<'a>>>),
    /// The packed bytes are damaged: what was unpacked before counts.
    Damaged,
}

impl std::fmt::Debug for LogScan<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogScan").finish_non_exhaustive()
    }
}

impl<'a> LogScan<'a> {
    pub(super) fn new(analysers: &'a Analysers, name: &str, origin: &Origin) -> Self {
        let text =
            Text { lines: Lines::new(analysers, name, origin), first: Vec::new(), coding: Coding::Untold };
        Self { text: Some(text), form: Form::Untold(Vec::new()) }
    }

    /// Takes the next piece of the log.
    pub fn push(&mut self, bytes: &[u8]) {
        match &mut self.form {
            Form::Untold(first) => {
                first.extend_from_slice(bytes);
                if first.len() < 2 {
                    return;
                }
                let first = std::mem::take(first);
                self.form = if first.starts_with(&[0x1f, 0x8b]) {
                    Form::Packed(Box::new(MultiGzDecoder::new(Unpacked {
                        text: self.text.take(),
                        left_bytes: MAX_UNPACKED_BYTES,
                    })))
                } else {
                    Form::Plain
                };
                self.push(&first);
            }
            Form::Plain => self.text.iter_mut().for_each(|text| text.push(bytes)),
            Form::Packed(decoder) => {
                if decoder.write_all(bytes).is_err() {
                    self.text = decoder.get_mut().text.take();
                    self.form = Form::Damaged;
                }
            }
            Form::Damaged => {}
        }
    }

    /// Takes the rest of the log from a reader.
    ///
    /// # Errors
    /// What the reader says.
    pub fn read(&mut self, reader: &mut dyn Read) -> io::Result<()> {
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            match reader.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(read) => self.push(&piece[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Ends the log.
    pub(super) fn end(self) -> Seen {
        let mut text = self.text;
        match self.form {
            Form::Untold(first) => text.iter_mut().for_each(|text| text.push(&first)),
            Form::Packed(mut decoder) => {
                // What it still holds goes to the text; that the end is missing is damage like any other.
                let _ = decoder.try_finish();
                text = decoder.get_mut().text.take();
            }
            Form::Plain | Form::Damaged => {}
        }
        let mut text = text.expect("the decoder gave it back");
        text.finish();
        text.lines.end()
    }
}

/// What was seen in one log.
#[derive(Debug)]
pub(super) struct Seen {
    /// By the index of the analyser. Thousands of logs may be waiting to be added up, each with few of them.
    pub(super) tallies: Box<[(usize, Tally)]>,
    pub(super) lines: u64,
    /// Bytes of text.
    pub(super) bytes: u64,
}

/// A log is written where clean bytes go.
impl Write for LogScan<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Text that may be UTF-16, which Windows programs write.
struct Text<'a> {
    lines: Lines<'a>,
    /// Bytes that wait until the coding is known.
    first: Vec<u8>,
    coding: Coding,
}

enum Coding {
    Untold,
    Narrow,
    Wide(Box<Decoder>),
}

impl Text<'_> {
    fn push(&mut self, bytes: &[u8]) {
        match &mut self.coding {
            Coding::Narrow => self.lines.push(bytes),
            Coding::Wide(decoder) => decode(decoder, bytes, &mut self.lines, false),
            Coding::Untold => {
                self.first.extend_from_slice(bytes);
                if self.first.len() < 2 {
                    return;
                }
                let encoding = match self.first[..2] {
                    [0xff, 0xfe] => Some(UTF_16LE),
                    [0xfe, 0xff] => Some(UTF_16BE),
                    _ => None,
                };
                self.coding = encoding.map_or(Coding::Narrow, |encoding| {
                    Coding::Wide(Box::new(encoding.new_decoder_with_bom_removal()))
                });
                let first = std::mem::take(&mut self.first);
                self.push(&first);
            }
        }
    }

    fn finish(&mut self) {
        if let Coding::Wide(decoder) = &mut self.coding {
            decode(decoder, &[], &mut self.lines, true);
        }
        let first = std::mem::take(&mut self.first);
        self.lines.push(&first);
    }
}

/// Where the decoder writes; the text is taken back when it is done.
struct Unpacked<'a> {
    text: Option<Text<'a>>,
    left_bytes: u64,
}

impl Write for Unpacked<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.left_bytes =
            self.left_bytes.checked_sub(bytes.len() as u64).ok_or(io::ErrorKind::InvalidData)?;
        self.text.iter_mut().for_each(|text| text.push(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn decode(decoder: &mut Decoder, mut bytes: &[u8], lines: &mut Lines<'_>, last: bool) {
    let mut text = [0; 4_096];
    loop {
        let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut text, last);
        lines.push(&text[..written]);
        bytes = &bytes[read..];
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}
