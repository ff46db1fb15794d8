//! Values without quotes: what is wrapped around them, where they end.

use super::MAX_VALUE;
use super::demand::demanded;
use super::fallback;
use super::separator::Separator;
use crate::redact::binary::is_separator;
use crate::redact::gate::{self, class};
use crate::redact::keys::{self, Demand};

/// Length of what Go, Node and Elixir show around a string: `sql.NullString{String:"…"`, `[]byte("…")`, `[String: '…']`, `{:ok, "…"}`.
fn literal(rest: &[u8]) -> Option<usize> {
    if rest.starts_with(b"Value(raw=") {
        return Some(10);
    }
    if !matches!(rest.first()?, b'[' | b'{' | b's') {
        return None;
    }
    for (mark, length) in [
        (&b"[]byte(\""[..], 7),
        (b"[String: '", 9),
        (b"[String: \"", 9),
        (b"{:ok, \"", 6),
        (b"{:ok, <<\"", 6),
    ] {
        if rest.starts_with(mark) {
            return Some(length);
        }
    }
    let null = rest.strip_prefix(b"sql.NullString").unwrap_or(rest).strip_prefix(b"{String:")?;
    (!null.starts_with(b" ")).then_some(rest.len() - null.len())
}

/// Length of what is wrapped around a value.
pub(super) fn wrapper(rest: &[u8]) -> usize {
    if rest.first().is_none_or(u8::is_ascii_digit) && !rest.starts_with(b"0x") {
        return 0;
    }
    if let Some(length) = literal(rest).or_else(|| constructor(rest)) {
        return length;
    }
    if matches!(rest.first(), Some(b'c' | b'p' | b'v')) {
        let word = rest.iter().take(10).take_while(|byte| byte.is_ascii_alphabetic()).count();
        return typed(rest, word).unwrap_or(0);
    }
    // Most values have nothing around them, and begin with what nothing below does.
    if rest
        .first()
        .is_none_or(|first| matches!(first, b'1'..=b'9' | b'g'..=b'q') || b"adetwxyz\"'".contains(first))
    {
        return 0;
    }
    // The anchor of a YAML value: `&name …`.
    if rest.first() == Some(&b'&') {
        let name = rest[1..].iter().take(64).take_while(|byte| gate::is(**byte, class::NAME)).count();
        if name > 0 && rest.get(name + 1) == Some(&b' ') {
            return name + 2;
        }
    }
    // What a debugger knows of a string: `{java.lang.String@123} "…"`.
    if let Some(kind) = rest.strip_prefix(b"{") {
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b".$_@".contains(byte);
        let length = kind.iter().take(64).take_while(is_part).count();
        if kind[..length].contains(&b'@') && kind[length..].starts_with(b"} \"") {
            return length + 3;
        }
    }
    for (mark, length) in [(&b"!!str "[..], 6), (b"!!binary ", 9), (b"<<\"", 2), (b"QString, \"", 9)] {
        if rest.starts_with(mark) {
            return length;
        }
    }
    // `username:s:anna` of a file for a remote desktop.
    if matches!(rest, [b's', b':', next, ..] if next.is_ascii_alphabetic()) {
        return 2;
    }
    // A block of YAML in a string of JSON: `>-\n    …`.
    for mark in [&b">-\\n"[..], b">\\n", b"|-\\n", b"|\\n"] {
        if rest.starts_with(mark) {
            return mark.len() + rest[mark.len()..].iter().take(16).take_while(|byte| **byte == b' ').count();
        }
    }
    // The address of a string before the string: `0x7ffe "…"`.
    if let Some(digits) = rest.strip_prefix(b"0x") {
        let length = digits.iter().take(17).take_while(|byte| byte.is_ascii_hexdigit()).count();
        let behind = digits[length..].strip_prefix(b" ").unwrap_or_default();
        let slashes = behind.iter().take(4).take_while(|byte| **byte == b'\\').count();
        if behind.get(slashes) == Some(&b'"') {
            return 2 + length + 1;
        }
    }
    if let [b'b' | b'r' | b'u' | b'f' | b'N' | b'L' | b'@' | b'$', b'\'' | b'"', ..] = rest {
        return 1;
    }
    // `string(64) "…"` of PHP, `(string) (len=64) "…"` of Go.
    let head = &rest[..rest.len().min(48)];
    if let Some(after) = head.strip_prefix(b"(string) (len=").or_else(|| head.strip_prefix(b"string("))
        && let Some(close) = memchr::memchr(b')', after)
        && after.get(close + 1) == Some(&b' ')
    {
        return head.len() - after.len() + close + 2;
    }
    if rest.starts_with(b"REG_SZ") {
        return 6 + rest[6..].iter().take(16).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    }
    let word = rest.iter().take(24).take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'_').count();
    // `Secret { inner: "…" }`
    if word > 0 && rest[0].is_ascii_uppercase() && rest[word..].starts_with(b" { ") {
        return word + 1;
    }
    if let Some(length) = typed(rest, word) {
        return length;
    }
    let is_open =
        rest.get(word) == Some(&b'(') || &rest[..word] == b"Optional" && rest.get(word) == Some(&b'[');
    let called = word > 0 && is_open && rest[0].is_ascii_uppercase();
    if !called {
        return 0;
    }
    // `Some(` with its value on the next line.
    let escaped = if rest[word + 1..].starts_with(b"\\n") { 2 } else { 0 };
    let blank = escaped
        + rest[word + 1 + escaped..].iter().take(64).take_while(|byte| byte.is_ascii_whitespace()).count();
    let broken = escaped > 0 || rest[word + 1..word + 1 + blank].contains(&b'\n');
    let inside = word + 1 + if broken { blank } else { 0 };
    // `Field(default="…")`
    inside + fallback::default_length(&rest[inside..]).unwrap_or(0)
}

