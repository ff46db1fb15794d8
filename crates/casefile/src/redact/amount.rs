//! Numbers that a person may show in part: what they own, and how their strategy is set.

use super::assignment;
use super::find::Span;
use super::rules::Id;
use super::value::{self, Tier, Tiers};

/// What is shown of the numbers of this rule.
pub(super) fn tier_of(rule: Id, tiers: Tiers) -> Tier {
    match rule {
        Id::Balance => tiers.balances,
        Id::Strategy => tiers.strategy,
        _ => Tier::Removed,
    }
}

/// The power of ten at or below a number, with its sign; nothing when the number is one already, or zero.
pub(super) fn rounded(number: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(number).ok()?;
    let value: f64 = text.trim_matches('"').parse().ok()?;
    if value == 0.0 || !value.is_finite() {
        return None;
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let size = value.abs();
    // Counted in decimal places, so that no rounding of the machine can change the result.
    let Some(power) = (-12..=18).rev().find(|power| size >= 10_f64.powi(*power)) else {
        return Some("0".to_owned());
    };
    let rounded = match usize::try_from(power) {
        Ok(zeros) => format!("{sign}1{}", "0".repeat(zeros)),
        Err(_) => format!("{sign}0.{}1", "0".repeat(power.unsigned_abs() as usize - 1)),
    };
    (rounded != text).then_some(rounded)
}

/// Whether there is nothing to round: a number that is zero or a power of ten. What is no number is not.
pub(super) fn is_round(number: &[u8]) -> bool {
    let text = std::str::from_utf8(number).unwrap_or_default().trim_matches('"');
    text.parse::<f64>().is_ok_and(f64::is_finite) && rounded(text.as_bytes()).is_none()
}

/// The numbers that stand behind a name, an equals sign or a comma, as presets have them.
pub(super) fn of_strategy(text: &[u8], out: &mut Vec<Span>) {
    let mut at = 0;
    while let Some(found) = text[at..].iter().position(u8::is_ascii_digit) {
        let mut start = at + found;
        let part = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'_');
        let end = start + text[start..].iter().take_while(part).count();
        if start > 0 && text[start - 1] == b'-' {
            start -= 1;
        }
        let quoted =
            start > 0 && matches!(text[start - 1], b'"' | b'\'') && text.get(end) == Some(&text[start - 1]);
        let before = text[..start - usize::from(quoted)].trim_ascii_end().last();
        let after = text.get(end + usize::from(quoted));
        let ends = after.is_none_or(|byte| byte.is_ascii_whitespace() || b",]};#&<".contains(byte));
        if ends && before.is_some_and(|byte| b":=[,(>".contains(byte)) && value::is_number(&text[start..end])
        {
            let structured = !quoted && assignment::structured_number(text, start, end);
            out.push(Span { bare_number: structured, ..Span::new(start, end, Id::Strategy) });
        }
        at = end.max(at + found + 1);
    }
}

/// A number as people write sums: with a sign of a currency before it, its digits in groups. Plain numbers are none.
pub(super) fn grouped(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let signs = [&b"$"[..], "\u{20ac}".as_bytes(), "\u{a3}".as_bytes()];
    let sign = signs.iter().find(|sign| text[at..].starts_with(sign)).map_or(0, |sign| sign.len());
    let start = at + sign + usize::from(sign > 0 && text.get(at + sign) == Some(&b' '));
    let digits = |from: usize| {
        text[from.min(text.len())..].iter().take(16).take_while(|byte| byte.is_ascii_digit()).count()
    };
    let mut end = start + usize::from(text.get(start) == Some(&b'-'));
    let first = digits(end);
    end += first;
    let mut groups = 0;
    while (1..=3).contains(&first) || groups > 0 {
        let mark = match &text[end..] {
            // The space that does not break has one byte, two or three.
            [b' ' | b',' | b'_' | b'\'' | b'.' | 0xa0, ..] => 1,
            [0xc2, 0xa0, ..] => 2,
            [0xe2, 0x80, 0xaf, ..] => 3,
            _ => 0,
        };
        // One point may begin a fraction; a comma behind three digits says that it does not: `1.234,56`.
        let is_point = text.get(end) == Some(&b'.') && groups == 0;
        let is_group = || text.get(end + 4) == Some(&b',') && digits(end + 5) > 0;
        if mark == 0 || digits(end + mark) != 3 || is_point && !is_group() {
            break;
        }
        end += mark + 3;
        groups += 1;
    }
    let fraction = if matches!(text.get(end), Some(b'.' | b',')) { digits(end + 1) } else { 0 };
    end += if fraction > 0 { 1 + fraction } else { 0 };
    let is_sum = first > 0 && (sign > 0 || groups > 0 && fraction > 0);
    is_sum.then_some((start, end))
}

/// The sum in a cell under a heading that calls it one, in groups and with a currency or without: `-29 733,66 zł`.
pub(super) fn of_cell(cell: &[u8]) -> Option<(usize, usize)> {
    let first = cell.iter().position(u8::is_ascii_digit)?;
    let last = cell.iter().rposition(u8::is_ascii_digit)? + 1;
    let start = first - usize::from(cell[..first].ends_with(b"-"));
    let is_mark = |byte: &u8| byte.is_ascii_digit() || b" .,'_\xa0\xc2\xe2\x80\xaf".contains(byte);
    let is_currency = |text: &[u8]| text.trim_ascii().len() <= 4 && !text.contains(&b'%');
    let is_sum = cell[first..last].iter().all(is_mark)
        && cell[first..last].iter().any(|byte| !matches!(byte, b'0' | b'.' | b',' | b' '))
        && cell[first..last].iter().any(|byte| !byte.is_ascii_digit() && *byte != b'.')
        && is_currency(&cell[..start])
        && is_currency(&cell[last..]);
    is_sum.then_some((start, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_down_to_a_power_of_ten() {
        for (number, expected) in [
            ("51601.16", Some("10000")),
            ("0.0312", Some("0.01")),
            ("-250", Some("-100")),
            ("1e5", Some("100000")),
            ("999999999", Some("100000000")),
            ("1000", None),
            ("0.01", None),
            ("0", None),
            ("text", None),
        ] {
            assert_eq!(rounded(number.as_bytes()).as_deref(), expected, "{number}");
            assert_eq!(is_round(number.as_bytes()), expected.is_none() && number != "text", "{number}");
        }
    }

    #[test]
    fn a_cell_holds_one_sum_or_none() {
        for (cell, sum) in [
            ("29 733,66", Some("29 733,66")),
            ("-1.234,50 z\u{142}", Some("-1.234,50")),
            ("$1,234.50", Some("1,234.50")),
            ("12\u{a0}345", Some("12\u{a0}345")),
            ("0,00", None),
            ("2026-11-03 10:00", None),
            ("1,5 %", None),
            ("brak", None),
            // A number that needs no reading.
            ("1234.5", None),
        ] {
            assert_eq!(of_cell(cell.as_bytes()).map(|(start, end)| &cell[start..end]), sum, "{cell}");
        }
    }

    #[test]
    fn numbers_of_a_preset_are_found_in_every_form() {
        let text = "grid = 12\nstop: 0.5 # %\n{\"levels\": [1.5, -2], \"name\": \"v3\", \"size\": \"40\"}\nstarted 2026-11-24\n";
        let mut spans = Vec::new();
        of_strategy(text.as_bytes(), &mut spans);
        let found: Vec<_> = spans.iter().map(|span| &text[span.start..span.end]).collect();
        assert_eq!(found, ["12", "0.5", "1.5", "-2", "40"]);
    }
}
