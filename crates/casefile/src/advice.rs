//! What a person should do because something secret stood where it does not belong: a key that was in a log may have been
//! read by others already, before it was hidden from us.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::bundle::Bundle;

/// One secret to be replaced, or several of one kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rotation {
    /// What it is.
    pub exposed: Exposed,
    /// The exchange that it is for, if the lines around it say so.
    pub venue: Option<Venue>,
    /// Where it stood, sorted.
    pub entries: Vec<String>,
}

/// What stood in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Exposed {
    /// A key of an exchange or its secret: make a new one and delete the old one.
    ExchangeKey,
    /// The recovery phrase or the private key of a wallet: nothing helps but another wallet.
    Wallet,
    /// The token of a messenger's bot, or an address that posts into a channel.
    Messenger,
    /// A password.
    Password,
}

/// An exchange, and its page where keys are made and deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Venue {
    /// Its name.
    pub name: &'static str,
    /// The page; it asks its owner to sign in.
    pub keys_page: &'static str,
}

/// The word by which a venue is known, in small letters, and the venue.
const VENUES: [(&str, Venue); 12] = [
    (
        "binance",
        Venue { name: "Binance", keys_page: "https://www.binance.com/en/my/settings/api-management" },
    ),
    ("bitfinex", Venue { name: "Bitfinex", keys_page: "https://setting.bitfinex.com/api" }),
    ("bitget", Venue { name: "Bitget", keys_page: "https://www.bitget.com/account/newapi" }),
    ("bitmex", Venue { name: "BitMEX", keys_page: "https://www.bitmex.com/app/apiKeys" }),
    ("bybit", Venue { name: "Bybit", keys_page: "https://www.bybit.com/app/user/api-management" }),
    ("coinbase", Venue { name: "Coinbase", keys_page: "https://www.coinbase.com/settings/api" }),
    ("gate.io", Venue { name: "Gate", keys_page: "https://www.gate.com/myaccount/api_key_manage" }),
    ("gateio", Venue { name: "Gate", keys_page: "https://www.gate.com/myaccount/api_key_manage" }),
    ("kraken", Venue { name: "Kraken", keys_page: "https://www.kraken.com/u/security/api" }),
    ("kucoin", Venue { name: "KuCoin", keys_page: "https://www.kucoin.com/account/api" }),
    ("mexc", Venue { name: "MEXC", keys_page: "https://www.mexc.com/user/openapi" }),
    ("okx", Venue { name: "OKX", keys_page: "https://www.okx.com/account/my-api" }),
];

/// Rules whose hits can still be used by whoever has read the log, and what they are. What holds for one request or one
/// session is none of them.
const EXPOSING: [(&str, Exposed); 9] = [
    ("api-key", Exposed::ExchangeKey),
    ("api-secret", Exposed::ExchangeKey),
    ("known-value", Exposed::ExchangeKey),
    ("password", Exposed::Password),
    ("connection-url", Exposed::Password),
    ("telegram-token", Exposed::Messenger),
    ("webhook", Exposed::Messenger),
    ("private-key", Exposed::Wallet),
    ("recovery-phrase", Exposed::Wallet),
];

/// Stand-ins of exchange keys, as they begin.
const KEY_MARKS: [&str; 3] = ["<api_key:", "<api_secret:", "<secret:"];

/// What is looked at together; the marks of one line are in it, but for lines that are longer.
const BLOCK_BYTES: usize = 256 << 10;
/// An entry without end is not looked through to its end.
const MAX_ENTRY_BYTES: u64 = 256 << 20;

/// Finds what has to be replaced, the worst first. A key in a preset is where it belongs, and is none.
///
/// Reads the entries in which keys of exchanges were hidden; call it on a thread of its own.
///
/// # Errors
/// What the disk says.
pub fn rotations(bundle: &Bundle) -> io::Result<Vec<Rotation>> {
    let mut found: BTreeMap<(Exposed, Option<Venue>), BTreeSet<String>> = BTreeMap::new();
    for entry in &bundle.manifest().entries {
        let is_log =
            ["logs/", "crash/", "monitoring/", "attachments/"].iter().any(|of| entry.name.starts_with(of));
        if !is_log || !entry.status.is_stored() {
            continue;
        }
        let exposed: BTreeSet<Exposed> = entry
            .hits
            .keys()
            .filter_map(|hit| EXPOSING.iter().find(|(rule, _)| rule == hit))
            .map(|(_, is)| *is)
            .collect();
        for exposed in exposed {
            let venues = if exposed == Exposed::ExchangeKey {
                venues_of(bundle.read(&entry.name)?.take(MAX_ENTRY_BYTES))?
            } else {
                BTreeSet::new()
            };
            let venues: Vec<Option<Venue>> =
                if venues.is_empty() { vec![None] } else { venues.into_iter().map(Some).collect() };
            for venue in venues {
                found.entry((exposed, venue)).or_default().insert(entry.name.clone());
            }
        }
    }
    let rotation = |((exposed, venue), entries): (_, BTreeSet<String>)| Rotation {
        exposed,
        venue,
        entries: entries.into_iter().collect(),
    };
    Ok(found.into_iter().map(rotation).collect())
}

