//! What code and notations have in the place of a value: a field that is empty, a tag, a type, a file of source.

use super::separator::Separator;
use crate::redact::rules::Id;
use crate::redact::value;

/// Whether the next field of a structure of Go stands where this one is empty: `&{Secret: Testnet:true`.
pub(super) fn is_empty_of_go(text: &[u8], start: usize, word: &[u8], separator: Separator) -> bool {
    const NEAR: usize = 200;
    let name = word.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let value = word.get(name + 1..).unwrap_or_default();
    let is_plain = [&b"true"[..], b"false", b"<nil>", b"map[", b"[", b"{", b"&", b"0x"]
        .iter()
        .any(|begin| value.starts_with(begin));
    if separator != Separator::Colon
        || !word.first().is_some_and(u8::is_ascii_uppercase)
        || word.get(name) != Some(&b':')
        || !is_plain && !value.is_empty()
        || !text[..start].ends_with(b": ")
    {
        return false;
    }
    let near = &text[start.saturating_sub(NEAR)..start];
    let open = memchr::memrchr(b'{', near).map(|at| &near[at + 1..]).unwrap_or_default();
    let first = open.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    open.first().is_some_and(u8::is_ascii_uppercase)
        && open.get(first) == Some(&b':')
        && !open.contains(&b'\n')
        && !open.iter().any(|byte| b"\",".contains(byte))
}

/// Whether the word is a tag of YAML that says where the value is kept: `!vault-ref exchange/binance`.
pub(super) fn is_tag(word: &[u8], rest: &[u8], separator: Separator) -> bool {
    const TAGS: [&[u8]; 14] = [
        b"vault-ref",
        b"secret",
        b"env",
        b"env_var",
        b"ENV",
        b"ref",
        b"Ref",
        b"GetAtt",
        b"Sub",
        b"ImportValue",
        b"include",
        b"ssm",
        b"file",
        b"keyring",
    ];
    let tag = word.strip_prefix(b"!").unwrap_or_default();
    let tag = tag.split(|byte| *byte == b' ').next().unwrap_or_default();
    let line =
        rest[..rest.len().min(128)].split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let told = if word.len() > tag.len() + 1 { &word[tag.len() + 1..] } else { line };
    separator == Separator::Colon
        && TAGS.contains(&tag)
        && told.first() == Some(&b' ')
        && told.iter().any(|byte| b"/$_".contains(byte))
        && !told.iter().any(|byte| b"\"'".contains(byte))
}

/// A file of source, with the number of a line or without: `TokenRefreshService.java:34131`.
pub(super) fn is_source(word: &[u8]) -> bool {
    const ENDS: [&str; 14] =
        ["java", "kt", "scala", "cs", "py", "rs", "go", "ts", "js", "cpp", "cc", "rb", "php", "mq5"];
    let digits = word.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let file = word[..word.len() - digits].strip_suffix(b":").unwrap_or(word);
    let Some(dot) = memchr::memrchr(b'.', file) else { return false };
    dot > 2
        && file[..dot].iter().all(|byte| byte.is_ascii_alphabetic() || b"_$.".contains(byte))
        && ENDS.iter().any(|end| &file[dot + 1..] == end.as_bytes())
}

/// A type of Rust, C# or Python that has another one in it: `Option<SecretString>`.
pub(super) fn is_generic(word: &[u8], rest: &[u8]) -> bool {
    const LONGEST: usize = 96;
    const TYPES: [&[u8]; 10] = [
        b"Option",
        b"Secret",
        b"Vec",
        b"Box",
        b"Arc",
        b"Rc",
        b"Optional",
        b"List",
        b"SecretBox",
        b"Zeroizing",
    ];
    let open = memchr::memchr2(b'<', b'[', word).unwrap_or(word.len());
    let is_open = open < word.len() || matches!(rest.first(), Some(b'<' | b'['));
    is_open
        && word.len() <= LONGEST
        && TYPES.contains(&&word[..open])
        && word.get(open + 1).or_else(|| rest.get(1)).is_some_and(u8::is_ascii_uppercase)
        && word[open..].iter().all(|byte| byte.is_ascii_alphabetic() || b"<>[]_:,".contains(byte))
}

