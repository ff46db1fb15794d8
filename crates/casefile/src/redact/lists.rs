//! Lists that people and programs keep: keys, wallets, phrases, accounts, proxies. The name of the file says what it is, and the
//! shape of a line what of it has to go.

mod ordinary;

use self::ordinary::{
    is_alone, is_behind_name, is_behind_user, is_below_transaction, is_label, is_log, is_mail, is_of_logs,
    is_open_address, is_open_setting, is_place, is_user_of_row, last_words, speaks_of_hash,
};
use super::find::Span;
use super::rules::Id;
use super::{assignment, keys, phrase, stand_in, value};

/// What a file is by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// Not a list.
    None,
    /// Its lines may be keys, or accounts with their passwords: `wallets.txt`.
    Lines,
    /// A user and a password, as `OpenVPN` reads them: `auth.txt`.
    Pair,
    /// Everything in it may be a secret: `secrets.txt`, `api_keys`.
    Secrets,
}

impl List {
    /// What people keep in a file of this name.
    pub(super) fn by_name(file: &str) -> Self {
        const ENDINGS: [&str; 9] = [".txt", ".csv", ".tsv", ".lst", ".list", ".dat", ".bak", ".old", ".md"];
        const SECRETS: [&str; 16] = [
            "secret",
            "secrets",
            "key",
            "keys",
            "apikeys",
            "privatekey",
            "privatekeys",
            "privkeys",
            "secretkeys",
            "password",
            "passwords",
            "credentials",
            "klucze",
            "hasla",
            "has\u{142}a",
            "recoverycodes",
        ];
        // What these end with is as good: `solwallets`.
        const LINES: [&str; 28] = [
            "key",
            "keys",
            "privkey",
            "privkeys",
            "secret",
            "secrets",
            "wallet",
            "wallets",
            "seed",
            "seeds",
            "mnemonic",
            "mnemonics",
            "phrase",
            "phrases",
            "account",
            "accounts",
            "credentials",
            "creds",
            "passwords",
            "logins",
            "proxy",
            "proxies",
            "klucze",
            "hasla",
            "has\u{142}a",
            "konta",
            "portfele",
            "frazy",
        ];
        const PAIRS: [&str; 6] = ["auth", "login", "userpass", "up", "user-pass", "pass"];
        const LONG: usize = 5;
        let name = file.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
        let mut stem = name.as_str();
        while let Some(rest) = ENDINGS.iter().find_map(|ending| stem.strip_suffix(ending)) {
            stem = rest;
        }
        if PAIRS.contains(&stem) {
            return Self::Pair;
        }
        if SECRETS.contains(&stem.replace(['_', '-', ' ', '.'], "").as_str())
            || is_of_one(stem)
            || names_passwords(stem)
        {
            return Self::Secrets;
        }
        let has =
            |part: &str| LINES.iter().any(|word| part == *word || word.len() >= LONG && part.ends_with(word));
        if !stem.contains('.') && stem.split(|letter: char| !letter.is_alphabetic()).any(has) {
            Self::Lines
        } else {
            Self::None
        }
    }

    /// The same file, where its beginning is known: names of columns say better what it has.
    pub(super) fn beginning_with(self, text: &[u8]) -> Self {
        const WORDS: [&[u8]; 8] =
            [b"name", b"exchange", b"label", b"date", b"time", b"hash", b"symbol", b"status"];
        let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let columns = || line.trim_ascii().split(|byte| b",;|\t".contains(byte)).map(<[u8]>::trim_ascii);
        let is_name = |column: &[u8]| {
            let is_sign =
                |byte: &u8| byte.is_ascii_alphanumeric() || b"_-/() .\"".contains(byte) || *byte >= 0x80;
            let digits = column.iter().filter(|byte| byte.is_ascii_digit()).count();
            !column.is_empty() && digits <= 3 && column.iter().all(is_sign)
        };
        let is_known = |column: &[u8]| {
            let lower = column.to_ascii_lowercase();
            keys::named(column).is_some()
                || WORDS.iter().any(|word| memchr::memmem::find(&lower, word).is_some())
        };
        let is_head = columns().count() >= 2 && columns().all(is_name) && columns().any(is_known);
        // A file of JSON, and what a program shows of itself, `cfg = Config {`, say themselves what is in them.
        let first = line.trim_ascii();
        let is_json = matches!(first, b"{" | b"[") || first.starts_with(b"{\"") || first.ends_with(b" {");
        let is_table = is_head && columns().any(|column| keys::named(column).is_some());
        if self == Self::Lines && (is_head || is_json || is_log(text)) || self == Self::Secrets && is_table {
            Self::None
        } else {
            self
        }
    }
}

