//! Numbers, and what only looks like one.

/// Whether it is a number as texts write it, with a sign, a fraction, groups or an exponent.
pub(in crate::redact) fn is_number(value: &[u8]) -> bool {
    let unsigned = value.strip_prefix(b"-").unwrap_or(value);
    !unsigned.is_empty()
        && unsigned[0].is_ascii_digit()
        && unsigned
            .iter()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'e' | b'E' | b'-' | b'+'))
        && memchr::memchr_iter(b',', unsigned).count() <= 1
}

/// Numbers between points that are no groups of three: `12.37.4`, `1.2.0.3452`.
pub(in crate::redact) fn is_version(number: &[u8]) -> bool {
    let mut parts = number.split(|byte| *byte == b'.');
    let is_short = parts.next().is_some_and(|first| first.len() <= 3);
    let rest: Vec<&[u8]> = parts.collect();
    let are_groups = is_short
        && rest.iter().all(|part| {
            part.get(..3).is_some_and(|group| group.iter().all(u8::is_ascii_digit))
                && part.get(3).is_none_or(|next| !next.is_ascii_digit())
        });
    rest.len() >= 2 && !are_groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_parts_that_are_no_groups() {
        for version in ["12.37.4", "3.0.6", "1.2.0.3452", "2025.11.3"] {
            assert!(is_number(version.as_bytes()) && is_version(version.as_bytes()), "{version}");
        }
        for number in ["1.234.567", "12.345.678,90", "1234.5", "12", "1.5e-7", "-3.25"] {
            assert!(is_number(number.as_bytes()) && !is_version(number.as_bytes()), "{number}");
        }
    }
}
