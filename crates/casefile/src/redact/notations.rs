//! The notations in which a name stands before its value, each with a value that has to go, and lines that look alike and
//! have to stay. They are those of programs and tools that write into the logs of bots.

use super::tests::{hides, keeps};
use super::*;

/// A value as machines make them, another one for each number.
pub(super) fn made(number: u64) -> String {
    const SIGNS: &[u8] = b"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let sign = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(SIGNS[usize::try_from(state >> 32).unwrap() % SIGNS.len()])
    };
    // Digits in it, whatever chance says.
    format!("{}7k4", (0..37).map(sign).collect::<String>())
}

/// Each with its value as `§`.
const NOTATIONS: &[&str] = &[
    r#"const apiKey: string = "§";"#,
    r#"let api_secret: &'static str = "§";"#,
    r#"const accessToken string = "§""#,
    "api_key=<§>",
    r"rawHeaders: [ 'Content-Type', 'application/json', 'X-Api-Key', '§' ]",
    r#"Setting "api_secret" changed to "§""#,
    "1 validation error for Settings\nsigning_key\n  String too long [type=string_too_long, input_value='§', input_type=str]",
    r#"{"loc":["body","access_token"],"msg":"too long","input":"§"}"#,
    r#"{"binance.secret-key":{"value":"§","origin":"application.yml:4:17"}}"#,
    r#"Config { api_key: Some(Secret { inner: "§" }), n: 3 }"#,
    r#"{"field":"api_secret","newValue":"§"}"#,
    "audit field=api_secret old= new=§",
    "publish topic=bot/config/access_token payload=§",
    r#""HSET" "account:1" "secret_key" "§""#,
    r#"api_secret <- "§""#,
    r#"  ~ api_secret = "old" -> "§""#,
    r"setattr(cfg, 'secret_key', '§')",
    r#"#{exchange => <<"okx">>, secret_key => <<"§">>}"#,
    r#"(("krakenSecret", QVariant(QString, "§")))"#,
    r#"#3 in sign (client_secret=0x7ffe "§", n=3) at sign.c:42"#,
    "DETAIL:  Key (api_key)=(§) already exists.",
    "Enter your Binance API key >>> §",
    "* **Api Secret**: `§`",
    "**API key:** §",
    "- api secret \u{2013} §",
    "<b>Access Token:</b> <span class=\"v\">§</span>",
    "<label>Api Secret <input value=\"§\"></label>",
    "<b:apiSecret>§</b:apiSecret>",
    "<wsse:Security><wsse:Password>§</wsse:Password></wsse:Security>",
    "::set-output name=client_secret::§",
    "{&#x27;secret&#x27;: &#x27;§&#x27;}",
    "line,INFO,\"api_secret=\"\"§\"\"\",bot",
    "okx,secret_key,§",
    "/bot/okx/api_secret\n§\n",
    "| id | secret_key |\n+----+-----+\n|  1 | § |\n",
    " id | exchange | secret_key | active\n----+----------+-----+-----\n  1 | okx | § | t\n",
    "api_keys = {\n  binance = \"§\"\n}",
    "m\u{f3}j klucz api to §, sprawdzisz?",
    "Ihr Passwort lautet §",
    "8=FIX.4.4|35=A|49=ME|554=§|10=128|",
    "8=FIX.4.4\u{1}35=A\u{1}96=§\u{1}10=128\u{1}",
    r#"{"action":"auth","params":"§"}"#,
    "Metadata(headers: [macaroon: §])",
    "PS> ConvertTo-SecureString '§' -AsPlainText -Force",
    "docker login -u anna -p § registry.local",
    "machine files.local login bot password §",
    "1764000000.1 [0 127.0.0.1:51022] \"AUTH\" \"default\" \"§\"",
    r#"type=EXECVE argc=3 a0="bot" a1="--password" a2="§""#,
    "--password\0§\0-v\n",
    "secret = \"\"\"\n§\"\"\"\n",
    "? api_secret\n: §\n",
    r"okx.api.secret\:main=§",
    r#"{"message":"has\u0142o: §","level":30}"#,
    "<setting name=\"ApiSecret\">\n    <value>§</value>\n</setting>",
    "<param name=\"secret\" type=\"string\">§</param>",
    "API_KEYS = {'okx': '§'}",
    "api_keys:\n  - §\n",
    "Config { password: Some(Secret { inner: \"§\" }), n: 3 }",
    "user|a:1:{s:8:\"password\";s:40:\"§\";}",
    "keys.private = \"§\"",
    "\"SekretApi\": \"§\",",
    "haslo_konta: §",
    "masterauth §",
    "user bot on >§ ~* +@all",
    "test: [\"CMD\", \"mysqladmin\", \"-uroot\", \"-p§\", \"ping\"]",
    "basic_auth: [\"tv:§\"]",
    "    Zawarto\u{15b}\u{107} klucza       : §",
    "    Key Content            : §",
    "> PASS §\n",
    "## API secret\n\n§\n",
    "API secret:\n\n```\n§\n```\n",
    "> api_secret:\n> §\n",
    "// api_secret:\n// §\n",
    "api_secret:\n  value: §\n",
    "- value: \"§\"\n  name: API_SECRET\n",
    r#"{"value":"§","name":"API_SECRET"}"#,
    "<input value=\"§\" type=\"password\" name=\"api_secret\">",
    r#"{"api_secret":{"S":"§"}}"#,
    r#"{"path":"exchange.secret","old":"§","new":""}"#,
    "\"api_secret\";\"§\"",
    "+------------+-------+\n| Variable   | Value |\n+------------+-------+\n| api_secret | § |\n+------------+-------+\n",
    "1) \"api_secret\"\n2) \"§\"\n",
    "variable \"api_secret\" {\n  default = \"§\"\n}",
    "Const API_SECRET As String = \"§\"",
    "API_SECRET ?= §",
    "api_secret \u{2192} §",
    "api_secret[§] n=1",
    "api_secret - §",
    "&lt;apiSecret&gt;§&lt;/apiSecret&gt;",
    "has\u{142}o do gie\u{142}dy OKX to §",
    "mot de passe : §",
    "heslo: §",
];

