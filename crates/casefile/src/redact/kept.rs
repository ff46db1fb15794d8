//! What stands beside a secret and has to stay, so that a file that could be read can still be read, and what says that there
//! is no secret. Each of these was hidden once; beside each stands what has to go.

use super::tests::{hides, keeps};
use super::*;

/// A value as machines make them, another one for each number.
fn made(number: u64) -> String {
    notations::made(number).split_off(8)
}

fn clean(text: &str) -> String {
    Redactor::builder().build().clean_text(text).0.into_string()
}

#[test]
fn a_phrase_ends_where_its_string_does() {
    // Whatever checksum twelve words have, eleven of them and the name behind are a right phrase.
    for entropy in 0..32 {
        let right = phrase::made_from(&[entropy; 16]);
        let first = if entropy % 2 == 0 { "zebra" } else { "ability" };
        let words = [&[first], &right[..11]].concat().join(" ");
        let next = right[11];
        for (before, after) in [
            ("{\n \"RecoveryPhrase\": \"", format!("\",\n \"{next}_version\": \"2.14.3\"\n}}")),
            ("mnemonic = \"\"\"\n", format!("\"\"\"\n{next} = 12\n")),
            ("seedPhrase: ", format!("\n{next}: 12\n")),
            ("seed=", format!("\n{next}_count=12\n")),
            ("['seed' => '", format!("', '{next}' => 12]")),
            ("<phrase>", format!("</phrase><{next}>12</{next}>")),
            ("phrase = (\"", format!("\", \"{next}\")")),
        ] {
            let clean = clean(&format!("{before}{words}{after}"));
            assert!(clean.starts_with(before) && clean.ends_with(&after), "{before}{words}{after}\n{clean}");
            assert!(!clean.contains(right[5]), "{clean}");
        }
    }
    // A phrase in pieces is one.
    let words = phrase::made_from(&[0x5a; 16]);
    for (between, text) in [
        ("\", \"", [words[..3].join(" "), words[3..].join(" ")]),
        ("\n", [words[..7].join("\n"), words[7..].join("\n")]),
    ] {
        hides("recovery-phrase", "\"", &text.join(between), "\"");
    }
    // Its string is closed on its own line.
    let text = format!("p = \"{}\" +\n \"{}\";\n", words[..6].join(" "), words[6..].join(" "));
    let clean = clean(&text);
    assert!(clean.starts_with("p = \"<phrase:") && clean.ends_with(">\"\n;\n"), "{clean}");
    assert!(!words.iter().any(|word| clean.contains(word)) && clean.lines().count() == 2, "{clean}");
    let numbered: Vec<_> = words.iter().enumerate().map(|(at, word)| format!("{}: {word}", at + 1)).collect();
    hides("recovery-phrase", "1: ", numbered.join("\n").trim_start_matches("1: "), "\n");
}

#[test]
fn the_next_line_is_no_rest_of_a_value() {
    let (value, hex) = (made(1), "3b9f0c4de1a72385f60c1b2d4e5f6071".repeat(2));
    for (before, value, after) in [
        ("agentPrivateKey=0x", hex.as_str(), "\nseed=42\nMAX_TOKENS=4096\n"),
        ("Passphrase=", "abc12345", "\nApiKey=\nApiSecret=\n"),
        ("API_SECRET=", &value, "\nWalletSyncInterval=\nMODE=live\n"),
        ("SIGNER_PRIVATE_KEY=", &hex, "\nCONTRACT_ADDRESS=0xdAC17F958D2ee523a2206206994597C13D831ec7\n"),
        ("<SmtpPasswd>", &value, "</SmtpPasswd>\n  <maxTokens>4096</maxTokens>\n"),
    ] {
        let clean = clean(&format!("{before}{value}{after}"));
        assert!(clean.ends_with(after) && !clean.contains(value), "{clean}");
    }
    // A value in a tag can be a name: what stands in the next tag is not its value.
    keeps("<AuthToken>your_auth_token</AuthToken>\n  <primaryKey>trade_id</primaryKey>\n");
    keeps(
        "<Header>API_KEY</Header>\n<lastTxHash>0x3f75c441521359720610dec2e81f58d4ace7df752de6a87d05670222450f0889</lastTxHash>\n",
    );
    hides("api-key", "<td>API key</td> <td class=\"v\">", &made(2), "</td>");
    hides("api-key", "<dt>API key</dt>\n<dd>", &made(2), "</dd>");
}

