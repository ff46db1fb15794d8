//! Keys under the names that other languages have for them.

use crate::redact::value;

/// The last word, if a machine made it and the words around it speak of a private key.
pub(super) fn made_private(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    is_private(text, start, end).then(|| made_at_end(text, start, end))?
}

/// The same, if they speak of another key.
pub(super) fn made_secret(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    (!is_private(text, start, end)).then(|| made_at_end(text, start, end))?
}

/// Whether a word for private stands before it, in a language of Europe.
fn is_private(text: &[u8], start: usize, end: usize) -> bool {
    const NEAR: usize = 24;
    let near = text[start.saturating_sub(NEAR)..end].to_ascii_lowercase();
    let words = ["priv", "soukrom", "\u{43f}\u{440}\u{438}\u{432}", "\u{43f}\u{440}\u{44b}\u{432}"];
    words.iter().any(|word| memchr::memmem::find(&near, word.as_bytes()).is_some())
}

fn made_at_end(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+/_-=".contains(byte);
    let length = text[start..end].iter().rev().take_while(is_part).count();
    let value = &text[end - length..end];
    // What is kept under a key, and what everybody may know.
    let near = text[start..end - length].to_ascii_lowercase();
    let words = [
        "cach",
        "\u{43a}\u{44d}\u{448}",
        "\u{43a}\u{435}\u{448}",
        "publi",
        "p\u{fa}bli",
        "\u{43f}\u{443}\u{431}\u{43b}",
        "primar",
    ];
    let is_other = words.iter().any(|word| memchr::memmem::find(&near, word.as_bytes()).is_some());
    let is_made = !is_other && value::is_random_looking(value) && value.iter().any(u8::is_ascii_digit);
    (is_made && !value::is_placeholder(value)).then_some((end - length, end))
}
