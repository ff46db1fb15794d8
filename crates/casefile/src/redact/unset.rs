//! Names without a value of their own, and what they teach nobody: the setting behind an empty one, names of loggers, columns,
//! certificates; and values where names lead to them otherwise: behind tabs, in sentences, in rows and values over several lines.

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
fn an_empty_setting_is_not_the_next_one() {
    for line in [
        "apiKey= secret=null exchange=okx",
        "apiKey= secret= exchange=binance recvWindow=5000",
        "order accepted (stream=ethusdt@trade; password=\"\"; seq=5)",
        "{KeepAlive:true Secret: LogLevel:DEBUG Version:6.2.26 Passphrase: Secretary:off}",
        "a | api_key_env: BOT_API_KEY | client_order_id: x-xe1skrotl1-7e41c090 | author: core-team",
        "(api_key_env=BOT_API_KEY | login_attempts=2 | peer=172.20.0.18:16273)",
        "OKX sCode=51008 sMsg=Invalid OK-ACCESS-KEY ordId=795298066808586553",
        "x privateKey=your_exchange_key wsUrl=wss://stream.binance.com:9443/ws author=\"bot team\"",
        "refresh_token(recvWindow=5000, max_tokens=3341)",
        "key rotated ts=1728394509619 deal=45983224",
        "klucz API wczytany (okx) span=317fd95371cb258c",
        "Path: $.exchange.apiSecret | LineNumber: 65 | BytePositionInLine: 56.",
        "x ?private-key=%3Cyour+key%3E&api-key=%25API_KEY%25&token=%2A%2A%2A%2A%2A%2A%2A%2A&secret=%24%28SECRET%29",
        "{'apiKey': 'YOUR_API_KEY_HERE', 'secret': '<your-api-secret>', 'options': {'defaultType': 'swap'}}",
        "credentials: &cred\n  user: ${USER}",
        "passphrase=insert-your-secret (from env)",
        "API-Schl\u{fc}ssel: nicht gesetzt",
        "\"license-key\": \"\\u003cyour key\\u003e\"",
        "\"授权编码\": \"0000000000000000\"",
    ] {
        assert_eq!(clean(line), line);
    }
    hides("api-secret", "api_secret= ", &made(ALNUM, 64, 1), " exchange=okx");
    let secret = made(ALNUM, 40, 2);
    assert!(!clean(&format!("audit field=api_secret old= new={secret}")).contains(&secret));
    hides("password", "password= ", "Zm9vYmFyMTIzNDU2Nzg5==", "");
    hides("password", "password=", "abc=Def1!x", "");
}

#[test]
fn what_says_who_speaks_names_nothing() {
    for line in [
        "2026-11-27 06:48:11;TRACE;license;Chrome/140.0.6620.129 Electron/3.30.3",
        "2025-01-28T18:19:03.217Z  INFO license: Chrome/135.0.5807.86 Electron/2.1.27",
        "2025-01-28T21:32:43.043Z TRACE auth: GET /static/app.bae89379.js 304 2876us",
        "2025-01-28 16:46:31.212|ERROR|Bot.Core::token|migration 70150710087160_drop_password_hash applied",
        "[2025-01-28T23:03:02Z] [INFO ] secrets.vault: System.NullReferenceException: Object reference not set",
        "2024-04-27 | INFO | optimiser.genetic:fetch_balance_sheet:324 - close frame code=4000 reason",
        "chain.indexer/refresh_token: preset restored, trace=df15a48bd1005",
        "Log Name: Application Source: Windows Error Reporting Event ID: 1000",
        "panicked at core.py\", line 410, in login: called `Option::unwrap()` on a `None` value",
    ] {
        assert_eq!(clean(line), line);
    }
}

