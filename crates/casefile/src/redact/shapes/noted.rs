//! What people note of their logins, and what a program says of a machine: the word that a few signs lead to.

use crate::redact::{assignment, value};

/// Behind `root / `, the last of its line, or of what stands in brackets.
pub(super) fn of_root(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let begins = start == 0
        || matches!(text[start - 1], b' ' | b'\t' | b'\n' | b'(' | b'[' | b'*' | b'-' | b'>' | b',');
    let ends = matches!(text[end..].trim_ascii_start().first(), None | Some(b')' | b'(' | b','))
        || matches!(text.get(end), Some(b'\r' | b'\n'));
    let at = start + memchr::memchr(b'/', &text[start..end])? + 2;
    let value = &text[at..end];
    let is_made = assignment::is_made_up(value);
    (begins && ends && is_made && !value::is_placeholder(value)).then_some((at, end))
}

/// The last of its line, below or behind the user: `u: …`.
pub(super) fn below_user(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const USERS: [&str; 5] = ["u: ", "login: ", "user: ", "usr: ", "mail: "];
    const NEAR: usize = 96;
    let ends = matches!(text.get(end), None | Some(b'\r' | b'\n'));
    let near = text[start.saturating_sub(NEAR)..=start].to_ascii_lowercase();
    // The line above, or what stands before it in the same line: the user is the last word there.
    let line = near.trim_ascii_end().rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let user = line.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    let label = &line[..line.len() - user.len()];
    let is_labelled = USERS.iter().any(|mark| {
        label
            .strip_suffix(mark.as_bytes())
            .is_some_and(|before| before.last().is_none_or(|byte| !byte.is_ascii_alphanumeric()))
    });
    let value = &text[start + 4..end];
    let is_password = value::is_chosen(value)
        && value.iter().any(u8::is_ascii_alphabetic)
        && !value::is_composed(value)
        && !value::is_file(value)
        && !value.iter().any(|byte| b"{}[]".contains(byte));
    (ends && is_labelled && is_password).then_some((start + 4, end))
}

/// Between the user and the machine, of an address without a scheme.
pub(super) fn before_host(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    const SERVICES: [&[u8]; 8] =
        [b"enode", b"node", b"id", b"worker", b"rabbit", b"celery", b"registry", b"sha256"];
    const LONGEST: usize = 96;
    let near = &text[start.saturating_sub(LONGEST)..start];
    let word = near.rsplit(|byte| byte.is_ascii_whitespace() || b"\"'(<>,".contains(byte)).next()?;
    let colon = memchr::memchr(b':', word).filter(|_| word.len() < LONGEST)?;
    let (user, password) = (&word[..colon], &word[colon + 1..]);
    let is_user = user.len() >= 2
        && user[0].is_ascii_alphabetic()
        && !SERVICES.contains(&user)
        && user.iter().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte));
    (is_user
        && assignment::is_noted(password)
        && !value::is_placeholder(password)
        && !password.starts_with(b"/"))
    .then_some((start - password.len(), start))
}

/// The value that stands beside it in the object of a cookie, if a machine made it.
pub(super) fn value_of_cookie(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 1_024;
    let from = start.saturating_sub(NEAR);
    let open = from + memchr::memrchr(b'{', &text[from..start])?;
    let rest = &text[end..(end + 8 * NEAR).min(text.len())];
    let close = end + memchr::memchr(b'}', rest).unwrap_or(rest.len());
    let key = open + memchr::memmem::find(&text[open..close], b"\"value\"")? + 7;
    let gap = text[key..close].iter().take(4).take_while(|byte| b": ".contains(byte)).count();
    let at = key + gap + 1;
    let length = memchr::memchr(b'"', text.get(at..close)?)?;
    let value = &text[at..at + length];
    let is_made = value.len() >= 12
        && value::is_random_looking(value)
        && !value::is_composed(value)
        && !value.starts_with(b"GA1.");
    (text[at - 1] == b'"' && is_made && !value::is_placeholder(value)).then_some((at, at + length))
}

/// The name between `Host: ` and ` User: `.
pub(super) fn host_before_user(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let name = &text[start + 6..end - 7];
    (!name.eq_ignore_ascii_case(b"localhost") && !value::is_placeholder(name)).then_some((start + 6, end - 7))
}

/// Behind a label, an address of mail and a colon between spaces, the last of its line: `iCloud: anna@example.com : …`.
pub(super) fn behind_mail(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 96;
    let near = &text[start.saturating_sub(NEAR)..start];
    let line = near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let (label, word) = line.split_at(memchr::memrchr(b' ', line)?);
    let (label, word) = (label.strip_suffix(b":")?, word.trim_ascii());
    let is_label = (2..=24).contains(&label.trim_ascii().len())
        && label.iter().all(|byte| byte.is_ascii_alphabetic() || b" -*.".contains(byte) || *byte >= 0x80);
    let sign = memchr::memchr(b'@', word)?;
    let is_mail = sign > 0 && word[sign..].contains(&b'.') && !word.iter().any(|byte| b"/:\"".contains(byte));
    let blank = text[end..].iter().take(64).take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    let ends = matches!(text.get(end + blank), None | Some(b'\n'));
    let value = &text[start + 3..end];
    (is_label && is_mail && ends && is_password(value)).then_some((start + 3, end))
}

