//! How fast redaction is, on one core, beside what people write themselves: five `replace_all`, one after another.
//!
//! `cargo bench -p casefile --bench redact`. The texts are the same in every run: lines of a bot with no secret, with two
//! secrets in one line of fifty, and with two or one in every second line; each secret is another one.

use std::borrow::Cow;
use std::fmt::Write;
use std::hint::black_box;
use std::io::{self, Cursor};

use casefile::redact::{KnownValues, Raw, Redactor};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use regex::bytes::Regex;

const TEXT_BYTES: usize = 8 << 20;
const PAIRS: [&str; 5] = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "ADAUSDT"];

fn redact(criterion: &mut Criterion) {
    let five = [
        r"/home/[^/\s]+|C:\\Users\\[^\\\s]+",
        r"\b(?:\d{1,3}\.){3}\d{1,3}\b",
        r"\b(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}\b",
        r"\b(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}\b",
        r"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b",
    ];
    let five: Vec<Regex> =
        five.iter().map(|pattern| Regex::new(&format!("(?-u){pattern}")).expect("they are valid")).collect();
    for (name, one_in, secrets) in [
        ("none", usize::MAX, 0),
        ("one line in 50", 50, 2),
        ("every second line", 2, 2),
        ("one in every second line", 2, 1),
    ] {
        let text: &'static [u8] = generated(one_in, secrets).leak();
        let redactor = Redactor::builder().build();
        let mut known = KnownValues::new();
        known.learn(Raw::from_reader(Cursor::new(text)), "bot.log");
        let knowing = Redactor::builder().known(known).build();
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
        let clean = |redactor: &Redactor| {
            let cleaned =
                redactor.clean_stream(Raw::from_reader(Cursor::new(text)), "bot.log", &mut io::sink());
            cleaned.expect("the text is in memory")
        };
        group.bench_function("casefile", |bencher| bencher.iter(|| clean(&redactor)));
        group.bench_function("casefile, which knows all secrets", |bencher| bencher.iter(|| clean(&knowing)));
        group.bench_function("five patterns", |bencher| {
            bencher.iter(|| {
                let mut text = Cow::Borrowed(text);
                for pattern in &five {
                    text = Cow::Owned(pattern.replace_all(&text, &b"<hidden>"[..]).into_owned());
                }
                black_box(text).len()
            });
        });
        group.finish();
    }
}

/// Lines of a bot; one of so many has a signature and a key, or one of the two in turn.
fn generated(one_in: usize, secrets: usize) -> Vec<u8> {
    let mut random = Random(1);
    let mut text = String::with_capacity(TEXT_BYTES + 512);
    let mut at_millis = 1_764_000_000_000_i64;
    for number in 1.. {
        if text.len() >= TEXT_BYTES {
            break;
        }
        at_millis += i64::try_from(random.below(400)).expect("it is small");
        let stamp = jiff::Timestamp::from_millisecond(at_millis).expect("a time of our days");
        let pair = random.one_of(&PAIRS);
        let (price, volume) = (10.0 + random.part() * 70_000.0, 0.001 + random.part() * 3.0);
        let order = 1_000_000_000 + random.below(9_000_000_000);
        let line = match random.below(100) {
            _ if number % one_in == 0 => {
                let [a, b, c, d] = std::array::from_fn(|_| random.next());
                let sign = format!("{a:016x}{b:016x}{c:016x}{d:016x}");
                let letters = b"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
                let key: String = (0..64).map(|_| char::from(*random.one_of(letters))).collect();
                match (secrets, (number / one_in).is_multiple_of(2)) {
                    (1, true) => format!(
                        "DEBUG http: GET /api/v3/order?symbol={pair}&timestamp={at_millis}&signature={sign}"
                    ),
                    (1, false) => format!("DEBUG http: GET /api/v3/account X-MBX-APIKEY: {key}"),
                    _ => format!(
                        "DEBUG http: GET /api/v3/order?symbol={pair}&timestamp={at_millis}&signature={sign} X-MBX-APIKEY: {key}"
                    ),
                }
            }
            0..45 => {
                let ask = price * 1.0001;
                format!("DEBUG feed: tick {pair} bid={price:.2} ask={ask:.2} size={volume:.4} seq={order}")
            }
            45..75 => {
                let (level, side) = (random.below(60), random.one_of(&["BUY", "SELL"]));
                format!(
                    "INFO  strategy.grid: level {level} {side} {volume:.4} {pair} @ {price:.2} order_id={order}"
                )
            }
            75..95 => format!(
                r#"INFO  engine: {{"event":"order_update","id":{order},"symbol":"{pair}","status":"FILLED","price":"{price:.2}","qty":"{volume:.4}"}}"#
            ),
            _ => {
                let (took, attempt) = (200 + random.below(8_800), 1 + random.below(4));
                format!("WARN  exchange: request took {took} ms, retry {attempt} of 5 (code -1021)")
            }
        };
        writeln!(text, "{stamp:.3} {line}").expect("a string takes everything");
    }
    text.into_bytes()
}

/// Vigna's splitmix64: <https://prng.di.unimi.it/splitmix64.c>
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let choice = self.below(choices.len() as u64);
        &choices[usize::try_from(choice).expect("it is below a length")]
    }

    /// From nought to one.
    fn part(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).expect("32 bits")) / f64::from(u32::MAX)
    }
}

criterion_group!(benches, redact);
criterion_main!(benches);
