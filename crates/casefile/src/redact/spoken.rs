//! What people note beside their passwords, and what programs say of secrets without saying them: the one goes, the other stays.

use super::catalogue::all_go;
use super::tests::{ALNUM, keeps, made};
use super::{KnownValues, Raw, Redactor};

/// Cleans both, the settings first, as a folder is cleaned.
fn clean_behind(settings: &str, log: &str) -> String {
    let mut known = KnownValues::new();
    known.learn(Raw::from_text(settings), "settings.ini");
    Redactor::builder().known(known).build().clean_text(log).0.as_str().to_owned()
}

#[test]
fn logins_behind_a_slash_and_behind_one_letter() {
    all_go(&[
        "panel (admin / Kotlet§d4§$pX)",
        "VPS 95.124.7.173 root / j2kSZWN§d4§!K",
        "senha do roteador: admin / JqMNC§d4§rzV%",
        "okx: u: anna@example.com\n   p: Wembley#§d4§q",
        "NAS anna.b:Zielony#§d4§@192.168.1.20",
        "wifi password (FunBox-E746): §d4§PicklesSV2D",
        "07:32 ja> teamviewer id 643 062 754 haslo mpm§d4§fxd",
        "- [x] sprawdzic: has\u{142}o do XTB `med#Mn§d4§b`",
        "Bitmex: api=§a24§, secret=§a48§",
        "finnhub klucz api: h4rgaujxmkcexmgk§d2§",
        "TronLink chave privada §h64§",
        "aadhaar no: 2573 8320 §d4§",
        "Host: NOWAK-PC§d4§ User: anna OS: Windows",
        "National Insurance No: CE §d2§ 27 44 C",
        "vps salasana: §d4§MustikkaDX15  (AnyDesk)",
        "TronLink\nHas\u{142}o:\n\nVPS\nanna77\nHVpR2§d4§!O0x\n\nGmail\nanna@example.com\nWisienka_Malina§d4§\n\nnext\n",
        "HAS\u{141}O:\n\nVPS          anna77  Zielony!§d4§\nAnyDesk      Malina_Malina§d4§\n\nplain words\n",
    ]);
    for line in [
        "u: anna\np: yes",
        "mount root / Ext4",
        "ssh-copy-id bot@192.168.1.20",
        "redis at localhost:6379 and nas@10.0.0.7:5000",
        "bob <email:k2m7qd3a> password attempt1",
        "Has\u{142}o:\n\nzapomnia\u{142}em, prosz\u{119} o reset\n",
        "HTTP/1.1 200\nHost: api.binance.com\nUser: none",
    ] {
        keeps(line);
    }
}

#[test]
fn passwords_that_google_makes_for_programs() {
    // Four groups of four letters each.
    let letters = made("bcdfghjklmnpqrstvwxz", 16, 3);
    let groups: Vec<&str> = (0..4).map(|at| &letters[at * 4..at * 4 + 4]).collect();
    let password = groups.join(" ");
    for (before, behind) in [
        ("haslo aplikacji google: ", ""),
        ("[ ] haslo aplikacji google -> ", ""),
        ("Gmail app password\n  ", "\nnext line"),
        ("google app pw\n  ", ""),
    ] {
        let (clean, _) = Redactor::builder().build().clean_text(&format!("{before}{password}{behind}"));
        assert!(
            !clean.as_str().contains(groups[1]) && clean.as_str().starts_with(before),
            "{}",
            clean.as_str()
        );
    }
    all_go(&["PIN handlowy\n  §d6§\nnext", "pin do xtb\n  §d4§\n"]);
    keeps("app password\n  must have more than four\n");
}

#[test]
fn a_cookie_as_a_browser_gives_it_out() {
    let jar = "[{\n \"domain\": \".okx.com\",\n \"httpOnly\": true,\n \"name\": \"session_token\",\n \"sameSite\": \"lax\",\n \
               \"value\": \"§a48§\"\n}, {\n \"name\": \"csrf\",\n \"sameSite\": \"lax\",\n \"value\": \"§h32§\"\n}]";
    all_go(&[jar]);
    keeps("[{\"domain\": \".okx.com\", \"name\": \"lang\", \"sameSite\": \"lax\", \"value\": \"en\"}]");
}