/// Length of a word that says what the value is: `Just "…"` of Haskell, `chr "…"` of R, `protected] => …` and
/// `Array ( [0] => …` of PHP.
fn typed(rest: &[u8], word: usize) -> Option<usize> {
    let behind = rest.get(word..(word + 120).min(rest.len())).filter(|_| word > 0)?;
    if let [b' ', b'"' | b'\'', ..] = behind {
        let words = [&b"Just"[..], b"Some", b"String", b"Text", b"chr", b"str", b"value"];
        return words.contains(&&rest[..word]).then_some(word + 1);
    }
    let blank = |bytes: &[u8]| bytes.iter().take(48).take_while(|byte| byte.is_ascii_whitespace()).count();
    if &rest[..word] == b"Array" {
        let open = blank(behind);
        let item = behind[open..].strip_prefix(b"(")?;
        let item = item[blank(item)..].strip_prefix(b"[0] => ")?;
        return Some(word + behind.len() - item.len());
    }
    let class = behind.iter().take(9).take_while(|byte| byte.is_ascii_alphabetic() || **byte == b':').count();
    let visibility = if class > 0 { behind[..class].strip_prefix(b":")? } else { &rest[..word] };
    if ![&b"protected"[..], b"private", b"public"].contains(&visibility) {
        return None;
    }
    let closed = behind[class..].strip_prefix(b"\"").unwrap_or(&behind[class..]).strip_prefix(b"]")?;
    let value = closed[blank(closed)..].strip_prefix(b"=>")?;
    let at = word + behind.len() - value.len() + blank(value);
    // `string(64) "…"`
    Some(at + wrapper(&rest[at..]))
}

/// Length of the call of what makes a value of the string in its brackets: `String::from("…")`, `bytes.fromhex('…')`.
fn constructor(rest: &[u8]) -> Option<usize> {
    const MAKES: [&str; 20] = [
        "from",
        "new",
        "of",
        "b64decode",
        "fromhex",
        "unhexlify",
        "from_str",
        "from_string",
        "decode",
        "encode",
        "to_string",
        "text",
        "literal",
        "valueof",
        "parse",
        "wrap",
        "atob",
        "frombase64string",
        "getbytes",
        "decodestring",
    ];
    let rest = &rest[..rest.len().min(64)];
    // `$secret = ConvertTo-SecureString '…' -AsPlainText` of PowerShell
    if let Some(behind) = rest.strip_prefix(b"ConvertTo-SecureString ") {
        let option =
            [&b"-String "[..], b"-AsPlainText "].into_iter().find(|option| behind.starts_with(option));
        return Some(rest.len() - behind.len() + option.map_or(0, <[u8]>::len));
    }
    let open = memchr::memchr(b'(', rest)?;
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.:".contains(byte);
    let quoted = matches!(rest.get(open + 1), Some(b'"' | b'\'')) && rest[..open].iter().all(is_part);
    let name = rest[..open].rsplit(|byte| matches!(byte, b'.' | b':')).next()?;
    let makes = || MAKES.iter().any(|makes| name.eq_ignore_ascii_case(makes.as_bytes()));
    // The service and the name under which a secret is kept: `keyring::Entry::new("bot", "api_secret")`.
    (quoted && name.len() < open && makes() && !rest[..open].ends_with(b"Entry::new")).then_some(open + 1)
}

