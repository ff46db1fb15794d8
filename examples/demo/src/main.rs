//! examples/demo

fn main() {}
