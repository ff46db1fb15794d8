//! A log that is clean when it is written.

use std::io::{self, Write};

use super::hits::Hits;
use super::redactor::Redactor;
use super::stream::{BEHIND, Sink};

/// Cleans what is written to it, line by line, and writes it on.
///
/// A line is held back until its end comes, or [`flush`](Write::flush); a value is found behind a name that stood in one of the
/// lines before. What takes several lines and has no name (an armoured key, a recovery phrase) is found as far as it is there
/// when its lines are written.
///
/// ```
/// use std::io::Write;
///
/// use casefile::redact::Redactor;
///
/// let mut log = Redactor::builder().build().writer(Vec::new());
/// writeln!(log, "signed in with api_key=Vt7pXw0bQe9sLk2m")?;
/// let written = String::from_utf8(log.into_inner()?).unwrap();
/// assert!(written.starts_with("signed in with api_key=<api_key:"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// With `tracing`: `tracing_subscriber::fmt().with_writer(std::sync::Mutex::new(redactor.writer(file)))`.
pub struct RedactingWriter<W: Write> {
    redactor: Redactor,
    /// Nothing once it was taken out.
    inner: Option<W>,
    text: Vec<u8>,
    /// What lies before is written, and kept as context.
    from: usize,
    hits: Hits,
}

/// A longer line is written in parts.
const MAX_LINE: usize = 64 << 10;

impl Redactor {
    /// Cleans everything that is written to `inner` through it.
    pub fn writer<W: Write>(&self, inner: W) -> RedactingWriter<W> {
        RedactingWriter {
            redactor: self.clone(),
            inner: Some(inner),
            text: Vec::new(),
            from: 0,
            hits: Hits::default(),
        }
    }
}

impl<W: Write> RedactingWriter<W> {
    /// What was hidden so far.
    pub fn hits(&self) -> &Hits {
        &self.hits
    }

    /// Writes what is held back, and hands out the target.
    ///
    /// # Errors
    /// What the target says.
    pub fn into_inner(mut self) -> io::Result<W> {
        self.pass(self.text.len())?;
        Ok(self.inner.take().expect("only this takes it out"))
    }

    /// Writes what comes before `to`.
    fn pass(&mut self, to: usize) -> io::Result<()> {
        let Some(inner) = self.inner.as_mut().filter(|_| to > self.from) else { return Ok(()) };
        let mut sink = Sink { out: inner, hits: &mut self.hits };
        self.redactor.replace(&self.text, self.from, to, None, &mut sink)?;
        let keep = to.saturating_sub(BEHIND);
        self.text.drain(..keep);
        self.from = to - keep;
        Ok(())
    }
}

impl<W: Write> Write for RedactingWriter<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(buffer);
        let line = memchr::memrchr(b'\n', &self.text[self.from..]).map(|at| self.from + at + 1);
        let long = (self.text.len() - self.from > MAX_LINE).then_some(self.text.len());
        if let Some(to) = line.or(long) {
            self.pass(to)?;
        }
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass(self.text.len())?;
        self.inner.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl<W: Write> Drop for RedactingWriter<W> {
    fn drop(&mut self) {
        // Nobody is left to tell: who wants to know calls `into_inner`.
        let _ = self.pass(self.text.len());
    }
}
