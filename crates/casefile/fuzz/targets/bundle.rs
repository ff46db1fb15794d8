//! Any file: opening it as a bundle refuses or reads, and does neither panic nor take more than the limits allow.
#![no_main]

use casefile::bundle::{Bundle, Limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), bytes).expect("room for it");
    if let Ok(bundle) = Bundle::open(file.path(), &Limits::default()) {
        for entry in &bundle.manifest().entries {
            let _ = bundle.read(&entry.name);
        }
    }
});
