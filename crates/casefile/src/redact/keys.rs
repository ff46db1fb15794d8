//! Which names of keys, headers and parameters name a secret.

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
    /// A number.
    Number,
    /// At least a few characters, and no plain word.
    Identifier,
}

/// Names as they end, folded to lower-case letters and digits; the longest that fits decides.
const ENDINGS: &[(&str, Id, Demand)] = &[
    ("apikey", Id::ApiKey, Demand::Any),
    ("accesskey", Id::ApiKey, Demand::Any),
    ("accesskeyid", Id::ApiKey, Demand::Any),
    ("consumerkey", Id::ApiKey, Demand::Any),
    ("clientkey", Id::ApiKey, Demand::Random),
    ("subscriptionkey", Id::ApiKey, Demand::Any),
    ("accountkey", Id::ApiSecret, Demand::Any),
    ("xmbxapikey", Id::ApiKey, Demand::Any),
    ("apihash", Id::ApiSecret, Demand::Any),
    ("key", Id::ApiKey, Demand::Random),
    ("klucz", Id::ApiKey, Demand::Random),
    ("kluczapi", Id::ApiKey, Demand::Any),
    ("symkey", Id::PrivateKey, Demand::Any),
    ("secret", Id::ApiSecret, Demand::Any),
    ("secretkey", Id::ApiSecret, Demand::Any),
    ("secretaccesskey", Id::ApiSecret, Demand::Any),
    ("masterkey", Id::ApiSecret, Demand::Any),
    ("signingkey", Id::ApiSecret, Demand::Any),
    ("encryptionkey", Id::ApiSecret, Demand::Any),
    ("jwtsecretkey", Id::ApiSecret, Demand::Any),
    ("password", Id::Password, Demand::Any),
    ("passwd", Id::Password, Demand::Any),
    ("passwort", Id::Password, Demand::Any),
    ("pwd", Id::Password, Demand::Any),
    ("pass", Id::Password, Demand::Any),
    ("passphrase", Id::Password, Demand::Any),
    ("haslo", Id::Password, Demand::Any),
    ("hasło", Id::Password, Demand::Any),
    ("credential", Id::Password, Demand::Any),
    ("credentials", Id::Password, Demand::Any),
    ("token", Id::Token, Demand::Random),
    ("authtoken", Id::Token, Demand::Any),
    ("accesstoken", Id::Token, Demand::Any),
    ("refreshtoken", Id::Token, Demand::Any),
    ("bottoken", Id::Token, Demand::Any),
    ("apitoken", Id::Token, Demand::Any),
    ("wstoken", Id::Token, Demand::Any),
    ("sessiontoken", Id::Token, Demand::Any),
    ("csrftoken", Id::Token, Demand::Any),
    ("xauthtoken", Id::Token, Demand::Any),
    ("securitytoken", Id::Token, Demand::Any),
    ("listenkey", Id::Token, Demand::Any),
    ("sessionid", Id::Token, Demand::Random),
    ("session", Id::Token, Demand::Random),
    ("sid", Id::Token, Demand::Random),
    ("jwt", Id::Token, Demand::Random),
    ("bearer", Id::Token, Demand::Random),
    ("authorization", Id::Authorization, Demand::Any),
    ("proxyauthorization", Id::Authorization, Demand::Any),
    ("cookie", Id::Cookie, Demand::Any),
    ("setcookie", Id::Cookie, Demand::Any),
    ("cookies", Id::Cookie, Demand::Any),
    ("signature", Id::Signature, Demand::Random),
    ("sign", Id::Signature, Demand::Random),
    ("sig", Id::Signature, Demand::Random),
    ("apisign", Id::Signature, Demand::Any),
    ("privatekey", Id::PrivateKey, Demand::Any),
    ("privkey", Id::PrivateKey, Demand::Any),
    ("kluczprywatny", Id::PrivateKey, Demand::Any),
    ("mnemonic", Id::Phrase, Demand::Any),
    ("seed", Id::Phrase, Demand::Random),
    ("seedphrase", Id::Phrase, Demand::Any),
    ("secretphrase", Id::Phrase, Demand::Any),
    ("recoveryphrase", Id::Phrase, Demand::Any),
    ("fraza", Id::Phrase, Demand::Any),
    ("otp", Id::OneTimeCode, Demand::Any),
    ("totp", Id::OneTimeCode, Demand::Any),
    ("twofa", Id::OneTimeCode, Demand::Any),
    ("2fa", Id::OneTimeCode, Demand::Any),
    ("otpcode", Id::OneTimeCode, Demand::Any),
    ("totpsecret", Id::ApiSecret, Demand::Any),
    ("pin", Id::OneTimeCode, Demand::Number),
    ("license", Id::LicenseKey, Demand::Random),
    ("licence", Id::LicenseKey, Demand::Random),
    ("licencja", Id::LicenseKey, Demand::Random),
    ("licensekey", Id::LicenseKey, Demand::Any),
    ("licencekey", Id::LicenseKey, Demand::Any),
    ("kluczlicencyjny", Id::LicenseKey, Demand::Any),
    ("activationkey", Id::LicenseKey, Demand::Any),
    ("serial", Id::Serial, Demand::Random),
    ("serialnumber", Id::Serial, Demand::Identifier),
    ("machineguid", Id::Serial, Demand::Any),
    ("machineid", Id::Serial, Demand::Random),
    ("deviceid", Id::Serial, Demand::Random),
    ("diskserial", Id::Serial, Demand::Any),
    ("webhook", Id::Webhook, Demand::Random),
    ("webhookurl", Id::Webhook, Demand::Any),
    ("dsn", Id::ConnectionUrl, Demand::Random),
    ("connectionstring", Id::ConnectionUrl, Demand::Any),
    ("chatid", Id::AccountId, Demand::Any),
    ("uid", Id::AccountId, Demand::Identifier),
    ("accountid", Id::AccountId, Demand::Identifier),
    ("accountnumber", Id::AccountId, Demand::Identifier),
    ("userid", Id::AccountId, Demand::Identifier),
    ("login", Id::AccountId, Demand::Identifier),
    ("walletaddress", Id::WalletAddress, Demand::Any),
    ("depositaddress", Id::WalletAddress, Demand::Any),
    ("withdrawaladdress", Id::WalletAddress, Demand::Any),
    ("email", Id::Email, Demand::Any),
    ("phone", Id::Phone, Demand::Identifier),
    ("phonenumber", Id::Phone, Demand::Any),
    ("telefon", Id::Phone, Demand::Identifier),
    ("fullname", Id::PersonName, Demand::Any),
    ("firstname", Id::PersonName, Demand::Any),
    ("lastname", Id::PersonName, Demand::Any),
    ("surname", Id::PersonName, Demand::Any),
    ("nazwisko", Id::PersonName, Demand::Any),
    ("imie", Id::PersonName, Demand::Any),
    ("holder", Id::PersonName, Demand::Any),
    ("accountholder", Id::PersonName, Demand::Any),
    ("cardholder", Id::PersonName, Demand::Any),
    ("licensee", Id::PersonName, Demand::Any),
    ("licencee", Id::PersonName, Demand::Any),
    ("street", Id::PersonName, Demand::Any),
    ("dateofbirth", Id::PersonName, Demand::Any),
    ("birthdate", Id::PersonName, Demand::Any),
    ("username", Id::UserName, Demand::Any),
    ("hostname", Id::HostName, Demand::Any),
    ("computername", Id::HostName, Demand::Any),
    ("pesel", Id::Pesel, Demand::Identifier),
    ("nip", Id::Nip, Demand::Identifier),
    ("balance", Id::Balance, Demand::Number),
    ("equity", Id::Balance, Demand::Number),
    ("saldo", Id::Balance, Demand::Number),
    ("free", Id::Balance, Demand::Number),
    ("locked", Id::Balance, Demand::Number),
    ("available", Id::Balance, Demand::Number),
    ("walletbalance", Id::Balance, Demand::Number),
];