#[test]
fn what_is_called_so_and_is_no_secret_stays() {
    keeps(&format!("certificate not found for 'api8.mql5.net', serial {}", made(HEX, 16, 3)));
    keeps(&format!("updater: signature {}== verified with public key RWvp", made(ALNUM, 86, 4)));
    keeps(&format!("SSL handshake done: TLSv1.3 TLS_AES_256_GCM_SHA384 session={}", made(HEX, 16, 5)));
    keeps("{\"session\":\"e06251d9-de71-4c25-ad80-79796597ba0b\",\"episode\":505,\"cycle\":\"Second\"}");
    keeps(&format!("lru evict key={}", made(HEX, 32, 6)));
    keeps(&format!("call 0xbb4CdB9CBd36B01bD1cBaEBF2De08d9173bc095c.token0() -> 0x{}", made(HEX, 64, 7)));
    for line in [
        "Skin 'Dark' key=Ctrl+K token=#FF666668",
        "DCA step 5 for WIF_BTC: next at 52974.84",
        "{\"span\":{\"key\":\"1000PEPEUSDT\",\"name\":\"trader\"}}",
        "signature verification failed, code 110007",
        "partition key=25780 offset=4375129398842910",
        ".NET 36.9.161.70; WebView2 46.3.173.242, DirectX 12.0.35.5",
        "Virtual Memory: Available: 2,876 MB free: 6409 MB",
        "{\"imbalance\":\"0.2610\",\"msg\":\"session rollover\"}",
        "msg=\"Customer: Can I use one API key for two bots?\"",
        "Kluczowy poziom wsparcia 17916.1, has\u{142}owo: trend wzrostowy",
        "router: 0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D, program 675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8",
        "secret topic 0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
        "Nov 27 20:35:25 tradebot[12872]: FIX session FIX.4.4:BOT01->CNX: sequence reset to 9454",
        "cookie consent accepted; cookies=3 thread=10",
        "  \"tough-cookie\" : \"~4.1.4\",",
    ] {
        assert_eq!(clean(line), line);
    }
}

#[test]
fn values_behind_tabs_and_in_sentences_go() {
    all_go(&[
        "{\"level\":30,\"msg\":\"default_api_secret\\t§a64§\"}",
        "2025 DEBUG account_number\t501§d5§-7728",
        "2025 [DEB] username\tmuller§d4§",
        "ValueError: bad KC-API-SIGN '§a43§=' for kraken",
        "nieprawid\u{142}owy account id \"501§d5§-7728\" dla kraken",
        "Error: kraken PIN \"38§d4§\" rejected",
        "DEBUG: Using bot pin code 57§d4§",
        "x PUK=163§d5§",
        "my okx account id is 725§d5§-1057",
        "the machine id for binance is \"§U16§F338F4BB44F9\"",
        "my deribit client id is Qh5q§d2§sl",
        "ValueError: secret must be 64 chars: '§a63§' (len=63)",
        "invalid API key format, expected 64 characters, got 63: §a63§",
        "clipboard: pasted \"§a63§\" into field \"API key\" (63 chars)",
        "upload to s3 with AKIAUFO3Z3K34F6D7JH6 / xPBod0+§a33§, 61327 rows",
        "D0607 14:24:06 rest.go:555] > X-Gotify-Key: AqhIK§d2§zyIimur",
        "solana_keypair = 4jbwFWHV8b5wK6RA57\\\n    §a60§",
        "[\n  [\n    \"pushover/api_token\",\n    \"§a30§\"\n  ]\n]",
        "'\u{7528}\u{6237}\u{540d}': 'trader§d4§', '\u{5bc6}\u{7801}': 'jaqdc_§a9§'",
        "{\"e\":\"outboundAccountPosition\",\"B\":[{\"a\":\"USDT\",\"f\":\"50§d2§.4752\",\"l\":\"58§d2§.5014\"}]}",
        "{Public:true Ipv6:2a00:f25d:b3f5:97e2::85c1 Cpu:AMD}",
    ]);
}

