//! Text from a stranger on a terminal.

/// Makes control and direction characters visible, so that a bundle cannot move the cursor, change colours or
/// disguise a line. Line feeds and tabs stay.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
                '\u{fffd}'
            }
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// One line of [`plain`] text.
pub(crate) fn line(text: &str) -> String {
    plain(text).replace(['\n', '\t'], " ")
}

/// A size for people: `812 B`, `3.4 KiB`, `12 MiB`.
pub(crate) fn size(bytes: u64) -> String {
    let units = ["KiB", "MiB", "GiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let (mut value, mut unit) = (bytes as f64 / 1024.0, units[0]);
    for next in &units[1..] {
        if value >= 1023.95 {
            (value, unit) = (value / 1024.0, next);
        }
    }
    if value < 10.0 { format!("{value:.1} {unit}") } else { format!("{value:.0} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_direction_marks_cannot_act() {
        assert_eq!(
            plain("a\u{1b}[31mb\u{202e}c\u{7}\r\n\td"),
            "a\u{fffd}[31mb\u{fffd}c\u{fffd}\u{fffd}\n\td"
        );
        assert_eq!(line("a\nb"), "a b");
        assert_eq!(plain("Zażółć „gęślą” – jaźń €"), "Zażółć „gęślą” – jaźń €");
    }

    #[test]
    fn sizes_have_two_digits() {
        for (bytes, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (12_900, "13 KiB"),
            (1 << 20, "1.0 MiB"),
            (3 << 30, "3.0 GiB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }
}
