//! Words in place of a value: what has to be put there, `wklej_tutaj_klucz`, what a field is called, `Klucz API`, and what a
//! program says of it. None of these is a secret, and each of them is what an engineer looks for.
//!
//! A person can choose such words for a password. So all of them have to be known, and one of them has to say that a value
//! is still to come; names of fields begin with a capital.

use std::sync::LazyLock;

use crate::redact::keys;

/// Longest text that is read.
const MAX: usize = 120;

/// Longest part that is read as several words without a gap.
const MAX_PART: usize = 32;

/// Words that ask for a value, or say that there is none, with those for *here*.
const ASKING: &str = "\
    your yours yourown replace change changeme changeit insert enter paste put fill provide supply here \
    placeholder example sample dummy todo fixme tbd unset not missing undefined twoj twoja twoje twojego \
    swoj swoja swoje swojego wpisz wklej podaj uzupelnij zmien zmienic wstaw wprowadz zamien zastap tutaj \
    przyklad przykladowy przykladowe przykladowa brak nieustawione nieustawiony dein deine deinen ihr ihre \
    separated ihren hier einfugen einfuegen eintragen eingeben ersetzen beispiel votre ici ejemplo tuclave aqui";

/// What is asked for.
const THINGS: &str = "\
    see docs manual characters digit digits znakow cyfra cyfre field fields pole api apikey key keys secret secrets token tokens password passwords passwd pass passphrase phrase phrases \
    seed mnemonic private public access auth authorization bearer client consumer code codes user username \
    login email mail name account number wallet address chat webhook license licence signing signature \
    session cookie jwt otp totp pin recovery backup credential credentials klucz klucza klucze haslo hasla \
    hasel tajny tajne tajna tajnego sekret sekretny prywatny prywatnego publiczny fraza frazy fraze \
    odzyskiwania portfel portfela adres konto konta numer uzytkownik uzytkownika nazwa nazwisko imie \
    licencja licencji licencyjny dostepu dostepowy sesji logowania kod schlussel schluessel passwort \
    kennwort geheim geheimnis benutzer benutzername lizenz cle motdepasse passe contrasena clave secreta \
    usuario kennphrase wiederherstellungsphrase anmelden anmeldung abmelden zugangsdaten zaloguj";

/// What stands around it: places, services, little words.
const AROUND: &str = "\
    abc mnie the this that with from twelve twenty four words word spaces space commas by into for and own real actual new value goes must set configured provided bot please \
    telegram discord slack exchange broker server host url app application project database smtp proxy file \
    path string text uuid hash hex binance bybit okx kraken kucoin coinbase bitget gate gateio mexc htx \
    huobi bitfinex bitmex deribit gemini zonda xtb ibkr alpaca oanda infura alchemy etherscan github gitlab \
    aws google openai stripe twilio metamask gieldy gielda gieldowy bota wartosc prawdziwy dla lub ten den \
    das der die mit mot";

/// Of one or two letters: only where they stand alone, or behind a longer one.
const SHORT: &str = "\
    a an it me id my no is be to in of or db tu z ze do na i w de";

/// What else the name of a field on a screen has.
const LABELS: &str = "\
    format length too short long characters zapomniales zapomnialas repeat confirm old current forgot forgotten wrong invalid incorrect show hide reset expired required \
    optional log sign out powtorz potwierdz nowe nowy stare obecne aktualne nieprawidlowe nieprawidlowy \
    bledne bledny niepoprawne zapomniane pokaz ukryj wygasl wygaslo wymagane wymagany zaloguj neues altes \
    falsches wiederholen bestatigen";

/// Words without which no program says a sentence.
const SENTENCES: &str = "\
    must is are was the your not at least has have been please cannot can will should again musi miec nie \
    jest sie najmniej prosze moze zostal zostalo ponownie podaj wpisz wklej muss ist nicht bitte mindestens";

/// The lists, each word in a piece of its own.
struct Lists {
    asking: Vec<&'static str>,
    things: Vec<&'static str>,
    around: Vec<&'static str>,
    short: Vec<&'static str>,
    labels: Vec<&'static str>,
    sentences: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let words = |list: &'static str| list.split(' ').collect();
    Lists {
        asking: words(ASKING),
        things: words(THINGS),
        around: words(AROUND),
        short: words(SHORT),
        labels: words(LABELS),
        sentences: words(SENTENCES),
    }
});