/// Where a value without quotes ends.
pub(super) fn bare_end(text: &[u8], key_start: usize, at: usize, separator: Separator) -> usize {
    let limit = (at + MAX_VALUE).min(text.len());
    let line_end = at + memchr::memchr3(b'\n', b'\r', 1, &text[at..limit]).unwrap_or(limit - at);
    let line = &text[at..line_end];
    if separator == Separator::Bar {
        // Two names beside each other are the head of a table.
        let bar = memchr::memchr(b'|', line).or_else(|| memchr::memmem::find(line, "\u{2502}".as_bytes()));
        let cell = line[..bar.unwrap_or(line.len())].trim_ascii_end();
        return at + if keys::named(cell).is_some() || line.starts_with(b"-") { 0 } else { cell.len() };
    }
    if separator == Separator::Prose && text[..at].ends_with(b"**") {
        return at + memchr::memmem::find(line, b"**").unwrap_or(0);
    }
    if separator == Separator::Tag {
        // Without an end it was no tag.
        return at
            + [&b"</"[..], b"<\\/", b"&lt;/"]
                .into_iter()
                .find_map(|end| memchr::memmem::find(line, end))
                .unwrap_or(0);
    }
    // `t=1764000000,v1=…`. Source: <https://docs.stripe.com/webhooks#verify-manually>
    if line.starts_with(b"t=") && memchr::memmem::find(&line[..line.len().min(24)], b",v").is_some() {
        return at
            + line.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"=,_".contains(byte)).count();
    }
    if begins_line(text, key_start) && matches!(separator, Separator::Equals | Separator::Colon) {
        // A line of a settings file: the value may hold spaces; a comment may follow.
        let comment = line.windows(2).position(|pair| matches!(pair, b" #" | b" ;" | b"\t#"));
        let value = line[..comment.unwrap_or(line.len())].split(|byte| is_separator(*byte)).next();
        let value = value.unwrap_or_default();
        // `ApiSecret: A700A136… / password: …`
        let next = memchr::memmem::find_iter(value, b" / ").find(|mark| {
            let name = gate::run_length(&value[mark + 3..], class::NAME);
            name > 1 && matches!(value.get(mark + 3 + name), Some(b':' | b'='))
        });
        let value = value[..next.unwrap_or(value.len())].trim_ascii_end();
        // `PGPASSWORD=… psql -h db.internal`: the rest is a command.
        let space = memchr::memchr(b' ', value).unwrap_or(value.len());
        let is_command = separator == Separator::Equals
            && text[key_start..at]
                .iter()
                .all(|byte| byte.is_ascii_uppercase() || b"_=0123456789".contains(byte))
            && text[at - 1] == b'='
            && value.get(space + 1).is_some_and(u8::is_ascii_lowercase)
            && memchr::memmem::find(&value[space..], b" -").is_some();
        if is_command {
            return at + space;
        }
        // `balance=Some(123.45)`
        let closed = match text[at - 1] {
            b'(' => value.strip_suffix(b")"),
            b'[' => value.strip_suffix(b"]"),
            _ => None,
        };
        if let Some(inside) = closed.filter(|inside| !inside.iter().any(|byte| b"()[] ".contains(byte))) {
            return at + inside.len();
        }
        // `login_password = wl4T<UGW9aF,nC`
        let is_word = separator == Separator::Equals
            && text[..at].ends_with(b" = ")
            && value.len() <= 64
            && !value.iter().any(|byte| b" =:\"'[](){}".contains(byte));
        if is_word || !value.windows(2).any(|pair| pair[0] == b',' || pair[1] == b'=') {
            return at + value.strip_suffix(b",").or_else(|| value.strip_suffix(b";")).unwrap_or(value).len();
        }
    }
    // `https://__token__:…@host/path`
    let is_user = text[..key_start].ends_with(b"://") && separator == Separator::Colon;
    let sign = memchr::memchr2(b'@', b' ', line).filter(|at| is_user && line[*at] == b'@');
    if let Some(sign) = sign {
        return at + sign;
    }
    // In an address the escaped signs belong to the value; inside of what is escaped as a whole they end it.
    let in_query = matches!(text[..key_start].last(), Some(b'?' | b'&')) || is_in_path(&text[..key_start]);
    let in_escapes = at >= 3 && text[at - 3] == b'%';
    let ends = |index: usize, byte: u8| match byte {
        b'&' if separator == Separator::Prose => false,
        b'&' if !in_query => line.get(index + 1).is_none_or(|_| begins_parameter(&line[index + 1..])),
        separator if is_separator(separator) => true,
        0xe2 => line[index..].starts_with("\u{201d}".as_bytes()),
        b' ' | b'\t' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\' => true,
        b'&' | b',' | b';' | b'|' => line.get(index + 1).is_none_or(|next| {
            next.is_ascii_alphabetic() || matches!(next, b' ' | b'_' | b'"' | b'\'' | b'\\' | b'[' | b',')
        }),
        b')' | b'}' | b']' => line.get(index + 1).is_none_or(|next| !next.is_ascii_alphanumeric()),
        b'%' if in_escapes => {
            line[index..].starts_with(b"%26")
                || line[index..].starts_with(b"%22")
                || line[index..].starts_with(b"%2C")
        }
        _ => false,
    };
    // The signs of tokens end nothing but what is escaped.
    let token = if in_escapes { 0 } else { gate::run_length(line, class::TOKEN) };
    let rest = line[token..].iter().zip(token..).position(|(byte, index)| ends(index, *byte));
    let length = rest.map_or(line.len(), |rest| token + rest);
    // `…[\r][\n]`, as Java shows what it sends.
    let length = length - usize::from(line[..length].ends_with(b"[") && line[length..].starts_with(b"\\"));
    // A password ends with a sign rather than a sentence does.
    let has_digit = line[..length].iter().any(u8::is_ascii_digit);
    let trimmed = line[..length]
        .iter()
        .rposition(|byte| {
            !(matches!(byte, b'.' | b':') || *byte == b'!' && separator != Separator::Equals && !has_digit)
        })
        .map_or(0, |last| last + 1);
    at + trimmed
}

