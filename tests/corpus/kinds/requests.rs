//! What travels with a request, and where a connection goes.

use super::Kind;
use crate::corpus::sheet::Judge;

pub(super) static KINDS: &[Kind] = &[
    Kind::critical(
        "auth.bearer",
        "{url43}",
        &["bearer_token", "auth_token"],
        &[
            "Authorization: Bearer «»",
            "headers: {\"Authorization\": \"Bearer «»\", \"Accept\": \"application/json\"}",
            "-H \"Authorization: Bearer «»\"",
        ],
    ),
    Kind::critical(
        "auth.basic",
        "{bsf33}",
        &[],
        &["Authorization: Basic «»", "Proxy-Authorization: Basic «»"],
    ),
    Kind::critical(
        "auth.custom_scheme",
        "{h64}",
        &[],
        &["Authorization: HMAC-SHA256 Credential=bot, Signature=«»", "Authorization: Token token=\"«»\""],
    ),
    Kind::critical("auth.x_auth_token", "{h40}", &["x_auth_token"], &["X-Auth-Token: «»", "x-auth-token=«»"]),
    Kind::critical(
        "auth.x_api_key",
        "{an40}",
        &["x_api_key"],
        &["X-Api-Key: «»", "curl -s -H 'X-API-Key: «»' https://«hostname_public»/v1/me"],
    ),
    Kind::critical("auth.csrf", "{bsfu32}", &["csrf_token"], &["X-CSRF-Token: «»"]),
    Kind::critical(
        "cookie.session",
        "{h32}",
        &["session_cookie"],
        &[
            "Cookie: lang=pl; sessionid=«»; theme=dark",
            "Set-Cookie: SESSION=«»; Path=/; HttpOnly; SameSite=Lax",
        ],
    ),
    Kind::critical(
        "cookie.cf_clearance",
        "{url43}-1764000000-1.2.1.1-{url60}",
        &[],
        &["Cookie: cf_clearance=«»"],
    ),
    Kind::critical(
        "cookie.connect_sid",
        "s%3A{url32}.{an43}",
        &[],
        &["set-cookie: connect.sid=«»; Path=/; Expires=Tue, 25 Nov 2026 10:00:00 GMT"],
    ),
    Kind::critical(
        "jwt.hs256",
        "{jwt}",
        &["jwt", "access_token", "id_token"],
        &["session token «» accepted", "ws url wss://«loopback»/ws?token=«»", "Authorization: Bearer «»"],
    )
    .bare(),
    Kind::critical("jwt.es256", "{jwt-es}", &["access_token"], &["refreshed: «»", "login {\"jwt\":\"«»\"}"])
        .bare(),
    Kind::critical(
        "jwt.secret_key",
        "{an48}",
        &["jwt_secret_key"],
        &["api_server: {'jwt_secret_key': '«»', 'CORS_origins': []}"],
    ),
    Kind::critical(
        "oauth.code",
        "4/0A{url70}",
        &[],
        &["GET /callback?state=«~h16»&code=«»&scope=email HTTP/1.1"],
    ),
    Kind::critical(
        "oauth.access_token",
        "{url64}",
        &["access_token"],
        &[
            "{\"access_token\":\"«»\",\"token_type\":\"bearer\",\"expires_in\":3600}",
            "redirect http://«loopback»/#access_token=«»&token_type=bearer",
        ],
    ),
    Kind::critical(
        "oauth.refresh_token",
        "{url64}",
        &["refresh_token"],
        &["refresh_token=«»&grant_type=refresh_token&client_id=bot"],
    ),
    Kind::critical(
        "oauth.client_secret",
        "{an40}",
        &["client_secret"],
        &["POST /oauth/token client_id=bot&client_secret=«»"],
    ),
    Kind::critical(
        "totp.uri",
        "{bst20}",
        &[],
        &["otpauth://totp/Binance:trader?secret=«»&issuer=Binance&digits=6"],
    ),
    Kind::critical(
        "totp.seed",
        "{totp}",
        &["totp_secret", "twofa_secret", "otp_seed"],
        &["2FA secret: «»", "totp_secret=«»"],
    ),
    Kind::critical(
        "s3.presigned",
        "{h64}",
        &[],
        &[
            "https://backups.s3.eu-central-1.amazonaws.com/bot.zip?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261124T100000Z&X-Amz-Expires=600&X-Amz-SignedHeaders=host&X-Amz-Signature=«»",
        ],
    ),
    Kind::critical(
        "azure.sas",
        "{url43}%3D",
        &["sas_signature"],
        &["https://bot.blob.core.windows.net/logs/a.log?sv=2024-11-04&sr=b&se=2026-12-01&sp=r&sig=«»"],
    ),
    Kind::critical(
        "azure.account_key",
        "{bsf64}",
        &["account_key"],
        &["DefaultEndpointsProtocol=https;AccountName=bot;AccountKey=«»;EndpointSuffix=core.windows.net"],
    ),
    Kind::critical("sentry.dsn", "{h32}", &[], &["sentry: https://«»@o450123.ingest.sentry.io/450456"]),
    Kind::critical(
        "walletconnect.symkey",
        "{h64}",
        &["sym_key"],
        &["wc:«~h64»@2?relay-protocol=irn&symKey=«»"],
    ),
    Kind::critical(
        "db.postgres",
        "{pw14}",
        &["db_password"],
        &[
            "connecting to host=«private_ip» port=5432 user=bot password=«» dbname=trades",
            "postgres: FATAL for user bot, PGPASSWORD=«»",
        ],
    )
    .judged(Judge::Whole),
    Kind::critical(
        "db.url_postgres",
        "{an16}",
        &[],
        &[
            "db_url=postgresql://bot:«»@«private_ip»:5432/trades",
            "sqlalchemy engine postgresql+psycopg2://bot:«»@localhost/freqtrade",
        ],
    ),
    Kind::critical(
        "db.url_percent",
        "{an8}%40{an7}%3A{an4}",
        &[],
        &["mysql://trader:«»@«private_ip»:3306/bot?charset=utf8mb4"],
    )
    .judged(Judge::Whole),
    Kind::critical(
        "db.url_mongo",
        "{an20}",
        &[],
        &["mongodb+srv://bot:«»@cluster0.example.mongodb.net/trades?retryWrites=true"],
    ),
    Kind::critical(
        "db.url_redis",
        "{an24}",
        &[],
        &["redis://:«»@«private_ip»:6379/0", "celery broker amqp://bot:«»@«private_ip»:5672//"],
    ),
    Kind::critical(
        "db.connection_string",
        "{pw13}",
        &[],
        &["Server=tcp:«private_ip»,1433;Database=bot;User ID=sa;Password=«»;Encrypt=True"],
    )
    .judged(Judge::Whole),
    Kind::critical(
        "proxy.url",
        "{an16}",
        &[],
        &[
            "proxy http://trader:«»@«private_ip»:3128",
            "HTTPS_PROXY=http://trader:«»@proxy.example.com:8080",
            "using socks5://trader:«»@«private_ip»:1080",
        ],
    ),
    Kind::critical(
        "command.curl_user",
        "{pw14}",
        &[],
        &[
            "+ curl -u bot:«» https://«hostname_public»/status",
            "run: curl --user bot:«» http://«loopback»/api",
        ],
    )
    .judged(Judge::Whole),
    Kind::critical(
        "command.mysql",
        "{an14}",
        &[],
        &["+ mysql -u bot -p«» trades -e 'select 1'", "mysqldump --user=bot --password=«» trades"],
    )
    .judged(Judge::Whole),
    Kind::critical(
        "command.flag",
        "{an32}",
        &[],
        &[
            "args: [\"/opt/bot/bin/bot\", \"--api-key\", \"«»\", \"--testnet\"]",
            "started as: bot run --api-secret «» --symbol BTCUSDT",
            "cmdline: bot.exe --api-secret=«» --testnet",
            "CreateProcess \"C:\\Program Files\\Bot\\bot.exe\" /token:«» /quiet",
        ],
    ),
    Kind::critical(
        "environment.dump",
        "{an40}",
        &[],
        &[
            "export BINANCE_API_SECRET=«»",
            "os.environ: {'PATH': '/usr/bin', 'OKX_API_KEY': '«»', 'TERM': 'xterm'}",
            "$env:KRAKEN_API_SECRET = \"«»\"",
            "set BYBIT_SECRET=«»",
            "Environment=KUCOIN_API_KEY=«»",
            "docker run -e GATE_API_SECRET=«» bot:latest",
        ],
    ),
    Kind::critical(
        "login.password",
        "{pw11}",
        &["password", "haslo", "hasło"],
        &[
            "login as bot with password «» failed",
            "hasło: «»",
            "Password for user bot is: «»",
            "sshpass -p '«»' ssh bot@«private_ip»",
            "smtp auth failed, user=alerts password='«»'",
        ],
    )
    .judged(Judge::Whole),
    Kind::critical(
        "login.json_rpc",
        "{pw12}",
        &["rpc_password"],
        &["rpcuser=bitcoin rpcpassword=«»", "{\"rpcuser\":\"bitcoin\",\"rpcpassword\":\"«»\"}"],
    )
    .judged(Judge::Whole),
    Kind::critical(
        "ftp.url",
        "{an12}",
        &[],
        &["uploading to ftp://bot:«»@files.example.com/logs", "webdav https://bot:«»@dav.example.com/bot/"],
    )
    .judged(Judge::Whole),
    Kind::critical(
        "git.url_token",
        "{an36}",
        &[],
        &["remote https://oauth2:«»@git.example.com/desk/bot.git"],
    ),
    Kind::critical(
        "signed.body",
        "{h64}",
        &[],
        &[
            "body={'symbol': '«symbol»', 'side': 'BUY', 'timestamp': '«ms»', 'signature': '«»'}",
            "sig=«» ts=«ms»",
            "{\"symbol\":\"«symbol»\",\"signature\":\"«»\"}",
        ],
    ),
    Kind::critical("signed.long", "{h128}", &[], &["X-SIGNATURE: «»", "Sign=«»&nonce=«nonce»"]),
    Kind::critical("signed.base64", "{bsf32}", &[], &["signature: «»", "Signature=«» Timestamp=«ms»"]),
];
