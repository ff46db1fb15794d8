//! `casefile-portal user`: who works here.

use std::io::{BufRead, Write};

use anyhow::{Context, bail, ensure};
use casefile::report::Language;
use clap::{Args, Subcommand};
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;

use crate::desk::hashed;
use crate::home::HomeArguments;
use crate::roles::Role;
use crate::store::{StaffRow, Store};

#[derive(Debug, Args)]
pub(crate) struct UserArguments {
    #[command(flatten)]
    home: HomeArguments,
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Add somebody, and print the password once.
    Add {
        login: String,
        /// engineer, coordinator, rnd, cto, admin or auditor; may be given several times.
        #[arg(long = "role", value_name = "ROLE", required = true)]
        roles: Vec<Role>,
        /// As others see it [default: the login].
        #[arg(long)]
        name: Option<String>,
        /// Language of the pages.
        #[arg(long, default_value = "en", value_parser = ["en", "pl"])]
        language: String,
        #[arg(long)]
        email: Option<String>,
        /// Read the password from standard input instead of making one.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give somebody another password, and end their sessions.
    Password {
        login: String,
        #[arg(long)]
        password_stdin: bool,
    },
    /// Let somebody in no longer, and end their sessions. What they did stays.
    Disable { login: String },
    /// Let somebody in again.
    Enable { login: String },
    /// Who works here.
    List,
}

/// Carries it out on the database of the portal, which may be running.
pub(crate) fn run(
    arguments: &UserArguments,
    now: Timestamp,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let data = arguments.home.data();
    let place = arguments.home.place(&arguments.home.settings()?)?;
    std::fs::create_dir_all(data).with_context(|| format!("cannot make the folder {}", data.display()))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = Store::open(&place).await.with_context(|| format!("cannot open {place}"))?;
        let done = carry_out(&store, &arguments.command, now, input, out).await;
        store.close().await;
        done
    })
}

async fn carry_out(
    store: &Store,
    command: &UserCommand,
    now: Timestamp,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    match command {
        UserCommand::Add { login, roles, name, language, email, password_stdin } => {
            ensure!(
                (1..=32).contains(&login.len())
                    && login
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b)),
                "a login has 1 to 32 small letters, digits, `.`, `_` or `-`"
            );
            let (password, hash) = password(*password_stdin, input)?;
            let staff = StaffRow {
                login: login.clone(),
                name: name.clone().unwrap_or_else(|| login.clone()),
                roles: roles.clone(),
                language: Language::of_locale(language),
                email: email.clone(),
                password: hash,
                is_active: true,
            };
            ensure!(store.add_staff(&staff, now).await?, "{login} works here already");
            store.audit(now, login, "was added").await?;
            tell(out, login, password.as_deref())
        }
        UserCommand::Password { login, password_stdin } => {
            let (password, hash) = password(*password_stdin, input)?;
            ensure!(store.set_password(login, &hash).await?, "nobody of the login {login} works here");
            store.audit(now, login, "was given another password").await?;
            tell(out, login, password.as_deref())
        }
        UserCommand::Disable { login } => set_active(store, login, false, now).await,
        UserCommand::Enable { login } => set_active(store, login, true, now).await,
        UserCommand::List => {
            for staff in store.all_staff().await? {
                let roles: Vec<_> = staff.roles.iter().map(|role| role.as_str()).collect();
                let email = staff.email.as_deref().unwrap_or("-");
                let active = if staff.is_active { "" } else { "  disabled" };
                writeln!(out, "{:<16} {:<32} {email}  {}{active}", staff.login, roles.join(","), staff.name)?;
            }
            Ok(())
        }
    }
}

async fn set_active(store: &Store, login: &str, is_active: bool, now: Timestamp) -> anyhow::Result<()> {
    ensure!(store.set_active(login, is_active).await?, "nobody of the login {login} works here");
    let what = if is_active { "was enabled" } else { "was disabled" };
    Ok(store.audit(now, login, what).await?)
}

fn tell(out: &mut dyn Write, login: &str, password: Option<&str>) -> anyhow::Result<()> {
    match password {
        Some(password) => writeln!(out, "{login} signs in with the password {password}")?,
        None => writeln!(out, "{login} signs in with the password that was given")?,
    }
    Ok(())
}

/// A password that is made, and its hash; of one that is given, the hash.
fn password(from_stdin: bool, input: &mut dyn BufRead) -> anyhow::Result<(Option<String>, String)> {
    let (shown, password) = if from_stdin {
        let mut line = String::new();
        input.read_line(&mut line).context("cannot read the password")?;
        (None, line.trim_end_matches(['\r', '\n']).to_owned())
    } else {
        let mut bytes = [0; 15];
        getrandom::fill(&mut bytes).context("cannot make a password")?;
        let made = BASE32_NOPAD.encode(&bytes).to_lowercase();
        (Some(made.clone()), made)
    };
    let Some(hash) = hashed(&password) else {
        bail!("a password has at least {} characters", crate::desk::MIN_PASSWORD_CHARS)
    };
    Ok((shown, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(data: &std::path::Path, args: &[&str], input: &str) -> anyhow::Result<String> {
        use clap::Parser;
        #[derive(Debug, Parser)]
        struct Line {
            #[command(flatten)]
            arguments: UserArguments,
        }
        let data = data.to_str().unwrap();
        let line = Line::try_parse_from([&["user", "--data", data], args].concat())?;
        let now = "2026-11-24T10:00:00Z".parse().unwrap();
        let mut out = Vec::new();
        run(&line.arguments, now, &mut input.as_bytes(), &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn people_are_added_listed_and_disabled() {
        let data = tempfile::tempdir().unwrap();
        let data = data.path();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let database = runtime.block_on(crate::trial::Database::new(data));
        crate::home::remember(data, database.place()).unwrap();
        let told = ran(data, &["add", "anna", "--role", "engineer", "--role", "coordinator"], "").unwrap();
        assert_eq!(told.trim().rsplit(' ').next().unwrap().len(), 24, "{told}");
        assert!(
            ran(data, &["add", "anna", "--role", "cto"], "").unwrap_err().to_string().contains("already")
        );
        assert!(ran(data, &["add", "Ewa B", "--role", "cto"], "").is_err());
        assert!(ran(data, &["add", "ewa", "--role", "boss"], "").is_err());
        assert!(ran(data, &["add", "ewa", "--role", "cto", "--password-stdin"], "short\n").is_err());
        ran(data, &["add", "ewa", "--role", "cto", "--password-stdin"], "long enough it is\n").unwrap();
        ran(data, &["disable", "ewa"], "").unwrap();
        assert!(ran(data, &["disable", "nobody"], "").is_err());
        let list = ran(data, &["list"], "").unwrap();
        assert!(list.contains("engineer,coordinator") && list.contains("disabled"), "{list}");
    }
}
