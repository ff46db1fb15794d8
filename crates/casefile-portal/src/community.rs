//! Threads of a community channel, as Discord and Telegram export them or as somebody pastes them: what was said, in order. No I/O.

use std::fmt::Write as _;

use serde_json::Value;

/// Messages of one thread that are read.
const MAX_MESSAGES: usize = 500;
/// Characters of the transcript; a ticket is no archive.
const MAX_CHARS: usize = 20_000;

/// A thread, readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Thread {
    /// `discord`, `telegram` or `text`.
    pub(crate) source: &'static str,
    /// The name of the channel or chat, if it says so.
    pub(crate) name: Option<String>,
    pub(crate) transcript: String,
}

/// Reads what was exported or pasted; `None` when nothing was said.
pub(crate) fn read(text: &str) -> Option<Thread> {
    let value: Option<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok();
    let thread = value.as_ref().and_then(|value| discord(value).or_else(|| telegram(value)));
    let thread = thread.unwrap_or_else(|| Thread { source: "text", name: None, transcript: text.to_owned() });
    let transcript = shortened(thread.transcript.trim());
    (!transcript.is_empty()).then_some(Thread { transcript, ..thread })
}

/// `{"channel": {"name"}, "messages": [{"timestamp", "author": {"name", "nickname"}, "content"}]}`.
fn discord(value: &Value) -> Option<Thread> {
    let messages = value["messages"].as_array()?;
    messages.iter().any(|message| message["author"].is_object()).then_some(())?;
    let lines = messages.iter().take(MAX_MESSAGES).filter_map(|message| {
        let author = &message["author"];
        let who = author["nickname"].as_str().or(author["name"].as_str()).unwrap_or("?");
        let files = message["attachments"].as_array().map_or(0, Vec::len);
        line(message["timestamp"].as_str(), who, message["content"].as_str().unwrap_or_default(), files)
    });
    let name = value["channel"]["name"].as_str().map(str::to_owned);
    Some(Thread { source: "discord", name, transcript: lines.collect() })
}

/// `{"name", "type", "messages": [{"type": "message", "date", "from", "text"}]}`, where the text is one or a list of pieces.
fn telegram(value: &Value) -> Option<Thread> {
    let messages = value["messages"].as_array()?;
    messages.iter().any(|message| message.get("from").is_some()).then_some(())?;
    let lines = messages.iter().filter(|message| message["type"] == "message").take(MAX_MESSAGES).filter_map(
        |message| {
            let text = match &message["text"] {
                Value::Array(pieces) => pieces
                    .iter()
                    .filter_map(|piece| piece.as_str().or(piece["text"].as_str()))
                    .collect::<String>(),
                text => text.as_str().unwrap_or_default().to_owned(),
            };
            let files = usize::from(message.get("file").is_some() || message.get("photo").is_some());
            line(message["date"].as_str(), message["from"].as_str().unwrap_or("?"), &text, files)
        },
    );
    let name = value["name"].as_str().map(str::to_owned);
    Some(Thread { source: "telegram", name, transcript: lines.collect() })
}

fn line(when: Option<&str>, who: &str, text: &str, files: usize) -> Option<String> {
    if text.trim().is_empty() && files == 0 {
        return None;
    }
    let when: String = when.unwrap_or_default().chars().take(19).collect();
    let mut out = format!("{who} ({}):\n{}\n", when.replace('T', " "), text.trim());
    if files > 0 {
        let _ = writeln!(out, "[+ {files}]");
    }
    out.push('\n');
    Some(out)
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= MAX_CHARS {
        return text.to_owned();
    }
    text.chars().take(MAX_CHARS - 4).chain("\n[…]".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_are_read_however_they_were_exported() {
        let discord = read(
            r#"{"guild":{"name":"g"},"channel":{"name":"help"},"messages":[
                {"timestamp":"2026-11-24T10:00:00+00:00","author":{"name":"jan","nickname":"Jan Ż"},"content":"-1021 od rana","attachments":[{}]},
                {"timestamp":"2026-11-24T10:01:00+00:00","author":{"name":"ewa","nickname":null},"content":"u mnie też"},
                {"timestamp":"2026-11-24T10:02:00+00:00","author":{"name":"bot"},"content":" "}]}"#,
        )
        .unwrap();
        assert_eq!((discord.source, discord.name.as_deref()), ("discord", Some("help")));
        assert_eq!(
            discord.transcript,
            "Jan Ż (2026-11-24 10:00:00):\n-1021 od rana\n[+ 1]\n\newa (2026-11-24 10:01:00):\nu mnie też"
        );
        let telegram = read(
            r#"{"name":"Bot PL","type":"public_supergroup","messages":[{"type":"service","action":"join"},
                {"type":"message","date":"2026-11-24T10:00:00","from":"Jan","text":["see ",{"type":"link","text":"x.example"}]}]}"#,
        )
        .unwrap();
        assert_eq!(
            (telegram.source, telegram.transcript.as_str()),
            ("telegram", "Jan (2026-11-24 10:00:00):\nsee x.example")
        );
    }

    #[test]
    fn whatever_else_it_is_is_text() {
        for text in
            ["jan: nie działa\newa: u mnie też", "{\"messages\": 3}", "[1, 2]", "{\"messages\": []}", "{"]
        {
            assert_eq!(read(text).unwrap().source, "text", "{text}");
        }
        assert_eq!(read(" \n"), None);
        let long = "ż".repeat(30_000);
        assert_eq!(read(&long).unwrap().transcript.chars().count(), MAX_CHARS);
    }
}