#[test]
fn every_notation_hides_its_value() {
    let redactor = Redactor::builder().build();
    for (notation, number) in NOTATIONS.iter().zip(1..) {
        let value = made(number);
        let text = notation.replace('§', &value);
        let (clean, hits) = redactor.clean_text(&text);
        assert!(!clean.as_str().contains(&value[..12]) && hits.total() > 0, "{text}\n{}", clean.as_str());
        assert_eq!(clean.as_str().lines().count(), text.lines().count(), "{text}");
    }
}

#[test]
fn lines_that_look_alike_stay() {
    let redactor = Redactor::builder().build();
    for line in [
        "usage: bot [--api-key KEY] [--api-secret SECRET] [--password PASSWORD] [--token TOKEN] SYMBOL",
        "  -p, --passphrase TEXT   passphrase of the exchange  [required]",
        "Use `--password` to set the password.",
        "auth: using key file /etc/bot/keys/trading.pem (ed25519)",
        "Invalid mnemonic: expected 12 or 24 words, got 11",
        "has\u{142}o: wymagane",
        "Passwort: erforderlich",
        "struct Credentials { api_key: SecretString, secret: SecretString }",
        "    this.apiKey = apiKey; this.secret = config.secret;",
        "password = getpass.getpass('Password: ')",
        "client = Client(api_key=api_key, api_secret=api_secret)",
        "Please rotate the secret: it was published in a public repository",
        "search phrase: \"stop loss\"",
        "token0=0x2260FAC5E5542a773Aa44fBCfeDf7C193bc2C599",
        "contract address 0x5f9840a85d5aF5bf1D1762F925BDADdC4201F984 verified",
        "System.Private.CoreLib, Version=8.0.0.0, PublicKeyToken=7cec85d7bea7798e",
        "System.Threading.CancellationToken: IsCancellationRequested=False",
        "token expires_in=8354 type=Bearer",
        "idempotency key=ord-20261120-0007 reused",
        "ccxt.dll 4.3.95.0",
        "'X-Api-Key', 'X-Api-Secret'",
        "Order ID,Client ID,Symbol,Price,Token,Key\n12,x-DI,BTCUSDT,80669.72,USDT,grid-0\n",
        "{\"required\":[\"apiKey\",\"apiSecret\"]}",
        "{\"settings.apiKey\":\"Klucz API\",\"login.password\":\"Has\u{142}o\"}",
        "api_token: \"REPLACE_ME\"",
        "haslo: tu-wpisz-haslo",
        "PRIVATE_KEY=0x...",
        "config: api_key=set(64) passphrase=unset",
        "PASS tests/strategy_test.js",
        "login to the terminal failed, login to account closed",
        "logs: [{'address': '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48', 'topics': []}]",
        "sent tx sig=4gfkzJyUKmdcadHfUomsBirdNGFshh4hZQ9S67tgHvTkxEEbCBQP8vbfNLkBsdxb8ajMmvNfXjbKAZszSZdexkdL",
        "main.(*Bot).refreshToken(0xc0009d6cdf)",
        "<add key=\"BotToken\" value=\"&lt;YOUR_BOT_TOKEN&gt;\" />",
        "## Password\n\nThe password is asked for once.\n",
        "password:\n\n- at least 12 characters\n",
        "old token - expired, new token ? pending",
        "secret (rotated), key [F5], token[0] = BTC",
        "chats: 12, login: ok, kapita\u{142}: brak",
        "00000000  42 54 43 55 53 44 54 20  36 34 32 35 30 2e 35 20  |BTCUSDT 64250.5 |\n",
    ] {
        let (clean, _) = redactor.clean_text(line);
        assert_eq!(clean.as_str(), line);
    }
}

