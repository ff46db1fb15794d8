//! How programs that trade, and those around them, name their secrets: lines in the forms that they really write, each with
//! values that have to go, and lines that look alike and have to stay.
//!
//! A value stands here as a code between two `§`: what it is made of, and how long it is.

mod personal;
mod services;

use super::tests::{ALNUM, HEX, keeps, made};
use super::*;

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What the code stands for.
fn value(code: &str, seed: u64) -> String {
    let (kind, length) = code.split_at(1);
    let length = length.parse().unwrap();
    let pieces = |lengths: &[usize], alphabet: &str| {
        let pieces = (seed * 8..).zip(lengths).map(|(seed, length)| made(alphabet, *length, seed));
        pieces.collect::<Vec<_>>()
    };
    match kind {
        "a" => format!("{}7k4", made(ALNUM, length - 3, seed)),
        "l" => format!("{}7k4", made(LOWER, length - 3, seed)),
        "U" => format!("{}7K4", made(UPPER, length - 3, seed)),
        "B" => made(BASE32, length, seed),
        "h" => format!("{}7b4", made(HEX, length - 3, seed)),
        "x" => format!("0x{}7b4", made(HEX, length - 3, seed)),
        "d" => made("123456789", length, seed),
        // Bytes as Go writes them.
        "b" => (0..length as u64)
            .map(|byte| format!("0x{}", made(HEX, 2, seed + byte)))
            .collect::<Vec<_>>()
            .join(", "),
        // A password as a person chooses one.
        "p" => format!("Wiosna{}#x", made("23456789", length, seed)),
        // A sum.
        "m" => format!("{}.{}", made("123456789", length, seed), made("123456789", 2, seed + 1)),
        "s" => pieces(&[2, 3], "123456789").join(" ") + ",56",
        "w" => made("abcdefghijklmnopqrstuvwxyz", length, seed),
        "u" => pieces(&[8, 4, 4, 4, 12], HEX).join("-"),
        // The number of an identity card.
        "c" => format!("{}{}", made("ABCDEFGHJKLMNPRSTWZ", 3, seed), made("123456789", 6, seed)),
        _ => panic!("{code}"),
    }
}

/// The line with the values in the place of their codes, and these.
fn filled(line: &str, seed: u64) -> (String, Vec<String>) {
    let mut values = Vec::new();
    let parts = line.split('§').enumerate().map(|(at, part)| {
        if at % 2 == 0 {
            return part.to_owned();
        }
        values.push(value(part, seed + at as u64));
        values[values.len() - 1].clone()
    });
    (parts.collect(), values)
}

/// Reads the lines, and checks that nothing is left of any value.
#[track_caller]
pub(super) fn all_go(lines: &[&str]) {
    let redactor = Redactor::builder().build();
    let mut left = Vec::new();
    for (line, seed) in lines.iter().zip((1_000..).step_by(16)) {
        let (text, values) = filled(line, seed);
        let (clean, _) = redactor.clean_text(&text);
        let kept = values.iter().filter(|value| clean.as_str().contains(value.as_str())).count();
        if kept > 0 || clean.as_str().lines().count() != text.lines().count() {
            left.push(format!("{line}\n    {}", clean.as_str()));
        }
    }
    assert!(left.is_empty(), "{}", left.join("\n"));
}

