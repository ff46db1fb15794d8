//! Where the two databases differ; all other SQL is one text for both.

use std::borrow::Cow;

use sqlx::AnyConnection;

use super::registration::{marks, rows};
use super::{postgres, sqlite};

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// That of an open connection.
    pub(super) fn of(connection: &AnyConnection) -> Self {
        if connection.backend_name() == "PostgreSQL" { Self::Postgres } else { Self::Sqlite }
    }

    /// What a change begins with.
    pub(super) fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => sqlite::BEGIN,
            Self::Postgres => postgres::BEGIN,
        }
    }

    /// A change of the schema, which is written for `SQLite`.
    pub(super) fn schema(self, sql: &'static str) -> Cow<'static, str> {
        match self {
            Self::Sqlite => Cow::Borrowed(sql),
            Self::Postgres => Cow::Owned(sql.replace(sqlite::WORDS_TABLE, postgres::WORDS_TABLE)),
        }
    }

    /// Writes the words of this many tickets: the ticket, and its words as [`Self::words`] makes them.
    pub(super) fn put_words(self, count: usize) -> String {
        match self {
            Self::Sqlite => rows(self, sqlite::PUT_WORDS, &marks(2), count),
            Self::Postgres => {
                rows(self, postgres::PUT_WORDS, postgres::WORDS_ROW, count) + postgres::REPLACE_WORDS
            }
        }
    }

    /// The tickets that have the words `?`, as [`Self::question`] makes them.
    pub(super) fn find_words(self) -> &'static str {
        match self {
            Self::Sqlite => sqlite::FIND_WORDS,
            Self::Postgres => postgres::FIND_WORDS,
        }
    }

    /// A text as its search wants it.
    pub(super) fn words(self, text: String) -> String {
        match self {
            Self::Sqlite => text,
            Self::Postgres => postgres::lexemes(&text),
        }
    }

    /// What finds every text that has, for each of these words, one that begins with it.
    pub(super) fn question(self, words: &[String]) -> String {
        match self {
            Self::Sqlite => sqlite::question(words),
            Self::Postgres => postgres::question(words),
        }
    }
}