#[test]
fn the_key_in_the_path_of_a_node_goes_however_the_path_is_escaped() {
    for slash in ["/", "%2F", "%2f", "%252F"] {
        for host in
            ["mainnet.infura.io§v3§", "eth-mainnet.g.alchemy.com§v2§", "x.solana-mainnet.quiknode.pro§"]
        {
            let before = format!("next=https:{slash}{slash}{}", host.replace('§', slash));
            hides("api-key", &before, "54b8d76e6dad4b7a2753cdb8189f8de0", " 302");
        }
    }
}

#[test]
fn names_that_windows_gives_to_computers_go() {
    for name in ["DESKTOP-7K3Q2LM", "LAPTOP-CJGNA1V", "LAPTOP-CJGNA1VX", "WIN-8PL2VQ0R1AB"] {
        hides("host-name", "Machine: ", name, " (Microsoft Windows NT 10.0.22631.0)");
    }
    keeps("DESKTOP-APP started, LAPTOP-MODE on, win-rate-12 WIN-LOSS 3:1, XDESKTOP-7K3Q2LM");
}

#[test]
fn names_of_persons_and_accounts_go() {
    for (rule, before, name, after) in [
        ("account-id", "{\"account\":{\"id\":\"", "778474058", "\",\"currency\":\"USD\"}}"),
        ("account-id", "update Chat(type=private, id=", "335370757", ", title=None)"),
        ("account-id", "WebRequest POST https://lic.vendor.io/check acc=", "23348461", " result=200"),
        ("account-id", "m\u{f3}j login to ", "radswie20", " od wczoraj"),
        ("account-id", "using login ", "42863404", " for login"),
        ("account-id", "Numer konta: ", "52568260", "\n"),
        ("account-id", "'", "82652527", "': autoryzacja na XTB-MT5 przez Access Server 3"),
        ("user-name", "Signed in as ", "kthistlewood", ""),
        ("host-name", "Linux ", "vps-7422608", " 6.1.0-26-amd64 #1 SMP"),
        ("phone", "msg=tel.+", "%2B48+793+240+329", "&v=1"),
        ("card", "body=msg%3Dcard%20", "5102173630416940", "&v=1"),
    ] {
        hides(rule, before, name, after);
    }
}

#[test]
fn line_ends_inside_of_a_secret_stay() {
    let key = format!(
        "-----BEGIN PRIVATE KEY-----\r\n{}\r\n{}\r\n-----END PRIVATE KEY-----\r\nnext line",
        made(1),
        made(2)
    );
    let (clean, _) = Redactor::builder().build().clean_text(&key);
    assert!(clean.as_str().ends_with("\r\n\r\n\r\n\r\nnext line"), "{:?}", clean.as_str());
}

#[test]
fn a_prefix_before_each_line_of_a_key_takes_no_line_behind_it() {
    let line = |text: &str| format!("Nov 20 08:00:01 vps bot[812]: {text}\n");
    let key = [
        line("-----BEGIN EC PRIVATE KEY-----"),
        line(&made(1)),
        line(&made(2)),
        line("-----END EC PRIVATE KEY-----"),
    ];
    let (clean, _) = Redactor::builder().build().clean_text(&format!("{}the next line\n", key.concat()));
    assert!(
        clean.as_str().ends_with("\nthe next line\n") && !clean.as_str().contains(&made(2)[..12]),
        "{}",
        clean.as_str()
    );
}

#[test]
fn what_a_stand_in_spells_says_nothing() {
    // In `ts` and `id` a number would be that of a trade.
    let card = "4111111111111111";
    let redactor = Redactor::builder().build();
    for digits in ["abcdefgh", "qtsr6xa8", "bidx7cde"] {
        let (clean, _) = redactor.clean_text(&format!("<token:{digits}> {card} "));
        assert!(!clean.as_str().contains(card), "{digits}");
    }
}

#[test]
fn what_repeats_is_not_read_again_for_each_time() {
    // Read once for each of its beginnings, these would take minutes.
    let redactor = Redactor::builder().build();
    for piece in ["554=", "token,", "docker login -p ", "apikeys={", "\"auth\" ", "machine "] {
        let text = piece.repeat((64 << 10) / piece.len());
        let (clean, _) = redactor.clean_text(&text);
        assert!(clean.as_str().len() <= text.len() * 4, "{piece}");
    }
}
