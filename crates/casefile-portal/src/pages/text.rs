//! How values are written for people.

use std::fmt::Write as _;

use casefile::report::Language;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Text from a stranger, with everything that could deceive the reader made visible: control characters and
/// those that turn the direction of writing. Tabs and line ends stay.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' => {}
            c if c.is_control() || is_invisible(c) => {
                let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// Marks of direction and joiners, which show nothing and change what is shown.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{061C}')
}

/// `2026-11-25 14:03 CET`.
pub(super) fn civil(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// `in 3 h 12 min`, `2 d 4 h ago`.
pub(super) fn relative(at: Timestamp, now: Timestamp, language: Language) -> String {
    let distance = at.duration_since(now);
    let length = length(distance.abs());
    match (distance.is_negative(), language) {
        (true, Language::En) => format!("{length} ago"),
        (false, Language::En) => format!("in {length}"),
        (true, Language::Pl) => format!("{length} temu"),
        (false, Language::Pl) => format!("za {length}"),
    }
}

/// The two largest units.
pub(super) fn length(duration: SignedDuration) -> String {
    let minutes = duration.as_mins();
    let (days, hours, minutes) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    match (days, hours, minutes) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, 0, _) => format!("{days} d"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

/// The query of an address, or the fields of a form.
pub(crate) fn query(pairs: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        let _ = write!(out, "{name}=");
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// `412 B`, `3.1 KiB`, `1.0 GiB`.
pub(super) fn size(bytes: u64) -> String {
    let units = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut size = bytes as f64 / 1024.0;
    let mut unit = 0;
    while size >= 1023.95 && unit + 1 < units.len() {
        size /= 1024.0;
        unit += 1;
    }
    format!("{size:.1} {}", units[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_stays_invisible() {
        assert_eq!(visible("Zażółć\tgęślą\r\njaźń"), "Zażółć\tgęślą\njaźń");
        assert_eq!(visible("exe\u{202E}fdp.\u{1b}[31m"), "exe⟨U+202E⟩fdp.⟨U+001B⟩[31m");
    }

    #[test]
    fn times_are_told_from_now() {
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        let told = |text: &str| relative(text.parse().unwrap(), now, Language::En);
        assert_eq!(told("2026-11-25T15:12:00Z"), "in 3 h 12 min");
        assert_eq!(told("2026-11-23T08:00:00Z"), "2 d 4 h ago");
        assert_eq!(told("2026-11-25T12:00:30Z"), "in 0 min");
        assert_eq!(relative(now, "2026-11-25T12:05:00Z".parse().unwrap(), Language::Pl), "5 min temu");
        let zone = TimeZone::get("Europe/Warsaw").unwrap();
        assert_eq!(civil(now, &zone), "2026-11-25 13:00 CET");
    }

    #[test]
    fn a_query_carries_anything() {
        assert_eq!(
            query(&[("view", "mine"), ("q", "ż &=#"), ("x", "")]),
            "view=mine&q=%C5%BC%20%26%3D%23&x="
        );
    }

    #[test]
    fn sizes_have_the_unit_that_fits() {
        for (bytes, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1_048_575, "1.0 MiB"),
            (3 << 30, "3.0 GiB"),
            (u64::MAX, "16777216.0 TiB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }
}
