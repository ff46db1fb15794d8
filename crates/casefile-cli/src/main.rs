//! crates/casefile-cli

fn main() {}
