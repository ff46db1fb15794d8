//! SHIM, never committed
#![allow(missing_docs, clippy::pedantic)]
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
pub const RULES_VERSION: u32 = 1;
pub struct Raw(Box<dyn Read + Send>);
impl Raw {
    pub fn from_reader(r: impl Read + Send + 'static) -> Raw {
        Raw(Box::new(r))
    }
    pub fn from_text(t: impl Into<String>) -> Raw {
        Raw(Box::new(io::Cursor::new(t.into())))
    }
}
#[derive(Debug, Clone, serde::Serialize)]
pub struct Clean(String);
impl Clean {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn into_string(self) -> String {
        self.0
    }
}
pub struct StandInKey([u8; 32]);
impl StandInKey {
    pub fn generate() -> io::Result<Self> {
        Ok(Self([0; 32]))
    }
    pub fn from_bytes(b: &[u8; 32]) -> Self {
        Self(*b)
    }
}
pub struct KnownValues;
impl KnownValues {
    pub fn new() -> Self {
        Self
    }
    pub fn add_machine(&mut self) {}
    pub fn learn(&mut self, _: Raw, _: &str) {}
    pub fn add(&mut self, _: &'static str, _: &str) {}
}
#[derive(Clone, Copy)]
pub enum Tier {
    Full,
    Bucketed,
    Removed,
}
#[derive(Clone, Copy)]
pub struct Tiers {
    pub balances: Tier,
    pub strategy: Tier,
}
impl Default for Tiers {
    fn default() -> Self {
        Tiers { balances: Tier::Bucketed, strategy: Tier::Full }
    }
}
#[derive(Clone)]
pub struct Redactor;
pub struct B;
impl Redactor {
    pub fn builder() -> B {
        B
    }
    pub fn clean_stream(&self, mut raw: Raw, _: &str, out: &mut dyn Write) -> Result<Cleaned, CleanError> {
        let mut v = vec![];
        raw.0.read_to_end(&mut v).map_err(CleanError::Read)?;
        let n = v.len() as u64;
        let t = String::from_utf8_lossy(&v).replace("anna@example.com", "<email:7f3a>");
        out.write_all(t.as_bytes()).map_err(CleanError::Write)?;
        Ok(Cleaned { hits: Hits(BTreeMap::new()), read_bytes: n, written_bytes: n })
    }
    pub fn clean_text(&self, t: &str) -> (Clean, Hits) {
        (Clean(t.into()), Hits(BTreeMap::new()))
    }
    pub fn clean_path(&self, t: &str) -> (Clean, Hits) {
        (Clean(t.into()), Hits(BTreeMap::new()))
    }
    pub fn residues(&self, _: &str, _: &mut dyn Read) -> io::Result<Vec<Residue>> {
        Ok(vec![])
    }
}
impl B {
    pub fn key(self, _: StandInKey) -> B {
        self
    }
    pub fn known(self, _: KnownValues) -> B {
        self
    }
    pub fn tiers(self, _: Tiers) -> B {
        self
    }
    pub fn hide(self, _: impl IntoIterator<Item = String>) -> B {
        self
    }
    pub fn build(self) -> Redactor {
        Redactor
    }
}
pub struct Residue {
    pub rule: &'static str,
    pub line: u64,
}
pub struct Cleaned {
    pub hits: Hits,
    pub read_bytes: u64,
    pub written_bytes: u64,
}
#[derive(serde::Serialize)]
pub struct Hits(BTreeMap<&'static str, u64>);
impl Hits {
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(a, b)| (*a, *b))
    }
}
#[derive(Debug, thiserror::Error)]
pub enum CleanError {
    #[error("r")]
    Read(#[source] io::Error),
    #[error("w")]
    Write(#[source] io::Error),
    #[error("b")]
    Binary,
}
