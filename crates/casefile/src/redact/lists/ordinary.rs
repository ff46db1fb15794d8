//! What stands among notes and is no secret: what programs and desks of support say, labels, settings.

use super::is_address;
use crate::redact::rules::Id;
use crate::redact::{contracts, keys, value};

/// Whether what stands before a value says that it is one of those that everybody can see: `txhash: …`, `commit …`.
pub(super) fn speaks_of_hash(before: &[u8]) -> bool {
    let name = before.to_ascii_lowercase();
    let last = name.trim_ascii_end().rsplit(|byte| b" =,(".contains(byte)).next().unwrap_or_default();
    let last = last.strip_suffix(b":").unwrap_or(last);
    matches!(last, b"crc32" | b"md5" | b"etag" | b"cf-ray" | b"thumbprint")
        || [
            "hash",
            "merkle",
            "transakcj",
            "transac",
            "transak",
            "txid",
            "tx:",
            "tx ",
            "checksum",
            "sha256",
            "digest",
            "kontroln",
            "commit",
        ]
        .iter()
        .any(|word| memchr::memmem::find(&name, word.as_bytes()).is_some())
}

/// Whether the line has nothing but this word: a secret is noted so, and nothing else needs a line of its own.
pub(super) fn is_alone(text: &[u8], start: usize, end: usize) -> bool {
    let blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
    let before = start - text[..start].iter().rev().take_while(blank).count();
    let behind = end + text[end..].iter().take_while(blank).count();
    matches!(text[..before].last(), None | Some(b'\n'))
        && matches!(text.get(behind), None | Some(b'\n' | b'\r'))
}

/// The last three words: what stands further off speaks of something else, `tx wallet, api secret of the bot …`.
pub(super) fn last_words(before: &[u8]) -> &[u8] {
    let mut spaces =
        before.trim_ascii_end().iter().enumerate().rev().filter(|(_, byte)| byte.is_ascii_whitespace());
    spaces.nth(2).map_or(before, |(at, _)| &before[at..])
}

/// Whether a word among notes is what programs say, and a desk of support: `0x80004005`, `KD-49138`, `sha256`, `trade c6ddc284-…`.
pub(super) fn is_of_logs(before: &[u8], word: &[u8]) -> bool {
    const ORDERS: [&str; 8] = ["trade", "order", "ord", "zlec", "zlecenie", "request", "build", "ticket"];
    let bare = word.strip_prefix(b"(").unwrap_or(word);
    let bare = &bare[..bare.iter().rposition(|byte| !b"):.".contains(byte)).map_or(0, |last| last + 1)];
    let is_result =
        bare.strip_prefix(b"0x").is_some_and(|hex| hex.len() <= 12 && hex.iter().all(u8::is_ascii_hexdigit));
    let dash = memchr::memchr(b'-', bare).unwrap_or(0);
    let (desk, number) = bare.split_at(dash);
    let is_ticket = (1..=5).contains(&dash)
        && desk.iter().all(u8::is_ascii_uppercase)
        && (3..=6).contains(&(number.len() - 1))
        && number[1..].iter().all(u8::is_ascii_digit);
    let last = before.trim_ascii_end().rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    let is_order = ORDERS
        .iter()
        .any(|order| last.strip_suffix(b".").unwrap_or(last).eq_ignore_ascii_case(order.as_bytes()))
        && bare.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-');
    // `KD3124737895216`
    let letters = bare.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let is_number = (1..=3).contains(&letters)
        && bare.len() >= letters + 8
        && bare[letters..].iter().all(u8::is_ascii_digit);
    // `SUP-2026-3757`, `CASE7723190`
    let (word_length, behind) = (letters, &bare[letters..]);
    let is_case = (2..=6).contains(&word_length)
        && behind.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-')
        && behind.iter().filter(|byte| byte.is_ascii_digit()).count() >= 4
        && behind.len() <= 12;
    // The public half of a key of SSH.
    let is_public =
        [&b"AAAAC3Nza"[..], b"AAAAB3Nza", b"AAAAE2Vj"].iter().any(|begin| bare.starts_with(begin));
    is_result
        || is_case
        || is_public
        || value::begins_with_date(bare)
        || is_command_of_shell(bare)
        || is_screen(bare)
        || is_code(bare)
        || contracts::is_well_known(bare)
        || is_number
        || is_ticket
        || is_order
        || bare.len() <= 16 && value::is_algorithm(bare.strip_suffix(b"sum").unwrap_or(bare))
        || is_measured(bare)
        || is_product(bare)
}