#[test]
fn what_settings_hide_is_sought_though_it_has_letters_alone() {
    let jumbled = "xrJIlRQXUyCtnM";
    for (settings, log) in [
        (format!("wifi.password={jumbled}\n"), format!("upstream echoed {jumbled} in its reply\n")),
        ("deribit_client_id = nEykhKZF\nderibit_client_secret = 4f\n".into(), "retry #2 (nEykhKZF)\n".into()),
        ("numer_dowodu: 'PNN875917'\n".into(), "*12 >>> PNN875917\n".into()),
        ("nip = 9511489395\n".into(), "strcmp(\"9511489395\") != 0\n".into()),
        ("phone = 0048602346448\n".into(), "dump: 00 0048602346448 ff\n".into()),
        ("tel: 781 682 131\n".into(), "row 7: 781 682 131\n".into()),
        ("ib_account=U8621485\n".into(), "query tail %3DU8621485%26x%3D1\n".into()),
    ] {
        assert_ne!(clean_behind(&settings, &log), log, "{settings}");
    }
    // The name of a field is no value, and a word no secret.
    for (settings, log) in [
        ("api_key = clientOrderId\n", "clientOrderId is sent\n"),
        ("password: Binance\n", "Binance is down\n"),
    ] {
        assert_eq!(clean_behind(settings, log), log);
    }
}

#[test]
fn one_value_in_base64_has_the_same_stand_in() {
    let key = made(ALNUM, 18, 5);
    let encoded = data_encoding::BASE64.encode(key.as_bytes());
    let redactor = Redactor::builder().build();
    let digits = |text: &str| {
        let (clean, _) = redactor.clean_text(text);
        let from = clean.as_str().find("<api_key:").unwrap_or_else(|| panic!("{}", clean.as_str()));
        clean.as_str()[from..].split('>').next().unwrap().to_owned()
    };
    assert_eq!(digits(&format!("  bybit_api_key: {encoded}\n")), digits(&format!("bybit_api_key={key}\n")));
}

#[test]
fn what_code_and_notations_have_in_the_place_of_a_value() {
    for line in [
        "&{APIKey: Secret: Testnet:true Timeout:30s}",
        "    var cookie = request.Headers[\"Cookie\"];",
        "    mnemonic = Mnemonic.from_phrase(phrase.trim(), Language::English)",
        "BINANCE_API_KEY=${BINANCE_API_KEY:?required}",
        "secret: !vault-ref exchange/binance",
        "ii  libsecret-1-0:amd64        0.2.5-3      amd64        Secret store",
        "PyJWT==2.8.0",
        "COMMENT ON COLUMN users.password IS 'argon2id, never plain';",
        "\u{2502} Exchange   \u{2502} Market   \u{2502} API key        \u{2502} Weight \u{2502}",
        "\u{2502} kraken     \u{2502} swap     \u{2502} no API key     \u{2502}    810 \u{2502}",
        "read -s -p \"Password: \" PASS",
        "    password = getpass.getpass(\"Password: \")",
        "{\"log\":\"    password = getpass.getpass(\\\"Password: \\\")\\n\"}",
        "print(\"invalid api key or secret:\", err)",
        "\tat com.bot.auth.TokenRefreshService.refreshToken(TokenRefreshService.java:34131)",
        "caller=portfolio/balance.go:65205 msg=\"2FA code accepted\"",
        "> X-MBX-APIKEY: %(api_key)s",
        "{\"apiKey\":\"ENC(...)\",\"hasSecret\":true}",
        "pub struct Signer { api_key: String, passphrase: Option<SecretString> }",
        "    permissions: {contents: read, id-token: write}",
        "InpPasswordProtectPanel=true||false||0||true||N",
        "InpUseToken=false InpKeyZone=85207.16",
        "  \"wallet.mnemonic\": \"Recovery phrase (12 or 24 words)\",",
        "<EventData><Data>bot.exe</Data><Data>2.14.19.118</Data>",
        "    <add key=\"Strategy:PresetSha256\" value=\"rsi\" />",
        "npm integrity sha512-FFvUg3owvODCClQIpeTP2E92FMP0I729EUiqNZcR6JrmwNCI1dBKoo9uYCO9oowrjhefYYOnqKtQk2y/TLXVWw== node_modules/ccxt",
    ] {
        keeps(line);
    }
    all_go(&[
        "ERROR validation failed for field `api_key` (value: \"§a24§\"): length must be 64",
        "pydantic: etherscan.api_key\n  Value error, bad format [type=value_error, input_value='§a32§', input_type=str]",
        "[{exchange,\"alphavantage\"},{apikey,\"7VA6MDXU9L0I§d4§\"}]",
        "\u{2502} NAS \u{2502} has\u{142}o \u{2502} Zielony§d4§ \u{2502}",
        "<add key=\"§a32§\" value=\"144\" />",
        "getpass(\"Password: \") -> password: \"§p4§\"",
    ]);
}

