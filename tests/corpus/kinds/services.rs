//! Tokens of services that a bot talks to; most have a prefix of their own.

use super::Kind;

pub(super) static KINDS: &[Kind] = &[
    Kind::critical(
        "aws.access_key",
        "AKIA{un16}",
        &["aws_access_key_id"],
        &["s3 client for «» in eu-central-1", "AWS_ACCESS_KEY_ID=«»"],
    )
    .bare(),
    Kind::critical("aws.session_key", "ASIA{un16}", &["aws_access_key_id"], &["assumed role, key «»"]).bare(),
    Kind::critical(
        "aws.secret_key",
        "{bsf30}",
        &["aws_secret_access_key"],
        &["aws_secret_access_key = «»", "AWS_SECRET_ACCESS_KEY=«»"],
    ),
    Kind::critical(
        "github.pat",
        "ghp_{crc}",
        &["github_token"],
        &["updater uses «»", "remote: https://«»@github.com/desk/bot.git"],
    )
    .bare(),
    Kind::critical(
        "github.fine_grained",
        "github_pat_{an22}_{an59}",
        &["github_token"],
        &["release check with «» failed"],
    )
    .bare(),
    Kind::critical(
        "gitlab.pat",
        "glpat-{url20}",
        &["gitlab_token"],
        &["cloning with «»", "PRIVATE-TOKEN: «»"],
    )
    .bare(),
    Kind::critical(
        "npm.token",
        "npm_{crc}",
        &["npm_token"],
        &["//registry.example.com/:_authToken=«»", "npm publish with «»"],
    )
    .bare(),
    Kind::critical(
        "pypi.token",
        "pypi-AgEIcHlwaS5vcmc{url120}",
        &["pypi_token"],
        &["twine upload -u __token__ -p «» dist/bot.whl"],
    )
    .bare(),
    Kind::critical(
        "slack.bot",
        "xoxb-{d12}-{d13}-{an24}",
        &["slack_token"],
        &["slack client «» connected", "notify via «»: 200"],
    )
    .bare(),
    Kind::critical(
        "slack.webhook",
        "T{un8}/B{un10}/{an24}",
        &[],
        &["POST https://hooks.slack.com/services/«» 200"],
    ),
    Kind::critical(
        "discord.webhook",
        "{url68}",
        &[],
        &[
            "POST https://discord.com/api/webhooks/«~d19»/«» 204",
            "webhook_url: https://discordapp.com/api/webhooks/«~d19»/«»",
        ],
    ),
    Kind::critical(
        "discord.bot",
        "{discord-bot}",
        &["discord_token", "bot_token"],
        &["discord client login «»", "Authorization: Bot «»"],
    )
    .bare(),
    Kind::critical(
        "telegram.bot",
        "{d10}:AA{url33}",
        &["telegram_token", "bot_token", "token"],
        &[
            "HTTP Request: POST https://api.telegram.org/bot«»/sendMessage \"HTTP/1.1 200 OK\"",
            "telegram.error.NetworkError: https://api.telegram.org/bot«»/getUpdates",
            "Telegram bot «» started",
        ],
    ),
    Kind::critical(
        "telegram.bot_other",
        "{d9}:{url35}",
        &["telegram_token"],
        &["telegram bot token «» rejected", "https://api.telegram.org/file/bot«»/documents/file_1.csv"],
    ),
    Kind::personal(
        "telegram.chat_id",
        "-100{d10}",
        &["chat_id", "telegram_chat_id"],
        &["sendMessage chat_id=«» text=filled", "{\"chat_id\":«»,\"text\":\"filled\"}"],
    ),
    Kind::critical(
        "openai.key",
        "sk-proj-{url64}T3BlbkFJ{url40}",
        &["openai_api_key"],
        &["llm client «» ready"],
    )
    .bare(),
    Kind::critical(
        "anthropic.key",
        "sk-ant-api03-{url93}AA",
        &["anthropic_api_key"],
        &["x-api-key: «»", "sentiment model uses «»"],
    )
    .bare(),
    Kind::critical("stripe.live", "sk_live_{an24}", &["stripe_key"], &["billing via «»"]).bare(),
    Kind::critical("sendgrid.key", "SG.{url22}.{url43}", &["sendgrid_api_key"], &["mail through «»: 202"])
        .bare(),
    Kind::critical(
        "twilio.sid",
        "AC{h32}",
        &["twilio_account_sid"],
        &["twilio https://api.twilio.com/2010-04-01/Accounts/«»/Messages.json"],
    ),
    Kind::critical("twilio.api_key", "SK{h32}", &["twilio_api_key"], &["twilio key «»"]),
    Kind::critical("twilio.auth_token", "{h32}", &["twilio_auth_token"], &["TWILIO_AUTH_TOKEN=«»"]),
    Kind::critical(
        "mailgun.key",
        "key-{h32}",
        &["mailgun_api_key"],
        &["mailgun «» domain mg.example.com", "--user api:«»"],
    )
    .bare(),
    Kind::critical(
        "google.api_key",
        "AIza{url35}",
        &["google_api_key"],
        &["https://sheets.googleapis.com/v4/spreadsheets/bot?key=«»", "sheet client «»"],
    )
    .bare(),
    Kind::critical("google.oauth_token", "ya29.{url120}", &["access_token"], &["gdrive upload with «»"])
        .bare(),
    Kind::critical(
        "google.client_secret",
        "GOCSPX-{url28}",
        &["client_secret"],
        &["client «» loaded from client_secret.json"],
    )
    .bare(),
    Kind::critical("huggingface.token", "hf_{an34}", &["hf_token"], &["model pulled with «»"]).bare(),
    Kind::critical("ngrok.token", "2{an26}_{an21}", &["ngrok_authtoken"], &["ngrok authtoken «» added"]),
    Kind::critical("fcm.token", "{an22}:APA91b{url134}", &["fcm_token"], &["push to «» failed"]).bare(),
    Kind::critical(
        "pushover.token",
        "a{ln29}",
        &["pushover_token"],
        &["POST https://api.pushover.net/1/messages.json token=«»&message=filled"],
    ),
    Kind::critical("pushbullet.token", "o.{an32}", &["pushbullet_token"], &["Access-Token: «»"]),
    Kind::critical("line.token", "{an43}", &["line_notify_token"], &["line-notify Authorization: Bearer «»"]),
    Kind::critical(
        "tradingview.session",
        "{ln32}",
        &["tradingview_session"],
        &["Cookie: sessionid=«»; device_t=web"],
    ),
    Kind::critical(
        "threecommas.secret",
        "{h128}",
        &["threecommas_secret"],
        &["3commas APIKEY= Signature: «»"],
    ),
    Kind::critical("cryptohopper.token", "{an40}", &["access_token"], &["cryptohopper access-token: «»"]),
    Kind::critical(
        "webhook.secret",
        "{an32}",
        &["webhook_secret"],
        &["tradingview alert {\"secret\":\"«»\",\"action\":\"buy\",\"ticker\":\"«symbol»\"}"],
    ),
    Kind::critical("digitalocean.token", "dop_v1_{h64}", &["do_token"], &["droplet api «»"]).bare(),
    Kind::critical("cloudflare.token", "{url40}", &["cloudflare_api_token"], &["X-Auth-Key: «»"]),
    Kind::critical("vault.token", "hvs.{url90}", &["vault_token"], &["X-Vault-Token: «»"]),
    Kind::critical("grafana.token", "glsa_{an32}_{h8}", &["grafana_token"], &["pushing metrics with «»"])
        .bare(),
    Kind::critical("influx.token", "{bsf64}", &["influx_token"], &["Authorization: Token «»"]),
    Kind::critical("supabase.key", "sbp_{h40}", &["supabase_key"], &["apikey: «»"]),
    Kind::critical(
        "licence.key",
        "{licence}",
        &["license_key", "serial", "licencja", "klucz_licencji"],
        &[
            "license key: «»",
            "licencja «» aktywna do 2027-01-01",
            "activating serial=«» edition=pro",
            "GET https://licence.example.com/activate?license=«»&machine=7",
        ],
    ),
    Kind::critical(
        "keygen.licence",
        "key/{url96}.{url86}==",
        &["license"],
        &["License key=«»", "Authorization: License «»"],
    ),
];
