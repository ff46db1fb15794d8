//! The value near a name that nothing else led to: what debuggers, prompts and the many languages of programs put between the
//! two. Since so many signs will do, the value itself has to tell what it is.

use std::sync::LazyLock;

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use super::bare::line_start;
use super::quote::{quote_at, quote_end};
use super::take;
use crate::redact::find::Span;
use crate::redact::keys::{Demand, Named};
use crate::redact::rules::Id;
use crate::redact::{stand_in, value};

/// Nothing leads further from a name to its value.
const NEAR: usize = 160;
/// Longest value, and longest line that is nothing but one.
const MAX: usize = 512;

/// What stands between a name and its value, each with what writes it so. Nothing else is written like this.
const SURE: &[&str] = &[
    // `getSecret() = …`, `getSecret(): …`, `getSecret() returned …`
    r"\(\)[ \t]{0,2}(?:=>?|:|->|returned|returns|gave)[ \t]{1,4}",
    // `char secret[41] = "…"`
    r"\[\d{0,5}\][ \t]?=[ \t]?",
    // `secret::String = "…"`, `secret :: Text = "…"`
    r"[ \t]?::[ \t]?[A-Z]\w{0,20}[ \t]?=[ \t]?",
    // `secret=(string)…`, `secret: (*string)(0xc000) "…"`
    r"[ \t]?[:=][ \t]?(?:\([\w:*&<> ]{1,40}(?:=\d{1,6})?\)[ \t]?){1,2}",
    // A list as spew shows it, on two lines.
    r#"["']?[ \t]?:[ \t]?\(\[\]string\)[ \t]\(len=\d{1,3} cap=\d{1,3}\)[ \t]\{\s{1,40}(?:\(string\)[ \t]\(len=\d{1,6}\)[ \t])?"#,
    // `"secret":[]string{"…"}`, `secret = {data = 0x55 "…"`, `secret{"…"}`, `{secret:{…}}`
    r#""?:[ \t]?\[\]string\{"#,
    r"[ \t]?=[ \t]?\{(?:data|ptr|p|_M_p|str|s|value|v)[ \t]?=[ \t]?(?:0x[0-9a-f]{1,16}[ \t])?",
    r":?\{",
    // `{<<"secret">>,<<"…">>}`, `#{<<"secret">> => <<"…">>}`
    r#"">>[ \t]?(?:,|=>)[ \t]?"#,
    // `%(secret)s = …`, `{{secret}} = …`, `${secret}=…`, `AnyHashable("secret"): …`, `$cfg->{secret} = …`, `<secret>=…`
    r#"["']?(?:[)\]}>]{1,2}s?|%)[ \t]{0,4}[=:][ \t]{0,4}"#,
    // `Pair(first=secret, second=…)`
    r"(?i),[ \t]?(?:second|value|val|right|v|_2)[ \t]?[=:][ \t]?",
    // `secret changed from '…'`, `property 'secret' with value '…'`, `secret: nil => "…"`, `secret: old '' new '…'`
    r#"["'`]?:?[ \t](?:changed[ \t]from[ \t]|(?:with[ \t]|has[ \t])?value[ \t]|(?:old[ \t])?(?:''|""|nil|null|None|none|undefined)[ \t](?:new|=>|->|to)[ \t])"#,
    // `<b>secret</b>: …`, `<th>secret</th><td>…`
    r"</(?:b|strong|i|em|code|span|label|kbd|th|td|dt)>\s{0,4}[:=]?\s{0,80}(?:<[a-z]{1,8}(?: [^<>]{0,40})?>[ \t]{0,4})?",
    // `*secret*: …`, `_secret_ = …`
    r"[*_]{1,3}[ \t]?[:=][ \t]?",
    // `secret = [[…]]`, `secret: ~s(…)`
    r"[ \t]?[=:][ \t]?(?:\[\[|~s\()",
];

