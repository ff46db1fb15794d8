//! What of a match logs somebody in: the password of an address or a command, a token, a code.

use super::bounds::{stands_after, stands_close};
use crate::redact::{assignment, contracts, value};

/// User and password of an address; `git@host` has none.
pub(super) fn user_info(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    if start == 0 || !text[start - 1].is_ascii_alphanumeric() {
        return None;
    }
    let from = start + 3;
    // An @ in the password: the last one before the host counts.
    let rest = &text[end..(end + 200).min(text.len())];
    let host = rest
        .iter()
        .position(|byte| {
            matches!(byte, b'/' | b'?' | b'#' | b' ' | b'\n' | b'"' | b'\'' | b'\\' | b'<' | b',')
        })
        .unwrap_or(rest.len());
    let last = rest[..host].iter().rposition(|byte| *byte == b'@').map_or(end - 1, |at| end + at);
    let info = &text[from..last];
    let password = info.splitn(2, |byte| *byte == b':').nth(1)?;
    // `https://localhost:7497,anna@example.com,…`: the number of a port, and the next cell.
    let port = password.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if (2..=5).contains(&port) && password.get(port) == Some(&b',') {
        return None;
    }
    // As manuals write it.
    let is_of_manual =
        [&b"user:pass"[..], b"user:passwd", b"username:password", b"USER:PASS"].contains(&info);
    (!is_of_manual && !value::is_placeholder(password)).then_some((from, last))
}

/// The words behind the slash of `otpauth://`, which hold name and secret.
pub(super) fn otp_secret(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let path = start + text[start..end].windows(3).position(|window| window == b"://")? + 3;
    let label = path + text[path..end].iter().position(|byte| matches!(byte, b'/' | b'?'))? + 1;
    Some((label, end))
}

pub(super) fn dsn_key(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = text[start..end].iter().position(|byte| *byte == b'@')?;
    Some((start + 3, start + at))
}

/// The listen key behind the last sign.
pub(super) fn ws_key(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = text[start..end].iter().rposition(|byte| matches!(byte, b'/' | b'='))?;
    Some((start + at + 1, end))
}

/// The token behind `Bearer`.
pub(super) fn last_word(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let value = &text[start..end];
    let from = value
        .iter()
        .rposition(|byte| matches!(byte, b' ' | b'\t' | b'"'))
        .map(|at| at + 1)
        .or_else(|| memchr::memmem::find(value, b"%20").map(|at| at + 3))?;
    let end = start + value.iter().rposition(|byte| !matches!(byte, b'.' | b'='))? + 1;
    let token = &text[start + from..end];
    // `token_type=Bearer region=ap-northeast-1`
    let before = &text[..start];
    let is_typed = before.ends_with(b"type=") || before.ends_with(b"type:") || before.ends_with(b"type: ");
    let is_none = value::is_placeholder(token) || is_typed && value::is_setting(token);
    (!is_none && token.iter().any(u8::is_ascii_digit)).then_some((start + from, end))
}

/// User and password in base64, as RFC 7617 has them.
pub(super) fn basic(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = start + 6;
    let word = &text[from..end];
    let bare = word.split(|byte| *byte == b'=').next()?;
    let decoded = data_encoding::BASE64_NOPAD.decode(bare).ok()?;
    let is_text = decoded.iter().all(|byte| (0x20..0x7f).contains(byte) || *byte >= 0x80);
    (is_text && decoded.contains(&b':')).then_some((from, end))
}

/// The password in `-u user:password`.
pub(super) fn user_flag(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let colon = text[start..end].iter().position(|byte| *byte == b':')? + start + 1;
    let quoted = usize::from(matches!(text[colon], b'\'' | b'"') && text[end - 1] == text[colon]);
    let (from, to) = (colon + quoted, end - quoted);
    (!value::is_placeholder(&text[from..to]) && !text[from..to].starts_with(b"//")).then_some((from, to))
}

/// The user in `-u user:password`.
pub(super) fn user_of_flag(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    user_flag(text, start, end)?;
    let colon = text[start..end].iter().position(|byte| *byte == b':')? + start + 1;
    let before = &text[start..colon - 1];
    let from = start + before.iter().rposition(|byte| matches!(byte, b' ' | b'=' | b'\'' | b'"'))? + 1;
    assignment::is_account(&text[from..colon - 1]).then_some((from, colon - 1))
}

