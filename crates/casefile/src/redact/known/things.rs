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
    let text = if text.len() > MAX_BYTES { &text[..0] } else { text };
    text.split(|byte| *byte == b'\n').flat_map(|line| {
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
        things
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
            ("see https://docs.anna.com/pl/acme", &[]),
            ("name: anna", &[]),
        ] {
            assert_eq!(super::of(line.as_bytes()).collect::<Vec<_>>(), things, "{line}");
        }
    }
}
