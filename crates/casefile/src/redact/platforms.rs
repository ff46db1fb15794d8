//! What platforms, their helpers and consoles write: numbers of machines, settings of mailboxes, messages of FIX, keys in rings, and
//! what was broken at the edge of a console.

use super::catalogue::all_go;
use super::tests::{ALNUM, HEX, hides, keeps, made};
use super::{KnownValues, Raw, Redactor};

fn clean(text: &str) -> String {
    Redactor::builder().build().clean_text(text).0.as_str().to_owned()
}

/// Cleans the text knowing what it teaches, as a folder is cleaned.
fn clean_twice(text: &str) -> String {
    let mut known = KnownValues::new();
    known.learn(Raw::from_text(text), "bot.log");
    Redactor::builder().known(known).build().clean_text(text).0.as_str().to_owned()
}

#[test]
fn what_platforms_say_of_accounts_and_machines() {
    all_go(&[
        "Windows 10 build 19045, computer name DESKTOP-§U7§, hardware id §d4§9904A73B70078D776574D367§d4§",
        "Strategy: machine id §u1§, machine name: x",
        "UserNameToDirectory=dkgb§d4§",
        "ERROR accounts ['U69§d5§', 'U43§d5§'] not permissioned",
        "IBKR managedAccounts U15§d5§",
        "{\"name\":\"Bot Support\",\"type\":\"private_supergroup\",\"id\":-10060§d8§,\"messages\":[",
        "czat_id = 3349§d5§",
        "\"CONFIG\" \"SET\" \"requirepass\" \"cubooHN§a12§\"",
        "AccountInfo: login=5454§d4§ name=Pieter Kettelhack balance=39481.41 equity=38682.70",
        "SENTRY_DSN=https://§h32§@o47477.ingest.sentry.io/484",
        "{\"appId\":\"ninja\",\"cid\":6097,\"sec\":\"§u1§\"}",
        "[Email]\nEnable=1\nAuth=sznqxcmey§a7§\nFromAddr=x",
        "schtasks /create /tn Bot /sc onlogon /ru Bethany.Pemberton§d2§",
        "Credentials[exchange=deribit, key=NQCuYdae, testnet=false, secretKey=§a43§]",
        "AUTH LOGIN user anna@example.com pass verano_§d4§ -> 535",
        "\"AccountId\"=\"5txlqnrsnzo§d1§fk\"",
        "{\"msg\":\"kucoin_secret_key:\\n    §u1§\"}",
        "okx_passphrase,\"X2hydd§d2§Fw!W?\",2025-01-09",
    ]);
    let hidden = clean("Name: 1\nFATAL: password authentication failed for user \"arb\"\n");
    assert!(hidden.contains("failed for user"));
}

#[test]
fn what_only_looks_like_a_secret_there_stays() {
    for line in [
        "240405-11:47:19.356 : 8=FIX.4.4|9=2815|35=5|58=RET_INVALID_CREDENTIALS|10=5009|",
        "[INFO] Exchange Account Key -> Config OK, codeName present",
        "Squirrel: ApplyReleases key=RELEASES 484bee5fb29bd5fcdb66c3acf118043e4c14793f",
        "[DBG] Creating key {2c39707b-2d19-474a-a858-25b7778d3d26} with creation date 2024-05-01",
        "[DBG] Key {2c39707b-2d19-474a-a858-25b7778d3d26} was persisted",
        "session id: b43a177c (zenbot --paper)",
        "  File \"/home/ftuser/.local/lib/python3.12/site-packages/ccxt/base/exchange.py\", line 634",
        "    username: gobot",
        "      - POSTGRES_USER=ftuser",
        "    <add key=\"InstallRequestId\" value=\"74ce8278-694e-4c97-b419-a71f0bb3411c\" />",
        "client_id = 882869112161.apps.googleusercontent.com",
        "rabbit on node rabbit@ubuntu up",
        "config check: kucoin_passphrase: changeme-see-docs (from environment)",
        "event 01JHR7ACCA13TAF2BJES6A1J6W published offset=199842",
        "password: see the password manager",
        "- [ ] Passwort: steht im Passwortmanager",
        "klucz api: wygas\u{142} 2026-02-18",
        "chiave api: scaduta 2026-04-14",
        "[14:34:02] Customer: Backtest SOL/USDT: PF 25886.64, drawdown 4.06%",
        "Address: 127.0.0.1, port 8080, 3 retries",
        "2fa code must have been sent",
        "hardware id missing",
        "login / password policy: 12 / characters",
        "GET /ru news.html",
        "direccion=LONG",
        "IP address: 10.0.0.5 connects 3 times 50051",
        "Deposit address: network TRC20 min 10 USDT 10000 max",
        "Instance No: 100234",
        "Rebalance no. 20260102 executed",
        "2fa code sent with text msgs must work once",
        "UserNameToDirectory=true",
        "[rpc] ThreadRPCServer method=walletpassphrase user=__cookie__ peeraddr=1",
        "telegram.error InvalidToken: The token was rejected by the server.",
        "{\"event\":\"auth\",\"msg\":\"apikey: digest invalid\"}",
        "WARN app::ws: auth timeout for session 1c9cc679-f8c7-499f-a274-4eaced46c32c, retry 8",
        "couldn't find key api-secret in Secret podUID=\"27181e5b-bd3b-4c21-996d-650a6989a427\"",
        "[PASS] testFuzz_PrivateKeyIsNeverLogged(uint256) (runs: 256)",
    ] {
        keeps(line);
    }
    // A part of an address that anybody may see stays beside what nobody may.
    let dsn = clean(&format!("DSN: postgresql://arb:{}7x@172.17.0.147:5432/arb", made(ALNUM, 12, 5)));
    assert!(
        dsn.starts_with("DSN: postgresql://url_password-") && dsn.ends_with("@172.17.0.147:5432/arb"),
        "{dsn}"
    );
}

