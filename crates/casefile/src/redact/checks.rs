//! Checksums that tell a number from a secret.

use std::cell::Cell;
use std::hash::{BuildHasher as _, RandomState};

use data_encoding::BASE64URL_NOPAD;
use ed25519_compact::{KeyPair, Seed};
use sha2::{Digest, Sha256};

/// Luhn, and a range that card networks issue. Source: ISO/IEC 7812-1.
pub(super) fn is_card(text: &[u8]) -> bool {
    let digits = digits_of(text);
    if !(13..=19).contains(&digits.len()) || digits.iter().all(|digit| *digit == digits[0]) {
        return false;
    }
    let prefix = digits[..4].iter().fold(0_u32, |value, digit| value * 10 + u32::from(*digit));
    let lengths: &[usize] = match prefix {
        4000..=4999 => &[13, 16, 19],
        6011 | 6440..=6599 => &[16, 19],
        5100..=5599 | 2221..=2720 | 3528..=3589 => &[16],
        3400..=3499 | 3700..=3799 => &[15],
        3000..=3059 | 3600..=3699 | 3800..=3999 => &[14],
        _ => &[],
    };
    let network = lengths.contains(&digits.len());
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(index, digit)| {
            let doubled = u32::from(*digit) * if index % 2 == 1 { 2 } else { 1 };
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    network && sum.is_multiple_of(10)
}

/// ISO 13616: the number mod 97 is 1, and the country has that length.
pub(super) fn is_iban(text: &[u8]) -> bool {
    let compact: Vec<u8> = text
        .iter()
        .copied()
        .filter(u8::is_ascii_alphanumeric)
        .map(|byte| byte.to_ascii_uppercase())
        .collect();
    if compact.len() < 15
        || !compact[..2].iter().all(u8::is_ascii_uppercase)
        || !compact[2..4].iter().all(u8::is_ascii_digit)
    {
        return false;
    }
    let lengths: &[(&[u8; 2], usize)] = &[
        (b"PL", 28),
        (b"DE", 22),
        (b"GB", 22),
        (b"FR", 27),
        (b"ES", 24),
        (b"IT", 27),
        (b"NL", 18),
        (b"BE", 16),
        (b"AT", 20),
        (b"CH", 21),
        (b"CZ", 24),
        (b"SK", 24),
        (b"LT", 20),
        (b"LV", 21),
        (b"EE", 20),
        (b"SE", 24),
        (b"NO", 15),
        (b"DK", 18),
        (b"FI", 18),
        (b"IE", 22),
        (b"PT", 25),
        (b"HU", 28),
        (b"RO", 24),
        (b"BG", 22),
        (b"HR", 21),
        (b"SI", 19),
        (b"LU", 20),
        (b"GR", 27),
        (b"CY", 28),
        (b"MT", 31),
        (b"UA", 29),
        (b"TR", 26),
        (b"AE", 23),
        (b"SA", 24),
        (b"LI", 21),
    ];
    lengths.iter().any(|(country, length)| compact[..2] == country[..] && compact.len() == *length)
        && mod97(&compact)
}

/// A Polish account number without the country: 26 digits.
pub(super) fn is_nrb(text: &[u8]) -> bool {
    let digits: Vec<u8> = text.iter().copied().filter(u8::is_ascii_digit).collect();
    digits.len() == 26 && mod97(&[b"PL", digits.as_slice()].concat())
}

fn mod97(compact: &[u8]) -> bool {
    let rotated = compact[4..].iter().chain(&compact[..4]);
    let remainder = rotated.fold(0_u32, |value, byte| match byte {
        b'0'..=b'9' => (value * 10 + u32::from(byte - b'0')) % 97,
        _ => (value * 100 + u32::from(byte - b'A') + 10) % 97,
    });
    remainder == 1
}

/// Weights and a valid date. Source: <https://www.gov.pl/web/gov/czym-jest-numer-pesel>
pub(super) fn is_pesel(text: &[u8]) -> bool {
    let digits = digits_of(text);
    if digits.len() != 11 {
        return false;
    }
    let weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let (month, day) = ((digits[2] * 10 + digits[3]) % 20, digits[4] * 10 + digits[5]);
    sum.is_multiple_of(10) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// Source: Polish tax number, weights 6 5 7 2 3 4 5 6 7 mod 11.
pub(super) fn is_nip(text: &[u8]) -> bool {
    let digits = digits_of(text);
    if digits.len() != 10 {
        return false;
    }
    let weights = [6, 5, 7, 2, 3, 4, 5, 6, 7];
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    sum % 11 == u32::from(digits[9])
}

fn digits_of(text: &[u8]) -> Vec<u8> {
    text.iter().filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0').collect()
}

/// The header has to be JSON that names an algorithm: base64 of harmless JSON begins the same way.
/// Source: RFC 7515, section 4.1.
pub(super) fn is_jwt(text: &[u8]) -> bool {
    let header = text.split(|byte| *byte == b'.').next().unwrap_or_default();
    let decoded = BASE64URL_NOPAD.decode(header).unwrap_or_default();
    serde_json::from_slice::<serde_json::Value>(&decoded).is_ok_and(|header| header.get("alg").is_some())
}

/// The letters of Bitcoin and its relatives.
const BITCOIN: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// The letters of the XRP ledger.
const RIPPLE: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/// What each letter of an alphabet stands for; 58 for what is none of its letters.
const fn values(alphabet: &[u8; 58]) -> [u8; 256] {
    let (mut values, mut value) = ([58; 256], 0);
    while value < 58 {
        values[alphabet[value as usize] as usize] = value;
        value += 1;
    }
    values
}

/// The bytes of a number in base58.
fn base58(text: &[u8], alphabet: &[u8; 58]) -> Option<Vec<u8>> {
    static OF_BITCOIN: [u8; 256] = values(BITCOIN);
    static OF_RIPPLE: [u8; 256] = values(RIPPLE);
    let values = if alphabet == BITCOIN { &OF_BITCOIN } else { &OF_RIPPLE };
    // Digits of 32 bits, the lowest first. Five letters at once: 58^5 fits into one.
    let mut number: Vec<u32> = Vec::with_capacity(text.len() / 5 + 1);
    for letters in text.chunks(5) {
        let (mut carry, mut weight) = (0_u64, 1);
        for letter in letters {
            let value = values[usize::from(*letter)];
            if value == 58 {
                return None;
            }
            (carry, weight) = (carry * 58 + u64::from(value), weight * 58);
        }
        for digit in &mut number {
            carry += u64::from(*digit) * weight;
            *digit = (carry & 0xffff_ffff) as u32;
            carry >>= 32;
        }
        if carry > 0 {
            number.push((carry & 0xffff_ffff) as u32);
        }
    }
    let zeros = text.iter().take_while(|letter| **letter == alphabet[0]).count();
    let digits = number.iter().rev().flat_map(|digit| digit.to_be_bytes()).skip_while(|byte| *byte == 0);
    Some(std::iter::repeat_n(0, zeros).chain(digits).collect())
}

/// Base58 with a four-byte checksum.
fn base58check(text: &[u8], alphabet: &[u8; 58]) -> Option<Vec<u8>> {
    let number = base58(text, alphabet)?;
    let payload_end = number.len().checked_sub(4)?;
    let (payload, checksum) = number.split_at(payload_end);
    let digest = Sha256::digest(Sha256::digest(payload));
    (digest[..4] == *checksum).then(|| payload.to_vec())
}

/// The seed of a key of Ed25519 and its public key, as Solana keeps a wallet; the signature of a transaction is as long.
pub(super) fn is_key_pair(bytes: &[u8]) -> bool {
    /// So many signatures stand in a log of 5 MB, which is gone through twice.
    const KEPT: usize = 1 << 15;
    thread_local! {
        /// Keyed sums of what is no pair: to multiply takes as long as to read fifty lines.
        static OTHERS: (RandomState, Vec<Cell<u64>>) = (RandomState::new(), vec![Cell::new(0); KEPT]);
    }
    let Ok(bytes) = <&[u8; 64]>::try_from(bytes) else { return false };
    let Ok(seed) = Seed::from_slice(&bytes[..32]) else { return false };
    OTHERS.with(|(key, others)| {
        let sum = key.hash_one(bytes).max(1);
        let other = &others[(sum & 0x7fff) as usize];
        if other.get() == sum {
            return false;
        }
        let is_pair = KeyPair::try_from_seed(seed).is_ok_and(|pair| pair.pk[..] == bytes[32..]);
        if !is_pair {
            other.set(sum);
        }
        is_pair
    })
}

/// The bytes of a wallet or a signature of Solana: 64, in base58.
pub(super) fn solana_bytes(text: &[u8]) -> Option<[u8; 64]> {
    base58(text, BITCOIN)?.try_into().ok()
}

/// A key that a phrase locks. Source: <https://github.com/bitcoin/bips/blob/master/bip-0038.mediawiki>
pub(super) fn is_locked_key(text: &[u8]) -> bool {
    base58check(text, BITCOIN)
        .is_some_and(|payload| payload.len() == 39 && payload[0] == 1 && matches!(payload[1], 0x42 | 0x43))
}

/// A seed of the XRP ledger. Source: <https://xrpl.org/docs/references/protocol/data-types/base58-encodings>
pub(super) fn is_ripple_seed(text: &[u8]) -> bool {
    base58check(text, RIPPLE).is_some_and(|payload| payload.len() == 17 && payload[0] == 33)
}

/// An address of Bitcoin, Litecoin, Dogecoin, Dash, Tron or the XRP ledger.
pub(super) fn is_base58_address(text: &[u8]) -> bool {
    let alphabet = if text.first() == Some(&b'r') { RIPPLE } else { BITCOIN };
    base58check(text, alphabet).is_some_and(|payload| payload.len() == 21)
}

/// A secret seed of Stellar: version, 32 bytes, CRC16. Source: SEP-23.
pub(super) fn is_stellar_seed(text: &[u8]) -> bool {
    let Ok(bytes) = data_encoding::BASE32_NOPAD.decode(text) else { return false };
    let Some((payload, checksum)) = bytes.split_last_chunk::<2>() else { return false };
    let crc = payload.iter().fold(0_u16, |crc, byte| {
        (0..8).fold(
            crc ^ u16::from(*byte) << 8,
            |crc, _| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 },
        )
    });
    payload.len() == 33 && payload[0] == 18 << 3 && u16::from_le_bytes(*checksum) == crc
}

/// Wallet import format (versions 0x80 and 0xef) or an extended private key. Sources: BIP-32, SLIP-132.
pub(super) fn is_wallet_key(text: &[u8]) -> bool {
    match base58check(text, BITCOIN) {
        Some(payload) if payload.len() == 78 => text[1..4] == *b"prv",
        Some(payload) => matches!(payload.len(), 33 | 34) && matches!(payload[0], 0x80 | 0xef | 0xb0),
        None => false,
    }
}

/// Whether an address can be reached from everywhere.
pub(super) fn is_public_ipv4(octets: [u8; 4]) -> bool {
    let address = std::net::Ipv4Addr::from(octets);
    let [a, b, c, _] = octets;
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || a == 0
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (b == 18 || b == 19))
        || (a == 192 && b == 0 && c == 0))
}