/// What stands between other things as well: only what a machine made, or a password, is taken behind it.
const LOOSE: &[&str] = &[
    // `secret ---> …`, `secret ~> …`, `secret >> …`, `║ secret ║ … ║`, `secret • …`, `secret != …`
    "[\"'`]?[ \\t]{0,40}(?:-{2,12}>|={2,12}>|~>|>>|\u{2551}|\u{2022}|\u{b7}|\u{21d2}|\u{27a1}|\u{279c}|\u{2794}|\u{bb}|\u{203a}|!==?|<>|===?)[ \\t]{0,40}",
    // `secret IN ('…')`
    r#""?[ \t](?:IN|in)[ \t]?\("#,
    // `gh secret set NAME --body …`, `--name /bot/secret --value …`
    r#"["']?[ \t](?:--body|-b|--value|--secret-string|--string|--data)[ =]"#,
    // `secret (…)`, `secret <…>`, `[secret] …`, `SETEX secret 60 …`
    r#"[ \t][(<]|"?\][ \t]{1,4}|[ \t]\d{1,8}[ \t]"#,
    // `WHERE secret = $1 -- $1 = '…'`, `… = $1 ['…']`
    r"[ \t]?=[ \t]?\$\d[ \t]{1,4}(?:--[ \t]\$\d[ \t]=[ \t]|\[)",
];

/// What stands between the two of a pair, in brackets both: `(secret, …)`, `{"secret", …}`, `(secret . "…")`.
const OF_PAIR: &str = r#"\\{0,3}["'`]?(?:[ \t]?,\s{0,60}|[ \t]\.[ \t]):?"#;

/// What a prompt shows before what it is asked for: `>>> `, `(Pdb) p `, `In [3]: `, `(gdb) print `, `irb> `, `$ `, `?`.
const PROMPT: &str = r"\s{0,4}(?:>>> |\([A-Za-z]{1,12}\) |In \[\d{1,6}\]: |DB<\d{1,4}> |attr\(,|\$|\? ?|(?:\[\d{1,4}\] )?[\w.:@~/\\()-]{0,40}[>$#] )";

/// What it puts before the answer: `=> `, `Out[3]: `, `$1 = `, `[1] `, `(String) $R0 = `.
const ANSWER: &str = r"\s{0,8}(?:=> |Out\[\d{1,6}\]: |\$\w{1,6} = (?:0x[0-9a-f]{1,16} )?|\[1\] |\([\w:<> ]{1,40}\) \$\w{1,6} = |(?:[-=~]{3,80}|\s{0,4})\r?\n\s{0,8})?";

static SURELY: LazyLock<Regex> = LazyLock::new(|| built(SURE));
static LOOSELY: LazyLock<Regex> = LazyLock::new(|| built(LOOSE));
static PAIRED: LazyLock<Regex> = LazyLock::new(|| built(&[OF_PAIR]));
static PROMPTED: LazyLock<Regex> = LazyLock::new(|| built(&[PROMPT]));
static ANSWERED: LazyLock<Regex> = LazyLock::new(|| built(&[ANSWER]));

fn built(patterns: &[&str]) -> Regex {
    Regex::builder()
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .build_many(patterns)
        .expect("the patterns are valid")
}

