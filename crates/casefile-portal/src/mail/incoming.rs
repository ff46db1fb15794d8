//! A mail as it came, read as far as anybody needs it. Everything in it was written by a stranger.

use casefile::id::ReportId;
use data_encoding::HEXLOWER;
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders, PartType};
use sha2::{Digest, Sha256};

use super::machine::{self, Sender};

/// Bytes of a mail that are read; a larger one is kept, and people look at it.
pub(crate) const MAX_BYTES: usize = 64 << 20;
/// Characters of the text that are used.
const MAX_TEXT_CHARS: usize = 200_000;
/// Mails inside of mails.
const MAX_DEPTH: usize = 3;
const MAX_ATTACHMENTS: usize = 50;
const MAX_IDS: usize = 100;

/// A mail, read.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    /// What tells two mails apart, whichever way they came: sender, id, subject and text.
    pub(crate) content: String,
    /// Whom an answer goes to.
    pub(crate) from: Option<Mailbox>,
    /// Whom it was sent to, as far as headers say; small letters.
    pub(crate) to: Vec<String>,
    pub(crate) subject: String,
    pub(crate) message_id: Option<String>,
    /// What it answers, the nearest first.
    pub(crate) answers: Vec<String>,
    pub(crate) text: String,
    pub(crate) attachments: Vec<Attached>,
    /// Who wrote it: a person or a program.
    pub(crate) sender: Sender,
    /// Of a mail that came back: whether it is over with it. A server that still tries says so too.
    pub(crate) is_final: bool,
    /// Whether a program may answer it: RFC 3834, 2.
    pub(crate) may_acknowledge: bool,
    /// The report that it says it carries.
    pub(crate) report: Option<ReportId>,
}

/// Somebody with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mailbox {
    pub(crate) name: Option<String>,
    /// In small letters.
    pub(crate) address: String,
}

/// A file that came along.
#[derive(Debug, Clone)]
pub(crate) struct Attached {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Attached {
    /// Whether it may be a bundle: what it is called and declared is not trusted.
    pub(crate) fn is_zip(&self) -> bool {
        self.bytes.starts_with(b"PK\x03\x04")
    }
}

/// Reads a mail; `None` when it is none. `own` is the portal's own address.
pub(crate) fn read(raw: &[u8], own: &str) -> Option<Incoming> {
    let mail = MessageParser::default().parse(raw)?;
    let from = mailbox(mail.reply_to()).or_else(|| mailbox(mail.from())).or_else(|| mailbox(mail.sender()));
    let subject = one_line(mail.subject().unwrap_or_default());
    let mut answers = ids(mail.in_reply_to());
    answers.extend(ids(mail.references()).into_iter().rev());
    let mut to: Vec<String> = [mail.to(), mail.cc()].into_iter().flatten().flat_map(addresses).collect();
    for name in ["Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To"] {
        to.extend(texts(&mail, name).iter().map(|text| text.trim().to_lowercase()));
    }
    let mut attachments = Vec::new();
    let mut inner = Inner::default();
    gather(&mail, 0, &mut attachments, &mut inner);
    let sender = machine::sender_of(&mail, own);
    if sender == Sender::Bounce {
        // What came back says which of our mails it was.
        answers.append(&mut inner.ids);
    }
    answers.truncate(MAX_IDS);
    let text = text_of(&mail);
    let message_id = mail.message_id().map(str::to_owned);
    let mut hasher = Sha256::new();
    let address = from.as_ref().map(|from| from.address.as_str()).unwrap_or_default();
    for part in [address, message_id.as_deref().unwrap_or_default(), &subject, &text] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    for file in &attachments {
        hasher.update(Sha256::digest(&file.bytes));
    }
    Some(Incoming {
        content: HEXLOWER.encode(&hasher.finalize()),
        report: report_of(&mail, &subject, message_id.as_deref()),
        may_acknowledge: machine::may_acknowledge(&mail, sender, address),
        from,
        to,
        subject,
        message_id,
        answers,
        text,
        attachments,
        sender,
        is_final: inner.actions.is_empty() || inner.actions.iter().any(|action| action == "failed"),
    })
}

/// The values of a header that has no structure.
pub(super) fn texts(mail: &Message<'_>, name: &str) -> Vec<String> {
    let values = mail.headers_raw().filter(|(known, _)| known.eq_ignore_ascii_case(name));
    values.map(|(_, value)| value.trim().to_owned()).collect()
}

fn text_of(mail: &Message<'_>) -> String {
    let mut text = String::new();
    for n in 0..mail.text_body_count().min(20) {
        // Of a mail in HTML only, what can be read of it.
        if let Some(body) = mail.body_text(n) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&body);
        }
    }
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect();
    text.trim().chars().take(MAX_TEXT_CHARS).collect()
}

/// What reports of servers say of the mails in them.
#[derive(Default)]
struct Inner {
    ids: Vec<String>,
    /// What became of them: RFC 3464, 2.3.3.
    actions: Vec<String>,
}