#[test]
fn what_resembles_that_evidence_goes_all_the_same() {
    all_go(&[
        "API secret -> qwertyuiop§d2§asdfgh was rotated",
        "API key: Kraken §a20§",
        "api key: spot §a20§",
        "git clone https://§h32§@github.com/x.git",
        "/home/kasiabot§d1§/x",
        "telegram user: user_§d9§",
        "session_token=b§d6§c",
        "bybit key {§u1§}",
        "| Password | §d4§=abcd! |",
        "password: expired Kotek§d2§Mruczek",
        "contact rabbit@anna§d2§-nowak.pl",
        "<add password=\"Kotek§d3§Mruczek\" value=\"x\"/>",
        "{\"m\":\"Login / password:  anna / Kotek§d2§a\",\"b\":1}",
    ]);
    hides("person", "name -> ", "Anna Nowak", "\n");
    // What stands before the word for what became of it is the password all the same.
    hides("password", "login with password: ", "kotekmruczek", " rejected\n");
    // A password that begins with a date is sought elsewhere too.
    let clean = clean_twice("password: 2019-05-12Tomek\nlogin with 2019-05-12Tomek failed\n");
    assert!(!clean.contains("Tomek"), "{clean}");
    for line in [
        "{\"m\":\"Login / password:  anna / Kotek1a\",\"b\":1}",
        "{\"m\":\"AUTH user anna@example.com pass Kotek1a\",\"b\":1}",
    ] {
        let clean = self::clean(line);
        assert!(
            serde_json::from_str::<serde_json::Value>(&clean).is_ok() && !clean.contains("Kotek1a"),
            "{clean}"
        );
    }
}

#[test]
fn a_sid_has_one_stand_in_whatever_it_is_called() {
    let sid = format!("S-1-5-21-{}-2448314176-1003", "1937041023-1661763154");
    let clean = clean(&format!("<UserId>{sid}</UserId>\nprofile {sid} loaded\n"));
    let kinds: Vec<_> = super::stand_ins(&clean).iter().map(|stand_in| stand_in.kind).collect();
    assert_eq!(kinds, ["serial", "serial"], "{clean}");
}

#[test]
fn a_date_at_the_beginning_of_a_line_is_no_rest_of_a_token() {
    let token = format!("eyJhbGciOiJFUzI1NiJ9.{}.{}", made(ALNUM, 60, 3), made(ALNUM, 43, 4));
    for date in ["23-Mar-2024", "23.03.2024", "2024-03-23", "2024/03/23"] {
        let next = format!("{date} 03:34:57  [orders] Rejected: \"Buying power exceeded\"\n");
        let text =
            format!("{date} 03:34:50  [http] GET https://x.example/v3 Authorization: Bearer {token}\n{next}");
        let clean = clean_twice(&text);
        assert!(!clean.contains(&token) && clean.ends_with(&next) && clean.starts_with(date), "{clean}");
    }
    let next = "sha256sum -c a760a930.sum\n";
    let text = format!("ngrok config add-authtoken 2d{}\n{next}", made(ALNUM, 47, 8));
    assert!(clean(&text).ends_with(&format!("\n{next}")));
}

#[test]
fn what_a_console_broke_goes_to_its_end() {
    const WIDTH: usize = 100;
    let wrapped = |line: &str| {
        let parts: Vec<&str> =
            (0..line.len()).step_by(WIDTH).map(|at| &line[at..(at + WIDTH).min(line.len())]).collect();
        parts.join("\n")
    };
    let said = format!("{{\"githubToken\":\"ghp_{}\",\"mode\":\"live\"}}", made(ALNUM, 36, 11));
    let encoded = data_encoding::BASE64.encode(said.as_bytes());
    let discord = format!("{}.{}.{}", "NjMzNjI5Mzk5NTk5OTgxMTc1", made(ALNUM, 6, 12), made(ALNUM, 38, 13));
    let mailgun = format!("key-{}", made(HEX, 32, 14));
    let filler = format!(
        "2025-01-10 09:10:00,000 - strategy.grid - INFO - {}\n",
        "order filled and booked ".repeat(6)
    );
    let lines = [
        format!("2025-01-10 09:43:23,405 - scheduler - WARNING - config blob {encoded}"),
        format!("2025-01-10 09:10:04,808 - strategy.grid - ERROR - notifier init ({discord}) took 7 ms"),
        format!(
            "2025-01-10 08:59:49,610 - strategy.grid - INFO - remote: rejected {mailgun} for build 11f97a37"
        ),
    ];
    let text: String = lines.iter().map(|line| wrapped(&filler) + &wrapped(line) + "\n").collect();
    let clean = clean(&text);
    for part in [&encoded[50..90], &discord[45..60], &mailgun[10..30]] {
        assert!(!clean.contains(part), "{part} in {clean}");
    }
    assert!(clean.contains("took 7 ms") && clean.contains("for build"), "{clean}");
}

