//! What support desks receive: chats, notes, pages, exports and consoles, each line with values that have to go, or that has to
//! stay as it is.

use super::catalogue::all_go;
use super::tests::{ALNUM, keeps, made};
use super::{KnownValues, Raw, Redactor};

/// Cleans a text that others have been learnt from, each under its name.
fn clean_knowing(learnt: &[(&str, &str)], text: &str) -> String {
    let mut known = KnownValues::new();
    for (name, text) in learnt {
        known.learn(Raw::from_text(*text), name);
    }
    Redactor::builder().known(known).build().clean_text(text).0.as_str().to_owned()
}

fn clean(text: &str) -> String {
    clean_knowing(&[], text)
}

#[test]
fn names_in_the_words_of_people() {
    all_go(&[
        "has\u{142}o root: §p4§, has\u{142}o zonda: §p4§",
        "la password del vps \u{e8} §p4§",
        "Passwort vom VPS: §p4§",
        "\u{43f}\u{430}\u{440}\u{43e}\u{43b}\u{44c}: §p4§",
        "\u{41f}\u{430}\u{440}\u{43e}\u{43b}\u{44c} \u{432}\u{456}\u{434} \u{441}\u{435}\u{440}\u{432}\u{435}\u{440}\u{430}: §p4§",
        "Has\u{142}o (25. s\u{142}owo): §p4§",
        "2FA seed gate: §B16§, backup codes github: b0498-§d5§, 8d1dd-§d5§",
        "pin do aplikacji §d6§, kod SMS z gie\u{142}dy: §d6§, code from sms: §d6§",
        "Second Factor Authentication initiated; code §d6§",
        "the kucoin sign is §a43§= and api_signature ........ §h64§",
        "here is my freqtrade ws token for you: §a22§ - why do orders fail?",
        "password for db is \"Elxo§w4§=~OMAla&mZ\" (rotated)",
        "Mullvad account number: §d4§ §d4§ §d4§ §d4§",
        "Setup key: §B4§ §B4§ §B4§ §B4§ §B4§ §B4§ §B4§ §B4§",
        "login failed for account U§d7§: already in progress",
        "Kundennummer: KD-§d7§, Geburtsdatum: §d8§, MetaQuotes ID: FC§d6§",
    ]);
    for line in [
        "bot::auth: request 710e727e-2fb0-4e32-8692-d8f4e56eb836 finished in 159ms status=200",
        "klient: der Bot startet nach dem Update nicht mehr, klient: try to keep the window open",
        "Klient: Witam, wysy\u{142}am dane, owner: Please restart it",
        "option --api-key given, Using --password via the CLI is insecure",
        "Exchange.fetch_balance: 429 Too Many Requests, GET /users/self/orders 200",
        "DB migration 6161944e12fa -> b82b9d90e1d4, session = session_length=30",
        "{\"user\": \"U0EMQTNF8CN\", \"Hostname\": \"69c0e98fbe0d\", \"MacAddress\": \"02:42:ac:11:00:03\"}",
        "Version of our file: 6.2.0.22, version           : 6.2.1.14, User already logged",
        "224.0.0.22            01-00-5e-00-00-16     statyczne, serialVersionUID = -160794038080833600L;",
        "E..l..@.@...POST /api/v1/token/login HTTP/1.1, To: support@bot.example, wys\u{142}ano 96 ms",
        "key rotation\nb3a480e71ce77c4cd590ad190a3610a6d04aafff 3f85c36 commit: token decimals\n",
        "USERDOMAIN=WORKGROUP, username:s:Administrator",
        "pin to core 10627, worker spin for round 2048, Pin to node 5221",
        "    \"jwt_secret_key\": \"somethingrandom\", \"password\": \"SuperSecurePassword\"",
    ] {
        keeps(line);
    }
}

