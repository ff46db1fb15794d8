//! Bytes before and text after redaction.

use std::fmt;
use std::io::{self, Read};

use serde::Serialize;

/// Collected bytes that nobody has cleaned yet.
///
/// Cannot be printed, compared or serialised, and the reader inside is opened only by the redactor.
pub struct Raw(Box<dyn Read + Send>);

impl Raw {
    /// Wraps a source; nothing is read yet.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Self {
        Self(Box::new(reader))
    }

    /// Wraps bytes in memory.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self::from_reader(io::Cursor::new(bytes.into()))
    }

    /// Wraps a text in memory.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self::from_bytes(text.into())
    }

    pub(super) fn into_reader(self) -> Box<dyn Read + Send> {
        self.0
    }
}

/// Text that the redactor made: it may be shown, logged and sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Clean(String);

impl Clean {
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
