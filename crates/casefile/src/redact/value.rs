//! What a value is: a placeholder that has to stay, or something to hide.

use super::stand_in;

/// How much of something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// All of it.
    Full,
    /// Its order of magnitude.
    Bucketed,
    /// Nothing.
    Removed,
}

/// What the person allows to be shown of their money and their method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tiers {
    /// Balances and positions.
    pub balances: Tier,
    /// Parameters of strategies.
    pub strategy: Tier,
}

impl Default for Tiers {
    /// Balances are removed: an engineer asks when they matter. Strategies are shown: most reports are about them.
    fn default() -> Self {
        Self { balances: Tier::Removed, strategy: Tier::Full }
    }
}

const NO_VALUES: &[&str] = &[
    "not",
    "is",
    "was",
    "are",
    "has",
    "loaded",
    "expired",
    "found",
    "failed",
    "ok",
    "set",
    "error",
    "wrong",
    "denied",
    "rejected",
    "accepted",
    "mismatch",
    "header",
    "jar",
    "must",
    "too",
    "does",
    "cannot",
    "could",
    "unknown",
    "default",
    "disabled",
    "enabled",
    "true",
    "false",
    "null",
    "none",
    "nil",
    "undefined",
    "nan",
    "yes",
    "no",
    "on",
    "off",
    "n/a",
    "na",
    "empty",
    "missing",
    "unset",
    "not set",
    "not_set",
    "changeme",
    "change_me",
    "redacted",
    "hidden",
    "masked",
    "secret",
    "password",
    "token",
    "example",
    "placeholder",
    "todo",
    "string",
    "str",
    "required",
    "wymagane",
    "wymagany",
    "erforderlich",
    "brak",
    "(none)",
    "optional",
    "invalid",
    "replaceme",
    "replace_me",
    "replace-me",
    "fillme",
    "fill_me",
    "unknown",
    "(not set)",
    "<not set>",
];

/// None of these is longer.
const LONGEST: usize = 12;

/// Values that say that there is no secret: they are the diagnosis.
pub(super) fn is_placeholder(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    if value.is_empty() || stand_in::is_stand_in(value) {
        return true;
    }
    // What is longer than any of the words below and begins with a letter or a digit, most secrets do, is masked or nothing.
    let masks = memchr::memchr(b'*', value).is_some();
    let masked = value.strip_prefix(b"0x").unwrap_or(value);
    if value.len() > LONGEST && value[0].is_ascii_alphanumeric() && !masks && !is_call(value) {
        return masked.iter().all(|byte| is_mask(byte.to_ascii_lowercase()));
    }
    let lower = value.to_ascii_lowercase();
    let text = lower.as_slice();
    if NO_VALUES.iter().any(|word| word.as_bytes() == text) {
        return true;
    }
    let starts = |prefix: &str| text.starts_with(prefix.as_bytes());
    let masked = text.iter().all(|byte| is_mask(*byte))
        || (text.len() >= 4 && text.windows(3).any(|run| run == b"***"));
    let masked = masked || starts("0x") && text[2..].iter().all(|byte| is_mask(*byte));
    let bracketed = (starts("<") && text.ends_with(b">"))
        || (starts("&lt;") && text.ends_with(b"&gt;"))
        || starts("${")
        || starts("$(")
        || starts("#{")
        || (starts("{{") && text.ends_with(b"}}"))
        || (starts("[")
            && text.ends_with(b"]")
            && text[1..text.len() - 1].iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b' '))
        || (starts("%")
            && text.len() > 3
            && text[1..].iter().position(|byte| *byte == b'%').is_some_and(|end| {
                end >= 3
                    && text[1..=end].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
                    && text[end + 2..].iter().all(|byte| !byte.is_ascii_alphanumeric())
            }))
        || (starts("$")
            && text.len() > 1
            && value[1..]
                .iter()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_'));
    masked || bracketed || is_call(text)
}

/// What masks are made of.
fn is_mask(byte: u8) -> bool {
    matches!(byte, b'*' | b'x' | b'.' | b'-' | b'_' | b'#')
}

/// Begins like a call that reads the value elsewhere, or like what has to be replaced.
fn is_call(value: &[u8]) -> bool {
    const BEGINNINGS: [&str; 26] = [
        "wklej_",
        "wklej-",
        "wklej ",
        "wpisz_",
        "wpisz-",
        "tu-wpisz",
        "tu_wpisz",
        "replace_",
        "replace-",
        "paste_",
        "secretstring::",
        "os.environ",
        "os.getenv(",
        "process.env.",
        "env!(",
        "std::env::",
        "env::var(",
        "env(",
        "getenv(",
        "system.getenv(",
        "your_",
        "your-",
        "your ",
        "my_api",
        "insert_",
        "enter_",
    ];
    let begins =
        |with: &&str| value.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()));
    // `YOURSECRET`, `set(64)`
    let is_yours =
        value.starts_with(b"YOUR") && value.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_');
    let is_told = value
        .strip_prefix(b"set(")
        .or_else(|| value.strip_prefix(b"len("))
        .is_some_and(|rest| rest.strip_suffix(b")").unwrap_or(rest).iter().all(u8::is_ascii_digit));
    value.first().is_some_and(|first| b"egilmoprstwy".contains(&first.to_ascii_lowercase()))
        && (is_yours || is_told || BEGINNINGS.iter().any(begins))
}

/// Letters and digits mixed, as a machine makes them.
pub(super) fn is_random_looking(value: &[u8]) -> bool {
    if value.len() < 8 || !value.iter().any(u8::is_ascii_alphabetic) {
        return false;
    }
    // Words between colons and slashes: `ticker:BTCUSDT:1m`.
    let is_plain = |part: &[u8]| part.len() <= 3 || part.iter().all(|byte| !byte.is_ascii_digit());
    if memchr::memchr(b':', value).is_some()
        && value.split(|byte| matches!(byte, b':' | b'/' | b'.')).all(is_plain)
    {
        return false;
    }
    let several =
        |is: fn(&u8) -> bool, least: usize| value.iter().filter(|byte| is(byte)).nth(least - 1).is_some();
    several(u8::is_ascii_digit, 2)
        || value.len() >= 16 && several(u8::is_ascii_uppercase, 3) && several(u8::is_ascii_lowercase, 3)
}

/// No words alone: what a machine or a person makes up has a digit, or letters in both cases, with signs or without.
pub(super) fn is_chosen(value: &[u8]) -> bool {
    value.len() >= 6
        && value.iter().any(u8::is_ascii_digit)
        && (value.iter().any(u8::is_ascii_alphabetic) || value.len() >= 8)
}

pub(super) fn is_number(value: &[u8]) -> bool {
    let unsigned = value.strip_prefix(b"-").unwrap_or(value);
    !unsigned.is_empty()
        && unsigned[0].is_ascii_digit()
        && unsigned
            .iter()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'e' | b'E' | b'-' | b'+'))
        && memchr::memchr_iter(b',', unsigned).count() <= 1
}
