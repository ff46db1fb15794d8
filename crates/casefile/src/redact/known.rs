//! Values that are known to be secret here, searched everywhere in every encoding.

use std::fmt::Write;
use std::io::Read;

use aho_corasick::{AhoCorasick, MatchKind};
use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};
use zeroize::{Zeroize, Zeroizing};

use super::assignment;
use super::find::Span;
use super::raw::Raw;
use super::rules::Id;
use super::{shapes, value};

/// Secrets that the host, its presets or this machine know. Has no `Debug`; wiped from memory when dropped.
#[derive(Default)]
pub struct KnownValues {
    values: Vec<(Id, Zeroizing<String>)>,
}

/// Presets and settings are small; of a larger file only the beginning is learnt from.
const MAX_LEARN_BYTES: u64 = 8 << 20;
/// More values than this would slow every report down.
const MAX_VALUES: usize = 20_000;

impl KnownValues {
    /// Knows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Learns every value that stands under the name of a secret in a preset, a configuration or an environment.
    /// A source that cannot be read to its end teaches what could be read.
    pub fn learn(&mut self, raw: Raw, _source: &str) {
        let mut text = Zeroizing::new(Vec::new());
        // A source that breaks off has still taught something.
        let _ = raw.into_reader().take(MAX_LEARN_BYTES).read_to_end(&mut text);
        let mut spans = Vec::new();
        assignment::find(&text, &mut spans);
        shapes::find(&text, &mut spans);
        for span in spans.into_iter().filter(|span| span.rule < Id::HiddenWord) {
            if let Ok(value) = std::str::from_utf8(&text[span.start..span.end]) {
                self.add_rule(span.rule, value);
            }
        }
    }

    /// Adds one secret; `kind` is the name of a rule, or anything else for a secret without a better name.
    pub fn add(&mut self, kind: &str, value: &str) {
        let rule = super::rules::RULES.iter().position(|rule| rule.name == kind || rule.kind == kind);
        let rule = rule.and_then(|index| ALL.get(index).copied()).unwrap_or(Id::KnownValue);
        self.add_rule(rule, value);
    }

    /// Adds the names of this machine and its user, from the environment.
    pub fn add_machine(&mut self) {
        for (variable, rule) in [
            ("USER", Id::UserName),
            ("USERNAME", Id::UserName),
            ("LOGNAME", Id::UserName),
            ("COMPUTERNAME", Id::HostName),
            ("HOSTNAME", Id::HostName),
        ] {
            if let Ok(value) = std::env::var(variable) {
                self.add_rule(rule, &value);
            }
        }
        if let Ok(host) = sysinfo::System::host_name() {
            self.add_rule(Id::HostName, &host);
        }
        for variable in ["HOME", "USERPROFILE"] {
            let home = std::env::var(variable).unwrap_or_default();
            if let Some(name) = home.rsplit(['/', '\\']).next() {
                self.add_rule(Id::UserName, name);
            }
        }
    }

    fn add_rule(&mut self, rule: Id, value: &str) {
        let value = value.trim();
        if self.values.len() < MAX_VALUES && is_worth_knowing(rule, value) {
            self.values.push((rule, Zeroizing::new(value.to_owned())));
        }
    }
}

/// The rules in order, to come from a name to an id.
const ALL: [Id; 16] = [
    Id::ApiKey,
    Id::ApiSecret,
    Id::Password,
    Id::Token,
    Id::Authorization,
    Id::Cookie,
    Id::Signature,
    Id::ServiceToken,
    Id::TelegramToken,
    Id::Webhook,
    Id::Jwt,
    Id::ConnectionUrl,
    Id::PrivateKey,
    Id::Phrase,
    Id::LicenseKey,
    Id::KnownValue,
];

/// A short or common value would blank a whole log.
fn is_worth_knowing(rule: Id, value: &str) -> bool {
    let bytes = value.as_bytes();
    if value::is_placeholder(bytes) || value::is_number(bytes) && bytes.len() < 9 {
        return false;
    }
    match rule {
        Id::UserName | Id::HostName => {
            let common = [
                "root",
                "admin",
                "administrator",
                "user",
                "users",
                "ubuntu",
                "debian",
                "localhost",
                "runner",
                "docker",
                "guest",
                "trader",
                "home",
                "desktop",
                "server",
                "default",
            ];
            value.len() >= 4 && !common.contains(&value.to_lowercase().as_str())
        }
        _ => {
            let plain_word = value.chars().all(char::is_alphabetic) && value.len() < 12;
            let symbol =
                bytes.iter().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'/' | b'-' | b'_'))
                    && value.len() < 12;
            value.len() >= 6 && !plain_word && !symbol
        }
    }
}

