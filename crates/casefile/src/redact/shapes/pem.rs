//! Keys in armour: where they end.

/// To the END line; without one, to the first line that is not base64.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn pem(text: &[u8], start: usize, begin_end: usize) -> Option<(usize, usize)> {
    const MAX: usize = 16 << 10;
    let limit = (begin_end + MAX).min(text.len());
    let body = &text[begin_end..limit];
    let end = body.windows(9).position(|window| window == b"-----END ");
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
    let (mut stop, mut in_headers) = (0, true);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let content = line.trim_ascii();
        // `Version: …` and an empty line may come before the key. RFC 9580, section 6.2.
        let is_header = content.is_empty() || memchr::memmem::find(content, b": ").is_some();
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
    let mac = body.windows(12).position(|window| window == b"Private-MAC:")?;
    let end = body[mac..].iter().position(|byte| *byte == b'\n').unwrap_or(body.len() - mac);
    Some((start, start + mac + end))
}
