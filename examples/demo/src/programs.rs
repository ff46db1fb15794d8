//! Builds and starts the real programs.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, ensure};
use jiff::Timestamp;

/// What is started, by package.
const PACKAGES: [&str; 3] = ["casefile-portal", "trading-bot", "casefile-cli"];

/// The folder of the built programs: the one that this program lies in.
pub(crate) struct Programs {
    folder: PathBuf,
}

impl Programs {
    /// Builds the programs in the profile that this one was built in. Started by cargo, it asks cargo; started by
    /// hand, it takes what is there.
    pub(crate) fn build(out: &mut dyn Write) -> anyhow::Result<Self> {
        let own = std::env::current_exe().context("cannot tell where this program is")?;
        let folder = own.parent().context("this program lies in no folder")?.to_owned();
        if let Some(cargo) = std::env::var_os("CARGO") {
            writeln!(out, "building  {} (the first time takes a few minutes)", PACKAGES.join(", "))?;
            out.flush()?;
            let mut build = Command::new(cargo);
            build
                .args(["build", "--locked", "--quiet", "--manifest-path"])
                .arg(workspace().join("Cargo.toml"));
            build.args(PACKAGES.iter().flat_map(|package| ["--package", package]));
            if !cfg!(debug_assertions) {
                build.arg("--release");
            }
            // Standard output stays ours.
            let status = build.stdout(Stdio::null()).status().context("cannot start cargo")?;
            ensure!(status.success(), "the programs cannot be built: see above");
        }
        Ok(Self { folder })
    }

    /// A command that runs one of the programs.
    pub(crate) fn command(&self, name: &str) -> Command {
        Command::new(self.folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
    }

    /// A new folder beside the programs; it stays, so that the report can be looked at afterwards.
    pub(crate) fn folder_for_a_run(&self, now: Timestamp) -> anyhow::Result<PathBuf> {
        let name = format!("{}-{}", now.strftime("%Y%m%d-%H%M%S"), std::process::id());
        let folder = self.folder.join("demo-runs").join(name);
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(folder)
    }
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("examples/demo lies in the workspace")
}

/// Whether a window can be shown.
pub(crate) fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// A portal on loopback. Stopped when dropped, unless it was left running.
pub(crate) struct Portal {
    child: Option<Child>,
    id: u32,
    pub(crate) url: String,
    pub(crate) data: PathBuf,
}

impl Portal {
    pub(crate) fn start(programs: &Programs, data: &Path) -> anyhow::Result<Self> {
        let log = data.with_extension("log");
        let errors = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut command = programs.command("casefile-portal");
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors);
        // A group of its own: Ctrl+C for this program is not meant for a portal that is to be kept.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().context("cannot start the portal")?;
        let stdout = child.stdout.take().context("the portal has no output")?;
        let mut portal =
            Self { id: child.id(), child: Some(child), url: String::new(), data: data.to_owned() };
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).context("cannot read what the portal says")?;
        line.trim().rsplit(' ').next().unwrap_or_default().clone_into(&mut portal.url);
        ensure!(portal.url.starts_with("http://"), "the portal did not start: see {}", log.display());
        Ok(portal)
    }

    /// Adds somebody who works there; the line that says with which password.
    pub(crate) fn add_staff(&self, programs: &Programs) -> anyhow::Result<String> {
        let mut command = programs.command("casefile-portal");
        command.args(["user", "add", "demo", "--role", "engineer", "--role", "coordinator", "--data"]);
        let output = command.arg(&self.data).stdin(Stdio::null()).output().context("cannot add staff")?;
        ensure!(output.status.success(), "cannot add staff: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    /// Lets it go on after this program.
    pub(crate) fn leave(&mut self) {
        self.child = None;
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // It survives this as it survives a power cut.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
