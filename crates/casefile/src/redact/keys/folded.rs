//! The letters of a name as they are compared.

/// The letters and digits of a name from its end, without case and accents.
pub(super) struct Folded<'a> {
    key: &'a [u8],
}

pub(super) struct Symbol {
    /// 0 to 25 a letter, 26 to 35 a digit.
    pub(super) value: u8,
    /// Where it stands.
    pub(super) at: usize,
}

impl<'a> Folded<'a> {
    pub(super) fn of(key: &'a [u8]) -> Self {
        Self { key }
    }
}

impl Iterator for Folded<'_> {
    type Item = Symbol;

    #[inline]
    fn next(&mut self) -> Option<Symbol> {
        loop {
            let (last, rest) = self.key.split_last()?;
            self.key = rest;
            let value = match SYMBOLS[usize::from(*last)] {
                NO_SYMBOL if *last >= 0x80 => self.accented(*last),
                value => value,
            };
            if value != NO_SYMBOL {
                return Some(Symbol { value, at: self.key.len() });
            }
        }
    }
}

impl Folded<'_> {
    /// What stands for the letter whose last byte was just taken.
    #[cold]
    fn accented(&mut self, last: u8) -> u8 {
        let letter = match self.key.split_last() {
            Some((lead @ (0xc3..=0xc5 | 0xc8 | 0xd0..=0xd2), before)) if last <= 0xbf => {
                self.key = before;
                of_utf8(*lead, last)
            }
            _ => of_code_page(last),
        };
        SYMBOLS[usize::from(letter)]
    }
}

const NO_SYMBOL: u8 = u8::MAX;

/// What stands for each byte of ASCII.
const SYMBOLS: [u8; 256] = {
    let mut symbols = [NO_SYMBOL; 256];
    let mut letter = 0;
    while letter < 26 {
        symbols[(b'a' + letter) as usize] = letter;
        symbols[(b'A' + letter) as usize] = letter;
        letter += 1;
    }
    let mut digit = 0;
    while digit < 10 {
        symbols[(b'0' + digit) as usize] = 26 + digit;
        digit += 1;
    }
    symbols
};

/// The letter under the accent, in UTF-8; a letter of the Cyrillic alphabet by its sound, or by the first letter of it.
fn of_utf8(lead: u8, last: u8) -> u8 {
    /// From U+0410 and U+0430 on; the signs that have no sound are none.
    const CYRILLIC: &[u8; 32] = b"abvgdezziiklmnoprstufhccss\0y\0eua";
    match (lead, last) {
        (0xc3, 0x80..=0x85 | 0xa0..=0xa5) | (0xc4, 0x80..=0x85) => b'a',
        (0xc3, 0x87 | 0xa7) | (0xc4, 0x86..=0x8d) => b'c',
        (0xc4, 0x8e..=0x91) => b'd',
        (0xc3, 0x88..=0x8b | 0xa8..=0xab)
        | (0xc4, 0x92..=0x9b)
        | (0xd0, 0x81 | 0x84)
        | (0xd1, 0x91 | 0x94) => b'e',
        (0xc4, 0x9c..=0xa3) | (0xd2, 0x90 | 0x91) => b'g',
        (0xc3, 0x8c..=0x8f | 0xac..=0xaf)
        | (0xc4, 0xa8..=0xb1)
        | (0xd0, 0x86 | 0x87)
        | (0xd1, 0x96 | 0x97) => b'i',
        (0xc4, 0xb9..=0xbf) | (0xc5, 0x80..=0x82) => b'l',
        (0xc3, 0x91 | 0xb1) | (0xc5, 0x83..=0x88) => b'n',
        (0xc3, 0x92..=0x96 | 0x98 | 0xb2..=0xb6 | 0xb8) | (0xc5, 0x8c..=0x91) => b'o',
        (0xc5, 0x94..=0x99) => b'r',
        (0xc3, 0x9f) | (0xc5, 0x9a..=0xa1) | (0xc8, 0x98 | 0x99) => b's',
        (0xc5, 0xa2..=0xa7) | (0xc8, 0x9a | 0x9b) => b't',
        (0xc3, 0x99..=0x9c | 0xb9..=0xbc) | (0xc5, 0xa8..=0xb3) => b'u',
        (0xc3, 0x9d | 0xbd | 0xbf) => b'y',
        (0xc5, 0xb9..=0xbe) => b'z',
        (0xd0, 0x90..=0xaf) => CYRILLIC[usize::from(last - 0x90)],
        (0xd0, 0xb0..=0xbf) => CYRILLIC[usize::from(last - 0xb0)],
        (0xd1, 0x80..=0x8f) => CYRILLIC[usize::from(last - 0x80) + 16],
        _ => 0,
    }
}

/// The letter under the accent, in code pages 1250 and ISO 8859-2, in those of the west where these have none, and behind each
/// second bar what consoles of Windows and DOS write of Polish.
fn of_code_page(byte: u8) -> u8 {
    match byte {
        0xa5 | 0xb9 | 0xa1 | 0xb1 | 0xc0..=0xc2 | 0xe0..=0xe2 => b'a',
        0xc6..=0xc8 | 0xe6..=0xe8 | 0x86 => b'c',
        0xc9 | 0xca | 0xcc | 0xe9 | 0xea | 0xec | 0xa9 => b'e',
        0xcd | 0xed => b'i',
        0xa3 | 0xb3 | 0x88 => b'l',
        0xd1 | 0xf1 | 0xe4 => b'n',
        0xd3 | 0xd6 | 0xf3 | 0xf6 | 0xa2 => b'o',
        0xd8 | 0xf8 => b'r',
        0x8a | 0x8c | 0x9a | 0x9c | 0xa6 | 0xb6 | 0xde | 0xdf | 0xfe | 0x98 => b's',
        0xd9..=0xdc | 0xf9..=0xfc => b'u',
        0xdd | 0xfd => b'y',
        0x8e | 0x8f | 0x9e | 0x9f | 0xaf | 0xbf | 0xac | 0xbc | 0xab | 0xbe => b'z',
        _ => 0,
    }
}
