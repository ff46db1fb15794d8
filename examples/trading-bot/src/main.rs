//! examples/trading-bot

fn main() {}
