//! `config.toml`: how the bot reaches its user.

use serde::{Deserialize, Serialize};

use super::fake::Fake;

/// The bot's own settings, apart from any strategy.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Config {
    /// With user name and password in it, as proxies in offices have them.
    pub(crate) proxy_url: String,
    pub(crate) alerts: Alerts,
}

/// Where alerts go.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Alerts {
    pub(crate) email: String,
    pub(crate) telegram_token: String,
    pub(crate) telegram_chat_id: i64,
}

impl Config {
    /// The settings of a new installation.
    pub(super) fn first(fake: &Fake) -> Self {
        Self {
            proxy_url: fake.proxy_url(),
            alerts: Alerts {
                email: fake.email(),
                telegram_token: fake.telegram_token(),
                telegram_chat_id: fake.telegram_chat(),
            },
        }
    }

    pub(super) fn to_toml(&self) -> String {
        let text = toml::to_string(self).expect("settings have string keys only");
        format!("# Settings of the bot. All values are invented; no alert is ever sent.\n{text}")
    }
}
