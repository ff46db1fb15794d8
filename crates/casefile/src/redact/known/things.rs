//! Words that a text calls things by, each in a place where no user stands: an image, a stage, a strategy. What else is called so is
//! not worth sweeping for.

/// Larger texts are logs, which say the same as the settings.
const MAX_BYTES: usize = 256 << 10;
/// Fields whose value is the name of a thing.
const FIELDS: [&[u8]; 14] = [
    b"image",
    b"stage",
    b"strategy",
    b"strategy_name",
    b"mode",
    b"job",
    b"job_name",
    b"service",
    b"container_name",
    b"module",
    b"plugin",
    b"type",
    b"kind",
    b"driver",
];

/// Each of them, as often as it stands there.
pub(super) fn of(text: &[u8]) -> impl Iterator<Item = &str> {
    let (settings, log) = if text.len() > MAX_BYTES { text.split_at(0) } else { text.split_at(text.len()) };
    let begin = &log[..log.len().min(MAX_BYTES)];
    let code = |line| modules(line).chain(namespaces(line)).chain(programs(line));
    let of_log = begin.split(|byte| *byte == b'\n').flat_map(code);
    let of_settings = settings.split(|byte| *byte == b'\n').flat_map(move |line| {
        // `image=prom/prometheus:v2.55.1` stands in a line of a log as well.
        let mut fields = line.split(|byte| b" \t,{\r".contains(byte)).filter(|field| !field.is_empty());
        let mut things = Vec::new();
        while let Some(field) = fields.next() {
            let mark = field.iter().position(|byte| matches!(byte, b':' | b'='));
            let (name, behind) = field.split_at(mark.unwrap_or(field.len()));
            // A mail is from somebody: only where no sign follows it is an image.
            let is_from = name == b"FROM" && behind.is_empty();
            if !is_from && !FIELDS.iter().any(|thing| bare(name).eq_ignore_ascii_case(thing)) {
                continue;
            }
            let value = match behind {
                b":" | b"=" => fields.next(),
                b"" if is_from => fields.next(),
                b"" => fields.next().filter(|mark| *mark == b"=").and_then(|_| fields.next()),
                _ => Some(&behind[1..]),
            };
            things.extend(words(bare(value.unwrap_or_default())));
        }
        things.extend(packages(line));
        things.extend(code(line));
        things.extend(databases(line));
        things
    });
    of_settings.chain(of_log)
}

/// What a path of modules begins with, and the first word of that: `acme_core::feed`.
fn modules(line: &[u8]) -> impl Iterator<Item = &str> {
    let is_part = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_';
    memchr::memmem::find_iter(line, "::").flat_map(move |at| {
        let length = line[..at].iter().rev().take(40).take_while(|byte| is_part(byte)).count();
        let path = &line[at - length..at];
        let is_first = !line[..at - length]
            .last()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || b":<>".contains(byte));
        let goes_on = line.get(at + 2).is_some_and(u8::is_ascii_lowercase);
        let first = path.split(|byte| *byte == b'_').next().unwrap_or_default();
        let is_word =
            |word: &&[u8]| (3..=24).contains(&word.len()) && word.iter().all(u8::is_ascii_lowercase);
        let whole = (path != first).then_some(path);
        let words = whole.into_iter().chain([first]).filter(move |word| is_first && goes_on && is_word(word));
        words.filter_map(|word| std::str::from_utf8(word).ok())
    })
}

/// What the name of code of .NET begins with: `Acme.Core.Feed`.
fn namespaces(line: &[u8]) -> impl Iterator<Item = &str> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._".contains(byte);
    line.split(move |byte| !is_part(byte)).filter(|name| name.len() >= 8).filter_map(|name| {
        let mut parts = name.split(|byte| *byte == b'.');
        let is_word = |part: &[u8]| {
            part.len() >= 2 && part[0].is_ascii_uppercase() && part[1..].iter().any(u8::is_ascii_lowercase)
        };
        let first = parts.next().filter(|first| first.iter().all(u8::is_ascii_alphabetic))?;
        let is_code =
            is_word(first) && parts.next().is_some_and(is_word) && parts.next().is_some_and(is_word);
        is_code.then(|| std::str::from_utf8(first).ok())?
    })
}

/// The first word of what a program is called: `acme-desk.exe`.
fn programs(line: &[u8]) -> impl Iterator<Item = &str> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-".contains(byte);
    [&b".exe"[..], b".dll"].into_iter().flat_map(|end| memchr::memmem::find_iter(line, end)).filter_map(
        move |at| {
            let length = line[..at].iter().rev().take(40).take_while(|byte| is_part(byte)).count();
            first_word(&line[at - length..at])
        },
    )
}

/// What a file is called that has a date in its name, as those of logs that begin anew: `acme-20250617.log`.
pub(super) fn of_file(path: &str) -> Option<&str> {
    const DATE: usize = 6;
    let name = path.rsplit(['/', '\\']).next()?;
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    first_word(name.as_bytes()).filter(|_| digits >= DATE)
}

