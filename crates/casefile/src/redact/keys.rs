//! Which names of keys, headers and parameters name a secret.

use std::sync::LazyLock;

use super::rules::Id;

/// What a key's name says of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) rule: Id,
    pub(super) demand: Demand,
}

/// What a value has to be to be hidden under its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Demand {
    /// Anything but a placeholder.
    Any,
    /// Something a machine made: the name alone is used for harmless things too.
    Random,
    /// As `Random`, where nothing but a space stands between: long, and of one piece.
    Made,
    /// As `Random`, and long: short ones are the codes of errors.
    Long,
    /// Many hexadecimal digits.
    Hex,
    /// The address of a wallet, or of a house.
    Address,
    /// A number.
    Number,
    /// A number with a decimal point, and no unit of a memory's size.
    Amount,
    /// Four to eight digits, or a few groups of letters and digits.
    Code,
    /// At least a few characters, and no plain word.
    Identifier,
    /// Words that begin with a capital, as names of people do.
    Name,
    /// The name of an account that a person chose, not one that every system has.
    Account,
    /// The name of a machine, not the address of a public service.
    Machine,
}

/// Parts of names in small letters, three bytes or more: each name of [`ENDINGS`] has one of them in it.
pub(super) const FRAGMENTS: &[&[u8]] = &[
    b"2fa",
    b"account",
    b"acct",
    b"addr",
    b"adres",
    b"api-hash",
    b"api_hash",
    b"apihash",
    b"auth",
    b"avail",
    b"balance",
    b"bearer",
    b"beneficiary",
    b"birth",
    b"buying",
    b"card",
    b"cash",
    b"chat",
    b"ciciel",
    b"cipher",
    b"client",
    b"code",
    b"computer",
    b"connection",
    b"cookie",
    b"credential",
    b"csrf",
    b"customer",
    b"cvc",
    b"cvv",
    b"device",
    b"dob",
    b"document",
    b"dostep",
    b"dowod",
    b"dsn",
    b"equity",
    b"fraz",
    b"free",
    b"frozen",
    b"guid",
    b"hardware",
    b"has\xb3o",
    b"has\xc5\x82o",
    b"haslo",
    b"hold",
    b"holder",
    b"host",
    b"hwid",
    b"iban",
    b"imei",
    b"imi\xc4\x99",
    b"imie",
    b"jwt",
    b"kart",
    b"key",
    b"klient",
    b"klucz",
    b"kod",
    b"konto",
    b"licen",
    b"liquidation",
    b"locked",
    b"login",
    b"logow",
    b"mac",
    b"machine",
    b"mail",
    b"member",
    b"memo",
    b"mfa",
    b"pasz",
    b"mnemonic",
    b"mobile",
    b"msisdn",
    b"nadawca",
    b"name",
    b"nazwisk",
    b"nip",
    b"nrb",
    b"odbiorca",
    b"otp",
    b"owner",
    b"pass",
    b"pem",
    b"pesel",
    b"phone",
    b"phras",
    b"pin",
    b"portf",
    b"posiadacz",
    b"position",
    b"postal",
    b"postcode",
    b"pwd",
    b"rachun",
    b"recipient",
    b"regon",
    b"rodki",
    b"saldo",
    b"secret",
    b"seed",
    b"sekret",
    b"serial",
    b"seryjny",
    b"sess",
    b"sid",
    b"sig",
    b"ssn",
    b"street",
    b"tax",
    b"tel",
    b"token",
    b"twofa",
    b"uid",
    b"ulica",
    b"urodzen",
    b"used",
    b"user",
    b"uuid",
    b"wallet",
    b"webhook",
    b"wif",
    b"xprv",
    b"xsrf",
    b"zip",
];

