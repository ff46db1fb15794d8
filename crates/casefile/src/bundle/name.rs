//! Names of entries: one spelling that is safe to unpack on every system.

/// The longest name of an entry, in bytes: the shortest limit of a path on the systems that unpack it is 260.
pub const MAX_NAME_BYTES: usize = 200;

/// Says what is wrong with the name of an entry, or nothing when it can be unpacked safely everywhere.
pub(super) fn complaint(name: &str) -> Option<&'static str> {
    if name.is_empty() || name.len() > MAX_NAME_BYTES {
        return Some("its name is empty or too long");
    }
    if name.starts_with('/') || name.contains('\\') || name.contains(':') {
        return Some("its name is an absolute path, or one of another system");
    }
    if name.chars().any(is_unsafe) {
        return Some("its name has control or direction characters");
    }
    name.split('/').find_map(|part| match part {
        "" => Some("its name has an empty part"),
        "." | ".." => Some("its name leads out of the folder"),
        _ if part.ends_with(['.', ' ']) => Some("a part of its name ends with a dot or a space"),
        _ if is_device(part) => Some("its name is that of a Windows device"),
        _ => None,
    })
}

/// Makes any relative path into a safe name: what is unsafe becomes `_`, what is too long is cut.
pub(super) fn safe(path: &str) -> String {
    let mut name = String::with_capacity(path.len());
    for part in path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".") {
        if !name.is_empty() {
            name.push('/');
        }
        if part == ".." || is_device(part) {
            name.push('_');
        }
        let trimmed = part.trim_end_matches(['.', ' ']);
        name.extend(
            trimmed.chars().map(|c| if c == ':' || "<>\"|?*".contains(c) || is_unsafe(c) { '_' } else { c }),
        );
        if trimmed.is_empty() {
            name.push('_');
        }
    }
    if name.is_empty() {
        name.push('_');
    }
    cut(&name, MAX_NAME_BYTES)
}

/// The key under which two names are the same file on Windows and macOS.
pub(super) fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// Puts a number before the last extension, so that two names differ: `a.log` becomes `a~2.log`.
pub(super) fn numbered(name: &str, number: u32) -> String {
    let file_at = name.rfind('/').map_or(0, |at| at + 1);
    let dot = name[file_at..].rfind('.').filter(|at| *at > 0).map_or(name.len(), |at| file_at + at);
    let (stem, extension) = name.split_at(dot);
    let suffix = format!("~{number}{extension}");
    format!("{}{suffix}", cut(stem, MAX_NAME_BYTES.saturating_sub(suffix.len())))
}

fn cut(text: &str, max_bytes: usize) -> String {
    let end = (0..=max_bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text[..end].trim_end_matches(['.', ' ', '/']).to_owned()
}

/// Control characters, and those that turn the direction of writing, so that a name reads as another one.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Names that Windows opens as a device, with any extension.
/// Source: <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end();
    let upper = stem.to_ascii_uppercase();
    let numbered = |prefix: &str| {
        upper.strip_prefix(prefix).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']))
    };
    matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_that_a_stranger_could_send_are_refused() {
        let long = "x".repeat(MAX_NAME_BYTES + 1);
        for name in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a/./b",
            "a//b",
            "a/",
            "..\\x",
            "C:x",
            "C:/x",
            "a\u{0}b",
            "a\nb",
            "nul",
            "logs/COM1.txt",
            "a.",
            "a ",
            "logs/a\u{202e}gpj.exe",
            &long,
        ] {
            assert!(complaint(name).is_some(), "{name:?}");
        }
    }

    #[test]
    fn ordinary_names_are_accepted() {
        for name in [
            "manifest.json",
            "logs/bot.2026-11-24.log",
            "preset/zażółć gęślą.toml",
            "logs/a..b",
            "logs/console.log",
        ] {
            assert_eq!(complaint(name), None, "{name:?}");
        }
    }

    #[test]
    fn a_number_goes_before_the_extension() {
        assert_eq!(numbered("logs/a.b/c.log", 2), "logs/a.b/c~2.log");
        assert_eq!(numbered("logs/a.b/c", 3), "logs/a.b/c~3");
        assert_eq!(numbered("logs/.env", 2), "logs/.env~2");
    }

    proptest! {
        #[test]
        fn every_path_becomes_a_safe_name(path in any::<String>(), number in 2u32..) {
            let name = safe(&path);
            prop_assert_eq!(complaint(&name), None, "{:?}", name);
            let numbered = numbered(&name, number);
            prop_assert_eq!(complaint(&numbered), None, "{:?}", numbered);
        }
    }
}