/// What a person chooses, and no version, setting or path.
fn is_password(value: &[u8]) -> bool {
    value.iter().any(u8::is_ascii_alphabetic)
        && value.iter().any(|byte| byte.is_ascii_digit() || b"!@#$%^&*".contains(byte))
        && !value.iter().any(|byte| b"{}[]<>()\"=/".contains(byte))
        && !value::is_placeholder(value)
}

/// The last word, where an address of mail stands before as the user: `user anna@example.com pass …`.
pub(super) fn of_pair(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 96;
    let near = text[start.saturating_sub(NEAR)..start].to_ascii_lowercase();
    let mut words = near.rsplit(u8::is_ascii_whitespace);
    let is_user = words.next().is_some_and(|user| user.contains(&b'@') || user.starts_with(b"<email:"))
        && words.next().is_some_and(|word| {
            [&b"user"[..], b"login", b"username"].iter().any(|name| word.ends_with(name))
        });
    let at = start + b" pass ".len();
    (is_user && is_password(&text[at..end])).then_some((at, end))
}

/// Groups of four that are no words: with a digit in one of them, all in capitals, or one without a vowel.
pub(super) fn in_fours(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const GROUP: usize = 4;
    let words: Vec<&[u8]> = text[start..end].rsplit(|byte| *byte == b' ').take(16).collect();
    let groups: Vec<&[u8]> =
        words.into_iter().take_while(|word| word.len() == GROUP && !word.contains(&b':')).collect();
    let is_code = |group: &&[u8]| {
        group.iter().any(u8::is_ascii_digit) || !group.iter().any(|byte| b"aeiouyAEIOUY".contains(byte))
    };
    // Words have no digits, and most have a vowel.
    let is_mixed =
        |group: &&[u8]| group.iter().any(u8::is_ascii_digit) && group.iter().any(u8::is_ascii_alphabetic);
    let are_codes = groups.iter().any(is_mixed)
        || groups.iter().filter(|group| is_code(group)).count() * 2 > groups.len();
    let length = groups.len() * (GROUP + 1) - 1;
    (groups.len() >= 4 && are_codes).then_some((end - length, end))
}

/// The word before what says what it is, if somebody or a machine made it up: `Kotek123! to moje hasło`.
pub(super) fn before_its_name(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    const LONGEST: usize = 96;
    let near = &text[start.saturating_sub(LONGEST)..start];
    let word = near.rsplit(|byte| byte.is_ascii_whitespace() || b"\"'`<>".contains(byte)).next()?;
    let is_made = assignment::is_made_up(word) || value::is_random_looking(word) && word.len() >= 8;
    let ends = word.last().is_some_and(|last| !b":,.;".contains(last));
    let has_sign = word.iter().any(|byte| b"!@#$%^&*?+~".contains(byte));
    let is_made = is_made && (has_sign || value::is_random_looking(word)) && !value::is_algorithm(word);
    (ends && word.len() < LONGEST && is_made && is_password(word) && !value::is_composed(word))
        .then_some((start - word.len(), start))
}

/// A network that is called by a name of its own: `wifi dom_kowalczyk_5G to …`.
pub(super) fn network(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let near = &text[start..end];
    let stop = near.iter().rposition(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte))?;
    let sign = near.trim_ascii_end();
    // What ends with a word has the name before it.
    let stop =
        if sign.ends_with(b":") || sign.ends_with(b",") { stop + 1 } else { memchr::memrchr(b' ', sign)? };
    let at = memchr::memrchr(b' ', &near[..stop])? + 1;
    let name = &near[at..stop];
    // `wifi wlan0 is down`
    let before = text[start.saturating_sub(24)..start].to_ascii_lowercase();
    let is_told = sign.ends_with(b":")
        || sign.ends_with(b",")
        || [&b"has\xc5\x82"[..], b"haslo", b"passw"]
            .iter()
            .any(|word| memchr::memmem::find(&before, word).is_some());
    let is_own = is_told
        && name.len() >= 4
        && (name.iter().any(u8::is_ascii_digit) || name.contains(&b'_'))
        && name.iter().any(u8::is_ascii_alphabetic);
    (is_own && !value::is_placeholder(name)).then_some((start + at, start + stop))
}

/// The second of two, behind the slash between them.
pub(super) fn last_of_slashed(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memmem::rfind(&text[start..end], b" / ")? + 3;
    let value = &text[at..end];
    (value::is_chosen(value) && is_password(value)).then_some((at, end))
}
