//! Secret-shaped values from a seed: nothing that looks like a key stands in this repository.

/// A small generator (SplitMix64): the same seed gives the same values on every machine.
pub(crate) struct Seeded(pub(crate) u64);

impl Seeded {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }

    pub(crate) fn text(&mut self, alphabet: &str, length: usize) -> String {
        let alphabet: Vec<char> = alphabet.chars().collect();
        (0..length).map(|_| alphabet[self.below(alphabet.len())]).collect()
    }

    /// Letters of both cases and digits, as most exchanges make their keys.
    pub(crate) fn alphanumeric(&mut self, length: usize) -> String {
        self.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length)
    }

    pub(crate) fn lower(&mut self, length: usize) -> String {
        self.text("abcdefghijklmnopqrstuvwxyz", length)
    }

    pub(crate) fn email(&mut self) -> String {
        format!("{}.{}@{}.example.com", self.lower(6), self.lower(8), self.lower(7))
    }
}
