//! Names and values as libraries print them: in lists, buffers, spans and commands.

use super::catalogue::all_go;
use super::tests::keeps;

#[test]
fn what_a_library_prints_around_a_value() {
    all_go(&[
        r#"{"attributes":[{"key":"http.request.header.x_api_key","value":{"stringValue":"§h32§"}}]}"#,
        r#"{"log":"[{\"key\": \"x_api_key\", \"value\": {\"stringValue\": \"§h32§\"}}]"}"#,
        "signer: { privateKey: <Buffer 5b 62 a1 64 38 16 7d f5 3d ed 9e §h8§ 2c b6 dd fc cb> }",
        r#"privateKey: {"type":"Buffer","data":[193,235,§d3§,11,125,240,131,83,§d3§,209,129,250,210,250]}"#,
        "Headers: [X-Api-Key, [§u1§]], [Sign, [4§h63§]], [Content-Type, [application/json]]",
        "Headers: [KC-API-SIGN, [§a43§=]], [KC-API-PASSPHRASE, [§a43§=]], [KC-API-KEY-VERSION, [2]]",
        r#"{"op": "authKeyExpires", "args": ["fdh_§a20§", 1764130363, "§h64§"]}"#,
        r#"client = Client("§a64§", "§a64§")"#,
        r#""credentials": {"binance": ["§a64§", "§a64§"], "kraken": ["§a56§", "§a86§=="]}"#,
        "\"Cmd\": [\n  \"bot\",\n  \"--password\",\n  \"§p4§\",\n  \"--symbol\",\n  \"BTCUSDT\"\n]",
        r#"{"Authorization": "Digest username=\"admin\", nonce=\"22ee\", response=\"§h32§\"", "x": 1}"#,
        "* OK IMAP4rev1 -> a001 LOGIN bot §p4§",
        "credentials: admin / §p4§",
        "Exchange.set_keys a§a63§ b§a63§ done",
        "key (binance): a§a40§\nsecret (binance): b§a40§",
        "setenv OKX_PASSPHRASE §p4§",
        "<Pass encoding=\"base64\">§a12§</Pass>",
        "requests.get(url, auth=HTTPBasicAuth('bot', '§p4§'))",
        "<input type=\"password\" name=\"pw\" value=\"§p4§\">",
        "Unlocking wallet with passphrase §p4§",
        "moje hasło to §p4§, a login bot",
        "Unlocking wallet with passphrase Rower§d1§zielonY",
        "GET /FlexStatementService.SendRequest?t=§d24§&q=739392&v=3",
    ]);
    for line in [
        "signer: { publicKey: <Buffer 04 62 a1 64 38 16 7d f5 3d ed 9e 44 c7 ff 9f de b9 10 a0 2c> }",
        "client = Client(API_KEY, API_SECRET)",
        "password base64 encoded, password OAuth2 flow, passphrase Utf8Error",
        "event eyJldmVudCI6ICJkZXB0aCIsICJzZXEiOiA2MDg0NywgInBhaXIiOiAiQUFQTCJ9",
        "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEndFFcvLVNmcNjylUJ2eIKbFgOAHJ\nab==\n-----END PUBLIC KEY-----",
        "sha256 (bot.zip): 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl2gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\nRTESMBAGA1UEChMJQmFsdGltb3JlMRMwEQYDVQQLEwpDeWJlclRydXN0MSIwIAYD\n-----END CERTIFICATE-----",
        r#"client = Client("YOUR_API_KEY_GOES_HERE", "YOUR_API_SECRET_GOES_HERE")"#,
        "Headers: [Accept, [application/json]], [X-MBX-USED-WEIGHT, [12]], [sort_key, [timestamp]]",
        "user 12 LOGIN page opened, GET / LOGIN required here",
    ] {
        keeps(line);
    }
}

#[test]
fn names_of_two_words_and_short_names() {
    all_go(&[
        "two_fa = §B16§",
        "binance:\nsk=§h64§\nsk: §h64§",
        r#"{"pk": "x", "sk": "§h64§"}"#,
        r#""two-fa":"§B16§", "TWO_FA": "§B16§""#,
        "Kraken 2FA backup: §B16§",
        "login ok, two-factor code: §d6§",
        "hasło API giełdy: §p4§",
        "hasło do giełdy = §p4§",
        "IG-ACCOUNT-ID: §U5§",
        "PIN do portfela: §d6§\nTwój kod z SMS: §d6§ i kod z SMS §d6§",
        "ERROR - dowód: §c9§, nr dowodu: ABC §d6§",
        r"send: b'GET /balance/ HTTP/1.1\r\nX-Auth: BITSTAMP §a32§\r\nX-Auth-Nonce: 1'",
        r#"{"status":true,"streamSessionId":"§d19§"}"#,
        "{'clientcode': 'A§d6§', 'exchange': 'NSE'}",
        "MAC=§h12§",
        r#"{"mac": "§h12§", "mtu": 1500}"#,
        "saldo=§m5§ dostępne=§m5§",
        r#"{"availableToWithdraw": "§m5§", "availBal": "§m4§", "totalEq": "§m4§"}"#,
        "USERPROFILE=C:\\Users\\§w9§ A§w9§",
        "accounts:\n  - login: §d8§\n    server: demo\n",
        "Kraken 2FA zapasowy: §B16§",
        "numer rachunku maklerskiego §d8§",
        "preset=/Users/§w9§ A§w9§/Documents/bot/x.py",
    ]);
    for line in [
        "Adres: al. Niepodległości 88 m. 12, 02-626 Warszawa",
        "adres = os. Jagiellońskie 12/4, 31-832 Kraków",
        "adres: pl. Wolności 3, 00-123 Warszawa",
    ] {
        let (clean, _) = super::Redactor::builder().build().clean_text(line);
        assert!(
            !clean.as_str().contains("Warszawa") && !clean.as_str().contains("Kraków"),
            "{}",
            clean.as_str()
        );
    }
    for line in [
        "read /Users/Shared and then /Documents/x",
        "mac: 12 windows: 40",
        "imac=123456789012",
        "accounts:\n  - server: demo12345\n    login: none\n",
        "C:\\Users\\Public\\Bot is not there",
        "1-2-3.dynamic.example.com 10-0-0-4.static.example.com see docs.static.example.com",
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEndFFcvLVNmcNjylUJ2eIKbFgOAHJ",
        "bid=55212.75 ask=55218.27 task:8f6e3c5a9b1d7f2e4c6a8b0d1e3f5a7c",
        "saldo strategii ma nazwę dostępne = tak",
        r#"{"equalEq": true, "sequence": 12345.5}"#,
    ] {
        keeps(line);
    }
}
