//! What a value is: a placeholder that has to stay, or something to hide.

mod composed;
mod letters;
mod masks;
mod numbers;
mod said;
mod states;

pub(super) use self::composed::{is_composed, is_path_of_setting, is_setting};
pub(super) use self::letters::{are_words_in_camel_case, begins_with_date, is_joined_words, is_jumbled};
pub(super) use self::masks::{is_file, is_versioned, of_query, percent_decoded};
pub(super) use self::numbers::{is_number, is_version};
pub(super) use self::said::{is_algorithm, is_published_licence, parts as plain_words};
use super::{keys, stand_in};

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

/// Values that say that there is no secret: they are the diagnosis.
pub(super) fn is_placeholder(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    if value.is_empty() || stand_in::is_stand_in(value) || masks::is_mask(value) {
        return true;
    }
    // What is longer than any of the words below and begins with a letter or a digit, most secrets do, is masked or nothing.
    let masks = memchr::memchr(b'*', value).is_some();
    let masked = value.strip_prefix(b"0x").unwrap_or(value);
    if value.len() > states::LONGEST && value[0].is_ascii_alphanumeric() && !masks && !is_call(value) {
        return masks::is_nought(masked)
            || masked.iter().all(|byte| is_mask(byte.to_ascii_lowercase()))
            || is_said(value);
    }
    let lower = value.to_ascii_lowercase();
    let text = lower.as_slice();
    if states::is_state(text) {
        return true;
    }
    if text.first() == Some(&b'%')
        && of_query(text).is_some_and(|plain| b"<${[(%*".contains(&plain[0]) && is_placeholder(&plain))
    {
        return true;
    }
    let starts = |prefix: &str| text.starts_with(prefix.as_bytes());
    let masked = text.iter().all(|byte| is_mask(*byte))
        || (text.len() >= 4 && text.windows(3).any(|run| run == b"***"));
    let masked =
        masked || masks::is_nought(text) || starts("0x") && text[2..].iter().all(|byte| is_mask(*byte));
    let bracketed = (starts("<") && text.ends_with(b">"))
        || (starts("&lt;") && (text.ends_with(b"&gt;") || text.ends_with(b">")))
        || (starts("\\u003c") && text.ends_with(b"\\u003e"))
        || starts("${")
        || starts("\\${")
        || starts("$(")
        || starts("#{")
        // `%(api_key)s`, `ENC(...)`
        || (starts("%(")
            && text.ends_with(b")s")
            && text[2..text.len() - 2].iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'_'))
        || (starts("enc(") && text.ends_with(b")") && text[4..text.len() - 1].iter().all(|byte| is_mask(*byte)))
        || (starts("{{") && text.ends_with(b"}}"))
        || (starts("{ ")
            && text.ends_with(b" }")
            && text[2..text.len() - 2].iter().all(|byte| byte.is_ascii_lowercase() || b"_.".contains(byte)))
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
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_'))
        || is_variable(value);
    masked || bracketed || is_call(text) || is_said(value)
}

/// What a script calls what it holds a login in: `-Credential $cred`, `--password $pass`.
fn is_variable(value: &[u8]) -> bool {
    const NAMES: [&str; 12] = [
        "cred",
        "creds",
        "credential",
        "credentials",
        "pass",
        "password",
        "passwd",
        "pwd",
        "secret",
        "token",
        "apikey",
        "key",
    ];
    value
        .strip_prefix(b"$")
        .is_some_and(|name| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes())))
}

/// Where the value is in what was printed with its quotes, `'…'`, `b'…'`, `\"…\"`: the quotes are not part of it.
pub(super) fn inside_quotes(value: &[u8]) -> Option<(usize, usize)> {
    let prefix =
        usize::from(matches!(value, [b'b' | b'r' | b'u' | b'N' | b'L' | b'@' | b'$', b'\'' | b'"', ..]));
    let slashes = value[prefix..].iter().take(8).take_while(|byte| **byte == b'\\').count();
    let mark = value.get(prefix..prefix + slashes + 1)?;
    let from = prefix + mark.len();
    let to = value.len().checked_sub(mark.len()).filter(|to| *to > from)?;
    let inside = &value[from..to];
    let is_whole = matches!(mark.last(), Some(b'\'' | b'"'))
        && value[to..] == *mark
        && !inside.ends_with(b"\\")
        && !inside.contains(&mark[slashes]);
    is_whole.then_some((from, to))
}

