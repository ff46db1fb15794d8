//! Lines without a secret, as bots really write them, and the heads that log libraries put before a message.

use super::sheet::Sheet;
use crate::seeded::Seeded;

/// Messages full of what an engineer needs.
const MESSAGES: [&str; 64] = [
    "order filled id=«order_id» clientOrderId=«client_order_id» symbol=«symbol» price=«price» qty=«qty»",
    "ORDER_TRADE_UPDATE {\"e\":\"executionReport\",\"E\":«ms»,\"s\":\"«symbol»\",\"c\":\"«client_order_id»\",\"i\":«order_id»,\"p\":\"«price»\",\"t\":«trade_id»}",
    "Order «order_id» was rejected: «error_code» Timestamp for this request is outside of the recvWindow, nonce=«nonce»",
    "HTTP «status» from «hostname_public» in «latency» request_id=«uuid»",
    "GET «public_url» -> «status» in «latency»",
    "subscribed to «stream», sequence «order_id»",
    "deposit seen: tx «tx_hash» in block «block_hash», «~d2» confirmations",
    "withdrawal txid=«btc_txid» confirmed",
    "Transaction «solana_tx» landed in slot «trade_id»",
    "order hash «order_hash» posted to the book",
    "checksum of presets/grid.toml: sha256:«sha256»",
    "artifact sha256 «sha256» verified",
    "build «short_commit» commit «commit» rustc 1.95.0 «crate_version»",
    "etag \"«md5»\" unchanged, cache_key=BTCUSDT-1h",
    "trace_id=«trace_id» span=«~h16» took «latency»",
    "Windows «version_four», display driver «version_four», «chrome»",
    "bot version «version_ip» started, build «us»",
    "File version: «version_ip» product version «version_ip»",
    "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) «chrome» Safari/537.36",
    "connected to «private_ip»:5432, listening on «listen_address»",
    "metrics at http://«loopback»/metrics, peer «private_ip»",
    "example of the manual: curl http://«doc_ip»:8080/health",
    "route «cidr» via «private_ip» dev eth0",
    "tick at «us» µs, exchange time «ms», drift «latency»",
    "event time «ns» ns, «event_id» at «clock»",
    "«module»: reconnecting after «latency»",
    "    at «module» (./«source_line»)",
    "thread 'tokio-worker' panicked at «source_line»: index out of bounds: the len is 3 but the index is 7",
    "remote origin «git_remote» (fetch)",
    "installed «pin» and «npm_package»",
    "instrument «isin» «symbol» tick size 0.01",
    "segfault at «memory_address» ip «memory_address» error 4",
    "peer certificate SHA1 «cert_fingerprint» valid until 2027-03-01",
    "host key «ssh_fingerprint» (ED25519)",
    "next page cursor=«harmless_base64»",
    "note: «prose»",
    "«prose»",
    "token contract «contract» on chain 1 has 6 decimals",
    "approve(«contract») gas 46000 tx_hash=«tx_hash»",
    "config: «setting», «setting»",
    "loaded settings «setting»",
    "environment: «placeholder»",
    "check «placeholder» in your settings",
    "program «program_path»",
    "reading «program_path», started «program_path»",
    "funding rate «percent» for «symbol», mark «price», at «clock»",
    "strategy «strategy» opened a grid of 12 levels from «price» to «price»",
    "exchange answered {\"code\":«error_code_json»,\"msg\":\"Signature for this request is not valid.\"}",
    "Invalid API-key, IP, or permissions for action; symbol «symbol» code «error_code»",
    "the passphrase is incorrect, the password has expired, the secret was not accepted («error_code»)",
    "token refresh scheduled at «clock», signature verification skipped for «symbol»",
    "interface lo mac «null_mac», address «ip_six_local»",
    "theme accent «colour», layout grid",
    "idempotency key idem, request «uuid» replayed as «uuid»",
    "symbol «symbol» maker 0.02 taker «percent» step «qty»",
    "{\"orderId\":«order_id»,\"transactTime\":«ms»,\"price\":\"«price»\",\"origQty\":\"«qty»\",\"status\":\"NEW\"}",
    "fill price=«price» amount=«qty» fee=«qty» order_id=«order_id» trade_id=«trade_id»",
    "ws frame seq=«order_id» ts=«us» stream=«stream»",
    "candles «symbol» 1h from «ms» to «ms»: 500 rows in «latency»",
    "rate limit weight 1180/1200, retry in «latency» (X-MBX-USED-WEIGHT-1M: 1180)",
    "clock skew «latency» against «hostname_public», nonce «nonce» accepted",
    "slippage «percent» on «order_id», expected «price» got «price»",
    "risk: exposure «percent» of limit, «strategy» paused at «clock»",
    "order book «symbol» bids [[\"«price»\",\"«qty»\"],[\"«price»\",\"«qty»\"]] u=«order_id»",
];

