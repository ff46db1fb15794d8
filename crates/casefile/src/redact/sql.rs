//! Lists of columns and the rows that stand for them: `INSERT INTO … (a, b) VALUES (1, 2), (3, 4)`, `COPY … (a, b) FROM
//! stdin`, and `CREATE TABLE` where the rows that follow do not name their columns.

mod bound;

pub(super) use self::bound::{bound, is_placeholder};
use super::assignment;
use super::find::Span;
use super::keys::Named;

/// How much of a statement is read.
const MAX_STATEMENT: usize = 64 << 10;
/// How far the first bracket stands before a column.
const MAX_BEFORE: usize = 4 << 10;

/// Whether the type of a column stands here.
pub(super) fn is_type(rest: &[u8]) -> bool {
    const TYPES: [&[u8]; 10] = [
        b"varchar",
        b"text",
        b"char",
        b"character varying",
        b"bytea",
        b"blob",
        b"varbinary",
        b"nvarchar",
        b"longtext",
        b"json",
    ];
    TYPES.iter().any(|name| {
        rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
            && rest
                .get(name.len())
                .is_none_or(|next| matches!(next, b'(' | b' ' | b',' | b'\n' | b'\r' | b')'))
    })
}

/// Hides what stands for the column whose name this is.
pub(super) fn find(text: &[u8], key_start: usize, key_end: usize, named: Named, out: &mut Vec<Span>) {
    let from = key_start.saturating_sub(MAX_BEFORE);
    let Some((open, place)) = place_in(&text[from..key_start]) else { return };
    let head = text[from..from + open].trim_ascii_end();
    let head =
        &head[head.iter().rposition(|byte| matches!(byte, b';' | b'(' | b')')).map_or(0, |at| at + 1)..];
    let Some(close) = close_of(text, key_end) else { return };
    let rest = &text[close..(close + 64).min(text.len())];
    let behind = rest.trim_ascii_start();
    let begins = |word: &[u8]| behind.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    if begins(b"values") {
        rows(text, close + (rest.len() - behind.len()) + 6, place, named, out);
    } else if begins(b"from stdin") {
        copied(text, close, place, named, out);
    } else if let Some(table) = created(head) {
        let end = (close + MAX_STATEMENT).min(text.len());
        let mut at = close;
        while let Some(found) = memchr::memmem::find(&text[at..end], table) {
            at += found + table.len();
            let rest = &text[at..(at + 24).min(text.len())];
            let behind =
                rest.iter().position(|byte| !matches!(byte, b'`' | b'"' | b' ')).unwrap_or(rest.len());
            if rest[behind..].get(..6).is_some_and(|word| word.eq_ignore_ascii_case(b"values")) {
                at = rows(text, at + behind + 6, place, named, out);
            }
        }
    }
}

/// Where the bracket stands that is open at the end, and how many columns come before.
fn place_in(before: &[u8]) -> Option<(usize, usize)> {
    // Most lists have none, and are not gone through for each of their names.
    memchr::memrchr(b'(', before)?;
    let (mut depth, mut place) = (0, 0);
    for (at, byte) in before.iter().enumerate().rev() {
        match byte {
            b')' => depth += 1,
            b'(' if depth == 0 => return Some((at, place)),
            b'(' => depth -= 1,
            b',' if depth == 0 => place += 1,
            b';' | b'{' | b'}' | b'=' => return None,
            _ => {}
        }
    }
    None
}

/// Behind the bracket that closes the list of columns.
fn close_of(text: &[u8], from: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.iter().enumerate().skip(from).take(MAX_BEFORE) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at + 1),
            b')' => depth -= 1,
            b';' | b'{' | b'}' => return None,
            _ => {}
        }
    }
    None
}

/// The table of `CREATE TABLE …`.
fn created(head: &[u8]) -> Option<&[u8]> {
    let mut words =
        head.rsplit(|byte| matches!(byte, b' ' | b'.' | b'\n' | b'\t')).filter(|word| !word.is_empty());
    let table = words.next()?;
    let table = table.strip_prefix(b"`").or_else(|| table.strip_prefix(b"\"")).unwrap_or(table);
    let table = table.strip_suffix(b"`").or_else(|| table.strip_suffix(b"\"")).unwrap_or(table);
    let is_created = words.take(6).any(|word| word.eq_ignore_ascii_case(b"table"));
    (is_created && table.len() >= 2).then_some(table)
}