/// Whether words stand in place of a value, or what says where it is or how long.
fn is_said(value: &[u8]) -> bool {
    // `YOUR_API_KEY_2`
    // `insert-your-secret (from env)`
    let remark = [&b" (from env)"[..], b" (not set)", b" (empty)", b" (default)", b" (placeholder)"]
        .iter()
        .find_map(|remark| value.strip_suffix(*remark))
        .map(<[u8]>::len);
    let value = remark.map_or(value, |at| &value[..at]);
    let digits = value.iter().rev().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let words = &value[..value.len() - digits];
    let words = if digits < 3 && matches!(words.last(), Some(b'_' | b'-')) { words } else { value };
    let words = words.strip_prefix(b"0x").unwrap_or(words);
    // `123456789:your_token_here`
    let number = words.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if number > 0 && words[number..].starts_with(b":") {
        return said::is_instruction(&words[number + 1..]);
    }
    // Most secrets have a digit, and are told from it; all the rest has a sign between its words.
    let has_digit = words.iter().any(u8::is_ascii_digit);
    if has_digit && value.iter().fold(true, |all, byte| all & byte.is_ascii_alphanumeric()) {
        return false;
    }
    !has_digit
        && (said::is_instruction(words)
            || said::is_shouted_instruction(words)
            || said::is_foreign_instruction(words))
        || (!has_digit || words.contains(&b' ')) && said::is_label(value)
        || is_counted(value)
        || is_example(value)
        || is_path(value)
        || is_system_path(value)
        || is_reference(value)
        || is_shortcut(value)
        || states::begins_with_state(value)
        || is_numbered_words(value)
}

/// Words that only count: `word1 word2 word3`.
fn is_numbered_words(value: &[u8]) -> bool {
    let stem = value.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if stem == 0 || value.get(stem) != Some(&b'1') {
        return false;
    }
    let words = || value.split(|byte| matches!(byte, b' ' | b',')).filter(|word| !word.is_empty());
    let counts = |(word, number): (&[u8], usize)| {
        word.strip_prefix(&value[..stem]).is_some_and(|digits| {
            std::str::from_utf8(digits).is_ok_and(|digits| digits.parse() == Ok(number))
        })
    };
    words().count() >= 3 && words().zip(1..).all(counts)
}

/// Keys of a keyboard: `Ctrl+Shift+F12`.
fn is_shortcut(value: &[u8]) -> bool {
    const MODIFIERS: [&[u8]; 7] = [b"ctrl", b"control", b"alt", b"shift", b"cmd", b"meta", b"win"];
    let mut keys = value.split(|byte| *byte == b'+');
    let first = keys.next().unwrap_or_default();
    let is_key = |key: &[u8]| (1..=10).contains(&key.len()) && key.iter().all(u8::is_ascii_alphanumeric);
    MODIFIERS.iter().any(|modifier| first.eq_ignore_ascii_case(modifier))
        && first.len() < value.len()
        && value.len() <= 32
        && keys.all(is_key)
}

/// How long it is: `set(64)`, `redacted(12)`.
fn is_counted(value: &[u8]) -> bool {
    const WORDS: [&[u8]; 14] = [
        b"set",
        b"present",
        b"loaded",
        b"len",
        b"length",
        b"hidden",
        b"masked",
        b"redacted",
        b"string",
        b"str",
        b"bytes",
        b"chars",
        b"secret",
        b"ok",
    ];
    let Some(open) = memchr::memchr(b'(', &value[..value.len().min(12)]) else { return false };
    let count = value[open + 1..].strip_suffix(b")").unwrap_or(&value[open + 1..]);
    (1..=5).contains(&count.len())
        && count.iter().all(u8::is_ascii_digit)
        && WORDS.iter().any(|word| value[..open].eq_ignore_ascii_case(word))
}

/// What a manual writes: `0x...`, `sk-...`, `&lt;not set&gt;`, `https://hooks.example.com/<id>/<token>`.
fn is_example(value: &[u8]) -> bool {
    // What freqtrade's own examples have. Source: <https://www.freqtrade.io/en/stable/rest-api/>
    if [&b"somethingrandom"[..], b"SuperSecurePassword", b"SuperSecret1!", b"something"].contains(&value) {
        return true;
    }
    let begun = |dots: &[u8]| value.strip_suffix(dots).is_some_and(|begin| begin.len() <= 8);
    let is_url = || value.starts_with(b"http") && memchr::memmem::find(value, b"://").is_some();
    let last = || value.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    let is_open = |part: &[u8]| match part {
        [b'<', .., b'>'] | [b'{', .., b'}'] => true,
        [first, rest @ ..] => rest.len() >= 2 && rest.iter().all(|byte| byte == first),
        [] => false,
    };
    // `@@API_KEY@@`, `%(API_KEY)s`
    let bare = value.strip_suffix(b")s").unwrap_or(value);
    let is_mark = |byte: &u8| b"@%$#(){}[]<>_!".contains(byte);
    let from = bare.iter().position(|byte| !is_mark(byte)).unwrap_or(0);
    let name = &bare[from..bare.iter().rposition(|byte| !is_mark(byte)).map_or(from, |last| last + 1)];
    let is_slot = || {
        from > 0
            && name.contains(&b'_')
            && name.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_')
            && keys::named(name).is_some()
    };
    begun(b"...")
        || is_slot()
        || begun("\u{2026}".as_bytes())
        || value.starts_with(b"&lt;") && value.ends_with(b"&gt;")
        || is_url() && (is_open(last()) || said::is_instruction(last()))
}

