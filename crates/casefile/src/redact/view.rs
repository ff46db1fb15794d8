//! A text without the escape sequences of a terminal, and the way back to its bytes.

/// The text as a person sees it; `map` gives for each byte its place in the original.
pub(super) struct View {
    pub(super) text: Vec<u8>,
    map: Vec<u32>,
}

impl View {
    /// Nothing when there is no escape sequence in it.
    pub(super) fn of(original: &[u8]) -> Option<Self> {
        memchr::memchr(0x1b, original)?;
        let (mut text, mut map) = (Vec::with_capacity(original.len()), Vec::with_capacity(original.len()));
        let mut at = 0;
        while at < original.len() {
            if original[at] == 0x1b && original.get(at + 1) == Some(&b'[') {
                let body = original[at + 2..].iter().take(32).position(|byte| (0x40..=0x7e).contains(byte));
                if let Some(length) = body {
                    at += length + 3;
                    continue;
                }
            }
            text.push(original[at]);
            map.push(u32::try_from(at).unwrap_or(u32::MAX));
            at += 1;
        }
        Some(Self { text, map })
    }

    /// The range of the original that a range of the view covers, escape sequences inside included.
    pub(super) fn original(&self, start: usize, end: usize) -> (usize, usize) {
        (self.map[start] as usize, self.map[end - 1] as usize + 1)
    }
}