/// As many bytes as a key has, one of them larger than any other list has them.
pub(super) fn is_key_of_bytes(list: &[u8]) -> bool {
    let mut numbers = list.split(|byte| *byte == b',').map(|number| std::str::from_utf8(number.trim_ascii()));
    let count = numbers.clone().count();
    let mut largest = 0;
    let all = numbers.all(|number| {
        let byte = number.ok().and_then(|number| number.parse::<u8>().ok());
        largest = largest.max(byte.unwrap_or_default());
        byte.is_some()
    });
    matches!(count, 16 | 24 | 32 | 64) && all && largest > 99
}

/// Bytes in base58, for tests.
#[cfg(test)]
pub(super) fn base58_of(bytes: &[u8]) -> String {
    let mut digits: Vec<usize> = Vec::new();
    for byte in bytes {
        let mut carry = usize::from(*byte);
        for digit in &mut digits {
            carry += *digit << 8;
            *digit = carry % 58;
            carry /= 58;
        }
        while carry > 0 {
            digits.push(carry % 58);
            carry /= 58;
        }
    }
    digits.extend(bytes.iter().take_while(|byte| **byte == 0).map(|_| 0));
    digits.iter().rev().map(|digit| char::from(BITCOIN[*digit])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_base58_are_read_whatever_their_length_and_zeros() {
        for length in 0..85_u8 {
            for zeros in 0..3 {
                let mut bytes = vec![0; zeros];
                bytes.extend((0..length).map(|n| n * 2 + length + 1));
                assert_eq!(base58(base58_of(&bytes).as_bytes(), BITCOIN), Some(bytes), "{length} {zeros}");
            }
        }
        assert_eq!(base58(b"11", BITCOIN), Some(vec![0, 0]));
        assert_eq!(base58(b"10", BITCOIN), None);
        assert_eq!(base58(b"rr", RIPPLE), Some(vec![0, 0]));
    }

    #[test]
    fn a_pair_is_one_however_often_and_after_whatever_it_is_asked() {
        let seed = [7; 32];
        let mut bytes = [0; 64];
        bytes.copy_from_slice(&KeyPair::from_seed(Seed::new(seed)).sk[..]);
        let mut other = bytes;
        other[0] ^= 1;
        for _ in 0..3 {
            assert!(!is_key_pair(&other));
            assert!(is_key_pair(&bytes));
        }
        assert!(!is_key_pair(&bytes[1..]));
    }
}
