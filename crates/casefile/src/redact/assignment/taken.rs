//! Hides a value, if it is what its name demands.

use super::demand::{demanded, is_label, is_name_itself};
use super::on_chain::is_on_chain;
use super::ordinary;
use super::prose::is_identifier;
use super::sum::structured_number;
use super::unset;
use crate::redact::find::Span;
use crate::redact::keys::{Demand, Named};
use crate::redact::known::nobody;
use crate::redact::rules::Id;
use crate::redact::value;

/// Hides a value if its name and its look demand it.
pub(in crate::redact) fn take(
    text: &[u8],
    start: usize,
    end: usize,
    named: Named,
    bare: bool,
    out: &mut Vec<Span>,
) {
    let Some(value) = text.get(start..end) else { return };
    // The edge of a box, the end of an element, a remark.
    let is_rule =
        value.starts_with(b"+--") || value.starts_with(b"----") && !value.starts_with(b"-----BEGIN");
    if value.starts_with("\u{2502}".as_bytes())
        || value.starts_with(b"/>")
        || value.starts_with(b"# ")
        || is_rule
    {
        return;
    }
    // `klucz API wczytany (okx) span=317fd95371cb258c`: another name leads to it.
    if unset::is_of_other(&text[..start], value) {
        return;
    }
    let (start, end) =
        value::inside_quotes(value).map_or((start, end), |(from, to)| (start + from, start + to));
    let value = &text[start..end];
    if !demanded(value, named.demand) && !is_encoded(value, named)
        || is_name_itself(value, named.demand)
        || value::is_placeholder(value)
    {
        return;
    }
    // `host › OS name: Microsoft Windows 11`
    if named.rule == Id::HostName && value == b"Microsoft" {
        return;
    }
    // `InvalidToken: https://api.telegram.org/bot…`: what of an address is secret has a shape of its own.
    let is_address = matches!(named.rule, Id::Token | Id::ApiKey)
        && (value.starts_with(b"https://") || value.starts_with(b"http://"))
        && !value.contains(&b'?');
    let is_dsn = named.rule == Id::ConnectionUrl
        && value.len() > 45
        && value.starts_with(b"https://")
        && value[40] == b'@'
        && value[8..40].iter().all(u8::is_ascii_hexdigit);
    // What of an ordinary address is secret has a shape of its own, and its host stays.
    let is_url = named.rule == Id::ConnectionUrl
        && memchr::memmem::find(value, b"://").is_some_and(|at| is_plain_login(&value[at + 3..]));
    // `auth timeout for session 1c9cc679-…`: the number of one among others.
    let is_session = named.rule == Id::Token
        && value.len() == 36
        && is_identifier(value)
        && (text[..start].ends_with(b"session ") || text[..start].ends_with(b"Session "));
    let begins = |name: &[u8]| value.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    let is_url = is_url
        || named.rule == Id::ConnectionUrl
            && [&b"server="[..], b"host=", b"data source="].into_iter().any(begins)
            && !value.contains(&b';');
    let is_service = named.rule == Id::UserName && std::str::from_utf8(value).is_ok_and(nobody::is_nobody);
    if is_address
        || is_url
        || is_service
        || is_session
        || is_dsn
        || named.rule == Id::LicenseKey && (value::is_published_licence(value) || is_path_of_words(value))
        // `"wallet.mnemonic": "Recovery phrase (12 or 24 words)"`
        || named.rule == Id::Phrase
            && value.windows(2).any(|pair| pair[0] == b'(' && pair[1].is_ascii_digit())
        || is_label(value, named.rule)
    {
        return;
    }
    take_unless_public(text, (start, end), named, bare, out);
}

/// Words with slashes between them: `Settings/Accounts/API`.
fn is_path_of_words(value: &[u8]) -> bool {
    value.contains(&b'/')
        && value.iter().any(u8::is_ascii_lowercase)
        && value.iter().all(|byte| byte.is_ascii_alphabetic() || b"/_ ".contains(byte))
}

/// `anna:Pa55word@host`, with no sign that could end it elsewhere.
fn is_plain_login(rest: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.%*!-".contains(byte);
    let user = rest.iter().take_while(|byte| is_part(byte)).count();
    let password = rest.get(user + 1..).unwrap_or_default();
    let length = password.iter().take_while(|byte| is_part(byte)).count();
    rest.get(user) == Some(&b':') && length >= 3 && password.get(length) == Some(&b'@')
}

/// Whether it says of a person what is demanded, in base64, as the secrets of a cluster have it.
fn is_encoded(value: &[u8], named: Named) -> bool {
    named.rule > Id::HiddenWord
        && value.len() >= 8
        && value.len().is_multiple_of(4)
        && data_encoding::BASE64.decode(value).is_ok_and(|decoded| {
            decoded.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ')
                && demanded(&decoded, named.demand)
        })
}

/// As [`take`], for what a machine made for sure: [`super::glance::end_of_made`].
pub(super) fn take_made(text: &[u8], start: usize, end: usize, named: Named, out: &mut Vec<Span>) {
    let value = &text[start..end];
    if demanded(value, named.demand) && !(named.rule == Id::LicenseKey && value::is_published_licence(value))
    {
        take_unless_public(text, (start, end), named, true, out);
    }
}

/// Hides a value that its name demands, unless it is one that everybody may see.
fn take_unless_public(
    text: &[u8],
    (start, end): (usize, usize),
    named: Named,
    bare: bool,
    out: &mut Vec<Span>,
) {
    let value = &text[start..end];
    if ordinary::is_ordinary(&text[..start], value, named) || is_on_chain(text, start, end, named) {
        return;
    }
    // A SID says the same wherever it stands: `<UserId>S-1-5-21-…</UserId>`.
    let named = if value.starts_with(b"S-1-5-21-") { Named { rule: Id::Serial, ..named } } else { named };
    let postal = named.demand == Demand::Address && value.contains(&b' ');
    let named = if postal { Named { rule: Id::PersonName, ..named } } else { named };
    let structured = bare && value::is_number(value) && structured_number(text, start, end);
    out.push(Span { start, end, rule: named.rule, bare_number: structured });
}
