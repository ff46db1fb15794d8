//! What an engineer needs to see: it has to survive.

use data_encoding::{BASE64, HEXLOWER};

use super::{checked, pattern, wallets};
use crate::seeded::Seeded;

/// Makes one survivor of the kind.
#[expect(clippy::too_many_lines, reason = "a table of kinds")]
pub fn make(kind: &str, seeded: &mut Seeded) -> String {
    let micros = || 1_764_000_000_000_000_u64;
    match kind {
        "order_id" => {
            let length = *seeded.pick(&[9, 11, 16, 17, 18, 19]);
            seeded.digits(length)
        }
        "client_order_id" => {
            let head = *seeded.pick(&["x-HBOT", "web_", "t-", "FT-", "grid-7-", "and_"]);
            format!("{head}{}", seeded.alphanumeric(18))
        }
        "trade_id" => seeded.digits(9),
        "ms" => (micros() / 1_000 + seeded.bits() % 900_000_000).to_string(),
        "us" => (micros() + seeded.bits() % 900_000_000_000).to_string(),
        "ns" => ((micros() + seeded.bits() % 900_000_000_000) * 1_000 + seeded.bits() % 1_000).to_string(),
        "tx_hash" | "order_hash" | "block_hash" => format!("0x{}", seeded.hex(64)),
        "btc_txid" | "sha256" => seeded.hex(64),
        "solana_tx" => pattern::make("{solana-signature}", seeded).text,
        "commit" => seeded.hex(40),
        "short_commit" => format!("g{}", seeded.hex(7)),
        "md5" | "trace_id" => seeded.hex(32),
        "uuid" => pattern::uuid(seeded),
        "symbol" => (*seeded.pick(&[
            "BTCUSDT",
            "ETH/USDT",
            "SOL-USD",
            "XRP_USDT",
            "BTC/USDT:USDT",
            "PF_XBTUSD",
            "tBTCUSD",
            "XXBTZUSD",
            "BTC-PERPETUAL",
            "1000PEPEUSDT",
            "EUR_USD",
        ]))
        .to_owned(),
        "price" => format!("{}.{}", seeded.digits(5), seeded.digits(2)),
        "qty" => format!("0.{}", seeded.text("0123456789", 2) + &seeded.digits(3)),
        "percent" => format!("{}.{:02}%", seeded.between(0, 99), seeded.between(0, 99)),
        "latency" => format!("{}ms", seeded.between(3, 4_000)),
        "private_ip" => match seeded.below(4) {
            0 => format!("192.168.{}.{}", seeded.between(0, 250), seeded.between(2, 250)),
            1 => {
                format!("10.{}.{}.{}", seeded.between(0, 250), seeded.between(0, 250), seeded.between(2, 250))
            }
            2 => format!(
                "172.{}.{}.{}",
                seeded.between(16, 31),
                seeded.between(0, 250),
                seeded.between(2, 250)
            ),
            _ => format!("169.254.{}.{}", seeded.between(1, 250), seeded.between(2, 250)),
        },
        "loopback" => format!("127.0.0.1:{}", seeded.between(1_025, 65_000)),
        "listen_address" => format!("0.0.0.0:{}", seeded.between(1_025, 65_000)),
        "doc_ip" => format!("203.0.113.{}", seeded.between(2, 250)),
        "cidr" => format!("10.{}.0.0/16", seeded.between(1, 250)),
        "version_four" => format!(
            "{}.0.{}.{}",
            seeded.between(6, 11),
            seeded.between(19_041, 26_100),
            seeded.between(300, 4_000)
        ),
        "version_ip" => format!(
            "{}.{}.{}.{}",
            seeded.between(1, 30),
            seeded.between(0, 40),
            seeded.between(0, 60),
            seeded.between(1, 99)
        ),
        "chrome" => format!(
            "Chrome/{}.0.{}.{}",
            seeded.between(100, 140),
            seeded.between(5_000, 7_000),
            seeded.between(30, 210)
        ),
        "crate_version" => {
            let name = *seeded.pick(&["tokio", "hyper", "reqwest", "rustls", "serde_json"]);
            format!("{name}-{}.{}.{}", seeded.between(0, 2), seeded.between(0, 40), seeded.between(0, 20))
        }
        "pin" => format!(
            "{}=={}.{}.{}",
            seeded.pick(&["ccxt", "freqtrade", "aiohttp"]),
            seeded.between(1, 9),
            seeded.between(0, 40),
            seeded.between(0, 99)
        ),
        "module" => (*seeded.pick(&[
            "bot::exchange::binance",
            "talpid_core::firewall",
            "ccxt.async_support.base.exchange",
            "hummingbot.connector.exchange.okx.okx_api_order_book_data_source",
            "com.bot.exchange.OkxClient",
            "grid_engine::ladder::step",
            "Bot.Trading.Engine",
            "de::ab::cafe::net",
        ]))
        .to_owned(),
        "source_line" => format!(
            "src/{}.rs:{}:{}",
            seeded.pick(&["engine/grid", "exchange/ws", "risk"]),
            seeded.between(10, 900),
            seeded.between(5, 60)
        ),
        "git_remote" => format!("git@git.example.com:desk/{}.git", seeded.lower(8)),
        "stream" => format!(
            "{}@{}",
            seeded.pick(&["btcusdt", "ethusdt", "solusdt"]),
            seeded.pick(&["kline_1m", "trade", "depth20", "bookTicker"])
        ),
        "npm_package" => format!(
            "@types/{}@{}.{}.{}",
            seeded.lower(6),
            seeded.between(1, 22),
            seeded.between(0, 20),
            seeded.between(0, 20)
        ),
        "isin" => format!(
            "{}{}{}",
            seeded.pick(&["US", "DE", "PL"]),
            seeded.text("0123456789", 9),
            seeded.below(10)
        ),
        "memory_address" => format!("0x0000{}", seeded.hex(12)),
        "cert_fingerprint" => HEXLOWER
            .encode(&seeded.bytes::<20>())
            .to_uppercase()
            .as_bytes()
            .chunks(2)
            .map(|pair| String::from_utf8_lossy(pair).into_owned())
            .collect::<Vec<_>>()
            .join(":"),
        "ssh_fingerprint" => format!("SHA256:{}", BASE64.encode(&seeded.bytes::<32>()).trim_end_matches('=')),
        "harmless_base64" => checked::harmless_base64(seeded),
        "prose" => prose(seeded),
        "contract" => (*seeded.pick(&CONTRACTS)).to_owned(),
        "error_code" => (*seeded.pick(&[
            "-1021",
            "-2010",
            "-2014",
            "50111",
            "51008",
            "10003",
            "EAPI:Invalid nonce",
            "EOrder:Insufficient funds",
            "40018",
            "INVALID_SIGNATURE",
            "-1022",
        ]))
        .to_owned(),
        "setting" => (*seeded.pick(&SETTINGS)).to_owned(),
        "placeholder" => (*seeded.pick(&PLACEHOLDERS)).to_owned(),
        "program_path" => (*seeded.pick(&[
            "C:\\Program Files\\TradeBot\\bot.exe",
            "C:\\ProgramData\\TradeBot\\logs\\bot.log",
            "C:\\Users\\Public\\Documents",
            "/usr/lib/x86_64-linux-gnu/libssl.so.3",
            "/var/log/tradebot/bot.log",
            "/opt/tradebot/bin/tradebot",
            "D:\\bots\\grid\\presets\\btc.json",
            "/app/user_data/strategies/Grid.py",
        ]))
        .to_owned(),
        "public_url" => (*seeded.pick(&[
            "https://api.binance.com/api/v3/klines?symbol=BTCUSDT&interval=1h&limit=500",
            "wss://ws.okx.com:8443/ws/v5/public",
            "https://docs.example.org/users/guide",
            "https://api.kraken.com/0/public/Ticker?pair=XBTUSD",
            "wss://stream.bybit.com/v5/public/linear",
        ]))
        .to_owned(),
        "clock" => format!("{:02}:{:02}:{:02}", seeded.below(24), seeded.below(60), seeded.below(60)),
        "null_mac" => (*seeded.pick(&["00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"])).to_owned(),
        "ip_six_local" => (*seeded.pick(&["::1", "fe80::1", "[::]:8080", "[::1]:9090"])).to_owned(),
        "nonce" => (1_764_000_000_000_000_u64 + seeded.bits() % 900_000_000_000).to_string(),
        "status" => format!(
            "HTTP/1.1 {}",
            seeded.pick(&["200 OK", "401 Unauthorized", "429 Too Many Requests", "502 Bad Gateway"])
        ),
        "colour" => format!("#{}", seeded.hex(6)),
        "strategy" => (*seeded.pick(&[
            "GridDCA_v3",
            "MeanReversion",
            "SuperTrend",
            "arb_triangular",
            "RSI_divergence_5m",
        ]))
        .to_owned(),
        "hostname_public" => (*seeded.pick(&[
            "api.binance.com",
            "www.okx.com",
            "api.bybit.com",
            "api.kraken.com",
            "api.zondacrypto.exchange",
        ]))
        .to_owned(),
        "event_id" => format!("evt-{}", seeded.digits(8)),
        "idempotency" => format!("idem-{}", pattern::uuid(seeded)),
        _ => panic!("nothing that survives is called {kind}"),
    }
}

