use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;

use super::*;
use crate::roles::Role;
use crate::settings::PortalSettings;
use crate::store::{NewOutgoing, StaffRow, Way};
use crate::trial::{Trial, signed_in};

/// Takes mails by SMTP, or answers with a code of its own.
struct Sink {
    port: u16,
    mails: Arc<Mutex<Vec<String>>>,
    /// What it says to every recipient; 0 hangs up at once.
    code: Arc<AtomicU16>,
}

impl Sink {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (mails, code) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicU16::new(250)));
        let (kept, answer) = (Arc::clone(&mails), Arc::clone(&code));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (kept, answer) = (Arc::clone(&kept), answer.load(Ordering::SeqCst));
                tokio::spawn(async move {
                    if answer != 0 {
                        let _ = take(stream, &kept, answer).await;
                    }
                });
            }
        });
        Self { port, mails, code }
    }

    async fn mails(&self) -> Vec<String> {
        self.mails.lock().await.clone()
    }

    fn answer(&self, code: u16) {
        self.code.store(code, Ordering::SeqCst);
    }
}

async fn take(stream: TcpStream, kept: &Mutex<Vec<String>>, code: u16) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await?;
    let mut mail = String::new();
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let answer = match line.get(..4).unwrap_or_default() {
            "RCPT" if code != 250 => format!("{code} no\r\n"),
            "MAIL" | "RCPT" => {
                mail.push_str(&line);
                "250 ok\r\n".to_owned()
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                while !mail.ends_with("\r\n.\r\n") {
                    mail.push(char::from(stream.read_u8().await?));
                }
                kept.lock().await.push(std::mem::take(&mut mail));
                "250 ok\r\n".to_owned()
            }
            "QUIT" => return stream.write_all(b"221 bye\r\n").await,
            _ => "250 ok\r\n".to_owned(),
        };
        stream.write_all(answer.as_bytes()).await?;
        line.clear();
    }
    Ok(())
}

/// A portal that sends to a sink, with a mailbox of its own.
struct Office {
    trial: Trial,
    sink: Sink,
}

impl Office {
    async fn start() -> Self {
        let sink = Sink::start().await;
        let text = format!(
            "[mail]\naddress = \"support@vendor.example\"\nplus_addresses = true\n[mail.smtp]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\n",
            sink.port
        );
        let settings: PortalSettings = toml::from_str(&text).unwrap();
        Self { trial: Trial::start_with(settings).await, sink }
    }

    fn desk(&self) -> &Desk {
        &self.trial.desk
    }

    /// What becomes of a mail.
    async fn receive(&self, raw: &str) -> (Outcome, Option<String>) {
        let raw = raw.replace('\n', "\r\n");
        let id = self.desk().spool.put(&mut raw.as_bytes()).unwrap();
        self.desk().take_in_mails().await.unwrap();
        let mail = self.desk().store.mail(&id).await.unwrap().unwrap();
        (mail.outcome, mail.number)
    }

    /// What has left by now.
    async fn sent(&self) -> Vec<String> {
        self.desk().dispatch().await.unwrap();
        self.sink.mails().await
    }

    async fn ticket(&self, number: &str) -> TicketRow {
        self.desk().store.ticket(&number.parse().unwrap()).await.unwrap().unwrap()
    }

    async fn tags(&self, number: &str) -> Vec<String> {
        let ticket = self.ticket(number).await;
        self.desk().events(&ticket).await.unwrap().iter().map(|event| event.kind.tag()).collect()
    }

    /// Somebody of the staff who can be reached.
    async fn hire(&self, login: &str, role: Role) -> String {
        let staff = StaffRow {
            login: login.to_owned(),
            name: login.to_owned(),
            roles: vec![role],
            language: casefile::report::Language::En,
            email: Some(format!("{login}@vendor.example")),
            password: String::new(),
            is_active: true,
        };
        self.desk().store.add_staff(&staff, self.desk().now()).await.unwrap();
        let (cookie, _) = signed_in(self.desk(), login, &[role]).await;
        cookie
    }

    async fn reply(&self, number: &str, action: crate::process::Action) {
        let ticket = self.ticket(number).await;
        let key = super::super::random_id().unwrap();
        self.desk().act(&ticket, &Actor::Staff("anna".to_owned()), &key, &action).await.unwrap();
    }
}