#[test]
fn sentences_and_loggers_speak_of_secrets() {
    for line in [
        "API key: trading enabled, withdrawals disabled",
        "API-Schl\u{fc}ssel: nur Handel, keine Auszahlung",
        "Klucz licencyjny: wersja pr\u{f3}bna, pozosta\u{142}o dni: 20",
        "password: forgot it, reset by email",
        "- `50105` Incorrect passphrase: OKX passphrase is set when you create the key, it is not your login password",
        "api_key_id=54 apiKeyAgeDays=16",
        "INFO:auth.session:build 27b667b39dd8ec08d7e11510dfb9624b2c30a977 branch=main",
        "2026-11-27 05:55:56.8224|WARN|GridBot.auth.session|listening on 10.0.3.31:59759",
        "2026-11-27 05:02:55,616 INFO  [main] c.g.bot.auth.session - RAX=00007ff6296de929 RBX=702a8b353b3a925b",
    ] {
        keeps(line);
    }
    all_go(&[
        "INFO auth.session: §h64§",
        "passphrase: correct horse battery staple blue w§d4§",
        "auth.session=§a32§",
    ]);
}

#[test]
fn what_looks_like_code_or_a_sentence_and_is_none_goes() {
    all_go(&[
        "2026-11-26 | DEBUG | password | tajne§w8§",
        "| vps | password | §w8§ | prod |",
        "\u{2502} 1 \u{2502} vps \u{2502} has\u{142}o \u{2502} §w8§ \u{2502}",
        "BinanceFuturesTestnetApiSecret= §a32§",
        "DEBUG web.session: §h32§ created for user 12",
        "config/api_key.py: §a32§",
        "recovery phrase: \"moje dziwne slowa ktorych nikt nie zna oprocz (mnie) i zony §w8§\"",
        "password: §w8§ is the one you use to log in when it fails",
        "api secret: tajne§w8§ na binance",
        "{User:anna Password: Kx92mQ:§d4§}",
        "Config{Name: Bot, Password: Wiosna§d4§:Kot}",
        "password: !file hunter§d4§",
        "COMMENT ON TABLE x IS 'y'; -- password IS §a12§",
        "print(\"api_secret: \", '§a24§')",
        "cookie = sid.get(§a32§)",
        "password: %(kotek§d4§)s",
        "InpPassword=§d6§||12||1||13||N",
    ]);
    for text in [
        "WS> e: aggTrade s: BTCUSDT p: 64210.55000 q: 0.001",
        "u: 0.5 p: 64250.15",
        "10:22:33.123456@10.2.3.4 connected",
        "rabbit:node0001@10.2.3.4 joined",
        "module api: MarketDataService_v2_1",
        "password check of `UserAccount123Test` failed",
        "Telegram bot / BTCUSDT!15m",
        "gpio pin\n   12345",
        "wrong app password\n   when that goes down",
        "Password:\n\n2026-11-26 10:00:00  INFO  started_v2\n",
        "Password:\n\nLinux  vps12345  6.1.0-amd64\n",
        "Has\u{142}o:\n\nBot\nv2.14.1-build7\n",
    ] {
        keeps(text);
    }
}