#[test]
fn cookies_lose_their_values_and_no_brackets() {
    let value = made(3);
    for (before, after) in [
        (
            "{\"cookies\":[{\"name\":\"cf\",\"value\":\"",
            "\",\"path\":\"/\",\"domain\":\"x1234567.example\"}],\"status\":200}",
        ),
        ("{\"cookies\": {\"theme\": \"dark\", \"sid\": \"", "\"}, \"n\": 1}"),
        ("cookies={'cf': '", "'}, timeout=30"),
        ("{\"set-cookie\": [\"", "; Path=/; HttpOnly\"], \"x\": 1}"),
        ("map[Accept:[*/*] Cookie:[", "] X:[1]]"),
        ("{\"log\":{\"cookies\":[],\"headers\":[{\"name\":\"Cookie\",\"value\":\"", "\"}]}}"),
    ] {
        hides("cookie", before, &value, after);
    }
    hides("authorization", "{\"authorization\": [\"Bearer ", &value, "\"], \"x\": 1}");
    keeps("{\"cookies\":[],\"status\":200} {\"cookies\":{},\"n\":1} cookies=[] cookies={}");
    // Read once for each of its beginnings, these would take minutes.
    for piece in ["cookies={", "cookies=[{\"", "\"cookie\":[\"", "cookie={'a':"] {
        let text = piece.repeat((64 << 10) / piece.len());
        assert!(clean(&text).len() <= text.len() * 4, "{piece}");
    }
}

#[test]
fn words_that_ask_for_a_value_stay() {
    for value in [
        "tu-wpisz-haslo",
        "wklej_tutaj_klucz",
        "REPLACE_ME",
        "YOURSECRET",
        "YOUR_TELEGRAM_BOT_TOKEN",
        "changeme",
        "0x...",
        "sk-...",
        "${DB_PASSWORD}",
        "${API_KEY:?not set}",
        "xxxxxxxxxxxxxxxx",
        "<not set>",
        "&lt;not set&gt;",
        "[TWÓJ KLUCZ]",
        "put your key here",
        "YOUR_API_KEY_2",
        "Zmień_mnie",
        "@@API_KEY@@",
        "%(API_KEY)s",
        "env:BINANCE_API_KEY",
        "op://Private/Binance/api key",
        "vault:secret/data/bot#api_key",
        "ssm:/bot/prod/secret",
        "file:///run/secrets/key",
        "/run/secrets/api_key",
        "0xYOUR_PRIVATE_KEY",
    ] {
        for (before, after) in
            [("api_key = \"", "\"\n"), ("{\"password\": \"", "\"}"), ("<apiSecret>", "</apiSecret>")]
        {
            keeps(&format!("{before}{value}{after}"));
        }
    }
    keeps(
        "WEBHOOK_URL=https://discord.com/api/webhooks/<id>/<token>\nWEBHOOK_URL=https://hooks.example.com/XXXXXXXX\n",
    );
    keeps("password=`cat /run/secrets/key`\n");
    keeps("password = !secret bot_password\nsecret: *shared\ntoken: !env_var BOT_TOKEN\n");
    keeps("INFO config: api_key=set(64) api_secret=set(64) passphrase=unset password=masked(12)");
    // Words that a person chose, and words around what a machine made.
    for value in
        ["tajnehaslo", "Wpisz7Haslo!kot", "changeme-9f3kQ2", "correct horse battery staple", "Your#Key#2026x"]
    {
        hides("password", "{\"password\": \"", value, "\"}");
    }
    hides("password", "url: ${DB_PASSWORD:-", "kot7!ala", "}\n");
    hides("api-secret", "secret: &shared ", &made(4), "\n");
}

#[test]
fn the_name_of_a_variable_is_no_secret() {
    keeps(
        "{\"api-key-env\": \"BINANCE_API_KEY\", \"apiKeyEnv\": \"MY_OWN_KEY\", \"secret_env_var\": \"BOT_LIVE_2\"}",
    );
    keeps("InpApiKeyEnv=BINANCE_API_KEY\napi_secret: BINANCE_API_SECRET\n");
    hides("api-key", "API_KEY_ENV=", &made(5), "\n");
    let mut known = KnownValues::new();
    known.learn(
        Raw::from_text("api_key_env = \"BINANCE_API_KEY\"\nkey = \"KeyLevelLookback\"\n".to_owned()),
        "x.toml",
    );
    let redactor = Redactor::builder().known(known).build();
    let text = "- BINANCE_API_KEY=${BINANCE_API_KEY}\nKeyLevelLookback=144\n";
    assert_eq!(redactor.clean_text(text).0.as_str(), text);
}

