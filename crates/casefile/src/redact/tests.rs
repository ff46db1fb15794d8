use super::*;
use proptest::prelude::*;
use std::fmt::Write as _;

fn redactor() -> Redactor {
    Redactor::builder().key(StandInKey::from_bytes(&[7; 32])).build()
}

/// Values in the shape of secrets, from a seed.
pub(super) fn made(alphabet: &str, length: usize, seed: u64) -> String {
    let alphabet: Vec<char> = alphabet.chars().collect();
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            alphabet[usize::try_from(state % alphabet.len() as u64).unwrap()]
        })
        .collect()
}

pub(super) const ALNUM: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
pub(super) const HEX: &str = "0123456789abcdef";

/// Cleans `before + value + after` and checks that only the value is gone, by this rule.
#[track_caller]
pub(super) fn hides(rule: &str, before: &str, value: &str, after: &str) {
    let (clean, hits) = redactor().clean_text(&format!("{before}{value}{after}"));
    let clean = clean.as_str();
    assert!(!clean.contains(value), "{rule}: {value:?} is still in {clean:?}");
    assert!(
        clean.starts_with(before) && clean.ends_with(after),
        "{rule}: {before:?} + {after:?} became {clean:?}"
    );
    assert_eq!(hits.iter().map(|(rule, _)| rule).collect::<Vec<_>>(), [rule], "{clean:?}");
}

#[track_caller]
pub(super) fn keeps(text: &str) {
    let (clean, hits) = redactor().clean_text(text);
    assert_eq!(clean.as_str(), text, "{:?}", hits.iter().collect::<Vec<_>>());
}

#[test]
fn a_name_before_a_value_hides_it_in_every_notation() {
    let key = made(ALNUM, 64, 1);
    for (before, after) in [
        ("{\"apiKey\": \"", "\", \"symbol\": \"BTCUSDT\"}"),
        ("{\"request\":\"{\\\"apiKey\\\":\\\"", "\\\",\\\"side\\\":\\\"BUY\\\"}\"}"),
        ("{'api_key': '", "', 'timeout': 30}"),
        ("api_key = \"", "\" # binance\n"),
        ("api_key=", "\nsymbol=BTC\n"),
        ("export BINANCE_API_KEY=", "\n"),
        ("  apiKey: ", "\n  sandbox: false\n"),
        ("Config { api_key: Some(\"", "\"), retries: 3 }"),
        ("Config { api_key: \"", "\", retries: 3 }"),
        ("X-MBX-APIKEY: ", "\nHost: api.binance.com\n"),
        ("headers={'X-MBX-APIKEY': '", "'}"),
        ("[('X-MBX-APIKEY', '", "'), ('Accept', '*/*')]"),
        ("<apiKey>", "</apiKey>"),
        ("<add key=\"apiKey\" value=\"", "\" />"),
        ("GET https://x.example/?apiKey=", "&symbol=BTC HTTP/1.1"),
        ("bot --api-key ", " --dry-run"),
        ("level=debug api_key=", " msg=\"sent\""),
        ("config['exchange']['api_key'] = '", "'"),
        ("%7B%22apiKey%22%3A%22", "%22%7D"),
        ("the API key is ", ", ok"),
        ("{\"name\": \"X-Api-Key\", \"value\": \"", "\"}"),
        ("<add key=\"BinanceApiKey\" value=\"", "\" />"),
        ("<key>ApiKey</key>\n  <string>", "</string>"),
        ("<apiKey><![CDATA[", "]]></apiKey>"),
        ("map[Accept:[*/*] X-Api-Key:[", "]]"),
        ("auth with ApiKey(\"", "\") ok"),
        ("ApiKey: Some(\n        \"", "\",\n    ),"),
        ("ApiKey: (string) (len=64) \"", "\","),
        ("[\"apiKey\"]=>\n  string(64) \"", "\""),
        ("| api_key | ", " |"),
        ("API key ......: ", "\n"),
        ("API key:\n  ", "\n"),
        ("ENV BINANCE_API_KEY ", "\n"),
        ("set -x API_KEY ", "\n"),
        ("api_key changed from <not set> to ", "\n"),
        ("{\"apiKeys\": [\"", "\"], \"n\": 1}"),
        ("INSERT INTO accounts (name, api_key, enabled) VALUES ('main', '", "', 1)"),
        ("exchange,api_key,note\nbinance,", ",main\n"),
        ("the API key \u{201c}", "\u{201d} was not accepted"),
    ] {
        hides("api-key", before, &key, after);
    }
}