const FIRST: &str = "From: Łucja Żak <lucja@example.com>\nTo: support@vendor.example\nSubject: Zlecenia są odrzucane\nMessage-ID: <first@example.com>\n\
    Content-Type: text/plain; charset=utf-8\n\nOpis problemu: Od rana nic nie działa.\nPriorytet (P1-P4): P2\n";

/// The value of a header of a mail that was sent.
#[track_caller]
fn header(mail: &str, name: &str) -> String {
    let unfolded = mail.replace("\r\n ", " ");
    let found = unfolded.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    found.unwrap_or_else(|| panic!("no {name}: {mail}")).trim().to_owned()
}

#[tokio::test]
async fn a_mail_becomes_a_ticket_and_its_answers_find_it() {
    let office = Office::start().await;
    let (outcome, number) = office.receive(FIRST).await;
    assert_eq!((outcome, number.as_deref()), (Outcome::Registered, Some("CF-2026-000001")));
    let ticket = office.ticket("CF-2026-000001").await;
    assert_eq!(
        (ticket.body.title.as_str(), ticket.body.description.as_str()),
        ("Zlecenia są odrzucane", "Od rana nic nie działa.")
    );
    assert_eq!(
        (ticket.body.priority.as_str(), ticket.body.contact.email.as_deref()),
        ("P2", Some("lucja@example.com"))
    );

    let sent = office.sent().await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    let ack = &sent[0];
    assert!(ack.starts_with("MAIL FROM:<>"), "no program can answer it: {ack}");
    assert_eq!(header(ack, "Auto-Submitted"), "auto-generated");
    assert_eq!(header(ack, "In-Reply-To"), "<first@example.com>");
    assert!(office.tags("CF-2026-000001").await.contains(&"auto_ack".to_owned()));

    // Support asks; the answer is found by the address alone, by the subject alone, and by what it answers.
    office.reply("CF-2026-000001", crate::process::Action::Ask("Która giełda?".to_owned())).await;
    let sent = office.sent().await;
    let question = &sent[1];
    assert!(question.starts_with("MAIL FROM:<support@vendor.example>"), "{question}");
    let reply_to = header(question, "Reply-To");
    assert!(reply_to.starts_with("support+cf-2026-000001."), "{reply_to}");
    let id = header(question, "Message-ID");
    let ways = [
        format!("From: lucja@example.com\nTo: {reply_to}\nSubject: x\n\nBinance\n"),
        format!("From: kolega@example.com\nTo: support@vendor.example\nSubject: x\nIn-Reply-To: {id}\n\nOKX\n"),
        "From: lucja@example.com\nTo: support@vendor.example\nSubject: x\nReferences: <first@example.com>\n\nKraken\n".to_owned(),
        "From: lucja@example.com\nTo: support@vendor.example\nSubject: Re: CF-2026-000001\n\nBybit\n".to_owned(),
    ];
    for mail in &ways {
        assert_eq!(
            office.receive(mail).await,
            (Outcome::Answered, Some("CF-2026-000001".to_owned())),
            "{mail}"
        );
    }
    // A number that somebody else names is no proof.
    let forged =
        "From: mallory@example.net\nTo: support@vendor.example\nSubject: Re: CF-2026-000001\n\nclose it\n";
    assert_eq!(office.receive(forged).await, (Outcome::Registered, Some("CF-2026-000002".to_owned())));
    let answers = office.tags("CF-2026-000001").await.iter().filter(|tag| *tag == "customer_replied").count();
    assert_eq!(answers, 4);
}

#[tokio::test]
async fn the_same_mail_is_one_ticket_whichever_way_it_comes() {
    let office = Office::start().await;
    office.receive(FIRST).await;
    // Another mailbox, so other trace headers.
    let again = format!("Received: by mx2.example\n{FIRST}");
    let of_the_first = Some("CF-2026-000001".to_owned());
    assert_eq!(office.receive(&again).await, (Outcome::Repeated, of_the_first));
    assert_eq!(office.receive(FIRST).await.0, Outcome::Registered, "what became of it stays");
    assert_eq!(office.desk().store.count().await.unwrap(), 1);
    assert_eq!(office.sent().await.len(), 1);
}

