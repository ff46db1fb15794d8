//! What is particular to `PostgreSQL`: a server, a lock that makes one portal its only writer, `tsvector`.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use sqlx::{AnyConnection, AnyPool, Connection, Executor};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::pool;
use super::words::plain;
use crate::store::Server;

pub(super) const BEGIN: &str = "BEGIN";

/// Written where the schema has the one of `SQLite`.
pub(super) const WORDS_TABLE: &str =
    "CREATE TABLE words (ticket BIGINT PRIMARY KEY NOT NULL, body TSVECTOR NOT NULL);
CREATE INDEX words_by_body ON words USING gin (body);";
/// The words are ours as they stand: a parser of the server would take `-1021`, `1.2.3` and addresses for one word each.
pub(super) const PUT_WORDS: &str = "INSERT INTO words (ticket, body)";
pub(super) const WORDS_ROW: &str = "(?, array_to_tsvector(string_to_array(?, ' ')))";
pub(super) const REPLACE_WORDS: &str = " ON CONFLICT (ticket) DO UPDATE SET body = excluded.body";
pub(super) const FIND_WORDS: &str = "SELECT ticket FROM words WHERE body @@ CAST(? AS tsquery)";
/// Longer words are found by their beginning; the server takes none above 2 KB.
const MAX_WORD_CHARS: usize = 64;

/// The number of the lock: whose connection has it is the one portal of the database.
const ALONE: i64 = i64::from_be_bytes(*b"casefile");
/// How long a portal that was just stopped or killed may keep the lock.
const TURN_TIMEOUT: Duration = Duration::from_secs(5);
const TURN_EVERY: Duration = Duration::from_millis(250);

/// Connections to the database of a server. With `alone` each of them has the lock: a connection that was lost is only
/// replaced by one that has it, so whoever lost the lock cannot write any more.
pub(super) async fn connections(server: &Server, many: u32, alone: bool) -> anyhow::Result<AnyPool> {
    if alone {
        wait_for_turn(server).await?;
    }
    let pool = pool(many).after_connect(move |connection, _| {
        Box::pin(async move {
            connection.execute("SET application_name = 'casefile-portal'").await?;
            // What was answered is on the disk, also where the server was told not to care.
            connection
                .execute(
                    "SELECT set_config('synchronous_commit', 'on', false)
                     WHERE current_setting('synchronous_commit') = 'off'",
                )
                .await?;
            if alone && !has_turn(connection).await? {
                return Err(sqlx::Error::Protocol("another portal works on this database".to_owned()));
            }
            Ok(())
        })
    });
    let pool = pool.connect_with(server.options().clone()).await?;
    let encoding: String =
        sqlx::query_scalar("SELECT current_setting('server_encoding')").fetch_one(&pool).await?;
    ensure!(encoding == "UTF8", "the database stores text as {encoding}: create it with the encoding UTF8");
    Ok(pool)
}

/// Looks whether another portal works there, before anything is tried.
async fn wait_for_turn(server: &Server) -> anyhow::Result<()> {
    let mut connection = AnyConnection::connect_with(server.options()).await?;
    let mut waited = Duration::ZERO;
    while !has_turn(&mut connection).await? {
        if waited >= TURN_TIMEOUT {
            bail!(
                "another portal works on this database: stop it first (if none does, the server has not noticed yet that its \
                 connection is gone: end it with pg_terminate_backend)"
            );
        }
        tokio::time::sleep(TURN_EVERY).await;
        waited += TURN_EVERY;
    }
    connection.close().await.context("the connection broke off")
}

async fn has_turn(connection: &mut AnyConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT pg_try_advisory_lock($1)").bind(ALONE).fetch_one(connection).await
}

/// The words of a text, each once, without case and marks, as FTS5 would find them.
pub(super) fn lexemes(text: &str) -> String {
    let folded = folded(text);
    let words: BTreeSet<_> = folded.split_whitespace().map(cut).collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

fn folded(text: &str) -> String {
    let letters = text.nfd().filter(|c| !is_combining_mark(*c)).map(plain);
    letters.flat_map(char::to_lowercase).map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect()
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(MAX_WORD_CHARS).map_or(word, |(end, _)| &word[..end])
}

/// What finds every text that has words which begin like these.
pub(super) fn question(words: &[String]) -> String {
    let folded = folded(&words.join(" "));
    let terms: Vec<_> = folded.split_whitespace().map(|word| format!("'{}':*", cut(word))).collect();
    // Nothing to look for finds nothing: no text has this word.
    if terms.is_empty() { "'-'".to_owned() } else { terms.join(" & ") }
}

/// Gives back the room of what was deleted, so that it is written over. The server keeps its bytes until then, and its log
/// until that is written over; `docs/architecture.md` says what to do about it.
pub(super) async fn scrub(writer: &AnyPool) -> sqlx::Result<()> {
    sqlx::query(
        "VACUUM report, event, standing, words, upload, evidence, attachment, insight, mail, outgoing",
    )
    .execute(writer)
    .await
    .map(drop)
}

/// Indexes that were not finished or broke; the rest is the server's own business (`pg_amcheck`).
pub(super) async fn damages(readers: &AnyPool) -> sqlx::Result<Vec<String>> {
    let sql =
        "SELECT CAST(indexrelid::regclass AS TEXT) FROM pg_index WHERE NOT indisvalid ORDER BY 1 LIMIT 100";
    let broken: Vec<String> = sqlx::query_scalar(sql).fetch_all(readers).await?;
    Ok(broken.into_iter().map(|index| format!("the index {index} is not valid: REINDEX it")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_cut_and_taken_apart() {
        assert_eq!(lexemes("Zażółć -1021, 1.2.3 ZAŻÓŁĆ"), "1 1021 2 3 zazolc");
        assert_eq!(lexemes("Zaz\u{307}o\u{301}\u{142}c\u{301}"), "zazolc", "as macOS writes it");
        assert_eq!(lexemes("\0 ' & :*"), "");
        assert_eq!(lexemes(&"ą".repeat(5_000)).len(), MAX_WORD_CHARS);
        let words = ["Łódź".to_owned(), "1021".to_owned()];
        assert_eq!(question(&words), "'lodz':* & '1021':*");
        assert_eq!(question(&[]), "'-'");
    }
}