/// A command of `PowerShell`: `Test-NetConnection`.
fn is_command_of_shell(word: &[u8]) -> bool {
    const VERBS: [&[u8]; 16] = [
        b"Test", b"Get", b"Set", b"New", b"Add", b"Remove", b"Start", b"Stop", b"Restart", b"Clear",
        b"Invoke", b"Install", b"Copy", b"Move", b"Out", b"Write",
    ];
    let Some(dash) = memchr::memchr(b'-', word) else { return false };
    VERBS.contains(&&word[..dash])
        && word.len() > dash + 2
        && word[dash + 1..].iter().all(u8::is_ascii_alphabetic)
}

/// The size of a screen: `1920x1080`.
fn is_screen(word: &[u8]) -> bool {
    const WIDTHS: [&[u8]; 14] = [
        b"800", b"1024", b"1280", b"1366", b"1440", b"1536", b"1600", b"1680", b"1920", b"2048", b"2160",
        b"2560", b"3440", b"3840",
    ];
    let Some(sign) = memchr::memchr(b'x', word) else { return false };
    let height = &word[sign + 1..];
    WIDTHS.contains(&&word[..sign])
        && (3..=4).contains(&height.len())
        && height.iter().all(u8::is_ascii_digit)
}

/// A call, a library or a package: `d__30.MoveNext()`, `libspdlog.so.1.12`, `ccxt-4.4.31-py3-none-any.whl`.
fn is_code(word: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.-+".contains(byte);
    let is_call = word.strip_suffix(b"(").is_some_and(|name| {
        name.iter().any(|byte| b".>:".contains(byte))
            && name.iter().all(|byte| is_part(byte) || b"<>:".contains(byte))
    });
    let is_library = word.starts_with(b"lib") && memchr::memmem::find(word, b".so.").is_some();
    let is_package = [&b".whl"[..], b".nupkg", b".jar", b".deb"].iter().any(|end| word.ends_with(end))
        && word.windows(2).any(|pair| pair[0] == b'-' && pair[1].is_ascii_digit());
    is_call || (is_library || is_package) && word.iter().all(is_part)
}

/// A number with its unit, or that of a deal: `466MiB`, `-68.415ms`, `#544900071`, `10.5.189.48:8545`.
fn is_measured(word: &[u8]) -> bool {
    const UNITS: [&[u8]; 14] =
        [b"", b"ms", b"us", b"ns", b"s", b"m", b"h", b"d", b"b", b"kb", b"mb", b"gb", b"mib", b"gib"];
    let number = word.strip_prefix(b"-").or_else(|| word.strip_prefix(b"#")).unwrap_or(word);
    let digits = number.iter().take_while(|byte| byte.is_ascii_digit() || b".,:".contains(byte)).count();
    digits > 0
        && (digits < number.len()
            || number.iter().any(|byte| b".:#".contains(byte))
            || number.len() < word.len())
        && UNITS.iter().any(|unit| number[digits..].eq_ignore_ascii_case(unit))
}

/// A program and its version, as it calls itself: `Mozilla/5.0`, `ccxt@4.4.21`; the number of a share.
fn is_product(word: &[u8]) -> bool {
    let sign = word.iter().rposition(|byte| matches!(byte, b'/' | b'@')).unwrap_or(0);
    let (name, version) = word.split_at(sign);
    let is_name =
        !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphabetic() || b"@/_-.".contains(byte));
    let is_version = version.len() > 1
        && version[1..].iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
        && version[1..].contains(&b'.');
    let is_isin = word.len() == 12
        && word[..2].iter().all(u8::is_ascii_uppercase)
        && word[2..].iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        && word[2..].iter().filter(|byte| byte.is_ascii_digit()).count() >= 6
        && word[11].is_ascii_digit();
    is_name && is_version || is_isin
}