#[tokio::test]
async fn a_mail_that_was_interrupted_anywhere_is_finished_once() {
    let office = Office::start().await;
    office.receive(FIRST).await;
    let id = office.desk().store.mails(None, 1).await.unwrap().remove(0).id;
    // Killed before the end was written: the mail waits again.
    office.desk().store.end_mail(&id, &MailRead::default(), (Outcome::New, None, None)).await.unwrap();
    office.desk().spool.renew(&id).unwrap();
    office.desk().take_in_mails().await.unwrap();
    assert_eq!(office.desk().store.mail(&id).await.unwrap().unwrap().outcome, Outcome::Registered);
    assert_eq!((office.desk().store.count().await.unwrap(), office.sent().await.len()), (1, 1));
}

#[tokio::test]
async fn programs_get_no_answer_and_move_no_clock() {
    let office = Office::start().await;
    office.receive(FIRST).await;
    office.reply("CF-2026-000001", crate::process::Action::Ask("?".to_owned())).await;
    let sent = office.sent().await;
    let (tag, id) = (header(&sent[1], "Reply-To"), header(&sent[1], "Message-ID"));
    let away = format!(
        "From: lucja@example.com\nTo: {tag}\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nI am away.\n"
    );
    assert_eq!(office.receive(&away).await, (Outcome::Noted, Some("CF-2026-000001".to_owned())));
    let bounce = format!(
        "From: MAILER-DAEMON@example.com\nTo: support@vendor.example\nSubject: Undelivered\nContent-Type: multipart/report; \
         report-type=delivery-status; boundary=q\n\n--q\n\nNo such user.\n--q\nContent-Type: message/rfc822\n\nMessage-ID: {id}\nSubject: x\n\nx\n--q--\n"
    );
    assert_eq!(office.receive(&bounce).await, (Outcome::Noted, Some("CF-2026-000001".to_owned())));
    for mail in [
        "From: cron@example.com\nTo: support@vendor.example\nSubject: report\nAuto-Submitted: auto-generated\n\nx\n",
        "From: support@vendor.example\nTo: support@vendor.example\nSubject: loop\n\nx\n",
    ] {
        assert_eq!(office.receive(mail).await.1, None, "{mail}");
    }
    // Through a group somebody may write, but nothing answers a group.
    let list = "From: b@example.com\nTo: support@vendor.example\nSubject: help\nList-Id: <g.example.com>\n\nplease\n";
    assert_eq!(office.receive(list).await.0, Outcome::Registered);
    assert_eq!(office.sent().await.len(), 2, "nobody was answered");
    let ticket = office.ticket("CF-2026-000001").await;
    assert_eq!(
        office.desk().case_state(&ticket).await.unwrap(),
        State::Waiting,
        "still waiting for a person"
    );
    let tags = office.tags("CF-2026-000001").await;
    assert!(
        tags.contains(&"customer_auto_reply".to_owned()) && tags.contains(&"bounce".to_owned()),
        "{tags:?}"
    );
}

#[tokio::test]
async fn what_cannot_be_read_waits_for_people_and_stops_nothing() {
    let office = Office::start().await;
    let huge = format!("From: a@example.com\nSubject: x\n\n{}", "x".repeat(incoming::MAX_BYTES));
    let id = office.desk().spool.put(&mut huge.as_bytes()).unwrap();
    let killer = office.desk().spool.put(&mut &b"From: a@example.com\r\n\r\nit kills"[..]).unwrap();
    for _ in 0..MAX_ATTEMPTS {
        office.desk().store.begin_mail(&killer, office.desk().now()).await.unwrap();
    }
    let empty = office.desk().spool.put(&mut &b""[..]).unwrap();
    let nobody = office.desk().spool.put(&mut &b"Subject: x\r\n\r\ny"[..]).unwrap();
    assert_eq!(office.receive(FIRST).await.0, Outcome::Registered);
    for mail in [id, killer.clone(), empty, nobody] {
        assert_eq!(
            office.desk().store.mail(&mail).await.unwrap().unwrap().outcome,
            Outcome::Poison,
            "{mail}"
        );
        assert!(office.desk().spool.path(&mail).exists(), "it is never lost");
    }
    // People see it, and may have it tried again.
    let cookie = office.hire("anna", Role::Engineer).await;
    let page = office.trial.page("/mail", &cookie).await;
    assert_eq!(page.body.matches("cannot be read: look at it").count(), 4, "{}", page.body);
    let csrf =
        page.body.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let again = office.trial.form(&format!("/mail/{killer}/retry"), &cookie, &[("csrf", &csrf)]).await;
    assert_eq!(again.status.as_u16(), 303, "{}", again.body);
    office.desk().take_in_mails().await.unwrap();
    assert_eq!(office.desk().store.mail(&killer).await.unwrap().unwrap().outcome, Outcome::Registered);
}

