//! What looks like a secret, or stands beside one, and is evidence: lines that were hidden or broken once, each next to the line
//! of the same kind that has to go.

use super::tests::{ALNUM, HEX, hides, keeps, made};
use super::*;

fn clean(text: &str) -> String {
    Redactor::builder().build().clean_text(text).0.into_string()
}

/// What a redactor that learnt from one text makes of another.
fn clean_knowing(learnt: &str, text: &str) -> String {
    let mut known = KnownValues::new();
    known.learn(Raw::from_text(learnt), "");
    Redactor::builder().known(known).build().clean_text(text).0.into_string()
}

#[test]
fn who_speaks_names_nothing() {
    let id = made(HEX, 16, 1);
    for line in [
        "2026-11-02T17:53:05.704Z DEBUG sniper::feed::token_list: pool=TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t price=79020.04",
        "2026-11-02T18:00:53.761Z TRACE arb::auth: nonce=1792744754285 seq=73 key_count=91373",
        "2026-11-03 06:00:00,002 INFO bot.auth: nonce=1792744754285 seq=73",
        "2026-11-03 06:00:00.002 DEBUG 4411 --- [main] c.b.cache.token : pool=TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
        "2026-11-03 06:00:00|INFO|auth|nonce=1792744754285; seq=73",
        "[ERROR] auth: nonce=1792744754285 rejected",
        "Nov 03 06:00:00 vps auth: trace=127ca71891a35eca6f7c98d258ee587e seq=7",
        "bot-auth-1  | 06:00:00 nonce=1792744754285 seq=7",
        "token-indexer-1  | pool=TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t price=1",
    ] {
        keeps(line);
    }
    keeps(&format!("INFO hl_bot::auth: span{{id={id} trace={id}{id}}} decoded 85218 events"));
    // What follows and has a name of its own goes.
    let key = made(ALNUM, 40, 2);
    hides("api-key", "INFO arb::auth: apiKey=", &key, " nonce=1792744754285");
    hides("api-key", "06:00|INFO|Auth|apiKey=", &key, "; seq=1");
    hides("api-key", "bot-auth-1  | apiKey=", &key, " seq=1");
    // Nothing speaks here.
    hides("token", "session_token | ", &key, "\n");
    hides("token", "auth: ", &format!("v1={key}"), "\n");
    hides("api-key", "exchange.api_key: ", &format!("{key}="), "\n");
}

#[test]
fn what_a_cache_keeps_symbols_under_stays() {
    for key in [
        "ohlcv:ES 03-27",
        "ticker:BTC-27MAR26-90000-C",
        "orderbook:1000PEPEUSDT:20",
        "ohlcv:BTC/USDT:1m",
        "candles:binance:ETHUSDT_240927",
        "positions:sub1:ETH-28MAR25-3500-P",
    ] {
        keeps(&format!("{{\"event\": \"cache\", \"key\": \"{key}\", \"hit\": true}}"));
        if !key.contains(' ') {
            keeps(&format!("level=debug msg=\"cache miss\" key={key} ttl=373"));
        }
    }
    hides("api-key", "{\"key\": \"", &format!("live:{}", made(ALNUM, 32, 3)), "\"}");
    hides("api-key", "{\"key\": \"", "prod:A7K2M9X4Q1Z8B3", "\"}");
}

#[test]
fn numbers_of_orders_are_no_cards() {
    // It passes the check of a card.
    let number = "5209710165228893";
    for (before, after) in [
        ("Zlecenie ", " na SOLUSDT zrealizowane po 63510.29"),
        ("Pozycja ", " zamkni\u{119}ta"),
        ("{\"e\":\"executionReport\",\"i\":", ",\"s\":\"BTCUSDT\"}"),
        ("closed #", " 0.1 lot"),
        ("", ";BUY;BTCUSDT"),
        ("args: [\"", "\", \"SELL\"]"),
        ("8=FIX.4.4|35=8|11=x-HNA|37=", "|55=ETHUSDT|10=001|"),
        ("8=FIX.4.4\u{1}35=8\u{1}37=", "\u{1}55=ETHUSDT\u{1}10=001\u{1}"),
        ("INFO sqlalchemy.engine.Engine [cached since 4.9s ago] (69345, 'XBT/USD', '", "', 'ios_53e44e61')"),
        ("Params: (69345, ", ", 'BUY')"),
    ] {
        keeps(&format!("{before}{number}{after}"));
    }
    hides("card", "8=FIX.4.4|35=8|489=", number, "|55=ETHUSDT|10=001|");
    hides("card", "INSERT INTO cards (holder, number) VALUES (?, ?)\n('x', '", number, "')");
    hides("card", "charged ", number, " today\n");
    hides("card", "Zlecenie op\u{142}acone kart\u{105} ", number, "\n");
}