#[test]
fn names_that_exchanges_and_bots_give_to_their_secrets() {
    all_go(&[
        "{'X-BM-KEY': '§h40§', 'X-BM-SIGN': '§h64§', 'X-BM-MEMO': '§w9§'}",
        "bitmart_memo: §w9§",
        "{'orderly-account-id': '§x64§', 'orderly-key': 'ed25519:§a44§', 'orderly-signature': '§a88§'}",
        "{'AccessId': '§U32§', 'request-api': '§a64§', 'request-sign': '§h96§'}",
        "Authorization: deri-hmac-sha256 id=§a8§,ts=1764000000000,sig=§h64§,nonce=abcd",
        "{'Authorization': 'HS256 §a60§', 'Accept': '*/*'}",
        "{\"signed_challenge\":\"§a88§\"}",
        "Stripe-Signature: t=1764000000,v1=§h64§",
        "X-Signature-Ed25519: §h128§",
        "headers={'PARADEX-STARKNET-ACCOUNT': '§x63§', 'PARADEX-STARKNET-SIGNATURE': '[\"§d75§\",\"§d74§\"]'}",
        "{\"PARADEX-STARKNET-SIGNATURE\": \"[\\\"§d75§\\\",\\\"§d76§\\\"]\"}",
        "signature: [§d75§, §d74§]",
        "{\"nonce\":1764000000000,\"signature\":{\"r\":\"§x64§\",\"s\":\"§x64§\",\"v\":27},\"vaultAddress\":\"§x40§\"}",
        "starknet_account=§x64§ EXTENDED_STARK_PRIVATE=§x63§",
        "POLYMARKET_FUNDER=§x40§",
        "HYPERLIQUID_VAULT=§x40§ ASTER_USER=§x40§",
        "apexSeeds=§x130§",
        "HAAS_API_INTERFACEKEY=§a32§",
        "{\"ticker\":\"BTCUSDT\",\"passkey\":\"§a16§\"}",
        "{\"secret_code\":\"§a12§\",\"clientId\":\"§d6§\"}",
        "TWSUSERID=§w8§7",
        "managedAccounts: U§d7§,U§d7§,DU§d7§",
        "connected, accounts: U§d7§,U§d7§",
        "AccountName=Zenon Kowalczyk§w6§ AccountBalance=§m5§",
        "mt5.login(§d8§, \"§p4§\", \"XM-MT5\")",
        "GET https://trader.degiro.nl/trading/secure/v5/update/§d8§;jsessionid=§h32§?orders=0",
        "CTRADER_CLIENT_ID=12345_§a50§",
        "LS_password=CST-§a40§|XST-§a40§",
        "[{\"accountNumber\":\"§d8§\",\"hashValue\":\"§h64§\"}]",
        "{\"apiKey\":{\"id\":\"§u1§\",\"secret\":\"§a88§\"}}",
        "\"vault\":\"{\\\"data\\\":\\\"§a90§\\\",\\\"iv\\\":\\\"§a24§\\\"}\"",
    ]);
    for line in [
        "'requiredCredentials': {'apiKey': True, 'secret': True, 'privateKey': False, 'walletAddress': False}",
        "{'X-BAPI-SIGN-TYPE': '2', 'KC-API-KEY-VERSION': '2', 'recvWindow': 10000}",
        "oauth_signature_method=\"HMAC-SHA1\", oauth_version=\"1.0\"",
        "{'Authorization': 'OAuth oauth_signature_method=\"HMAC-SHA1\", oauth_version=\"1.0\"'}",
        "signature: [1, 2, 3]",
        "rates:\n  account: 2000\n  ticker: 2000\n",
        "accounts: 12 loaded, 3 skipped",
        "vault: kv-bot, vault_name=secret-store",
        "key=BTCUSDT-1m-2026 key=ema_20_50 signal_key=rsi14_oversold order_key=ord-20261120-7",
        "session: \"2026-11-20-london\"\n",
        "db_username = \"bot\"\n",
        "{\"api_key\": \"test\", \"mnemonic\": \"twelve words separated by spaces\"}",
        "{\"key\":{\"id\":12,\"name\":\"close\"}} hashValue=12 table|XST-size",
        "clientId=7 orderId=182 client_id: \"x-grid-0\"",
        "AccountName=Demo Account AccountType=spot",
        "Invalid api key, ClientID missing, TeamViewer started",
    ] {
        keeps(line);
    }
}

