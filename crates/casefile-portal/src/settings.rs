//! `portal.toml`: database, mail, webhooks, hotline. Passwords stand in files or the environment, never in it.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, ensure};
use casefile::analyze::Analysers;
use casefile::config::read_analysers;
use serde::Deserialize;

use crate::mail::incoming::is_address;

/// The whole file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PortalSettings {
    #[serde(default)]
    pub(crate) database: Option<DatabaseSettings>,
    #[serde(default)]
    pub(crate) mail: Option<MailSettings>,
    #[serde(default, rename = "webhook")]
    pub(crate) webhooks: Vec<WebhookSettings>,
    #[serde(default)]
    pub(crate) heartbeat: Option<HeartbeatSettings>,
    #[serde(default)]
    pub(crate) hotline: Option<HotlineSettings>,
    #[serde(default)]
    pub(crate) analyze: AnalyzeSettings,
    /// The folder of the file: relative paths begin there.
    #[serde(skip)]
    folder: PathBuf,
}

/// A `PostgreSQL` database instead of the one in the folder.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DatabaseSettings {
    /// `postgres://USER@HOST/NAME`
    pub(crate) url: String,
    #[serde(default)]
    pub(crate) password_file: Option<PathBuf>,
    #[serde(default)]
    pub(crate) password_env: Option<String>,
}

/// The address of support, and the ways in and out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailSettings {
    /// Whom customers write to, and who answers them.
    pub(crate) address: String,
    /// The name beside it.
    #[serde(default)]
    pub(crate) name: String,
    /// Whether `support+anything@…` arrives as well: then answers find their ticket by the address alone.
    #[serde(default)]
    pub(crate) plus_addresses: bool,
    #[serde(default)]
    pub(crate) smtp: Option<ServerSettings>,
    #[serde(default, rename = "inbox")]
    pub(crate) inboxes: Vec<InboxSettings>,
}

/// A server that mail goes to or comes from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServerSettings {
    pub(crate) host: String,
    #[serde(default)]
    pub(crate) port: Option<u16>,
    #[serde(default)]
    pub(crate) tls: Tls,
    /// Certificates of an own authority, in PEM.
    #[serde(default)]
    pub(crate) ca_file: Option<PathBuf>,
    #[serde(default)]
    pub(crate) user: Option<String>,
    #[serde(default)]
    pub(crate) password_file: Option<PathBuf>,
    #[serde(default)]
    pub(crate) password_env: Option<String>,
}

/// A mailbox that is emptied into tickets.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct InboxSettings {
    /// What it is called in logs.
    pub(crate) name: String,
    #[serde(default = "inbox")]
    pub(crate) folder: String,
    /// The longest wait for new mail, also where the server says nothing by itself.
    #[serde(default = "a_minute")]
    pub(crate) poll_seconds: u64,
    #[serde(flatten)]
    pub(crate) server: ServerSettings,
}

/// How a connection is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Tls {
    /// From the first byte.
    #[default]
    #[serde(rename = "tls")]
    Always,
    /// After asking for it; without it nothing is said.
    Starttls,
    /// Not at all: only on this machine.
    None,
}

/// Who else is told of warnings and escalations, by program.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookSettings {
    pub(crate) name: String,
    pub(crate) url: String,
    #[serde(default)]
    pub(crate) secret_file: Option<PathBuf>,
    #[serde(default)]
    pub(crate) secret_env: Option<String>,
    /// Warnings too, not only escalations.
    #[serde(default)]
    pub(crate) warnings: bool,
}

/// Who notices when the portal says nothing any more.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeartbeatSettings {
    pub(crate) url: String,
    #[serde(default = "a_minute")]
    pub(crate) every_seconds: u64,
}

/// The emergency hotline; its hours stand in the plan.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HotlineSettings {
    pub(crate) number: String,
    /// Only after triage has confirmed the licence; otherwise what the report says is believed.
    #[serde(default)]
    pub(crate) only_confirmed: bool,
}

/// What is sought in the evidence, beside what comes with casefile.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnalyzeSettings {
    /// The vendor's own analysers (`docs/analysers.md`).
    #[serde(default)]
    pub(crate) rules: Option<PathBuf>,
}

