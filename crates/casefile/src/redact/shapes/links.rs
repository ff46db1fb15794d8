//! Addresses that are a secret themselves: those of notifiers, of proxies and of nodes, which have their keys in the path.

use crate::redact::value;

/// Notifiers whose addresses hold their keys, with an `s` behind them for an encrypted line or without.
/// Source: <https://github.com/caronc/apprise/wiki#notification-services>
const NOTIFIERS: &str = "\
    apprise bark bulksm chanify clicksend d7sm dapnet dingtalk discord evolution fcm feishu flock gchat generic \
    gotify growl guilded hassio ifttt join kodi kumulo lametric lark line mailgun mailto matrix mattermost \
    mmost mqtt msgbird msteam msteams nctalk nexmo notica notifico ntfy onesignal opsgenie pagerduty pbul pover \
    prowl pushbullet pushdeer pushed pushme pushover pushsafer pushy revolt rocket rocketchat ryver schan \
    sendgrid ses signal signl4 simplepush slack smsapi sn sns spontit synology teams telegram tgram threema \
    twilio vonage webex wecombot whatsapp workflow wxpusher wxteam xbmc zulip";

/// Links to proxies, which log in whoever has them.
const PROXIES: [&str; 9] = ["ss", "ssr", "vmess", "vless", "trojan", "hysteria", "hysteria2", "hy2", "tuic"];

/// The keys in the address of a notifier: from the first part that looks like one to the last.
pub(super) fn notifier(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let scheme = scheme(text, start)?;
    let is_of = |name: &[u8]| NOTIFIERS.split(' ').any(|known| name.eq_ignore_ascii_case(known.as_bytes()));
    (is_of(scheme) || scheme.strip_suffix(b"s").is_some_and(is_of)).then(|| keys(text, end)).flatten()
}

/// What the link to a proxy holds.
pub(super) fn proxy(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let scheme = scheme(text, start)?;
    PROXIES
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known.as_bytes()))
        .then(|| keys(text, end))
        .flatten()
}

/// The word before `://`; pages and sockets are none of these.
fn scheme(text: &[u8], start: usize) -> Option<&[u8]> {
    let length = text[..start].iter().rev().take(16).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let scheme = &text[start - length..start];
    (length > 1 && !is_page(scheme)).then_some(scheme)
}

fn is_page(scheme: &[u8]) -> bool {
    ["https", "http", "wss", "ws"].iter().any(|page| scheme.eq_ignore_ascii_case(page.as_bytes()))
}

