//! The logins beside addresses, as lists of proxies and accounts have them: `ip:port:user:password`, `user:password@ip:port`,
//! `mail:password`.

use crate::redact::find::Span;
use crate::redact::lists::is_port;
use crate::redact::rules::Id;
use crate::redact::{assignment, value};

/// Longest login.
const MAX: usize = 128;

/// Looks beside the addresses that were found.
pub(super) fn find(text: &[u8], out: &mut Vec<Span>) {
    for index in 0..out.len() {
        let address = out[index];
        let login = match address.rule {
            Id::Ipv4 => behind_port(text, address.end).or_else(|| before_sign(text, address.start)),
            Id::Email => behind_mail(text, address).map(|password| (None, password)),
            _ => None,
        };
        let Some((user, password)) = login else { continue };
        out.push(Span::new(password.0, password.1, Id::Password));
        let user = user.filter(|user: &(usize, usize)| assignment::is_account(&text[user.0..user.1]));
        out.extend(user.map(|(start, end)| Span::new(start, end, Id::UserName)));
    }
}

type Range = (usize, usize);

/// `:port:user:password`, up to the end of the word.
fn behind_port(text: &[u8], end: usize) -> Option<(Option<Range>, Range)> {
    let rest = text.get(end..(end + MAX).min(text.len()))?.strip_prefix(b":")?;
    let word = rest.split(|byte| byte.is_ascii_whitespace() || b"\"'`,;|<>()[]{}\\".contains(byte)).next()?;
    let mut fields = word.splitn(3, |byte| *byte == b':');
    let (port, user, password) = (fields.next()?, fields.next()?, fields.next()?);
    let start = end + 1 + port.len() + 1;
    let user_end = start + user.len();
    let is_login = is_port(port) && is_user(user) && is_password(password);
    is_login.then_some((Some((start, user_end)), (user_end + 1, user_end + 1 + password.len())))
}

/// `user:password@`, from the beginning of the word.
fn before_sign(text: &[u8], address: usize) -> Option<(Option<Range>, Range)> {
    let end = address.checked_sub(1).filter(|at| text[*at] == b'@')?;
    let near = &text[end.saturating_sub(MAX)..end];
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`,;|<>()[]{}/\\=".contains(byte);
    let word = near.rsplit(ends).next()?;
    let start = end - word.len();
    let colon = word.iter().position(|byte| *byte == b':')?;
    let (user, password) = (&word[..colon], &word[colon + 1..]);
    (is_user(user) && is_password(password))
        .then_some((Some((start, start + colon)), (start + colon + 1, end)))
}

/// `:password` behind an address that begins its line, up to its end.
fn behind_mail(text: &[u8], mail: Span) -> Option<Range> {
    let begins = mail.start == 0 || text[mail.start - 1] == b'\n';
    let rest = text.get(mail.end..(mail.end + MAX).min(text.len())).filter(|_| begins)?.strip_prefix(b":")?;
    let line = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next()?;
    let is_alone = !line.iter().any(|byte| byte.is_ascii_whitespace() || b"\"/\\{}<>".contains(byte));
    (is_alone && is_password(line)).then_some((mail.end + 1, mail.end + 1 + line.len()))
}

fn is_user(user: &[u8]) -> bool {
    (3..=64).contains(&user.len())
        && user.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte))
}

/// What a person or a machine made up, and no number.
fn is_password(password: &[u8]) -> bool {
    value::is_chosen(password) && !value::is_number(password) && !value::is_placeholder(password)
}