#[test]
fn forms_that_programs_and_systems_write() {
    all_go(&[
        "{\"log\":\"connect (venue=0x55d0 \\\"x\\\", smtp_password=0x55d8 \\\"§p4§\\\") at client.c:558\\n\"}",
        "{\"message\":\"array(2) {\\n  [\\\"proxyPassword\\\"]=>\\n  string(15) \\\"§p4§\\\"\\n}\"}",
        "{\"message\":\"Content-Disposition: form-data; name=\\\"apiSecret\\\"\\n\\n§a40§\\n----\"}",
        "{\"msg\":\"Account {\\n    api_key: Secret(\\n        \\\"§a40§\\\",\\n    ),\\n}\"}",
        "{\"msg\":\"messari:\\n  api_key: >-\\n    §a40§\\n  paper: false\"}",
        "{\"msg\":\"Authorization: Digest username=\\\"trader\\\", realm=\\\"api\\\", response=\\\"§h32§\\\"\"}",
        "{\"msg\":\"Authorization: Bearer\\n §a60§\"}",
        "{\"msg\":\"Authorization: HMAC-SHA256 §a43§=\"}",
        "Account: using sessionCookie: §h32§ (window 5000)",
        "api_keys: [§a27§, §a40§]",
        "process.env.PHEMEX_SECRET ||= '§a86§';",
        "deribit {\"client_id\":\"OLNsXx§w2§\",\"client_secret\":\"§a43§\"}",
        "\"X-Azure-Devops-Pat\": \"§l52§\", 'X-Honeycomb-Team': '§a22§', 'X-JFrog-Art-Api', 'AKCp§a69§'",
        "\"gunbotTwofa\": \"§U16§\", token='An5SL§a8§C1', pin_hash=§h64§",
        "zonda: API-Key=§u36§ hash=§h128§, sign payload hmac=§h128§",
        "echo \"trader:§p4§\" | sudo chpasswd",
        "ansible-vault decrypt vault.yml --vault-password-file <(echo §a16§)",
        "select pgp_sym_decrypt(blob,'§a20§') from vault;",
        "\"SET\" \"otp:someone\" \"§d6§\" \"EX\" \"300\"",
        "\"type\": \"cloudflare_api_token\",\n \"attributes\": {\n \"value\": \"§a40§\"",
        "<table><tr><th>login</th><th>has\u{142}o</th></tr><tr><td>§l10§</td><td>§a14§</td></tr></table>",
        "Server=tcp:sql01.lan,1433;Database=trades;User Id=gridbot_§w6§;Password=§p4§;Encrypt=True",
        "6-2-NetLiquidation-§m5§-PLN-U§d7§",
        "ID;Typ;Kwota;Saldo po operacji\n1;Zakup;-1,50;§d5§,47\n2;Zakup;-3,50;§d5§,81\n",
        "lat=52.§d6§ lon=21.§d6§ acc=14.2",
        "IN=eth0 OUT= MAC=a4:89:a4:61:36:af:52:54:00:12:35:02:08:00 SRC=10.0.0.1"
            .replace("61:36:af:52", "§d2§:36:af:52")
            .as_str(),
        "\"usernames-whitelist\": [\"@§l12§\"], bot as @§l12§ with token",
        "\"from_id\": \"user§d10§\", advertising_id=§u36§, (device §u36§), maszyna=§u36§ dysk=WD-§U10§",
        "host: vps-§h8§.contabo-host.net",
        "cornix webhook https://dashboard.example/tradingview/ uuid=§u36§",
        "{\"ulica\": \"ul. S\u{142}owackiego 7/§d4§\", \"kod\": \"64-§d5§\", \"miasto\": \"Rzesz\u{f3}w\"}",
    ]);
    for text in ["{\"log\":\"account holder: Zenon Kowalczyk\\n\"}", "{\"holder\":\"ZENON KOWALCZYK\"}"] {
        assert!(!clean(text).to_lowercase().contains("kowalczyk"), "{}", clean(text));
    }
    let xpub = format!("zpub{}", made("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 107, 5));
    assert!(!clean(&format!("\"xpub\": \"{xpub}\"")).contains(&xpub[..40]));
    // What a console of Windows writes in its own code page.
    let mut out = Vec::new();
    let text = [b"    Zawarto\x98\x86 klucza         : ", made(ALNUM, 14, 9).as_bytes(), b"7k4\r\n"].concat();
    Redactor::builder().build().clean_stream(Raw::from_bytes(text), "ipconfig.txt", &mut out).unwrap();
    assert!(
        !String::from_utf8_lossy(&out).contains(&made(ALNUM, 14, 9)),
        "{}",
        String::from_utf8_lossy(&out)
    );
}

#[test]
fn what_one_file_names_is_known_in_all() {
    let (key, device) = (made(ALNUM, 64, 21), "5b1c8d3e-2f4a-4c1b-9d7e-3a6f8b2c1d0e");
    let broken = format!("dump {}\n    {}\n    {} end", &key[..21], &key[21..43], &key[43..]);
    let text = format!("{broken}\nstate[3] := {device};\nul. D\u{142}uga 12/3 [gui] 65010233976\n");
    let learnt = [
        ("secrets.txt", format!("{key}\n")),
        ("device.ini", format!("device_id = {device}\n")),
        ("tax.json", "{\"ulica\": \"ul. D\u{142}uga 12/3\", \"pesel\": \"65010233976\"}".to_owned()),
    ];
    let learnt: Vec<(&str, &str)> = learnt.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let clean = clean_knowing(&learnt, &text);
    for value in [&key[..21], &key[43..], device, "D\u{142}uga", "65010233976"] {
        assert!(!clean.contains(value), "{value} in {clean}");
    }
    // A number of JSON stays JSON, and what keys are made by is no key.
    let clean = clean_knowing(
        &[("a.ini", "chat_id = 859751049\nprivate_key = ssh-ed25519\nuser: request\nuser: create\n")],
        "{\"id\": 859751049}\nssh-ed25519 create_order request\n",
    );
    let (first, rest) = clean.split_once('\n').unwrap();
    assert!(
        serde_json::from_str::<serde_json::Value>(first).is_ok() && !first.contains("859751049"),
        "{first}"
    );
    assert_eq!(rest, "ssh-ed25519 create_order request\n");
}

#[test]
fn what_nodes_tunnels_and_pipelines_write() {
    all_go(&[
        "refresh token rotated old=§a80§@ account=main",
        "{\"type\": \"vless\", \"uuid\": \"§u36§\", \"server\": \"pl.example\"}",
        "+ codecov -t §u36§ -f coverage.xml",
        "https://gateway.thegraph.com/api/§h32§/subgraphs/id/x",
        "{\"type\":\"tendermint/PrivKeyEd25519\",\"value\":\"§a86§==\"}",
        "echo '§a14§' > ./secrets/wallet_password.txt",
        "Jan, ur. 19§d2§-12-12",
        "otp code entered §d6§, equity=10 availableMargin=§m5§",
        "13:37:02.51 IP 79.§d3§.189.203.40112 > 192.168.1.20.8443: Flags [P.]"
            .replace("§d3§", "133")
            .replace("203", "§d2§")
            .as_str(),
    ]);
    let key = made("0123456789abcdef", 64, 41);
    let node = format!("Available Accounts\n(0) 0xab\n\nPrivate Keys\n==================\n(0) 0x{key}\n");
    assert!(!clean(&node).contains(&key), "{}", clean(&node));
    for line in [
        "kind: Secret\ndata:\n  telegram-token: MTIzNDU2Nzg5OkFBRm1ZWHRlc3Q5ODc2NTQzMjEwYWJjZGVmZ2hpamtsbQ==\n---\napiVersion: v1\n",
        "TELEGRAM_BOT_TOKEN=123456:ABC-replace-me",
        "Looking in indexes: https://__token__:****@gitlab.com/api/v4/projects/41/packages/pypi/simple",
        "pod bot-k8ddjz6gk8-k5wpv uid=85049283-3273-48dc-992c-6920dcaccf7c ready",
        "KEX: sntrup761x25519-sha512@openssh.com, cipher aes128-gcm@openssh.com",
        "    \"user_data\": \"fe4f416ca8f91d260ac979dbea83b1963808a3ce\"",
        "envFrom: secretKeyRef: name: kraken-api-secret",
        "{\"@type\":\"/cosmos.crypto.secp256k1.PubKey\",\"key\":\"A08EGB7ro1ORuFhjOnZcSgwYlpe0DSFjVNUIkNNQxwKQ\"}",
    ] {
        let (first, rest) = line.split_once(": MTIz").unwrap_or((line, ""));
        if rest.is_empty() {
            keeps(line);
        } else {
            let clean = clean(line);
            assert!(clean.starts_with(first) && clean.ends_with("\n---\napiVersion: v1\n"), "{clean}");
        }
    }
}

#[test]
fn what_other_languages_show_of_a_pair() {
    all_go(&[
        "headers: [{\"X-BAPI-API-KEY\", \"§a18§\"}, {\"X-BAPI-SIGN\", \"§h64§\"}, {\"X-BAPI-TIMESTAMP\", \"1772065230392\"}]",
        "headers: [{<<\"X-BAPI-SIGN\">>, <<\"§h64§\">>}]",
        "auth op sent map[args:[key_of_bot 1772092960483 §h64§] op:auth]",
        "clientId=1&publicKey=c4_-0O§a37§&nonce=1, CM_PUBLIC_KEY As String = \"c4_-0O§a37§\"",
        "{\"$\": \"§h32§§a40§\"}, -e PLEX_CLAIM=claim-§a20§",
        "PIN k Trezoru: §d6§, udid=§u36§ idfa=§u36§",
        "8=FIX.4.4|9=148|35=A|49=live.broker.§d7§|56=cServer|57=TRADE",
        "saldo PLN: dostepne=§m5§ zarezerwowane=§m5§, home_latitude: 50.§d6§",
        "'account_number': 'PARZDV§U6§'",
    ]);
    for line in [
        "openssh.authorizedKeys.keys = [ \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI5DI6EuYylApNUxzQBVO8Np0591TcLk3LApAFGh7A52J\" ];",
        "\"type\": \"PaymentVerificationKeyShelley_ed25519\", \"cborHex\": \"5820fc509c677bcfcd5666f5ef91648a95b08fb66f0d67c080ac09dd3776d2362b31\"",
        "insertId,timestamp,severity,labels.user_key,textPayload\nosx,2026-03-05T06:00:46.491Z,DEBUG,e8d7b55542b66d23a6fcc58cb75d33dc,pool idle\n",
        "\u{43f}\u{430}\u{440}\u{43e}\u{43b}\u{44c} \u{43d}\u{435} \u{437}\u{43c}\u{456}\u{43d}\u{44e}\u{432}\u{430}\u{432}\u{441}\u{44f} (FDAX JUN26)",
        "\"publicKey\": \"675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8\", claim-your-reward-here-now-please",
    ] {
        keeps(line);
    }
    // A number of JSON stays JSON.
    let place = clean("{\"latitude\":50.455894,\"longitude\":30.405368}");
    assert!(
        !place.contains("455894") && serde_json::from_str::<serde_json::Value>(&place).is_ok(),
        "{place}"
    );
}

#[test]
fn passwords_go_to_their_last_sign() {
    all_go(&[
        "Server=.\\SQLEXPRESS;Database=GridBot;User Id=gridbot_a;Password=§p4§?Kq8&PM§a8§;Encrypt=True",
        "jdbc:sqlserver://db:1433;user=sa;password=§p3§?Kq§a8§;encrypt=true",
        "CREATE LOGIN gridbot WITH PASSWORD = N'§p4§?§a8§';",
        "string password = @\"§p4§\";",
        "has\u{142}o §p4§ (inwestorskie: 8§a12§)",
        "kod zapasowy 2FA: §a5§-§a5§, kod zapasowy google: §a5§-§a5§",
        "auth_uuid = \"§u36§\"",
        "SSN ends... full §d3§-§d2§-§d4§",
        "the SMS code was §d6§, \"est_stake\":\"§m5§\"",
        "\"Rynek\";\"Rodzaj\";\"Saldo po operacji\"\n\"BTC-PLN\";\"Kupno\";\"§m5§\"\n\"BTC-PLN\";\"Kupno\";\"\"\n",
    ]);
    // What a parameter of a path has behind it is not its.
    assert!(
        clean(&format!("GET /a/b;jsessionid={}?orders=1", made("0123456789abcdef", 32, 3)))
            .ends_with("?orders=1")
    );
    for line in [
        "\"contractAddress\": \"0xcfAE5E387988BfD0E90fbc2600EC5A13666154ce\",",
        "SPY vwap=23347.74 z=6.5084 bars=931 uid=6f5dd38977ad82df",
        "\"User\": \"apikey\",",
        "has\u{142}o w sejfie (read-only: enabled)",
        "{\"lat\": 12.3456, \"sym\": \"BTCUSDT\"}",
        "passcode changed\n7316-6550\n",
        "$ gcloud secrets versions access latest --secret=kraken-secret",
        "\"components\": {\"cpu\": \"21ff25b8336cc98a252d0132521b971a\", \"machine\": \"12f291976ce1d4332868ec5ae5b442ab\"}",
    ] {
        keeps(line);
    }
    all_go(&[
        "{\"lat\": 52.§d6§, \"lon\": 21.§d6§}",
        "accountId: a§h15§",
        "zalogowano pod adresem biura, uid: §u36§",
        "request signature=§a88§ sent by wallet",
        "api_key: ssh-§a20§ x",
    ]);
    // What a person chose is no reference, whatever it looks like.
    assert!(!clean("webhook_secret: moje-tajne-token-secret").contains("moje-tajne"));
    // The name of a field is nobody's name, and a program's own view of itself is no list.
    let known = clean_knowing(&[("appsettings.json", "{\"User\": \"ApiKey\"}")], "Level;Symbol;Qty;ApiKey\n");
    assert_eq!(known, "Level;Symbol;Qty;ApiKey\n");
    let shown = "[src/main.rs:41:5] &cfg = Config {\n    program_id: 675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8,\n}\n";
    assert_eq!(cleaned_as("wallet_debug.txt", shown), shown);
    let address = format!("0x{}", made("0123456789abcdef", 40, 61));
    let list = format!("{address}:0x{}\n", made("0123456789abcdef", 64, 62));
    assert!(!cleaned_as("evm_wallets.txt", &list).contains(&address));
}

#[test]
fn chats_tables_and_transcripts() {
    all_go(&[
        "missing: token §a40§ was refused",
        "[de] Kunde: API-Schl\u{fc}ssel: §a18§ Geheimnis: §a36§",
        "[es] Cliente: mi contrase\u{f1}a es §p4§",
        "[es] Cliente: clave privada: §x64§",
        "\u{43f}\u{440}\u{438}\u{432}\u{430}\u{442}\u{43d}\u{44b}\u{439} \u{43a}\u{43b}\u{44e}\u{447} §x64§",
        "SET PASSWORD FOR 'bot'@'%' = '§p4§';",
        "Debug.Print \"key=\" & \"§a32§\" & \" secret=\" & \"§h32§\"",
        "=> page.fill(\"#password\", \"§p4§\") started",
        "Payload: {'To': '+48671932725', 'Body': 'Kod: §d6§'}",
        "Wys\u{142}ano SMS na numer +48 784 174 491 z kodem §d6§",
        "GET /reset?email=x&code=§d6§ HTTP/1.1",
        "zonda: publicKey=§u36§ privateKey=§u36§ offerId=1",
        "127.0.0.1:5433:*:quantops31:§p4§",
        "paszport nr AA§d7§",
        "    SSID name              : \"Kowalski_§d4§\"",
        "WiFi Kowalski_§d4§ has\u{142}o: §p4§",
        "Name      Exchange ApiKey             Pairs\n----      -------- ------             -----\ngrid-btc  bybit    §a18§ 12\ngrid-eth  bybit    §a18§ 3\n",
        "name|api_key|active\nmain|§a40§|1\n",
        "name,token\nmain,§a40§\n",
        "Bybit recovery codes:\n1. 5§a4§-§a5§\n2. skarz-rnhya\n",
        "From: =?UTF-8?Q?Halina_§w9§?= <x@y.io>",
        "echo §a40§ | docker secret create api_key -",
        "balance=Some(§m5§)\nbalance=Optional[§m5§]\n",
        "(Pdb) p cfg.account_id\n'§d8§'\n",
        "{account_id,\"§d8§\"}",
    ]);
    assert!(!clean("Bybit recovery codes:\n1. 5iaxa-xitxa\n2. skarz-rnhya\n").contains("skarz"));
    for line in [
        "[17:43:45] user: ADAUSDT at 16402.7351 size 0.19474778",
        "user: 1000SHIBUSDT",
        "config INFO key privateKey is **REDACTED**",
        "name=OK-ACCESS-PASSPHRASE value=changeme_please",
        "missing required credential: recvWindow (value is empty)",
        "missing required credential: OK-ACCESS-SIGN (value is empty)",
        "    client = Client(api_key=key, api_secret=sec)",
        "api_key not set, falling back to secrets.env [config]",
        "{\"span\":{\"order_id\":\"4189890641425605202\",\"name\":\"place\"}}",
        "redis key order:f497ea70-dc49-4e9e-9bef-14176c99c720 expired",
        "INFO:auth:request 24245e05-8abc-4e1a-be29-e13e127a5ff4 done",
        "\"timings\": { \"blocked\": 1.2, \"dns\": -1 }",
        "botocore.auth - DEBUG - StringToSign:\nAWS4-HMAC-SHA256\n",
        "hmac(secret, \"POST/api/v3/order20261103145224\")",
        "PASSWORD_FILE=/run/secrets/password\nFIX=4.4\n",
        "Recovery phrase\n---------------\nDo not share. Created 2026-03-11\n",
        "const { login, logout } = useAuth(); dial(hostname, port); columns=[\"user\", \"status\"]",
        "api_secret=64 chars, api_key: sk-...wxyz, token=(redacted), password: \u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}",
    ] {
        keeps(line);
    }
    // What is sought in other files is no name of a field, no market and nothing that was hidden before.
    for (settings, text) in [
        ("password: X-MBX-APIKEY\n", "pole X-MBX-APIKEY jest puste"),
        ("user: BTCUSDT\n", "symbol=BTCUSDT"),
        ("private_key: '**REDACTED**'\n", "value=**REDACTED**"),
        ("Cookie: timezone=Europe/Warsaw\n", "timezone=Europe/Warsaw"),
    ] {
        assert_eq!(clean_knowing(&[("bot.yml", settings)], text), text);
    }
    // A line of a shell is not the rest of the key above it.
    let key = made(ALNUM, 40, 71);
    let history = format!("aws configure set aws_secret_access_key {key}\nsha256sum bot.tar.gz\n");
    assert!(clean(&history).ends_with("\nsha256sum bot.tar.gz\n"));
    // Brackets inside of an element of several lines would be tags.
    let event = "<Data>Application: bot.exe\nPath: C:\\Users\\anna.nowak\\bot.exe\n</Data>";
    let cleaned = clean(event);
    assert!(!cleaned.contains("anna.nowak") && cleaned.matches('<').count() == 2, "{cleaned}");
    // A table says in its head what a list has.
    let table = "exchange;label;api_key;last_order_id\n";
    let row = format!("okx;main;{};33186914399\n", made(ALNUM, 36, 72));
    assert!(cleaned_as("api_keys.csv", &format!("{table}{row}")).ends_with(";33186914399\n"));
}

/// Cleans a file of this name.
fn cleaned_as(name: &str, text: &str) -> String {
    let mut out = Vec::new();
    Redactor::builder().build().clean_stream(Raw::from_text(text), name, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn letters_of_two_bytes_in_every_spelling() {
    let key = made(ALNUM, 40, 51);
    let spelled =
        |sign: &str| key.chars().map(|letter| format!("{letter}{sign}")).collect::<Vec<_>>().concat();
    for text in [
        format!("b'a\\x00p\\x00i\\x00K\\x00e\\x00y\\x00=\\x00{}'", spelled("\\x00")),
        format!("blob: {}", spelled("\\u0000")),
    ] {
        let known = clean_knowing(&[("bot.ini", &format!("api_key = {key}\n"))], &text);
        assert!(!known.contains(&text[text.len() - 60..text.len() - 8]), "{known}");
    }
}

#[test]
fn phrases_that_json_carries_go_whole() {
    let words = super::phrase::made_from(&[11; 16]);
    let numbered = |between: &str| {
        let words = words.iter().zip(1..);
        words.map(|(word, number)| format!("{number:2}. {word}{between}")).collect::<Vec<_>>().concat()
    };
    for text in [
        format!("\"{}\"", words.join("\\n")),
        format!("{{\"log\":\"words:\\n{}\"}}", numbered("\\n")),
        format!("keep it in a place that you trust\n{}keep it offline\n", numbered("\n")),
        format!("---BEGIN CIPHER SEED---\n{}---END CIPHER SEED---\n", numbered("    ")),
        format!(
            "| # | word |\\n{}",
            words.iter().map(|word| format!("| 1 | {word} |\\n")).collect::<Vec<_>>().concat()
        ),
    ] {
        let clean = clean(&text);
        let left = words.iter().filter(|word| clean.contains(**word) && word.len() > 4).count();
        assert!(left == 0, "{left} left of {text}: {clean}");
    }
}

#[test]
fn beside_private_keys_what_is_public_stays() {
    let line = made(ALNUM, 64, 31);
    let text = format!(
        "-----BEGIN CERTIFICATE-----\n{line}\n-----END CERTIFICATE-----\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{line} bot\n"
    );
    let mut out = Vec::new();
    Redactor::builder().build().clean_stream(Raw::from_text(text.as_str()), "vps_key.txt", &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), text);
    let head =
        "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nPublic-Lines: 1\nAAAAB3\nPrivate-Lines: 1\n";
    let private = made(ALNUM, 60, 32);
    let clean = clean(&format!("{head}{private}\nPrivate-MAC: {}\n", made("0123456789abcdef", 64, 33)));
    assert!(clean.starts_with(head) && !clean.contains(&private), "{clean}");
}