#[test]
fn names_read_by_their_words() {
    all_go(&[
        "api_creds=§a40§",
        "auth_tok=§a40§ accessTok=§a40§",
        "authHeader: §a40§",
        "bloxroute_auth_header=§a80§",
        "session_hash=§a40§",
        "sess_id=§a40§",
        "aeskey=§h64§ signkey=§a40§ hexkey=§h64§",
        "prikey=§x64§ pkey=§x64§ sk=§h64§ privk=§h64§ priv_hex=§h64§",
        "secret_b64=§a80§ key_b64=§a80§",
        "{\"keys_base64\":[\"§a44§\",\"§a44§\"]}",
        "unseal_keys_b64: [\"§a44§\"]",
        "SECRET_KEY_BASE=§h128§",
        "ad.anynet.id=§d10§\nad.anynet.token_hash=§h64§\nad.anynet.pwd_salt=§h32§\nad.anynet.alias=§w8§@ad\n",
        "tradepwd=§p4§\nuserpw=§p4§\nmailpass=§p4§\nkeystorepass=§p4§\npswd=§p4§\npassw: §p4§\n",
        "wallet_pw=§p4§\npw=§p4§\n",
        "pass_hash=§h64§ pw_hash=§h64§ password_digest=§h64§",
        "twitch_oauth: oauth:§l30§",
        "client-key-data: §a120§",
        "VAULT_SECRET_ID=§u1§",
        "access_id=§a24§ code_verifier=§a43§ client_assertion=§a60§",
        "lickey=§a32§ regkey=§U20§",
        "machine_fingerprint=§h64§ android_id=§h16§ ProcessorId=§U16§ bios_uuid=§u1§ install_guid={§u1§}",
        "rpcuser=§w8§ rpcauth=bot:§h32§$§h64§",
        "SERVERCHAN_SENDKEY=SCT§d6§T§a26§",
        "NTFY_TOPIC=bot-§a16§",
        "google_authenticator: §B16§",
        "USERDOMAIN=§U8§PC",
        "PasswordAES=hex:§h32§",
    ]);
    for line in [
        "broken=12 spoken=3 monkey=1 donkey=3 bypass=true compass=12 surpass=yes trespass=no",
        "pass_rate=0.98 pass_count=14 password_age_days=90 password_reset=false",
        "token_left=120 tokens_used=500 api_key_count=3 session_count=3 auth_failed=3 auth_time_ms=12",
        "access=read,write access=public refresh=30 task=3 disk=80 risk=0.5",
        "pw:api navigated to \"https://xstation5.xtb.com/\" +0ms",
        "tx EvQPvsr5EpPWdVxuaVGasDizTRhiSngVtSTj7cqShDu9SusxQQigUuFFeixBXuZkk1wUwbCEAa7j1DZWc7DWSsn slot=417848004",
        "code_hash=0x9f2c4b1de07a53866f12c0b4a9d8e7f60102030405060708090a0b0c0d0e0f10",
        "api_key_header = \"X-MBX-APIKEY\"",
        "private channel orders subscribed, priv=true, fundsLocked=false",
        "cachekey=ticker:BTCUSDT:1m lookupkey=candles_1m",
        "number of accounts: 3, numer zlecenia: 4711",
    ] {
        keeps(line);
    }
}

#[test]
fn names_in_polish_read_by_their_words() {
    all_go(&[
        "klucz_tajny=§a40§",
        "klucz dost\u{119}pu: §a40§",
        "klucz publiczny API: §a40§",
        "klucz szyfrowania: §a40§",
        "token dost\u{119}pu: §a40§\ntoken sesji: §a40§\n",
        "has\u{142}o dost\u{119}pu: §p4§\nhas\u{142}o inwestora: §p4§\nhaslo_do_konta=§p4§\nkod dost\u{119}pu: §p4§\n",
        "identyfikator klienta: §d8§\nidentyfikator sesji: §h32§\nIdentyfikator u\u{17c}ytkownika: §w8§x7\n",
        "NIK: §d8§\nNumer NIK §d8§\n",
        "Kod BLIK: §d6§\nkod PIN §d4§\n",
        "rachunek maklerski §d9§\nRachunek nr §d8§, typ: Standard\n",
        "podpis: §h64§\nsygnatura=§h64§\n",
        "Nr dowodu osobistego: §c9§\nDow\u{f3}d osobisty nr §c9§\nid_number: §c9§\n",
        "Numer licencji: §U4§-§d6§-§U4§\n",
        "Numer seryjny woluminu: §U4§-§U4§\n",
        "nazwa hosta: §w8§-pc7\n",
    ]);
    for line in [
        "Kod b\u{142}\u{119}du: 10016, kod wyj\u{15b}cia: 137, PIN: wymagany",
        "klucz: warto\u{15b}\u{107}, kolumna klucz: id, has\u{142}o: wymagane, token: brak",
        "identyfikator zlecenia: 4711, identyfikator b\u{142}\u{119}du: 500, wynik: 12345678",
        "rachunek: demo, konto demo aktywne, NIK: brak, podpis: brak",
    ] {
        keeps(line);
    }
}