/// Names as they end, folded to lower-case letters and digits; the longest that fits decides.
const ENDINGS: &[(Id, Demand, &[&str])] = &[
    (
        Id::ApiKey,
        Demand::Any,
        &[
            "apikey",
            "accesskey",
            "accesskeyid",
            "consumerkey",
            "subscriptionkey",
            "apikeyid",
            "appkey",
            "kluczapi",
            "integrationkey",
            "xmbxapikey",
        ],
    ),
    (Id::ApiKey, Demand::Random, &["key", "klucz", "clientkey", "keyid"]),
    (
        Id::ApiSecret,
        Demand::Any,
        &[
            "secret",
            "secretkey",
            "secretaccesskey",
            "masterkey",
            "mastersecret",
            "signingkey",
            "encryptionkey",
            "jwtsecretkey",
            "accountkey",
            "apihash",
            "totpsecret",
            "otpsecret",
            "sharedkey",
            "hmackey",
            "authkey",
            "apimemo",
            "apisecretkey",
            "sekret",
            "tajnyklucz",
            "storagekey",
            "sharedaccesskey",
        ],
    ),
    (
        Id::Password,
        Demand::Any,
        &[
            "password",
            "passwd",
            "passwort",
            "pwd",
            "pass",
            "passphrase",
            "passcode",
            "apipass",
            "userpass",
            "dbpass",
            "rootpass",
            "mysqlpwd",
            "dbpwd",
            "haslo",
            "credential",
            "credentials",
            "secretword",
            "tradingpassword",
            "fundpassword",
            "walletpass",
            "keyphrase",
            "requirepass",
        ],
    ),
    (
        Id::Token,
        Demand::Any,
        &[
            "authtoken",
            "accesstoken",
            "refreshtoken",
            "bottoken",
            "apitoken",
            "wstoken",
            "sessiontoken",
            "csrftoken",
            "xauthtoken",
            "securitytoken",
            "listenkey",
            "idtoken",
            "devicetoken",
            "pushtoken",
            "fcmtoken",
            "registrationtoken",
            "webhooktoken",
            "streamkey",
            "jsessionid",
            "phpsessid",
            "sessionkey",
            "sessiontokenkey",
            "usertoken",
            "logintoken",
            "identitytoken",
            "personalaccesstoken",
        ],
    ),
    (
        Id::Token,
        Demand::Random,
        &[
            "token",
            "sessionid",
            "session",
            "sid",
            "jwt",
            "bearer",
            "csrf",
            "xsrf",
            "authcode",
            "sess",
            "auth",
        ],
    ),
    (Id::Token, Demand::Long, &["code"]),
    (Id::Authorization, Demand::Any, &["authorization", "proxyauthorization"]),
    (Id::Cookie, Demand::Any, &["cookie", "setcookie", "cookies"]),
    (Id::Signature, Demand::Random, &["signature", "sign", "sig", "apisign", "accesssign"]),
    (
        Id::PrivateKey,
        Demand::Any,
        &[
            "privatekey",
            "privkey",
            "kluczprywatny",
            "symkey",
            "privatekeypem",
            "secretkeyhex",
            "walletkey",
            "signerkey",
            "signerprivatekey",
            "agentprivatekey",
            "wif",
            "keypair",
        ],
    ),
    (Id::PrivateKey, Demand::Random, &["agentkey", "pem", "ciphertext", "xprv", "seedhex"]),
    (Id::PrivateKey, Demand::Hex, &["mac"]),
    (
        Id::Phrase,
        Demand::Any,
        &[
            "mnemonic",
            "mnemonics",
            "seedphrase",
            "secretphrase",
            "recoveryphrase",
            "backupphrase",
            "fraza",
            "frazaodzyskiwania",
            "seedwords",
            "mnemonicphrase",
            "walletseed",
            "phrase",
        ],
    ),
    (Id::Phrase, Demand::Random, &["seed"]),
    (
        Id::OneTimeCode,
        Demand::Code,
        &[
            "otp",
            "totp",
            "twofa",
            "2fa",
            "otpcode",
            "totpcode",
            "2facode",
            "twofacode",
            "smscode",
            "verificationcode",
            "confirmationcode",
            "kodsms",
            "cvv",
            "cvc",
            "cvv2",
            "mfacode",
            "emailcode",
            "googlecode",
        ],
    ),
    (Id::OneTimeCode, Demand::Number, &["pin", "pincode", "kodpin"]),
    (Id::Password, Demand::Any, &["recoverycode", "backupcode", "recoverycodes", "backupcodes"]),
    (Id::LicenseKey, Demand::Random, &["license", "licence", "licencja", "activationcode"]),
    (
        Id::LicenseKey,
        Demand::Any,
        &["licensekey", "licencekey", "kluczlicencyjny", "kluczlicencji", "activationkey", "productkey"],
    ),
    (Id::Serial, Demand::Random, &["serial", "machineid", "deviceid", "hwid"]),
    (Id::Serial, Demand::Identifier, &["serialnumber", "serialno", "serialnum", "numerseryjny", "imei"]),
    (
        Id::Serial,
        Demand::Any,
        &[
            "machineguid",
            "diskserial",
            "biosserial",
            "boardserial",
            "hardwareid",
            "systemuuid",
            "productuuid",
        ],
    ),
    (Id::Webhook, Demand::Random, &["webhook"]),
    (Id::Webhook, Demand::Any, &["webhookurl", "discordwebhook", "slackwebhook"]),
    (Id::ConnectionUrl, Demand::Random, &["dsn"]),
    (Id::ConnectionUrl, Demand::Any, &["connectionstring"]),
    (
        Id::AccountId,
        Demand::Identifier,
        &[
            "chatid",
            "uid",
            "accountid",
            "accountno",
            "accountnumber",
            "userid",
            "account",
            "subaccountid",
            "customerid",
            "clientnumber",
            "memberid",
            "walletid",
            "konto",
            "acctid",
            "acct",
            "logowanie",
            "nrklienta",
            "numerklienta",
        ],
    ),
    (
        Id::WalletAddress,
        Demand::Any,
        &[
            "walletaddress",
            "depositaddress",
            "withdrawaladdress",
            "withdrawaddress",
            "mywallet",
            "payoutaddress",
            "adresportfela",
            "adreswyplaty",
            "fundingaddress",
        ],
    ),
    (Id::WalletAddress, Demand::Address, &["address", "addr", "adres"]),
    (Id::AccountId, Demand::Account, &["login"]),
    (Id::Email, Demand::Any, &["email", "mail", "emailaddress", "useremail", "contactemail", "adresemail"]),
    (
        Id::Phone,
        Demand::Identifier,
        &[
            "phone",
            "phonenumber",
            "telefon",
            "mobile",
            "mobilephone",
            "msisdn",
            "tel",
            "phoneno",
            "numertelefonu",
        ],
    ),
    (
        Id::PersonName,
        Demand::Name,
        &[
            "fullname",
            "firstname",
            "lastname",
            "surname",
            "nazwisko",
            "imie",
            "imieinazwisko",
            "holder",
            "accountholder",
            "cardholder",
            "licensee",
            "licencee",
            "holdername",
            "customername",
            "clientname",
            "beneficiary",
            "beneficiaryname",
            "klient",
            "wlasciciel",
            "owner",
            "recipient",
            "recipientname",
            "nadawca",
            "odbiorca",
            "posiadacz",
            "displayname",
            "customer",
        ],
    ),
    (
        Id::PersonName,
        Demand::Any,
        &[
            "street",
            "streetaddress",
            "ulica",
            "dateofbirth",
            "birthdate",
            "birthday",
            "dob",
            "dataurodzenia",
            "postaladdress",
            "homeaddress",
            "billingaddress",
            "addressline",
            "addressline1",
            "adreszamieszkania",
            "postcode",
            "postalcode",
            "kodpocztowy",
            "zipcode",
        ],
    ),
    (
        Id::PersonName,
        Demand::Identifier,
        &[
            "idcard",
            "dowodosobisty",
            "paszport",
            "nrpaszportu",
            "numerpaszportu",
            "passport",
            "passportnumber",
            "passportno",
            "iddocument",
            "dowod",
            "numerdowodu",
            "nrdowodu",
            "ssn",
            "documentnumber",
        ],
    ),
    (Id::UserName, Demand::Any, &["username", "osuser", "windowsuser", "loginname"]),
    (Id::UserName, Demand::Account, &["user", "logname"]),
    (Id::HostName, Demand::Machine, &["hostname", "machinename", "computername"]),
    (Id::Pesel, Demand::Identifier, &["pesel"]),
    (Id::Nip, Demand::Identifier, &["nip", "taxid", "regon"]),
    (Id::Iban, Demand::Identifier, &["iban", "bankaccount", "nrb", "rachunek", "numerrachunku"]),
    (Id::Card, Demand::Identifier, &["cardnumber", "numerkarty"]),
    (
        Id::Balance,
        Demand::Number,
        &[
            "balance",
            "equity",
            "saldo",
            "walletbalance",
            "availablebalance",
            "buyingpower",
            "netliquidation",
            "portfoliovalue",
            "accountvalue",
            "marginbalance",
            "positionamt",
            "cashbalance",
            "totalequity",
            "srodki",
        ],
    ),
    (
        Id::Balance,
        Demand::Amount,
        &["free", "locked", "available", "used", "cash", "frozen", "onhold", "avail", "dostepne"],
    ),
];