/// The last part of a path, if a machine made it.
pub(super) fn last_of_path(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + text[start..end].iter().rposition(|byte| *byte == b'/')? + 1;
    let part = &text[at..end];
    let is_made = value::is_random_looking(part) && part.iter().any(u8::is_ascii_digit);
    (is_made && !value::is_placeholder(part)).then_some((at, end))
}

/// The last argument, if it is the name of an account that a person chose.
pub(super) fn account_argument(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + text[start..end].iter().rposition(u8::is_ascii_whitespace)? + 1;
    assignment::is_account(&text[at..end]).then_some((at, end))
}

/// The value of a field of a FIX message: what begins with its version in front of it.
/// Source: <https://www.fixtrading.org/standards/tagvalue-online/>
pub(super) fn of_fix(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let value = start + text[start..end].iter().position(|byte| *byte == b'=')? + 1;
    let number = text[start..value].iter().position(u8::is_ascii_digit)? + start;
    let near = &text[number.saturating_sub(1_024)..number];
    let line = near.rsplit(|byte| *byte == b'\n').next()?;
    let separated = line.last().is_some_and(|byte| matches!(byte, 1 | b'|' | b';' | b'A' | b'1' | b' '));
    let is_fix = memchr::memmem::find(line, b"8=FIX").is_some()
            || memchr::memmem::find(line, b"35=A").is_some()
            // `FIX logon 553=anna 554=…`
            || memchr::memmem::find(line, b"FIX").is_some() && memchr::memmem::find(line, b"553=").is_some();
    (separated && is_fix && !value::is_placeholder(&text[value..end])).then_some((value, end))
}

/// The signature in the arguments of a frame that signs in: `{'op': 'auth', 'args': ['…', 1764149844878, '…']}`.
pub(super) fn of_login_frame(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 160;
    let near = text[start.saturating_sub(NEAR)..start].to_ascii_lowercase();
    if ![&b"auth"[..], b"login", b"logon"].iter().any(|word| memchr::memmem::find(&near, word).is_some()) {
        return None;
    }
    let mut at = start;
    for word in text[start..end].split(|byte| !byte.is_ascii_alphanumeric()) {
        let is_digest = matches!(word.len(), 64 | 96 | 128) && word.iter().all(u8::is_ascii_hexdigit);
        if is_digest {
            return Some((at, at + word.len()));
        }
        at += word.len() + 1;
    }
    None
}

/// The identifier at the end, where an exchange that names its customers so, or the private half, stands near.
pub(super) fn public_identifier(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 120;
    let near = text[start.saturating_sub(NEAR)..(end + NEAR).min(text.len())].to_ascii_lowercase();
    let words = [&b"privatekey"[..], b"private_key", b"zonda", b"bitbay"];
    words.iter().any(|word| memchr::memmem::find(&near, word).is_some()).then_some((end - 36, end))
}

/// The 43 signs at the end, if they are in base64, and no address of a chain.
pub(super) fn public_half(text: &[u8], _: usize, end: usize) -> Option<(usize, usize)> {
    let value = &text[end - 43..end];
    let is_base64 = value.iter().any(|byte| b"0OIl_-".contains(byte));
    let is_hex = value.iter().all(u8::is_ascii_hexdigit);
    (is_base64 && !is_hex && text.get(end) != Some(&b'=')).then_some((end - 43, end))
}

/// The value of a field of a form whose name names it.
pub(super) fn of_form(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let name = text[start..end].split(|byte| *byte == b'"').nth(1)?;
    let name = name.strip_suffix(b"\\").unwrap_or(name);
    let line = text[start..end].iter().rposition(|byte| *byte == b'\n').map(|at| at + 1);
    let value = start + line.or_else(|| memchr::memmem::rfind(&text[start..end], b"\\n").map(|at| at + 2))?;
    (assignment::is_secret_under(name, &text[value..end])).then_some((value, end))
}