/// Whether a parameter of the path of an address begins here, `/orders;jsessionid=`; `Server=db;Password=` is none.
pub(super) fn is_in_path(before: &[u8]) -> bool {
    const NEAR: usize = 128;
    let [rest @ .., b';'] = before else { return false };
    let near = &rest[rest.len().saturating_sub(NEAR)..];
    let piece = near.rsplit(|byte| b"; \t\n\"'".contains(byte)).next().unwrap_or_default();
    piece.contains(&b'/') && !piece.contains(&b'=') && !piece.starts_with(b"jdbc:")
}

/// Where a value ends that has another setting behind it on its line: `user:anna pass:…`, `Login: 12345678 / …`.
pub(super) fn one_setting(text: &[u8], at: usize, end: usize, demand: Demand) -> usize {
    let value = &text[at..end];
    let Some(space) = memchr::memchr(b' ', value) else { return end };
    let (first, rest) = value.split_at(space);
    // `Customer: Anna Nowak <anna@example.com>`
    if demand == Demand::Name
        && let Some(mail) = memchr::memmem::find(value, b" <")
    {
        return at + mail;
    }
    // `UID: 962628004 VIP 1`: what begins with a number is that number, unless more of it follows in groups.
    let is_numbered = matches!(demand, Demand::Identifier | Demand::Digits | Demand::Account)
        && (6..=12).contains(&first.len())
        && first.iter().all(u8::is_ascii_digit)
        && rest.trim_ascii_start().first().is_some_and(|next| next.is_ascii_alphabetic() || *next == b'(');
    if is_numbered {
        return at + space;
    }
    if demanded(value, demand) {
        return end;
    }
    let mark = rest.iter().take(3).take_while(|byte| b" /|,".contains(byte)).count();
    let name = rest[mark..].iter().take(32).take_while(|byte| gate::is(**byte, class::NAME)).count();
    let is_setting = name > 1 && matches!(rest.get(mark + name), Some(b':' | b'='));
    let is_number = (6..=10).contains(&first.len()) && first.iter().all(u8::is_ascii_digit);
    // `user=anna77 logged in`
    let is_login = demand == Demand::Account && demanded(first, Demand::Login);
    if is_setting || is_number || is_login { at + space } else { end }
}

