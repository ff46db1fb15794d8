//! A text under construction that remembers what was planted in it and what has to survive.

use casefile::redact::Severity;

use super::keeps;
use super::pattern::{self, Made};
use crate::seeded::Seeded;

/// How a leak of a value is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judge {
    /// Eight random characters in a row are a leak, wherever they stand.
    Random,
    /// The value as a whole: names, addresses, short passwords.
    Whole,
    /// Most of the digits in a row, whatever separates them.
    Digits,
    /// Three words in a row.
    Words,
}

/// One secret value.
#[derive(Clone, Debug)]
pub struct Secret {
    /// What it is: `okx.passphrase`.
    pub kind: String,
    /// How bad a leak is.
    pub severity: Severity,
    /// How a leak is told.
    pub judge: Judge,
    /// The value and its random parts.
    pub made: Made,
}

/// A secret where it stands.
#[derive(Clone, Debug)]
pub struct Planted {
    /// The value.
    pub secret: Secret,
    /// As it is written there: escaped, encoded.
    pub written: String,
    /// The kind of place.
    pub context: String,
    /// Whether a key, header, URL, environment or configuration names it.
    pub named: bool,
    /// First and last line, from 1.
    pub lines: [usize; 2],
    /// Whether its stand-in is compared with that of the same value elsewhere.
    pub correlated: bool,
}

/// Something that has to survive.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What it is: `tx_hash`.
    pub kind: String,
    /// As it is written.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
}

/// The text under construction.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// What is written so far.
    pub text: String,
    /// Secrets in it.
    pub planted: Vec<Planted>,
    /// Survivors in it.
    pub kept: Vec<Kept>,
    line: usize,
}

impl Sheet {
    /// Line breaks so far.
    pub fn breaks(&self) -> usize {
        self.line
    }

    /// Writes what is neither secret nor counted.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.line += text.matches('\n').count();
        self.text.push_str(text);
        self
    }

    /// Writes something that has to survive.
    pub fn keep(&mut self, kind: &str, text: &str) -> &mut Self {
        self.kept.push(Kept { kind: kind.to_owned(), text: text.to_owned(), line: self.line + 1 });
        self.push(text)
    }

    /// Writes a secret as it is.
    pub fn secret(&mut self, secret: &Secret, context: &str, named: bool) -> &mut Self {
        self.secret_as(secret, &secret.made.text, context, named, true)
    }

    /// Writes a secret in another form.
    pub fn secret_as(
        &mut self,
        secret: &Secret,
        written: &str,
        context: &str,
        named: bool,
        correlated: bool,
    ) -> &mut Self {
        let from = self.line + 1;
        self.push(written);
        self.planted.push(Planted {
            secret: secret.clone(),
            written: written.to_owned(),
            context: context.to_owned(),
            named,
            lines: [from, self.line + 1],
            correlated,
        });
        self
    }

    /// Writes another sheet, each character by itself in another form: an escape, an encoding.
    pub fn embed(&mut self, inner: &Sheet, form: impl Fn(&str) -> String, prefix: &str) -> &mut Self {
        let base = self.line;
        let whole = form(&inner.text);
        let keeps_lines = whole.matches('\n').count() == inner.text.matches('\n').count();
        for planted in &inner.planted {
            let mut planted = planted.clone();
            let written = form(&planted.written);
            planted.correlated &= written == planted.written;
            planted.written = written;
            planted.context = format!("{prefix}{}", planted.context);
            planted.lines = planted.lines.map(|line| if keeps_lines { line + base } else { base + 1 });
            self.planted.push(planted);
        }
        for kept in &inner.kept {
            let line = if keeps_lines { kept.line + base } else { base + 1 };
            self.kept.push(Kept { kind: kept.kind.clone(), text: form(&kept.text), line });
        }
        self.push(&whole)
    }

    /// Writes another sheet as it is.
    pub fn append(&mut self, inner: &Sheet) -> &mut Self {
        self.embed(inner, str::to_owned, "")
    }

    /// Writes a template: `«»` is the secret, `«order_id»` something that survives, `«~h32»` a filler.
    pub fn fill(
        &mut self,
        template: &str,
        secret: Option<&Secret>,
        context: &str,
        named: bool,
        seeded: &mut Seeded,
    ) -> &mut Self {
        let mut rest = template;
        while let Some((literal, behind)) = rest.split_once('«') {
            self.push(literal);
            let (name, behind) = behind.split_once('»').expect("a place is closed");
            if name.is_empty() {
                self.secret(secret.expect("a template with a place for a secret"), context, named);
            } else if let Some(filler) = name.strip_prefix('~') {
                let filler = pattern::make(&format!("{{{filler}}}"), seeded).text;
                self.push(&filler);
            } else {
                let text = keeps::make(name, seeded);
                self.keep(name, &text);
            }
            rest = behind;
        }
        self.push(rest)
    }
}
