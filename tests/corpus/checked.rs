//! Parts of tokens that carry a checksum or a structure, and armoured keys.

use data_encoding::{BASE32, BASE64, BASE64URL_NOPAD};

use super::pattern;
use crate::seeded::Seeded;

pub(super) fn part(name: &str, seeded: &mut Seeded) -> Option<String> {
    Some(match name {
        "crc" => with_crc(seeded),
        "jwt" => jwt(seeded, "HS256"),
        "jwt-es" => jwt(seeded, "ES256"),
        "discord-bot" => discord_bot(seeded),
        "totp" => BASE32.encode(&seeded.vec(20)),
        "pem-ec" => pem(seeded, "EC PRIVATE KEY", &EC_HEAD, 118),
        "pem-rsa" => pem(seeded, "RSA PRIVATE KEY", &RSA_HEAD, 1190),
        "pem-pkcs8" => pem(seeded, "PRIVATE KEY", &PKCS8_HEAD, 135),
        "pem-encrypted" => pem(seeded, "ENCRYPTED PRIVATE KEY", &RSA_HEAD, 330),
        "pem-openssh" => pem(seeded, "OPENSSH PRIVATE KEY", b"openssh-key-v1\0\0\0\0\x04none", 360),
        "pem-pgp" => pgp(seeded),
        "putty" => putty(seeded),
        _ => return None,
    })
}

const EC_HEAD: [u8; 7] = [0x30, 0x77, 0x02, 0x01, 0x01, 0x04, 0x20];
const RSA_HEAD: [u8; 11] = [0x30, 0x82, 0x04, 0xa4, 0x02, 0x01, 0x00, 0x02, 0x82, 0x01, 0x01];
const PKCS8_HEAD: [u8; 9] = [0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06];

/// 30 characters and the CRC32 of them in base 62, as GitHub and npm tokens end.
fn with_crc(seeded: &mut Seeded) -> String {
    let random = seeded.alphanumeric(30);
    let mut crc = crc32fast::hash(random.as_bytes());
    let digits = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut tail = [b'0'; 6];
    for place in tail.iter_mut().rev() {
        *place = digits[(crc % 62) as usize];
        crc /= 62;
    }
    random + &String::from_utf8_lossy(&tail)
}

fn jwt(seeded: &mut Seeded, algorithm: &str) -> String {
    let head = format!(r#"{{"alg":"{algorithm}","typ":"JWT"}}"#);
    let (subject, issued) = (seeded.digits(8), 1_764_000_000 + seeded.below(900_000));
    let body = format!(r#"{{"sub":"{subject}","iat":{issued},"scope":"{}"}}"#, seeded.lower(9));
    let signature = seeded.vec(if algorithm == "HS256" { 32 } else { 64 });
    [head.as_bytes(), body.as_bytes(), &signature].map(|part| BASE64URL_NOPAD.encode(part)).join(".")
}

fn discord_bot(seeded: &mut Seeded) -> String {
    let id = BASE64URL_NOPAD.encode(format!("1{}", seeded.digits(17)).as_bytes());
    let url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    format!("{id}.G{}.{}", seeded.text(url, 5), seeded.text(url, 38))
}

fn armour(bytes: &[u8], width: usize) -> String {
    let text = BASE64.encode(bytes);
    let lines: Vec<_> =
        (0..text.len()).step_by(width).map(|at| &text[at..text.len().min(at + width)]).collect();
    lines.join("\n")
}

fn pem(seeded: &mut Seeded, label: &str, head: &[u8], length: usize) -> String {
    let mut der = head.to_vec();
    der.extend(seeded.vec(length));
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----", armour(&der, 64))
}

fn pgp(seeded: &mut Seeded) -> String {
    let label = "PGP PRIVATE KEY BLOCK";
    let (body, sum) = (armour(&seeded.vec(300), 64), BASE64.encode(&seeded.bytes::<3>()));
    format!("-----BEGIN {label}-----\n\n{body}\n={sum}\n-----END {label}-----")
}

fn putty(seeded: &mut Seeded) -> String {
    let (public, private) = (armour(&seeded.vec(51), 64), armour(&seeded.vec(96), 64));
    format!(
        "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: bot\nPublic-Lines: {}\n{public}\nPrivate-Lines: {}\n{private}\nPrivate-MAC: {}",
        public.lines().count(),
        private.lines().count(),
        seeded.hex(64)
    )
}

/// What of an armoured key is secret: its body without the lines around it.
pub fn secret_body(armoured: &str) -> String {
    let private = armoured.split_once("Private-Lines").map_or(armoured, |(_, private)| private);
    let body =
        private.lines().filter(|line| line.len() >= 20 && !line.contains("-----") && !line.contains(": "));
    body.collect::<Vec<_>>().join("\n")
}

/// Base64 that is nobody's secret, and begins like a token.
pub fn harmless_base64(seeded: &mut Seeded) -> String {
    let id = seeded.digits(9);
    let text =
        format!(r#"{{"symbol":"BTCUSDT","interval":"1h","page":{id},"next":"{}"}}"#, pattern::uuid(seeded));
    BASE64URL_NOPAD.encode(text.as_bytes())
}