/// Names that end like a secret and are none.
const HARMLESS: &[&str] = &[
    "contractaddress",
    "tokenaddress",
    "pooladdress",
    "routeraddress",
    "pairaddress",
    "factoryaddress",
    "ipaddress",
    "macaddress",
    "serveraddress",
    "listenaddress",
    "bindaddress",
    "remoteaddress",
    "localaddress",
    "haspincode",
    "haspin",
    "hashedpassword",
    "primarykey",
    "foreignkey",
    "publickey",
    "pubkey",
    "sortkey",
    "partitionkey",
    "cachekey",
    "hotkey",
    "shortcutkey",
    "keypress",
    "idempotencykey",
    "routingkey",
    "registrykey",
    "hostkey",
    "rowkey",
    "monkey",
    "turkey",
    "hockey",
    "whiskey",
    "basetoken",
    "quotetoken",
    "bypass",
    "lowpass",
    "highpass",
    "bandpass",
    "compass",
    "design",
    "assign",
    "resign",
    "callsign",
    "spin",
    "mempool",
    "memory",
    "botuid",
    "guid",
    "uuid",
    "randomseed",
    "rngseed",
    "seed_count",
    "memoryfree",
    "diskfree",
    "memfree",
    "memoryavailable",
    "lossfree",
    "gapfree",
    "carefree",
    "snip",
    "turnip",
    "catnip",
    "opensession",
    "tradingsession",
    "dsnname",
    "diskavailable",
];