fn first_word(name: &[u8]) -> Option<&str> {
    let length = name.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let is_whole = name.get(length).is_none_or(|next| !next.is_ascii_alphanumeric() && *next < 0x80);
    ((3..=24).contains(&length) && is_whole).then(|| std::str::from_utf8(&name[..length]).ok())?
}

/// The user of a database that is called as the database is: it is a service's. `postgres://acme:…@localhost/acme`
fn databases(line: &[u8]) -> impl Iterator<Item = &str> {
    memchr::memmem::find_iter(line, "://").filter_map(|at| {
        let is_part = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_';
        let word = |from: usize| line[from..].iter().take(40).take_while(|byte| is_part(byte)).count();
        let user = &line[at + 3..at + 3 + word(at + 3)];
        let sign = at + 3 + line[at + 3..].iter().take(320).position(|byte| *byte == b'@')?;
        let slash = sign + line[sign..].iter().take(120).position(|byte| *byte == b'/')? + 1;
        let name = &line[slash..slash + word(slash)];
        (user.len() >= 3 && user == name).then(|| std::str::from_utf8(user).ok())?
    })
}

/// The second part of the name of a package, as code is called: `pl.acme.bot.Router`.
fn packages(line: &[u8]) -> impl Iterator<Item = &str> {
    const TOPS: [&[u8]; 6] = [b"pl", b"com", b"org", b"net", b"io", b"dev"];
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._$".contains(byte);
    let names = line.split(move |byte| !is_part(byte)).filter(|name| name.len() >= 8);
    names.filter_map(|name| {
        let mut parts = name.split(|byte| *byte == b'.');
        let (top, word, third) = (parts.next()?, parts.next()?, parts.next()?);
        let is_word = (3..=24).contains(&word.len()) && word.iter().all(u8::is_ascii_lowercase);
        let is_code = third.first().is_some_and(u8::is_ascii_lowercase);
        (TOPS.contains(&top) && is_word && is_code).then(|| std::str::from_utf8(word).ok())?
    })
}

/// A name, or that of an image without its version; before it stands whose image it is, who may be this person.
fn words(value: &[u8]) -> impl Iterator<Item = &str> {
    let is_word = |word: &&[u8]| (3..=24).contains(&word.len()) && word.iter().all(u8::is_ascii_lowercase);
    let name = value.split(|byte| *byte == b'@').next().unwrap_or_default();
    let name = name.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    let name = name.split(|byte| *byte == b':').next();
    name.filter(is_word).and_then(|word| std::str::from_utf8(word).ok()).into_iter()
}

fn bare(value: &[u8]) -> &[u8] {
    let is_mark = |byte: &u8| matches!(byte, b'"' | b'\'' | b'\\' | b';' | b']' | b'[' | b'}');
    let from = value.iter().position(|byte| !is_mark(byte)).unwrap_or(value.len());
    let end = value.iter().rposition(|byte| !is_mark(byte)).map_or(from, |last| last + 1);
    &value[from..end]
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_file_with_a_date_in_its_name_is_called_after_a_thing() {
        for (path, thing) in [
            ("logs/acme-20250617.log", Some("acme")),
            ("logs\\acme.2026-11-19.log.gz", Some("acme")),
            ("anna.txt", None),
            ("20250617.log", None),
            ("anna77-20250617.log", None),
        ] {
            assert_eq!(super::of_file(path), thing, "{path}");
        }
    }

    #[test]
    fn things_have_their_places() {
        for (line, things) in [
            ("    image: acme/tracker:v2.55.1", &["tracker"][..]),
            ("level=info image=acme/tracker:v2 user=anna", &["tracker"]),
            ("FROM alpine:3.20 AS build", &["alpine"]),
            ("  \"strategy\": \"undertow\",", &["undertow"]),
            ("strategy = \"undertow\"", &["undertow"]),
            ("  stage: ship\r", &["ship"]),
            ("from anna to me", &[]),
            ("From: jnowak@example.com", &[]),
            ("from: jnowak", &[]),
            ("profile = jnowak", &[]),
            ("user: anna", &[]),
            ("10:37 INFO pl.acme.bot.Router - started", &["acme"]),
            ("10:37 INFO acme_core::feed: started", &["acme"]),
            ("INFO acme::feed: at <T as core::Into>::into", &["acme"]),
            ("in std::vec::Vec<acme::Order>::push", &["std"]),
            ("URL=postgresql://acme:pa!ss@db:5432/acme?x=1", &["acme"]),
            ("URL=postgresql://anna:pa!ss@db:5432/acme", &[]),
            ("see https://acme.com/acme", &[]),
            ("at Acme.Core.Feed.Next(Int32 x) in D:\\src\\Acme.Core\\Feed.cs", &["Acme"]),
            ("Acme.Core and Anna.Kowalska@example.com", &[]),
            ("Start-Process Acme-Desk.exe, acme.dll", &["Acme", "acme"]),
            ("anna77.exe", &[]),
            ("see https://docs.anna.com/pl/acme", &[]),
            ("name: anna", &[]),
        ] {
            assert_eq!(super::of(line.as_bytes()).collect::<Vec<_>>(), things, "{line}");
        }
    }
}