/// The number of an account in the journal of a terminal: `'27288646': authorized on …`.
pub(super) fn of_journal(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let length = text[..start].iter().rev().take(12).take_while(|byte| byte.is_ascii_digit()).count();
    let quoted = text[..start - length].ends_with(b"'");
    (quoted && (5..=10).contains(&length)).then_some((start - length, start))
}

/// The account in front of what Interactive Brokers says of it: `15,1,U1234567 managedAccounts`.
pub(super) fn before_the_word(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let end = text[..start].iter().rposition(|byte| !matches!(byte, b' ' | b',' | b'"' | b':'))? + 1;
    let length = text[..end].iter().rev().take(10).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let account = &text[end - length..end];
    let digits = account.strip_prefix(b"D").unwrap_or(account).strip_prefix(b"U")?;
    ((6..=8).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)).then_some((end - length, end))
}

/// The same, if it looks as people choose a password.
pub(super) fn chosen_argument(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let (at, end) = super::commands::last_argument(text, start, end)?;
    value::is_chosen(&text[at..end]).then_some((at, end))
}

/// The account before it, if the last argument is one.
pub(super) fn account_of_details(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let (password, _) = chosen_argument(text, start, end)?;
    let before = text[start..password].trim_ascii_end();
    let before = before.strip_suffix(b"/").or_else(|| before.strip_suffix(b",")).unwrap_or(before);
    let before = before.strip_suffix(b"|").or_else(|| before.strip_suffix(b":")).unwrap_or(before);
    let account = start + before.trim_ascii_end().len();
    let at = start + text[start..account].iter().rposition(|byte| b" :".contains(byte))? + 1;
    assignment::is_account(&text[at..account]).then_some((at, account))
}

/// The same behind a mark of any kind.
pub(super) fn chosen_behind_mark(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let is_part = |byte: &u8| byte.is_ascii_graphic() && !b"\":= ".contains(byte);
    let length = text[start..end].iter().rev().take_while(|byte| is_part(byte)).count();
    value::is_chosen(&text[end - length..end]).then_some((end - length, end))
}

/// The same, if a machine made it.
pub(super) fn made_behind_mark(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let mark = start + 4 + text[start + 4..end].iter().take_while(|byte| b":= ".contains(byte)).count();
    let value = &text[mark..end];
    let letters: Vec<u8> = value.iter().copied().filter(u8::is_ascii_alphabetic).collect();
    let changes =
        value.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit()).count();
    // `module api: MarketDataService_v2_1`
    let is_made = changes >= 4 && !value.contains(&b'_')
        || text[start + 4] == b'=' && !value::is_joined_words(&letters);
    (is_made
        && value::is_random_looking(value)
        && !value::is_composed(value)
        && !value::is_placeholder(value))
    .then_some((mark, end))
}

/// The digits of a hash that a key stands before on its line.
pub(super) fn hash_of_request(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let words = ["api-key", "apikey", "api_key", "zonda", "sign", "nonce"];
    super::bounds::stands_within(160, text, start, &words).then_some((end - 128, end))
}

/// The last part of a line of `.pgpass`: `host:port:database:user:password`.
/// Source: <https://www.postgresql.org/docs/current/libpq-pgpass.html>
pub(super) fn after_last_colon(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let line = &text[start.saturating_sub(256)..start];
    let host = line.rsplit(|byte| *byte == b'\n').next()?;
    let is_host =
        host.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'*' | b'_'));
    let at = start + text[start..end].iter().rposition(|byte| *byte == b':')? + 1;
    (is_host && !host.is_empty() && !value::is_placeholder(&text[at..end])).then_some((at, end))
}

/// The first string in the brackets.
pub(super) fn first_argument(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let open = start + text[start..end].iter().position(|byte| *byte == b'[')?;
    let from = open
        + text[open..end].iter().position(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte))?;
    let length = text[from..end].iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    Some((from, from + length))
}

/// What stands in the angle brackets.
pub(super) fn in_angles(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let open = start + memchr::memrchr(b'<', &text[start..end])?;
    Some((open + 1, end - 1))
}

/// The last part of a path of Windows, if somebody is called so.
pub(super) fn behind_backslash(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = start + memchr::memrchr(b'\\', &text[start..end])? + 1;
    assignment::is_account(&text[from..end]).then_some((from, end))
}

