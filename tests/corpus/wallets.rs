//! Keys and addresses of wallets, with right checksums.

use std::sync::LazyLock;

use bip39::Language;
use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};
use sha3::Keccak256;

use crate::seeded::Seeded;

pub(super) fn part(name: &str, seeded: &mut Seeded) -> Option<String> {
    Some(match name {
        "bip-twelve" => phrase(seeded, Language::English, 16),
        "bip-fifteen" => phrase(seeded, Language::English, 20),
        "bip-eighteen" => phrase(seeded, Language::English, 24),
        "bip-twentyfour" => phrase(seeded, Language::English, 32),
        "bip-czech" => phrase(seeded, Language::Czech, 16),
        "bip-spanish" => phrase(seeded, Language::Spanish, 16),
        "electrum" => words(seeded, 12),
        "wif" => base58check(BITCOIN, &[&[0x80], &*seeded.vec(32), &[0x01]].concat()),
        "wif-long" => base58check(BITCOIN, &[&[0x80], &*seeded.vec(32)].concat()),
        "xprv" => extended(seeded, [0x04, 0x88, 0xad, 0xe4]),
        "yprv" => extended(seeded, [0x04, 0x9d, 0x78, 0x78]),
        "zprv" => extended(seeded, [0x04, 0xb2, 0x43, 0x0c]),
        "ripple" => base58check(RIPPLE, &[&[0x21], &*seeded.vec(16)].concat()),
        "stellar" => stellar(seeded),
        "sui" => bech32(seeded, "suiprivkey", 33, None),
        "solana-pair" => base58(BITCOIN, &solana_pair(seeded)),
        "solana-array" => {
            let numbers: Vec<_> = solana_pair(seeded).iter().map(u8::to_string).collect();
            numbers.join(",")
        }
        "eth" => eip55(&seeded.bytes()),
        "segwit" => bech32(seeded, "bc", 20, Some(0)),
        "legacy" => base58check(BITCOIN, &[&[0x00], &*seeded.vec(20)].concat()),
        "tron" => base58check(BITCOIN, &[&[0x41], &*seeded.vec(20)].concat()),
        "ripple-address" => base58check(RIPPLE, &[&[0x00], &*seeded.vec(20)].concat()),
        "solana-address" => base58(BITCOIN, &seeded.vec(32)),
        "solana-signature" => base58(BITCOIN, &seeded.vec(64)),
        _ => return None,
    })
}

const BITCOIN: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const RIPPLE: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

static ENGLISH: LazyLock<&'static [&'static str; 2048]> = LazyLock::new(|| Language::English.word_list());

fn phrase(seeded: &mut Seeded, language: Language, bytes: usize) -> String {
    let entropy = seeded.vec(bytes);
    let mnemonic = bip39::Mnemonic::from_entropy_in(language, &entropy).expect("a length that BIP-39 knows");
    mnemonic.words().collect::<Vec<_>>().join(" ")
}

/// Words of the list without a checksum of BIP-39: Electrum's phrases have another one.
pub fn words(seeded: &mut Seeded, count: usize) -> String {
    (0..count).map(|_| *seeded.pick(&**ENGLISH)).collect::<Vec<_>>().join(" ")
}

fn extended(seeded: &mut Seeded, version: [u8; 4]) -> String {
    let (depth, chain_code, key) = (seeded.vec(9), seeded.vec(32), seeded.vec(32));
    base58check(BITCOIN, &[&version, &*depth, &*chain_code, &[0], &*key].concat())
}

fn solana_pair(seeded: &mut Seeded) -> Vec<u8> {
    let seed = ed25519_compact::Seed::new(seeded.bytes());
    ed25519_compact::KeyPair::from_seed(seed).sk.as_slice().to_vec()
}

fn base58(alphabet: &[u8; 58], bytes: &[u8]) -> String {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let mut digits: Vec<u8> = Vec::new();
    for byte in bytes {
        let mut carry = u32::from(*byte);
        for digit in &mut digits {
            carry += u32::from(*digit) << 8;
            *digit = u8::try_from(carry % 58).expect("below 58");
            carry /= 58;
        }
        while carry > 0 {
            digits.push(u8::try_from(carry % 58).expect("below 58"));
            carry /= 58;
        }
    }
    let leading = std::iter::repeat_n(alphabet[0], zeros);
    let all = leading.chain(digits.iter().rev().map(|digit| alphabet[usize::from(*digit)]));
    all.map(char::from).collect()
}

fn base58check(alphabet: &[u8; 58], payload: &[u8]) -> String {
    let sum = Sha256::digest(Sha256::digest(payload));
    base58(alphabet, &[payload, &sum[..4]].concat())
}

/// A secret seed of Stellar: version byte, 32 bytes, CRC16/XMODEM, little endian, in base 32.
fn stellar(seeded: &mut Seeded) -> String {
    let mut bytes = vec![18 << 3];
    bytes.extend(seeded.vec(32));
    let mut crc = 0_u16;
    for byte in &bytes {
        crc ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 };
        }
    }
    bytes.extend(crc.to_le_bytes());
    BASE32_NOPAD.encode(&bytes)
}

/// BIP-173; `witness` is the version that stands before the program of a Bitcoin address.
fn bech32(seeded: &mut Seeded, human: &str, length: usize, witness: Option<u8>) -> String {
    const CHARSET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    let mut bytes = seeded.vec(length);
    if witness.is_none() {
        // The flag of the scheme: ed25519.
        bytes[0] = 0;
    }
    let mut values: Vec<u8> = witness.into_iter().collect();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            values.push(u8::try_from((held >> bits) & 31).expect("five bits"));
        }
    }
    if bits > 0 {
        values.push(u8::try_from((held << (5 - bits)) & 31).expect("five bits"));
    }
    let human_high = human.bytes().map(|byte| byte >> 5);
    let human_low = human.bytes().map(|byte| byte & 31);
    let all = human_high.chain([0]).chain(human_low).chain(values.iter().copied()).chain([0; 6]);
    let mut sum = 1_u32;
    for value in all {
        let top = sum >> 25;
        sum = ((sum & 0x1ff_ffff) << 5) ^ u32::from(value);
        for (bit, factor) in
            [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3].iter().enumerate()
        {
            if (top >> bit) & 1 == 1 {
                sum ^= factor;
            }
        }
    }
    sum ^= 1;
    let checksum = (0..6).map(|at| u8::try_from((sum >> (5 * (5 - at))) & 31).expect("five bits"));
    let text: String =
        values.iter().copied().chain(checksum).map(|value| char::from(CHARSET[usize::from(value)])).collect();
    format!("{human}1{text}")
}

fn eip55(address: &[u8; 20]) -> String {
    let lower = data_encoding::HEXLOWER.encode(address);
    let hash = data_encoding::HEXLOWER.encode(&Keccak256::digest(lower.as_bytes()));
    let cased =
        lower.chars().zip(hash.chars()).map(|(c, h)| if h >= '8' { c.to_ascii_uppercase() } else { c });
    format!("0x{}", cased.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{BITCOIN, base58check, eip55};

    #[test]
    fn checksums_are_those_of_the_published_examples() {
        // The address of the first block, and an example of EIP-55.
        let hash = data_encoding::HEXLOWER.decode(b"62e907b15cbf27d5425399ebf6f0fb50ebb88f18").unwrap();
        assert_eq!(base58check(BITCOIN, &[&[0], &*hash].concat()), "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
        let address = data_encoding::HEXLOWER.decode(b"5aaeb6053f3e94c9b9a09f33669435e7ef1beaed").unwrap();
        assert_eq!(eip55(&address.try_into().unwrap()), "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    }
}
