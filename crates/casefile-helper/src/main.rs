//! crates/casefile-helper

fn main() {}