/// A sum, if the currency and what there is of it stand near.
pub(super) fn of_currency(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 400;
    let near = &text[start.saturating_sub(NEAR)..(end + NEAR).min(text.len())];
    let has = |word: &[u8]| memchr::memmem::find(near, word).is_some();
    let is_sum = has(b"\"ccy") && (has(b"\"availBal") || has(b"\"cashBal") || has(b"\"availEq"));
    let from = start + memchr::memrchr(b'"', &text[start..end])? + 1;
    is_sum.then_some((from, end))
}

/// The last string in the brackets.
pub(super) fn last_of_list(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let last = start + text[start..end].iter().rposition(u8::is_ascii_alphanumeric)? + 1;
    let length = text[start..last].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    Some((last - length, last))
}

/// 64 letters in both cases and digits: no hash is written like that, and what is no text in base64 is nothing else. Source: <https://developers.binance.com/docs/binance-spot-api-docs>
pub(super) fn is_key_of_binance(word: &[u8]) -> bool {
    let count = |is: fn(&u8) -> bool| word.iter().filter(|byte| is(byte)).count();
    let is_encoded = || {
        let bytes = data_encoding::BASE64.decode(word).unwrap_or_default();
        let is_text = bytes.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace());
        // A public key or a certificate: two sequences begin it. RFC 5280, section 4.1.
        let is_public = matches!(bytes.as_slice(), [0x30, _, 0x30, ..] | [0x30, 0x82, _, _, 0x30, ..]);
        // What pictures begin with.
        let is_picture =
            [&b"\x89PNG"[..], b"GIF8", b"\xff\xd8\xff"].iter().any(|head| bytes.starts_with(head));
        !bytes.is_empty() && (is_text || is_public || is_picture)
    };
    let is_mixed = count(u8::is_ascii_uppercase) >= 10 && count(u8::is_ascii_lowercase) >= 10;
    count(u8::is_ascii_digit) >= 3 && is_mixed && !is_encoded()
}

/// A line of a certificate is as long as that key, and so is the one above it or below it.
pub(super) fn alone_in_its_line(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let is_encoded = |line: &[u8]| {
        let line = line.trim_ascii();
        line.starts_with(b"-----")
            || line.len() >= 40
                && line.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte))
    };
    let above = text[..start].rsplit(|byte| *byte == b'\n').nth(1).unwrap_or_default();
    let behind = &text[end..(end + 160).min(text.len())];
    let below = behind.split(|byte| *byte == b'\n').nth(1).unwrap_or_default();
    let head = text[..start].rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_line = head.trim_ascii().is_empty() && behind.first().is_none_or(u8::is_ascii_whitespace);
    (!is_line || !is_encoded(above) && !is_encoded(below)).then_some((start, end))
}

/// What stands between the first quotes, if a machine made it.
pub(super) fn in_first_quotes(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = start + text[start..end].iter().position(|byte| matches!(byte, b'"' | b'\''))? + 1;
    let length = text[from..end].iter().position(|byte| *byte == text[from - 1])?;
    value::is_random_looking(&text[from..from + length]).then_some((from, from + length))
}

/// The password of a command of IMAP: `a001 LOGIN user …`. Source: RFC 9051, section 6.2.3.
pub(super) fn of_imap(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'.';
    let tag = text[..start].iter().rev().take(10).take_while(is_part).count();
    let tag = &text[start - tag..start];
    let is_tag = tag.iter().any(u8::is_ascii_digit) && tag.iter().any(u8::is_ascii_alphabetic);
    is_tag.then(|| super::commands::last_argument(text, start, end)).flatten()
}

/// What stands between the last quotes.
pub(super) fn in_last_quotes(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let quote = text[end - 1];
    let from = start + text[start..end - 1].iter().rposition(|byte| *byte == quote)? + 1;
    (!value::is_placeholder(&text[from..end - 1])).then_some((from, end - 1))
}

/// The same, if it is no contract that everybody knows.
pub(super) fn kept(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    in_last_quotes(text, start, end).filter(|(from, to)| !contracts::is_well_known(&text[*from..*to]))
}

