//! A report's whole way through real processes, and the house rules.
//!
//! The programs have to be built before: `tests/run` does it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "all of this crate is tests: that is how they fail and tell"
)]

mod analyze;
mod browser;
mod canaries;
mod chaos;
mod contract;
mod databases;
mod demo;
mod folders;
mod foreign;
mod freqtrade;
mod hostile;
mod house;
mod installer;
mod journey;
mod loop_back;
mod nasty;
mod outages;
mod post;
mod processes;
mod redaction;
mod safety;
mod seeded;
mod timeline;
mod trust;
mod window;
mod wire;