/// What this key's name says. The name is as it stands in the text, dots and dashes included, in UTF-8 or in the
/// Central European code page.
///
/// What is only added to a name (`api_key_2`, `SECRET_PROD`, `token_binance`) changes nothing.
pub(super) fn named(key: &[u8]) -> Option<Named> {
    let mut rest = key;
    for _ in 0..=MAX_ADDED {
        match NAMES.last_of(rest) {
            Found::Named(named) => return Some(named),
            Found::Harmless => return None,
            Found::Nothing => rest = without_addition(rest)?,
        }
    }
    None
}

/// How many additions a name can have.
const MAX_ADDED: usize = 2;

/// Words that are put behind a name and do not change what it names.
const ADDITIONS: &[&str] = &[
    "prod",
    "production",
    "live",
    "test",
    "testnet",
    "dev",
    "demo",
    "main",
    "mainnet",
    "backup",
    "old",
    "new",
    "default",
    "value",
    "val",
    "str",
    "string",
    "text",
    "raw",
    "plain",
    "plaintext",
    "enc",
    "encrypted",
    "b64",
    "base64",
    "hex",
    "env",
    "ro",
    "rw",
    "read",
    "trade",
    "primary",
    "secondary",
    "spot",
    "futures",
    "binance",
    "bybit",
    "okx",
    "kraken",
    "kucoin",
    "coinbase",
    "bitget",
    "gate",
    "gateio",
    "mexc",
    "htx",
    "huobi",
    "bitfinex",
    "bitmex",
    "deribit",
    "gemini",
    "zonda",
    "xtb",
    "ibkr",
    "alpaca",
    "oanda",
    "telegram",
    "discord",
    "slack",
];

