//! What stays the same when the same thing goes wrong again.
//!
//! A signature is the first line of a record without its time, with numbers, ids and stand-ins replaced: two records with
//! one signature say the same of two occasions.
//!
//! ```
//! use casefile::signature::signature;
//!
//! let one = signature(b"order 4711 of <email:k2m7qd3a> refused: code -1021, 12.5 ms late");
//! assert_eq!(one, "order # of <email> refused: code -1021, # ms late");
//! assert_eq!(one, signature(b"order 12 of <email:zzzzzzzz> refused: code -1021, 3 ms late"));
//! assert_ne!(one, signature(b"order 12 of <email:zzzzzzzz> refused: code -2010, 3 ms late"));
//! ```

/// A signature is cut here: what tells two errors apart stands at the beginning.
const MAX_BYTES: usize = 240;

/// Makes the signature of a message: of its first line.
pub fn signature(message: &[u8]) -> String {
    let mut out = Vec::new();
    push(&mut out, message);
    String::from_utf8_lossy(&out).into_owned()
}

/// Whether two messages can have one signature: a look at their beginnings, for nearly nothing.
pub(crate) fn may_be_same(one: &[u8], other: &[u8]) -> bool {
    for (a, b) in one.iter().zip(other).take(64) {
        if a.is_ascii_digit() || b.is_ascii_digit() || matches!((a, b), (b'<' | b'-', _) | (_, b'<' | b'-')) {
            return true;
        }
        if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() && a != b {
            return true;
        }
        if a != b {
            return false;
        }
    }
    true
}