/// Whether the line before this place says that a transaction follows: `tx:`.
pub(super) fn is_below_transaction(text: &[u8], start: usize) -> bool {
    const NEAR: usize = 24;
    let before = text[start.saturating_sub(NEAR)..start].trim_ascii_end();
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    matches!(line, b"tx:" | b"tx" | b"txid:" | b"txid" | b"hash:" | b"tx hash:" | b"TX:" | b"TX")
}

/// Whether it is the first cell of a row, and says of what: `scalper53;…`, `binance-dca,…`.
pub(super) fn is_label(text: &[u8], from: usize, to: usize) -> bool {
    let word = &text[from..to];
    let digits = word.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let is_numbered = digits <= 3
        && word[..word.len() - digits].iter().all(u8::is_ascii_alphabetic)
        && digits + 3 <= word.len();
    matches!(text.get(to), Some(b';' | b','))
        && matches!(text[..from].last(), None | Some(b'\n'))
        && (is_numbered || value::is_composed(word))
}

/// What stands beside keys and is none: `region`, `role_arn`, `endpoint_url`.
pub(super) fn is_open_setting(name: &[u8]) -> bool {
    const ENDS: [&str; 16] = [
        "region",
        "arn",
        "output",
        "profile",
        "endpoint",
        "url",
        "uri",
        "host",
        "server",
        "port",
        "version",
        "date",
        "created",
        "expires",
        "expiration",
        "timeout",
    ];
    // What programs number, count and sum up: `orderLinkId=…`, `crc32=…`, `drift=-375ms`.
    const TOLD: [&str; 19] = [
        "orderid",
        "linkid",
        "traceid",
        "spanid",
        "requestid",
        "tradeid",
        "dealid",
        "cursor",
        "crc32",
        "md5",
        "sha1",
        "sha256",
        "ping",
        "drift",
        "next",
        "rip",
        "seq",
        "time",
        "thumbprint",
    ];
    let lower = name.to_ascii_lowercase();
    if TOLD.iter().any(|told| lower.ends_with(told.as_bytes())) && keys::named(name).is_none() {
        return true;
    }
    let last = name.rsplit(|byte| b"_-. ".contains(byte)).next().unwrap_or_default();
    ENDS.iter().any(|end| last.eq_ignore_ascii_case(end.as_bytes()))
}

/// An address of a mail, which is hidden as one.
pub(super) fn is_mail(word: &[u8]) -> bool {
    let Some((user, domain)) = word.iter().position(|byte| *byte == b'@').map(|at| word.split_at(at)) else {
        return false;
    };
    let top = domain.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    !user.is_empty()
        && top.len() + 2 < domain.len()
        && top.len() >= 2
        && top.iter().all(u8::is_ascii_lowercase)
        && domain[1..].iter().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte))
}

/// Whether it is a user between what a row is of and the password: `router  anna77  …`, `router;anna77;…`.
pub(super) fn is_user_of_row(text: &[u8], from: usize, to: usize) -> bool {
    const NEAR: usize = 96;
    let word = &text[from..to];
    let digits = word.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let is_named = digits <= 4
        && word[..word.len() - digits].iter().all(|byte| byte.is_ascii_lowercase() || b"._".contains(byte));
    let between =
        |bytes: &[u8]| bytes.starts_with(b"  ") || matches!(bytes.first(), Some(b';' | b'|' | b'\t' | b','));
    let before = &text[from.saturating_sub(NEAR)..from];
    let before = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let behind = text[to..(to + NEAR).min(text.len())]
        .split(|byte| matches!(byte, b'\r' | b'\n'))
        .next()
        .unwrap_or_default();
    let rest = behind.trim_ascii_start();
    is_named
        && !before.trim_ascii().is_empty()
        && between(behind)
        && rest.len() >= 6
        && !rest[1..].trim_ascii().contains(&b' ')
}

