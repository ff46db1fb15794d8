//! examples/headless-bot

fn main() {}