/// Whether these words ask for a value: `tu-wpisz-haslo`, `REPLACE_ME`, `YOURSECRET`, `put your key here`.
pub(super) fn is_instruction(value: &[u8]) -> bool {
    let mut asks = false;
    let lists = [&LISTS.asking, &LISTS.things, &LISTS.around];
    value.len() <= MAX
        && parts(value).all(|part| split(&part, &lists, &mut |word| asks |= LISTS.asking.contains(&word)))
        && asks
}

/// Words for *here*, and for whose it is, in other languages.
const HERE: &str = "\
    aqui ici qui hier zde sem tady tu tutaj buraya burada \u{441}\u{44e}\u{434}\u{430} \u{441}\u{44e}\u{434}\u{438} \
    \u{442}\u{443}\u{442} \u{437}\u{434}\u{435}\u{441}\u{44c} tus su sua seu tua tuo teu votre vos ton jouw uw vas vase vasa tvuj tvoj tvoja \
    \u{432}\u{430}\u{448} \u{432}\u{430}\u{448}\u{430} \u{432}\u{430}\u{448}\u{435} \u{442}\u{432}\u{43e}\u{439} \u{442}\u{432}\u{456}\u{439} \
    anahtariniz anahtarin sifreniz parolaniz tokeniniz twoj twoja twoje dein deine ihr ihre mein meine";

/// Words for *put in*.
const PUT: &str = "\
    coloque coloca colocar pon poner ponga inserta insertar introduce ingrese escriba inserisci inserire immettere mettre mettez \
    inserez placez invullen vul yazin girin yapistirin doplnte doplnit vlozte zadejte zadajte vyplnte insira digite preencha cole \
    eintragen einsetzen ausfullen einfugen \u{432}\u{441}\u{442}\u{430}\u{432}\u{44c}\u{442}\u{435} \
    \u{432}\u{441}\u{442}\u{430}\u{432}\u{442}\u{435} \u{432}\u{432}\u{435}\u{434}\u{438}\u{442}\u{435} \
    \u{432}\u{432}\u{435}\u{434}\u{456}\u{442}\u{44c} \u{432}\u{43f}\u{438}\u{448}\u{438}\u{442}\u{435} wpisz wklej podaj la le el il lo o a";

/// The same in other languages, in one case: `COLOQUE_AQUI`, `vas_api_klic`, `la_tua_chiave_api`.
pub(super) fn is_foreign_instruction(value: &[u8]) -> bool {
    let has_gap = value.iter().any(|byte| matches!(byte, b'_' | b'-' | b' '));
    if value.len() > MAX || !has_gap || value.iter().any(u8::is_ascii_digit) {
        return false;
    }
    let text = String::from_utf8_lossy(value);
    let is_one_case = !text.chars().any(char::is_lowercase) || !text.chars().any(char::is_uppercase);
    let has = |list: &str, word: &str| list.split_ascii_whitespace().any(|known| known == word);
    let words: Vec<String> = parts(value).collect();
    let is_known =
        |word: &String| has(HERE, word) || has(PUT, word) || keys::is_word_of_names(word.as_bytes());
    is_one_case && words.iter().any(|word| has(HERE, word)) && words.iter().all(is_known)
}

/// The same in capitals, where one word that asks is enough: `PLACEHOLDER_APP_KEY_REGENERATE_BEFORE_USE`.
pub(super) fn is_shouted_instruction(value: &[u8]) -> bool {
    const WORDS: [&[u8]; 8] =
        [b"PLACEHOLDER", b"CHANGEME", b"CHANGE", b"REPLACE", b"YOUR", b"EXAMPLE", b"INSERT", b"HERE"];
    value.len() <= MAX
        && memchr::memchr_iter(b'_', value).count() >= 2
        && value.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_')
        && value.split(|byte| *byte == b'_').any(|word| WORDS.contains(&word))
}

