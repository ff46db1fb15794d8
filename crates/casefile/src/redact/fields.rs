//! What is a field of a log and no value of the name before it, and what people are called before their mail, where they live,
//! and what a key of a feed of data is called.

use super::catalogue::all_go;
use super::tests::{ALNUM, HEX, hides, keeps, made};
use super::{KnownValues, Raw, Redactor};

/// Cleans the text knowing what it teaches, as a folder is cleaned.
fn clean(text: &str) -> String {
    let mut known = KnownValues::new();
    known.learn(Raw::from_text(text), "bot.log");
    Redactor::builder().known(known).build().clean_text(text).0.as_str().to_owned()
}

#[test]
fn a_field_of_a_log_is_no_value_of_the_name_before_it() {
    for line in [
        "auth token refresh scheduled passphrase= lan=10.0.1.60:62599",
        "{\"lvl\": \"INFO\", \"msg\": \"apiKey= secret= exchange=okx\"}",
        "config: ?compass=53&fee=0.00494&privateKey= thread=30",
        "opts {Secret:your_exchange_key Schema:https://json-schema.org/draft/2020-12/schema Secretary:on}",
        "rotate_keys(tokens_left=552 token_type=Bearer region=ap-northeast-1 design=dark) -> ok",
        "verify_licence(auth_mode:ed25519 | pin:false | key_type:RSA)",
        "  # key & secret: exchange > API management",
        "    [owner] => Array",
        "<26>1 2025-03-28T22:00:44.014Z bot license 7320 ID8 - Chrome/121.0.6318.66 Electron/3.4.3",
        "2025-01-28T21:32:43Z TRACE auth: approve 0x56dda440be58a6fb94eee2170400ac9433027fea nonce=407",
        "2025-01-28T21:32:43Z TRACE license: \"{\\\"timeframe\\\":\\\"15m\\\",\\\"password_min_length\\\":16}\"",
        "2026-11-02 10:00:00|WARN|Bot.License|listening on 127.0.0.1:9000",
        "{\"key\": \"OPEN_ORDERS.0.clientOrderId\", \"value\": 17}",
        "<Parameter name=\"SessionKey\">RTH</Parameter>",
        "address = 192.168.1.1 port 80",
        "address: 0x1234 in 4 blocks",
        "adres: 3 bloki",
    ] {
        assert_eq!(clean(line), line);
    }
    keeps(&format!("ERR token listed rev={}", made(HEX, 40, 1)));
    keeps(&format!("(token_type:Bearer | build:{})", made(HEX, 40, 2)));
    keeps(&format!("host key unchanged handle=0x{} channel=kline_1m", made(HEX, 16, 3)));
    hides("license-key", "2026-11-02 10:00:00|WARN|Bot.License|", "ABCD-1234-EFGH-5678", "");
    hides("password", "password hash=", &made(HEX, 40, 4), " ok");
    hides("api-key", "{\"key\": \"", "kX9pQ2mW8vR4.tT6yU8iO0pL", "\"}");
}

#[test]
fn names_of_people_stand_before_their_mail_and_their_streets_in_sentences() {
    for (line, left) in [
        ("user Jan Kowalski (jan.kowalski@example.pl) logged in", "user <>(<>) logged in"),
        ("customer Anna Maria Nowak - anna@example.com", "customer <>- <>"),
        ("Kontakt: Nowak Anna, anna@example.com", "Kontakt: <>, <>"),
        ("mail of Binance Support (desk@example.com)", "mail of Binance Support (<>)"),
        ("Registered address: Baker Mews 39/7, London", "Registered address: <>"),
        ("PESEL missing, adres: Lindenallee 118/23", "PESEL missing, adres: <>"),
        ("Klient: adres Hauptstra\u{df}e 160/54, wersja 3.2.13", "Klient: adres <>, wersja 3.2.13"),
        ("account SIM1234567M connected", "account <> connected"),
    ] {
        let hidden = clean(line);
        let mut rest = hidden.as_str();
        for part in left.split("<>") {
            let at = rest.find(part.trim_end()).unwrap_or_else(|| panic!("{line}: {hidden}"));
            rest = &rest[at + part.trim_end().len()..];
        }
        assert_eq!(hidden.matches('<').count(), left.matches("<>").count(), "{hidden}");
    }
}

#[test]
fn a_feed_of_data_stands_between_its_key_and_the_word() {
    all_go(&["api key polygon §a32§ range 2025", "api key for finnhub §a20§", "klucz do polygon §a32§"]);
    keeps(&format!("rpc polygon tx 0x{}", made(HEX, 64, 5)));
    keeps("data key polygon not set");
    hides("api-key", "polygon api key ", &made(ALNUM, 32, 6), "");
}