#[test]
fn a_row_may_go_on_over_several_lines() {
    let text = "title,username,password,notes\n\
                a,anna.kowalska77,Bursztyn.Zimowy8020,\"two\nlines\"\n\
                b,piotr.nowak81,ZY9%8Etwz81Q,none\n\
                c,otto.weber12,Ocelot1956?bhf,none\n";
    let hidden = clean(text);
    for secret in ["anna.kowalska77", "Bursztyn", "piotr.nowak81", "ZY9%8", "otto.weber12", "Ocelot1956"] {
        assert!(!hidden.contains(secret), "{secret}: {hidden}");
    }
    assert!(hidden.contains("\"two\nlines\"") && hidden.ends_with(",none\n"), "{hidden}");
}

#[test]
fn what_a_console_broke_is_read_whole() {
    let width = 100;
    let (secret, key) = (made(ALNUM, 24, 8), made(ALNUM, 32, 9));
    let mut text = String::new();
    for number in 0..6 {
        let line = match number {
            2 => format!(
                "2026-11-27 03:01:5{number} DEBUG request headers: Accept: */*; Content-Type: text/plain; X-Redis-Password: {secret}"
            ),
            4 => format!(
                "2026-11-27 03:01:5{number} DEBUG GET https://api.kraken.com/v1/account?depth=100&symbol=BTCUSDTxx&symKey={key}"
            ),
            _ => format!(
                "2026-11-27 03:01:5{number} INFO  order {number} was placed and nothing else of note happened in this part of the log today"
            ),
        };
        let (first, rest) = line.split_at(width);
        text.extend([first, "\n", rest, "\n"]);
    }
    let hidden = clean(&text);
    assert!(!hidden.contains(&secret[4..]) && !hidden.contains(&key[4..]), "{hidden}");
    assert_eq!(hidden.lines().count(), text.lines().count());
    assert_eq!(hidden.matches(" of the log today").count(), 0, "it was broken: {hidden}");
    assert_eq!(hidden.matches("INFO  order").count(), 4);
}

#[test]
fn a_phrase_begins_with_a_word_of_its_own() {
    for text in [
        "{\"pid\":91422,\"seed\":98,\"roi\":\"6.03%\",\"file_version\":\"15\",\"password\":\"\",\"channel\":\"book\",\"otp_required\":false,\"msg\":\"private channel subscribed\"}",
        "{\"message\":\"BINANCE_API_SECRET is <your-api-secret>\",\"target\":\"bot::http::pool\"}",
        "[\n\"passphrase\",\n\"changeme\"\n],\n[\n\"a/sandbox\",\ntrue\n],\n[\n\"seed_phrase\",\n\"${SEED}\"\n]",
    ] {
        assert_eq!(clean(text), text);
    }
    let phrase = "grow slab obtain innocent lottery rookie bridge dismiss radar scan copper deposit";
    let text = |words: &str| {
        format!(
            "[\n\"passphrase\",\n\"changeme\"\n],\n[\n\"a/sandbox\",\ntrue\n],\n[\n\"seed_phrase\",\n\"{words}\"\n]"
        )
    };
    let hidden = clean(&text(phrase));
    let (before, behind) = hidden.split_once("<phrase:").expect("it is hidden");
    assert!(text("").starts_with(before) && behind.ends_with(">\"\n]"), "{hidden}");
}

#[test]
fn attributes_and_numbers_stay_what_they_are() {
    let key = made(ALNUM, 64, 10);
    let many = "filler=\"000\" ".repeat(60);
    let xml = format!("<configuration apiKey=\"{key}\" {many}/>\n");
    let hidden = clean(&xml);
    assert!(!hidden.contains(&key) && hidden.matches('<').count() == 1, "{hidden}");
    let json =
        "{\"chat_id\": 765840172,\n \"list\": [\n  [\n   \"telegram/chat_id\",\n   765840172\n  ]\n ]\n}\n";
    let hidden = clean(json);
    assert!(!hidden.contains("765840172") && hidden.matches("\"<account:").count() == 2, "{hidden}");
}
