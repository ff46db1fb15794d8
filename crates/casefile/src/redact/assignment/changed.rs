//! What a setting was and what it is now, as audit trails say it: `changed api_key from <not set> to …`, `zmieniono hasło z … na …`,
//! `Passwort geändert: alt=… neu=…`, `SmtpPassword;old;new` in a table.

use super::demand::demanded;
use crate::redact::find::Span;
use crate::redact::keys::{Demand, Named};
use crate::redact::rules::Id;
use crate::redact::{keys, value};

/// Longest value.
const LONGEST: usize = 200;

/// What is said of the name before its first value.
const VERBS: [&str; 24] = [
    "changed",
    "updated",
    "modified",
    "rotated",
    "replaced",
    "switched",
    "was changed",
    "set",
    "zmienione",
    "zmieniono",
    "zmieniony",
    "ustawiono",
    "ge\u{e4}ndert",
    "geaendert",
    "zm\u{11b}n\u{11b}no",
    "zmeneno",
    "bylo zm\u{11b}n\u{11b}no",
    "byl zm\u{11b}n\u{11b}n",
    "cambiada",
    "cambiado",
    "\u{437}\u{43c}\u{456}\u{43d}\u{435}\u{43d}\u{43e}",
    "\u{438}\u{437}\u{43c}\u{435}\u{43d}\u{451}\u{43d}",
    "\u{438}\u{437}\u{43c}\u{435}\u{43d}\u{435}\u{43d}",
    "modifi\u{e9}",
];
/// What leads to the old value and to the new one.
const PAIRS: [(&str, &str); 15] = [
    ("from ", " to "),
    ("z ", " na "),
    ("ze ", " na "),
    ("von ", " auf "),
    ("von ", " zu "),
    ("de ", " a "),
    ("de ", " \u{e0} "),
    ("\u{437} ", " \u{43d}\u{430} "),
    ("\u{441} ", " \u{43d}\u{430} "),
    ("alt=", " neu="),
    ("old=", " new="),
    ("was ", ", the new one is "),
    ("was ", ", now "),
    ("by\u{142}o ", ", jest "),
    ("anterior: ", ", nueva: "),
];

/// Quotes as they are printed, and brackets.
const PRINTED: [(&str, &str); 6] = [
    ("\u{201e}", "\u{201d}"),
    ("\u{201e}", "\u{201c}"),
    ("\u{201c}", "\u{201d}"),
    ("\u{ab}", "\u{bb}"),
    ("\u{2018}", "\u{2019}"),
    ("[", "]"),
];

/// Hides both values behind the name; says where the second ends.
pub(super) fn hide(
    text: &[u8],
    (start, end): (usize, usize),
    named: Named,
    out: &mut Vec<Span>,
) -> Option<usize> {
    if named.rule >= Id::HiddenWord || named.rule == Id::Phrase {
        return None;
    }
    match text.get(end)? {
        b'`' => hide_refused(text, start, end, named, out),
        b'\'' if text[end..].starts_with(REJECTED) => hide_rejected(text, end, named, out),
        b' ' | b'"' | b'\'' | b':' | 0xc2 | 0xe2 => hide_said(text, end, named, out),
        b';' | b',' | b'\t' | b'|' => hide_in_row(text, start, end, named, out),
        _ => None,
    }
}

/// Hides both values behind a name in printed quotes, which are letters to who looks for names.
pub(super) fn hide_of_printed(
    text: &[u8],
    (start, end): (usize, usize),
    out: &mut Vec<Span>,
) -> Option<usize> {
    let key = &text[start..end];
    let bare = PRINTED.iter().find_map(|(open, close)| {
        key.strip_prefix(open.as_bytes()).and_then(|key| key.strip_suffix(close.as_bytes()))
    })?;
    hide(text, (start, end), keys::named(bare)?, out)
}

