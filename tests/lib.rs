//! What the tests in `it/` work with: seeded values, the corpus with planted secrets, its score.

#![expect(clippy::missing_panics_doc, reason = "all of this crate is for tests: a panic is how they fail")]

pub mod corpus;
pub mod hostile;
pub mod score;
pub mod seeded;