/// The venues that are named in lines where a key was hidden; if there are none, the one that the text names most.
fn venues_of(mut text: impl Read) -> io::Result<BTreeSet<Venue>> {
    let words = words();
    let (mut beside, mut everywhere) = (BTreeSet::new(), BTreeMap::<Venue, u64>::new());
    let mut block = Vec::new();
    loop {
        let room = BLOCK_BYTES.saturating_sub(block.len()) as u64;
        let read = text.by_ref().take(room.max(1)).read_to_end(&mut block)?;
        if block.is_empty() {
            break;
        }
        let end = match memchr::memrchr(b'\n', &block) {
            Some(at) if read > 0 => at + 1,
            _ => block.len(),
        };
        for line in block[..end].split(|byte| *byte == b'\n') {
            let (mut named, mut has_key) = (BTreeSet::new(), false);
            for found in words.find_iter(line) {
                match VENUES.get(found.pattern().as_usize()) {
                    Some((_, venue)) => _ = named.insert(*venue),
                    None => has_key = true,
                }
            }
            for venue in &named {
                *everywhere.entry(*venue).or_default() += 1;
            }
            if has_key {
                beside.extend(named);
            }
        }
        block.drain(..end);
    }
    if beside.is_empty() {
        beside.extend(everywhere.into_iter().max_by_key(|(_, count)| *count).map(|(venue, _)| venue));
    }
    Ok(beside)
}

/// The words of venues, then the marks.
fn words() -> &'static AhoCorasick {
    static WORDS: OnceLock<AhoCorasick> = OnceLock::new();
    WORDS.get_or_init(|| {
        let all = VENUES.iter().map(|(word, _)| *word).chain(KEY_MARKS);
        let built = AhoCorasick::builder().ascii_case_insensitive(true).build(all);
        built.expect("a dozen short words make a small automaton")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Category, Priority, Request};
    use crate::{Progress, Reporter};

    /// A value that looks like a key and is none.
    fn key(seed: usize) -> String {
        (0..64)
            .map(|at| {
                char::from(b"abcdefghijkmnpqrstuvwxyzABCDEFGH23456789"[(at * 7 + seed * at + seed) % 40])
            })
            .collect()
    }

    fn told(files: &[(&str, String)]) -> Vec<(Exposed, Option<&'static str>, String)> {
        let home = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = home.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let builder = Reporter::builder("a", "Bot", "1").outbox(home.path().join("outbox"));
        let reporter =
            builder.logs(home.path().join("logs")).presets(home.path().join("preset")).build().unwrap();
        let request = Request::new("t", "d", Priority::P3, Category::Runtime);
        let draft =
            reporter.seal(&request, "2026-11-24T10:00:00Z".parse().unwrap(), &Progress::new()).unwrap();
        let rotations = rotations(&draft.bundle).unwrap();
        let row = |it: Rotation| (it.exposed, it.venue.map(|venue| venue.name), it.entries.join(" "));
        rotations.into_iter().map(row).collect()
    }

    #[test]
    fn a_key_in_a_log_is_to_be_rotated_where_the_line_says() {
        let bybit = format!(
            "2026-11-24 INFO wss://stream.bybit.com up\n2026-11-24 DEBUG https://api.binance.com apiKey={}\n",
            key(3)
        );
        let nameless = format!("2026-11-24 connected to kraken\n2026-11-24 api_secret={}\n", key(5));
        let told = told(&[
            ("logs/a.log", bybit),
            ("logs/b.log", nameless),
            ("logs/c.log", format!("2026-11-24 password={}\n", &key(7)[..18])),
            ("logs/quiet.log", "2026-11-24 okx is fine\n".to_owned()),
        ]);
        assert_eq!(
            told,
            [
                (Exposed::ExchangeKey, Some("Binance"), "logs/a.log".to_owned()),
                (Exposed::ExchangeKey, Some("Kraken"), "logs/b.log".to_owned()),
                (Exposed::Password, None, "logs/c.log".to_owned()),
            ]
        );
    }

    #[test]
    fn a_key_in_a_preset_is_where_it_belongs() {
        let preset = ("preset/grid.toml", format!("exchange = \"binance\"\napi_secret = \"{}\"\n", key(9)));
        assert_eq!(told(&[preset.clone(), ("logs/a.log", "2026-11-24 started\n".to_owned())]), []);
        // The same value in a log is not.
        let log = format!("2026-11-24 binance says {} is fine\n", key(9));
        let expected = [(Exposed::ExchangeKey, Some("Binance"), "logs/a.log".to_owned())];
        assert_eq!(told(&[preset, ("logs/a.log", log)]), expected);
    }

    #[test]
    fn every_page_is_a_web_page_of_its_venue() {
        for (word, Venue { name, keys_page }) in VENUES {
            let host = keys_page.strip_prefix("https://").unwrap().split('/').next().unwrap();
            let first = name.to_ascii_lowercase();
            assert!(host.contains(&first) && word.starts_with(&first[..3]), "{name} {host}");
        }
    }
}
