//! Keys in armour: where they end.

/// To the END line; without one, to the first line that is not base64.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn pem(text: &[u8], start: usize, begin_end: usize) -> Option<(usize, usize)> {
    const MAX: usize = 16 << 10;
    let limit = (begin_end + MAX).min(text.len());
    let body = &text[begin_end..limit];
    // What stands before the next key, if that one was cut.
    let next = memchr::memmem::find(body, b"-----BEGIN ").unwrap_or(body.len());
    let end = memchr::memmem::find(&body[..next], b"-----END ");
    let plain = body.iter().position(|byte| {
        !(byte.is_ascii_alphanumeric()
            || byte.is_ascii_whitespace()
            || matches!(
                byte,
                b'+' | b'/'
                    | b'='
                    | b'\\'
                    | b'-'
                    | b':'
                    | b','
                    | b'"'
                    | b'\''
                    | b'|'
                    | b'>'
                    | b'.'
                    | b'&'
                    | b'#'
                    | b';'
            ))
    });
    if let Some(end) = end.filter(|end| plain.is_none_or(|plain| plain > *end)) {
        let tail = body[end + 9..]
            .windows(5)
            .position(|window| window == b"-----")
            .map_or(body.len() - end - 9, |at| at + 5);
        return Some((start, begin_end + end + 9 + tail));
    }
    if let Some(end) = behind_prefix(text, start, begin_end, limit) {
        return Some((start, end));
    }
    if breaks(body) > 0 {
        return Some((start, begin_end + cut_in_string(body)));
    }
    let (mut stop, mut in_headers) = (0, true);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let content = line.trim_ascii();
        // `Version: …` and an empty line may come before the key. RFC 9580, section 6.2.
        let is_header = content.is_empty() || is_header(content);
        if in_headers && is_header && stop < 512 {
            stop += line.len();
            continue;
        }
        in_headers = false;
        // Without a line's end of its own the key ends where its text does.
        if stop == 0 {
            let key = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=\\&#; ".contains(byte);
            let length = line.iter().take_while(|byte| key(byte)).count();
            if length < line.trim_ascii_end().len() {
                stop = length;
                break;
            }
        }
        let base64 = content
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\\'));
        if stop > 0 && (!base64 || content.is_empty()) {
            break;
        }
        stop += line.trim_ascii_end().len();
        if content.len() < 40 && stop > 80 {
            break;
        }
        stop += line.len() - line.trim_ascii_end().len();
    }
    Some((start, begin_end + body[..stop.min(body.len())].trim_ascii_end().len()))
}

/// Whether it says something of the key, and is none of its lines. RFC 9580, section 6.2; RFC 1421, section 4.6.
fn is_header(line: &[u8]) -> bool {
    const NAMES: [&[u8]; 7] =
        [b"Version", b"Comment", b"MessageID", b"Hash", b"Charset", b"Proc-Type", b"DEK-Info"];
    NAMES.iter().any(|name| line.strip_prefix(*name).is_some_and(|rest| rest.starts_with(b":")))
}

/// Length of the line ends at the beginning, as a string has them: `\n`, `\\r\\n`, `&#10;`, `%0A`.
fn breaks(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let slashes = rest.iter().take(8).take_while(|byte| **byte == b'\\').count();
        let escaped = slashes > 0 && matches!(rest.get(slashes), Some(b'n' | b'r'));
        let codes =
            [&b"&#10;"[..], b"&#13;", b"&#xA;", b"&#xa;", b"&#xD;", b"&#xd;", b"%0A", b"%0D", b"%0a", b"%0d"];
        let code = codes.into_iter().find(|code| rest.starts_with(code)).map_or(0, <[u8]>::len);
        let width = if escaped { slashes + 1 } else { code };
        if width == 0 {
            return at;
        }
        at += width;
    }
}

/// Where a key in a string ends that was cut: behind the last of its lines that is base64, and with the string.
fn cut_in_string(body: &[u8]) -> usize {
    let (mut at, mut end, mut in_headers, mut width) = (0, 0, true, 0);
    loop {
        let from = at + breaks(&body[at..]);
        let rest = &body[from..];
        let is_digit = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
        let length = rest.iter().take_while(is_digit).count();
        let goes_on = breaks(&rest[length..]) > 0;
        let behind = &rest[length..];
        if in_headers && is_header(rest) {
            let line = (0..rest.len()).find(|at| breaks(&rest[*at..]) > 0 || b"\"'\n".contains(&rest[*at]));
            at = from + line.unwrap_or(rest.len());
            continue;
        }
        in_headers = false;
        let is_last = behind.first().is_none_or(|byte| b"\"'`\\<\r\n,-".contains(byte));
        if length > 0 && (goes_on || is_last) {
            end = from + length;
        }
        // The last line is shorter.
        if length < width || length == 0 || !goes_on {
            return end;
        }
        (at, width) = (from + length, length);
    }
}

/// The end of a key each of whose lines a log wrote its own prefix before.
fn behind_prefix(text: &[u8], start: usize, begin_end: usize, limit: usize) -> Option<usize> {
    let line_start = memchr::memrchr(b'\n', &text[start.saturating_sub(256)..start])
        .map_or(start.saturating_sub(256), |at| start.saturating_sub(256) + at + 1);
    let prefix = start - line_start;
    let mut at = begin_end + memchr::memchr(b'\n', &text[begin_end..limit]).filter(|_| prefix > 0)? + 1;
    for _ in 0..400 {
        let end = at + memchr::memchr(b'\n', &text[at..limit]).unwrap_or(limit - at);
        let line = &text[at..end];
        if let Some(mark) = memchr::memmem::find(line, b"-----END ") {
            let close = memchr::memmem::find(&line[mark + 9..], b"-----")?;
            return Some(at + mark + 9 + close + 5);
        }
        let content = line.trim_ascii_end().rsplit(|byte| *byte == b' ').next()?;
        let base64 =
            content.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
        if !base64 || content.len() < 4 || end >= limit {
            return None;
        }
        at = end + 1;
    }
    None
}

pub(super) fn putty(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let body = &text[start..(start + (16 << 10)).min(text.len())];
    // What is public stays.
    let private = memchr::memmem::find(body, b"Private-Lines:")?;
    let line = body[private..].iter().take(32).position(|byte| matches!(byte, b'\n' | b'\\'))?;
    // In a string the end of the line is an escape.
    let marks = body[private + line..].iter().take(8).take_while(|byte| **byte == b'\\').count();
    let from = private + line + marks + 1;
    let Some(mac) = memchr::memmem::find(&body[from..], b"Private-MAC:").map(|mac| from + mac) else {
        return Some((start + from, start + from + without_mac(&body[from..])));
    };
    let end = body[mac..].iter().position(|byte| *byte == b'\n').unwrap_or(body.len() - mac);
    Some((start + from, start + mac + end))
}

/// Length of the lines of base64, where the line behind them was lost.
fn without_mac(body: &[u8]) -> usize {
    let (mut at, mut end) = (0, 0);
    loop {
        let rest = &body[at..];
        let digits =
            rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte)).count();
        // Words of what follows have a space behind them.
        let is_last = at > 0 && digits >= 4 && rest[..digits].ends_with(b"=");
        let is_line =
            (digits >= 16 || is_last) && rest.get(digits).is_none_or(|byte| b"\r\n\\\"'".contains(byte));
        if !is_line {
            return end;
        }
        end = at + digits;
        let escaped = breaks(&body[end..]);
        let plain = body[end..].iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        if escaped + plain == 0 {
            return end;
        }
        at = end + escaped + plain;
    }
}