/// Whether a file has the name of one secret, as those have that a container is given: `kraken_secret`, `db-password`.
fn is_of_one(stem: &str) -> bool {
    let is_secret = |named: keys::Named| {
        matches!(named.rule, Id::ApiKey | Id::ApiSecret | Id::Password | Id::Token | Id::PrivateKey)
            && matches!(named.demand, keys::Demand::Any | keys::Demand::Random)
    };
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    let (first, last) = stem.rsplit_once(['_', '-']).unwrap_or(("", stem));
    !first.is_empty()
        && stem.chars().all(is_word)
        && !matches!(first, "public" | "pub" | "hot" | "sort" | "foreign" | "primary")
        && matches!(
            last,
            "secret" | "key" | "password" | "passwd" | "pass" | "token" | "passphrase" | "apikey"
        )
        && keys::named(stem.as_bytes()).is_some_and(is_secret)
}

/// Whether people call the file by what is in it, in their own language: `jelszavak`, `mdp`, `moje_hasla`.
fn names_passwords(stem: &str) -> bool {
    let is_word = |letter: char| letter.is_alphabetic() || matches!(letter, '_' | '-' | ' ');
    let is_password = |named: keys::Named| named.rule == Id::Password && named.demand == keys::Demand::Any;
    let words = stem.split(['_', '-', ' ']).count();
    stem.chars().all(is_word)
        && words <= 3
        && keys::are_known(stem.as_bytes())
        && (keys::is_of_several(stem.as_bytes()) || keys::read(stem.as_bytes()).is_some_and(is_password))
}

/// Hides what a list has; the spans need not be sorted behind it.
pub(super) fn find(text: &[u8], list: List, spans: &mut Vec<Span>) {
    if list == List::None {
        return;
    }
    let mut found = Vec::new();
    if list == List::Pair {
        pair(text, &mut found);
        spans.append(&mut found);
        return;
    }
    // The mark of the order of bytes is no part of the first word.
    let (mut from, mut done) = (usize::from(text.starts_with(BYTE_ORDER)) * BYTE_ORDER.len(), Vec::new());
    for line in text[from..].split(|byte| *byte == b'\n') {
        let start = from + line.len() - line.trim_ascii_start().len();
        let content = line.trim_ascii();
        from += line.len() + 1;
        if content.len() <= MAX_LINE {
            let (before, end) = (found.len(), start + content.len());
            let remark = remark_of(content);
            let is_sentence = remark.is_some_and(is_sentence);
            in_line(text, (end - remark.unwrap_or(content).len(), end), !is_sentence, &mut found);
            if found.len() > before && !is_sentence {
                done.push((start, end));
            }
        }
    }
    if list == List::Secrets {
        public(text, &mut done);
        notes(text, &done, &mut found);
    }
    // What a name or a shape says of a value is said better; brackets may stand around it.
    let mut told: Vec<(usize, usize)> = spans.iter().map(|span| (span.start, span.end)).collect();
    told.sort_unstable();
    found.retain(|span| {
        let at = told.partition_point(|(start, _)| *start <= span.start);
        let is_mark = |byte: &u8| b").,;]".contains(byte);
        let is_told = span.rule == Id::ApiSecret
            && at.checked_sub(1).is_some_and(|at| {
                let end = told[at].1;
                end > span.start && text.get(end..span.end).unwrap_or_default().iter().all(is_mark)
            });
        !is_told && !stand_in::is_near(text, span.start, span.end)
    });
    spans.append(&mut found);
}