#[tokio::test]
async fn a_flood_from_one_sender_is_held_and_can_be_let_through() {
    let office = Office::start().await;
    let mail = |n: i64| format!("From: bomb@example.com\nTo: support@vendor.example\nSubject: nr {n}\n\nx\n");
    for n in 0..MAX_TICKETS_PER_HOUR {
        assert_eq!(office.receive(&mail(n)).await.0, Outcome::Registered);
    }
    assert_eq!(office.receive(&mail(98)).await.0, Outcome::Held);
    assert_eq!(office.receive(FIRST).await.0, Outcome::Registered, "others are not concerned");
    assert_eq!(office.sent().await.len(), 11, "ten acknowledgements a day, and the other one's");
    let held = office.desk().store.mails(None, 99).await.unwrap();
    let held = held.iter().find(|mail| mail.outcome == Outcome::Held).unwrap();
    office.desk().retry_mail(&held.id).await.unwrap();
    office.desk().take_in_mails().await.unwrap();
    assert_eq!(office.desk().store.mail(&held.id).await.unwrap().unwrap().outcome, Outcome::Registered);
}

#[tokio::test]
async fn after_closing_a_mail_opens_a_follow_up_and_is_told_so() {
    let office = Office::start().await;
    office.receive(FIRST).await;
    let article = crate::event::Article::NoneNeeded;
    let solve = crate::process::Action::ProposeResolution { text: "Zaktualizuj.".to_owned(), article };
    office.reply("CF-2026-000001", solve).await;
    office.trial.pass(8 * 24 * 60).await;
    let answer = "From: lucja@example.com\nTo: support@vendor.example\nSubject: x\nReferences: <first@example.com>\n\nZnowu to samo\n";
    assert_eq!(office.receive(answer).await, (Outcome::Answered, Some("CF-2026-000002".to_owned())));
    let sent = office.sent().await;
    assert!(sent.last().unwrap().contains("CF-2026-000002"), "{sent:?}");
}

#[tokio::test]
async fn an_outage_of_twelve_hours_loses_no_notice_and_sends_none_twice() {
    let office = Office::start().await;
    office.hire("cto", Role::Cto).await;
    office.hire("rnd", Role::Rnd).await;
    office.hire("ewa", Role::Coordinator).await;
    office.sink.answer(0);
    // Fifteen critical reports, and nobody does anything about them for half a day; mails do not leave either.
    for n in 0..15_u8 {
        office.trial.register(n, "P1").await;
    }
    for _ in 0..12 {
        office.trial.pass(60).await;
        office.desk().dispatch().await.unwrap();
    }
    assert!(office.sink.mails().await.is_empty());
    // One was taken care of in the meantime: nobody has to hear of it any more.
    office.reply("CF-2026-000007", crate::process::Action::OfferWorkaround("x".to_owned())).await;
    let trial = office.trial.restart().await;
    let office = Office { trial, sink: office.sink };
    office.sink.answer(250);
    office.trial.pass(10).await;
    for _ in 0..3 {
        office.sent().await;
    }
    let sent = office.sent().await;
    let to = |address: &str, text: &str| {
        let found = sent.iter().filter(|mail| {
            mail.contains(&format!("RCPT TO:<{address}>")) && header(mail, "Subject").contains(text)
        });
        found.map(|mail| header(mail, "Subject")).collect::<Vec<_>>()
    };
    for (address, rule) in
        [("ewa@vendor.example", "E1"), ("cto@vendor.example", "E2"), ("rnd@vendor.example", "E2")]
    {
        let mut subjects = to(address, rule);
        assert_eq!(subjects.len(), 14, "{address}");
        subjects.sort();
        subjects.dedup();
        assert_eq!(subjects.len(), 14, "{address}: each once");
        assert!(!subjects.iter().any(|subject| subject.contains("CF-2026-000007")), "{subjects:?}");
    }
    let ids: std::collections::HashSet<_> = sent.iter().map(|mail| header(mail, "Message-ID")).collect();
    assert_eq!(ids.len(), sent.len(), "no mail twice");
}

