//! The one table of what is hidden: code, preview texts, manifest counts and documents come from it.

use serde::Serialize;

use crate::report::Language;

/// Raised with each change of what the rules find; stands in every manifest.
pub const RULES_VERSION: u32 = 16;

/// What whoever has the value can do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Trade, withdraw, sign or log in.
    Critical,
    /// Find or name a person or a machine.
    Personal,
    /// Little.
    Low,
}

/// One rule: a kind of secret, and what people are told about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Stable name, in manifests and reports.
    pub name: &'static str,
    /// The word in the stand-in: `<kind:abcd2345>`.
    pub kind: &'static str,
    /// How bad a leak is.
    pub severity: Severity,
    about_en: &'static str,
    about_pl: &'static str,
}

impl Rule {
    /// One sentence for people.
    pub fn about(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.about_en,
            Language::Pl => self.about_pl,
        }
    }
}

/// Every rule, the critical ones first.
pub fn rules() -> &'static [Rule] {
    &RULES
}

macro_rules! table {
    ($($id:ident $name:literal $kind:literal $severity:ident $en:literal $pl:literal)*) => {
        /// Names a rule inside the engine; the place in [`RULES`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(clippy::enum_variant_names, reason = "an account id is one in the table's words too")]
        pub(super) enum Id { $($id),* }

        pub(super) static RULES: [Rule; [$($name),*].len()] = [$(Rule {
            name: $name,
            kind: $kind,
            severity: Severity::$severity,
            about_en: $en,
            about_pl: $pl,
        }),*];
    };
}

table! {
    ApiKey "api-key" "api_key" Critical
        "Keys of exchanges and services, found by the name before them." "Klucze giełd i usług, rozpoznawane po nazwie przed nimi."
    ApiSecret "api-secret" "api_secret" Critical
        "Secrets that belong to a key and sign requests." "Sekrety należące do klucza, którymi podpisuje się żądania."
    Password "password" "password" Critical
        "Passwords and passphrases." "Hasła i frazy hasłowe."
    Token "token" "token" Critical
        "Session, access and listen tokens." "Tokeny sesji, dostępu i nasłuchu."
    Authorization "authorization" "authorization" Critical
        "What stands in an Authorization header." "Zawartość nagłówka Authorization."
    Cookie "cookie" "cookie" Critical
        "Cookies of a signed-in session." "Ciasteczka zalogowanej sesji."
    Signature "signature" "signature" Critical
        "Signatures of requests." "Podpisy żądań."
    ServiceToken "service-token" "service_token" Critical
        "Tokens of services that can be recognised by themselves (GitHub, AWS, Slack, Stripe, Google, …)."
        "Tokeny usług rozpoznawalne same z siebie (GitHub, AWS, Slack, Stripe, Google, …)."
    TelegramToken "telegram-token" "telegram_token" Critical
        "Tokens of Telegram bots." "Tokeny botów Telegrama."
    Webhook "webhook" "webhook" Critical
        "Addresses to which anybody may post." "Adresy, na które każdy może wysyłać."
    Jwt "jwt" "jwt" Critical
        "Signed web tokens." "Podpisane tokeny sieciowe (JWT)."
    ConnectionUrl "connection-url" "url_password" Critical
        "Passwords in addresses of databases and proxies." "Hasła w adresach baz danych i serwerów pośredniczących."
    PrivateKey "private-key" "private_key" Critical
        "Private keys: PEM blocks, wallet keys, extended keys." "Klucze prywatne: bloki PEM, klucze portfeli, klucze rozszerzone."
    Phrase "recovery-phrase" "phrase" Critical
        "Recovery phrases of wallets." "Frazy odzyskiwania portfeli."
    LicenseKey "license-key" "license" Critical
        "Licence keys." "Klucze licencyjne."
    KnownValue "known-value" "secret" Critical
        "Values that a preset, a configuration or the bot itself names as secret, wherever they stand."
        "Wartości, które preset, konfiguracja lub sam bot wskazuje jako tajne, gdziekolwiek się znajdą."
    Encoded "encoded" "encoded" Critical
        "Text in another encoding that holds one of the above." "Tekst w innym kodowaniu, który zawiera coś z powyższych."
    HiddenWord "hidden-word" "hidden" Personal
        "Words that you asked to hide." "Słowa, o których ukrycie poproszono."
    Email "email" "email" Personal
        "E-mail addresses." "Adresy e-mail."
    Phone "phone" "phone" Personal
        "Telephone numbers." "Numery telefonów."
    Card "card" "card" Personal
        "Payment card numbers." "Numery kart płatniczych."
    Iban "iban" "iban" Personal
        "Bank account numbers." "Numery rachunków bankowych."
    Pesel "pesel" "pesel" Personal
        "Polish personal numbers." "Numery PESEL."
    Nip "nip" "nip" Personal
        "Polish tax numbers." "Numery NIP."
    PersonName "person" "person" Personal
        "Names and addresses of people, found by the name of the field." "Nazwiska i adresy osób, rozpoznawane po nazwie pola."
    UserName "user-name" "user" Personal
        "The name of your account on this computer." "Nazwa konta na tym komputerze."
    HostName "host-name" "host" Personal
        "The name of this computer." "Nazwa tego komputera."
    HomePath "home-path" "user" Personal
        "The user's name in paths of files." "Nazwa użytkownika w ścieżkach plików."
    Ipv4 "ipv4" "ip" Personal
        "Public IPv4 addresses." "Publiczne adresy IPv4."
    Ipv6 "ipv6" "ip6" Personal
        "Public IPv6 addresses." "Publiczne adresy IPv6."
    MacAddress "mac-address" "mac" Personal
        "Addresses of network adapters." "Adresy kart sieciowych."
    WifiName "wifi-name" "wifi" Personal
        "Names of wireless networks." "Nazwy sieci bezprzewodowych."
    AccountId "account-id" "account" Personal
        "Numbers of accounts and chats." "Numery kont i czatów."
    WalletAddress "wallet-address" "wallet" Personal
        "Your own wallet addresses." "Własne adresy portfeli."
    Serial "serial" "serial" Low
        "Serial numbers and machine ids." "Numery seryjne i identyfikatory maszyny."
    OneTimeCode "one-time-code" "code" Low
        "One-time codes and PINs." "Kody jednorazowe i PIN-y."
    Balance "balance" "balance" Low
        "Balances and positions." "Salda i pozycje."
    Strategy "strategy" "strategy" Low
        "Numbers of strategy presets, if you choose so." "Liczby w presetach strategii, jeśli tak wybierzesz."
}

impl Id {
    pub(super) fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }
}
