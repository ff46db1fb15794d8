//! Tables: a row of names, and the rows of values below it. CSV with any sign between, tables of Markdown and of
//! consoles.

mod boxed;
mod ruled;

use super::find::Span;
use super::keys::{self, Demand, Named};
use super::rules::Id;
use super::{amount, assignment, value};

/// Longer rows are no row of names.
const MAX_HEADER: usize = 2_048;
/// More columns than a table for people or traders has.
const MAX_COLUMNS: usize = 128;

/// The columns of a table that hold secrets.
#[derive(Clone)]
pub(super) struct Columns {
    between: Between,
    count: usize,
    named: Vec<(usize, Named)>,
    /// What the line of a log began with that wrote the names: those that begin so too are no rows.
    prefix: Option<[u8; 12]>,
}

/// What stands between two cells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Sign(u8),
    /// Two spaces or more.
    Spaces,
}

impl Columns {
    /// Reads a row of names; `least` is how many there have to be.
    pub(super) fn of(line: &[u8], least: usize) -> Option<Self> {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        if line.len() > MAX_HEADER {
            return None;
        }
        let signs =
            [b'\t', b';', b'|', b','].into_iter().filter(|sign| line.contains(sign)).map(Between::Sign);
        signs.chain([Between::Spaces]).find_map(|between| {
            let line = if between == Between::Spaces { line.trim_ascii_start() } else { line };
            let cells = cells(line, between);
            let is_header = (least..=MAX_COLUMNS).contains(&cells.len())
                && cells.iter().all(|(start, end)| is_name(&line[*start..*end]))
                && !cells.iter().any(|(start, end)| is_made(&line[*start..*end]));
            let named: Vec<_> = cells
                .iter()
                .enumerate()
                .filter_map(|(index, (start, end))| {
                    Some((index, in_column(keys::named(&line[*start..*end])?)))
                })
                .collect();
            let named = with_tags(with_people(named, &cells, line));
            (is_header && !named.is_empty()).then_some(Self {
                between,
                count: cells.len(),
                named,
                prefix: None,
            })
        })
    }

    /// Two names beside each other may be anything; what stands below them has to look like a secret.
    fn narrowed(mut self) -> Self {
        for (_, named) in &mut self.named {
            named.demand = if named.rule == Id::Password { Demand::Chosen } else { Demand::Made };
        }
        self.named.retain(|(_, named)| named.rule < Id::Authorization);
        self
    }

    /// Reads a row of names that a log wrote behind its own prefix: the rows below have none.
    fn behind_prefix(line: &[u8], least: usize) -> Option<Self> {
        let columns = Self::without_prefix(line, least)?;
        Some(Self { prefix: date_of(line), ..columns })
    }

    fn without_prefix(line: &[u8], least: usize) -> Option<Self> {
        if let Some(bar) = memchr::memchr(b'|', line).filter(|bar| *bar > 0)
            && let Some(columns) = Self::of(&line[bar..], least)
        {
            return Some(columns);
        }
        let cells = cells(line, Between::Spaces);
        let names = cells.iter().rev().take_while(|(start, end)| is_name(&line[*start..*end])).count();
        let (start, end) = cells.len().checked_sub(names + 1).map(|first| cells[first])?;
        let word = line[start..end].iter().rposition(|byte| matches!(byte, b' ' | b':' | b']' | b'|'))?;
        Self::of(&line[start + word + 1..], least)
    }

    /// Whether the line has a quote too many.
    fn leaves_open(&self, line: &[u8]) -> bool {
        matches!(self.between, Between::Sign(_)) && memchr::memchr_iter(b'"', line).count() % 2 == 1
    }

    /// The cells of a row in which a quote stands for itself, as in a password.
    fn plain_cells(&self, line: &[u8]) -> Option<Vec<(usize, usize)>> {
        let Between::Sign(sign) = self.between else { return None };
        if opens_cell(line, sign).is_some() {
            return None;
        }
        let (mut cells, mut from) = (Vec::new(), 0);
        for cell in line.split(|byte| *byte == sign) {
            cells.push(inner(line, from, from + cell.len()));
            from += cell.len() + 1;
        }
        (cells.len() == self.count).then_some(cells)
    }