/// The same, if a machine made it.
pub(super) fn made_in_last_quotes(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let is_made = |value: &[u8]| {
        let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=_".contains(byte);
        let is_request =
            [&b"POST"[..], b"GET", b"PUT", b"DELETE"].iter().any(|method| value.starts_with(method));
        digits >= 2 && !is_request && value.iter().all(is_part) && value::is_random_looking(value)
    };
    in_last_quotes(text, start, end).filter(|(from, to)| is_made(&text[*from..*to]))
}

pub(super) fn in_quotes(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let quote = text[start..end].iter().position(|byte| *byte == b'\'')? + start + 1;
    (!value::is_placeholder(&text[quote..end - 1])).then_some((quote, end - 1))
}

/// The name of a device before its token: `…:APA91b…`.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn with_instance(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let is_sign = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let before = text[..start].strip_suffix(b":").unwrap_or_default();
    let length = before.iter().rev().take(40).take_while(is_sign).count();
    Some((if length >= 8 { start - 1 - length } else { start }, end))
}

/// The second of some words: `Linux vps-74 6.1.0 #1`.
pub(super) fn second_word(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + text[start..end].iter().position(|byte| *byte == b' ')? + 1;
    let length = text[at..end].iter().position(|byte| *byte == b' ')?;
    (!text[at..at + length].eq_ignore_ascii_case(b"localhost")).then_some((at, at + length))
}

/// The password in `basic_auth: ["user:password"]`.
pub(super) fn behind_last_colon(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let separator = start + text[start..end].iter().position(|byte| matches!(byte, b':' | b'='))? + 1;
    let at = separator + text[separator..end].iter().position(|byte| *byte == b':')? + 1;
    (!value::is_placeholder(&text[at..end])).then_some((at, end))
}

/// The password of a user of Redis: `user bot on >… ~* +@all`.
pub(super) fn of_redis(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let before = &text[start.saturating_sub(60)..start];
    let line = before.rsplit(|byte| *byte == b'\n').next()?;
    memchr::memmem::find(line, b"user ").map(|_| (start + b" on >".len(), end))
}

/// What a sentence says of a password: `Password for user bot is: …`.
pub(super) fn after_colon(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let colon = start + text[start..end].iter().position(|byte| *byte == b':')? + 1;
    let from = colon + usize::from(text[colon] == b' ');
    let word = &text[from..end];
    let mixed = word.iter().any(|byte| !byte.is_ascii_lowercase());
    (mixed && !value::is_placeholder(word)).then_some((from, end))
}

/// The digits of a code that a word before it says is used once.
pub(super) fn one_time_code(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let words = [
        "2fa",
        "otp",
        "sms",
        "verification",
        "security",
        "mfa",
        "authentication",
        "confirmation",
        "one-time",
        "login",
        "google",
        "e-mail",
        "email",
    ];
    // `signature verification failed, code 110007`
    // `login_ok=false code=51008`
    let is_flag = [&b"_ok=false"[..], b"_ok=true", b"_ok=false,", b"_ok: false,", b"_ok: true,"]
        .iter()
        .any(|flag| text[..start].ends_with(flag));
    if is_flag || text[..start].ends_with(b"signature verification failed,") {
        return None;
    }
    let length = text[start..end].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let polish = text[start] == b'k' || text[start] == b'K';
    let is_yours = || stands_close(text, start, &["your"]) && !is_of_failure(&text[..start]);
    let is_factor =
        || length >= 6 && stands_after(text, start, &["second factor", "two-factor", "two factor", "2fa"]);
    (polish || stands_close(text, start, &words) || is_yours() || is_factor()).then_some((end - length, end))
}

/// `exit code`, `error code`: what ends with a number and is no secret.
fn is_of_failure(before: &[u8]) -> bool {
    const WORDS: [&[u8]; 11] = [
        b"error",
        b"exit",
        b"status",
        b"return",
        b"response",
        b"result",
        b"reason",
        b"product",
        b"country",
        b"referral",
        b"http",
    ];
    let length = before.iter().rev().take(12).take_while(|byte| byte.is_ascii_alphabetic()).count();
    WORDS.iter().any(|word| before[before.len() - length..].eq_ignore_ascii_case(word))
}
