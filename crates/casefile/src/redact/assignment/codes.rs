//! The codes for the day a phone is lost, in lines of their own below what they are called.

use crate::redact::find::Span;
use crate::redact::keys::Named;
use crate::redact::rules::Id;

/// Services give ten or sixteen of them.
const MAX_LINES: usize = 24;
/// Longer lines have more than codes.
const MAX_LINE: usize = 160;

/// Hides the codes below the line that calls them so: `Backup codes (binance):`, `Kody zapasowe`.
pub(super) fn hide_below(text: &[u8], key: (usize, usize), named: Named, out: &mut Vec<Span>) {
    if named.rule != Id::Password || !are_codes(&text[key.0.saturating_sub(BEFORE)..key.1]) {
        return;
    }
    let near = &text[key.1..(key.1 + MAX_LINE).min(text.len())];
    let Some(end) = memchr::memchr(b'\n', near) else { return };
    let (mut at, mut found) = (key.1 + end + 1, false);
    for _ in 0..MAX_LINES {
        let near = &text[at..(at + MAX_LINE).min(text.len())];
        let line = near.split(|byte| *byte == b'\n').next().unwrap_or_default();
        if line.trim_ascii().is_empty() && !found && at < text.len() {
            at += line.len() + 1;
            continue;
        }
        let codes = in_line(line, found);
        if codes.is_empty() || line.len() == MAX_LINE {
            return;
        }
        found = true;
        out.extend(codes.into_iter().map(|(from, to)| Span::new(at + from, at + to, named.rule)));
        at += line.len() + 1;
        if at > text.len() {
            return;
        }
    }
}

/// `Backup` stands before the name that is `codes`.
const BEFORE: usize = 12;

/// Whether codes for later are called so, and not a pass code.
pub(super) fn are_codes(name: &[u8]) -> bool {
    const LATER: [&[u8]; 8] = [
        b"backup",
        b"recovery",
        b"zapas",
        b"awaryjn",
        b"odzyskiw",
        b"rescue",
        b"zaloz",
        b"z\xc3\xa1lo\xc5\xbe",
    ];
    let name = name.to_ascii_lowercase();
    let says = |word: &[u8]| memchr::memmem::find(&name, word).is_some();
    (says(b"cod") || says(b"kod") || says(b"k\xc3\xb3d")) && LATER.iter().any(|word| says(word))
}

/// The codes of a line that has nothing else but a mark or a number before them.
fn in_line(line: &[u8], is_behind: bool) -> Vec<(usize, usize)> {
    // `1887 3186`
    let content = line.trim_ascii();
    let is_groups = content.len() <= 23
        && content.contains(&b' ')
        && content
            .split(|byte| *byte == b' ')
            .all(|group| matches!(group.len(), 3..=5) && group.iter().all(u8::is_ascii_digit));
    if is_groups {
        let from = line.len() - line.trim_ascii_start().len();
        return vec![(from, from + content.len())];
    }
    let mut codes = Vec::new();
    let mut at = 0;
    for word in line.split(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b';' | b'|')) {
        let (from, to) = (at, at + word.len());
        at = to + 1;
        let is_mark =
            matches!(word, b"" | b"-" | b"*" | b"[" | b"]" | b"[ ]" | b"[x]" | b">" | b"\xe2\x80\xa2")
                || word.len() <= 3
                    && matches!(word, [digits @ .., b'.' | b')'] if digits.iter().all(u8::is_ascii_digit));
        if is_code(word) || is_behind && is_pair(word) {
            codes.push((from, to));
        } else if !is_mark || !codes.is_empty() && !word.is_empty() {
            return Vec::new();
        }
    }
    codes
}

/// Letters and digits in one to four groups: `7316-6550`, `a1b2c-3d4e5`, `91827364`.
fn is_code(word: &[u8]) -> bool {
    let groups = || word.split(|byte| *byte == b'-');
    let is_part =
        |group: &[u8]| (3..=12).contains(&group.len()) && group.iter().all(u8::is_ascii_alphanumeric);
    let has_digit = word.iter().any(u8::is_ascii_digit);
    (6..=32).contains(&word.len())
        && has_digit
        && groups().count() <= 4
        && groups().all(is_part)
        && !is_date(word)
}

/// Two groups of one length, of letters only: one of several codes can be so.
fn is_pair(word: &[u8]) -> bool {
    let half = word.len() / 2;
    (9..=13).contains(&word.len())
        && word.len() % 2 == 1
        && word[half] == b'-'
        && [&word[..half], &word[half + 1..]].iter().all(|group| group.iter().all(u8::is_ascii_alphanumeric))
}

fn is_date(word: &[u8]) -> bool {
    matches!(word, [b'1' | b'2', _, _, _, b'-', _, _, b'-', _, _])
}

#[cfg(test)]
mod tests {
    use crate::redact::Redactor;
    use crate::redact::tests::{ALNUM, keeps, made};

    #[test]
    fn codes_below_their_heading_go() {
        for (heading, mark) in
            [("Backup codes (binance):", ""), ("recovery codes", "- "), ("Kody zapasowe kraken:\n", "1. ")]
        {
            let (first, second) = (made("123456789", 8, 3), format!("7a{}", made(ALNUM, 3, 4)));
            let text = format!(
                "{heading}\n{mark}{}-{}\n{mark}{second}-{second}\nversion 5.27.28\n",
                &first[..4],
                &first[4..]
            );
            let (clean, _) = Redactor::builder().build().clean_text(&text);
            assert!(!clean.as_str().contains(&first[4..]) && !clean.as_str().contains(&second), "{clean}");
            assert!(clean.as_str().ends_with("\nversion 5.27.28\n"), "{clean}");
        }
    }

    #[test]
    fn what_is_no_code_stays_below_it() {
        keeps("backup codes saved\n2026-11-24 10:00:00 INFO started\n");
        keeps("no recovery codes left\nexit 0\n");
        keeps("backup codes:\n\norder-book depth 50\n");
    }
}
