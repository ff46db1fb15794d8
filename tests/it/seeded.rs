//! Secret-shaped values from a seed: nothing that looks like a key stands in this repository.

pub(crate) use casefile_tests::seeded::Seeded;