/// Where the path of an address ends.
fn path_end(text: &[u8], from: usize) -> usize {
    let near = &text[from..(from + 1_024).min(text.len())];
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`<>\\?#()[]{},;|&".contains(byte);
    from + near.iter().position(ends).unwrap_or(near.len())
}

fn keys(text: &[u8], from: usize) -> Option<(usize, usize)> {
    let end = path_end(text, from);
    let mut found: Option<(usize, usize)> = None;
    let mut at = from;
    for part in text[from..end].split(|byte| b"/@:".contains(byte)) {
        if is_key(part) {
            found = Some((found.map_or(at, |(first, _)| first), at + part.len()));
        }
        at += part.len() + 1;
    }
    found
}

/// A part that is no host, no port and no word.
fn is_key(part: &[u8]) -> bool {
    let digits = part.iter().filter(|byte| byte.is_ascii_digit()).count();
    let is_port = digits == part.len() && digits <= 5;
    let is_host = part.contains(&b'.')
        && !(part.len() >= 20 && value::is_random_looking(part) && !is_dotted(part))
        && !part.starts_with(b"o.");
    let capitals = part.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    part.len() >= 5
        && !is_port
        && !is_host
        && (digits > 0 || capitals >= 3 || part.len() >= 24)
        && !value::is_placeholder(part)
}

/// The name of a host, whose labels are words, or its number.
fn is_dotted(part: &[u8]) -> bool {
    part.split(|byte| *byte == b'.')
        .all(|label| label.len() <= 24 && !label.iter().any(u8::is_ascii_uppercase))
}

/// What a part of a path before its key is called.
const BEFORE: [&str; 12] = [
    "hook",
    "hooks",
    "webhook",
    "webhooks",
    "webhookb2",
    "incomingwebhook",
    "key",
    "push",
    "heartbeat",
    "ping",
    "catch",
    "workflows",
];

/// What is in the name of a node's host.
const NODES: [&str; 20] = [
    "rpc",
    "node",
    "infura",
    "alchemy",
    "quiknode",
    "quicknode",
    "ankr",
    "getblock",
    "chainstack",
    "p2pify",
    "tenderly",
    "blastapi",
    "blockpi",
    "moralis",
    "helius",
    "block-engine",
    "drpc",
    "blxrbdn",
    "p2p.org",
    "syndica",
];

/// What is in the name of a host that takes messages.
const TAKERS: [&str; 16] = [
    "webhook",
    "hook.",
    "hooks.",
    "hook-",
    "ntfy",
    "hc-ping",
    "healthchecks",
    "cronitor",
    "uptime",
    "ifttt",
    "day.app",
    "sctapi",
    "pipedream",
    "zapier",
    "simplepush",
    "push",
];

/// The keys in the path of a page that takes whatever is sent to its address: `https://hc-ping.com/…`, `…/hook/…`.
pub(super) fn of_taker(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    of_page(text, start, end, &TAKERS, &BEFORE)
}

/// The key in the path of a node: `https://nd-123.p2pify.com/…`.
pub(super) fn of_node(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    of_page(text, start, end, &NODES, &["rpc", "ogrpc", "fork"])
}

fn of_page(text: &[u8], start: usize, end: usize, hosts: &[&str], names: &[&str]) -> Option<(usize, usize)> {
    let length = text[..start].iter().rev().take(6).take_while(|byte| byte.is_ascii_alphabetic()).count();
    if !is_page(&text[start - length..start]) {
        return None;
    }
    let stop = path_end(text, end);
    let slash = end + memchr::memchr(b'/', &text[end..stop])?;
    let host = text[end..slash].to_ascii_lowercase();
    // Shapes of their own take all of what stands behind these.
    if [&b"hooks.slack.com"[..], b"webhook.office.com"].iter().any(|known| host.ends_with(known)) {
        return None;
    }
    let is_keeper = hosts.iter().any(|known| memchr::memmem::find(&host, known.as_bytes()).is_some());
    let mut found: Option<(usize, usize)> = None;
    let (mut at, mut before) = (slash + 1, &text[slash..slash]);
    for part in text[slash + 1..stop].split(|byte| matches!(byte, b'/' | b'@')) {
        let is_named = names.iter().any(|known| before.eq_ignore_ascii_case(known.as_bytes()));
        if (is_named || is_keeper || found.is_some()) && !is_public(before) && is_made(part) {
            found = Some((found.map_or(at, |(first, _)| first), at + part.len()));
        }
        (at, before) = (at + part.len() + 1, part);
    }
    found
}

/// A topic that has a digit in it: whoever knows it reads and writes there. Source: <https://docs.ntfy.sh/publish/#picking-a-topic>
pub(super) fn topic(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memchr(b'/', &text[start..end])? + 1;
    text[at..end].iter().any(u8::is_ascii_digit).then_some((at, end))
}

/// What everybody can ask for by its number.
fn is_public(before: &[u8]) -> bool {
    const WORDS: [&str; 12] = [
        "tx",
        "transaction",
        "block",
        "address",
        "token",
        "tokens",
        "order",
        "orders",
        "trade",
        "trades",
        "blob",
        "commit",
    ];
    WORDS.iter().any(|word| before.eq_ignore_ascii_case(word.as_bytes()))
}

/// A part of a path that a machine made: no version, no name with a date.
fn is_made(part: &[u8]) -> bool {
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let letters = part.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let is_numbered = part[letters..].iter().all(u8::is_ascii_digit);
    part.len() >= 10
        && part.iter().all(is_sign)
        && !part.starts_with(b"0x")
        && !is_numbered
        && value::is_random_looking(part)
        && !value::is_composed(part)
        && !value::is_placeholder(part)
}