/// Writes one message without a secret.
pub fn message(seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    let template = seeded.pick(&MESSAGES).replace("«error_code_json»", "-«~d4»");
    sheet.fill(&template, None, "noise", false, seeded);
    sheet
}

/// Who writes a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// freqtrade and other Python programs.
    Python,
    /// tracing.
    Rust,
    /// Log4j, Logback.
    Java,
    /// Serilog.
    DotNet,
    /// `NLog`.
    NLog,
    /// hummingbot.
    Hummingbot,
    /// winston with a printf format.
    Node,
    /// winston, pino: one JSON object a line.
    JsonLines,
    /// Go's slog and others.
    Logfmt,
    /// Through syslog.
    Syslog,
}

impl Flavour {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Python,
        Self::Rust,
        Self::Java,
        Self::DotNet,
        Self::NLog,
        Self::Hummingbot,
        Self::Node,
        Self::JsonLines,
        Self::Logfmt,
        Self::Syslog,
    ];

    /// Writes one record; `moment` makes its time unlike that of any other.
    pub fn record(self, sheet: &mut Sheet, message: &Sheet, moment: usize, seeded: &mut Seeded) {
        let (hour, minute, second, milli) =
            (moment / 3_600_000 % 24, moment / 60_000 % 60, moment / 1_000 % 60, moment % 1_000);
        let clock = format!("{hour:02}:{minute:02}:{second:02}");
        let level = *seeded.pick(&["INFO", "DEBUG", "WARN", "ERROR"]);
        match self {
            Self::JsonLines => {
                sheet.push(&format!("{{\"level\":\"{}\",\"time\":\"2026-11-24T{clock}.{milli:03}Z\",\"msg\":\"", level.to_lowercase()));
                sheet.embed(message, json_escape, "json log/");
                sheet.push(&format!("\",\"pid\":{}}}\n", seeded.between(300, 9_000)));
                return;
            }
            Self::Logfmt => {
                sheet.push(&format!("time=2026-11-24T{clock}.{milli:03}Z level={} msg=\"", level.to_lowercase()));
                sheet.embed(message, json_escape, "logfmt/");
                sheet.push("\" component=exchange\n");
                return;
            }
            Self::Python => sheet.push(&format!("2026-11-24 {clock},{milli:03} - freqtrade.exchange.exchange - {level} - ")),
            Self::Rust => sheet.push(&format!("2026-11-24T{clock}.{milli:03}417Z {level:>5} bot::exchange::rest: ")),
            Self::Java => sheet.push(&format!("2026-11-24 {clock}.{milli:03} [pool-2-thread-7] {level} com.bot.exchange.Client - ")),
            Self::DotNet => sheet.push(&format!("[{clock}.{milli:03} {}] ", &level[..3])),
            Self::NLog => sheet.push(&format!("2026-11-24 {clock}.{milli:03}1|{level}|Bot.Exchange.Client|")),
            Self::Hummingbot => {
                sheet.push(&format!("2026-11-24 {clock},{milli:03} - 4242 - hummingbot.core.web_assistant.connections - {level} - "))
            }
            Self::Node => sheet.push(&format!("[2026-11-24T{clock}.{milli:03}Z] {}: ", level.to_lowercase())),
            Self::Syslog => sheet.push(&format!("Nov 24 {clock} bot[4242]: {milli:03} ")),
        };
        sheet.append(message);
        sheet.push("\n");
    }
}

/// As between the quotes of JSON.
pub fn json_escape(text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("text is JSON");
    quoted[1..quoted.len() - 1].to_owned()
}
