//! A display of its own, with a real mouse, real keys, and the eyes of a screen reader.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::processes::{expect_exit, root};

/// An X server, a session bus and a window manager; ended when dropped.
pub(crate) struct Display {
    number: String,
    bus: String,
    children: Vec<Child>,
    /// Sockets of the session; two displays at the same time must not share them.
    session: tempfile::TempDir,
    /// Programs that are found before those of the system.
    programs: Option<PathBuf>,
}

/// A place on the screen, in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

impl Display {
    pub(crate) fn start() -> Self {
        let mut server = Command::new("Xvfb");
        // It would start anew when its last client has gone: setxkbmap may come and go before openbox is there, which
        // then loses its connection and ends, and without it no window gets the keys.
        server.args(["-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp", "-noreset"]);
        let (server, number) = first_line(&mut server);
        let number = format!(":{number}");
        let session = tempfile::tempdir().unwrap();
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--session", "--nofork", "--print-address=1"]).env("DISPLAY", &number);
        let (bus, address) = first_line(in_session(&mut bus, session.path()));
        let mut display = Self { number, bus: address, children: vec![bus, server], session, programs: None };
        let manager =
            display.command(Path::new("openbox")).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        display.children.insert(0, manager.unwrap());
        // With a Polish keyboard the letters are keys; xdotool would have to make keys up for them, and lose some.
        expect_exit(display.command(Path::new("setxkbmap")).arg("pl"), 0);
        // As a desktop does when a screen reader is started.
        let property = "org.freedesktop.DBus.Properties.Set";
        let mut enable = display.command(Path::new("dbus-send"));
        enable.args(["--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus", property]);
        enable.args(["string:org.a11y.Status", "string:IsEnabled", "variant:boolean:true"]);
        expect_exit(&mut enable, 0);
        display
    }

