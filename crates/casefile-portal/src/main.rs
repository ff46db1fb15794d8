//! crates/casefile-portal

fn main() {}