#[test]
fn sums_of_money_behind_what_a_statement_calls_them() {
    all_go(&[
        "<tr><td colspan=2><b>Balance:</b></td><td class=mspt><b>§m5§</b></td><td><b>Free Margin:</b></td><td><b>§m5§</b></td></tr>",
        "Saldo po operacji: §s1§ PLN",
        "Saldo ko\u{144}cowe: §s1§ PLN",
        "Saldo rachunku §s1§ PLN",
        "Equity with loan value: §m5§",
        "Net Liquidation Value: $§m5§",
        "Net liquidation: §m5§",
        "Buying power: $§m5§",
        "\u{15a}rodki dost\u{119}pne: §s1§ PLN",
        "Wolny depozyt: §s1§\nDepozyt: §s1§ PLN",
        "Warto\u{15b}\u{107} rachunku: §s1§ PLN\nStan konta: §s1§ PLN\nWarto\u{15b}\u{107} portfela: §s1§ PLN",
        "Total portfolio value §m5§ USD",
        "tag,value,currency\nExcessLiquidity,§m5§,USD\nTotalCashValue,§m5§,USD\n",
        "AccountValue(tag='GrossPositionValue', value='§m5§', currency='USD')",
        "\"balance\": {\"USDT\": §m5§, \"BTC\": \"§m1§\"}",
        "| NetLiquidation | §m5§ |",
    ]);
    for line in [
        "<td colspan=2><b>Closed Trade P/L:</b></td><td class=mspt><b>153.20</b></td>",
        "Saldo: brak danych, stan konta: nieznany, \u{15b}rodki: za ma\u{142}o",
        "balance check took 12.50 ms, equity curve slope 0.53, buying power check ok",
        "margin balance ratio 12.50 %, cash and carry 1.5x",
        "\"balance\": {\"enabled\": true, \"decimals\": 8}",
    ] {
        keeps(line);
    }
}

#[test]
fn addresses_that_are_secrets_themselves() {
    all_go(&[
        "  - tgram://§d10§:§a35§/§d9§/",
        "  - discord://§d18§/§a68§\n  - discord://BotName@§d18§/§a68§/?avatar=no",
        "  - slack://§U9§/§U9§/§a24§/#channel\n  - pover://§l30§@§l30§\n  - pbul://o.§a32§",
        "  - gotify://192.168.1.20:8070/§a15§\n  - gotifys://push.example.com/§a15§?priority=high",
        "  - ntfy://§a16§\n  - ntfys://bot:§p4§@ntfy.example.com/trades\n  - matrixs://§a40§@t2bot.io/",
        "  - mailtos://smtp.wp.pl?user=anna&pass=§p4§\n  - rockets://§a17§/§a64§@chat.example.com",
        "  - ifttt://§a22§@bot_event/\n  - sns://AKIA§B16§/§a40§/us-east-1/topic",
        "  - msteams://§u1§@§u1§/§h32§/§u1§\n  - webex://§a80§\n  - schan://SCT§d6§T§a26§",
        "postgresql+psycopg2://bot:§p4§@localhost:5432/ft",
        "ss://§a44§@ss.example.com:8388#srv\nvmess://§a160§\ntrojan://§a16§@tr.example.com:443",
        "GET https://nd-123-456-789.p2pify.com/§h32§ 200\nGET https://rpc.tenderly.co/fork/§u1§ 200",
        "POST https://open.larksuite.com/open-apis/bot/v2/hook/§u1§\nhttps://hc-ping.com/§u1§",
        "https://maker.ifttt.com/trigger/fill/json/with/key/§a22§\nhttps://push.example.com/api/push/§a32§?status=up",
        "curl -d filled ntfy.sh/mybot_§a14§",
        "xfreerdp /u:bot /p:§p4§ /v:vps\nplink -pw §p4§ root@vps\nnet use Z: \\\\nas\\bot /user:bot §p4§\n",
        "7z x -p§p4§ backup.7z\nmosquitto_pub -h broker -u bot -P §p4§ -t trades\nunzip -P §p4§ backup.zip\n",
        "schtasks /create /tn bot /ru bot /rp §p4§\nsmbclient //nas/bot -U bot%§p4§\n",
        "using gsk_§a52§ and sk-or-v1-§h64§, tskey-auth-§a12§CNTRL-§a32§",
        "SU§B56§",
    ]);
    for line in [
        "GET https://api.binance.com/api/v3/klines?symbol=BTCUSDT&interval=1m 200",
        "https://ntfy.sh docs, gotify://<hostname>/<token>, discord://{WebhookID}/{WebhookToken}",
        "https://rpc.example.com/tx/9f2c4b1de07a53866f12c0b4a9d8e7f6 https://nodejs.org/dist/v20.11.0/node-v20.11.0.tar.gz",
        "GET https://api.exchange.com/orders/550e8400-e29b-41d4-a716-446655440000 200",
        "https://push.example.com/status https://webhook.example.com/health 200",
        "matrix://localhost/#room mqtt://broker.local:1883/trades ws://node.local:8546/",
        "net use Z: \\\\nas\\bot /persistent:yes, zip -r backup.zip logs, 7z a backup.7z logs",
    ] {
        keeps(line);
    }
}