/// Whether the word before it says that a user follows: `Benutzer rtadm828`.
pub(super) fn is_behind_user(before: &[u8]) -> bool {
    let word = before.trim_ascii_end();
    let word = word.strip_suffix(b":").unwrap_or(word);
    let word =
        word.rsplit(|byte| byte.is_ascii_whitespace() || b"(;,|".contains(byte)).next().unwrap_or_default();
    keys::read(word).is_some_and(|named| named.rule == Id::UserName)
}

/// Whether the word before it names a secret: `haslo A12345678`.
pub(super) fn is_behind_name(before: &[u8]) -> bool {
    let word = before.trim_ascii_end().rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    keys::named(word).or_else(|| keys::read(word)).is_some_and(|named| named.rule < Id::HiddenWord)
}

/// A path of Windows behind its letter, or a place in code: `\Jts\ibgateway\1030`, `internal/process/task_queues:95:5`.
pub(super) fn is_place(value: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"\\/._-".contains(byte);
    let is_made = |part: &[u8]| part.len() >= 8 && value::is_random_looking(part);
    let is_path = value.starts_with(b"\\")
        && memchr::memchr_iter(b'\\', value).count() >= 2
        && value.iter().all(is_part)
        && !value.split(|byte| *byte == b'\\').any(is_made);
    let mut parts = value.rsplit(|byte| *byte == b':');
    let is_number = |part: Option<&[u8]>| {
        part.is_some_and(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit))
    };
    is_path
        || value.contains(&b'/')
            && is_number(parts.next())
            && is_number(parts.next())
            && parts.next().is_some()
}

/// The rest of an address behind its scheme, in which nothing was made: `//api.exchange.com/level2_20?symbol=BTC-USDT`.
pub(super) fn is_open_address(value: &[u8]) -> bool {
    let Some(rest) = value.strip_prefix(b"//") else { return false };
    let host = rest.split(|byte| b"/?".contains(byte)).next().unwrap_or_default();
    let is_made =
        |part: &[u8]| part.len() >= 8 && value::is_random_looking(part) && !value::is_composed(part);
    host.contains(&b'.')
        && !rest.contains(&b'@')
        && !rest.split(|byte| b"/?=&".contains(byte)).skip(1).any(is_made)
}

/// Whether more than a third of the first lines are those of a log: a few words among numbers and signs. Rows have none, phrases have more.
pub(super) fn is_log(text: &[u8]) -> bool {
    const LINES: usize = 24;
    const FEWEST: usize = 4;
    let is_signed =
        |word: &[u8]| word.iter().any(|byte| byte.is_ascii_digit() || b":=[]{}()\"".contains(byte));
    let is_plain = |word: &[u8]| word.len() >= 3 && word.iter().all(u8::is_ascii_lowercase);
    let is_level = |word: &[u8]| {
        let word = word.strip_prefix(b"[").unwrap_or(word);
        let word = word.strip_suffix(b"]").unwrap_or(word);
        [&b"TRACE"[..], b"DEBUG", b"INFO", b"WARN", b"WARNING", b"ERROR"].contains(&word)
    };
    let is_of_log = |line: &&[u8]| {
        let words = || line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        words().count() >= 6
            && (3..=11).contains(&words().filter(|word| is_plain(word)).count())
            && words().filter(|word| is_signed(word)).count() >= 2
            && !words().any(is_address)
            || value::begins_with_date(line) && words().any(is_level)
    };
    let near = &text[..text.len().min(8 << 10)];
    let lines = near.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let lines: Vec<&[u8]> = lines.take(LINES).collect();
    lines.len() >= FEWEST && 3 * lines.iter().filter(|line| is_of_log(line)).count() > lines.len()
}
