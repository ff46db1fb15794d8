//! Starts the real programs and stops them again.

use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

/// The path of a program of this workspace, built in the same profile as this test.
#[track_caller]
pub(crate) fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().unwrap().parent().unwrap();
    let path = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.exists(),
        "{} is not built: run `tests/run`, or `cargo build --workspace` first",
        path.display()
    );
    path
}

/// The root of the checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A portal on loopback with a folder of its own; killed when dropped.
pub(crate) struct Portal {
    child: Child,
    data: PathBuf,
    pub(crate) url: String,
}

impl Portal {
    #[track_caller]
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_at(data, "127.0.0.1:0", &[])
    }

    #[track_caller]
    pub(crate) fn start_at(data: &Path, listen: &str, more: &[&str]) -> Self {
        let mut command = Command::new(program("casefile-portal"));
        command.args(["serve", "--listen", listen, "--data"]).arg(data).args(more);
        Self::run(command, data, Stdio::null())
    }

    /// Starts it in an environment of its own.
    #[track_caller]
    pub(crate) fn start_with(data: &Path, environment: &[(&str, &std::ffi::OsStr)]) -> Self {
        let mut command = Command::new(program("casefile-portal"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
        command.envs(environment.iter().copied());
        Self::run(command, data, Stdio::null())
    }

    /// Starts with its log in a file.
    #[track_caller]
    pub(crate) fn start_logged(data: &Path, more: &[&str], log: &Path) -> Self {
        let mut command = Command::new(program("casefile-portal"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).args(more);
        Self::run(command, data, std::fs::File::create(log).unwrap().into())
    }

    #[track_caller]
    fn run(mut command: Command, data: &Path, log: Stdio) -> Self {
        if !command.get_args().any(|arg| arg == "--database") {
            give_database(data);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().rsplit(' ').next().unwrap().to_owned();
        assert!(url.starts_with("http://127.0.0.1:"), "the portal did not start: {line:?}");
        Self { child, data: data.to_owned(), url }
    }

    /// Of everybody who works there.
    pub(crate) const PASSWORD: &str = "for tests on this machine";

    /// Adds somebody to the staff; whoever is known already stays so.
    pub(crate) fn hire(&self, login: &str, roles: &[&str]) {
        let mut add = Command::new(program("casefile-portal"));
        add.args(["user", "add", login, "--password-stdin", "--data"]).arg(&self.data);
        add.args(roles.iter().flat_map(|role| ["--role", role]));
        let mut add = add.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        writeln!(add.stdin.take().unwrap(), "{}", Self::PASSWORD).unwrap();
        add.wait().unwrap();
    }

    /// A page as one of its staff sees it.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> (u16, String) {
        fetch_with(&format!("{}{path}", self.url), &format!("Cookie: {}", self.cookie()))
    }

    /// Signs an engineer in: what the browser keeps.
    #[track_caller]
    pub(crate) fn cookie(&self) -> String {
        self.hire("tester", &["engineer"]);
        let password = Self::PASSWORD;
        let mut sign_in = Command::new("curl");
        sign_in.args([
            "-s",
            "-D",
            "-",
            "-o",
            "/dev/null",
            "--data-urlencode",
            "login=tester",
            "--data-urlencode",
        ]);
        sign_in.arg(format!("password={password}")).arg(format!("{}/sign-in", self.url));
        let headers = expect_exit(&mut sign_in, 0);
        let cookie = headers.lines().find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next());
        cookie.unwrap_or_else(|| panic!("nobody was let in: {headers}")).to_owned()
    }

    /// Asks it to stop and waits until it has; its exit code.
    #[cfg(unix)]
    pub(crate) fn terminate(&mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }

    /// Stops it as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A new database of the server that `tests/postgres` started, if there is one: its address.
#[track_caller]
pub(crate) fn new_database() -> Option<String> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("CASEFILE_TEST_POSTGRES").ok()?;
    let name = format!("it_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    expect_exit(
        Command::new("psql").args(["-q", "-d", &server, "-c", &format!("CREATE DATABASE {name}")]),
        0,
    );
    Some(format!("{}/{name}", server.rsplit_once('/').unwrap().0))
}

/// Lets the portal of a new folder use that server, so that a test of it is one of both databases.
#[track_caller]
pub(crate) fn give_database(data: &Path) {
    let place = data.join("database.url");
    if place.exists() || data.join("portal.sqlite").exists() {
        return;
    }
    if let Some(url) = new_database() {
        std::fs::create_dir_all(data).unwrap();
        std::fs::write(place, url).unwrap();
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A bot's home folder with settings, logs, presets and a licence.
pub(crate) struct Home {
    pub(crate) folder: tempfile::TempDir,
}

impl Home {
    pub(crate) fn new(portal: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Self { folder };
        let portal = portal.map(|url| format!("[portal]\nurl = \"{url}\"\n")).unwrap_or_default();
        home.write(
            "casefile.toml",
            &format!(
                "[app]\nid = \"com.example.testbot\"\nname = \"Test Bot\"\nversion = \"1.2.3\"\nlanguage = \"pl\"\n\
                 [collect]\nlogs = [\"logs\"]\npresets = [\"presets\"]\nmonitoring = [\"monitoring\"]\n\
                 license_status = \"license.json\"\ncrash_dir = \"crash\"\n[outbox]\ndir = \"outbox\"\n{portal}"
            ),
        );
        home.write(
            "logs/bot.log",
            "2026-11-24T10:00:00Z INFO started\n2026-11-24T10:00:01Z ERROR -1021 Timestamp\n",
        );
        home.write("presets/grid.toml", "[grid]\nsymbol = \"BTCUSDT\"\nlevels = 12\n");
        home.write("monitoring/health.json", "{\"latency_ms\": 41}\n");
        home.write("crash/.keep", "");
        home.write("license.json", r#"{"id":"LIC-2026-7","status":"active","edition":"premium"}"#);
        home
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// A form with every field of the template filled in.
    pub(crate) fn form(&self) -> Value {
        let form = json!({
            "title": "Zlecenia są odrzucane",
            "description": "Od rana giełda odrzuca każde zlecenie.\nZażółć gęślą jaźń.",
            "steps": "1. Uruchom bota\n2. Poczekaj",
            "expected": "Zlecenie przyjęte",
            "actual": "-1021 Timestamp for this request",
            "additional": "Preset w załączniku",
            "priority": "P2",
            "category": "exchange",
            "language": "pl",
            "contact": { "name": "Łucja Żak", "email": "lucja@example.com" },
        });
        self.write("form.json", &form.to_string());
        form
    }

    pub(crate) fn casefile(&self, args: &[&str]) -> Command {
        let mut command = Command::new(program("casefile"));
        command.current_dir(self.folder.path()).args(args);
        command
    }
}

/// Standard output of a run that has to end with this exit code.
#[track_caller]
pub(crate) fn expect_exit(command: &mut Command, code: i32) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert_eq!(status.code(), Some(code), "{command:?}\n{stdout}\n{stderr}");
    stdout.into_owned()
}

/// The last line of standard output as JSON.
#[track_caller]
pub(crate) fn last_json(stdout: &str) -> Value {
    let line = stdout.lines().last().unwrap_or_default();
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {stdout}"))
}

/// Asks a portal on loopback, with the report's secret.
#[track_caller]
pub(crate) fn fetch(url: &str, secret: Option<&str>) -> (u16, String) {
    match secret {
        Some(secret) => fetch_with(url, &format!("Authorization: Bearer {secret}")),
        None => fetch_with(url, "Accept: */*"),
    }
}

/// Asks for an address with one more header: status and body.
#[track_caller]
fn fetch_with(url: &str, header: &str) -> (u16, String) {
    let mut command = Command::new("curl");
    command.args(["-s", "-w", "\n%{http_code}", "-H", header, url]);
    let stdout = expect_exit(&mut command, 0);
    let (body, status) = stdout.rsplit_once('\n').unwrap();
    (status.parse().unwrap(), body.to_owned())
}

/// Whether tests may open windows and browsers: `tests/run` says so.
pub(crate) fn shows_windows() -> bool {
    let shows = std::env::var_os("CASEFILE_TEST_WINDOW").is_some_and(|value| value == "yes");
    if !shows {
        println!("not run: it needs a display or a browser, see tests/run");
    }
    shows
}
