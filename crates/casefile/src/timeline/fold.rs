//! Repetitions as one line.

use std::io;

use jiff::Timestamp;

use super::merge::Merge;
use super::{Item, Shown};
use crate::signature;
use crate::stamp::Level;

/// The record that was read last, held back until it is known whether it repeats.
pub(super) struct Fold {
    text: Vec<u8>,
    message_at: usize,
    signature: Vec<u8>,
    /// Made only when a record could be a repetition.
    signed: bool,
    other: Vec<u8>,
    held: Option<Held>,
}

struct Held {
    source: usize,
    line: u64,
    at: Option<Timestamp>,
    until: Option<Timestamp>,
    level: Option<Level>,
    repeats: u64,
    out_of_order: bool,
    zone_assumed: bool,
}

impl Fold {
    pub(super) fn new() -> Self {
        Self {
            text: Vec::new(),
            message_at: 0,
            signature: Vec::new(),
            signed: false,
            other: Vec::new(),
            held: None,
        }
    }

    /// Takes the current record of a source.
    pub(super) fn push(
        &mut self,
        merge: &Merge<'_>,
        source: usize,
        out_of_order: bool,
        each: &mut dyn FnMut(Item<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let record = merge.record(source);
        let message = &record.text[record.message_at.min(record.text.len())..];
        if !out_of_order && self.repeats(source, message) {
            let held = self.held.as_mut().expect("what repeats is held");
            held.repeats += 1;
            held.until = record.at;
            return Ok(());
        }
        self.flush(merge, each)?;
        self.text.clear();
        self.text.extend_from_slice(record.text);
        self.message_at = record.message_at.min(record.text.len());
        self.signed = false;
        self.held = Some(Held {
            source,
            line: record.line,
            at: record.at,
            until: None,
            level: record.level(),
            repeats: 1,
            out_of_order,
            zone_assumed: record.zone_assumed,
        });
        Ok(())
    }

    /// Whether a message says what the held record says. Where a record has several lines, all have to be alike.
    fn repeats(&mut self, source: usize, message: &[u8]) -> bool {
        let Some(held) = &self.held else { return false };
        let held_message = &self.text[self.message_at..];
        if held.source != source
            || !signature::may_be_same(held_message.trim_ascii_start(), message.trim_ascii_start())
        {
            return false;
        }
        if !self.signed {
            self.signature.clear();
            sign(&mut self.signature, held_message);
            self.signed = true;
        }
        self.other.clear();
        sign(&mut self.other, message);
        self.signature == self.other
    }

    /// Hands over what is held.
    pub(super) fn flush(
        &mut self,
        merge: &Merge<'_>,
        each: &mut dyn FnMut(Item<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let Some(held) = self.held.take() else { return Ok(()) };
        each(Item::Record(Shown {
            at: held.at,
            until: held.until,
            repeats: held.repeats,
            file: merge.name(held.source),
            line: held.line,
            level: held.level,
            text: &self.text,
            message_at: self.message_at,
            out_of_order: held.out_of_order,
            zone_assumed: held.zone_assumed,
        }))
    }
}

/// The signatures of the first lines of a record; a long trace is alike when its beginning is.
fn sign(out: &mut Vec<u8>, message: &[u8]) {
    const MAX_LINES: usize = 40;
    for line in message.split(|byte| *byte == b'\n').take(MAX_LINES) {
        signature::push(out, line);
        out.push(b'\n');
    }
}