#[test]
fn names_of_secrets_and_of_public_keys_stay() {
    let fingerprint = "7169605F62C751356D054A26A821E680E5FA6305";
    keeps("    secrets:\n      - kraken_secret\n      - db_password\n    ports: []\n");
    keeps(&format!("      \"GPG_KEY={fingerprint}\",\n"));
    keeps(&format!("gpg key {fingerprint} is valid, GPG_KEY_ID={}\n", &fingerprint[24..]));
    keeps(&format!("[user]\n\tsigningkey = {fingerprint}\n"));
    hides("api-key", "GPG_KEY=", &made(ALNUM, 64, 4), "\n");
    hides("api-key", "api_key=", &made(HEX, 40, 5), "\n");
}

#[test]
fn what_stands_between_a_beginning_and_its_value_goes_at_once() {
    let hash = format!("$2b$12${}", made(ALNUM, 53, 10));
    let text = format!(
        "\"type\": \"random_password\",\n\"instances\": [{{\n\"attributes\": {{\n{:64}\"bcrypt_hash\": \"{hash}\",\n\"result\": \"Meadow!mIZmC2L*34\"\n",
        ""
    );
    let once = clean(&text);
    assert!(!once.contains(&hash) && !once.contains("Meadow") && clean(&once) == once, "{once}");
}

#[test]
fn a_phrase_in_a_list_over_lines_leaves_a_list() {
    let words = phrase::made_from(&[0x5a; 16]);
    let (first, rest) = (words[..6].join("\", \""), words[6..].join("\", \""));
    for end in ["\n", "\r\n"] {
        let text = format!("mnemonic = [{end}  \"{first}\",{end}  \"{rest}\",{end}]{end}n = 3{end}");
        let clean = clean(&text);
        let table: toml::Table = clean.parse().unwrap_or_else(|error| panic!("{error}: {clean}"));
        assert!(table["n"].as_integer() == Some(3) && !clean.contains(words[3]), "{clean}");
        assert_eq!(clean.lines().count(), text.lines().count());
    }
    let text = format!("{{\"mnemonic\": [\n  \"{first}\",\n  \"{rest}\"\n], \"n\": 3}}");
    let value: serde_json::Value = serde_json::from_str(&clean(&text)).unwrap();
    assert!(value["n"] == 3 && !value.to_string().contains(words[3]), "{value}");
}

#[test]
fn a_path_is_no_value() {
    for line in [
        "PWD=/var/lib/bot ; USER=root ; COMMAND=/usr/bin/systemctl restart bot",
        "mac /Library/Application Support/Bot/config20.plist",
        "password_file=/etc/bot/pw2026.txt",
        "credentials=/opt/bot/cred-2026-11-20.json",
        "token: /opt/bot/v2/keys/token_2026.txt",
    ] {
        keeps(line);
    }
    hides("home-path", "PWD=/home/", "wojciechtsv13", "/bot ; USER=root");
    hides("home-path", "mac /Users/", "wojciechtsv13", "/Library/Application Support/Bot/config.plist");
    hides("private-key", "mac ", &made(HEX, 64, 6), "\n");
    hides("password", "password=", "/K9x2Lq/8Zr", "\n");
    hides("api-key", "api_key=", &format!("/home/x/{}", made(ALNUM, 40, 7)), "\n");
}

