//! Any bytes: nothing panics, nothing grows without bound, known values are gone, and what is clean stays as it is.
#![no_main]

use std::sync::LazyLock;

use casefile::redact::{KnownValues, Raw, Redactor};
use libfuzzer_sys::fuzz_target;

const KNOWN: &str = "Vt7pXw0bQe9sLk2mZa8Y";

static REDACTOR: LazyLock<Redactor> = LazyLock::new(|| {
    let mut known = KnownValues::new();
    known.add("api-key", KNOWN);
    Redactor::builder().known(known).hide(["Kowalski".to_owned()]).build()
});

fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    REDACTOR.clean_stream(Raw::from_bytes(bytes), "some.log", &mut out).ok().map(|_| out)
}

fuzz_target!(|bytes: &[u8]| {
    let Some(once) = clean(bytes) else { return };
    assert!(
        once.len() <= 64 + bytes.len() * 30 || bytes.starts_with(b"PK") || bytes.starts_with(b"\x1f\x8b")
    );
    assert!(!once.windows(KNOWN.len()).any(|window| window == KNOWN.as_bytes()));
    let text = String::from_utf8_lossy(&once);
    let stand_ins = casefile::redact::stand_ins(&text);
    if let Some(twice) = clean(text.as_bytes()) {
        let twice = String::from_utf8_lossy(&twice);
        for found in stand_ins {
            assert!(twice.contains(&text[found.range]), "a stand-in was hidden");
        }
    }
});