/// The rows in brackets; returns where they end.
fn rows(text: &[u8], from: usize, place: usize, named: Named, out: &mut Vec<Span>) -> usize {
    let limit = (from + MAX_STATEMENT).min(text.len());
    let (mut at, mut start, mut passed) = (from, from, None::<usize>);
    let mut quoted = false;
    while at < limit {
        match text[at] {
            b'\\' if quoted => at += 1,
            b'\'' => quoted = !quoted,
            // A log cut the statement off.
            b'\n' if quoted && passed == Some(place) => break,
            _ if quoted => {}
            b'(' if passed.is_none() => (start, passed) = (at + 1, Some(0)),
            byte @ (b',' | b')') => {
                if let Some(count) = passed {
                    if count == place {
                        let (start, end) = super::table::inner(text, start, at);
                        let end =
                            memchr::memchr(b'\n', &text[start..end]).map_or(end, |length| start + length);
                        if is_placeholder(&text[start..end]) {
                            bound(text, start, end, named, out);
                        } else {
                            assignment::take(text, start, end, named, false, out);
                        }
                    }
                    (start, passed) = (at + 1, (byte == b',').then_some(count + 1));
                }
            }
            b' ' | b'\n' | b'\r' | b'\t' => {}
            _ if passed.is_some() => {}
            _ => break,
        }
        at += 1;
    }
    let at = at.min(limit);
    if quoted && passed == Some(place) && (at == text.len() || text[at] == b'\n') {
        let end = start + text[start..at].trim_ascii_end().len();
        let value = text[start..end].trim_ascii_start();
        let value = value.strip_prefix(b"'").unwrap_or(value);
        assignment::take(text, end - value.len(), end, named, false, out);
    }
    at
}

/// The rows of a copy: values with tabs between, up to a backslash and a dot.
fn copied(text: &[u8], close: usize, place: usize, named: Named, out: &mut Vec<Span>) {
    let Some(mut at) = memchr::memchr(b'\n', &text[close..]).map(|end| close + end + 1) else { return };
    while at < text.len() {
        let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length);
        let line = &text[at..end];
        if line.starts_with(b"\\.") || line.is_empty() {
            return;
        }
        let cells = line.split(|byte| *byte == b'\t');
        let start = at + cells.clone().take(place).map(|cell| cell.len() + 1).sum::<usize>();
        if let Some(cell) = cells.clone().nth(place).filter(|cell| *cell != b"\\N") {
            assignment::take(text, start, start + cell.trim_ascii_end().len(), named, false, out);
        }
        at = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::find;

    #[track_caller]
    fn check(text: &str, hidden: &[&str]) {
        let found: Vec<_> =
            find::by_itself(text.as_bytes()).iter().map(|span| &text[span.start..span.end]).collect();
        assert_eq!(found, hidden, "{text}");
    }

    #[test]
    fn every_row_of_an_insert_is_looked_at() {
        check(
            "INSERT INTO accounts (id, api_key, note) VALUES (1,'Kt8mPq2xLw5rTz9v','a, (b)'), (2, 'Nq4xRv7yKd2mWs6p', 'it''s');",
            &["Kt8mPq2xLw5rTz9v", "Nq4xRv7yKd2mWs6p"],
        );
        check("INSERT INTO `u` (`id`,`password`) VALUES (7,'kot7!ala')", &["kot7!ala"]);
    }

    #[test]
    fn a_statement_that_was_cut_off_ends_with_its_line() {
        let cut = "INSERT INTO keys (name, api_secret) VALUES (1, 'Kt8mPq2xLw5rTz9vNq4x";
        check(cut, &["Kt8mPq2xLw5rTz9vNq4x"]);
        let rest = "\n10:11:13 ERROR disk full\n10:11:14 WARN can't reconnect (timeout)\nlast, it's done, user='x')\n";
        check(&format!("{cut}{rest}"), &["Kt8mPq2xLw5rTz9vNq4x"]);
        let other = "INSERT INTO keys (note, api_secret, n) VALUES ('half of a note";
        let found = find::by_itself(format!("{other}{rest}").as_bytes());
        assert!(found.iter().all(|span| span.end - span.start < 40), "{found:?}");
    }

    #[test]
    fn rows_without_names_belong_to_the_table_that_was_created() {
        let table = "CREATE TABLE `accounts` (\n  `id` int(11) NOT NULL,\n  `fee` decimal(10,2),\n  `api_secret` varchar(128)\n) ENGINE=InnoDB;\n";
        let rows = "INSERT INTO `accounts` VALUES (1,0.10,'Kt8mPq2xLw5rTz9v'),(2,0.20,'Nq4xRv7yKd2mWs6p');\n";
        check(&format!("{table}{rows}"), &["Kt8mPq2xLw5rTz9v", "Nq4xRv7yKd2mWs6p"]);
        check(&format!("{table}{}", rows.replace("accounts", "orders")), &[]);
    }

    #[test]
    fn a_copy_ends_with_a_backslash_and_a_dot() {
        let copy = "COPY public.accounts (id, api_key, active) FROM stdin;\n1\tKt8mPq2xLw5rTz9v\tt\n2\t\\N\tf\n\\.\n3\tNq4xRv7yKd2mWs6p\tt\n";
        check(copy, &["Kt8mPq2xLw5rTz9v"]);
    }
}