#[test]
fn headers_keep_their_scheme_and_what_follows() {
    hides("authorization", "Authorization: Bearer ", &made(ALNUM, 40, 2), "\nAccept: */*\n");
    hides("authorization", "{'Authorization': 'Basic ", &made(ALNUM, 24, 3), "', 'Accept': '*/*'}");
    hides("authorization", "> Authorization: Token ", &made(ALNUM, 24, 3), " sent");
    hides("cookie", "Cookie: ", &format!("sid={}; theme=dark", made(ALNUM, 30, 4)), "\n");
    hides("cookie", "Set-Cookie: ", &format!("sid={}", made(ALNUM, 30, 4)), "; Path=/; HttpOnly\n");
    hides("signature", "timestamp=1764000000000&signature=", &made(HEX, 64, 5), " 400");
    hides("password", "OK-ACCESS-PASSPHRASE: ", "Tr@d3r#2026&x", "\n");
    hides("password", "password: ", "correct horse battery", "\n");
}

#[test]
fn tokens_are_known_by_their_shape() {
    for (rule, value) in [
        ("service-token", format!("ghp_{}", made(ALNUM, 36, 6))),
        ("service-token", format!("AKIA{}", made("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16, 7))),
        ("service-token", format!("sk_live_{}", made(ALNUM, 24, 8))),
        ("service-token", format!("xoxb-{}-{}", made("0123456789", 12, 9), made(ALNUM, 24, 9))),
        ("service-token", format!("AIza{}", made(ALNUM, 35, 10))),
        ("telegram-token", format!("{}:AA{}", made("123456789", 10, 11), made(ALNUM, 33, 12))),
        (
            "private-key",
            format!(
                "-----BEGIN EC PRIVATE KEY-----\n{}\n{}\n-----END EC PRIVATE KEY-----",
                made(ALNUM, 64, 1),
                made(ALNUM, 40, 2)
            ),
        ),
        (
            "private-key",
            format!("-----BEGIN PRIVATE KEY-----\\n{}\\n-----END PRIVATE KEY-----", made(ALNUM, 64, 1)),
        ),
        (
            "license-key",
            (0..5)
                .map(|part| made("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 5, 20 + part))
                .collect::<Vec<_>>()
                .join("-"),
        ),
    ] {
        hides(rule, "using ", &value, " now");
    }
    hides(
        "telegram-token",
        "https://api.telegram.org/bot",
        &format!("{}:{}", made("123456789", 9, 1), made(ALNUM, 35, 2)),
        "/sendMessage",
    );
    hides("connection-url", "postgres://", &format!("bot:{}", made(ALNUM, 12, 3)), "@db.local:5432/trades");
    hides("private-key", "private key ", &format!("0x{}", made(HEX, 64, 3)), "\n");
}

#[test]
fn a_jwt_is_one_only_with_an_algorithm() {
    let part = |json: &str| data_encoding::BASE64URL_NOPAD.encode(json.as_bytes());
    let jwt = format!("{}.{}.{}", part(r#"{"alg":"HS256"}"#), part(r#"{"sub":"1"}"#), made(ALNUM, 43, 1));
    hides("jwt", "got ", &jwt, " back");
    keeps(&format!("cursor {}.{}", part(r#"{"page":12,"sort":"asc"}"#), part(r#"{"next":true}"#)));
}

#[test]
fn recovery_phrases_go_with_any_separator() {
    let words = phrase::made_from(&[0x5a; 16]);
    hides("recovery-phrase", "wallet: ", &words.join(" "), ".\n");
    hides("recovery-phrase", "[\"", &words.join("\", \""), "\"]");
    let numbered: Vec<_> = words.iter().enumerate().map(|(at, word)| format!("{}. {word}", at + 1)).collect();
    hides("recovery-phrase", "1. ", numbered.join("\n").trim_start_matches("1. "), "\n");
    let mut wrong = words.clone();
    wrong.swap(0, 1);
    hides("recovery-phrase", "seed phrase: ", &wrong.join(" "), "\n");
    keeps("about the market: buy limit order, over price level, open position, close trade, risk");
}

#[test]
fn people_and_machines_are_hidden() {
    hides("person", "\"licensee\": \"", "Katarzyna Pawlak", "\",");
    hides("email", "mail to ", "anna.nowak@example.com", " sent");
    hides("email", "saved /tmp/", "anna.nowak@example.com.png", " now");
    hides("ipv4", "connected to ", "8.8.4.4", ":443");
    keeps("install imagemagick:all 8:6.9.11.60+dfsg-1.6+deb12u15");
    hides("ipv6", "peer ", "2a02:a31b:8340:1::42", " up");
    hides("mac-address", "adapter ", "3c:22:fb:9a:01:7e", "\n");
    hides("home-path", "/home/", "anna", "/bot/logs/bot.log");
    hides("home-path", "C:\\Users\\", "Łucja Żak", "\\AppData\\bot");
    hides("home-path", "C:\\\\Users\\\\", "anna", "\\\\bot.log");
    hides("iban", "konto ", "PL61109010140000071219812874", "\n");
    hides("card", "card ", "4111 1111 1111 1111", " declined");
    hides("phone", "tel. ", "+48 601 234 567", "\n");
    hides("pesel", "PESEL ", "44051401359", "\n");
    hides("balance", "{\"asset\":\"BTC\",\"free\":\"", "0.51280000", "\",\"price\":\"64000\"}");
}

#[test]
fn evidence_stays() {
    for text in [
        "order 28457309123456789 filled at 64250.10, qty 0.0025",
        "tx 0x9f2c4b1de07a53866f12c0b4a9d8e7f60102030405060708090a0b0c0d0e0f10 confirmed",
        "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 ok",
        "request 550e8400-e29b-41d4-a716-446655440000 took 12 ms",
        "version 10.0.19045.2965, Chrome/126.0.6478.127, driver 31.0.15.4601",
        "connected to 192.168.1.20:8080 and 127.0.0.1, 10.0.0.1, 100.64.1.1",
        "{\"max_tokens\": 4096, \"token_symbol\": \"USDT\", \"key_levels\": [64000, 65000], \"primary_key\": \"id\"}",
        "password_changed=false has_pin=true api_version=3",
        "api_key = \"${BINANCE_KEY}\"\npassword: <not set>\ntoken: \"your_token_here\"\nsecret =\n",
        "thread 'main' panicked at src/engine/order.rs:120:9: talpid_core::firewall::apply",
        "2026-11-24T10:00:00.123456Z INFO 1764000000123 order_id=4111111111111111",
        "SHA256:ab:cd:ef:01:23:45:67:89:ab:cd:ef:01:23:45:67:89:ab:cd:ef:01",
        "loaded icon@2x.png after getty@tty1.service and react@17.0.2.js",
        "git@github.com:example/bot.git at commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
        "GET https://api.binance.com/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=500 200",
        "-1021 Timestamp for this request is outside of the recvWindow",
        "ISIN US0378331005, pair BTC/USDT, level=INFO, signed order, token bucket empty, passed all checks",
        "INFO  auth: session opened; author=ci keyboard=pl login ok",
        "Authorization header is missing, cookie jar is empty, private key: not loaded",
        "apiKey=${BINANCE_API_KEY} secret=%API_KEY%: not configured",
        "apiKey=<your-api-key> secret=null: not configured",
        "SecretString::from called in 12 ms, cache key=ticker:BTCUSDT:1m",
        "Order { id: 4711, client_id: \"DQePJQI5PQOmKPiv\", grant_type: \"client_credentials\" }",
        "histogram [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32]",
        "{\"apiKey\": \"\n2026-11-24 10:00:00 INFO order 4711 filled\n",
    ] {
        keeps(text);
    }
}

#[test]
fn structured_files_still_parse() {
    let key = made(ALNUM, 64, 1);
    let json = format!(
        "{{\"exchange\":{{\"key\":\"{key}\",\"uid\":12345678,\"secret\":\"a\\\"b{key}\"}},\"free\":12.5,\"n\":3}}"
    );
    let (clean, _) = redactor().clean_text(&json);
    let value: serde_json::Value =
        serde_json::from_str(clean.as_str()).unwrap_or_else(|error| panic!("{error}: {clean}"));
    assert_eq!(value["n"], 3);
    assert!(!clean.as_str().contains(&key[..8]), "{clean}");
    let toml = format!("[exchange]\napi_secret = \"{key}\" # note\nuid = 12345678\nlevels = 12\n");
    let (clean, _) = redactor().clean_text(&toml);
    let table: toml::Table = clean.as_str().parse().unwrap_or_else(|error| panic!("{error}: {clean}"));
    assert_eq!(table["exchange"]["levels"].as_integer(), Some(12));
    assert!(clean.as_str().ends_with("levels = 12\n") && clean.as_str().contains(" # note\n"), "{clean}");
}

#[test]
fn known_values_are_found_in_every_encoding() {
    let secret = format!("{}/+{}", made(ALNUM, 20, 1), made(ALNUM, 19, 2));
    let mut known = KnownValues::new();
    known.learn(
        Raw::from_text(format!(
            "[exchange]\napi_secret = \"{secret}\"\ndry_run = true\nsymbol = \"BTCUSDT\"\n"
        )),
        "preset.toml",
    );
    let redactor = Redactor::builder().key(StandInKey::from_bytes(&[7; 32])).known(known).build();
    let base64 = |text: &str| data_encoding::BASE64.encode(text.as_bytes());
    let forms = [
        secret.clone(),
        secret.replace('/', "%2F").replace('+', "%2B"),
        secret.replace('/', "\\/"),
        base64(&secret),
        base64(&format!("x{secret}yz")),
        base64(&format!("xy{secret}")),
        data_encoding::HEXLOWER.encode(secret.as_bytes()),
    ];
    for form in forms {
        let (clean, _) = redactor.clean_text(&format!("sending {form} BTCUSDT true"));
        assert!(!clean.as_str().contains(&form[4..form.len() - 4]), "{form} in {clean}");
        assert!(clean.as_str().ends_with(" BTCUSDT true"), "{clean}");
    }
}

#[test]
fn a_value_split_by_colours_goes_as_a_whole() {
    let key = made(ALNUM, 64, 1);
    let coloured = format!(
        "\u{1b}[2mDEBUG\u{1b}[0m apiKey=\u{1b}[33m{}\u{1b}[0m\u{1b}[33m{}\u{1b}[0m done\n",
        &key[..30],
        &key[30..]
    );
    let (clean, _) = redactor().clean_text(&coloured);
    assert!(!clean.as_str().contains(&key[..30]) && !clean.as_str().contains(&key[30..]), "{clean:?}");
    assert!(
        clean.as_str().starts_with("\u{1b}[2mDEBUG") && clean.as_str().ends_with("\u{1b}[0m done\n"),
        "{clean:?}"
    );
}

#[test]
fn one_value_has_one_stand_in_and_another_has_another() {
    let (clean, _) = redactor().clean_text("a@example.com b@example.com A@example.com");
    let parts: Vec<_> = clean.as_str().split(' ').collect();
    assert_eq!(parts[0], parts[2]);
    assert_ne!(parts[0], parts[1]);
    let other = Redactor::builder().key(StandInKey::from_bytes(&[8; 32])).build();
    assert_ne!(other.clean_text("a@example.com").0.as_str(), parts[0]);
}

/// A log with a secret every few lines, and a secret that cannot be missed.
fn log(lines: usize) -> (String, String) {
    let secret = made(ALNUM, 64, 99);
    let mut text = String::new();
    for line in 0..lines {
        let _ = writeln!(text, "2026-11-24T10:00:00Z INFO order {line} price 64250.{line}");
        if line % 7 == 0 {
            let _ = writeln!(text, "DEBUG X-MBX-APIKEY: {secret}");
        }
    }
    (text, secret)
}

fn clean_stream(text: &[u8], name: &str) -> (Vec<u8>, Cleaned) {
    let mut out = Vec::new();
    let cleaned = redactor().clean_stream(Raw::from_bytes(text), name, &mut out).unwrap();
    (out, cleaned)
}

#[test]
fn what_a_source_said_before_it_broke_off_is_kept() {
    let (text, secret) = log(40_000);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, text.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let mut out = Vec::new();
    let raw = Raw::from_bytes(packed[..packed.len() * 9 / 10].to_vec());
    let cleaned = redactor().clean_stream(raw, "bot.log.gz", &mut out);
    assert!(matches!(cleaned, Err(CleanError::Read(_))), "{cleaned:?}");
    let mut unpacked = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(out.as_slice()), &mut unpacked).unwrap();
    assert!(unpacked.len() > text.len() / 2 && !unpacked.contains(&secret), "{}", unpacked.len());
    assert!(unpacked.ends_with('\n'), "half a record can hold half a secret");
}

#[test]
fn a_bomb_costs_no_more_than_its_beginning() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..100 {
        std::io::Write::write_all(&mut packed, &vec![b'0'; 1 << 16]).unwrap();
    }
    let mut out = Vec::new();
    let raw = Raw::from_bytes(packed.finish().unwrap());
    let cleaned = redactor().clean_stream(raw, "bot.log.gz", &mut out);
    assert!(matches!(cleaned, Err(CleanError::Swollen)), "{cleaned:?}");
    let mut unpacked = flate2::read::GzDecoder::new(out.as_slice());
    let bytes = std::io::copy(&mut unpacked, &mut std::io::sink()).unwrap();
    assert!((3 << 20..5 << 20).contains(&bytes), "{bytes}");
}

#[test]
fn what_is_hidden_has_a_line() {
    let (text, _) = log(30_000);
    let expected: Vec<u64> =
        text.lines().zip(1..).filter(|(line, _)| line.contains("APIKEY")).map(|(_, number)| number).collect();
    let (_, cleaned) = clean_stream(text.as_bytes(), "bot.log");
    let lines: Vec<u64> = cleaned.places.iter().map(|place| place.line).collect();
    assert_eq!((lines.as_slice(), cleaned.hits.total()), (&expected[..1_000], expected.len() as u64));
    assert!(cleaned.places.iter().all(|place| place.rule == "api-key"), "{:?}", cleaned.places[0]);
}

#[test]
fn a_long_stream_is_cleaned_as_a_short_text_is() {
    let (text, secret) = log(40_000);
    let (out, cleaned) = clean_stream(text.as_bytes(), "bot.log");
    assert_eq!(String::from_utf8(out.clone()).unwrap(), redactor().clean_text(&text).0.into_string());
    assert_eq!((cleaned.read_bytes, cleaned.written_bytes), (text.len() as u64, out.len() as u64));
    assert_eq!(cleaned.hits.total(), 40_000_u64.div_ceil(7));
    assert!(!String::from_utf8(out).unwrap().contains(&secret));
}

#[test]
fn a_line_without_end_is_cleaned_in_blocks() {
    let secret = made(ALNUM, 64, 1);
    let text = format!("\"price\":64250.1,\"apiKey\":\"{secret}\",").repeat(30_000);
    let (out, cleaned) = clean_stream(text.as_bytes(), "line.json");
    assert!(!String::from_utf8(out).unwrap().contains(&secret));
    assert_eq!(cleaned.hits.total(), 30_000);
}

#[test]
fn packed_and_wide_streams_come_back_in_their_form() {
    let (text, secret) = log(2_000);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, text.as_bytes()).unwrap();
    let (out, cleaned) = clean_stream(&packed.finish().unwrap(), "bot.log.gz");
    let mut unpacked = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(out.as_slice()), &mut unpacked).unwrap();
    assert_eq!((cleaned.form, unpacked), (Form::Gzip, redactor().clean_text(&text).0.into_string()));

    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (out, cleaned) = clean_stream(&wide, "wide.log");
    let units: Vec<u16> = out.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let narrow = String::from_utf16(&units).unwrap();
    assert_eq!(cleaned.form, Form::Utf16);
    assert!(narrow.starts_with('\u{feff}') && !narrow.contains(&secret));

    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("old/anna@example.com.log", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
    let (out, cleaned) = clean_stream(&archive.finish().unwrap().into_inner(), "old.zip");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(out)).unwrap();
    let mut member = archive.by_index(0).unwrap();
    let name = member.name().unwrap().into_owned();
    assert!(name.starts_with("old/email-"), "{name}");
    let mut unpacked = String::new();
    std::io::Read::read_to_string(&mut member, &mut unpacked).unwrap();
    assert!(cleaned.form == Form::Zip && !unpacked.contains(&secret));
}

#[test]
fn a_program_is_left_out() {
    let bytes: Vec<u8> =
        (0..200_000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let outcome = redactor().clean_stream(Raw::from_bytes(bytes), "bot.exe", &mut Vec::new());
    assert!(matches!(outcome, Err(CleanError::Binary)));
}

#[test]
fn finished_text_has_no_residue_and_raw_text_has_one() {
    let (text, _) = log(50);
    let (out, _) = clean_stream(text.as_bytes(), "bot.log");
    assert_eq!(redactor().residues(&mut out.as_slice()).unwrap(), []);
    let residues = redactor().residues(&mut text.as_bytes()).unwrap();
    assert_eq!(residues[0], Residue { rule: "api-key", line: 2 });
}

#[test]
fn every_rule_has_a_sentence_in_both_languages() {
    use crate::report::Language;
    let mut names: Vec<_> = rules().iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), rules().len());
    assert!(
        rules()
            .iter()
            .all(|rule| rule.about(Language::En).ends_with('.') && rule.about(Language::Pl).ends_with('.'))
    );
}

proptest! {
    #[test]
    fn any_bytes_are_cleaned_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = redactor().clean_stream(Raw::from_bytes(bytes), "x", &mut Vec::new());
    }

    #[test]
    fn cleaning_twice_changes_nothing(text in "([a-z]{1,6}|api_?key|password|token|[=: \"'\n{},]|[A-Za-z0-9]{8,40}|[a-z]{3}@[a-z]{3}\\.com|/home/[a-z]{3,8}|8\\.8\\.[0-9]\\.[0-9]){0,40}") {
        let once = redactor().clean_text(&text).0.into_string();
        let twice = redactor().clean_text(&once).0.into_string();
        prop_assert_eq!(once, twice);
    }
}