/// Whether it is what a field is called on a screen, or what a program says there: `Klucz API`, `Nieprawidłowe hasło`, `The
/// password must have 8 characters`.
pub(super) fn is_label(value: &[u8]) -> bool {
    let first = std::str::from_utf8(value).ok().and_then(|text| text.chars().next());
    if value.len() > MAX || !first.is_some_and(char::is_uppercase) {
        return false;
    }
    let is_thing = |word: &str| LISTS.things.contains(&word);
    let spaces = memchr::memchr_iter(b' ', value).count();
    if spaces >= 2 {
        let is_plain = |word: &&[u8]| {
            let word = word.trim_ascii_end();
            let word = word.strip_suffix(b",").or_else(|| word.strip_suffix(b".")).unwrap_or(word);
            word.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'\'' | 0x80..))
                || word.len() <= 3 && word.iter().all(u8::is_ascii_digit)
        };
        let words: Vec<String> = parts(value).collect();
        let says = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        // What is longer may be a recovery phrase.
        if words.len() < 12
            && value.split(|byte| *byte == b' ').all(|word| is_plain(&word))
            && says(&LISTS.sentences)
            && says(&LISTS.things)
        {
            return true;
        }
    }
    // `Nieprawidłowe hasło ({attempt} z {max})`: what a program puts in its place.
    let filled;
    let value = if let Some(open) = memchr::memchr(b'{', value).filter(|open| *open > 3) {
        filled = without_slots(value, open);
        &filled
    } else {
        value
    };
    let is_shouted =
        spaces == 0 && !value.starts_with(b"API-") && value.iter().skip(1).any(u8::is_ascii_uppercase);
    let mut names = false;
    let lists = [&LISTS.things, &LISTS.around, &LISTS.labels, &LISTS.asking];
    !is_shouted && parts(value).all(|part| split(&part, &lists, &mut |word| names |= is_thing(word))) && names
}

/// What is left of a text whose slots have names: `{attempt}`.
fn without_slots(value: &[u8], first: usize) -> Vec<u8> {
    let mut left = value[..first].to_vec();
    for part in value[first + 1..].split(|byte| *byte == b'{') {
        let name = part.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        let is_slot = name > 0 && part.get(name) == Some(&b'}');
        left.extend_from_slice(if is_slot { &part[name + 1..] } else { part });
    }
    left
}

/// The identifier of a published licence, or several of them. Source: <https://spdx.org/licenses/>
pub(in crate::redact) fn is_published_licence(value: &[u8]) -> bool {
    const FAMILIES: [&str; 24] = [
        "AFL",
        "AGPL",
        "Apache",
        "Artistic",
        "BSD",
        "BSL",
        "CC",
        "CC0",
        "CDDL",
        "EPL",
        "EUPL",
        "GFDL",
        "GPL",
        "ISC",
        "LGPL",
        "LicenseRef",
        "MIT",
        "MPL",
        "OFL",
        "PSF",
        "Python",
        "Unicode",
        "WTFPL",
        "Zlib",
    ];
    let joins: [&[u8]; 4] = [b"OR", b"AND", b"WITH", b""];
    let mut words = value.split(|byte| b" ()/,".contains(byte)).filter(|word| !joins.contains(word));
    let is_family = |word: &[u8]| {
        FAMILIES.iter().any(|family| {
            word.strip_prefix(family.as_bytes()).is_some_and(|rest| {
                rest.is_empty()
                    || rest.starts_with(b"-")
                        && rest.len() <= 24
                        && rest.split(|byte| *byte == b'-').all(|part| part.len() <= 8)
            })
        })
    };
    value.len() <= MAX && words.clone().next().is_some() && words.all(is_family)
}

/// The words as they are written apart, in small letters without accents.
pub(in crate::redact) fn parts(value: &[u8]) -> impl Iterator<Item = String> + use<> {
    let text = String::from_utf8_lossy(value);
    let mut parts = vec![String::new()];
    let mut before = ' ';
    for letter in text.chars() {
        // `yourApiKey`
        if !letter.is_alphanumeric() || before.is_lowercase() && letter.is_uppercase() {
            parts.push(String::new());
        }
        if let Some(last) = parts.last_mut().filter(|_| letter.is_alphanumeric()) {
            last.extend(letter.to_lowercase().map(plain));
        }
        before = letter;
    }
    parts.into_iter().filter(|part| !part.is_empty())
}

/// The letter without its accent.
fn plain(letter: char) -> char {
    match letter {
        'ą' | 'ä' | 'á' | 'à' => 'a',
        'ć' | 'ç' => 'c',
        'ę' | 'é' | 'è' => 'e',
        'ł' => 'l',
        'ń' | 'ñ' => 'n',
        'ó' | 'ö' => 'o',
        'ś' => 's',
        'ü' | 'ú' => 'u',
        'ź' | 'ż' => 'z',
        other => other,
    }
}