/// Hides the value near a name for which none was found.
pub(super) fn hide(text: &[u8], key: (usize, usize), named: Named, out: &mut Vec<Span>) {
    let Some((named, is_secret)) = narrowed(named) else { return };
    // `[PASS] testFuzz_PrivateKeyIsNeverLogged(uint256)`
    if &text[key.0..key.1] == b"PASS" && text[..key.0].ends_with(b"[") {
        return;
    }
    let before = out.len();
    if let Some(at) = behind(&SURELY, text, key.1) {
        take_at(text, at, named, out);
    }
    if out.len() == before
        && is_secret
        && let Some(at) = behind(&LOOSELY, text, key.1)
    {
        take_at(text, at, named, out);
    }
    if out.len() == before {
        hide_of_pair(text, key, named, out);
    }
    if out.len() == before {
        hide_below(text, key, named, is_secret, out);
    }
    if out.len() == before && is_secret {
        hide_echoed(text, key, named, out);
    }
    // `{ login, logout }`, `(hostname, port)`: one more name is no value.
    let is_value = |span: &Span| {
        let value = &text[span.start..span.end];
        value.iter().any(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-'))
    };
    if !is_secret && !out[before..].iter().all(is_value) {
        out.truncate(before);
    }
}

/// What the value has to be: made by a machine, or a password with a sign; of a person or an account what its name demands
/// anyway. And whether it is a secret.
fn narrowed(named: Named) -> Option<(Named, bool)> {
    let asks = matches!(named.demand, Demand::Any | Demand::Random | Demand::Stamped | Demand::Query);
    if named.rule > Id::HiddenWord {
        let demand = if named.demand == Demand::Number { Demand::Amount } else { named.demand };
        let is_told = !asks && !matches!(demand, Demand::Inside | Demand::Tag | Demand::Beside);
        return is_told.then_some((Named { demand, ..named }, false));
    }
    if !asks || named.rule >= Id::Phrase && named.rule != Id::LicenseKey {
        return None;
    }
    let demand = if named.rule == Id::Password { Demand::Chosen } else { Demand::Made };
    Some((Named { demand, ..named }, true))
}

fn behind(pattern: &Regex, text: &[u8], at: usize) -> Option<usize> {
    let near = (at + NEAR).min(text.len());
    pattern.search(&Input::new(text).range(at..near).anchored(Anchored::Yes)).map(|hit| hit.end())
}

/// Takes what stands here in quotes, or up to the next sign.
fn take_at(text: &[u8], at: usize, named: Named, out: &mut Vec<Span>) -> Option<usize> {
    let at = at
        + match text.get(at..at + 3) {
            Some([b'b' | b'u' | b'L' | b'@', b'"' | b'\'', _]) => 1,
            Some(b"<<\"") => 2,
            _ => 0,
        };
    let (start, end, behind) = if let Some(quote) = quote_at(text, at) {
        let start = at + quote.mark.len();
        let end = quote_end(text, start, quote);
        (start, end, end + quote.mark.len())
    } else {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`,;()[]{}<>|".contains(byte);
        let near = &text[at..(at + MAX).min(text.len())];
        // `&amp;` in a page ends nothing.
        let is_entity = |place: usize| {
            near[place] == b';'
                && [&b"&amp"[..], b"&lt", b"&gt", b"&quot", b"&#39"]
                    .iter()
                    .any(|entity| near[..place].ends_with(entity))
        };
        let length =
            (0..near.len()).find(|place| ends(&near[*place]) && !is_entity(*place)).unwrap_or(near.len());
        (at, at + length, at + length)
    };
    if start >= end || stand_in::begins(text, start) || is_more(&text[start..end]) {
        return None;
    }
    take(text, start, end, named, false, out);
    // Without its last quote it ends with the text.
    Some(behind.min(text.len()))
}

/// A time, or a name and a value that belong together.
fn is_more(value: &[u8]) -> bool {
    let is_date =
        value.len() > 10 && value[..4].iter().all(u8::is_ascii_digit) && value[4] == b'-' && value[7] == b'-';
    let sign = value.iter().position(|byte| matches!(byte, b'=' | b':'));
    is_date || sign.is_some_and(|at| value[at..].iter().any(|byte| *byte != b'='))
}

/// Both of a pair stand in brackets of their own, or are all that a line has in quotes.
fn hide_of_pair(text: &[u8], key: (usize, usize), named: Named, out: &mut Vec<Span>) {
    let opened = text[..key.0].strip_suffix(b":").unwrap_or(&text[..key.0]);
    let quoted = opened.strip_suffix(b"\"").or_else(|| opened.strip_suffix(b"'"));
    let begins_line = quoted.is_some_and(|before| before.last().is_none_or(|byte| *byte == b'\n'));
    let opened = quoted.map_or(opened, <[u8]>::trim_ascii_end);
    let is_opened = opened.split_last().is_some_and(|(open, before)| match open {
        b'(' => is_of_pairs(before),
        open => b"[{<".contains(open),
    });
    let is_line = begins_line;
    if !is_opened && !is_line {
        return;
    }
    let before = out.len();
    let end = behind(&PAIRED, text, key.1).and_then(|at| take_at(text, at, named, out));
    let is_closed = end.is_some_and(|end| {
        let blank = text[end..].iter().take(40).take_while(|byte| byte.is_ascii_whitespace()).count();
        let closes = text.get(end + blank).is_some_and(|close| b")]}>".contains(close));
        is_opened && closes || is_line && matches!(text.get(end), None | Some(b'\n' | b'\r'))
    });
    if !is_closed {
        out.truncate(before);
    }
}

/// Whether what is called here, if anything is, takes a name and its value: `header.set(`, but not `hmac(`.
fn is_of_pairs(before: &[u8]) -> bool {
    const CALLS: [&[u8]; 12] = [
        b"set",
        b"put",
        b"add",
        b"env",
        b"strcpy",
        b"strcmp",
        b"pair",
        b"append",
        b"insert",
        b"header",
        b"property",
        b"entry",
    ];
    let name = before.iter().rev().take(24).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = &before[before.len() - name..];
    let ends =
        |call: &&[u8]| name.len() >= call.len() && name[name.len() - call.len()..].eq_ignore_ascii_case(call);
    name.is_empty() || CALLS.iter().any(ends)
}

/// The value on the line below a name: copied from a page, or what a prompt answered.
fn hide_below(text: &[u8], key: (usize, usize), named: Named, is_secret: bool, out: &mut Vec<Span>) {
    let closing = text[key.1..].iter().take(6).take_while(|byte| b"\"'`)]:= *".contains(byte)).count();
    let rest = &text[key.1 + closing..];
    let line = rest.strip_prefix(b"\r").unwrap_or(rest);
    let (Some(line), Some(start)) = (line.strip_prefix(b"\n"), line_start(text, key.0)) else { return };
    let before = &text[start..key.0];
    let is_word =
        |byte: &u8| byte.is_ascii_alphabetic() || b" *-#>`.\t0123456789)".contains(byte) || *byte >= 0x80;
    let is_heading = is_secret && before.len() <= 24 && before.iter().all(is_word) && !before.ends_with(b"-");
    let is_asked = before.len() <= 96 && behind(&PROMPTED, text, start).is_some_and(|at| at <= key.0);
    if !is_heading && !is_asked {
        return;
    }
    let at = behind(&ANSWERED, text, text.len() - line.len()).unwrap_or(text.len() - line.len());
    let before = out.len();
    let end = take_at(text, at, named, out);
    // A setting that is not set follows one: `IbPassword=`, `SecondFactorDevice=`.
    let is_alone = end.is_some_and(|end| {
        let rest = text[end..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        rest.trim_ascii().is_empty()
            && !out.last().is_some_and(|last| value::is_empty_setting(&text[last.start..last.end]))
    });
    if !is_alone {
        out.truncate(before);
    }
}

/// What is piped into a command that keeps it under this name: `echo … | docker secret create api_key -`.
fn hide_echoed(text: &[u8], key: (usize, usize), named: Named, out: &mut Vec<Span>) {
    let Some(start) = line_start(text, key.0) else { return };
    let line = &text[start..key.0];
    let Some(bar) = memchr::memmem::rfind(line, b" | ") else { return };
    let echo = [&b"echo -n "[..], b"echo ", b"printf "];
    let argument = echo
        .into_iter()
        .find_map(|echo| memchr::memmem::find(&line[..bar], echo).map(|found| start + found + echo.len()));
    if let Some(at) = argument {
        take_at(text, at, named, out);
    }
}