/// The search for known values, built once for a report.
pub(super) struct Sweep {
    automaton: Option<AhoCorasick>,
    /// Rule of each pattern, and whether it has to stand alone.
    patterns: Vec<(Id, bool)>,
}

impl Sweep {
    pub(super) fn new(known: &KnownValues, hidden: &[String]) -> Self {
        let mut forms: Vec<(Zeroizing<Vec<u8>>, Id, bool)> = Vec::new();
        for (rule, value) in &known.values {
            let alone = value.len() < 12 || matches!(rule, Id::UserName | Id::HostName);
            forms.push((Zeroizing::new(value.as_bytes().to_vec()), *rule, alone));
            if value.len() >= 8 && !matches!(rule, Id::UserName | Id::HostName) {
                forms.extend(encoded(value).into_iter().map(|form| (form, *rule, false)));
            }
        }
        for word in hidden.iter().filter(|word| !word.trim().is_empty()) {
            forms.push((Zeroizing::new(word.trim().as_bytes().to_vec()), Id::HiddenWord, false));
        }
        forms.sort_by(|a, b| a.0.as_slice().cmp(b.0.as_slice()).then(a.1.cmp(&b.1)));
        forms.dedup_by(|a, b| a.0.as_slice() == b.0.as_slice());
        let patterns = forms.iter().map(|(_, rule, alone)| (*rule, *alone)).collect();
        let automaton = (!forms.is_empty()).then(|| {
            let builder = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .ascii_case_insensitive(false)
                .build(forms.iter().map(|(form, ..)| form.as_slice()));
            builder.expect("the number of known values is bounded")
        });
        Self { automaton, patterns }
    }

    pub(super) fn find(&self, text: &[u8], out: &mut Vec<Span>) {
        let Some(automaton) = &self.automaton else { return };
        for hit in automaton.find_iter(text) {
            let (rule, alone) = self.patterns[hit.pattern().as_usize()];
            let part =
                |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
            let inside =
                part(hit.start().checked_sub(1).and_then(|at| text.get(at))) || part(text.get(hit.end()));
            if !alone || !inside {
                out.push(Span::new(hit.start(), hit.end(), rule));
            }
        }
    }
}

/// The value in every encoding in which it can stand in a log.
fn encoded(value: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let mut forms: Vec<Vec<u8>> = Vec::new();
    let once = json_escaped(value);
    forms.push(json_escaped(&once).into_bytes());
    forms.push(value.replace('/', "\\/").into_bytes());
    forms.push(once.into_bytes());
    let percent = percent_encoded(value);
    forms.push(percent_encoded(&percent).into_bytes());
    forms.push(percent.to_lowercase().into_bytes());
    forms.push(percent.into_bytes());
    forms.push(HEXLOWER.encode(value.as_bytes()).into_bytes());
    forms.push(HEXUPPER.encode(value.as_bytes()).into_bytes());
    for skip in 0..3_usize {
        // Only the digits that depend on nothing but the value.
        let padded = [vec![0; skip], value.as_bytes().to_vec()].concat();
        let (first, last) = (if skip == 0 { 0 } else { skip + 1 }, padded.len() * 8 / 6);
        for encoding in [&BASE64, &BASE64URL] {
            forms.extend(encoding.encode(&padded).as_bytes().get(first..last).map(<[u8]>::to_vec));
        }
    }
    forms.push(value.encode_utf16().flat_map(u16::to_le_bytes).collect());
    forms.into_iter().filter(|form| form.len() >= 8 && form != value.as_bytes()).map(Zeroizing::new).collect()
}

fn json_escaped(value: &str) -> String {
    let mut quoted = serde_json::to_string(value).unwrap_or_default();
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned();
    quoted.zeroize();
    inner
}

fn percent_encoded(value: &str) -> String {
    let mut text = String::with_capacity(value.len() * 3);
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}