/// Something that is never shown.
#[derive(Clone)]
pub(crate) struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl Password {
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

fn inbox() -> String {
    "INBOX".to_owned()
}

fn a_minute() -> u64 {
    60
}

impl PortalSettings {
    /// Reads the file and checks what can be checked without asking anybody.
    pub(crate) fn read(file: &Path) -> anyhow::Result<Self> {
        let text =
            std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let folder = file.parent().map(Path::to_owned).unwrap_or_default();
        Self::parse(&text, folder).with_context(|| format!("cannot use {}", file.display()))
    }

    fn parse(text: &str, folder: PathBuf) -> anyhow::Result<Self> {
        let mut settings: Self = toml::from_str(text)?;
        settings.folder = folder;
        if let Some(mail) = &mut settings.mail {
            mail.address = mail.address.to_lowercase();
            ensure!(is_address(&mail.address), "mail.address is no mail address");
            let inboxes = mail.inboxes.iter().map(|inbox| &inbox.server);
            for server in mail.smtp.iter().chain(inboxes) {
                ensure!(
                    server.tls != Tls::None || is_here(&server.host),
                    "{}: without TLS only a server on this machine is spoken to",
                    server.host
                );
                ensure!(
                    server.user.is_none() || server.password_file.is_some() || server.password_env.is_some(),
                    "{}: the user needs password_file or password_env",
                    server.host
                );
            }
            let mut names: Vec<_> = mail.inboxes.iter().map(|inbox| &inbox.name).collect();
            names.sort();
            ensure!(names.windows(2).all(|pair| pair[0] != pair[1]), "two mail.inbox have one name");
        }
        for hook in &settings.webhooks {
            checked_url(&hook.url)?;
            ensure!(
                hook.secret_file.is_some() || hook.secret_env.is_some(),
                "the webhook {} needs secret_file or secret_env",
                hook.name
            );
        }
        if let Some(heartbeat) = &settings.heartbeat {
            checked_url(&heartbeat.url)?;
        }
        Ok(settings)
    }

    /// A password from a file or the environment.
    pub(crate) fn password(
        &self,
        file: Option<&Path>,
        variable: Option<&str>,
    ) -> anyhow::Result<Option<Password>> {
        let text = match (file, variable) {
            (Some(file), _) => {
                let file = self.folder.join(file);
                std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?
            }
            (None, Some(variable)) => {
                std::env::var(variable).with_context(|| format!("the variable {variable} is not set"))?
            }
            (None, None) => return Ok(None),
        };
        Ok(Some(Password(text.trim_end_matches(['\r', '\n']).to_owned())))
    }

    /// The vendor's own analysers; absent where there are only those that come with casefile.
    pub(crate) fn analysers(&self) -> anyhow::Result<Option<Analysers>> {
        let rules = self.analyze.rules.as_deref().map(|rules| self.path(rules));
        Ok(rules.as_deref().map(read_analysers).transpose()?)
    }

    /// A path of the file.
    pub(crate) fn path(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }
}

impl ServerSettings {
    /// The user and the password, if there is one.
    pub(crate) fn login(&self, settings: &PortalSettings) -> anyhow::Result<Option<(String, Password)>> {
        let Some(user) = &self.user else { return Ok(None) };
        let password = settings.password(self.password_file.as_deref(), self.password_env.as_deref())?;
        Ok(password.map(|password| (user.clone(), password)))
    }
}

impl HeartbeatSettings {
    pub(crate) fn every(&self) -> Duration {
        Duration::from_secs(self.every_seconds.max(1))
    }
}

/// Whether a name is this machine itself.
fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// HTTPS, or this machine.
fn checked_url(text: &str) -> anyhow::Result<()> {
    let uri: axum::http::Uri = text.parse().with_context(|| format!("{text} is not an address"))?;
    let host = uri.host().unwrap_or_default();
    let is_fine = match uri.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => is_here(host.trim_matches(['[', ']'])),
        _ => false,
    };
    ensure!(is_fine, "{text} has to be https, or http on this machine");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_speak_openly_or_say_a_password_is_refused() {
        let parse = |text: &str| PortalSettings::parse(text, PathBuf::new());
        let good = parse(
            "[mail]\naddress = \"Support@Vendor.example\"\n[mail.smtp]\nhost = \"127.0.0.1\"\ntls = \"none\"\n\
             [[mail.inbox]]\nname = \"a\"\nhost = \"imap.example\"\nuser = \"u\"\npassword_env = \"X\"\n\
             [[webhook]]\nname = \"w\"\nurl = \"http://[::1]:1/x\"\nsecret_env = \"Y\"\n",
        )
        .unwrap();
        assert_eq!(good.mail.unwrap().address, "support@vendor.example");
        for text in [
            "[mail]\naddress = \"nobody\"\n",
            "[mail]\naddress = \"a@b.c\"\n[mail.smtp]\nhost = \"mail.example\"\ntls = \"none\"\n",
            "[mail]\naddress = \"a@b.c\"\n[mail.smtp]\nhost = \"mail.example\"\nuser = \"u\"\n",
            "[mail]\naddress = \"a@b.c\"\n[mail.smtp]\nhost = \"mail.example\"\npassword = \"u\"\n",
            "[[webhook]]\nname = \"w\"\nurl = \"http://hooks.example/\"\nsecret_env = \"Y\"\n",
            "[[webhook]]\nname = \"w\"\nurl = \"https://hooks.example/\"\n",
            "[heartbeat]\nurl = \"ftp://x\"\n",
            "[colour]\n",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