#[tokio::test]
async fn who_has_seen_it_says_so_by_the_link_and_only_once_it_is_pressed() {
    let office = Office::start().await;
    office.hire("ewa", Role::Coordinator).await;
    office.trial.register(1, "P1").await;
    office.trial.pass(61).await;
    let sent = office.sent().await;
    let mail = sent
        .iter()
        .find(|mail| mail.contains("RCPT TO:<ewa@vendor.example>") && mail.contains("E1"))
        .unwrap();
    let text = mail.replace("=\r\n", "").replace("=3D", "=");
    let link = text.split("/seen/").nth(1).unwrap().split_whitespace().next().unwrap();
    let path = format!("/seen/{link}");
    let seen = async || office.tags("CF-2026-000001").await.contains(&"acknowledged".to_owned());
    assert_eq!(office.trial.ask("GET", &path, &[], "").await.status.as_u16(), 200);
    assert!(!seen().await, "a program that opens links acknowledges nothing");
    assert_eq!(office.trial.ask("POST", &path, &[], "").await.status.as_u16(), 303);
    assert!(seen().await);
    for forged in ["/seen/1.aaaaaaaaaaaaaaaa", "/seen/x", "/seen/99999.", "/seen/-1.a"] {
        assert_eq!(office.trial.ask("POST", forged, &[], "").await.status.as_u16(), 404, "{forged}");
    }
}

#[tokio::test]
async fn an_address_that_is_refused_is_told_to_staff_and_a_busy_one_is_tried_again() {
    let office = Office::start().await;
    office.sink.answer(450);
    office.receive(FIRST).await;
    assert!(office.sent().await.is_empty());
    office.sink.answer(250);
    office.trial.sleep(120);
    assert_eq!(office.sent().await.len(), 1);
    office.sink.answer(550);
    office.reply("CF-2026-000001", crate::process::Action::Reply("x".to_owned())).await;
    office.sent().await;
    assert!(office.tags("CF-2026-000001").await.contains(&"bounce".to_owned()));
    let last = office.desk().store.newest_outgoing(1).await.unwrap().remove(0);
    assert_eq!((last.state.as_str(), last.attempts), ("failed", 1));
}

#[tokio::test]
async fn a_mail_that_comes_back_is_put_to_what_was_sent() {
    let office = Office::start().await;
    let (desk, now) = (office.desk(), office.desk().now());
    let drill = |id: i64| NewOutgoing {
        way: Way::Mail,
        kind: "drill",
        ticket: None,
        notice: None,
        recipient: "boss@vendor.example".to_owned(),
        login: Some("boss".to_owned()),
        subject: format!("drill {id}"),
        body: "x".to_owned(),
        answers: None,
    };
    let row = desk.store.put_outgoing("drill:1", now, drill).await.unwrap().unwrap();
    let mail = office.sent().await.remove(0);
    assert!(mail.starts_with("MAIL FROM:<support@vendor.example>"), "it has a way back: {mail}");
    let id = header(&mail, "Message-ID");
    let report = |id: &str, action: &str| {
        format!(
            "From: MAILER-DAEMON@example.com\nTo: support@vendor.example\nSubject: {action}\nContent-Type: multipart/report; \
             report-type=delivery-status; boundary=q\n\n--q\n\nNo such user.\n--q\nContent-Type: message/delivery-status\n\n\
             Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; boss@vendor.example\nAction: {action}\nStatus: 5.1.1\n\n\
             --q\nContent-Type: text/rfc822-headers\n\nMessage-ID: {id}\nSubject: x\n\n--q--\n"
        )
    };
    let state = async || {
        let row = desk.store.outgoing(row).await.unwrap().unwrap();
        (row.state, row.why.unwrap_or_default())
    };
    let forged = id.replace(&format!(".{row}@"), ".2@").replace("drill", "notice");
    for (id, action) in [(forged.as_str(), "failed"), (&id, "delayed"), ("<x@y>", "failed")] {
        assert_eq!(office.receive(&report(id, action)).await.0, Outcome::Noted);
        assert_eq!(state().await.0, "sent", "{action} {id}");
    }
    assert_eq!(office.receive(&report(&id, "failed")).await, (Outcome::Noted, None));
    assert_eq!(state().await, ("failed".to_owned(), "it came back: No such user.".to_owned()));
    let audit = desk.store.newest_audit(1).await.unwrap().remove(0);
    assert_eq!((audit.1.as_str(), audit.2.as_str()), ("boss", "a drill came back"));

    // A message of support is put to its ticket as well.
    office.receive(FIRST).await;
    office.reply("CF-2026-000001", crate::process::Action::Reply("hello".to_owned())).await;
    let message = office.sent().await.pop().unwrap();
    let back = report(&header(&message, "Message-ID"), "failed");
    assert_eq!(office.receive(&back).await.1.as_deref(), Some("CF-2026-000001"));
    let newest = desk.store.newest_outgoing(1).await.unwrap().remove(0);
    assert_eq!((newest.kind.as_str(), newest.state.as_str()), ("message", "failed"));
    assert!(office.tags("CF-2026-000001").await.contains(&"bounce".to_owned()));
}