/// Where the value of an input of a program ends that a tester of strategies wrote: `InpUseToken=true||false||0||true||N`.
pub(super) fn end_of_input(text: &[u8], at: usize, end: usize) -> usize {
    let value = text[at..end].trim_ascii_end();
    let is_input = value.ends_with(b"||N") || value.ends_with(b"||Y");
    let is_switch = [&b"true||"[..], b"false||", b"0||", b"1||"].iter().any(|first| value.starts_with(first));
    memchr::memmem::find(value, b"||").filter(|_| is_input && is_switch).map_or(end, |length| at + length)
}

/// Whether a password is sent here, as servers of mails and files want it: `PASS …` alone on a line.
pub(super) fn is_command(text: &[u8], key_start: usize, at: usize) -> bool {
    let before = &text[..key_start];
    let is_sent = before.is_empty()
        || before.ends_with(b"\n")
        || [&b"> "[..], b"C: ", b"] "].iter().any(|mark| before.ends_with(mark));
    let line = text[at..].iter().take(65).take_while(|byte| byte.is_ascii_graphic());
    let (mut length, mut is_made) = (0, false);
    for byte in line {
        length += 1;
        is_made |= byte.is_ascii_digit() || byte.is_ascii_uppercase();
        if b"/.:_<".contains(byte) {
            return false;
        }
    }
    let is_last = matches!(text.get(at + length), None | Some(b'\n' | b'\r'));
    text[key_start..].starts_with(b"PASS ") && is_sent && is_last && is_made && (6..=64).contains(&length)
}

/// Whether what follows an ampersand can be no part of the value before it: `name=…`, `amp;`, the end of it.
fn begins_parameter(rest: &[u8]) -> bool {
    let name = rest.iter().take(64).take_while(|byte| gate::is(**byte, class::NAME)).count();
    rest.starts_with(b"amp;")
        || name > 0 && (matches!(rest.get(name), Some(b'=' | b'[')) || rest[name..].starts_with(b"%3"))
        || matches!(rest.first(), Some(b' ' | b'"' | b'\'' | b'\\' | b'&'))
}

/// Where the line begins, if that is not far: a name that is deep inside a line is not asked for it again and again.
pub(super) fn line_start(text: &[u8], at: usize) -> Option<usize> {
    const NEAR: usize = 512;
    let from = at.saturating_sub(NEAR);
    memchr::memrchr(b'\n', &text[from..at]).map(|found| from + found + 1).or((from == 0).then_some(0))
}

/// Whether only indentation, a list mark, `export` or a comment mark stands before the name.
fn begins_line(text: &[u8], key_start: usize) -> bool {
    // None of these ends with what most names inside a line have before them.
    if text[..key_start]
        .last()
        .is_some_and(|before| !before.is_ascii_whitespace() && !b"-t#;:V.".contains(before))
    {
        return false;
    }
    let Some(line_at) = line_start(text, key_start) else { return false };
    let before = text[line_at..key_start].trim_ascii();
    matches!(before, b"" | b"-" | b"export" | b"set" | b"#" | b";" | b"$env:" | b"ENV")
        || before.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
            && before.ends_with(b".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrapped_around_a_value_is_measured_whatever_it_begins_with() {
        for (rest, expected) in [
            ("hex::decode(\"6b65\")", 12),
            ("codecs.decode('6b65')", 14),
            ("String::from(\"x\")", 13),
            ("print(\"x\")", 0),
            ("Vt7pXw0bQe9sLk2m", 0),
            ("4efbc8d60b21fbac", 0),
            ("b'x'", 1),
            ("Some(\"x\")", 5),
            ("", 0),
        ] {
            assert_eq!(wrapper(rest.as_bytes()), expected, "{rest}");
        }
    }
}
