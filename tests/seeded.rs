//! Secret-shaped values from a seed: nothing that looks like a key stands in this repository.

/// A small generator (`SplitMix64`): the same seed gives the same values on every machine.
pub struct Seeded(pub u64);

impl Seeded {
    /// The next 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.bits() % limit as u64).expect("smaller than a usize")
    }

    /// A number of the range, its end included.
    pub fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to + 1 - from)
    }

    /// One of the items.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// The items in another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.bits().to_le_bytes()[3])
    }

    /// As many random bytes.
    pub fn vec(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.bits().to_le_bytes()[3]).collect()
    }

    /// Characters of the alphabet.
    pub fn text(&mut self, alphabet: &str, length: usize) -> String {
        let alphabet: Vec<char> = alphabet.chars().collect();
        (0..length).map(|_| alphabet[self.below(alphabet.len())]).collect()
    }

    /// Letters of both cases and digits, as most exchanges make their keys.
    pub fn alphanumeric(&mut self, length: usize) -> String {
        self.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length)
    }

    /// Small letters.
    pub fn lower(&mut self, length: usize) -> String {
        self.text("abcdefghijklmnopqrstuvwxyz", length)
    }

    /// Digits, the first not 0.
    pub fn digits(&mut self, length: usize) -> String {
        self.text("123456789", 1) + &self.text("0123456789", length.saturating_sub(1))
    }

    /// Small hexadecimal digits.
    pub fn hex(&mut self, length: usize) -> String {
        self.text("0123456789abcdef", length)
    }

    /// An address under a domain that belongs to nobody.
    pub fn email(&mut self) -> String {
        format!("{}.{}@{}.example.com", self.lower(6), self.lower(8), self.lower(7))
    }
}
