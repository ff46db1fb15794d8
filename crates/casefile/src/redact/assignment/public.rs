//! The public halves of keys, and what they are called by: who may log in, and is no secret.

/// A public key as `authorized_keys` has it. Source: <https://man.openbsd.org/sshd#AUTHORIZED_KEYS_FILE_FORMAT>
pub(super) fn is_public_of_ssh(value: &[u8]) -> bool {
    let kinds =
        [&b"ssh-ed25519 "[..], b"ssh-rsa ", b"ssh-dss ", b"ecdsa-sha2-nistp256 ", b"ecdsa-sha2-nistp384 "];
    kinds.iter().any(|kind| value.strip_prefix(*kind).is_some_and(|key| key.starts_with(b"AAAA")))
}

/// How keys of `OpenPGP` are called: by the digits of a hash. Source: RFC 9580, section 5.5.4.
pub(super) fn is_fingerprint(value: &[u8]) -> bool {
    let digits = value.strip_prefix(b"0x").unwrap_or(value);
    matches!(digits.len(), 8 | 16 | 40) && digits.iter().all(u8::is_ascii_hexdigit)
}

/// Whether the name is one under which public keys are called by their fingerprints: `GPG_KEY=`, `signingkey = `.
pub(super) fn names_public_key(before: &[u8]) -> bool {
    const NAMES: [&str; 9] = [
        "gpg_key",
        "gpgkey",
        "gpg-key",
        "gpg key",
        "gpg_key_id",
        "pgp_key",
        "pgp key",
        "signingkey",
        "keyid",
    ];
    let is_mark = |byte: &u8| b"=: \"'\\".contains(byte);
    let end = before.iter().rposition(|byte| !is_mark(byte)).map_or(0, |last| last + 1);
    NAMES.iter().any(|name| {
        end.checked_sub(name.len()).is_some_and(|at| before[at..end].eq_ignore_ascii_case(name.as_bytes()))
    })
}