/// Names that end like a secret and are none.
const HARMLESS: &[&str] = &[
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

/// What this key's name says. The name is as it stands in the text, dots and dashes included.
pub(super) fn named(key: &str) -> Option<Named> {
    let folded: String = key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if HARMLESS.iter().any(|harmless| folded.ends_with(harmless)) {
        return None;
    }
    let fitting =
        ENDINGS.iter().filter(|(ending, ..)| folded.ends_with(ending) && whole_word(key, ending, &folded));
    let (_, rule, demand) = fitting.max_by_key(|(ending, ..)| ending.len())?;
    Some(Named { rule: *rule, demand: *demand })
}

/// Short endings have to be a word of their own: `pin` is not `spin`, `sig` is not `config.sig`.
fn whole_word(key: &str, ending: &str, folded: &str) -> bool {
    if ending.len() > 5 || folded.len() == ending.len() {
        return true;
    }
    let mut left = ending.chars().count();
    let mut at = key.len();
    for (index, c) in key.char_indices().rev() {
        if left == 0 {
            break;
        }
        if c.is_alphanumeric() {
            left -= 1;
            at = index;
        }
    }
    let before = key[..at].chars().next_back();
    let first = key[at..].chars().next();
    match (before, first) {
        (Some(before), Some(first)) => {
            !before.is_alphanumeric()
                || (before.is_lowercase() && first.is_uppercase())
                || before.is_ascii_digit()
        }
        _ => true,
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
            assert_eq!(named(key).map(|named| named.rule), Some(rule), "{key}");
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
            assert_eq!(named(key), None, "{key}");
        }
    }
}
