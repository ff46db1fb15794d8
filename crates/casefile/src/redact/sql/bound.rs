//! Values that are sent beside a statement, which a log writes behind it.

use super::super::find::Span;
use super::super::keys::Named;
use super::super::{assignment, table};

/// How much of a statement is read.
const MAX_STATEMENT: usize = 4 << 10;

/// What stands for a value that is sent beside the statement: `?`, `$2`, `%s`, `:2`.
pub(in crate::redact) fn is_placeholder(value: &[u8]) -> bool {
    match value {
        b"?" | b"%s" => true,
        [b'$' | b':' | b'?', digits @ ..] => {
            (1..=3).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
        }
        // A parameter with a name, of SQL Server.
        [b'@', name @ ..] => {
            (1..=32).contains(&name.len())
                && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        }
        _ => false,
    }
}

/// How far behind its statement a list of values begins.
const MAX_BEHIND: usize = 1_024;

/// What stands before such a list.
const WORDS: [&[u8]; 8] =
    [b"generated in", b"cached since", b"no key", b"param", b"args", b"binds", b"bindings", b"with values"];

/// The value for a placeholder, in the list that a log writes behind the statement: `[generated in 0.2s] ('okx', '…')`,
/// `params: ["okx", "…"]`, `==> Parameters: okx(String), …(String)`, `binding parameter (2:VARCHAR) <- […]`.
pub(in crate::redact) fn bound(text: &[u8], start: usize, end: usize, named: Named, out: &mut Vec<Span>) {
    if text[start] == b'@' {
        return bound_by_name(text, (start, end), named, out);
    }
    let place = match text[start..end] {
        [_, ref digits @ ..] if digits.first().is_some_and(u8::is_ascii_digit) => {
            std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<usize>().ok()).unwrap_or(1)
        }
        _ => 1 + placeholders_before(text, start),
    };
    let near = &text[end..(end + MAX_BEHIND).min(text.len())];
    let lower = near.to_ascii_lowercase();
    // Rails writes names and values behind the statement: `[["label", "hedge"], ["api_key", "…"]]`.
    let line = near.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if memchr::memmem::find(line, b"[[\"").is_some() && memchr::memmem::find(line, b"], [\"").is_some() {
        return;
    }
    if let Some((from, to)) = bound_alone(&lower, place) {
        assignment::take(text, end + from, end + to, named, false, out);
        return;
    }
    let Some(word) = WORDS.iter().filter_map(|word| memchr::memmem::find(&lower, word)).min() else { return };
    let lines = memchr::memchr_iter(b'\n', &lower[..word]).count();
    let Some(open) = lower[word..].iter().position(|byte| matches!(byte, b'(' | b'[' | b':' | b'=')) else {
        return;
    };
    let mut open = word + open;
    // `[parameters: ('…')]`, `params=[…]`
    while lower.get(open).is_some_and(|byte| b":= ([{".contains(byte)) {
        open += 1;
    }
    // Of another message: `"args":[{"channel":"tickers"…`
    if lines > 3 || lines > 0 && near[word..open.min(near.len())].contains(&b'{') {
        return;
    }
    if let Some((from, to)) = item(near, open, place) {
        let (from, to) = table::inner(text, end + from, end + to);
        assignment::take(text, from, to, named, false, out);
    }
}

/// How many placeholders the statement has before this one.
fn placeholders_before(text: &[u8], at: usize) -> usize {
    let statement = &text[at.saturating_sub(MAX_STATEMENT)..at];
    let statement = statement.rsplit(|byte| matches!(byte, b'\n' | b';')).next().unwrap_or_default();
    statement
        .windows(2)
        .filter(|pair| *pair == b"%s" || pair[0] == b'?' && !pair[1].is_ascii_alphanumeric())
        .count()
}