/// Appends the signature of the first line of `message`.
pub(crate) fn push(out: &mut Vec<u8>, message: &[u8]) {
    let end = memchr::memchr(b'\n', message).unwrap_or(message.len());
    let line = message[..end].trim_ascii();
    let begin = out.len();
    let mut at = 0;
    while at < line.len() && out.len() - begin < MAX_BYTES {
        let byte = line[at];
        if byte.is_ascii_alphanumeric() {
            let length = word(&line[at..]);
            push_word(out, begin, line, at, at + length);
            at += length;
        } else if byte == b'<'
            && let Some((kind, length)) = stand_in(&line[at..])
        {
            out.push(b'<');
            out.extend_from_slice(kind);
            out.push(b'>');
            at += length;
        } else if byte.is_ascii_whitespace() {
            out.push(b' ');
            at += line[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        } else {
            out.push(byte);
            at += 1;
        }
    }
    // A cut inside a character of several bytes.
    let cut = out[begin..].utf8_chunks().last().is_some_and(|chunk| !chunk.invalid().is_empty());
    if cut && at < line.len() {
        while out.len() > begin && out[out.len() - 1] & 0xc0 == 0x80 {
            out.pop();
        }
        out.pop();
    }
}

/// The length of the word at the beginning: letters, digits, and what ids and decimals hold between them.
fn word(text: &[u8]) -> usize {
    let mut at = 0;
    while at < text.len() {
        let inside = matches!(text[at], b'.' | b'-' | b'_' | b',')
            && at > 0
            && text[at - 1].is_ascii_alphanumeric()
            && text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !text[at].is_ascii_alphanumeric() && !inside {
            break;
        }
        at += 1;
    }
    at
}

fn push_word(out: &mut Vec<u8>, begin: usize, line: &[u8], from: usize, to: usize) {
    let word = &line[from..to];
    if !word.iter().any(u8::is_ascii_digit) {
        out.extend_from_slice(word);
        return;
    }
    let is_number = word.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    if is_number {
        let signed = from > 0 && matches!(line[from - 1], b'-' | b'+');
        if word.len() <= 6 && is_code(&line[..from - usize::from(signed)]) {
            out.extend_from_slice(word);
            return;
        }
        // A sign belongs to the number, unless it is the dash between two words.
        if signed && out.len() > begin && (from < 2 || !line[from - 2].is_ascii_alphanumeric()) {
            out.pop();
        }
        out.push(b'#');
        return;
    }
    let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
    let is_hex = word.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-');
    let is_id = (word.len() >= 8 && is_hex) || (word.len() >= 16 && digits >= 4) || word.starts_with(b"0x");
    if is_id {
        out.push(b'#');
        return;
    }
    let mut in_digits = false;
    for byte in word {
        if !byte.is_ascii_digit() {
            out.push(*byte);
        } else if !in_digits {
            out.push(b'#');
        }
        in_digits = byte.is_ascii_digit();
    }
}

/// Whether a number after this text is the code of an error, which tells one error from another.
fn is_code(before: &[u8]) -> bool {
    const WORDS: [&[u8]; 7] = [b"code", b"status", b"error", b"errno", b"http", b"exit", b"retcode"];
    let before = before.trim_ascii_end();
    let end = before
        .iter()
        .rposition(|byte| !matches!(byte, b'"' | b'\'' | b':' | b'=' | b'(' | b'[' | b' '))
        .map_or(0, |at| at + 1);
    let begin = before[..end].iter().rposition(|byte| !byte.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    let word = &before[begin..end];
    WORDS.iter().any(|known| {
        word.len() >= known.len() && word[word.len() - known.len()..].eq_ignore_ascii_case(known)
    })
}

/// `<kind:digits>` of the redactor: its kind, and its length.
fn stand_in(text: &[u8]) -> Option<(&[u8], usize)> {
    let close = memchr::memchr(b'>', &text[..text.len().min(48)])?;
    let inner = &text[1..close];
    let colon = memchr::memchr(b':', inner)?;
    let (kind, digits) = (&inner[..colon], &inner[colon + 1..]);
    let is_kind = !kind.is_empty() && kind.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'-');
    let is_digits = !digits.is_empty() && digits.iter().all(u8::is_ascii_alphanumeric);
    (is_kind && is_digits).then_some((kind, close + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(message: &str, expected: &str) {
        assert_eq!(signature(message.as_bytes()), expected, "{message}");
    }

    #[test]
    fn what_changes_from_time_to_time_is_gone() {
        check("  balances BTC 0.12345678 free;  USDT -12.5", "balances BTC # free; USDT #");
        check("id 550e8400-e29b-41d4-a716-446655440000 gone", "id # gone");
        check("ptr 0x7ffd12 hash deadbeefcafe01 x", "ptr # hash # x");
        check("worker-3 of 12 stopped", "worker-# of # stopped");
        check("{\"ts\":1795514400.5,\"msg\":\"a\"}", "{\"ts\":#,\"msg\":\"a\"}");
        check("from <ip:abcd2345> to <email:zzzz9999>\nsecond line", "from <ip> to <email>");
        check("2 < 3 <b> x", "# < # <b> x");
    }

    #[test]
    fn what_tells_errors_apart_stays() {
        check("{\"code\":-1021,\"msg\":\"x\"}", "{\"code\":-1021,\"msg\":\"x\"}");
        check("HTTP 429 after 31 calls", "HTTP 429 after # calls");
        check("retCode=10006 in 5 ms", "retCode=10006 in # ms");
        check("os error 28 at 12", "os error 28 at #");
        check("dead beef faced the cafe", "dead beef faced the cafe");
    }

    #[test]
    fn a_cut_leaves_whole_characters() {
        for length in 230..250 {
            let text = format!("{}{}", "x".repeat(length), "ż".repeat(20));
            assert!(!signature(text.as_bytes()).contains('\u{fffd}'), "{length}");
        }
    }

    proptest! {
        #[test]
        fn beginnings_that_differ_mean_signatures_that_differ(one in "[ a-z0-9<>:#-]{0,20}", other in "[ a-z0-9<>:#-]{0,20}") {
            if signature(one.as_bytes()) == signature(other.as_bytes()) {
                prop_assert!(may_be_same(one.trim().as_bytes(), other.trim().as_bytes()) || one.contains("  ") || other.contains("  "));
            }
        }

        #[test]
        fn any_bytes_have_a_signature(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            signature(&bytes);
        }
    }
}