/// Three or four words of the list in a sentence, as they stand in any text.
fn prose(seeded: &mut Seeded) -> String {
    let words: Vec<_> = wallets::words(seeded, 4).split(' ').map(str::to_owned).collect();
    match seeded.below(3) {
        0 => format!("the {} of {} was {} before noon", words[0], words[1], words[2]),
        1 => format!(
            "{} {} {}: strategy will abandon this order about the range",
            words[0], words[1], words[2]
        ),
        _ => format!("cannot {} the {} because the {} is under the limit", words[0], words[1], words[2]),
    }
}

/// Tokens that everybody trades: public facts.
const CONTRACTS: [&str; 3] = [
    "0xdAC17F958D2ee523a2206206994597C13D831ec7",
    "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
    "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",
];

/// Names that only look like those of secrets, and secrets that are not there.
const SETTINGS: [&str; 34] = [
    "max_tokens=4096",
    "token_symbol=USDC",
    "primary_key=order_id",
    "password_changed=false",
    "has_pin=true",
    "key_levels=12",
    "api_version=v3",
    "token_count=7",
    "keyboard_layout=pl",
    "sort_key=timestamp",
    "cache_key=BTCUSDT-1h",
    "partition_key=BTC",
    "authenticated=true",
    "secret_loaded=true",
    "api_key_present=true",
    "token_decimals=18",
    "has_api_key=true",
    "use_passphrase=false",
    "password_length=12",
    "login_attempts=3",
    "session_count=2",
    "cookie_policy=strict",
    "key_count=4",
    "signature_valid=false",
    "keepalive=30",
    "auth_method=hmac",
    "signature_version=2",
    "token_type=bearer",
    "use_proxy=false",
    "seed_nodes=3",
    "hotkey=F5",
    "foreign_key=orders",
    "quote_token=USDT",
    "balance_check=enabled",
];

const PLACEHOLDERS: [&str; 18] = [
    "api_key=${BINANCE_API_KEY}",
    "api_secret: <not set>",
    "apiKey=your_api_key_here",
    "password=\"\"",
    "secret=null",
    "api_key=None",
    "token: undefined",
    "password: ********",
    "api_secret=<redacted>",
    "BINANCE_SECRET=",
    "apiSecret: ''",
    "token=$TELEGRAM_TOKEN",
    "passphrase={{ okx_passphrase }}",
    "api_key=%BINANCE_KEY%",
    "secret=os.environ[\"SECRET\"]",
    "api_key=<YOUR_API_KEY>",
    "password: (none)",
    "api_key=not configured",
];