    /// Where the row ends that begins here, if what stands in the quotes of one of its cells goes on over several lines.
    fn end_over_lines(&self, text: &[u8], at: usize) -> Option<usize> {
        let Between::Sign(sign) = self.between else { return None };
        let mut end = at;
        for _ in 0..MAX_ROW_LINES {
            end = memchr::memchr(b'\n', &text[end..]).map_or(text.len(), |length| end + length);
            if !opens_cell(&text[at..end], sign)? {
                let is_whole = cells(&text[at..end], self.between).len() == self.count;
                return is_whole.then_some(end);
            }
            if end == text.len() {
                break;
            }
            end += 1;
        }
        None
    }

    /// Hides the cells of the rows from here on; says where the table ends, or nothing when the text ends first.
    pub(super) fn hide(&self, text: &[u8], from: usize, out: &mut Vec<Span>) -> Option<usize> {
        let (mut at, mut open) = (from, 0);
        while at < text.len() {
            let mut end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length);
            // A column of spaces in front is none.
            let indent = if self.between == Between::Spaces {
                text[at..end].len() - text[at..end].trim_ascii_start().len()
            } else {
                0
            };
            let (mut line, at_line) = (&text[at + indent..end], at + indent);
            let is_rule =
                !line.is_empty() && line.iter().all(|byte| b"|-+=: \r".contains(byte) || *byte >= 0x80);
            // The next line of the log, with columns of its own.
            if self.prefix.is_some() && date_of(&text[at..end]) == self.prefix {
                return Some(at);
            }
            if !is_rule {
                let mut cells = cells(line, self.between);
                let is_open = self.leaves_open(line);
                if cells.len() != self.count
                    && let Some(later) = self.end_over_lines(text, at)
                {
                    (end, line) = (later, &text[at..later]);
                    cells = self::cells(line, self.between);
                } else if cells.len() != self.count
                    && let Some(plain) = self.plain_cells(line)
                {
                    cells = plain;
                } else if cells.len() != self.count && open > 0 {
                    // The rest of a cell that a row before left open.
                    open = if is_open { 0 } else { open - 1 };
                    at = end + 1;
                    continue;
                } else if is_open {
                    open = MAX_ROW_LINES;
                }
                // A frame of pandas numbers its rows, and has no name for that.
                let numbered = usize::from(self.between == Between::Spaces && cells.len() == self.count + 1);
                let is_number =
                    |(start, end): (usize, usize)| line[start..end].iter().all(u8::is_ascii_digit);
                if cells.len() != self.count + numbered || numbered == 1 && !is_number(cells[0]) {
                    return Some(at);
                }
                for (index, named) in &self.named {
                    let (start, stop) = cells[index + numbered];
                    let (start, stop) = (at_line + start, at_line + stop);
                    match amount::of_cell(&text[start..stop]).filter(|_| named.rule == Id::Balance) {
                        Some((from, to)) => out.push(Span::new(start + from, start + to, named.rule)),
                        None => assignment::take(text, start, stop, *named, true, out),
                    }
                }
            }
            at = end + 1;
        }
        None
    }
}

/// Lines that a cell in quotes goes on over.
const MAX_ROW_LINES: usize = 12;

/// Whether a cell in quotes is not closed yet; nothing where quotes do not stand around cells, as in `27" rig`.
fn opens_cell(row: &[u8], sign: u8) -> Option<bool> {
    let (mut at, mut is_open) = (0, false);
    while let Some(found) = memchr::memchr(b'"', &row[at..]) {
        let quote = at + found;
        at = quote + 1;
        if !is_open {
            if quote > 0 && !matches!(row[quote - 1], b'\n') && row[quote - 1] != sign {
                return None;
            }
            is_open = true;
        } else if row.get(at) == Some(&b'"') {
            at += 1;
        } else if matches!(row.get(at), None | Some(b'\r' | b'\n')) || row.get(at) == Some(&sign) {
            is_open = false;
        } else {
            return None;
        }
    }
    Some(is_open)
}

/// Under a heading a name means what it says, whatever its value looks like.
pub(super) fn in_column(named: Named) -> Named {
    let demand = match named.demand {
        Demand::Amount => Demand::Number,
        Demand::Name | Demand::Account | Demand::Machine => Demand::Any,
        other => other,
    };
    Named { demand, ..named }
}

/// A column of names is one of people where others have their addresses and numbers.
fn with_people(mut named: Vec<(usize, Named)>, cells: &[(usize, usize)], line: &[u8]) -> Vec<(usize, Named)> {
    let is_of_people =
        |(_, named): &&(usize, Named)| matches!(named.rule, Id::Email | Id::Phone | Id::Iban | Id::Pesel);
    if named.iter().filter(is_of_people).count() >= 2 {
        for (index, (start, end)) in cells.iter().enumerate() {
            if named.iter().all(|(other, _)| *other != index) && keys::is_of_someone(&line[*start..*end]) {
                named.push((index, Named { rule: Id::PersonName, demand: Demand::Any }));
            }
        }
        named.sort_by_key(|(index, _)| *index);
    }
    named
}

