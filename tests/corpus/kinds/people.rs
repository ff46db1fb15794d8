//! What finds or names a person, a machine, or how rich somebody is.

use super::Kind;
use crate::corpus::sheet::Judge;

pub(super) static KINDS: &[Kind] = &[
    Kind::personal(
        "email.plain",
        "{email}",
        &["email", "contact"],
        &[
            "mail sent to «»",
            "From: Bot <«»>",
            "user «» logged in from «private_ip»",
            "{\"event\":\"login\",\"who\":\"«»\"}",
            "mailto:«»?subject=alert",
        ],
    )
    .bare(),
    Kind::personal(
        "email.percent",
        "{l8}.{l7}%40{l9}.example.com",
        &[],
        &["GET /unsubscribe?email=«»&list=7 HTTP/1.1", "https://«hostname_public»/login?user=«»"],
    ),
    Kind::personal("phone.pl", "{phone-pl}", &["phone", "telefon"], &["SMS to «» queued", "telefon: «»"])
        .judged(Judge::Digits),
    Kind::personal("phone.de", "{phone-de}", &["phone_number"], &["phone «» verified"]).judged(Judge::Digits),
    Kind::personal("phone.us", "{phone-us}", &["mobile"], &["calling «»"]).judged(Judge::Digits),
    Kind::personal("phone.named", "{phone-bare}", &["phone", "tel"], &["tel. «»", "SMS sent, phone=«»"]),
    Kind::personal(
        "card.visa",
        "{visa}",
        &["card_number"],
        &["payment with card «» declined", "card=«» exp=12/28"],
    )
    .judged(Judge::Digits),
    Kind::personal("card.mastercard", "{mastercard}", &["card_number"], &["karta «» odrzucona"])
        .judged(Judge::Digits),
    Kind::personal("card.amex", "{amex}", &["card_number"], &["credit card «»"]).judged(Judge::Digits),
    Kind::personal("card.spaced", "{card-spaced}", &[], &["charged card «»", "«» was charged 49.00 USD"])
        .judged(Judge::Digits)
        .bare(),
    Kind::personal("iban.pl", "{iban-pl}", &["iban", "bank_account"], &["SEPA payout to «»", "IBAN: «»"])
        .judged(Judge::Digits)
        .bare(),
    Kind::personal("iban.de", "{iban-de}", &["iban"], &["withdrawal EUR to «»"]).judged(Judge::Digits).bare(),
    Kind::personal("iban.spaced", "{iban-spaced}", &[], &["przelew na «»", "bank account «» added"])
        .judged(Judge::Digits)
        .bare(),
    Kind::personal(
        "iban.nrb",
        "{nrb}",
        &["nr_konta", "numer_rachunku"],
        &["przelew na rachunek «»", "numer konta: «»"],
    )
    .judged(Judge::Digits),
    Kind::personal("pesel", "{pesel}", &["pesel"], &["PESEL: «»", "kyc pesel=«» ok"]),
    Kind::personal("nip", "{nip}", &["nip", "tax_id"], &["NIP: «»", "faktura dla NIP «»"]),
    Kind::personal("nip.dashed", "{nip-dashed}", &["nip"], &["NIP «»"]),
    Kind::personal(
        "id_card",
        "{id-card}",
        &["dowod", "id_card_number"],
        &["dowód osobisty: «»", "kyc dowod=«»"],
    ),
    Kind::personal(
        "name.full",
        "{full-name}",
        &["full_name", "holder", "owner", "klient"],
        &["{\"fullName\":\"«»\",\"country\":\"PL\"}", "account holder: «»"],
    ),
    Kind::personal("name.street", "{street}", &["street", "adres"], &["adres: «»"]),
    Kind::personal("name.birth", "{birth}", &["date_of_birth", "birth_date"], &["{\"dateOfBirth\":\"«»\"}"]),
    Kind::personal(
        "ip.four",
        "{ip-four}",
        &["public_ip", "client_ip"],
        &[
            "client «»:51234 connected",
            "«» - - [24/Nov/2026:10:00:00 +0000] \"GET /api/v1/status HTTP/1.1\" 200 312",
            "your IP «» is not whitelisted (-2015)",
            "X-Forwarded-For: «», «private_ip»",
            "peer=«» bytes=4096",
        ],
    )
    .bare(),
    Kind::personal(
        "ip.six",
        "{ip-six}",
        &["public_ip"],
        &["client [«»]:443 connected", "resolved to «»", "remote addr «» closed the connection"],
    )
    .bare(),
    Kind::personal(
        "mac.colon",
        "{mac}",
        &["mac", "mac_address"],
        &["interface eth0 mac «»", "link/ether «» brd ff:ff:ff:ff:ff:ff"],
    )
    .bare(),
    Kind::personal("mac.dash", "{mac-dash}", &[], &["   Physical Address. . . . . . . . . : «»"]).bare(),
    Kind::personal("machine.sid", "{sid}", &["sid"], &["running as «»", "profile of «» loaded"]).bare(),
    Kind::personal(
        "machine.guid",
        "{uuid}",
        &["machine_guid", "device_id"],
        &["MachineGuid: «»", "HKLM\\SOFTWARE\\Microsoft\\Cryptography MachineGuid REG_SZ «»", "deviceId=«»"],
    ),
    Kind::personal(
        "machine.disk_serial",
        "{disk}",
        &["disk_serial", "serial_number"],
        &["disk serial: «»", "SerialNumber=«»"],
    ),
    Kind::personal(
        "machine.host",
        "{host}",
        &["hostname", "computer_name"],
        &["COMPUTERNAME=«»", "hostname: «»"],
    ),
    Kind::personal(
        "account.user",
        "{plain-login}",
        &["username", "login", "user_name"],
        &["USERNAME=«»", "username: «»", "{\"login\":\"«»\",\"ok\":true}"],
    ),
    Kind::personal(
        "account.uid",
        "{d9}",
        &["uid", "account_id", "bybit_uid"],
        &["{\"uid\":\"«»\",\"vip\":0}", "accountId=«» permissions=SPOT"],
    ),
    // Home paths: the name of the user is the secret. Each spelling is a kind.
    Kind::personal(
        "home.windows",
        "{user}",
        &[],
        &["config C:\\Users\\«»\\AppData\\Roaming\\TradeBot\\config.json not found"],
    ),
    Kind::personal(
        "home.windows_spaced",
        "{user-spaced}",
        &[],
        &["reading \"C:\\Users\\«»\\Documents\\bot\\preset.toml\""],
    ),
    Kind::personal(
        "home.windows_spaced_bare",
        "{user-spaced}",
        &[],
        &["open C:\\Users\\«»\\Desktop\\keys.txt: access denied"],
    ),
    Kind::personal("home.doubled", "{user}", &[], &["{\"path\":\"C:\\\\Users\\\\«»\\\\bot\\\\log.txt\"}"]),
    Kind::personal("home.forward", "{user}", &[], &["C:/Users/«»/bot/main.py line 7"]),
    Kind::personal("home.file_url", "{user}", &[], &["loading file:///C:/Users/«»/bot/index.html"]),
    Kind::personal("home.verbatim", "{user}", &[], &["canonical path \\\\?\\C:\\Users\\«»\\bot"]),
    Kind::personal("home.unc", "{user}", &[], &["log share \\\\nas01\\Users\\«»\\bot\\bot.log"]),
    Kind::personal(
        "home.device",
        "{user}",
        &[],
        &["image \\Device\\HarddiskVolume3\\Users\\«»\\bot\\bot.exe"],
    ),
    Kind::personal("home.other_drive", "{user}", &[], &["working folder D:\\Users\\«»\\trading"]),
    Kind::personal("home.mnt", "{user}", &[], &["mounted /mnt/c/Users/«»/bot"]),
    Kind::personal("home.cygwin", "{user}", &[], &["shell at /cygdrive/c/Users/«»/bot"]),
    Kind::personal(
        "home.wsl",
        "{user}",
        &[],
        &["open \\\\wsl$\\Ubuntu\\home\\«»\\bot\\.env", "open \\\\wsl.localhost\\Debian\\home\\«»\\bot"],
    ),
    Kind::personal("home.short", "{user-short}", &[], &["temp C:\\Users\\«»\\AppData\\Local\\Temp\\bot.tmp"]),
    Kind::personal("home.percent", "{l7}%20{l8}", &[], &["GET file:///C:/Users/«»/bot/report.html"]),
    Kind::personal(
        "home.linux",
        "{user}",
        &[],
        &[
            "config /home/«»/.config/tradebot/config.toml",
            "  File \"/home/«»/bot/main.py\", line 14, in <module>",
        ],
    ),
    Kind::personal(
        "home.mac",
        "{user}",
        &[],
        &["dyld: /Users/«»/Library/Application Support/TradeBot/lib.dylib"],
    ),
    Kind::personal(
        "home.documents_and_settings",
        "{user-spaced}",
        &[],
        &["old profile C:\\Documents and Settings\\«»\\Application Data\\bot"],
    ),
    Kind::personal("home.tilde", "{user}", &[], &["cannot expand ~«»/bot/config.toml"]),
    Kind::personal("home.var_folders", "{ln2}/{ln30}", &[], &["temp /var/folders/«»/T/bot.sock"]),
    // Low: money, codes, numbers of devices.
    Kind::low(
        "balance.free",
        "{money}",
        &["free", "available", "balance"],
        &[
            "{\"asset\":\"USDT\",\"free\":\"«»\"}",
            "balance={'USDT': {'free': «»}}",
            "available=«» asset=USDT",
        ],
    ),
    Kind::low("balance.locked", "{money}", &["locked"], &["{\"asset\":\"BTC\",\"locked\":\"«»\"}"]),
    Kind::low("balance.equity", "{money}", &["equity"], &["account equity: «» USDT", "equity=«»"]),
    Kind::low("balance.saldo", "{money}", &["saldo"], &["saldo: «» PLN"]),
    Kind::low(
        "balance.wallet",
        "{money}",
        &["wallet_balance"],
        &["{\"walletBalance\":\"«»\"}", "walletBalance=«»"],
    ),
    Kind::low(
        "code.otp",
        "{code}",
        &["otp", "totp_code"],
        &["2FA code: «»", "otp=«» accepted", "kod SMS: «»"],
    ),
    Kind::low("code.verification", "{code}", &["verification_code"], &["verification code «» sent"]),
    Kind::low("serial.board", "{un12}", &["board_serial"], &["BaseBoard SerialNumber: «»"]),
];