#[test]
fn code_that_reads_a_secret_stays() {
    for line in [
        "    password = keyring.get_password(\"bot\", username)",
        "+    api_secret: SecretString::new(cfg.get(\"api_secret\")?),",
        "apiKey: this.config.get<string>('API_KEY'),",
        "api_key = settings[\"api_key\"]",
        "password = input(\"Password: \")",
        "let token = read_token(\"telegram\")?;",
        "\"required\":[\"apiKey\",\"apiSecret\"]",
        "fields = (\"login\", \"password\")",
        "{\"login.password\":\"Hasło\",\"login.wrongPassword\":\"Nieprawidłowe hasło\",\"settings.apiKey\":\"Klucz API\"}",
        "api_key: API key\nsecret: Secret\nwallet_address: Wallet address\n",
        "{\"errors.password\":\"Hasło musi mieć co najmniej 8 znaków\"}",
        "license: Apache-2.0\nlicense = \"MIT OR Apache-2.0\"\n",
        "Device Key: Enum\\PCI\\VEN_10DE&DEV_2504&SUBSYS_397D1462&REV_A1\n",
        "LoadCredential=apikey:/etc/bot/apikey\n",
        "<add key=\"KeyLevelLookback\" value=\"144\" />",
        "parser.add_argument(\"--api-key\", help=\"API key of the exchange\", required=True)",
        "case \"password\": return mask(value);",
        "const SECRET_KEYS = ['api_key', 'api_secret', 'passphrase'];",
        "{\"password\":[\"This field is required.\"],\"apiKey\":[\"Invalid API key format\"]}",
        "{\"password\":\"Zapomniałeś hasła?\",\"cookie\":\"We use cookies to improve your experience\"}",
        "ApiKey = \"ApiKey\", Secret = \"Secret\"",
        "{\"password\":\"At least 8 characters, one digit\"} {\"key\": \"Ctrl+Shift+F12\"}",
        "$env:API_KEY = $env:API_KEY\n",
    ] {
        keeps(line);
    }
    let value = made(6);
    for (rule, before, after) in [
        ("api-secret", "secret = bytes.fromhex(\"", "\")\n"),
        ("api-key", "api_key: String::from(\"", "\"),\n"),
        ("api-secret", "secret = base64.b64decode('", "')\n"),
        ("password", "set_password(\"", "\")\n"),
        ("api-key", "(\"apiKey\", \"", "\")"),
        ("api-key", "args = [\"--api-key\", \"", "\"]"),
        ("api-secret", "secrets = ['api_key', '", "']"),
        ("password", "{\"login.password\":\"", "\"}"),
        ("api-key", "<add key=\"", "\" value=\"144\" />"),
    ] {
        hides(rule, before, &value, after);
    }
    hides("license-key", "license: ", "APACH-4KQ2M-X7P9Z-2L5RT-88QWE", "\n");
}

#[test]
fn contracts_stay_and_wallets_go() {
    let address = "0x52908400098527886E0F7030069857D2E4169EE7";
    keeps(
        "[{\"address\":\"0x6B175474E89094C44Da98b954EedeAC495271d0F\",\"symbol\":\"DAI\",\"decimals\":18}]",
    );
    keeps(&format!("Swap event {{ address: '{address}', transactionHash: '0x12', blockNumber: 7 }}"));
    keeps(&format!("[{{\"address\":\"{address}\",\"symbol\":\"ABC\",\"decimals\":18}}]"));
    hides("wallet-address", "{\"address\":\"", address, "\"}");
    hides("wallet-address", "deposit address: ", address, "\n");
}

#[test]
fn what_a_query_a_path_or_a_numbered_name_holds_goes_and_nothing_beside_it() {
    // One digit, as short tokens often have.
    let token: String =
        (0..15).map(|n| if n == 3 { '6' } else { char::from(b"AbQzTrKwMn"[n * 7 % 10]) }).collect();
    let key: String = (0..44).map(|n| char::from(b"AbQ5zTrK9wMn"[n * 7 % 12])).collect();
    for (before, secret, after) in [
        ("POST http://192.168.1.20:8070/message?token=", token.as_str(), " HTTP/1.1"),
        ("GET /stream?page=2&token=", &token, "&symbol=BTCUSDT"),
        ("GET /orders;jsessionid=", &key[..20], "?orders=0&portfolio=0"),
        ("Unseal Key 1: ", &key, ""),
        ("Unseal Key 12: ", &key, ""),
        ("ad.anynet.pwd_hash=", &"9b7ecba2f919a224".repeat(4), ""),
    ] {
        let text = format!("{before}{secret}{after}\n");
        let clean = clean(&text);
        assert!(!clean.contains(secret) && clean.starts_with(before), "{clean}");
        assert!(clean.ends_with(&format!("{after}\n")), "{clean}");
    }
    for kept in [
        "Property(S): ProductCode = {A73309CF-1D2B-4F5A-9C1D-0A1B2C3D4E5F}\n",
        "GET /quote?token=BITCOINTETHERUS&key=price HTTP/1.1\n",
        "GET /swap?token=wrapped_bitcoin_v2 HTTP/1.1\n",
        "Key 1: 17\n",
    ] {
        assert_eq!(clean(kept), kept);
    }
}

