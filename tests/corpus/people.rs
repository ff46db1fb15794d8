//! Parts that name a person, an account or a machine.

use std::net::Ipv4Addr;

use crate::seeded::Seeded;

pub(super) fn part(name: &str, seeded: &mut Seeded) -> Option<String> {
    Some(match name {
        "email" => email(seeded),
        "phone-pl" => format!(
            "+48 {}{} {} {}",
            seeded.text("5678", 1),
            seeded.text("0123456789", 2),
            three(seeded),
            three(seeded)
        ),
        "phone-de" => {
            format!("+49 15{} {}", seeded.text("127", 1) + &seeded.text("0123456789", 1), seeded.digits(8))
        }
        "phone-us" => format!("+1 ({}) {}-{}", three(seeded), three(seeded), seeded.digits(4)),
        "phone-bare" => format!("{}{}", seeded.text("5678", 1), seeded.text("0123456789", 8)),
        "visa" => luhn(seeded, "4", 16),
        "mastercard" => luhn(seeded, "53", 16),
        "amex" => luhn(seeded, "37", 15),
        "card-spaced" => groups(&luhn(seeded, "4", 16), ' '),
        "iban-pl" => iban(seeded, "PL", 24),
        "iban-de" => iban(seeded, "DE", 18),
        "iban-spaced" => groups(&iban(seeded, "PL", 24), ' '),
        "nrb" => iban(seeded, "PL", 24)[2..].to_owned(),
        "pesel" => pesel(seeded),
        "nip" => nip(seeded),
        "nip-dashed" => {
            let nip = nip(seeded);
            format!("{}-{}-{}-{}", &nip[..3], &nip[3..6], &nip[6..8], &nip[8..])
        }
        "id-card" => id_card(seeded),
        "full-name" | "user-spaced" => format!("{} {}", seeded.pick(&FIRST), seeded.pick(&LAST)),
        "street" => {
            format!("ul. {} {}/{}", seeded.pick(&STREETS), seeded.between(1, 90), seeded.between(1, 40))
        }
        "birth" => {
            format!("19{}-{:02}-{:02}", seeded.between(50, 99), seeded.between(1, 12), seeded.between(1, 28))
        }
        "ip-four" => public_ipv4(seeded).to_string(),
        "ip-six" => public_ipv6(seeded),
        "mac" => mac(seeded, ":"),
        "mac-dash" => mac(seeded, "-").to_uppercase(),
        "sid" => format!(
            "S-1-5-21-{}-{}-{}-{}",
            seeded.digits(10),
            seeded.digits(9),
            seeded.digits(10),
            seeded.between(1001, 1999)
        ),
        "user" => user(seeded),
        "user-short" => format!("{}~1", user(seeded).replace(['.', '_'], "")[..6].to_uppercase()),
        "host" => format!(
            "{}-{}",
            seeded.pick(&["DESKTOP", "LAPTOP", "PC"]),
            seeded.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 7)
        ),
        "plain-login" => {
            format!("{}{}", seeded.pick(&FIRST).to_lowercase().replace('ł', "l"), seeded.digits(4))
        }
        "money" => format!("{}.{}", seeded.digits(5), seeded.digits(8)),
        "code" => seeded.digits(6),
        "disk" => format!(
            "{}_{}",
            seeded.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 4),
            seeded.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 11)
        ),
        "licence" => {
            let groups: Vec<_> = (0..5).map(|_| seeded.text("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 5)).collect();
            groups.join("-")
        }
        _ => return None,
    })
}

const FIRST: [&str; 14] = [
    "Zbigniew",
    "Grażyna",
    "Wojciech",
    "Małgorzata",
    "Krzysztof",
    "Bożena",
    "Stanisław",
    "Jadwiga",
    "Heinrich",
    "Wilhelmina",
    "Marguerite",
    "Fitzgerald",
    "Świętosława",
    "Bartłomiej",
];
const LAST: [&str; 12] = [
    "Wiśniewski",
    "Kowalczyk",
    "Brzęczyszczykiewicz",
    "Zielińska",
    "Szczepański",
    "Dąbrowska",
    "Hofmannsthal",
    "Featherstone",
    "Quackenbush",
    "Vandermeer",
    "Jabłoński",
    "Krzyżanowska",
];
const STREETS: [&str; 6] =
    ["Marszałkowska", "Słowackiego", "Piłsudskiego", "Grunwaldzka", "Kościuszki", "Żwirki"];

fn three(seeded: &mut Seeded) -> String {
    seeded.digits(3)
}