/// What stands behind the mark of a remark: `# old: …`.
fn remark_of(line: &[u8]) -> Option<&[u8]> {
    let marks = [&b"#"[..], b"//", b"--"];
    let rest = marks.into_iter().find_map(|mark| line.strip_prefix(mark))?;
    (rest.first() == Some(&b' ')).then(|| rest.trim_ascii_start())
}

/// Three words or more, and no row.
fn is_sentence(remark: &[u8]) -> bool {
    remark.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count() >= 3
        && !remark.contains(&b';')
}

/// Whether the line that begins here is a remark of several words.
fn is_in_sentence(text: &[u8], line: usize) -> bool {
    let line = text[line..].split(|byte| *byte == b'\n').next().unwrap_or_default();
    remark_of(line.trim_ascii()).is_some_and(is_sentence)
}

/// Hides the user on the first of two lines, and the password on the second.
fn pair(text: &[u8], out: &mut Vec<Span>) {
    let text_at = usize::from(text.starts_with(BYTE_ORDER)) * BYTE_ORDER.len();
    let lines: Vec<&[u8]> = text[text_at..].split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).collect();
    let [user, password, rest @ ..] = lines.as_slice() else { return };
    let are_words =
        [user, password].iter().all(|word| word.len() >= 3 && !word.iter().any(u8::is_ascii_whitespace));
    if !are_words
        || !rest.iter().all(|line| line.is_empty())
        || !value::is_chosen(password)
        || value::is_placeholder(password)
    {
        return;
    }
    let place = |from: usize, word: &[u8]| from + memchr::memmem::find(&text[from..], word).unwrap_or(0);
    let first = place(text_at, user);
    let second = place(first + user.len(), password);
    if assignment::is_account(user) {
        out.push(Span::new(first, first + user.len(), Id::UserName));
    }
    out.push(Span::new(second, second + password.len(), Id::Password));
}

const BYTE_ORDER: &[u8] = b"\xef\xbb\xbf";

/// Longer lines are no entries of a list.
const MAX_LINE: usize = 512;

/// Hides what the shape of a line says: a phrase, keys, the password of a login.
fn in_line(text: &[u8], (start, end): (usize, usize), is_row: bool, out: &mut Vec<Span>) {
    if let Some((first, last)) = phrase::whole_line(text, start, end) {
        out.push(Span::new(first, last, Id::Phrase));
        return;
    }
    let (before, mut at, mut address) = (out.len(), start, None);
    for word in text[start..end].split(|byte| byte.is_ascii_whitespace() || b",;|:\"'".contains(byte)) {
        if is_key(word)
            && !speaks_of_hash(&text[start..at])
            && !(at == start && is_below_transaction(text, start))
        {
            // Its address stands before it.
            if let Some((from, to)) = address {
                out.push(Span::new(from, to, Id::WalletAddress));
            }
            out.push(Span::new(at, at + word.len(), Id::PrivateKey));
        }
        address = is_address(word).then_some((at, at + word.len()));
        at += word.len() + 1;
    }
    let line = &text[start..end];
    // `program_id: …,` is a field of something larger.
    let is_field = text[..start].ends_with(b"  ") && matches!(line.last(), Some(b',' | b'{' | b'[' | b'('));
    if is_row && out.len() == before && !is_field && memchr::memmem::find(line, b"://").is_none() {
        login(text, start, end, out);
    }
}

/// A private key of a chain: 64 hexadecimal digits, or 64 bytes in base58.
fn is_key(word: &[u8]) -> bool {
    let hex = word.strip_prefix(b"0x").unwrap_or(word);
    let is_base58 = |byte: &u8| byte.is_ascii_alphanumeric() && !b"0OIl".contains(byte);
    matches!(hex.len(), 64 | 128) && hex.iter().all(u8::is_ascii_hexdigit)
        || (86..=88).contains(&word.len()) && word.iter().all(is_base58)
}