#[tokio::test]
async fn hostile_mails_are_text_and_nothing_else() {
    let office = Office::start().await;
    let mail = "From: \"<script>alert(1)</script>\" <x@example.com>\nTo: support@vendor.example\nSubject: <img src=x onerror=alert(1)>\n\n\
        <b>x</b> \u{1b}[31m\n[../../etc/passwd](javascript:alert(1))\n";
    assert_eq!(office.receive(mail).await.0, Outcome::Registered);
    let cookie = office.hire("anna", Role::Engineer).await;
    for path in ["/mail", "/", "/tickets/CF-2026-000001"] {
        let page = office.trial.page(path, &cookie).await;
        assert_eq!(page.status.as_u16(), 200, "{path}");
        assert!(!page.body.contains("<img") && !page.body.contains("<script>alert"), "{path}: {}", page.body);
    }
    let sent = office.sent().await;
    assert!(
        !sent[0].contains("onerror") && !sent[0].contains("script"),
        "no words of a stranger are sent on: {}",
        sent[0]
    );
}

/// A report as its client seals it: the mail that it saves, the text that it would have registered, and its id.
fn letter(home: &std::path::Path, added: &str) -> (String, Value, String) {
    use casefile::report::{Category, Contact, Priority, Request};
    use casefile::{Progress, Reporter};

    std::fs::create_dir_all(home.join("logs")).unwrap();
    std::fs::write(
        home.join("logs/bot.log"),
        "2026-11-24T10:00:01Z ERROR binance -1021 Timestamp for this request\n",
    )
    .unwrap();
    let reporter = Reporter::builder("com.example.bot", "Bot", "2.4.1")
        .logs(home.join("logs"))
        .outbox(home.join("outbox"))
        .build()
        .unwrap();
    let mut request = Request::new("Zlecenia odrzucane", "Od rana.", Priority::P2, Category::Exchange);
    request.contact =
        Contact { name: Some("Łucja".to_owned()), email: Some("lucja@example.com".to_owned()) };
    let now = "2026-11-24T10:00:00Z".parse().unwrap();
    let draft = reporter.seal(&request, now, &Progress::new()).unwrap();
    let path = home.join("out.eml");
    let _ = std::fs::remove_file(&path);
    reporter.letter_of_draft(&draft).unwrap().save_mail(&path, now).unwrap();
    let mail = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let mail = format!("To: support@vendor.example\n{mail}");
    let mail = if added.is_empty() {
        mail
    } else {
        // As a mail program that puts what a person adds before what is there.
        let at = mail.find("Content-Type: text/plain").unwrap();
        let boundary = mail[..at].lines().last().unwrap().to_owned();
        format!(
            "{}Content-Type: text/plain; charset=utf-8\n\n{added}\n{boundary}\n{}",
            &mail[..at],
            &mail[at..]
        )
    };
    let body = serde_json::to_value(&draft.body).unwrap();
    (mail, body, draft.bundle.manifest().report_id.to_string())
}

impl Office {
    async fn put(&self, report: &str, secret: u8, body: &Value) -> crate::trial::Answer {
        let bearer = format!("Bearer {}", format!("{secret:02x}").repeat(32));
        self.trial
            .ask(
                "PUT",
                &format!("/api/v1/reports/{report}"),
                &[("authorization", &bearer)],
                &body.to_string(),
            )
            .await
    }
}