#[test]
fn what_says_who_a_person_or_a_machine_is() {
    all_go(&[
        "\"idDocs\":[{\"idDocType\":\"ID_CARD\",\"number\":\"§c9§\"}]",
        "{\"document\":{\"type\":\"passport\",\"number\":\"§c9§\"}}",
        "{\"passport\": {\"country\": \"PL\", \"number\": \"§c9§\"}}",
        "bot.exe  1234 Console  1  25,000 K Running         PC-ANNA\\§w8§     0:00:12 Bot",
        "\"bot.exe\",\"1234\",\"Running\",\"PC-ANNA\\§w8§\",\"0:00:12\"",
        "\tSerial Number: §U8§\n\tUUID: §u1§\n",
        "UUID                                  \n§u1§\n",
        "Volume Serial Number is §U4§-§U4§",
        "MetaQuotesID=BEAA§U4§",
    ]);
    for line in [
        "{\"document\":{\"type\":\"invoice\",\"pages\":12}}",
        "document=report_2026.pdf documents: 12",
        "Running C:\\Program Files\\Bot\\bot.exe",
        "request UUID: 550e8400-e29b-41d4-a716-446655440000",
    ] {
        keeps(line);
    }
}

#[test]
fn what_a_source_falls_back_to() {
    all_go(&[
        "api_secret = os.getenv(\"API_SECRET\", default=\"§a40§\")",
        "process.env.API_KEY || '§a40§'",
        "const apiKey = process.env.BINANCE_API_KEY ?? \"§a64§\";",
        "ENV['API_KEY'] || '§a40§'\nos.environ.get('API_KEY') or '§a40§'",
        "parser.add_argument(\"--api-key\", default=\"§a40§\")",
        "api_key: str = Field(default=\"§a40§\", env=\"API_KEY\")",
        "api_secret: !!binary §a40§",
        "Client(\"§a64§\", '§a64§')",
        "smtp.login(\"anna77@example.com\", \"§p4§\")",
        ".basic_auth(\"bot77\", Some(\"§p4§\"))",
        "TelegramClient('anon', 1234567, '§h32§')",
        "ALLOWED_USERS=§d9§,§d9§",
        "ANGEL_CLIENT_CODE=A§d6§\nANGEL_MPIN=§d4§\nLicenseCode=§U16§",
        "\"BACKPACK_PUBLIC_KEY\":\"§a44§\"",
        "connection established to login #§d8§",
        "user:§w8§ pass:§p4§",
        "password:§w8§",
        "cmdkey /add:vps.local /user:§w8§_kraut /pass:§p4§",
        "Login: §d8§ / Has\u{142}o: §p4§",
        "the password is: §p4§",
        "FATAL:  password authentication failed for user \"§w8§\"",
        "New-Item Env:API_SECRET -Value \"§a40§\"",
        "reg add HKCU\\Software\\Bot /v ApiSecret /t REG_SZ /d §a40§ /f",
        "FTPLogin=§w8§\n",
        "Password (investor): §p4§\nAPI key (live): §a40§\n",
    ]);
    for line in [
        "api_key = os.environ.get(\"API_KEY\") or None",
        "api_key: str = Field(default=\"\", env=\"API_KEY\")",
        "const token = process.env.TOKEN || undefined; apiKey ?? missing",
        "CORS_ALLOWED_HEADERS = 'Content-Type,Authorization,X-Requested-With'",
        "APP_KEY = 'OPENALGO_PLACEHOLDER_APP_KEY_REGENERATE_BEFORE_USE'",
        "TELEGRAM_BOT_TOKEN=123456789:your_token_here",
        "build 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef ok",
        "login(user, password) failed, login(\"user\", \"password\")",
        "secret (rotated): none, routing_key: orders.binance.spot",
    ] {
        keeps(line);
    }
}