/// An account of Ethereum.
fn is_address(word: &[u8]) -> bool {
    word.len() == 42 && word.starts_with(b"0x") && word[2..].iter().all(u8::is_ascii_hexdigit)
}

/// A login: `mail:password`, `host:port:user:password`, `user:password@host:port`, `user:password`.
fn login(text: &[u8], start: usize, end: usize, out: &mut Vec<Span>) {
    let line = &text[start..end];
    let separator = line.iter().copied().find(|byte| b":;|,\t".contains(byte)).unwrap_or(b' ');
    let (mut fields, mut at) = (Vec::new(), start);
    for field in line.split(|byte| *byte == separator) {
        let from = at + field.len() - field.trim_ascii_start().len();
        fields.push((from, from + field.trim_ascii().len()));
        at += field.len() + 1;
    }
    // `# format host:port:user:pass`
    let is_format =
        (line.starts_with(b"#") || line.starts_with(b"/")) && memchr::memmem::find(line, b"host").is_some();
    if is_format || fields.iter().any(|(from, to)| from == to || text[*from..*to].contains(&b' ')) {
        return;
    }
    let is_port = |field: &(usize, usize)| is_port(&text[field.0..field.1]);
    let holds = |field: &(usize, usize), byte: u8| memchr::memchr(byte, &text[field.0..field.1]).is_some();
    let fields = fields.as_slice();
    let (user, passwords) = match fields {
        [first, ..] if text[first.0..first.1].starts_with(b"git@") => return,
        // A row with more columns is one of a table.
        [first, rest @ ..] if holds(first, b'@') && (separator == b':' || rest.len() <= 2) => {
            let count = if separator == b':' { rest.len() } else { 1 };
            (None, rest.iter().take(count).copied().collect())
        }
        [host, port, user, last] if is_port(port) && holds(host, b'.') => (Some(*user), vec![*last]),
        [user, word, host, port] if is_port(port) && holds(host, b'.') => (Some(*user), vec![*word]),
        [user, middle, port] if separator == b':' && is_port(port) => {
            let Some(sign) = memchr::memrchr(b'@', &text[middle.0..middle.1]) else { return };
            (Some(*user), vec![(middle.0, middle.0 + sign)])
        }
        [user, last] if separator == b':' && value::is_chosen(&text[last.0..last.1]) => {
            (Some(*user), vec![*last])
        }
        _ => return,
    };
    let is_password = |(from, to): &(usize, usize)| {
        let value = &text[*from..*to];
        let is_made = separator != b' ' || value::is_chosen(value);
        value.len() >= 4 && is_made && !is_port(&(*from, *to)) && !value::is_placeholder(value)
    };
    let before = out.len();
    let found = passwords.into_iter().filter(is_password);
    out.extend(found.map(|(from, to)| Span::new(from, to, Id::Password)));
    let user = user.filter(|(from, to)| out.len() > before && assignment::is_account(&text[*from..*to]));
    out.extend(user.map(|(from, to)| Span::new(from, to, Id::UserName)));
}

/// The number of a port.
pub(super) fn is_port(field: &[u8]) -> bool {
    (2..=5).contains(&field.len()) && field.iter().all(u8::is_ascii_digit)
}

/// Adds the lines of certificates and of public keys, which stand beside private ones.
fn public(text: &[u8], done: &mut Vec<(usize, usize)>) {
    const KEYS: [&[u8]; 4] = [b"ssh-", b"ecdsa-", b"sk-ssh-", b"sk-ecdsa-"];
    let (mut from, mut is_open) = (0, false);
    for line in text.split(|byte| *byte == b'\n') {
        let content = line.trim_ascii();
        if content.starts_with(b"-----BEGIN ") {
            is_open = content.ends_with(b"CERTIFICATE-----") || content.ends_with(b"PUBLIC KEY-----");
        }
        if is_open || KEYS.iter().any(|key| content.starts_with(key)) {
            done.push((from, from + line.len()));
        }
        is_open &= !content.starts_with(b"-----END ");
        from += line.len() + 1;
    }
    done.sort_unstable();
}