#[tokio::test]
async fn a_report_that_came_by_mail_first_belongs_to_its_client_afterwards() {
    let office = Office::start().await;
    let home = tempfile::tempdir().unwrap();
    let (mail, body, report) = letter(home.path(), "");
    assert_eq!(office.receive(&mail).await, (Outcome::Registered, Some("CF-2026-000001".to_owned())));
    let ticket = office.ticket("CF-2026-000001").await;
    assert_eq!((ticket.report.as_str(), ticket.body.title.as_str()), (report.as_str(), "Zlecenia odrzucane"));
    let evidence = office.desk().store.evidence(ticket.id).await.unwrap();
    assert_eq!(evidence.len(), 1);
    assert!(office.desk().vault.evidence(&report, &evidence[0].sha256).exists());
    assert_eq!(
        std::fs::read_dir(office.trial.folder().join("uploads")).unwrap().count(),
        0,
        "nothing is left behind"
    );

    // A stranger who only knows the id gets nothing; the client gets its ticket, and nobody else afterwards.
    let mut other = body.clone();
    other["title"] = "something else".into();
    office.put(&report, 7, &other).await.expect(409, "report_exists");
    let answer = office.put(&report, 1, &body).await.good();
    assert_eq!(answer["ticket"], "CF-2026-000001");
    assert_eq!(office.put(&report, 1, &body).await.good()["ticket"], "CF-2026-000001");
    office.put(&report, 2, &body).await.expect(409, "report_exists");
    assert_eq!(office.sent().await.len(), 1, "acknowledged once");
}

#[tokio::test]
async fn a_mail_of_a_report_that_its_client_has_sent_is_its_evidence() {
    let office = Office::start().await;
    let home = tempfile::tempdir().unwrap();
    let (mail, body, report) = letter(home.path(), "");
    office.put(&report, 1, &body).await.good();
    assert_eq!(office.receive(&mail).await, (Outcome::Folded, Some("CF-2026-000001".to_owned())));
    let tags = office.tags("CF-2026-000001").await;
    assert!(
        tags.contains(&"evidence_received".to_owned()) && !tags.contains(&"customer_replied".to_owned()),
        "{tags:?}"
    );
    // Once more by hand, with some words: the words are a message, the bundle is the same.
    let again = mail.replacen("Subject: ", "Subject: Fwd: ", 1);
    let at = again.find("Content-Type: text/plain").unwrap();
    let boundary = again[..at].lines().last().unwrap().to_owned();
    let again = format!(
        "{}Content-Type: text/plain\n\nIt still happens!\n{boundary}\n{}",
        &again[..at],
        &again[at..]
    );
    assert_eq!(office.receive(&again).await, (Outcome::Answered, Some("CF-2026-000001".to_owned())));
    let ticket = office.ticket("CF-2026-000001").await;
    assert_eq!(office.desk().store.evidence(ticket.id).await.unwrap().len(), 1);
    assert_eq!(office.desk().store.count().await.unwrap(), 1);
}

#[tokio::test]
async fn a_damaged_bundle_in_a_mail_is_refused_and_the_words_are_kept() {
    let office = Office::start().await;
    let home = tempfile::tempdir().unwrap();
    let (mail, _, _) = letter(home.path(), "");
    // One letter of the archive is another one.
    let at = mail.rfind("Content-Transfer-Encoding: base64").unwrap() + 400;
    let (before, rest) = mail.split_at(at);
    let damaged = format!("{before}{}{}", if rest.starts_with('A') { 'B' } else { 'A' }, &rest[1..]);
    let (outcome, number) = office.receive(&damaged).await;
    assert_eq!(outcome, Outcome::Registered);
    let tags = office.tags(&number.unwrap()).await;
    assert!(tags.contains(&"evidence_refused".to_owned()), "{tags:?}");
}

#[tokio::test]
async fn findings_and_other_tickets_with_the_same_problem_stand_on_the_page() {
    let office = Office::start().await;
    for n in 0..3 {
        let home = tempfile::tempdir().unwrap();
        let (mail, _, _) = letter(home.path(), "");
        let mail = mail.replace("lucja@example.com", &format!("user{n}@example.com"));
        assert_eq!(office.receive(&mail).await.0, Outcome::Registered);
    }
    let cookie = office.hire("anna", Role::Engineer).await;
    let page = office.trial.page("/tickets/CF-2026-000003", &cookie).await;
    assert!(page.body.contains("is being looked through"), "{}", page.body);
    while office.desk().look_through().await.unwrap() {}
    let page = office.trial.page("/tickets/CF-2026-000003", &cookie).await;
    assert!(page.body.contains("binance-clock") && page.body.contains("logs/bot.log:1"), "{}", page.body);
    assert!(page.body.contains("3 tickets on 2.4.1 + binance since"), "{}", page.body);
    assert!(page.body.contains("href=\"/tickets/CF-2026-000001\""), "{}", page.body);
    // Evidence that is gone or damaged stops nothing.
    let ticket = office.ticket("CF-2026-000001").await;
    let evidence = office.desk().store.evidence(ticket.id).await.unwrap().remove(0);
    std::fs::write(office.desk().vault.evidence(&ticket.report, &evidence.sha256), "x").unwrap();
    assert!(!office.desk().look_through().await.unwrap(), "nothing is looked through twice");
}

