//! Mail through other people's servers: mailboxes of Dovecot, a sink that speaks SMTP with TLS and a password.

use std::io::{BufRead, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::processes::{Home, Portal, expect_exit, give_database, program};
use crate::seeded::Seeded;
use crate::trust::make_authority;

/// Longest wait for something that has to happen.
const PATIENCE: Duration = Duration::from_secs(40);

/// Takes mails for whoever knows the password, over TLS only, and writes each into a file.
const SINK: &str = r#"
import asyncio, os, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
folder, certificate, key, password = sys.argv[1:5]
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(certificate, key)
count = 0
class Handler:
    async def handle_DATA(self, server, session, envelope):
        global count
        count += 1
        head = f"X-Envelope: {envelope.mail_from} {','.join(envelope.rcpt_tos)}\r\n".encode()
        with open(f"{folder}/{count:04}.part", "wb") as file:
            file.write(head + envelope.content)
        os.rename(f"{folder}/{count:04}.part", f"{folder}/{count:04}.eml")
        return "250 OK"
def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and data.login == b"support" and data.password == password.encode()
    return AuthResult(success=good)
async def main():
    make = lambda: SMTP(Handler(), tls_context=context, require_starttls=True, authenticator=authenticate, auth_required=True)
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"#;

/// Puts a mail into a mailbox, read already or not.
const APPEND: &str = r#"
import imaplib, ssl, sys
port, authority, user, password, file, flags = sys.argv[1:7]
box = imaplib.IMAP4_SSL("127.0.0.1", int(port), ssl_context=ssl.create_default_context(cafile=authority))
box.login(user, password)
status, answer = box.append("INBOX", flags, None, open(file, "rb").read().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
assert status == "OK", answer
box.logout()
"#;

/// What a mail says, whatever it is written in: subject and text.
const READ: &str = "import email, email.policy, sys\n\
    mail = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)\n\
    assert not mail.defects, mail.defects\n\
    print(mail['x-envelope']); print(mail['subject']); print(mail.get_content())\n";

/// Where `tests/run` has put a Python that has aiosmtpd.
fn python() -> Option<PathBuf> {
    let python = std::env::var_os("CASEFILE_TEST_MAIL").map(PathBuf::from);
    if python.is_none() {
        println!("not run: Dovecot or aiosmtpd is not installed, see tests/run");
    }
    python
}

/// Both servers, their certificates and passwords.
struct Office {
    folder: tempfile::TempDir,
    python: PathBuf,
    password: String,
    imap_port: u16,
    smtp_port: u16,
    dovecot: Option<Child>,
    sink: Child,
}

impl Office {
    fn start(python: PathBuf) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        make_authority(path, "mail", 2);
        for name in ["run", "mail", "out"] {
            std::fs::create_dir(path.join(name)).unwrap();
        }
        let password = Seeded(71).text("abcdefghijkmnpqrstuvwxyz23456789", 20);
        std::fs::write(path.join("password"), format!("{password}\n")).unwrap();
        let mut sink = Command::new(&python)
            .args(["-c", SINK, "out", "mail.crt", "mail.key", &password])
            .current_dir(path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(sink.stdout.take().unwrap()).read_line(&mut port).unwrap();
        let smtp_port = port.trim().parse().unwrap_or_else(|_| panic!("the sink did not start"));
        let imap_port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut office = Self { folder, python, password, imap_port, smtp_port, dovecot: None, sink };
        office.start_dovecot();
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn start_dovecot(&mut self) {
        let here = self.folder.path().display().to_string();
        let own = expect_exit(Command::new("id").arg("-un"), 0).trim().to_owned();
        // Dovecot gives nobody mail as root; whoever is root lets somebody else have it.
        let user = if own == "root" { "nobody" } else { own.as_str() };
        let ids =
            ["-u", "-g"].map(|flag| expect_exit(Command::new("id").args([flag, user]), 0).trim().to_owned());
        let [uid, gid] = &ids;
        if own == "root" {
            expect_exit(Command::new("chown").args([&format!("{uid}:{gid}"), &format!("{here}/mail")]), 0);
            expect_exit(Command::new("chmod").args(["755", &here]), 0);
        }
        let (login, internal) = if own == "root" { ("dovenull", "dovecot") } else { (user, user) };
        let config = format!(
            "base_dir = {here}/run\nstate_dir = {here}/run\nlog_path = {here}/dovecot.log\nprotocols = imap\nlisten = 127.0.0.1\n\
             default_internal_user = {internal}\ndefault_login_user = {login}\nfirst_valid_uid = 1\nfirst_valid_gid = 1\n\
             ssl = required\nssl_cert = <{here}/mail.crt\nssl_key = <{here}/mail.key\nmail_location = maildir:{here}/mail/%n\n\
             passdb {{\n  driver = static\n  args = password={}\n}}\nuserdb {{\n  driver = static\n  args = uid={uid} gid={gid} home={here}/mail/%n\n}}\n\
             service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = 0\n  }}\n  inet_listener imaps {{\n    port = {}\n    ssl = yes\n  }}\n}}\n\
             service anvil {{\n  chroot =\n}}\nservice stats {{\n  chroot =\n}}\n",
            self.password, self.imap_port
        );
        let file = self.path("dovecot.conf");
        std::fs::write(&file, config).unwrap();
        let child = Command::new("dovecot")
            .args(["-F", "-c", file.to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.dovecot = Some(child);
        wait_for("Dovecot", || std::net::TcpStream::connect(("127.0.0.1", self.imap_port)).ok());
    }

    /// As an administrator does it, so that none of its workers stays.
    fn stop_dovecot(&mut self) {
        if let Some(mut child) = self.dovecot.take() {
            let _ = Command::new("kill").arg(child.id().to_string()).status();
            let _ = child.wait();
        }
    }

    /// A mail arrives in a mailbox.
    fn deliver(&self, user: &str, mail: &str, flags: &str) {
        let file = self.path("deliver.eml");
        std::fs::write(&file, mail).unwrap();
        let port = self.imap_port.to_string();
        let args = ["-c", APPEND, &port, "mail-ca.crt", user, &self.password, file.to_str().unwrap(), flags];
        expect_exit(Command::new(&self.python).args(args).current_dir(self.folder.path()), 0);
    }

    /// Mails that have left, read by Python.
    fn left(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.path("out")).unwrap().map(|item| item.unwrap().path());
        let mut files: Vec<_> =
            files.filter(|path| path.extension().is_some_and(|extension| extension == "eml")).collect();
        files.sort();
        let read = |file: &PathBuf| expect_exit(Command::new(&self.python).args(["-c", READ]).arg(file), 0);
        files.iter().map(read).collect()
    }

    fn portal_toml(&self) -> PathBuf {
        let inbox = |name: &str| {
            format!(
                "[[mail.inbox]]\nname = \"{name}\"\nhost = \"127.0.0.1\"\nport = {}\nca_file = \"mail-ca.crt\"\nuser = \"{name}\"\n\
                 password_file = \"password\"\npoll_seconds = 20\n",
                self.imap_port
            )
        };
        let text = format!(
            "[mail]\naddress = \"support@vendor.example\"\nname = \"Wsparcie Żółw\"\n[mail.smtp]\nhost = \"127.0.0.1\"\nport = {}\n\
             tls = \"starttls\"\nca_file = \"mail-ca.crt\"\nuser = \"support\"\npassword_file = \"password\"\n{}{}",
            self.smtp_port,
            inbox("support"),
            inbox("sales")
        );
        let file = self.path("portal.toml");
        std::fs::write(&file, text).unwrap();
        file
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if std::thread::panicking() {
            for name in ["dovecot.log", "portal.log"] {
                println!("{name}:\n{}", std::fs::read_to_string(self.path(name)).unwrap_or_default());
            }
        }
        self.stop_dovecot();
        let _ = self.sink.kill();
        let _ = self.sink.wait();
    }
}

/// Waits until something is there.
#[track_caller]
fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "{what} did not come");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn ingest(data: &Path, mail: &str) -> String {
    give_database(data);
    let mut child = Command::new(program("casefile-portal"))
        .args(["mail-ingest", "--data"])
        .arg(data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(mail.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).unwrap()
}

const FIRST: &str = "From: =?utf-8?q?=C5=81ucja?= <lucja@example.com>\nTo: support@vendor.example\nSubject: Bot nie startuje\nMessage-ID: <one@example.com>\n\
    MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nOpis problemu: Zażółć gęślą jaźń.\nPriorytet (P1-P4): P1\n";

#[test]
fn mailboxes_become_tickets_and_answers_leave_through_foreign_servers() {
    let Some(python) = python() else { return };
    let mut office = Office::start(python);
    // Before the portal runs for the first time: one mail that nobody has read, and one of last year.
    office.deliver("support", FIRST, "");
    office.deliver(
        "support",
        &FIRST.replace("one@", "old@").replace("nie startuje", "z zeszłego roku"),
        "\\Seen",
    );
    let data = tempfile::tempdir().unwrap();
    let config = office.portal_toml();
    let log = office.path("portal.log");
    let portal = Portal::start_logged(data.path(), &["--config", config.to_str().unwrap()], &log);
    let page = wait_for("the ticket", || {
        let (status, page) = portal.page("/tickets/CF-2026-000001");
        (status == 200).then_some(page)
    });
    assert!(
        page.contains("Zażółć gęślą jaźń.") && page.contains("lucja@example.com") && page.contains("P1"),
        "{page}"
    );
    let told = wait_for("the acknowledgement", || office.left().into_iter().next());
    assert!(told.contains("lucja@example.com") && told.contains("Przyjęliśmy Twoje zgłoszenie"), "{told}");
    assert!(told.contains(&format!("{}/r/", portal.url)), "{told}");

    // Something that is no mail, then an answer that only has the mark of the subject, in the other mailbox.
    let mark = told.split(['[', ']']).nth(1).unwrap().to_owned();
    office.deliver("sales", "\0\0 what is this", "");
    office.deliver("sales", &format!("From: lucja@example.com\nTo: sales@vendor.example\nSubject: Odp: [{mark}]\n\nJuż działa, dziękuję!\n"), "");
    wait_for("the answer", || {
        portal.page("/tickets/CF-2026-000001").1.contains("Już działa, dziękuję!").then_some(())
    });

    // The mail server is gone for a while.
    office.stop_dovecot();
    office.start_dovecot();
    let home = Home::new(None);
    home.form();
    let run = &mut home.casefile(&["report", "--config", "casefile.toml", "--form", "form.json", "--json"]);
    let kept = crate::processes::last_json(&expect_exit(run, 4));
    let save =
        ["outbox", "save", kept["report_id"].as_str().unwrap(), "-o", "out.eml", "--config", "casefile.toml"];
    expect_exit(&mut home.casefile(&save), 0);
    let draft = std::fs::read_to_string(home.path("out.eml")).unwrap();
    office.deliver("support", &draft, "");
    let page = wait_for("the report of the draft", || {
        let (_, page) = portal.page("/tickets/CF-2026-000002");
        page.contains("logs/bot.log").then_some(page)
    });
    assert!(page.contains(kept["sha256"].as_str().unwrap()), "{page}");

    // A mail server that hands mails over itself.
    ingest(
        data.path(),
        "From: piotr@example.com\nTo: support@vendor.example\nSubject: Licence\n\nIt does not activate.\n",
    );
    wait_for("the third ticket", || (portal.page("/tickets/CF-2026-000003").0 == 200).then_some(()));
    wait_for("all acknowledgements", || (office.left().len() == 3).then_some(()));
    assert_eq!(portal.page("/tickets/CF-2026-000004").0, 404, "what was read before stays where it is");
    let log = std::fs::read_to_string(&log).unwrap();
    assert!(log.contains("a mail was fetched") && !log.contains(&office.password), "{log}");
}

#[test]
fn a_drill_proves_that_an_address_works() {
    let Some(python) = python() else { return };
    let office = Office::start(python);
    let data = tempfile::tempdir().unwrap();
    let config = office.portal_toml();
    let portal = Portal::start_at(data.path(), "127.0.0.1:0", &["--config", config.to_str().unwrap()]);
    let command = |args: &[&str]| {
        let mut command = Command::new(program("casefile-portal"));
        command.args(args).arg("--data").arg(data.path());
        command
    };
    expect_exit(&mut command(&["drill", "--role", "cto", "--wait", "1"]), 3);
    expect_exit(&mut command(&["user", "add", "boss", "--role", "cto", "--email", "boss@vendor.example"]), 0);
    let begun = command(&["drill", "--role", "cto", "--wait", "30", "--base-url", &portal.url])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mail = wait_for("the mail of the drill", || office.left().into_iter().next());
    assert!(mail.contains("boss@vendor.example") && mail.contains("This is a drill"), "{mail}");
    let link = mail.split_whitespace().find(|word| word.contains("/seen/")).unwrap();
    expect_exit(Command::new("curl").args(["-sf", "-X", "POST", "-o", "/dev/null", link]), 0);
    let output = begun.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("boss: confirmed"), "{told}");
    // Nobody confirms: the check has failed.
    let told =
        expect_exit(&mut command(&["drill", "--role", "cto", "--wait", "3", "--base-url", &portal.url]), 1);
    assert!(told.contains("nobody has confirmed"), "{told}");
}

#[test]
fn a_mail_is_taken_in_without_a_running_portal() {
    let data = tempfile::tempdir().unwrap();
    let told = ingest(data.path(), FIRST);
    assert!(told.contains("registered CF-2026-000001"), "{told}");
    assert!(
        ingest(data.path(), FIRST).contains("registered CF-2026-000001"),
        "the same mail is the same ticket"
    );
    let portal = Portal::start(data.path());
    assert_eq!(portal.page("/tickets/CF-2026-000001").0, 200);
    assert_eq!(portal.page("/tickets/CF-2026-000002").0, 404);
}