/// Whether the part is made of words of the lists, one or several without a gap.
fn split(part: &str, lists: &[&Vec<&'static str>], found: &mut dyn FnMut(&'static str)) -> bool {
    if LISTS.short.contains(&part) {
        return true;
    }
    if part.len() > MAX_PART {
        return false;
    }
    let words = lists.iter().flat_map(|list| list.iter()).copied();
    // The longest first, and a little word only behind another: `replaceme`, `userid`.
    let mut fits: Vec<&'static str> = words.filter(|word| part.starts_with(word)).collect();
    fits.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    for word in fits {
        let rest = &part[word.len()..];
        if rest.is_empty() || split(rest, lists, found) {
            found(word);
            return true;
        }
    }
    false
}

/// What keys and signatures are made by stands beside them and in every log.
pub(in crate::redact) fn is_algorithm(value: &[u8]) -> bool {
    const NAMES: [&str; 21] = [
        "base64",
        "bcrypt",
        "scrypt",
        "argon2",
        "rsa-",
        "ssh-ed25519",
        "ssh-rsa",
        "ssh-dss",
        "ecdsa-sha2-",
        "sk-ssh-ed25519",
        "hmac-sha",
        "hmacsha",
        "secp256",
        "ed25519",
        "aes-256-",
        "aes-128-",
        "aes256",
        "chacha20",
        "sha256",
        "sha512",
        "pbkdf2",
    ];
    let lower = value.to_ascii_lowercase();
    value.len() <= 40 && !value.contains(&b':') && NAMES.iter().any(|name| lower.starts_with(name.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_ask_for_a_value_are_none() {
        for text in [
            "tu-wpisz-haslo",
            "wklej_tutaj_klucz",
            "REPLACE_ME",
            "YOURSECRET",
            "YOUR_TELEGRAM_BOT_TOKEN",
            "yourApiKeyHere",
            "put your token here",
            "enter-your-password",
            "TWÓJ KLUCZ",
            "Twoje hasło",
            "dein_api_schluessel",
            "changeme",
            "changeme-see-docs",
            "not configured",
            "insert-api-key",
            "podaj hasło",
            "key-here",
            "your_exchange_key",
            "wstaw-tu-token",
        ] {
            assert!(is_instruction(text.as_bytes()), "{text}");
        }
        for text in [
            "tajnehaslo",
            "MojeHaslo",
            "secretpassword",
            "correct horse battery staple",
            "changing-horses",
            "yourhorse",
            "hereford",
            "wklejka",
            "my_secret_key",
            "kot-ala-ma",
            "nottingham",
            "passenger",
            "domination",
        ] {
            assert!(!is_instruction(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn the_name_of_a_field_is_no_value() {
        for text in [
            "Hasło",
            "Klucz API",
            "Klucz tajny",
            "API key",
            "Wallet address",
            "Nieprawidłowe hasło",
            "Repeat password",
            "Passwort",
            "API-Schlüssel",
            "Hasło musi mieć co najmniej 8 znaków",
            "The password is not correct.",
            "Token wygasł, zaloguj się ponownie",
        ] {
            assert!(is_label(text.as_bytes()), "{text}");
        }
        for text in [
            "haslo",
            "tajnehaslo",
            "TajneHaslo",
            "Hasło1",
            "SECRET",
            "Correct horse battery staple",
            "Wiosna",
            "Kot Ala ma kota",
            "Correct horse key staple",
            "Margin funding wallet token able about above absent absorb abstract absurd abuse",
        ] {
            assert!(!is_label(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_published_licence_is_no_key() {
        for text in
            ["Apache-2.0", "MIT OR Apache-2.0", "GPL-3.0-or-later", "(MIT AND BSD-3-Clause)", "CC-BY-SA-4.0"]
        {
            assert!(is_published_licence(text.as_bytes()), "{text}");
        }
        for text in
            ["MIT5X-AB12C-9KQ2L-77TRE-PQ3ML", "GPLX2-9KQ2L-AB12C", "", "GPL-9KQ2LAB12C77TRE", "Apache2"]
        {
            assert!(!is_published_licence(text.as_bytes()), "{text}");
        }
    }
}