#[tokio::test]
async fn files_of_a_mail_are_files_of_its_ticket_and_go_with_it() {
    let office = Office::start().await;
    let mail = "From: lucja@example.com\nTo: support@vendor.example\nSubject: a picture\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n\
        --q\n\nCanaryWords\n--q\nContent-Type: image/png; name=\"../../scréen.png\"\nContent-Disposition: attachment; filename=\"../../screen.png\"\n\
        Content-Transfer-Encoding: base64\n\nQ2FuYXJ5UGljdHVyZQ==\n--q--\n";
    let (outcome, number) = office.receive(mail).await;
    assert_eq!(outcome, Outcome::Registered);
    let ticket = office.ticket(&number.unwrap()).await;
    let files = office.desk().store.attachments(ticket.id).await.unwrap();
    assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["screen.png"]);
    office.sent().await;

    let raw = office.desk().store.mails(Some(ticket.id), 9).await.unwrap().remove(0);
    assert!(office.desk().spool.path(&raw.id).exists());
    office.desk().withdraw(&ticket, &Actor::Customer).await.unwrap();
    assert!(!office.desk().spool.path(&raw.id).exists(), "the mail goes with its ticket");
    let row = office.desk().store.mail(&raw.id).await.unwrap().unwrap();
    assert_eq!((row.outcome, row.sender, row.subject), (Outcome::Erased, None, None));
    assert!(
        !office
            .desk()
            .store
            .newest_outgoing(9)
            .await
            .unwrap()
            .iter()
            .any(|row| row.recipient.contains("lucja"))
    );
    // The same mail a second time, from a mailbox that is read again from its beginning.
    office.receive(mail).await;
    assert!(!office.desk().spool.path(&raw.id).exists());
    assert_eq!(office.desk().store.count().await.unwrap(), 1);
}

#[tokio::test]
async fn a_thread_of_the_community_becomes_a_ticket_once() {
    let office = Office::start().await;
    let cookie = office.hire("anna", Role::Engineer).await;
    let page = office.trial.page("/import", &cookie).await;
    let csrf =
        page.body.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let text = "jan: bot nie działa na Binance\newa: <script>alert(1)</script>";
    let fields = [("csrf", csrf.as_str()), ("title", "-1021 u wielu"), ("priority", "P2"), ("text", text)];
    for _ in 0..2 {
        let answer = office.trial.form("/import", &cookie, &fields).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("location")),
            (303, Some("/tickets/CF-2026-000001"))
        );
    }
    assert_eq!(office.desk().store.count().await.unwrap(), 1);
    let page = office.trial.page("/tickets/CF-2026-000001", &cookie).await;
    assert!(
        page.body.contains("bot nie działa na Binance") && !page.body.contains("<script>alert"),
        "{}",
        page.body
    );
    let ticket = office.ticket("CF-2026-000001").await;
    assert_eq!(ticket.body.other["channel"], "community");
    let auditor = office.hire("audit", Role::Auditor).await;
    assert_eq!(office.trial.page("/import", &auditor).await.status.as_u16(), 403);
    assert!(office.sent().await.is_empty(), "there is nobody to write to");
}

#[tokio::test]
async fn mails_without_a_ticket_are_not_kept_for_ever() {
    let office = Office::start().await;
    let cron = "From: cron@example.com\nTo: support@vendor.example\nSubject: report\nAuto-Submitted: auto-generated\n\nx\n";
    office.receive(cron).await;
    let waits = office.desk().spool.put(&mut &b"Subject: nobody\r\n\r\ny"[..]).unwrap();
    office.receive(FIRST).await;
    let settled = office.desk().store.mails(None, 9).await.unwrap();
    let settled = settled.iter().find(|mail| mail.outcome == Outcome::Noted).unwrap().id.clone();
    office.trial.sleep(31 * 24 * 60);
    office.desk().sweep().await.unwrap();
    assert!(!office.desk().spool.path(&settled).exists(), "thirty days, as spam");
    assert!(office.desk().spool.path(&waits).exists(), "people have to look at it");
    office.trial.sleep(2 * 366 * 24 * 60);
    office.desk().sweep().await.unwrap();
    assert!(!office.desk().spool.path(&waits).exists());
}