    /// A command on this display.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env("DISPLAY", &self.number).env("DBUS_SESSION_BUS_ADDRESS", &self.bus);
        command.env("LIBGL_ALWAYS_SOFTWARE", "1").env_remove("WAYLAND_DISPLAY").stdin(Stdio::null());
        in_session(&mut command, self.session.path());
        if let Some(programs) = &self.programs {
            // A person's own folder, too, so that nothing is saved into that of whoever runs the tests.
            command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", programs.display()));
            command.env("HOME", self.session.path());
        }
        command
    }

    /// Starts a program that stays until the display is gone.
    pub(crate) fn open(&mut self, program: &Path, args: &[&str]) {
        let child = self.command(program).args(args).stdout(Stdio::null()).spawn();
        self.children.insert(0, child.unwrap());
    }

    /// Has the desktop's window for choosing files answer with these.
    #[track_caller]
    pub(crate) fn offer_files(&mut self, files: &[&Path]) {
        let mut portal = self.command(Path::new("/usr/bin/python3"));
        portal.arg(root().join("tests/it/window/portal.py")).args(files);
        let (portal, said) = first_line(&mut portal);
        self.children.insert(0, portal);
        assert_eq!(said, "ready");
    }

    /// Has the program that opens files and folders write into a file what it is asked to open.
    pub(crate) fn note_what_opens(&mut self) -> PathBuf {
        let programs = self.session.path().join("bin");
        std::fs::create_dir(&programs).unwrap();
        let (program, note) = (programs.join("xdg-open"), self.session.path().join("opened"));
        std::fs::write(&program, format!("#!/bin/sh\necho \"$1\" > {}\n", note.display())).unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        self.programs = Some(programs);
        note
    }

    /// Waits until a thing of this role and name is shown.
    #[track_caller]
    pub(crate) fn find(&self, role: &str, name: &str) -> Place {
        self.read(role, name).0
    }

    /// As [`Display::find`], with the text that it holds.
    #[track_caller]
    fn read(&self, role: &str, name: &str) -> (Place, String) {
        // Debian's own Python has the bindings; another one in the path may not.
        let mut find = self.command(Path::new("/usr/bin/python3"));
        find.arg(root().join("tests/it/window/accessible.py")).args([role, name]);
        let found = expect_exit(&mut find, 0);
        let (place, text) = found.split_once('\n').unwrap();
        let mut numbers = place.split_whitespace().map(|number| number.parse().unwrap());
        let mut next = || numbers.next().unwrap();
        let place = Place { left: next(), top: next(), width: next(), height: next() };
        (place, text.strip_suffix('\n').unwrap_or(text).to_owned())
    }

    /// Clicks with the mouse.
    #[track_caller]
    pub(crate) fn click(&self, role: &str, name: &str) {
        let place = self.settled(role, name);
        let (x, y) = (place.left + place.width / 2, place.top + place.height / 2);
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string()]);
        // A frame for the hover, then the click.
        std::thread::sleep(Duration::from_millis(200));
        self.xdotool(&["click", "1"]);
        std::thread::sleep(Duration::from_millis(300));
    }

    /// Presses it as a screen reader does, also where it is scrolled out of sight.
    #[track_caller]
    pub(crate) fn press(&self, role: &str, name: &str) {
        let mut press = self.command(Path::new("/usr/bin/python3"));
        press.arg(root().join("tests/it/window/accessible.py")).args([role, name, "press"]);
        expect_exit(&mut press, 0);
        std::thread::sleep(Duration::from_millis(300));
    }

    /// Where it is once it does not move any more: new windows and scroll areas settle within a few frames.
    #[track_caller]
    fn settled(&self, role: &str, name: &str) -> Place {
        let until = Instant::now() + Duration::from_secs(10);
        let mut place = self.find(role, name);
        loop {
            let next = self.find(role, name);
            if (next.left, next.top) == (place.left, place.top) || Instant::now() > until {
                return next;
            }
            place = next;
        }
    }

    /// Fills a text field with the keyboard. On a busy machine the X server loses keys that need a second one, as those
    /// of Polish letters do; as a person would, this looks at what is there and writes what is missing.
    #[track_caller]
    pub(crate) fn fill(&self, name: &str, text: &str) {
        self.click("entry", name);
        let mut read = String::new();
        for round in 0..80 {
            let before = std::mem::replace(&mut read, self.read("entry", name).1);
            // Nothing came: the click was lost, or something else took the keys.
            if round > 0 && read == before && read != text {
                // Without a window manager the keys follow the pointer: out of the window and in again.
                self.xdotool(&["mousemove", "1020", "764"]);
                std::thread::sleep(Duration::from_millis(300));
                self.click("entry", name);
                self.key("End");
            }
            let Some(rest) = text.strip_prefix(read.as_str()) else {
                self.key("ctrl+a");
                self.key("BackSpace");
                continue;
            };
            let plain = rest.chars().take_while(char::is_ascii).count();
            let next: String = rest.chars().take(plain.max(1)).collect();
            if next.is_empty() {
                return;
            }
            self.xdotool(&["type", "--delay", "150", &next]);
            std::thread::sleep(Duration::from_millis(300));
        }
        panic!("{name:?} holds {read:?}, not {text:?}");
    }

    #[track_caller]
    pub(crate) fn key(&self, key: &str) {
        self.xdotool(&["key", key]);
        std::thread::sleep(Duration::from_millis(300));
    }

    #[track_caller]
    fn xdotool(&self, args: &[&str]) {
        expect_exit(self.command(Path::new("xdotool")).args(args), 0);
    }

    /// Takes a picture of a part of the screen.
    #[track_caller]
    pub(crate) fn picture(&self, place: Place, file: &Path) {
        let Place { left, top, width, height } = place;
        let crop = format!("{width}x{height}+{left}+{top}");
        let mut import = self.command(Path::new("import"));
        expect_exit(import.args(["-window", "root", "-crop", &crop, "+repage", "-strip"]).arg(file), 0);
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        for child in &mut self.children {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn in_session<'a>(command: &'a mut Command, folder: &Path) -> &'a mut Command {
    command.env("XDG_RUNTIME_DIR", folder).env("XDG_CACHE_HOME", folder)
}

/// Starts a program that says on its first line where it can be reached.
#[track_caller]
fn first_line(command: &mut Command) -> (Child, String) {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(!line.trim().is_empty(), "{command:?} did not start");
    (child, line.trim().to_owned())
}
