//! Text from a stranger on a terminal.

use std::io::IsTerminal as _;

use casefile::stamp::Level;

/// Makes control and direction characters visible, so that a bundle cannot move the cursor, change colours or
/// disguise a line. Line feeds and tabs stay.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(['\n', '\t']) {
        let shown = part.trim_end_matches(['\n', '\t']);
        push_line(&mut out, shown);
        out.push_str(&part[shown.len()..]);
    }
    out
}

/// One line of [`plain`] text.
pub(crate) fn line(text: &str) -> String {
    plain(text).replace(['\n', '\t'], " ")
}

/// Appends one line of [`plain`] text.
pub(crate) fn push_line(out: &mut String, text: &str) {
    casefile::logs::push_plain(out, text);
}

/// Colours, only where a person sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paint {
    Plain,
    Ansi,
}

impl Paint {
    /// Colours on a terminal, unless `NO_COLOR` (<https://no-color.org>) or the terminal cannot.
    pub(crate) fn of_stdout() -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let cannot = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        if std::io::stdout().is_terminal() && !unwanted && !cannot { Self::Ansi } else { Self::Plain }
    }

    /// What casefile says itself, among what others said.
    pub(crate) fn mark(self, out: &mut String, text: &str) {
        self.push(out, "36", text);
    }

    /// A level in five columns.
    pub(crate) fn level(self, out: &mut String, level: Option<Level>) {
        let (word, colour) = match level {
            None => ("     ", ""),
            Some(Level::Trace) => ("trace", "2"),
            Some(Level::Debug) => ("debug", "2"),
            Some(Level::Info) => ("info ", ""),
            Some(Level::Warn) => ("WARN ", "33"),
            Some(Level::Error) => ("ERROR", "31"),
            Some(Level::Fatal) => ("FATAL", "1;31"),
        };
        self.push(out, colour, word);
    }

    /// A text in a colour of ANSI (ECMA-48, SGR).
    pub(crate) fn push(self, out: &mut String, colour: &str, text: &str) {
        if self == Self::Plain || colour.is_empty() {
            out.push_str(text);
        } else {
            out.extend(["\u{1b}[", colour, "m", text, "\u{1b}[0m"]);
        }
    }
}

/// Appends a number, with zeros before it where it has fewer digits; for each line of gigabytes, where `format!` is slow.
pub(crate) fn push_number(out: &mut String, mut number: u64, digits: usize) {
    // 2^64 has twenty digits.
    let mut text = [b'0'; 20];
    let mut first = text.len();
    while number > 0 || text.len() - first < digits {
        first -= 1;
        text[first] += u8::try_from(number % 10).expect("a digit");
        number /= 10;
    }
    out.push_str(str::from_utf8(&text[first..]).expect("digits"));
}

/// A number with commas: `1,204`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
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
    fn numbers_are_written_as_by_format() {
        for (number, digits) in [(0, 1), (7, 3), (42, 3), (1_204, 1), (u64::MAX, 1), (u64::MAX, 20)] {
            let mut out = String::new();
            push_number(&mut out, number, digits);
            assert_eq!(out, format!("{number:0digits$}"));
        }
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