/// Every word that is more than a word, outside of the lines that are done, but not what a setting says that is no secret.
fn notes(text: &[u8], done: &[(usize, usize)], spans: &mut Vec<Span>) {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`,;<>".contains(byte);
    let mut start = usize::from(text.starts_with(BYTE_ORDER)) * BYTE_ORDER.len();
    for word in text[start..].split(ends) {
        let (from, to) = (start, start + word.len());
        start = to + 1;
        let line = done.partition_point(|(_, last)| *last < to);
        if done.get(line).is_some_and(|(first, _)| *first <= from) {
            continue;
        }
        let mark = word.iter().position(|byte| matches!(byte, b':' | b'='));
        // `region = eu-central-1`
        let line = from.saturating_sub(MAX_NAME);
        let line = line + memchr::memrchr(b'\n', &text[line..from]).map_or(0, |at| at + 1);
        let is_public =
            speaks_of_hash(last_words(&text[line..from])) && word.len() >= 32 && !value::is_number(word);
        let is_public = is_public
            || !is_alone(text, from, to)
                && is_of_logs(&text[line..from], word)
                && !is_behind_name(&text[line..from]);
        let before = text[line..from].trim_ascii();
        let before = before.strip_suffix(b"=").or_else(|| before.strip_suffix(b":"));
        let name = mark.map(|mark| &word[..mark]).or(before).unwrap_or_default().trim_ascii();
        let is_remark = remark_of(text[line..to].trim_ascii_start()).is_some();
        if is_open_setting(name)
            || is_label(text, from, to)
            || is_mail(word)
            || is_remark && mark.is_some_and(|mark| word[mark] == b'=') && keys::named(name).is_none()
            || is_public
            || value::is_file(word)
            || value::is_versioned(word) && !is_alone(text, from, to)
            || is_below_transaction(text, from)
        {
            continue;
        }
        let is_name = name.iter().all(|byte| byte.is_ascii_alphabetic() || b"_-.".contains(byte));
        let value_at = mark.map_or(0, |mark| mark + 1);
        for at in [if is_name { value_at } else { 0 }, value_at] {
            let value = &word[at..];
            let is_date = value.iter().all(|byte| byte.is_ascii_digit() || b"-.:".contains(byte))
                && (value.len() == 10 || value.contains(&b':'));
            // What is said about a list has words of programs in it.
            let is_told = is_remark
                && is_in_sentence(text, line)
                && (value.starts_with(b"0x") || !assignment::is_made_up(value))
                || is_remark && is_place(value)
                // `https://api.exchange.com/level2_20?symbol=BTC-USDT`
                || text[..from + at].ends_with(b"https:") && is_open_address(value);
            if value::is_chosen(value)
                && !is_told
                && !is_date
                && !value::is_number(value)
                && !value::is_placeholder(value)
                && !stand_in::is_near(text, from, to)
            {
                let rule = if is_user_of_row(text, from, to) || is_behind_user(&text[line..from]) {
                    Id::UserName
                } else {
                    Id::ApiSecret
                };
                spans.push(Span::new(from + at, to, rule));
            }
        }
    }
}

/// How far before a value its name begins.
const MAX_NAME: usize = 64;

#[cfg(test)]
mod tests {
    use super::super::checks::base58_of;
    use super::super::tests::{HEX, hides, keeps, made};
    use super::super::{Raw, Redactor};
    use super::*;

    const SMALL: &str = "abcdefghijkmnpqrstuvwxyz23456789";