/// All files, also those in mails that were forwarded as files.
fn gather(mail: &Message<'_>, depth: usize, files: &mut Vec<Attached>, found: &mut Inner) {
    for part in mail.attachments() {
        if files.len() >= MAX_ATTACHMENTS {
            return;
        }
        if let PartType::Message(inner) = &part.body {
            found.ids.extend(inner.message_id().map(str::to_owned));
            if depth < MAX_DEPTH {
                gather(inner, depth + 1, files, found);
            }
            continue;
        }
        if part.content_type().is_some_and(|kind| kind.subtype() == Some("delivery-status")) {
            let text = String::from_utf8_lossy(part.contents()).to_lowercase();
            let actions = text.lines().filter_map(|line| line.trim().strip_prefix("action:"));
            found.actions.extend(actions.map(|action| action.trim().to_owned()).take(MAX_IDS));
        }
        // A mail that came back as a text part: its headers.
        if let Some(text) = part.text_contents()
            && part.content_type().is_some_and(|kind| kind.subtype() == Some("rfc822-headers"))
            && let Some(inner) = MessageParser::default().parse(text.as_bytes())
        {
            found.ids.extend(inner.message_id().map(str::to_owned));
        }
        let name = part.attachment_name().unwrap_or("?");
        // A draft that was attached instead of being sent.
        if name.to_ascii_lowercase().ends_with(".eml")
            && depth < MAX_DEPTH
            && let Some(inner) = MessageParser::default().parse(part.contents())
        {
            gather(&inner, depth + 1, files, found);
        }
        files.push(Attached { name: one_line(name), bytes: part.contents().to_vec() });
    }
}

/// `X-Casefile-Report`, `[report ID]` in the subject, or the id of the mail that casefile made.
fn report_of(mail: &Message<'_>, subject: &str, message_id: Option<&str>) -> Option<ReportId> {
    let header = texts(mail, "X-Casefile-Report").into_iter().next();
    let in_subject = subject
        .split("[report ")
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .map(|id| id.split_whitespace().collect::<String>());
    let in_id = message_id.and_then(|id| id.strip_prefix("report.")?.split('@').next().map(str::to_owned));
    [header, in_subject, in_id].into_iter().flatten().find_map(|id| id.trim().parse().ok())
}

fn mailbox(address: Option<&mail_parser::Address<'_>>) -> Option<Mailbox> {
    let first = address?.first()?;
    let name = first.name.as_deref().map(one_line).filter(|name| !name.is_empty());
    let address = first.address.as_deref()?.trim().to_lowercase();
    is_address(&address).then_some(Mailbox { name, address })
}

fn addresses(list: &mail_parser::Address<'_>) -> Vec<String> {
    list.iter().filter_map(|one| one.address.as_deref()).map(str::to_lowercase).take(MAX_IDS).collect()
}

/// Something that can stand in an envelope as it is.
pub(crate) fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let is_plain = |c: char| c.is_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(c);
    text.len() <= 254
        && !local.is_empty()
        && !domain.is_empty()
        && local.chars().all(is_plain)
        && domain.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    match value {
        HeaderValue::Text(id) => vec![id.to_string()],
        HeaderValue::TextList(ids) => ids.iter().take(MAX_IDS).map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// White space of every kind as one space, nothing that controls.
fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(500).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_read_whatever_it_is_written_in() {
        let raw = b"From: =?utf-8?q?=C5=81ucja?= <Lucja@Example.com>\r\nTo: support@vendor.example\r\nSubject: =?iso-8859-2?q?b=B3=B1d?=\r\n\
            Message-ID: <a@b>\r\nIn-Reply-To: <x@y>\r\nReferences: <v@w> <x@y>\r\nContent-Type: text/plain; charset=iso-8859-2\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nZa=BF=F3=B3=E6\r\n";
        let mail = read(raw, "support@vendor.example").unwrap();
        assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("błąd", "Zażółć"));
        let from = mail.from.unwrap();
        assert_eq!((from.name.as_deref(), from.address.as_str()), (Some("Łucja"), "lucja@example.com"));
        assert_eq!(mail.answers, ["x@y", "x@y", "v@w"]);
        assert_eq!(mail.to, ["support@vendor.example"]);
    }

    #[test]
    fn nothing_makes_it_panic() {
        let mut seed = 7_u64;
        let base = b"From: a@b.c\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=\"q\"\r\n\r\n--q\r\nContent-Type: message/rfc822\r\n\r\n\
            From: z@b.c\r\n\r\nhi\r\n--q\r\nContent-Disposition: attachment; filename=\"a.zip\"\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBA==\r\n--q--\r\n";
        for _ in 0..3_000 {
            let mut raw = base.to_vec();
            for _ in 0..6 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let place = usize::try_from(seed >> 33).unwrap() % raw.len();
                raw[place] = u8::try_from((seed >> 20) & 0xff).unwrap();
            }
            let _ = read(&raw, "s@v.example");
        }
        let mail = read(base, "s@v.example").unwrap();
        assert!(mail.attachments.iter().any(Attached::is_zip), "{:?}", mail.attachments);
        for raw in [&b""[..], b"\r\n", b"\0\0\0", b"no header at all"] {
            let _ = read(raw, "");
        }
    }
}