fn hide_said(text: &[u8], end: usize, named: Named, out: &mut Vec<Span>) -> Option<usize> {
    let near = &text[end..(end + 2 * LONGEST).min(text.len())];
    let line = near.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let rest = ["\"", "'", "\u{bb}", "\u{201c}", "\u{201d}", "\u{2019}", ":"]
        .iter()
        .find_map(|quote| line.strip_prefix(quote.as_bytes()))
        .unwrap_or(line)
        .strip_prefix(b" ")?;
    // Most sentences go on with another word.
    if !matches!(rest.first()?, b'a'..=b'g' | b'i' | b'm' | b'o' | b'r'..=b'w' | b'z' | 0x80..) {
        return None;
    }
    let rest = VERBS
        .iter()
        .find_map(|verb| rest.strip_prefix(verb.as_bytes()))
        .and_then(|rest| rest.strip_prefix(b" ").or_else(|| rest.strip_prefix(b": ")))
        .unwrap_or(rest);
    // `Env mexc_secret_key is set to …`, `Reading mexc_secret_key from store... …`
    for words in ["is set to ", "was set to ", "resolved to ", "failed: got ", "from store... "] {
        if rest.starts_with(words.as_bytes()) {
            let token = Token::at(text, end + line.len() - rest.len() + words.len(), "")?;
            let value = &text[token.start..token.end];
            let is_made = demanded(value, Demand::Set) || demanded(value, Demand::Made);
            return (is_made && !value::is_placeholder(value)).then(|| {
                out.push(Span::new(token.start, token.end, named.rule));
                token.behind
            });
        }
    }
    let from = end + line.len() - rest.len();
    for (before, between) in PAIRS {
        if !rest.starts_with(before.as_bytes()) {
            continue;
        }
        let old = Token::at(text, from + before.len(), between)?;
        if !text[old.behind..].starts_with(between.as_bytes()) {
            continue;
        }
        let new = Token::at(text, old.behind + between.len(), "")?;
        let is_made = |token: &Token| {
            let value = &text[token.start..token.end];
            demanded(value, Demand::Set)
                || demanded(value, Demand::Made)
                || token.is_quoted && demanded(value, named.demand)
        };
        if !is_made(&old) && !is_made(&new) {
            return None;
        }
        for token in [&old, &new] {
            if !value::is_placeholder(&text[token.start..token.end]) {
                out.push(Span::new(token.start, token.end, named.rule));
            }
        }
        return Some(new.behind);
    }
    None
}

/// How Spring says what it was given.
const REJECTED: &[u8] = b"': rejected value [";

fn hide_rejected(text: &[u8], end: usize, named: Named, out: &mut Vec<Span>) -> Option<usize> {
    let from = end + REJECTED.len();
    let length = text[from..].iter().take(LONGEST).position(|byte| matches!(byte, b']' | b'\n'))?;
    let value = &text[from..from + length];
    (text[from + length] == b']' && length > 3 && !value::is_placeholder(value)).then(|| {
        out.push(Span::new(from, from + length, named.rule));
        from + length
    })
}

/// Hides what a reader of settings was given where it wanted something else: ``invalid type: string "…", expected u64 for field `api_key` ``.
fn hide_refused(text: &[u8], start: usize, end: usize, named: Named, out: &mut Vec<Span>) -> Option<usize> {
    let before = &text[..start];
    if !before.ends_with(b"for field `") && !before.ends_with(b"for key `") {
        return None;
    }
    let near = &before[before.len().saturating_sub(LONGEST + 80)..];
    let line = near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let said = memchr::memmem::rfind(line, b"string ")? + b"string ".len();
    let token = Token::at(text, start - line.len() + said, "").filter(|token| token.is_quoted)?;
    (token.end < start && !value::is_placeholder(&text[token.start..token.end])).then(|| {
        out.push(Span::new(token.start, token.end, named.rule));
        end
    })
}

/// One of the two values, and where the text goes on behind it.
struct Token {
    start: usize,
    end: usize,
    behind: usize,
    is_quoted: bool,
}