#[test]
fn a_chat_is_no_telephone() {
    let clean = clean(
        "long TelegramChat = -1005710500748;\nTELEGRAM_CHAT_ID=-1005710500748\nchat_id: -1005710500748\n",
    );
    let found: Vec<_> = stand_ins(&clean).into_iter().map(|found| clean[found.range].to_owned()).collect();
    assert_eq!((found.len(), &found[0], &found[1]), (3, &found[1], &found[2]), "{clean}");
    assert!(found[0].starts_with("<account:"), "{clean}");
    let token = format!("5459757751:AA{}x", made(7));
    hides("telegram-token", "TELEGRAM = (\"", &token, "\", 549545110)");
    keeps("telemetry: 600123456 spans, teleport 601 234 567");
    hides("phone", "telefonu: ", "601 234 567", "\n");
    hides("phone", "Telephone ", "(601) 234 567 890", "\n");
}

#[test]
fn a_line_behind_a_phrase_keeps_its_last_word() {
    let words = phrase::made_from(&[0x21; 16]);
    let lines: Vec<_> = words.iter().zip(1..).map(|(word, number)| format!("{number:2}. {word}\n")).collect();
    let lines = lines.concat();
    let clean =
        clean(&format!("recovery phrase:\n{lines}10:28:19 ERROR url=https://api.example.com/v3/order\n"));
    assert!(clean.ends_with("/v3/order\n") && !clean.contains(&format!(" {}\n", words[4])), "{clean}");
}

#[test]
fn a_list_of_keys_keeps_its_settings() {
    let value = made(8);
    let text = format!(
        "[default]\naws_secret_access_key = {value}\nregion = eu-central-1\n[bot]\nmy_own_note={value}\nrole_arn = arn:aws:iam::123456789012:role/bot\n{value}\n"
    );
    let mut out = Vec::new();
    Redactor::builder().build().clean_stream(Raw::from_text(text), "credentials", &mut out).unwrap();
    let clean = String::from_utf8(out).unwrap();
    assert!(!clean.contains(&value) && clean.contains("region = eu-central-1\n"), "{clean}");
    assert!(
        clean.contains("\nmy_own_note=<") && clean.contains("arn:aws:iam::123456789012:role/bot\n<"),
        "{clean}"
    );
}

#[test]
fn a_state_in_place_of_a_value_stays() {
    for text in [
        "state password: incorrect for ETH-USD",
        "password: incorrect, chat_history=off",
        "[1] cookie=disabled, key=close",
        "[2] cookie=disabled, \"secret\": false",
        "[3] has\u{142}o: niepoprawne, token: wygas\u{142}",
        "login=success, password: changed",
        "api_secret = missing\nwebhook_url = unset\n",
        "MNEMONIC=\"word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12\"",
        "mnemonic checksum mismatch, please check your words\n| asset | free | order | total | price | change |\n",
    ] {
        assert_eq!(clean(text), text);
    }
    for (name, value) in
        [("password", "correct horse battery"), ("password", "disabled7"), ("cookie", "disabledx=1; b=2")]
    {
        hides(name, &format!("{name}: "), value, "\n");
    }
}

#[test]
fn a_share_of_a_computer_is_no_person() {
    let text = "\\\\LAPTOP-8Z4WIZQ\\bots\\engine.log\nGET https://app.example.com/api/bots\n";
    let mut known = KnownValues::new();
    known.learn(Raw::from_text(text), "a.log");
    known.add("user-name", "bots");
    let (clean, _) = Redactor::builder().known(known).build().clean_text(text);
    assert!(
        clean.as_str().ends_with("\\bots\\engine.log\nGET https://app.example.com/api/bots\n"),
        "{clean}"
    );
    assert!(!clean.as_str().contains("8Z4WIZQ"), "{clean}");
    let (clean, _) = Redactor::builder().build().clean_text("as DESKTOP-7K3Q2LM\\granit since");
    assert!(!clean.as_str().contains("granit"), "{clean}");
}