/// The value of a parameter with a name, before the statement or behind it: `Parameters: [@p0='…' (Size = 4000)]`.
fn bound_by_name(text: &[u8], (start, end): (usize, usize), named: Named, out: &mut Vec<Span>) {
    const NEAR: usize = 600;
    let name = [&text[start..end], b"="].concat();
    let from = start.saturating_sub(NEAR);
    let near = &text[from..(end + NEAR).min(text.len())];
    for at in memchr::memmem::find_iter(near, &name) {
        let value = &near[at + name.len()..];
        let value = value.strip_prefix(b"N").unwrap_or(value);
        if let Some(inside) = value.strip_prefix(b"'")
            && let Some(length) = inside.iter().take(NEAR).position(|byte| matches!(byte, b'\'' | b'\n'))
            && inside[length] == b'\''
        {
            let first = from + near.len() - inside.len();
            assignment::take(text, first, first + length, named, false, out);
        }
    }
}

/// A value on a line of its own: `binding parameter [2] as [VARCHAR] - [value]`.
fn bound_alone(lower: &[u8], place: usize) -> Option<(usize, usize)> {
    let name = b"binding parameter ";
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&lower[at..], name) {
        at += found + name.len();
        let number = lower.get(at + 1..)?;
        let digits = number.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if std::str::from_utf8(&number[..digits]).ok()?.parse() == Ok(place) {
            let line = &lower[at..];
            let line = &line[..memchr::memchr(b'\n', line).unwrap_or(line.len())];
            let open = memchr::memmem::find(line, b"- [").or_else(|| memchr::memmem::find(line, b"-["))? + 3;
            let close = line.iter().rposition(|byte| *byte == b']')?;
            return (open <= close).then_some((at + open, at + close));
        }
    }
    None
}

/// The value with this number in a list, without its type behind it.
fn item(list: &[u8], open: usize, place: usize) -> Option<(usize, usize)> {
    let (mut at, mut start, mut count, mut quote) = (open, open, 1, None);
    while at <= list.len() {
        let byte = list.get(at).copied();
        match (byte, quote) {
            (Some(b'\\'), Some(_)) => at += 1,
            (Some(mark), Some(open)) if mark == open => quote = None,
            (Some(mark @ (b'\'' | b'"')), None) => quote = Some(mark),
            (None | Some(b',' | b')' | b']' | b'\n' | b'('), None) => {
                if count == place {
                    return Some((start, at.min(list.len())));
                }
                match byte {
                    // The type of MyBatis: `okx(String)`.
                    Some(b'(') => at += list[at..].iter().position(|byte| *byte == b')')?,
                    Some(b',') => (start, count) = (at + 1, count + 1),
                    _ => return None,
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{hides, keeps};

    #[test]
    fn a_value_behind_its_statement_goes() {
        let insert = "INSERT INTO accounts (exchange, password) VALUES";
        for (before, after) in [
            (" (?, ?)\nsqlalchemy.engine.Engine [generated in 0.00021s] ('okx', '", "')\n"),
            (" (%s, %s) params: ['okx', '", "']\n"),
            (" ($1, $2) -- PARAMETERS: [\"okx\",\"", "\"]\n"),
            (" (?, ?)\n==> Parameters: okx(String), ", "(String)\n"),
            (" (?, ?)\nbinding parameter (1:VARCHAR) <- [okx]\nbinding parameter (2:VARCHAR) <- [", "]\n"),
        ] {
            hides("password", &format!("{insert}{before}"), "kot7!alaMaKota", after);
        }
        let update = "UPDATE accounts SET name = ?, api_secret = ? WHERE id = ? args=['okx', '";
        hides("api-secret", update, "Kt8mPq2xLw5rTz9vNq4x", "', 7]\n");
    }

    #[test]
    fn values_of_other_columns_stay() {
        keeps(
            "INSERT INTO orders (symbol, price) VALUES (?, ?)\n[generated in 0.2s] ('BTCUSDT', '64250.5')\n",
        );
        keeps("SELECT id FROM accounts WHERE password = ?\n2026-11-20 08:00:01 INFO done (3 rows)\n");
    }
}
