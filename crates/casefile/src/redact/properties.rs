//! What holds for the redactor whatever the text is, tried with random texts made of the pieces that rules look for.

use std::io::{self, Read, Write};

use proptest::prelude::*;

use super::{KnownValues, Raw, Redactor, Tier, Tiers};

/// Texts in which names, signs, values, escapes and bytes of all kinds stand beside each other.
fn texts() -> impl Strategy<Value = Vec<u8>> {
    let names = prop::sample::select(vec![
        "api_key",
        "password",
        "Authorization: Bearer ",
        "secret",
        "mnemonic",
        "token",
        "-----BEGIN PRIVATE KEY-----",
        "user",
        "seed",
        "otpauth://",
        "https://",
        "C:\\Users\\",
        "/home/",
        "set-cookie: ",
        "pk:",
        "account id",
        "balance",
        "anna@example.com",
        "203.0.113.7:8080:anna:",
    ]);
    let signs = prop::sample::select(vec![
        "=",
        ": ",
        "\": \"",
        "\\\":\\\"",
        " -> ",
        "%3D",
        ",",
        ";",
        "|",
        "\n",
        "\r\n",
        "\n  ",
        " ",
        "\"",
        "'",
        "{",
        "}",
        "[",
        "]",
        "<",
        ">",
        "@",
        "\\",
        "\u{1b}[31m",
        "\\u001b[0m",
        "\\u0041",
        "\0\0\0",
        "&",
        "<api_key:abcd2345>",
        "%",
        "~",
        "żółw",
    ]);
    let values = prop_oneof![
        "[A-Za-z0-9+/_=-]{1,70}",
        "[0-9]{1,20}",
        "[0-9a-f]{40}",
        "[a-z]{1,9}( [a-z]{1,9}){0,14}",
        "[0-9]{1,3}(\\.[0-9]{1,3}){3}",
        "\\PC{0,12}",
    ];
    let pieces = prop_oneof![
        names.prop_map(|text| text.as_bytes().to_vec()),
        signs.prop_map(|text| text.as_bytes().to_vec()),
        values.prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

fn redactor() -> Redactor {
    let mut known = KnownValues::new();
    known.add("password", "Tr0ub4dor&3");
    known.add("api-key", "Vt7pXw0bQe9sLk2mZa8Y");
    Redactor::builder().known(known).hide(["Kowalski".to_owned()]).build()
}

/// Hands out a few bytes at a time, as a slow disk does.
struct Drops {
    bytes: io::Cursor<Vec<u8>>,
    size: usize,
}

impl Read for Drops {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.size.min(buffer.len());
        self.bytes.read(&mut buffer[..size])
    }
}

/// A log, and files whose names say what stands on each of their lines.
fn files() -> impl Strategy<Value = &'static str> {
    let names = ["some.log", "accounts.txt", "private_keys.txt", "proxies.csv", "seeds.txt", "wallets.txt"];
    prop::sample::select(names.to_vec())
}

fn clean(redactor: &Redactor, raw: Raw, file: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    redactor.clean_stream(raw, file, &mut out).ok().map(|_| out)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_nothing_grows_without_bound(text in texts(), file in files()) {
        if let Some(cleaned) = clean(&redactor(), Raw::from_bytes(text.clone()), file) {
            // The longest stand-in is shorter than thirty bytes, and hides at least one.
            prop_assert!(cleaned.len() <= 64 + text.len() * 30);
        }
    }

    #[test]
    fn it_does_not_matter_in_what_pieces_a_source_comes(text in texts(), size in 1_usize..50, file in files()) {
        let redactor = redactor();
        let whole = clean(&redactor, Raw::from_bytes(text.clone()), file);
        let drops = Drops { bytes: io::Cursor::new(text), size };
        prop_assert_eq!(clean(&redactor, Raw::from_reader(drops), file), whole);
    }

    #[test]
    fn a_known_value_is_gone_wherever_it_stands(before in texts(), after in texts()) {
        let text = [&before[..], b" Vt7pXw0bQe9sLk2mZa8Y ", &after].concat();
        if let Some(cleaned) = clean(&redactor(), Raw::from_bytes(text), "some.log") {
            prop_assert!(memchr::memmem::find(&cleaned, b"Vt7pXw0bQe9sLk2mZa8Y").is_none());
        }
    }

    #[test]
    fn a_stand_in_stays_what_it_is(text in texts()) {
        let (once, _) = redactor().clean_text(&String::from_utf8_lossy(&text));
        let (twice, _) = redactor().clean_text(once.as_str());
        let stand_ins = |text: &str| super::stand_ins(text).into_iter().map(|found| text[found.range.clone()].to_owned()).collect::<Vec<_>>();
        for found in stand_ins(once.as_str()) {
            prop_assert!(twice.as_str().contains(&found), "{} became {}", once, twice);
        }
    }

    #[test]
    fn a_writer_cleans_as_a_stream_does(lines in prop::collection::vec("[ -~]{0,80}", 0..20)) {
        let text = lines.join("\n");
        let redactor = redactor();
        let mut writer = redactor.writer(Vec::new());
        for line in text.split_inclusive('\n') {
            writer.write_all(line.as_bytes()).unwrap();
        }
        let written = writer.into_inner().unwrap();
        prop_assert!(memchr::memmem::find(&written, b"Tr0ub4dor&3").is_none());
        prop_assert_eq!(memchr::memchr_iter(b'\n', &written).count(), lines.len().saturating_sub(1));
    }

    #[test]
    fn rounded_numbers_are_not_rounded_again(number in -1e9_f64..1e9) {
        let tiers = Tiers { balances: Tier::Bucketed, strategy: Tier::Bucketed };
        let redactor = Redactor::builder().tiers(tiers).build().of_strategy();
        let (once, _) = redactor.clean_text(&format!("{{\"balance\": {number:.6}, \"stop\": {number:.2}}}"));
        let (twice, hits) = redactor.clean_text(once.as_str());
        prop_assert_eq!(once, twice);
        prop_assert_eq!(hits.total(), 0);
    }
}
