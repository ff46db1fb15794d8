//! What everybody can read on a chain, whatever the name before it.

use crate::redact::contracts;
use crate::redact::keys::{Demand, Named};
use crate::redact::rules::Id;

/// What everybody can read on a chain: the signature of a transaction of Solana, the contract that an event is of.
pub(super) fn is_on_chain(text: &[u8], start: usize, end: usize, named: Named) -> bool {
    let value = &text[start..end];
    if contracts::is_public(value) {
        return true;
    }
    match named.rule {
        Id::Signature => is_transaction(text, start, value.len()) || is_broken_transaction(text, start, end),
        Id::WalletAddress => named.demand == Demand::Address && contracts::is_of_contract(text, start, end),
        Id::AccountId => named.demand == Demand::Beside && !is_beside_address(text, start, end),
        _ => false,
    }
}

/// Whether a deposit or the address of a wallet is spoken of near: images and orders have tags too.
fn is_beside_address(text: &[u8], start: usize, end: usize) -> bool {
    let near = text[start.saturating_sub(LINE)..(end + LINE).min(text.len())].to_ascii_lowercase();
    let words = ["addr", "withdraw", "deposit", "wyp\u{142}at", "wp\u{142}at", "xrp", "xlm"];
    words.iter().any(|word| memchr::memmem::find(&near, word.as_bytes()).is_some())
}

/// So much of a line says what a signature in it is of.
const LINE: usize = 200;

/// Whether so many bytes that belong to what begins here are the signature of a transaction.
pub(super) fn is_transaction(text: &[u8], start: usize, length: usize) -> bool {
    let mut piece = text[start..].iter().take(length).take_while(|byte| !matches!(byte, b'\n' | b'\r'));
    // In base58; what an exchange is signed with has the signs of base64.
    if !matches!(length, 86..=88) || !piece.all(u8::is_ascii_alphanumeric) {
        return false;
    }
    let before = text[start.saturating_sub(LINE)..start].to_ascii_lowercase();
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    // Of an account that is shown over several lines.
    let is_of_account = || {
        let words = ["slot", "lamports", "pubkey", "blockhash"];
        words.iter().any(|word| is_said(&before, word.as_bytes())) && line.trim_ascii().len() < 40
    };
    ["tx", "transaction", "sol", "slot", "confirmed", "sent", "mint", "swap"]
        .iter()
        .any(|word| is_said(line, word.as_bytes()))
        || is_of_account()
        || is_of_answer(&text[(start + length).min(text.len())..])
}

/// Whether what stands behind it on its line says so: `{"signature":"…","slot":330…,"confirmationStatus":…}`.
fn is_of_answer(behind: &[u8]) -> bool {
    let near = behind[..behind.len().min(LINE)].to_ascii_lowercase();
    let line = near.split(|byte| *byte == b'\n').next().unwrap_or_default();
    ["slot", "blocktime", "confirmationstatus", "lamports", "blockhash"]
        .iter()
        .any(|word| is_said(line, word.as_bytes()))
}

/// Whether a word is said, and not by chance inside of what a machine made.
fn is_said(line: &[u8], word: &[u8]) -> bool {
    memchr::memmem::find_iter(line, word).any(|at| {
        let before = at.checked_sub(1).is_some_and(|before| line[before].is_ascii_alphanumeric());
        !(before && line.get(at + word.len()).is_some_and(u8::is_ascii_alphanumeric))
    })
}

/// Whether it is such a signature that goes on on the next line.
fn is_broken_transaction(text: &[u8], start: usize, end: usize) -> bool {
    let behind = text.get(end..).unwrap_or_default();
    let Some(next) = behind.strip_prefix(b"\r").unwrap_or(behind).strip_prefix(b"\n") else { return false };
    let rest =
        next.trim_ascii_start().iter().take(88).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    text[start..end].iter().all(u8::is_ascii_alphanumeric) && is_transaction(text, start, end - start + rest)
}
