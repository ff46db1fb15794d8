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

#[test]
fn what_follows_a_name_in_passing_is_evidence_and_teaches_nothing() {
    for text in [
        "unknown option --password | openssl 3.0.13 zlib 1.3\nnode 20, openssl 3.0.13\n",
        "{\"@m\": \"unknown option --api-key\", \"SourceContext\": \"rpc\"}\n{\"@m\": \"ok\", \"SourceContext\": \"risk\"}\n",
        "{\"symbols\":[\"BOT_TOKEN\"],\"brokerOrderId\":\"238803058860034827\",\"ghToken\":\"\"}\n",
        "{\"permissions\":[\"DB_PASSWORD\", \"PATH\", \"API_KEY\", \"API_SECRET\"]}\nPATH=/usr/bin\n",
        "HTTP 401 Unauthorized: Missing header X-API-KEY | lastUpdateId=61728565810 u=761473669575\n",
        "HTTP 401 Unauthorized: Bad credentials -> config reloaded\n",
        "token=$API_SECRET -> strategia EMA_Cross uruchomiona\n",
        "usage: bot --api-secret <SECRET>\", \"SourceContext\": \"risk\"}\n",
        "password: os.environ[\\\"API_KEY\\\"] | position BTC-PLN size 186.227\n",
        "BotSettings{auth=RiskLimits{passCount=32, tokenRefreshMs=32}}\nRiskLimits{a=1}\n",
        "$VAR1 = {'api' => bless( {'qty' => 1}, 'Bot')}\nbless( {\n",
        "credentials: [Map Entries] { [ 'sourceFile', 1 ] }\n",
        "ApiCredentials: conn_id: 639545637, base_token_pair: BTCUSDT\n",
        "LoginRequest: --binance-secret-key= --funding-rate=0.573 --np-seed=22151\n",
        "[ ] pass 8: policzy\u{107} sumy PEPEUSDT 2025-11-10\n",
        "Saldo nie zosta\u{142}o od\u{15b}wie\u{17c}one: 418\n",
        "Update available: 4.6.5 -> 0.9.22\n",
        "OrderSend US30.cash SELL 0.706 at 3306.0\n",
        "10:08:52.062 | warn | account | hotkey Ctrl+Shift+S registered id=256\n",
        "2025-05-22 WARN [thread-7] c.b.auth : backtest d9a8d29d-7f12-4cf0-8363-8aa1879f6251: 1199 trades\n",
        "13:34:11 [WARNING] (8) fix_session: setApiVersion(2.27.2)\nsetApiVersion(2.27.2)\n",
        "$VAR1 = {'depth_limit' => 10000,'master_key' => undef};\n(std::string) password = 0x0\n",
        "missing environment variable KUCOIN_PASSPHRASE (0xC0000005)\nexit 0xC0000005\n",
        "trace AVAXUSDT sign=585.290ms | pass=1.39818036 | skew=-0.8920\n",
        "python3 backtest.py --seed 2651182558\nTest-NetConnection api.kraken.com -Port 443\n",
        "| pair | pass |\n|---|---|\n| WETH | 7/8 |\n",
        "keys: apiKey,secret,password\nv2.27.2 on win32, node v20.11.1, openssl 3.0.13\n",
        "\u{2502} hasSecret \u{2502} true \u{2502}\n\u{2502} walletType \u{2502} 'hot' \u{2502}\n",
        "{\"token\":\"WETH\",\"address\":\"0x3FAFA8D2666f93129F58F133759AAa5c184cf3eB\",\"key\":\"ETHUSDT:depth\"}\n",
        "<add key=\"Exchange.Name\" value=\"deribit\" />\n<add key=\"Exchange.Testnet\" value=\"False\" />\n",
        "panel sesji odrzuca zlecenie 4464360441211140 co 298.452ms\n",
        "03:24:42.313 stop moved 35514.243 -> 422.903 for 4488941786940849\n",
        "karta sieciowa: Intel(R) Wi-Fi 6 AX200, sterownik 17.28.62.210\n",
    ] {
        assert_eq!(clean(text), text);
    }
    // What a setting says is learnt, however weak it is.
    for (text, word) in [
        ("password=kotekmruczek\nlogged in with kotekmruczek\n", "kotekmruczek"),
        ("\"haslo\": \"tygryszimowyy\",\nuser typed tygryszimowyy\n", "tygryszimowyy"),
        (
            "[OKX] API_KEY: 083e7417-3faf-4ba5-a64b-05ca9e75e53b / ApiSecret: A700A136580801438031A41E4529A01D / password: x\n",
            "A700A136",
        ),
    ] {
        assert!(!clean(text).contains(word), "{}", clean(text));
    }
}

