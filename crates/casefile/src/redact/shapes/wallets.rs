//! Keys and addresses of wallets, told from hashes by the words before them.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::redact::{checks, contracts, stand_in, value};

pub(super) const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// What names a number that everybody can see.
static PUBLIC: LazyLock<AhoCorasick> = LazyLock::new(|| {
    words(&[
        "tx",
        "hash",
        "block",
        "sha256",
        "sha-256",
        "checksum",
        "digest",
        "signature",
        "public",
        "orderid",
        "order_id",
        "txid",
        "root",
        "topics",
        "condition",
    ])
});

/// A number that is a private key only because a word before it says so; the nearest word decides.
pub(super) fn evm_key(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    static SECRET: LazyLock<AhoCorasick> = LazyLock::new(|| {
        words(&[
            "private",
            "privkey",
            "priv_key",
            "priv:",
            "priv=",
            "pk=",
            "pk:",
            "pk ",
            "pk'",
            "pk\"",
            "pk(",
            "signing",
            "secret",
            "seed ",
            "seed:",
            "seed=",
            "seed\"",
            "seed'",
            "seed_",
            "seed-",
            "seed,",
            "seed(",
            "seedhex",
            "klucz prywatny",
            "keypair",
            "key pair",
            "wallet key",
            "agent key",
            "agent_key",
            "signer ",
            "signer:",
            "signer=",
            "wallet(",
            "wallet('",
            "wallet(\"",
            "accounts: [",
            "accounts:[",
            "accounts\": [",
            "accounts = [",
        ])
    });
    let Some(last) = nearest(text, start, &SECRET) else {
        if is_below_private_keys(text, start) {
            return Some((start, end));
        }
        let is_named = nearest(text, start, &PUBLIC).is_none() && is_refused(&text[end..]);
        return is_named.then(|| (start - usize::from(text[..start].ends_with(b"0x")) * 2, end));
    };
    let first = start - usize::from(start >= 2 && text[start - 2..start] == *b"0x") * 2;
    nearest(text, start, &PUBLIC).is_none_or(|other| other > last).then_some((first, end))
}

/// Whether it is one of the numbered keys that a node for tests shows below their heading: `Private Keys`, `(0) 0x…`.
fn is_below_private_keys(text: &[u8], start: usize) -> bool {
    const NEAR: usize = 2_048;
    let line = text[..start].rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let digits = line.strip_prefix(b"(").unwrap_or_default();
    let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_item = count > 0 && matches!(&digits[count..], b") " | b") 0x");
    let before = &text[start.saturating_sub(NEAR)..start];
    let said = is_item.then(|| memchr::memmem::rfind(before, b"Private Keys")).flatten();
    said.is_some_and(|said| memchr::memmem::find(&before[said..], b"Accounts").is_none())
}

/// Whether it is said of what stands before that it is no good private key: `from_str('0x…') InvalidSecretKey`.
fn is_refused(rest: &[u8]) -> bool {
    static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        words(&[
            "invalidsecretkey",
            "invalidprivatekey",
            "invalid private",
            "invalid secret",
            "new signingkey",
            "is not a valid private",
        ])
    });
    let line = rest[..rest.len().min(80)].split(|byte| *byte == b'\n').next().unwrap_or_default();
    WORDS.find(line).is_some()
}

/// A wallet of Solana: one that is named, or whose halves belong together.
pub(super) fn solana_key(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    // What else is said of a transaction.
    static SENT: LazyLock<AhoCorasick> =
        LazyLock::new(|| words(&["sent", "confirm", "slot", "http", "landed", "sig"]));
    if let Some(named) = evm_key(text, start, end) {
        return Some(named);
    }
    // The second half of a signature is below 2^252, and logs are full of them: to multiply for each takes time.
    let bytes = checks::solana_bytes(&text[start..end])?;
    let is_signature = || nearest(text, start, &PUBLIC).or_else(|| nearest(text, start, &SENT)).is_some();
    (!(bytes[63] <= 0x10 && is_signature()) && checks::is_key_pair(&bytes)).then_some((start, end))
}

fn words(words: &[&str]) -> AhoCorasick {
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).expect("a few short words")
}

