//! Four numbers with points between that are the number of a version, and no address.

use super::bounds::{stands_close, stands_within};

/// Whether the words around four numbers say that they are the number of a version.
pub(super) fn is_version(text: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).map_or(b' ', |at| text[at]);
    let words = [
        "version",
        "ver ",
        "ver.",
        "ver=",
        "build",
        "chrome/",
        "driver",
        "sterownik",
        ".net runtime",
        "release",
        "firmware",
        "wersj",
        "sdk",
        "agent",
        "kernel",
        "upgrade",
        "update",
        ".dll",
        ".exe",
        ".sys",
        "p2: ",
        "p5: ",
        "core i",
        "ryzen",
        "ninjatrader",
        "metatrader",
        "terminal ",
        "quantower",
        "sierra",
        "sig[",
        "webview",
        "directx ",
    ];
    // `"file_version":"13.2.65.7","client_ip":"…"`
    let is_called = is_called_address(text, start, end);
    let is_of_program = [
        &b" 64-bit"[..],
        b" 32-bit",
        b" (64",
        b" x64",
        b" (x64",
        b" build",
        b" (build",
        b" publicKeyToken",
        b", kompilacja ",
        b", commit ",
        b", rev ",
        b" is newer than ",
        b" is older than ",
        b" starting",
        b" started",
        b" on Windows",
        b" on Linux",
        b" on macOS",
        b", Culture",
    ]
    .iter()
    .any(|word| text[end..].starts_with(word));
    // `current 1.0.104.190 latest 1.0.105.12`
    let updates = [
        &b"current "[..],
        b"latest ",
        b"installed ",
        b"Current ",
        b"Latest ",
        b" current=",
        b" available=",
        b" latest=",
        b" installed=",
        b" V8 ",
        b" os ",
        b" newer than ",
        b" older than ",
        b" Node ",
        b" Electron ",
    ];
    let is_of_update = updates.iter().any(|word| text[..start].ends_with(word));
    before != b'@' && !is_called && stands_close(text, start, &words)
        || text[..start].ends_with(b".NET ")
        || is_of_update
        || is_of_program
        || stands_within(
            32,
            text,
            start,
            &["version  ", "version: ", "version of ", "wersja  ", "versionstring", "\tversion\t"],
        )
        || is_second_version(text, start)
        || is_behind_program(&text[..start])
}

/// Whether a name or the line of a web server says that it is an address.
fn is_called_address(text: &[u8], start: usize, end: usize) -> bool {
    // The line of a web server: `197.213.45.249 - - "GET /status`.
    text[end..].starts_with(b" - - ")
        || ["ip\":\"", "ip\": \"", "ip=", "ip: ", "ip_address\":\"", "addr=", "address=", "host="].iter().any(
            |name| {
                text[..start].len() >= name.len()
                    && text[start - name.len()..start].eq_ignore_ascii_case(name.as_bytes())
            },
        )
}

/// Whether a program stands in the cell before: `<Data>gridbot.exe</Data><Data>2.14.19.118`.
fn is_behind_program(before: &[u8]) -> bool {
    let cell = before.strip_suffix(b"<Data>").and_then(|before| before.strip_suffix(b"</Data>"));
    cell.is_some_and(|cell| cell.ends_with(b".exe") || cell.ends_with(b".dll"))
}

/// Whether another number of four parts stands between this one and what says that it is a version:
/// `fileVersion 31.0.15.1649 dx 12.1.0.165`, `wersja 4.18.2.0 czy 4.17.9.3`.
fn is_second_version(text: &[u8], start: usize) -> bool {
    let before = &text[start.saturating_sub(48)..start];
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().to_ascii_lowercase();
    let said = ["version", "wersja"].iter().filter_map(|word| memchr::memmem::rfind(&line, word.as_bytes()));
    let Some(said) = said.max() else { return false };
    let parts = |word: &[u8]| {
        word.split(|byte| *byte == b'.').filter(|part| part.iter().all(u8::is_ascii_digit)).count()
    };
    line[said..]
        .split(|byte| !(byte.is_ascii_digit() || *byte == b'.'))
        .any(|word| word.len() >= 7 && parts(word) == 4)
}