impl Token {
    fn at(text: &[u8], at: usize, between: &str) -> Option<Self> {
        let near = &text[at..(at + LONGEST).min(text.len())];
        let line = near.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        let slashes = line.iter().take(3).take_while(|byte| **byte == b'\\').count();
        if let Some(quote @ (b'"' | b'\'')) = line.get(slashes) {
            let mark: Vec<u8> = line[..slashes].iter().copied().chain([*quote]).collect();
            let start = at + mark.len();
            let length = memchr::memmem::find(&line[mark.len()..], &mark)?;
            let end = start + length;
            return Some(Self { start, end, behind: end + mark.len(), is_quoted: true });
        }
        // `<not set>`
        if line.starts_with(b"<") {
            let end = at + memchr::memchr(b'>', line)? + 1;
            return Some(Self { start: at, end, behind: end, is_quoted: false });
        }
        let printed = PRINTED.iter().find_map(|(open, close)| {
            let inside = line.strip_prefix(open.as_bytes())?;
            let length = memchr::memmem::find(inside, close.as_bytes())?;
            Some((at + open.len(), length, close.len()))
        });
        if let Some((start, length, close)) = printed {
            return Some(Self {
                start,
                end: start + length,
                behind: start + length + close,
                is_quoted: true,
            });
        }
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"\"'\\<>(".contains(byte);
        let length = line.iter().position(is_end).unwrap_or(line.len());
        let token = &line[..length];
        // The comma or the point of a sentence.
        let kept = token.len() - token.iter().rev().take_while(|byte| b",;.".contains(byte)).count();
        let kept = if between.starts_with(',') { kept } else { kept.max(usize::from(length > 0)) };
        (kept > 0).then_some(Self { start: at, end: at + kept, behind: at + kept, is_quoted: false })
    }
}