fn groups(text: &str, separator: char) -> String {
    let mut grouped = String::new();
    for (at, c) in text.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            grouped.push(separator);
        }
        grouped.push(c);
    }
    grouped
}

fn email(seeded: &mut Seeded) -> String {
    let domains =
        ["gmail.com", "wp.pl", "onet.pl", "protonmail.com", "trader.example.com", "poczta.example.pl"];
    format!(
        "{}{}{}@{}",
        seeded.lower(7),
        seeded.pick(&[".", "_", "+", "-"]),
        seeded.lower(6),
        seeded.pick(&domains)
    )
}

fn user(seeded: &mut Seeded) -> String {
    format!("{}{}{}", seeded.lower(6), seeded.pick(&[".", "_", ""]), seeded.lower(5))
}

/// Appends the digit that makes the sum of Luhn right.
fn luhn(seeded: &mut Seeded, head: &str, length: usize) -> String {
    let body = format!("{head}{}", seeded.text("0123456789", length - head.len() - 1));
    let mut sum = 0;
    for (at, c) in body.bytes().rev().enumerate() {
        let digit = u32::from(c - b'0');
        sum += if at % 2 == 0 { digit * 2 - if digit > 4 { 9 } else { 0 } } else { digit };
    }
    format!("{body}{}", (10 - sum % 10) % 10)
}

fn iban(seeded: &mut Seeded, country: &str, digits: usize) -> String {
    let account = seeded.text("0123456789", digits);
    let remainder = |text: &str| {
        text.chars().fold(0_u32, |rest, c| {
            let value = c.to_digit(36).expect("a letter or a digit");
            (rest * if value > 9 { 100 } else { 10 } + value) % 97
        })
    };
    let check = 98 - remainder(&format!("{account}{country}00"));
    format!("{country}{check:02}{account}")
}

fn weighted(digits: &str, weights: &[u32]) -> u32 {
    digits.bytes().zip(weights).map(|(c, weight)| u32::from(c - b'0') * weight).sum()
}

fn pesel(seeded: &mut Seeded) -> String {
    let (year, month, day) = (seeded.between(50, 99), seeded.between(1, 12), seeded.between(1, 28));
    let head = format!("{year:02}{month:02}{day:02}{}", seeded.text("0123456789", 4));
    let sum = weighted(&head, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
    format!("{head}{}", (10 - sum % 10) % 10)
}

fn nip(seeded: &mut Seeded) -> String {
    loop {
        let head = seeded.digits(9);
        let check = weighted(&head, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
        if check < 10 {
            return format!("{head}{check}");
        }
    }
}

/// A Polish identity card: three letters, a check digit, five digits.
fn id_card(seeded: &mut Seeded) -> String {
    let (letters, digits) = (seeded.text("ABCDEFGHIJKLMNPRSTUVWXYZ", 3), seeded.text("0123456789", 5));
    let values = letters.bytes().map(|c| u32::from(c - b'A') + 10);
    let letters_sum: u32 = values.zip([7, 3, 1]).map(|(value, weight)| value * weight).sum();
    let check = (letters_sum + weighted(&digits, &[7, 3, 1, 7, 3])) % 10;
    format!("{letters}{check}{digits}")
}

fn public_ipv4(seeded: &mut Seeded) -> Ipv4Addr {
    // Networks of providers: far from every reserved block.
    let first = *seeded
        .pick(&[5, 31, 37, 46, 62, 77, 78, 79, 80, 83, 85, 89, 91, 93, 95, 109, 176, 178, 188, 212, 217]);
    let [second, third] = [(); 2].map(|()| u8::try_from(seeded.between(1, 254)).expect("a byte"));
    Ipv4Addr::new(first, second, third, u8::try_from(seeded.between(2, 253)).expect("a byte"))
}

fn public_ipv6(seeded: &mut Seeded) -> String {
    let groups: Vec<_> =
        (0..6).map(|_| format!("{}{}", seeded.text("123456789abcdef", 1), seeded.hex(3))).collect();
    format!(
        "2a0{}:{}:{}",
        seeded.text("0123456789", 1),
        seeded.text("123456789abcdef", 1) + &seeded.hex(3),
        groups.join(":")
    )
}

fn mac(seeded: &mut Seeded, separator: &str) -> String {
    let vendor = seeded.pick(&["3c", "a4", "b8", "d0", "f4", "e8", "9c", "7c"]).to_string();
    let rest = (0..5).map(|_| seeded.hex(2));
    std::iter::once(vendor).chain(rest).collect::<Vec<_>>().join(separator)
}
