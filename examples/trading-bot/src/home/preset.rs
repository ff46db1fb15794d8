//! The strategy preset: parameters, and the exchange account that it trades on.

use serde::{Deserialize, Serialize};

use super::fake::Fake;

/// One strategy on one pair.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Preset {
    pub(crate) name: String,
    pub(crate) symbol: String,
    pub(crate) exchange: Credentials,
    pub(crate) grid: GridPreset,
    pub(crate) ema: EmaPreset,
    pub(crate) risk: RiskPreset,
}

/// The account. Has `Debug` like most bots' settings: that is how keys come into logs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Credentials {
    pub(crate) name: String,
    pub(crate) api_key: String,
    pub(crate) api_secret: String,
    pub(crate) passphrase: String,
    /// How old a signed request may be when the exchange reads it.
    pub(crate) recv_window_ms: i64,
    /// Ask the exchange for its time and correct by it. Off by default, as in too many bots.
    pub(crate) sync_time: bool,
}

/// Orders at even distances below and above a centre.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct GridPreset {
    pub(crate) levels: u32,
    pub(crate) spacing_percent: f64,
    pub(crate) order_usdt: f64,
}

/// Two moving averages; their order is the trend.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct EmaPreset {
    pub(crate) fast: u32,
    pub(crate) slow: u32,
}

/// When to hold back, when to give up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RiskPreset {
    pub(crate) max_open_orders: usize,
    pub(crate) max_failures_in_a_row: u32,
}

impl Preset {
    /// The preset of a new installation.
    pub(super) fn first(fake: &Fake) -> Self {
        Self {
            name: "grid-btcusdt".to_owned(),
            symbol: "BTCUSDT".to_owned(),
            exchange: Credentials {
                name: "binance".to_owned(),
                api_key: fake.exchange_key("api key"),
                api_secret: fake.exchange_key("api secret"),
                passphrase: fake.passphrase(),
                recv_window_ms: 5_000,
                sync_time: false,
            },
            grid: GridPreset { levels: 5, spacing_percent: 0.05, order_usdt: 120.0 },
            ema: EmaPreset { fast: 9, slow: 21 },
            risk: RiskPreset { max_open_orders: 12, max_failures_in_a_row: 6 },
        }
    }

    pub(super) fn to_toml(&self) -> String {
        let text = toml::to_string(self).expect("a preset has string keys only");
        format!(
            "# Grid with an EMA cross as its filter. The keys are invented; the exchange is simulated.\n{text}"
        )
    }
}