#[test]
fn what_stands_beside_a_value_stays() {
    let (token, password) = (made(HEX, 40, 8), "Tatry*WJMZWob8-48");
    hides("account-id", "UID: ", "962628004", " VIP 1 sub-account main\n");
    hides("account-id", "account: ", "962628004", " (spot)\n");
    hides("account-id", "uid: ", "962628004", "\n");
    hides("authorization", ">> \"Authorization: Bearer ", &token, "[\\r][\\n]\"");
    hides("api-key", ">> \"X-MBX-APIKEY: ", &token, "[\\r][\\n]\"");
    hides("api-secret", "exchange.htx.secret-key=", "78553c72-409d3081-6fe7a52e-c3d01", "\n");
    hides(
        "host-name",
        "      Computer Name: ",
        "Siobhan Solberg\u{2019}s MacBook Pro",
        "\n      Boot Mode: Normal\n",
    );
    let clean_name = clean("      User Name: Siobhan D\u{105}browska (zofiaerz59)\n");
    assert!(
        clean_name.starts_with("      User Name: <person:") && clean_name.ends_with(">)\n"),
        "{clean_name}"
    );
    hides("host-name", "Computer Name: ", "MacBook Air (Anna)", "\n");
    keeps("Computer Name: MacBook Pro\n");
    keeps("[03.11.2026 07:00] user: help, my bot does not start");
    hides("user-name", "[03.11.2026 07:00] user: ", "jkowal", ", logged in");
    hides("password", "new NetworkCredential(\"bot\", \"", password, "\")");
    hides(
        "password",
        "New-Object PSCredential('bot', (ConvertTo-SecureString '",
        password,
        "' -AsPlainText -Force))",
    );
    let pair = clean(&format!("credential = Credential(\"jkowal77\", \"{password}\")"));
    assert!(!pair.contains(password) && pair.matches("<password:").count() == 1, "{pair}");
    let clean = clean(&format!("new NetworkCredential(\"jkowal77\", \"{password}\")"));
    assert!(!clean.contains(password) && clean.starts_with("new NetworkCredential(\"<user:"), "{clean}");
}

#[test]
fn settings_of_one_width_stay_settings() {
    let (key, secret) = ("6662b7b1-3f68d0f2-2f33ecac-db455", "78553c72-409d3081-6fe7a52e-c3d01");
    let clean = clean(&format!(
        "exchange.htx.access-key={key}\nexchange.htx.secret-key={secret}\nexchange.bitmex.apiKey = {}\nx=1\n",
        made(ALNUM, 24, 9)
    ));
    let names: Vec<_> = clean.lines().map(|line| line.split('<').next().unwrap()).collect();
    assert_eq!(
        names,
        ["exchange.htx.access-key=", "exchange.htx.secret-key=", "exchange.bitmex.apiKey = ", "x=1"]
    );
    assert!(!clean.contains(key) && !clean.contains(secret), "{clean}");
}

#[test]
fn names_of_programs_are_nobody_elsewhere() {
    for name in ["prom", "telegraf", "deploy", "momentum", "breakout", "www-data", "scalp"] {
        let text = format!(
            "image={name}/x:v2.55.1\nstages: [test, {name}]\nstrategy {name} opened\n[{name}] POST\n"
        );
        for place in ["username: ", "ansible_user=", "user="] {
            assert_eq!(clean_knowing(&format!("{place}{name}\n"), &text), text);
        }
    }
    // A word that no list has is a thing where a text says so.
    for thing in ["image: acme/undertow:v1\n", "strategy = \"undertow\"\n"] {
        let learnt = format!("user=undertow\n{thing}");
        assert_eq!(clean_knowing(&learnt, "strategy undertow opened\n"), "strategy undertow opened\n");
    }
    // Whose image it is and who wrote a mail can be the person.
    for besides in ["", "image: zofjan/bot:v1\n", "From: zofjan@example.com\n", "profile = zofjan\n"] {
        let clean = clean_knowing(&format!("username: zofjan\n{besides}"), "started by zofjan\n");
        assert!(clean.starts_with("started by <user:"), "{clean}");
    }
}

#[test]
fn what_clouds_chains_and_caches_call_things_stays() {
    let slot = "0x290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563";
    for line in [
        &format!("block hash key {slot} stored, storage key {slot} at slot 0, merkle key={slot}"),
        "ownerReferences:\n  - apiVersion: apps/v1\n    kind: ReplicaSet\n    uid: 5b1c8d3e-2f4a-4c1b-9d7e-3a6f8b2c1d0e\n",
        "reading arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/bot/binance-AbC123",
        "Cache restored from key: Linux-pip-9f86d081884c7d659a2feaa0c55ad015",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "redis: key ticks:binance:BTCUSDT:2026-11-02 expired",
        "login: timeout, DATABASE user=postgres dbname=bot, hostname=redis",
        "webhook_url=http://localhost:8080/hook",
    ] {
        assert_eq!(clean(line), line);
    }
}