/// The name without its last word, if that is an addition or a number.
fn without_addition(key: &[u8]) -> Option<&[u8]> {
    let word_at = key.iter().rposition(|byte| matches!(byte, b'_' | b'-' | b'.'));
    let digits = key.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 && digits < key.len() && digits <= 3 {
        return Some(key[..key.len() - digits].trim_ascii_end()).filter(|rest| rest.len() > 2);
    }
    let capital_at =
        (1..key.len()).rev().find(|at| key[*at].is_ascii_uppercase() && key[at - 1].is_ascii_lowercase());
    let (keep, word) = match (word_at, capital_at) {
        (Some(at), capital) if capital.is_none_or(|capital| capital <= at) => (at, at + 1),
        (_, Some(at)) => (at, at),
        _ => return None,
    };
    let added = |addition: &str| key[word..].eq_ignore_ascii_case(addition.as_bytes());
    (keep > 2 && ADDITIONS.iter().any(|addition| added(addition))).then_some(&key[..keep])
}

/// What the end of a name says.
#[derive(Clone, Copy)]
enum Found {
    Named(Named),
    /// It ends like a secret and is none.
    Harmless,
    Nothing,
}

/// Every ending, read from the last letter to the first: a tree in one vector.
struct Names {
    /// For each node the node behind each folded letter or digit; 0 is none.
    next: Vec<[u16; 36]>,
    found: Vec<Found>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { next: vec![[0; 36]], found: vec![Found::Nothing] };
    for (rule, demand, endings) in ENDINGS {
        for ending in *endings {
            names.add(ending, Found::Named(Named { rule: *rule, demand: *demand }));
        }
    }
    for ending in HARMLESS {
        names.add(ending, Found::Harmless);
    }
    names
});

impl Names {
    fn add(&mut self, ending: &str, found: Found) {
        let mut node = 0;
        for symbol in Folded::of(ending.as_bytes()) {
            let next = self.next[node][usize::from(symbol.value)];
            node = if next == 0 {
                let made = u16::try_from(self.next.len()).expect("the table is small");
                self.next[node][usize::from(symbol.value)] = made;
                self.next.push([0; 36]);
                self.found.push(Found::Nothing);
                usize::from(made)
            } else {
                usize::from(next)
            };
        }
        self.found[node] = found;
    }

    /// The longest ending of the name that is in the table. A short one has to be a word of its own: `pin` is not
    /// `spin`, `sig` is not `config`.
    fn last_of(&self, key: &[u8]) -> Found {
        let (mut node, mut best, mut length) = (0, Found::Nothing, 0);
        for symbol in Folded::of(key) {
            node = usize::from(self.next[node][usize::from(symbol.value)]);
            if node == 0 {
                break;
            }
            length += 1;
            let found = self.found[node];
            if !matches!(found, Found::Nothing) && (length > 5 || begins_word(key, symbol.at)) {
                best = found;
            }
        }
        best
    }
}

/// Whether a word of the name begins here: behind a sign or a digit, or with a capital behind a small letter.
fn begins_word(key: &[u8], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| key[before]) else { return true };
    !(before.is_ascii_alphabetic() || before >= 0x80)
        || (before.is_ascii_lowercase() && key[at].is_ascii_uppercase())
}

/// The letters and digits of a name from its end, without case and accents.
struct Folded<'a> {
    key: &'a [u8],
}

struct Symbol {
    /// 0 to 25 a letter, 26 to 35 a digit.
    value: u8,
    /// Where it stands.
    at: usize,
}

impl<'a> Folded<'a> {
    fn of(key: &'a [u8]) -> Self {
        Self { key }
    }
}

