//! Private keys as JSON writes them. Source: RFC 7517; RFC 7518, section 6.

use super::quote::{quote_at, quote_end};
use super::separator::skip_spaces;
use super::take;
use crate::redact::find::Span;
use crate::redact::keys::{Demand, Named};
use crate::redact::rules::Id;

/// The members that only its owner knows.
const SECRET: [&[u8]; 7] = [b"d", b"p", b"q", b"dp", b"dq", b"qi", b"k"];
/// Longest part of a key that is read before and behind its type.
const NEAR: usize = 4_096;

/// Hides the secret members of the object whose `kty` stands here; says where to go on.
pub(super) fn hide(text: &[u8], start: usize, end: usize, out: &mut Vec<Span>) -> usize {
    let before = &text[start.saturating_sub(NEAR)..start];
    let Some(open) = before.iter().rposition(|byte| matches!(byte, b'{' | b'}')) else { return end };
    let from = start - before.len() + open + 1;
    let near = &text[from..(end + NEAR).min(text.len())];
    let inside = near.split(|byte| matches!(byte, b'}' | b'{')).next().unwrap_or_default();
    let mut at = from;
    for member in inside.split(|byte| *byte == b',') {
        let name_at = at + member.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        at += member.len() + 1;
        let Some(quote) = quote_at(text, name_at) else { continue };
        let name = name_at + quote.mark.len();
        let name_end = quote_end(text, name, quote);
        let colon = skip_spaces(text, (name_end + quote.mark.len()).min(text.len()));
        if !SECRET.contains(&&text[name..name_end]) || text.get(colon) != Some(&b':') {
            continue;
        }
        let value_at = skip_spaces(text, colon + 1);
        if let Some(quote) = quote_at(text, value_at) {
            let value = value_at + quote.mark.len();
            let named = Named { rule: Id::PrivateKey, demand: Demand::Made };
            take(text, value, quote_end(text, value, quote), named, false, out);
        }
    }
    end
}