#[test]
fn two_columns_are_not_one_value() {
    let secret = made(36);
    for gap in [" ", "               "] {
        hides(
            "api-secret",
            &format!("BYBIT_API_SECRET{gap}"),
            &secret,
            &format!("\nPROCESSOR_ARCHITECTURE{gap}AMD64\n"),
        );
    }
}

#[test]
fn of_a_connection_only_what_logs_in_goes() {
    let password = format!("Lisek6{}", made(7));
    for (before, after) in [
        ("<add name=\"Trades\" connectionString=\"Server=sql01;User Id=sa;Password=", ";\" />"),
        (
            "\"ConnectionString\": \"Server=db-01.prod.example.com,1433;Database=bots2024;Pwd=",
            ";Encrypt=True\"",
        ),
    ] {
        hides("password", before, &password, after);
    }
    let whole = format!("AccountKnown=x;{}={}", made(3), made(40));
    assert!(!clean(&format!("connectionString=\"{whole}\"")).contains(&whole));
}

#[test]
fn the_signature_of_a_transaction_stays_where_a_console_broke_it() {
    let signature = super::tests::made("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 88, 68);
    let (first, rest) = signature.split_at(60);
    let text = format!("[1] confirmed transaction signature={first}\n{rest} slot=811975705\n");
    assert_eq!(clean(&text), text);
    let text = format!("[1] request signature={first}\n{rest} sent\n");
    assert!(!clean(&text).contains(rest));
}

#[test]
fn fields_between_control_signs_are_text() {
    let password = made(14);
    let head = "8=FIX.4.4\u{1}9=146\u{1}35=A\u{1}34=1\u{1}49=BOT\u{1}56=LMXBL\u{1}98=0\u{1}108=30\u{1}";
    let order = "8=FIX.4.4\u{1}9=201\u{1}35=8\u{1}37=611030069595\u{1}11=b-JUfjqGV\u{1}55=EUR/USD\u{1}44=1.08731\u{1}10=044\u{1}\n";
    let cases = [
        format!("{head}554={password}\u{1}10=112\u{1}\n{order}"),
        format!("{head}925={password}\u{1}10=112\u{1}\n{order}"),
        format!("{head}96={password}\u{1}10=112\u{1}\n{order}"),
        format!("name=x\u{1f}api_key={password}99\u{1f}side=buy\u{1f}id=7\u{1f}\n"),
        format!("api_secret={password}99\u{1}side=buy\u{1}id=7\u{1}\n"),
    ];
    for text in cases {
        let mut out = Vec::new();
        Redactor::builder().build().clean_stream(Raw::from_text(text.clone()), "a.log", &mut out).unwrap();
        let clean = String::from_utf8(out).unwrap();
        assert!(!clean.contains(&password), "{clean:?}");
        let fields = |text: &str| text.matches(['\u{1}', '\u{1f}']).count();
        assert_eq!(fields(&clean), fields(&text), "{clean:?}");
        assert!(clean.ends_with(&text[text.len() - 12..]), "{clean:?}");
    }
    let packed: Vec<u8> = (0..4_000_u32)
        .flat_map(|number| [1, 2, (number % 7) as u8 + 14, b'a' + (number % 20) as u8])
        .collect();
    let mut out = Vec::new();
    let result = Redactor::builder().build().clean_stream(Raw::from_bytes(packed), "a.bin", &mut out);
    assert!(matches!(result, Err(super::CleanError::Binary)));
}

#[test]
fn a_name_with_a_value_of_its_own_names_no_number_behind_it() {
    let hash = format!("0x{}", super::tests::made(super::tests::HEX, 64, 69));
    for name in ["privateKey", "api_secret", "secret"] {
        for gap in ["", "x", "xxxx", "xxxxxxxx"] {
            let text =
                format!("{{\"{name}\": \"{}\"}}, \"msg\": \"{gap}market condition_id={hash}\"", made(21));
            assert!(clean(&text).ends_with(&format!("market condition_id={hash}\"")), "{}", clean(&text));
        }
    }
    hides("private-key", "signer ", &hash, " loaded");
}

#[test]
fn a_line_of_a_public_key_is_no_key_of_an_exchange() {
    for head in [&[0x30, 0x59, 0x30, 0x13][..], &[0x30, 0x82, 0x01, 0x22, 0x30]] {
        let mut der: Vec<u8> =
            head.iter().copied().chain((0..48_u8).map(|byte| byte.wrapping_mul(37) ^ 0x35)).collect();
        der.truncate(48);
        let line: String = data_encoding::BASE64.encode(&der).replace(['+', '/'], "x");
        assert_eq!((clean(&format!("{line}\n")), line.len()), (format!("{line}\n"), 64));
    }
}