/// How far before, on the same line and within 48 bytes, the last of these words ends.
fn nearest(text: &[u8], start: usize, words: &AhoCorasick) -> Option<usize> {
    let before = &text[start.saturating_sub(48)..start];
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    // The name of a variable, `${SECRET}`, of a type, `SecretStr(`, and of what was hidden say nothing of what follows.
    let says = |at: usize, end: usize| {
        let rest = &line[end..];
        let word = start - line.len() + at;
        let in_stand_in = stand_in::holds(text, word, word + end - at);
        // It has another value already.
        let own = rest.iter().take(8).take_while(|byte| b"\\\"': =[".contains(byte)).count();
        let has_value = stand_in::begins(rest, own);
        let is_type = line[at..end].eq_ignore_ascii_case(b"secret")
            && rest.get(..3).is_some_and(|next| next.eq_ignore_ascii_case(b"str"));
        // `secrets.vault: …`, `secrets::vault`: a module speaks.
        let is_module = rest.starts_with(b"s.") || rest.starts_with(b"s::");
        !(in_stand_in || has_value || rest.starts_with(b"}") || is_type || is_module)
    };
    let found = words.find_overlapping_iter(line).filter(|hit| says(hit.start(), hit.end()));
    found.map(|hit| line.len() - hit.end()).min()
}

/// An address of a wallet that a word before it calls one's own.
pub(super) fn wallet_address(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    static OWN: LazyLock<AhoCorasick> = LazyLock::new(|| {
        words(&[
            "wallet",
            "address",
            "deposit",
            "withdraw",
            "adres",
            "portfel",
            "wpłat",
            "wypłat",
            "account",
            "payout",
            "signer",
            "deployer",
            "owner",
            "from",
            "sender",
            "vault",
            "funder",
            "user",
            "destination",
            "recipient",
            "receiver",
            "payee",
            "odbiorc",
            "адрес",
            "гаман",
            "кошел",
        ])
    });
    static PUBLIC: LazyLock<AhoCorasick> = LazyLock::new(|| {
        words(&[
            "contract",
            "contract address",
            "contractaddress",
            "contract_address",
            "tokenaddress",
            "token_address",
            "pooladdress",
            "pool_address",
            "routeraddress",
            "router_address",
            "pairaddress",
            "pair_address",
            "factoryaddress",
            "factory_address",
            "token",
            "token address",
            "router",
            "router address",
            "pool",
            "pool address",
            "factory",
            "factory address",
            "tx",
            "hash",
            "block",
            "spender",
            "kontrakt",
            "adres kontraktu",
            "program",
            "mint",
            "pair",
        ])
    });
    let value = &text[start..end];
    let valid = value.starts_with(b"0x")
        || value.contains(&b'1') && value.len() >= 38
        || matches!(value.len(), 43 | 44) && value::is_random_looking(value)
        || value.len() == 56 && value.starts_with(b"G")
        || checks::is_base58_address(value);
    let own = nearest(text, start, &OWN)?;
    let not_own = nearest(text, start, &PUBLIC);
    (valid
        && !contracts::is_well_known(value)
        && not_own.is_none_or(|other| other > own)
        && !contracts::is_of_contract(text, start, end))
    .then_some((start, end))
}

/// The address at the end, if a pair of keys or a wallet is spoken of before it.
pub(super) fn of_keypair(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 300;
    const SAID: [&[u8]; 6] = [b"keypair", b"key pair", b"keygen", b"wallet", b"seed phrase", b"secret"];
    let before = text[start.saturating_sub(NEAR)..start].to_ascii_lowercase();
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric();
    let length = text[start..end].iter().rev().take_while(is_part).count();
    let is_own = SAID.iter().any(|said| memchr::memmem::find(&before, said).is_some());
    (is_own && !contracts::is_well_known(&text[end - length..end])).then_some((end - length, end))
}

/// The address in the name of a key file: `UTC--2026-11-24T10-00-00.0Z--…`.
pub(super) fn in_key_file(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let is_dated = || {
        let before = text[start.saturating_sub(48)..start].to_ascii_lowercase();
        memchr::memmem::rfind(&before, b"utc--").is_some_and(|at| !before[at..].contains(&b'\n'))
    };
    (text[..start].ends_with(b"--") && is_dated()).then_some((start, end))
}