/// The old and the new value in the cells behind the name of a setting.
fn hide_in_row(text: &[u8], start: usize, end: usize, named: Named, out: &mut Vec<Span>) -> Option<usize> {
    let sign = text[end];
    // A setting is not the first cell of such a row, and no symbol: `;WIF;MeanRev_M15;`.
    let is_setting = named.rule < Id::PrivateKey && end - start >= 6;
    if text[..start].last() != Some(&sign) || !is_setting {
        return None;
    }
    let near = &text[end + 1..(end + 1 + 2 * LONGEST).min(text.len())];
    let line = near.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let mut at = end + 1;
    let mut values = Vec::new();
    for cell in line.split(|byte| *byte == sign).take(2) {
        let is_made = (demanded(cell, Demand::Set) || demanded(cell, Demand::Made))
            && !cell.iter().any(|byte| byte.is_ascii_whitespace() || b"\"'".contains(byte))
            && keys::named(cell).is_none();
        if !is_made && !value::is_placeholder(cell) {
            return None;
        }
        if is_made {
            values.push(Span::new(at, at + cell.len(), named.rule));
        }
        at += cell.len() + 1;
    }
    (values.len() == 2).then(|| {
        let end = values[1].end;
        out.append(&mut values);
        end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_values_of_a_change_go() {
        let named = Named { rule: Id::Password, demand: Demand::Any };
        for (before, name, behind, old, new) in [
            (
                "audit: Exchange.",
                "Password",
                " changed from '§' to '€' (2025)",
                "KafkaPivo320",
                "aUjzJhtZmYXa0",
            ),
            (
                "changed ",
                "api_key",
                " from § to €, strategy kept",
                "mx0vglVn3Tncdf7dAL",
                "N4RuHZJUJh980matXb",
            ),
            ("zmieniono ", "haslo", " z § na €", "Wisla$9458$", "orzel@0884#"),
            ("Einstellung ", "Passwort", " ge\u{e4}ndert: alt=§ neu=€", "uqza334%GXF3", "MondKyjiv473"),
            ("", "contrase\u{f1}a", " cambiada de § a €\"}", "burzabitka755", "UIyQedFV7BQKG9"),
            (
                "",
                "\u{43f}\u{430}\u{440}\u{43e}\u{43b}\u{44c}",
                " \u{437}\u{43c}\u{456}\u{43d}\u{435}\u{43d}\u{43e} \u{437} § \u{43d}\u{430} €",
                "burza.7227?",
                "aczl846!DWE5",
            ),
            ("old ", "password", " was §, the new one is €", "wzss748!HBX2", "GGYx94LUxKf8J"),
            (
                "",
                "Has\u{142}o",
                ": by\u{142}o \u{201e}§\u{201d}, jest \u{201e}€\u{201d}",
                "burza.7227?",
                "Wisla 9458",
            ),
            ("", "password", " modifi\u{e9} de § \u{e0} €", "burzabitka755", "UIyQedFV7BQKG9"),
            ("", "contrase\u{f1}a", " anterior: §, nueva: €", "burzabitka755", "UIyQedFV7BQKG9"),
            ("t;anna;", "SmtpPassword", ";§;€;UI", "KyjivSol693", "PivoGdansk643"),
        ] {
            let text = format!("{before}{name}{}", behind.replace('§', old).replace('€', new));
            let mut out = Vec::new();
            hide(text.as_bytes(), (before.len(), before.len() + name.len()), named, &mut out);
            let hidden: Vec<_> = out.iter().map(|span| &text[span.start..span.end]).collect();
            assert_eq!(hidden, [old, new], "{text}");
        }
        for (before, name, behind, new) in [
            (
                "changed ",
                "secret",
                " from <not set> to PbMt1dts0tEhh3Af8mCAbNtOXF6MGmdU",
                "PbMt1dts0tEhh3Af8mCAbNtOXF6MGmdU",
            ),
            ("changed ", "secret", " from \"<not set>\" to \"nA6B$ojMRTN3\" (preset)", "nA6B$ojMRTN3"),
        ] {
            let text = format!("{before}{name}{behind}");
            let mut out = Vec::new();
            hide(text.as_bytes(), (before.len(), before.len() + name.len()), named, &mut out);
            let hidden: Vec<_> = out.iter().map(|span| &text[span.start..span.end]).collect();
            assert_eq!(hidden, [new], "{text}");
        }
    }

    #[test]
    fn what_a_setting_is_said_to_be() {
        let named = Named { rule: Id::ApiSecret, demand: Demand::Any };
        for (behind, value) in [
            (" is set to 'aUjzJhtZmYXa0'", "aUjzJhtZmYXa0"),
            (" resolved to [aUjzJhtZmYXa0]", "aUjzJhtZmYXa0"),
            (" failed: got \"aUjzJhtZmYXa0\", expected 64 digits", "aUjzJhtZmYXa0"),
        ] {
            let text = format!("api_secret{behind}");
            let mut out = Vec::new();
            hide(text.as_bytes(), (0, 10), named, &mut out);
            let hidden: Vec<_> = out.iter().map(|span| &text[span.start..span.end]).collect();
            assert_eq!(hidden, [value], "{text}");
        }
        for behind in [" resolved to production", " failed: got status 401", " is set to [empty]"] {
            let text = format!("api_secret{behind}");
            let mut out = Vec::new();
            hide(text.as_bytes(), (0, 10), named, &mut out);
            assert_eq!(out, [], "{text}");
        }
    }

    #[test]
    fn names_in_printed_quotes() {
        for (name, behind) in [
            ("\u{ab}has\u{142}o\u{bb}", " zmieniono z \u{ab}§\u{bb} na \u{ab}€\u{bb}"),
            ("\u{201e}Passwort\u{201c}", " ge\u{e4}ndert von \u{201e}§\u{201c} auf \u{201e}€\u{201c}"),
        ] {
            let text = format!("{name}{}", behind.replace('§', "KafkaPivo320").replace('€', "aUjzJhtZmYXa0"));
            let mut out = Vec::new();
            hide_of_printed(text.as_bytes(), (0, name.len()), &mut out);
            let hidden: Vec<_> = out.iter().map(|span| &text[span.start..span.end]).collect();
            assert_eq!(hidden, ["KafkaPivo320", "aUjzJhtZmYXa0"], "{text}");
        }
    }

    #[test]
    fn what_is_no_value_stays() {
        let named = Named { rule: Id::Password, demand: Demand::Any };
        for (before, name, behind) in [
            ("", "password", " changed from default to custom"),
            ("", "token", " switched from demo to live"),
            ("", "secret", " from vault to keyring"),
            ("changed ", "password", " from <not set> to <not set>"),
            ("name;", "api_key", ";api_secret;passphrase"),
            ("x;", "password", ";;"),
            ("x;", "WIF", ";MeanRev_M15;RSI_Div2;"),
            ("", "password", ";KyjivSol693;PivoGdansk643"),
        ] {
            let text = format!("{before}{name}{behind}");
            let mut out = Vec::new();
            hide(text.as_bytes(), (before.len(), before.len() + name.len()), named, &mut out);
            assert_eq!(out, [], "{text}");
        }
    }
}
