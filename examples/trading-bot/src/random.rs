//! Chance that repeats: everything unforeseen in this bot follows from one seed.

/// `SplitMix64`: tiny, and the same on every machine and in every version, unlike a crate's "standard" generator.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

/// The alphabet of exchange keys.
pub(crate) const LETTERS_AND_DIGITS: &[u8] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

impl Random {
    /// A stream of its own for each purpose: a new draw in one place does not change all the others.
    pub(crate) fn new(seed: u64, purpose: &str) -> Self {
        // FNV-1a
        let hash = purpose.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ hash)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number in `low..=high`.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// A number in `0.0..1.0`.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// About normal with deviation 1. A sum of uniforms: `ln` and `cos` differ in the last bit between systems.
    pub(crate) fn noise(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// One of these.
    pub(crate) fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let last = choices.len() as u64 - 1;
        choices[usize::try_from(self.between(0, last)).expect("an index into a slice")]
    }

    /// `length` characters of an ASCII alphabet.
    pub(crate) fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        let last = alphabet.len() as u64 - 1;
        let mut letter = || alphabet[usize::try_from(self.between(0, last)).expect("an index into a slice")];
        (0..length).map(|_| char::from(letter())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_purpose_give_the_same_stream() {
        let draw = |seed, purpose| Random::new(seed, purpose).text(LETTERS_AND_DIGITS, 32);
        assert_eq!(draw(1, "keys"), draw(1, "keys"));
        assert_ne!(draw(1, "keys"), draw(2, "keys"));
        assert_ne!(draw(1, "keys"), draw(1, "market"));
    }

    #[test]
    fn draws_stay_inside_their_bounds() {
        let mut random = Random::new(3, "bounds");
        for _ in 0..10_000 {
            assert!((5..=9).contains(&random.between(5, 9)));
            assert!((0.0..1.0).contains(&random.unit()));
            assert!((-6.0..6.0).contains(&random.noise()));
        }
    }
}