#[test]
fn what_systems_and_services_write_of_their_users() {
    all_go(&[
        "-----BEGIN OpenVPN Static key V1-----\n§h32§\n§h32§\n-----END OpenVPN Static key V1-----\n",
        "users: [\"bot:$apr1$§a8§$§a22§\"]",
        "basic_auth {\n\tbot $2a$14$§a53§\n}",
        "bot:$6$§a16§$§a86§:19000:0:99999:7:::",
        "bot:{SHA}§a28§",
        "a001 LOGIN anna77 §p4§",
        "PRIVMSG NickServ :IDENTIFY §p4§",
        "FlexStatementService.SendRequest?t=§d20§&q=123456&v=3",
        "<Pass encoding=\"base64\">§a16§</Pass>\n<password>{§a40§}</password>\n",
        "Host Name:                 §U8§PC\n   Host Name . . . . . . . . . . . . : §U8§PC\n",
        "Machine: §U8§PC (Microsoft Windows NT 10.0.22631.0)\nMachine name: §U8§PC\n",
        "SERVICE_START_NAME : .\\§w8§\n",
        "sshd[812]: Accepted password for §w8§ from 192.168.1.7 port 51022 ssh2",
        "sshd[812]: Invalid user §w8§ from 192.168.1.7\nsystemd-logind[1]: New session 12 of user §w8§.\n",
        "pam_unix(sshd:session): session opened for user §w8§(uid=1000) by (uid=0)",
        "sudo:   §w8§ : TTY=pts/0 ; PWD=/tmp ; USER=root ; COMMAND=/bin/ls",
        "Author:                               PC-ANNA\\§w8§",
        "htpasswd -b -c .htpasswd bot §p4§",
        "1 validation error for Cfg api_secret Input should be a valid integer [type=int_type, input_value='§a40§', input_type=str]",
        "https://finnhub.io/api/v1/quote?symbol=AAPL&token=c§l20§",
        "uid=1000(§w8§) gid=1000(§w8§) groups=1000(§w8§),27(sudo)",
        "\"from\":{\"id\":§d9§,\"is_bot\":false,\"language_code\":\"pl\"}",
        "#Saldo ko\u{144}cowe;§s1§ PLN;\n:60F:C261120PLN§d5§,56\n:62F:C261120PLN§d5§,56\n",
        "Account Information,Data,Account,U§d7§",
        "Tw\u{f3}j kod weryfikacyjny to §d6§",
        "routing_key: '§h32§'",
    ]);
    for name in [
        "<b>Name: §</b>",
        "<td>Name:</td><td>§</td>",
        "{\"profile\":{\"name\":\"§\"}}",
        "Nazwa: §, saldo: brak",
        "Dear §,",
    ] {
        let (clean, _) = Redactor::builder().build().clean_text(&name.replace('§', "Zenon Kowalczyk"));
        assert!(!clean.as_str().contains("Zenon") && !clean.as_str().contains("Kowal"), "{}", clean.as_str());
    }
    for line in [
        "session opened for user root(uid=0) by (uid=0)\nNew session 12 of user root.\n",
        "uid=0(root) gid=0(root) groups=0(root)",
        "sudo: root : command not found, author: core team, owner: root",
        "pool 0x88e6A0c2dDD26FEEb64F039a2c41296FcB3f5640, token 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
        "GET /quote?token=wrappedbitcointoken2 HTTP/1.1",
        "SERVICE_START_NAME : LocalSystem",
        "\"Image Name\",\"PID\",\"User Name\"\n\"svchost.exe\",\"1204\",\"NT AUTHORITY\\SYSTEM\"\n",
        "Name: EMA Cross, name: BTC/USDT, \"name\": \"Max Drawdown\", name=\"Mark Price\"",
        "Hello world, dear user, hello there!",
        "last login: 2026-11-20, pin: 3, gpio_pin=17, fed funds: 5.33",
        "for user config, settings of user input\nnet use of margin 35%, zip -9 logs.zip logs",
        "POST https://push.services.example.org/ https://hooks.example.com/ https://api.ifttt.com/v1/status 200",
        "{\"clientOrderId\":\"x-Cb7ytekJ1764000000001\",\"orderId\":28457309123,\"c\":\"web_7f3c1e2ab9d04c5e8a6b\"}",
        "Machine type: AMD64, Machine: x64, host name is missing",
        "cost $6 or $5, price $2a, {sha} of the file",
        "LOGIN failed for the account, user login ok, please identify the problem",
        "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG\n-----END CERTIFICATE-----\n",
        "sizes: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 160]",
    ] {
        keeps(line);
    }
}
