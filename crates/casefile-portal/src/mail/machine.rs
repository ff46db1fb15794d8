//! Who wrote a mail: a person, or a program that must not be answered (RFC 3834, RFC 2369, RFC 3464).

use mail_parser::{Message, MimeHeaders};

use super::incoming::texts;

/// Servers that a mail went through; more is a loop.
const MAX_RECEIVED: usize = 50;
/// What every mail of the portal carries.
pub(crate) const MARK: &str = "X-Casefile-Portal";

/// Who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    Person,
    /// Came through a mailing list or a group: perhaps a person, but programs do not answer it.
    List,
    /// Nobody is there, or something else that a program says by itself.
    AutoReply,
    /// One of our mails came back.
    Bounce,
    /// Our own mail, or one that goes round and round.
    Loop,
}

impl Sender {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::List => "list",
            Self::AutoReply => "auto-reply",
            Self::Bounce => "bounce",
            Self::Loop => "loop",
        }
    }
}

/// How subjects of automatic answers begin; only believed of an answer.
const SUBJECTS: [&str; 8] = [
    "automatic reply",
    "auto:",
    "autoreply",
    "out of office",
    "automatyczna odpowied",
    "odpowiedź automatyczna",
    "nieobecność",
    "poza biurem",
];

/// Decides who wrote a mail.
pub(crate) fn sender_of(mail: &Message<'_>, own: &str) -> Sender {
    let first = |name: &str| texts(mail, name).into_iter().next().map(|text| text.to_lowercase());
    let from =
        mail.from().and_then(|from| from.first()?.address.as_deref()).unwrap_or_default().to_lowercase();
    let is_report = mail.content_type().is_some_and(|kind| {
        kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
            && kind.attribute("report-type").is_none_or(|kind| kind.eq_ignore_ascii_case("delivery-status"))
    });
    let local = from.split('@').next().unwrap_or_default();
    if is_report || matches!(local, "mailer-daemon" | "postmaster") || first("X-Failed-Recipients").is_some()
    {
        return Sender::Bounce;
    }
    if first(MARK).is_some()
        || (!own.is_empty() && from == own)
        || texts(mail, "Received").len() > MAX_RECEIVED
    {
        return Sender::Loop;
    }
    // RFC 3834, 5: anything but `no` was made by a program.
    let is_submitted = first("Auto-Submitted").is_some_and(|text| !text.starts_with("no"));
    let precedence = first("Precedence").unwrap_or_default();
    let has_mark = ["X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Mail-Autoreply"]
        .into_iter()
        .any(|name| first(name).is_some_and(|text| text != "no"));
    let subject = mail.subject().unwrap_or_default().trim().to_lowercase();
    let is_answer = !texts(mail, "In-Reply-To").is_empty() || !texts(mail, "References").is_empty();
    let says_so = is_answer && SUBJECTS.iter().any(|begin| subject.starts_with(begin));
    if is_submitted || has_mark || says_so || precedence == "auto_reply" || precedence == "junk" {
        return Sender::AutoReply;
    }
    let is_list = ["List-Id", "List-Post", "List-Unsubscribe"].into_iter().any(|name| first(name).is_some());
    if is_list || matches!(precedence.as_str(), "bulk" | "list") { Sender::List } else { Sender::Person }
}

/// Whether a program may answer: a person wrote it, and there is somebody who reads the answer.
pub(crate) fn may_acknowledge(mail: &Message<'_>, sender: Sender, address: &str) -> bool {
    let asks_not = texts(mail, "X-Auto-Response-Suppress")
        .iter()
        .any(|text| ["all", "autoreply", "oof"].iter().any(|word| text.to_lowercase().contains(word)));
    let has_no_way_back = texts(mail, "Return-Path").iter().any(|path| path.trim() == "<>");
    let local = address.split('@').next().unwrap_or_default();
    let is_nobody =
        ["no-reply", "noreply", "do-not-reply", "donotreply", "owner-", "bounce", "listserv", "majordomo"]
            .iter()
            .any(|begin| local.starts_with(begin))
            || local.ends_with("-request")
            || address.ends_with(".invalid");
    sender == Sender::Person && !asks_not && !has_no_way_back && !is_nobody && !address.is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::incoming::read;
    use super::*;

    #[track_caller]
    fn check(headers: &str, expected: Sender, acknowledged: bool) {
        let raw = format!("To: support@vendor.example\r\n{headers}\r\n\r\nhello\r\n");
        let mail = read(raw.as_bytes(), "support@vendor.example").unwrap();
        assert_eq!((mail.sender, mail.may_acknowledge), (expected, acknowledged), "{headers}");
    }

    #[test]
    fn programs_are_known_and_never_answered() {
        check("From: a@b.example\r\nSubject: help", Sender::Person, true);
        check("From: a@b.example\r\nAuto-Submitted: no", Sender::Person, true);
        check("From: a@b.example\r\nAuto-Submitted: auto-replied", Sender::AutoReply, false);
        check("From: a@b.example\r\nAuto-Submitted: auto-generated (cron)", Sender::AutoReply, false);
        check("From: a@b.example\r\nX-Autoreply: yes", Sender::AutoReply, false);
        check("From: a@b.example\r\nPrecedence: bulk", Sender::List, false);
        check("From: a@b.example\r\nList-Id: <x.example>", Sender::List, false);
        check("From: MAILER-DAEMON@b.example", Sender::Bounce, false);
        check(
            "From: x@b.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=q",
            Sender::Bounce,
            false,
        );
        check("From: Support@vendor.example", Sender::Loop, false);
        check("From: a@b.example\r\nX-Casefile-Portal: 1", Sender::Loop, false);
        check(&format!("From: a@b.example{}", "\r\nReceived: by x".repeat(51)), Sender::Loop, false);
    }

    #[test]
    fn a_subject_alone_makes_no_machine_of_a_person() {
        check("From: a@b.example\r\nSubject: Out of office lamp is broken", Sender::Person, true);
        check("From: a@b.example\r\nSubject: Out of office\r\nIn-Reply-To: <x@y>", Sender::AutoReply, false);
        check(
            "From: a@b.example\r\nSubject: Automatyczna odpowiedź: x\r\nIn-Reply-To: <x@y>",
            Sender::AutoReply,
            false,
        );
    }

    #[test]
    fn who_cannot_read_it_gets_no_answer() {
        check("From: no-reply@b.example", Sender::Person, false);
        check("From: a@b.example\r\nReturn-Path: <>", Sender::Person, false);
        check("From: a@b.example\r\nX-Auto-Response-Suppress: All", Sender::Person, false);
        check("From: nobody@sender.invalid", Sender::Person, false);
        check("Subject: from nobody", Sender::Person, false);
    }
}