/// Whether the rest of the line explains: words alone, several of them such as no password is made of.
pub(super) fn is_explanation(text: &[u8]) -> bool {
    const JOINS: [&[u8]; 12] =
        [b"is", b"are", b"the", b"you", b"it", b"not", b"when", b"your", b"was", b"must", b"does", b"to"];
    // What it says something of.
    const OF: [&str; 12] =
        ["okx", "kucoin", "bitget", "binance", "the", "your", "this", "it", "api", "you", "we", "each"];
    let near = &text[..text.len().min(256)];
    let first = near.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if !OF.iter().any(|of| near[..first].eq_ignore_ascii_case(of.as_bytes())) {
        return false;
    }
    let line = near.split(|byte| matches!(byte, b'\n' | b'\r' | b'"')).next().unwrap_or_default();
    let is_plain = |byte: &u8| byte.is_ascii_alphabetic() || b" ,.'()-".contains(byte);
    let words = || line.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    line.iter().all(is_plain)
        && words().count() >= 6
        && words().skip(1).filter(|word| JOINS.contains(word)).count() >= 3
}

/// Whether the way to a page of a menu is told: `key & secret: exchange > API management`.
pub(super) fn is_menu(rest: &[u8]) -> bool {
    let word = rest.iter().take(24).take_while(|byte| byte.is_ascii_alphabetic()).count();
    word > 2 && rest[word..].starts_with(b" > ") && rest.get(word + 3).is_some_and(u8::is_ascii_uppercase)
}

/// Whether a remark about a column is what follows: `COMMENT ON COLUMN users.password IS '…'`.
pub(super) fn is_comment(text: &[u8], key_start: usize, value_at: usize) -> bool {
    const NEAR: usize = 160;
    if !text[..value_at].ends_with(b"IS ") {
        return false;
    }
    let near = &text[key_start.saturating_sub(NEAR)..key_start];
    let Some(from) = memchr::memmem::rfind(near, b"COMMENT ON ") else { return false };
    let remark = text.get(value_at + 1..).unwrap_or_default();
    let remark =
        remark.iter().take(NEAR).position(|byte| b"'\n".contains(byte)).map_or(remark, |end| &remark[..end]);
    !near[from..].iter().any(|byte| b";'\n".contains(byte))
        && !remark.split(|byte| *byte == b' ').any(value::is_random_looking)
}

/// Whether the attribute is the name of a setting, whose value stands beside it: `<add key="Strategy:PresetSha256" value="…"/>`.
pub(super) fn names_setting(text: &[u8], key_start: usize, value_at: usize) -> bool {
    const NEAR: usize = 64;
    if !text[..key_start].ends_with(b"<add ") {
        return false;
    }
    let rest = text.get(value_at..).unwrap_or_default();
    let length = rest.iter().take(NEAR).take_while(|byte| !b"> ".contains(byte)).count();
    let name = &rest[..length];
    let name = value::inside_quotes(name).map_or(name, |(from, to)| &name[from..to]);
    let is_key = text[key_start..].starts_with(b"key=") || text[key_start..].starts_with(b"name=");
    name.contains(&b':')
        || is_key && rest[length..].starts_with(b" value=") && value::are_words_in_camel_case(name)
}

/// Whether it is the number of a key that a ring of keys has, and not the key: `Creating key {2c39707b-…} with creation date`.
pub(super) fn numbers_key(text: &[u8], (start, end): (usize, usize)) -> bool {
    // `Creating key {…}`, `[DBG] Key {…}`; `api key {…}` is one.
    let before = &text[..start];
    text[start..end].eq_ignore_ascii_case(b"key")
        && (before.ends_with(b"ing ") || before.ends_with(b"] ") || before.ends_with(b"ound "))
        && text[end..].starts_with(b" {")
        && super::demand::end_of_guid(text, end + 1).is_some()
}

/// Whether words are told behind an arrow: `Exchange Account Key -> Config OK`.
pub(super) fn is_told(text: &[u8], value_at: usize, rule: Id) -> bool {
    const LONGEST: usize = 10;
    if !matches!(rule, Id::ApiKey | Id::ApiSecret) {
        return false;
    }
    let rest = text.get(value_at..).unwrap_or_default();
    let word = |rest: &[u8]| rest.iter().take(24).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let first = word(rest);
    text[..value_at.min(text.len())].ends_with(b"-> ")
        && (1..=LONGEST).contains(&first)
        && rest[0].is_ascii_uppercase()
        && rest.get(first) == Some(&b' ')
        && word(&rest[first + 1..]) >= 2
        && !value::is_random_looking(&rest[..first])
}