/// The path of a file that has it: `/run/secrets/api_key`. Words below each other, and no base64.
fn is_path(value: &[u8]) -> bool {
    let Some(rest) = [&b"/"[..], b"./", b"../", b"~/"].iter().find_map(|mark| value.strip_prefix(*mark))
    else {
        return false;
    };
    let is_word = |part: &[u8]| {
        (1..=32).contains(&part.len())
            && (part[0].is_ascii_lowercase() || part[0] == b'.')
            && part
                .iter()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-@".contains(byte))
            && part.iter().filter(|byte| byte.is_ascii_digit()).count() <= 2
    };
    let is_file =
        value.starts_with(b"~/") && [&b".json"[..], b".pem", b".key"].iter().any(|end| rest.ends_with(end));
    (rest.contains(&b'/') || is_file) && rest.split(|byte| *byte == b'/').all(is_word)
}

/// A path from the root of a system, or from a drive: `/home/anna/bot`, `C:\\Users\\anna\\bot`. No part of it is made by a machine.
fn is_system_path(value: &[u8]) -> bool {
    const ROOTS: [&str; 20] = [
        "Applications",
        "Library",
        "Users",
        "Volumes",
        "app",
        "etc",
        "home",
        "media",
        "mnt",
        "opt",
        "private",
        "proc",
        "root",
        "run",
        "srv",
        "sys",
        "tmp",
        "usr",
        "var",
        "workspace",
    ];
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.@+~ ".contains(byte) || *byte >= 0x80;
    let is_separator = |byte: &u8| matches!(byte, b'/' | b'\\');
    let parts = match value {
        [drive, b':', b'/' | b'\\', rest @ ..] if drive.is_ascii_alphabetic() => rest,
        [b'/', rest @ ..] => {
            let root = rest.split(is_separator).next().unwrap_or_default();
            if !ROOTS.iter().any(|known| root == known.as_bytes()) {
                return false;
            }
            rest
        }
        _ => return false,
    };
    let is_plain = |part: &[u8]| {
        stand_in::is_stand_in(part)
            || part.iter().all(is_part) && (part.len() < 16 || !is_random_looking(part) || is_composed(part))
    };
    parts.iter().any(is_separator) && parts.split(is_separator).all(is_plain)
}

/// What names the value where it is kept: `!secret binance_key`, `!env_var KEY`, `op://vault/item`, `env:API_KEY`.
fn is_reference(value: &[u8]) -> bool {
    const TAGS: [&[u8]; 9] =
        [b"secret", b"env", b"env_var", b"envvar", b"ref", b"sub", b"getatt", b"include", b"importvalue"];
    const KEEPERS: [&str; 16] = [
        "$env:",
        "$Env:",
        "env:",
        "vault:",
        "op://",
        "ssm:",
        "file:/",
        "keyring:",
        "keychain:",
        "arn:aws:",
        "sm://",
        "secret://",
        "ref+",
        "secretsmanager:",
        "bw://",
        "cat /",
    ];
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-./:#@ ".contains(byte);
    let kept = KEEPERS.iter().find_map(|keeper| value.strip_prefix(keeper.as_bytes()));
    if kept.is_some_and(|rest| !rest.is_empty() && rest.iter().all(is_plain) && !is_random_looking(rest)) {
        return true;
    }
    let Some(tag) = value.strip_prefix(b"!") else { return false };
    let length = tag.iter().position(|byte| *byte == b' ').unwrap_or(tag.len());
    let name = tag[length..].trim_ascii();
    TAGS.iter().any(|known| tag[..length].eq_ignore_ascii_case(known))
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-.${}".contains(byte))
}

/// A name without a value, and not the padded end of one: `ApiKey=`.
pub(super) fn is_empty_setting(line: &[u8]) -> bool {
    line.strip_suffix(b"=")
        .is_some_and(|name| !name.is_empty() && (keys::named(name).is_some() || is_joined_words(name)))
}

/// What masks are made of.
fn is_mask(byte: u8) -> bool {
    matches!(byte, b'*' | b'x' | b'.' | b'-' | b'_' | b'#')
}

/// Begins like a call that reads the value elsewhere, or like what has to be replaced.
fn is_call(value: &[u8]) -> bool {
    const BEGINNINGS: [&str; 15] = [
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
    value.first().is_some_and(|first| b"egimopsy".contains(&first.to_ascii_lowercase()))
        && BEGINNINGS.iter().any(begins)
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