impl Iterator for Folded<'_> {
    type Item = Symbol;

    fn next(&mut self) -> Option<Symbol> {
        while let Some((&last, rest)) = self.key.split_last() {
            let (letter, rest) = match (rest.split_last(), last) {
                (Some((&lead @ 0xc3..=0xc5, before)), 0x80..=0xbf) => (of_utf8(lead, last), before),
                (_, 0x80..) => (of_code_page(last), rest),
                _ => (last.to_ascii_lowercase(), rest),
            };
            self.key = rest;
            let at = rest.len();
            match letter {
                b'a'..=b'z' => return Some(Symbol { value: letter - b'a', at }),
                b'0'..=b'9' => return Some(Symbol { value: letter - b'0' + 26, at }),
                _ => {}
            }
        }
        None
    }
}

/// The letter under the accent, in UTF-8.
fn of_utf8(lead: u8, last: u8) -> u8 {
    match (lead, last) {
        (0xc4, 0x84 | 0x85) => b'a',
        (0xc4, 0x86 | 0x87) => b'c',
        (0xc4, 0x98 | 0x99) => b'e',
        (0xc5, 0x81 | 0x82) => b'l',
        (0xc5, 0x83 | 0x84) => b'n',
        (0xc3, 0x93 | 0xb3) => b'o',
        (0xc5, 0x9a | 0x9b) => b's',
        (0xc5, 0xb9..=0xbc) => b'z',
        _ => 0,
    }
}

/// The letter under the accent, in code pages 1250 and ISO 8859-2.
fn of_code_page(byte: u8) -> u8 {
    match byte {
        0xa5 | 0xb9 | 0xa1 | 0xb1 => b'a',
        0xc6 | 0xe6 => b'c',
        0xca | 0xea => b'e',
        0xa3 | 0xb3 => b'l',
        0xd1 | 0xf1 => b'n',
        0xd3 | 0xf3 => b'o',
        0x8c | 0x9c | 0xa6 | 0xb6 => b's',
        0x8f | 0x9f | 0xaf | 0xbf | 0xac | 0xbc => b'z',
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_named_in_every_spelling() {
        for (key, rule) in [
            ("apiKey", Id::ApiKey),
            ("BINANCE_API_SECRET", Id::ApiSecret),
            ("X-MBX-APIKEY", Id::ApiKey),
            ("exchange.api-key", Id::ApiKey),
            ("exchanges_binance_api-key", Id::ApiKey),
            ("OK-ACCESS-PASSPHRASE", Id::Password),
            ("jwt_secret_key", Id::ApiSecret),
            ("default_apiKey", Id::ApiKey),
            ("secretPhrase", Id::Phrase),
            ("listenKey", Id::Token),
            ("hasło", Id::Password),
            ("X-BAPI-SIGN", Id::Signature),
            ("chatId", Id::AccountId),
        ] {
            assert_eq!(named(key.as_bytes()).map(|named| named.rule), Some(rule), "{key}");
        }
    }

    #[test]
    fn every_ending_has_a_fragment_by_which_it_is_found() {
        for ending in ENDINGS.iter().flat_map(|(.., endings)| *endings) {
            let fits = |fragment: &&[u8]| {
                let folded: Vec<u8> = fragment.iter().copied().filter(u8::is_ascii_alphanumeric).collect();
                memchr::memmem::find(ending.as_bytes(), &folded).is_some()
            };
            assert!(FRAGMENTS.iter().any(fits), "{ending}");
        }
        assert!(FRAGMENTS.len() <= 128 && FRAGMENTS.iter().all(|fragment| fragment.len() >= 3));
    }

    #[test]
    fn additions_change_nothing() {
        for key in ["API_KEY_2", "binance_secret_prod", "tokenBinance", "api_key_binance_test", "PASSWORD1"] {
            assert!(named(key.as_bytes()).is_some(), "{key}");
        }
    }

    #[test]
    fn names_that_only_end_like_a_secret_are_left_alone() {
        for key in [
            "token_symbol",
            "max_tokens",
            "primary_key",
            "key_levels",
            "api_version",
            "password_changed",
            "has_pin_code",
            "spin",
            "design",
            "monkey",
            "assign",
            "uuid",
            "tokens",
            "symbol",
            "basetoken",
            "public_key",
            "keyboard",
            "seedling",
            "hotkey",
        ] {
            assert_eq!(named(key.as_bytes()), None, "{key}");
        }
    }
}
