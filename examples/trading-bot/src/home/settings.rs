//! `casefile.toml`: the same facts that the reporter inside the bot is built from, for the desktop helper and the
//! command line, which run when the bot does not. Paths are relative to the file.

use crate::words::Lang;

/// The portal of `cargo run -p demo`; a vendor has an address of its own here.
const DEFAULT_PORTAL: &str = "http://127.0.0.1:8080";

pub(super) fn casefile_toml(portal: Option<&str>, lang: Lang) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let language = lang.code();
    let url = toml::Value::String(portal.unwrap_or(DEFAULT_PORTAL).to_owned());
    format!(
        r#"# Written by the bot at each start.
[app]
id = "demo-bot"
name = "Demo Bot"
version = "{version}"
vendor = "Example Bots"
language = "{language}"

[collect]
logs = ["logs"]
presets = ["presets"]
monitoring = ["monitoring"]
license_status = "license.json"
crash_dir = "crash"

# Read for the secrets they hold, so that these are found in every other file.
[redact]
known_files = ["presets/grid-btcusdt.toml", "config.toml", "license.json"]

[portal]
url = {url}

[outbox]
dir = "outbox"
"#
    )
}