    /// A file of this name, cleaned.
    fn clean(name: &str, text: &str) -> String {
        let mut out = Vec::new();
        Redactor::builder().build().clean_stream(Raw::from_text(text), name, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Cleans a file, and checks that these are gone and that it has as many lines.
    #[track_caller]
    fn loses(name: &str, text: &str, secrets: &[String]) -> String {
        let clean = clean(name, text);
        for secret in secrets {
            assert!(text.contains(secret) && !clean.contains(secret), "{secret} in {clean}");
        }
        assert_eq!(clean.lines().count(), text.lines().count(), "{clean}");
        clean
    }

    /// The 64 bytes of a wallet of Solana.
    fn wallet(seed: u64) -> Vec<u8> {
        let digits = made(HEX, 64, seed);
        let bytes = data_encoding::HEXLOWER.decode(digits.as_bytes()).unwrap();
        let pair = ed25519_compact::KeyPair::from_seed(ed25519_compact::Seed::from_slice(&bytes).unwrap());
        pair.sk.to_vec()
    }

    #[test]
    fn a_name_says_what_a_file_is() {
        for (name, list) in [
            ("bot/private_keys.txt", List::Secrets),
            ("keys.csv", List::Secrets),
            ("C:\\bot\\Has\u{142}a.txt", List::Secrets),
            ("credentials", List::Secrets),
            ("wallets.txt", List::Lines),
            ("sol-wallets2.txt.bak", List::Lines),
            ("my_accounts.csv", List::Lines),
            ("proxy_list.txt", List::Lines),
            ("bot/keys/orders.txt", List::None),
            ("monkeys.txt", List::None),
            ("wallet.log", List::None),
            ("accounts.json", List::None),
            ("key_levels.py", List::None),
            ("turkey.txt", List::None),
        ] {
            assert_eq!(List::by_name(name), list, "{name}");
        }
    }

    #[test]
    fn keys_on_lines_of_their_own_go_where_the_name_of_the_file_says_so() {
        let keys: Vec<String> = (0..4).map(|number| format!("0x{}", made(HEX, 64, 70 + number))).collect();
        for name in ["private_keys.txt", "wallets.txt", "my_keys.lst", "klucze.csv"] {
            loses(name, &format!("# main\n{}\n", keys.join("\n")), &keys);
        }
        let address = format!("0x{}", made(HEX, 40, 75));
        loses("wallets.csv", &format!("main,{address},{}\n", keys[0]), &keys[..1]);
        let hashes = format!("{}\n", keys.join("\n"));
        assert_eq!(clean("transactions.txt", &hashes), hashes);
    }

    #[test]
    fn a_wallet_of_solana_is_known_by_its_halves() {
        let wallets: Vec<Vec<u8>> = (0..6).map(|number| wallet(80 + number)).collect();
        let keys: Vec<String> = wallets.iter().map(|wallet| base58_of(wallet)).collect();
        loses("wallets.txt", &format!("{}\n", keys.join("\n")), &keys);
        for (key, bytes) in keys.iter().zip(&wallets) {
            hides("private-key", "[1] decoded ", key, " -> Keypair");
            hides("private-key", "", key, "\n");
            let list: Vec<String> = bytes.iter().map(u8::to_string).collect();
            hides("private-key", "[1] bytes [", &list.join(", "), "] len 64");
            // Broken by a console, also inside of a number, before a line that begins with one.
            let list = list.join(",");
            let lines: Vec<_> =
                list.as_bytes().chunks(70).map(|line| String::from_utf8_lossy(line)).collect();
            let broken = format!("[1] bytes={}\n2026-11-26 order\n", lines.join("\n"));
            let (clean, _) = Redactor::builder().build().clean_text(&broken);
            assert!(lines.iter().all(|line| !clean.as_str().contains(&**line)), "{clean}");
            assert!(clean.as_str().ends_with("\n2026-11-26 order\n"), "{clean}");
            // The signature of a transaction is as long, and so is a wallet with another half.
            let mut other = bytes.clone();
            other[40] ^= 1;
            keeps(&format!("[1] sent {} slot=7", base58_of(&other)));
            let list: Vec<String> = other.iter().map(u8::to_string).collect();
            keeps(&format!("[1] bytes [{}] len 64", list.join(", ")));
        }
    }

    #[test]
    fn a_phrase_on_each_line_goes_as_a_whole() {
        let phrases: Vec<String> =
            (0..40).map(|byte| phrase::made_from(&[byte * 5 + 1; 16]).join(" ")).collect();
        let text = format!("{}\n", phrases.join("\n"));
        for name in ["seeds.txt", "notes.txt"] {
            let clean = loses(name, &text, &phrases);
            assert!(clean.lines().all(|line| line.starts_with("<phrase:") && line.len() == 17), "{clean}");
        }
        // Other software sums up otherwise: the name of the file is enough.
        let mut words: Vec<&str> = phrases[0].split(' ').collect();
        words.reverse();
        let odd = [words.join(" "), phrases[1].clone()];
        let clean = loses("mnemonics.txt", &format!("{}\n1. {}\n", odd[0], odd[1]), &odd);
        assert!(clean.starts_with("<phrase:") && clean.contains("\n1. <phrase:"), "{clean}");
    }

    #[test]
    fn logins_lose_their_passwords_and_keep_where_they_lead() {
        let (user, password) = (made("abcdefghkm", 8, 90), format!("{}4k", made(SMALL, 10, 91)));
        let secret = [password.clone()];
        for line in [
            format!("83.23.4.70:6728:{user}:{password}"),
            format!("{user}:{password}@83.23.4.70:6728"),
            format!("http://{user}:{password}@83.23.4.70:6728"),
            format!("gate.proxy.example:7000:{user}:{password}"),
            format!("{user}:{password}:gate.proxy.example:7000"),
            format!("{user}:{password}@gate.proxy.example:7000"),
            format!("192.168.4.70:3128:{user}:{password}"),
        ] {
            let clean = loses("proxies.txt", &format!("{line}\n"), &secret);
            let port = line.split(':').find(|part| is_port(part.as_bytes())).unwrap();
            assert!(clean.contains(port) && !clean.contains(&user), "{clean}");
        }
        for line in [
            format!("anna.k@example.com:{password}"),
            format!("anna.k@example.com:{password}:anna2@example.com:{password}"),
            format!("anna.k@example.com;{password}"),
            format!("anna.k@example.com {password}"),
            format!("anna.k@example.com | {password}"),
            format!("{user}:{password}"),
        ] {
            loses("accounts.txt", &format!("email:password\n{line}\n"), &secret);
        }
        // In any other file only what nothing else looks like.
        for (before, behind, after) in [
            (format!("[1] proxy 83.23.4.70:6728:{user}:"), "", " alive"),
            (format!("83.23.4.70:6728:{user}:"), "", "\n"),
            (format!("[1] via {user}:"), "@83.23.4.70", ":6728 ok"),
            ("anna.k@example.com:".to_owned(), "", "\n"),
        ] {
            let (clean, _) =
                Redactor::builder().build().clean_text(&format!("{before}{password}{behind}{after}"));
            let clean = clean.as_str();
            assert!(
                !clean.contains(&password) && !clean.contains(&user) && clean.ends_with(after),
                "{clean}"
            );
        }
        let (hash, key) = (format!("0x{}", made(HEX, 64, 92)), format!("{}9z", made(SMALL, 30, 93)));
        let table = format!("name;order_hash;listen;api_secret\nmain;{hash};127.0.0.1:27604;{key}\n");
        assert!(loses("konta.csv", &table, &[key]).contains(&format!("main;{hash};127.0.0.1:27604;<")));
        let row = "coinbase;174678261046819595;127.0.0.1:27604;false;a7b8c9d0\n";
        assert_eq!(clean("konta.csv", row), row);
        for line in [
            "10.0.0.7:8080:GET:/api/v3",
            "BTCUSDT:1h",
            "11:20:03:44",
            "name:value",
            "git@example.com:org2/repo1",
        ] {
            assert_eq!(clean("accounts.txt", &format!("{line}\n")), format!("{line}\n"));
        }
        let copied = Redactor::builder().build().clean_text("scp bot@example.com:backup2024\n").0;
        assert!(copied.as_str().ends_with(":backup2024\n"), "{copied}");
    }
}