/// A column of tags is one of deposits where another one has their addresses.
fn with_tags(mut named: Vec<(usize, Named)>) -> Vec<(usize, Named)> {
    if named.iter().any(|(_, named)| named.rule == Id::WalletAddress) {
        for (_, tag) in named.iter_mut().filter(|(_, named)| named.demand == Demand::Beside) {
            tag.demand = Demand::Tag;
        }
    }
    named.retain(|(_, named)| named.demand != Demand::Beside);
    named
}

/// The cells of a row without what encloses them.
fn cells(line: &[u8], between: Between) -> Vec<(usize, usize)> {
    let mut cells = Vec::new();
    let (mut start, mut at, mut quoted) = (0, 0, false);
    while at <= line.len() {
        let byte = line.get(at).copied();
        quoted ^= byte == Some(b'"');
        let (is_end, width) = match (byte, between) {
            (None, _) => (true, 1),
            (Some(byte), Between::Sign(sign)) => (!quoted && byte == sign, 1),
            (Some(_), Between::Spaces) => {
                let spaces = line[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                (spaces >= 2, spaces.max(1))
            }
        };
        if is_end {
            cells.push(inner(line, start, at));
            start = (at + width).min(line.len());
        }
        at += width;
        if cells.len() > MAX_COLUMNS {
            break;
        }
    }
    // The bars at the edges of a table of Markdown are no cells.
    if between == Between::Sign(b'|') {
        if cells.first().is_some_and(|(start, end)| start == end) {
            cells.remove(0);
        }
        if cells.last().is_some_and(|(start, end)| start == end) {
            cells.pop();
        }
    }
    cells
}

/// Whether the line below is one of dashes, as under the names of a table.
pub(super) fn is_above_a_rule(text: &[u8], at: usize) -> bool {
    let near = &text[at..(at + MAX_HEADER).min(text.len())];
    let Some(end) = memchr::memchr(b'\n', near) else { return false };
    let below = &near[end + 1..];
    if !matches!(below.first_chunk(), Some(b"--" | b"+-" | b"|-")) {
        return false;
    }
    let below = below.split(|byte| *byte == b'\n').next().unwrap_or_default();
    below.len() > 3 && below.iter().all(|byte| b"|-+=: \r".contains(byte))
}

/// Whether one of the cells of what looks like a row of names is a mask.
fn columns_of_mask(line: &[u8]) -> bool {
    cells(line.trim_ascii_start(), Between::Spaces).iter().any(|(start, end)| {
        let cell = &line.trim_ascii_start()[*start..*end];
        cell.len() >= 4 && cell.iter().all(|byte| *byte == cell[0]) && matches!(cell[0], b'x' | b'X' | b'*')
    })
}

/// Whether it is in the row of names of a box of three columns or more.
pub(super) fn is_head_of_box(text: &[u8], at: usize) -> bool {
    let from = at.saturating_sub(MAX_HEADER);
    let start = memchr::memrchr(b'\n', &text[from..at]).map_or(from, |found| from + found + 1);
    let Some(end) = memchr::memchr(b'\n', &text[at..(at + MAX_HEADER).min(text.len())]) else { return false };
    let above = text[..start.saturating_sub(1)].rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    boxed::is_rule(above) && boxed::is_head(&text[start..at + end], &text[at + end + 1..])
}

/// Whether the line below has as many bars, as the rows of a table have.
pub(super) fn is_above_a_row(text: &[u8], at: usize) -> bool {
    let from = at.saturating_sub(MAX_HEADER);
    let start = memchr::memrchr(b'\n', &text[from..at]).map_or(from, |found| from + found + 1);
    let near = &text[start..(at + MAX_HEADER).min(text.len())];
    let mut lines = near.split(|byte| *byte == b'\n').map(|line| memchr::memchr_iter(b'|', line).count());
    let bars = lines.next();
    bars == lines.next() && bars.is_some_and(|bars| bars > 0)
}

/// A cell without spaces and quotes.
pub(super) fn inner(line: &[u8], start: usize, end: usize) -> (usize, usize) {
    let cell = &line[start..end];
    let from = start + (cell.len() - cell.trim_ascii_start().len());
    let to = (start + cell.trim_ascii_end().len()).max(from);
    let quoted = to - from >= 2 && matches!(line[from], b'"' | b'\'') && line[to - 1] == line[from];
    if quoted { (from + 1, to - 1) } else { (from, to) }
}

/// What no heading is: letters and digits that a machine made, or a password.
fn is_made(cell: &[u8]) -> bool {
    // `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`
    let is_token = || cell.split(|byte| b"-_.".contains(byte)).any(value::is_jumbled);
    cell.len() >= 10
        && (cell.iter().any(u8::is_ascii_digit) && value::is_random_looking(cell)
            || cell.len() >= 24 && is_token())
        && keys::named(cell).is_none()
}

/// The date or the time that a line of a log begins with and the sign behind it, its digits as noughts.
fn date_of(line: &[u8]) -> Option<[u8; 12]> {
    let head: [u8; 12] = *line.first_chunk()?;
    let digits = head.iter().filter(|byte| byte.is_ascii_digit()).count();
    let shape = |byte: u8| match byte {
        b'0'..=b'9' => b'0',
        b'A'..=b'Z' => b'A',
        other => other,
    };
    (digits >= 4).then(|| head.map(shape))
}

/// A heading: a few words, no value.
fn is_name(cell: &[u8]) -> bool {
    (1..=40).contains(&cell.len())
        && (cell[0].is_ascii_alphabetic()
            // `2FA secret`
            || cell.len() <= 24 && !cell.get(1).is_some_and(u8::is_ascii_digit) && keys::named(cell).is_some()
            || cell[0] >= 0x80
            || cell[0] == b'_'
            || cell[0] == b'#')
        && cell.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-. /()#".contains(byte) || *byte >= 0x80)
        && cell.iter().filter(|byte| byte.is_ascii_digit()).count() <= 4
}

/// Whether a name stands in a row of names; hides what stands below it. Returns the end of the table: rows that
/// could be rows of names themselves are not read again, or a table of them would be read once for each row.
pub(super) fn around(
    text: &[u8],
    key_start: usize,
    key_end: usize,
    named: Named,
    out: &mut Vec<Span>,
) -> Option<usize> {
    let line_start = memchr::memrchr(b'\n', &text[key_start.saturating_sub(MAX_HEADER)..key_start])
        .map_or(key_start.saturating_sub(MAX_HEADER), |at| key_start.saturating_sub(MAX_HEADER) + at + 1);
    let line_end = key_end + memchr::memchr(b'\n', &text[key_end..(key_end + MAX_HEADER).min(text.len())])?;
    let is_ruled = is_above_a_rule(text, key_end);
    let is_sure = line_start == 0 || named.rule == Id::Serial || is_ruled;
    let line = &text[line_start..line_end];
    let least = if is_sure { 2 } else { 3 };
    if let Some(end) = boxed::hide(text, line, line_end + 1, out) {
        return Some(end);
    }
    if is_ruled && let Some(end) = ruled::hide(text, line, line_end + 1, out) {
        return Some(end);
    }
    // `the update asked for admin password, I typed it`
    let is_sentence = line.contains(&b',')
        && memchr::memmem::find(line, b"  ").is_none()
        && line
            .split(|byte| b",;|\t".contains(byte))
            .any(|cell| memchr::memchr_iter(b' ', cell.trim_ascii()).count() > 4);
    if is_sentence && !is_ruled {
        return None;
    }
    let columns = Columns::of(line, least).or_else(|| Columns::behind_prefix(line, least));
    let row = text[line_end + 1..].split(|byte| *byte == b'\n').next().unwrap_or_default();
    // A list of names and values looks the same, and has a name in its next row too.
    let first = row.split(|byte| b"\t;|,".contains(byte)).next().unwrap_or_default();
    let first = memchr::memmem::find(first.trim_ascii_start(), b"  ")
        .map_or(first, |end| &first.trim_ascii_start()[..end]);
    // `map_key | lock:…` and below it `config_sha256 | e423…`
    let is_field = |cell: &[u8]| {
        let cell = cell.trim_ascii();
        cell.contains(&b'_')
            && cell.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_')
    };
    let is_list = is_field(first)
        && memchr::memchr_iter(b'|', row).count() == 1
        && line.split(|byte| *byte == b'|').next().is_some_and(is_field)
        && line
            .split(|byte| *byte == b'|')
            .nth(1)
            .is_some_and(|cell| keys::named(cell.trim_ascii()).is_none());
    // `keys: apiKey,secret,password`: a list of names, and a sentence below it.
    let is_label =
        [&b"keys: "[..], b"fields: ", b"required: ", b"missing: ", b"redacted: ", b"masked: ", b"scopes: "]
            .iter()
            .any(|label| memchr::memmem::find(line, label).is_some());
    let is_list =
        is_list || is_label && row.split(|byte| *byte == b',').any(|cell| cell.trim_ascii().contains(&b' '));
    if (line_start > 0 || is_label) && !is_ruled && (is_list || keys::named(first).is_some()) {
        return None;
    }
    // `KeystorePassword    xxxxxxxx`, and the next name below: a list of names and values.
    if columns_of_mask(line) {
        return None;
    }
    if let Some(columns) = columns {
        return Some(columns.hide(text, line_end + 1, out).unwrap_or(text.len()));
    }
    let columns = Columns::of(line, 2).filter(|_| !is_sure).map(Columns::narrowed)?;
    let (mut found, next) = (Vec::new(), line_end + 1);
    let end = columns.hide(text, next, &mut found).unwrap_or(text.len());
    // A list of names and values looks the same, and has names in each of its rows.
    let row = text[next..end].split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_list = row.split(|byte| b"\t;|,".contains(byte)).any(|cell| keys::named(cell).is_some());
    out.extend(found.iter().filter(|_| !is_list));
    (!is_list && !found.is_empty()).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Named = Named { rule: Id::ApiKey, demand: Demand::Any };

    #[track_caller]
    fn check(table: &str, hidden: &[&str]) {
        let line_end = table.find('\n').unwrap();
        let columns = Columns::of(&table.as_bytes()[..line_end], 2).unwrap();
        let mut spans = Vec::new();
        columns.hide(table.as_bytes(), line_end + 1, &mut spans);
        let found: Vec<_> = spans.iter().map(|span| &table[span.start..span.end]).collect();
        assert_eq!(found, hidden);
    }

    #[test]
    fn cells_below_a_secret_name_are_hidden() {
        check(
            "exchange,api_key,note\nbinance,abcd1234,main\nokx,\"ef,gh5678\",\n",
            &["abcd1234", "ef,gh5678"],
        );
        check("name;haslo\nanna;kot ala\n", &["kot ala"]);
        check("| exchange | api_secret |\n|---|---|\n| okx | ab12cd34 |\n", &["ab12cd34"]);
        check("api_key,sha256\nabcd1234,00ff\n", &["abcd1234"]);
        check("NAME   API KEY\nokx    ab12cd34\n", &["ab12cd34"]);
    }

    #[test]
    fn a_log_can_write_its_prefix_before_the_names() {
        for (prefix, table) in [
            ("2026-11-24 10:00:00 ERROR exchange:", "NAME   API_KEY   SECRET\nokx-1  abCdefgh  ijklmnop\n"),
            (
                "2026-11-24 [DEB] (Socket) ",
                "| name | api key | secret |\n|---|---|---|\n| okx | abCdefgh | ijklmnop |\n",
            ),
        ] {
            let text = format!("{prefix}{table}");
            let key_start = text.to_lowercase().find("api").unwrap();
            let mut spans = Vec::new();
            around(text.as_bytes(), key_start, key_start + 7, KEY, &mut spans);
            let found: Vec<_> = spans.iter().map(|span| &text[span.start..span.end]).collect();
            assert_eq!(found, ["abCdefgh", "ijklmnop"], "{text}");
        }
    }

    #[test]
    fn rows_that_look_like_names_belong_to_the_table_above() {
        let table = "exchange,password,note\n".repeat(1_000);
        let mut spans = Vec::new();
        let end = around(table.as_bytes(), 9, 17, KEY, &mut spans);
        assert_eq!((end, spans.len()), (Some(table.len()), 0), "the word itself is no value");
        let rows = format!("exchange,password,note\n{}\nlast line", "okx,abcd1234,main\n".repeat(50));
        assert_eq!(around(rows.as_bytes(), 9, 17, KEY, &mut spans), Some(rows.len() - "\nlast line".len()));
        assert_eq!(spans.len(), 50);
    }

    #[test]
    fn a_table_ends_where_its_rows_do() {
        check("exchange,password\nokx,abcd1234\n\nthis, line, is, none\n", &["abcd1234"]);
        assert!(Columns::of(b"time,open,high,low,close", 2).is_none());
        assert!(Columns::of(b"2026-11-24 10:00:00, token, 12", 2).is_none());
    }
}