#[test]
fn values_in_literals_of_their_languages_go() {
    all_go(&[
        "APISecret:[]byte(\"§a40§\"), Len:40",
        "SecretKey = []byte{§b32§}, Len = 32",
        "{APIKey:{String:§a24§ Valid:true} Haslo:{String:§p4§ Valid:true}}",
        "SerialKey:sql.NullString{String:\"§a24§\", Valid:true}",
        "[ 'sessionCookie', [String: '§h40§'] ]",
        "\"ws_token\": Some(Token(Some(\"§a48§\"))), \"x\": 1",
        "api_secret => {:ok, <<\"§u1§\">>}",
        "HTTPSConnectionPool(host='mainnet.infura.io', port=443): url: /v3/§h32§ (Caused by",
        "openssl enc -d -in k.enc -pass pass:'§p4§'",
        "7z x logs.7z -p'§p4§'",
        "FIX logon 553=anna 554=§p4§ 98=0",
        "i typed §p4§ as the password and it failed",
        "§p4§ to moje haslo do bota",
        "updated twofa to '§B32§'",
        "user typed password §p4§ and got -1003",
    ]);
    let text = "    client = Client(api_secret, symbol)\n             \u{2502}      \u{2502}           \u{2514} 'BTCUSDT'\n             \u{2502}      \u{2514} '~'\n";
    let secret = made(HEX, 64, 9);
    let hidden = clean(&text.replace('~', &secret));
    assert!(!hidden.contains(&secret) && hidden.contains("BTCUSDT"), "{hidden}");
    hides("wifi-name", "has\u{142}o do wifi ", "dom_kowalczyk_5G", " to nie dzia\u{142}a");
    keeps("wifi connected to 10.0.0.1");
    hides("person", "gps location: ", "49.84994, 15.86086", "");
    hides("person", "location: ", "49.84994, 15.86086", "");
    hides("person", "coordinates: ", "49.84994, 15.86086", "");
    hides("person", "wsp\u{f3}\u{142}rz\u{119}dne: ", "49.84994, 15.86086", "");
    hides("serial", "disk serial ", "S1DZVFEH1PYRV5", " ok");
}

#[test]
fn the_same_signs_around_a_secret_do_not_free_it() {
    all_go(&[
        "[exchange]\nbinance.secret : §a24§",
        "[production]\ndb.password : §p4§",
        "{\"deribit\":{\"key\":\"NQCu7dae\",\"secret\":\"§a24§\"}}",
        "api_key: trading_bot:§h40§",
        "webhook_secret=whsec_main:§h40§",
        "DB_PASSWORD=prod_db:§p4§",
        "2025-01-28T21:32:43Z DEBUG session: restored §a24§",
        "2025-01-01 INFO user_session: restored §a40§",
        "info | token | refreshed to §a24§",
        "fields: id,apiKey,secret\n1,§a24§,§a24§",
        "x\nuser_name | api_key\nbot_1 | §a24§\nbot_2 | §a24§",
        "UPDATE t SET api_key = ? WHERE id = ? params=[[\"§a24§\", 7]]",
        "apiKey: ApiKey { bytes: \"§a24§\" }",
        "#<ApiKey:§a24§>",
        "token build=§a24§",
        "private_key: hot_wallet: §h64§",
        "password=0x§h8§",
        "| Jan Kowalski | 4111111111111111 | 12/26 |\nkey=§a24§",
        "login_password = wl4T<UG§d3§aF,nC",
        "[:has\u{142}o_api, \"§p4§\"]",
        "ALTER USER bot WITH PASSWORD 'Za\u{17c}§d4§'",
        "Could not convert string to integer: §a24§. Path 'exchange.apiKey', line 3",
        "invalid type: string \"§h32§\", expected u64 for key `exchange.api_key` in config.toml",
        "DATA_ALPHAVANTAGE_API_KEY=§U16§",
        "bot.data.alphavantage-api-key=§U16§",
        "field \"wsToken\": cannot deserialize `int` from String \"§a40§\" at x",
    ]);
    // It ends as the name of a key does, and is no name.
    hides("password", "API_PASSWORD=", "ZONRlHQVyDD_imSk", "\nx=1");
    for text in [
        "POST /pay?number=4111111111111111&exp=1226",
        "2024-01-01 03:24:42 4242424242424242 12/27 Jan Kowalski",
        "address: ul polna 5 warszawa",
        "{\"address\":\"0x56dda440be58a6fb94eee2170400ac9433027fea\",\"token\":\"WETH\", \"balance\": 12}",
    ] {
        assert_ne!(clean(text), text);
    }
    for text in [
        "the update asked for admin password, I typed it and then it hung\nNAS100, H4: 2390.45 95.746\n",
        "price coordinates 1.08451, 1.08523",
        "wifi wlan0 is down",
        "adres Uniswap Pool 3/5",
        "uses PBKDF2-SHA256 as the password kdf",
        "error code received: 10061",
        "tool7z -m0=lzma2 -print2",
        "registered address: 0x10",
        "#<Bot::Credentials:0xdc25a980ac46> (no fields shown)",
        "'keyStore' => 'windows-credential-manager',",
        "  token-issued-at: \"2025-11-06T06:41:50.571Z\"",
        "token_url = \"wss://stream.bybit.com/v5/private\"",
        "<property name=\"smtpPassword\" value=\"\"/>",
        "retrying https://bot.example.net/api/v1/login?apiKey=&secret= attempt 3/5",
        "API key: read-only, spot",
        "    if not self.apiKey: raise AuthenticationError",
        "\u{17a}r\u{f3}d\u{142}o_has\u{142}a: 'env'",
    ] {
        assert_eq!(clean(text), text);
    }
}