#[test]
fn a_key_of_putty_without_its_last_line_goes_and_its_public_half_stays() {
    let (public, rest) = (format!("AAAAC3NzaC1lZDI1NTE5AAAAI{}", made(ALNUM, 39, 21)), made(ALNUM, 24, 22));
    let (first, second) = (made(ALNUM, 64, 23), made(ALNUM, 32, 24));
    for end in ["\n", "\\n"] {
        let text = format!(
            "PuTTY-User-Key-File-3: ssh-ed25519{end}Encryption: none{end}Comment: bot{end}Public-Lines: 2{end}{public}{end}{rest}\
             {end}Private-Lines: 2{end}{first}{end}{second}{end}upload refused, request 3f45a5cf\n"
        );
        let clean = clean(&text);
        assert!(!clean.contains(&first) && !clean.contains(&second), "{clean}");
        assert!(clean.contains(&public) && clean.contains("upload refused, request 3f45a5cf"), "{clean}");
    }
}

#[test]
fn a_part_of_a_form_in_a_string_ends_with_it() {
    let secret = made(ALNUM, 40, 31);
    let line = format!(
        "{{\"msg\":\"Content-Disposition: form-data; name=\\\"apiSecret\\\"\\n\\n{secret}\",\"service\":\"bot\"}}"
    );
    let clean = clean(&line);
    assert!(!clean.contains(&secret) && serde_json::from_str::<serde_json::Value>(&clean).is_ok(), "{clean}");
}

#[test]
fn what_is_said_in_base64_goes_as_a_whole() {
    for said in
        ["x{\"email\":\"anna.nowak@example.com\",\"mode\":\"live\"}", "v1{\"smtpUser\":\"anna@example.com\"}"]
    {
        let encoded = data_encoding::BASE64.encode(said.as_bytes());
        hides("encoded", "state=", &encoded, " next");
    }
    keeps(&format!("cursor {}", data_encoding::BASE64.encode(b"symbol=BTCUSDT interval=1m limit=500")));
    // A known value as Windows writes it.
    let secret = format!("W0Skm{}#y-", made(ALNUM, 6, 41));
    let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut known = KnownValues::new();
    known.add("password", &secret);
    let redactor = Redactor::builder().known(known).build();
    let text = format!("assert credentials[1] == {} at src", data_encoding::BASE64.encode(&wide));
    let (clean, _) = redactor.clean_text(&text);
    assert!(!clean.as_str().contains(&data_encoding::BASE64.encode(&wide)[4..24]), "{clean}");
}

#[test]
fn what_people_note_of_themselves() {
    all_go(&[
        "Address: §d2§ Mulberry Lane, Leeds LS6 8QD",
        "Adres: Brzozowa §d3§A, 43-394 Bielsko-Bia\u{142}a",
        "Adresa                      : N\u{e1}dra\u{17e}n\u{ed} 11/8, 602 62 Brno §d2§",
        "   \"text\": \"Indirizzo: Corso Matteotti 56/6, 10§d3§ Torino\",",
        "Date of birth: 12 May 19§d2§",
        "Driving licence no THORN§d6§X9QLS",
        "\u{10c}\u{ed}slo OP                    : PR§d7§",
        "N\u{b0} carte d'identit\u{e9} XC§d7§",
        "Codice cliente              : §d9§",
        "Rodn\u{e9} \u{10d}\u{ed}slo                 : §d6§/§d4§",
        "VAT no: BF§d9§",
        "USt-IdNr: DE§d9§",
        "iCloud: anna.d2@example.com : Marmalade§d4§!",
        "OKX   login / password:  Fish.jiu@§d3§ / Rovers.kju@§d3§",
        "Has\u{142}o ->\nTruskawka§d4§!\n",
    ]);
    hides("person", "Customer: ", "Declan Ashworth", " <ord@example>\n");
    hides("api-secret", "klucz 2FA ", "xvpz srpw pamt nrdj", "\n");
    hides("api-secret", "2FA secret ", "VSLA ESAP C4EF YFME", "\n");
    hides("password", "my password is ", "QqNhvycFhbNuQw", "\n");
    let sheet = "Service,login,password,api key,api secret,2FA secret,URL,Notes\n\
                 Coinbase,anna@example.com,Pumpkin64$$,vqjAxqfvmpTpUNcv,8xPXNd3jl2eBCXriuHK2hvPXTN9zodzX,2ZRN36FJ5UB44L3X,x,y\n";
    let clean = clean(sheet);
    assert!(!clean.contains("Pumpkin64") && !clean.contains("2ZRN36FJ") && clean.contains(",x,y"), "{clean}");
}
