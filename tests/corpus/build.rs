//! Puts the corpus together.

use casefile::redact::Severity;

use super::blocks::{self, ARMOURED, BROKEN, PHRASES};
use super::formats::{Form, WRITERS, Writer};
use super::kinds::{self, Kind};
use super::noise::{self, Flavour, json_escape};
use super::packing::Packing;
use super::places::{PLACES, Place};
use super::record::{self, Cell, Record};
use super::sheet::{Judge, Secret, Sheet};
use super::sweeps::SHAPES;
use super::{Corpus, File, Name};
use crate::seeded::Seeded;

/// How much is made.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// How often each kind is planted in each of its lines and in other places; 1 makes about 4,000 secrets.
    pub rounds: usize,
    /// Harmless lines for each line with a secret.
    pub noise: usize,
}

/// Makes a corpus.
pub fn corpus(seed: u64, size: Size) -> Corpus {
    let mut builder = Builder { seeded: Seeded(seed), size, files: Vec::new(), moment: 1 };
    builder.logs();
    builder.settings();
    builder.tables();
    builder.blocks();
    builder.sweeps();
    builder.same_values();
    builder.long_line();
    let names = builder.names();
    Corpus { files: builder.files, names }
}

struct Builder {
    seeded: Seeded,
    size: Size,
    files: Vec<File>,
    moment: usize,
}

impl Builder {
    fn file(&mut self, name: &str, form: Form, packing: Packing, sheet: Sheet, teaches: bool) {
        let text = if packing == Packing::Crlf { sheet.text.replace("\r\n", "\n") } else { sheet.text };
        let representable = !encoding_rs::WINDOWS_1250.encode(&text).2;
        let packing = if packing == Packing::Cp1250 && !representable { Packing::Plain } else { packing };
        let bytes = packing.pack(&text);
        let name = format!("{name}{}", packing.suffix());
        self.files.push(File {
            name,
            bytes,
            text,
            form,
            packing,
            planted: sheet.planted,
            kept: sheet.kept,
            teaches,
        });
    }

    /// Most files are plain, as they are in life.
    fn packing(&mut self) -> Packing {
        if self.seeded.once_in(2) { *self.seeded.pick(&Packing::ALL) } else { Packing::Plain }
    }

    /// Messages as records of a log with harmless ones between them.
    fn log(&mut self, name: &str, messages: &[Sheet], flavour: Flavour, packing: Packing) {
        let mut sheet = Sheet::default();
        for message in messages {
            for _ in 0..self.size.noise {
                let harmless = noise::message(&mut self.seeded);
                self.record(&mut sheet, &harmless, flavour);
            }
            if message.text.ends_with('\n') {
                sheet.append(message);
            } else {
                self.record(&mut sheet, message, flavour);
            }
        }
        let form = if flavour == Flavour::JsonLines { Form::JsonLines } else { Form::Text };
        self.file(name, form, packing, sheet, false);
    }

    fn record(&mut self, sheet: &mut Sheet, message: &Sheet, flavour: Flavour) {
        self.moment += self.seeded.between(1, 700);
        flavour.record(sheet, message, self.moment, &mut self.seeded);
    }

    fn logs(&mut self) {
        let mut messages = Vec::new();
        for kind in kinds::all() {
            for _ in 0..self.size.rounds {
                for line in kind.lines.iter().chain(kind.lines) {
                    let secret = kind.secret(&mut self.seeded);
                    let mut message = Sheet::default();
                    message.fill(line, Some(&secret), "own line", kind.named, &mut self.seeded);
                    messages.push(message);
                }
                if !kind.keys.is_empty() && kind.is_short() {
                    for _ in 0..3 {
                        let secret = kind.secret(&mut self.seeded);
                        messages.push(self.placed(kind, &secret));
                    }
                }
            }
        }
        self.seeded.shuffle(&mut messages);
        let chunks: Vec<_> = messages.chunks(40).collect();
        for (at, chunk) in chunks.into_iter().enumerate() {
            let flavour = Flavour::ALL[at % Flavour::ALL.len()];
            let packing = self.packing();
            let name = if flavour == Flavour::JsonLines { "jsonl" } else { "log" };
            self.log(&format!("logs/bot-{at}.{name}"), chunk, flavour, packing);
        }
    }

    /// A message with the secret under its name, somewhere.
    fn placed(&mut self, kind: &Kind, secret: &Secret) -> Sheet {
        let key = *self.seeded.pick(kind.keys);
        let allowed: Vec<Place> = PLACES
            .iter()
            .filter(|(name, _)| fits(name, kind, key, secret))
            .map(|(_, place)| *place)
            .collect();
        let mut message = Sheet::default();
        (self.seeded.pick(&allowed))(&mut message, key, secret, &mut self.seeded);
        message
    }

    fn settings(&mut self) {
        let writers: Vec<_> = WRITERS.iter().filter(|(_, form, _)| !matches!(form, Form::Csv(_))).collect();
        for round in 0..self.size.rounds * 4 {
            for writer in &writers {
                let records = self.records(writer, 7);
                let sheet = writer.2(&records, &mut self.seeded);
                let packing = match round % 4 {
                    1 => Packing::Crlf,
                    2 if self.seeded.once_in(3) => Packing::Utf16 { big: false, mark: true },
                    3 if self.seeded.once_in(2) => Packing::Utf8Bom,
                    _ => Packing::Plain,
                };
                let name = writer.0.replace("{}", &round.to_string());
                self.file(&name, writer.1, packing, sheet, name.starts_with("presets/"));
            }
        }
    }

    /// Records of vendors that all differ.
    fn records(&mut self, writer: &Writer, count: usize) -> Vec<Record> {
        let plain = matches!(writer.1, Form::Ini | Form::Env | Form::Csv(_));
        let mut all = kinds::all();
        self.seeded.shuffle(&mut all);
        let mut records: Vec<Record> = Vec::new();
        for kind in all {
            if records.len() == count {
                break;
            }
            let fits = !kind.keys.is_empty()
                && (kind.is_short() || !plain)
                && records.iter().all(|other| other.vendor != record::section(kind.vendor()));
            if fits {
                let record = record::record(kind, &mut self.seeded);
                if writer.1 == Form::Json || record.fields.iter().all(|(name, _)| name.is_ascii()) {
                    records.push(record);
                }
            }
        }
        records
    }

    /// Tables: the same columns in each row.
    fn tables(&mut self) {
        let writers: Vec<_> = WRITERS.iter().filter(|(_, form, _)| matches!(form, Form::Csv(_))).collect();
        let all: Vec<_> =
            kinds::all().into_iter().filter(|kind| !kind.keys.is_empty() && kind.is_short()).collect();
        for round in 0..self.size.rounds * 18 {
            let writer = writers[round % writers.len()];
            let kind = self.seeded.pick(&all);
            let first = record::record(kind, &mut self.seeded);
            let mut rows = vec![first.clone()];
            for _ in 0..4 {
                let mut row = first.clone();
                for (_, cell) in &mut row.fields {
                    if let Cell::Secret(secret) = cell {
                        *secret = kind.secret(&mut self.seeded);
                    }
                }
                rows.push(row);
            }
            let sheet = writer.2(&rows, &mut self.seeded);
            self.file(&writer.0.replace("{}", &round.to_string()), writer.1, Packing::Plain, sheet, false);
        }
    }

    fn blocks(&mut self) {
        let mut messages = Vec::new();
        for kind in kinds::all() {
            let ways: Vec<_> = if !kind.is_short() {
                ARMOURED.iter().collect()
            } else if kind.judge == Judge::Words && kind.vendor() == "bip39" {
                PHRASES.iter().collect()
            } else if blocks::can_break(kind) && kind.severity == Severity::Critical {
                let way = self.seeded.pick(&BROKEN);
                vec![way]
            } else {
                Vec::new()
            };
            for (name, way) in ways {
                if kind.pattern == "{putty}" && *name == "without an end" {
                    continue;
                }
                let mut sheet = Sheet::default();
                way(&mut sheet, kind, &mut self.seeded);
                messages.push(sheet);
            }
        }
        self.seeded.shuffle(&mut messages);
        let text: Vec<_> = Flavour::ALL
            .into_iter()
            .filter(|flavour| !matches!(flavour, Flavour::JsonLines | Flavour::Logfmt))
            .collect();
        let chunks: Vec<_> = messages.chunks(16).collect();
        for (at, chunk) in chunks.into_iter().enumerate() {
            let packing = self.packing();
            self.log(&format!("logs/console-{at}.log"), chunk, text[at % text.len()], packing);
        }
    }

    /// Presets that teach, and logs that hold what they name.
    fn sweeps(&mut self) {
        let forms = [Form::Json, Form::Toml, Form::Yaml, Form::Ini, Form::Env, Form::Xml];
        let writers: Vec<_> = WRITERS
            .iter()
            .filter(|(name, form, _)| forms.contains(form) && name.starts_with("presets/"))
            .collect();
        for round in 0..self.size.rounds * 12 {
            let writer = writers[round % writers.len()];
            let records: Vec<_> = self.records(writer, 24).into_iter().filter(is_sweepable).take(8).collect();
            let sheet = writer.2(&records, &mut self.seeded);
            let name = writer.0.replace("{}", &format!("known-{round}"));
            self.file(&name, writer.1, Packing::Plain, sheet, true);
            let secrets: Vec<_> = records.iter().flat_map(secrets_of).collect();
            for copy in 0..5 {
                let mut messages = Vec::new();
                for (at, secret) in secrets.iter().enumerate() {
                    let (_, shape) = SHAPES[(round + copy * 4 + at) % SHAPES.len()];
                    let mut message = Sheet::default();
                    shape(&mut message, secret, &mut self.seeded);
                    // What takes two lines is no record of one.
                    if message.breaks() > 0 {
                        message.push("\n");
                    }
                    messages.push(message);
                }
                let flavour = Flavour::ALL[(round + copy) % Flavour::ALL.len()];
                let flavour = if messages.iter().any(|m| m.breaks() > 0) { Flavour::Rust } else { flavour };
                let packing = self.packing();
                self.log(&format!("logs/known-{round}-{copy}.log"), &messages, flavour, packing);
            }
        }
    }

    /// The same values in several files, each time in another place.
    fn same_values(&mut self) {
        let mut all = kinds::all();
        self.seeded.shuffle(&mut all);
        let eligible = all.into_iter().filter(|kind| kind.is_short() && kind.severity != Severity::Low);
        let chosen: Vec<_> = eligible.take(60 * self.size.rounds).collect();
        let values: Vec<_> = chosen.iter().map(|kind| kind.secret(&mut self.seeded)).collect();
        for copy in 0..3 {
            let mut messages = Vec::new();
            for (kind, secret) in chosen.iter().zip(&values) {
                if copy == 0 || kind.keys.is_empty() {
                    if let Some(line) = kind.lines.get(copy % kind.lines.len().max(1)) {
                        let mut message = Sheet::default();
                        message.fill(line, Some(secret), "own line", kind.named, &mut self.seeded);
                        messages.push(message);
                    }
                } else {
                    messages.push(self.placed(kind, secret));
                }
            }
            let flavour = [Flavour::Rust, Flavour::Python, Flavour::Node][copy];
            self.log(&format!("logs/again-{copy}.log"), &messages, flavour, Packing::Plain);
        }
    }

    /// A log without line ends.
    fn long_line(&mut self) {
        let mut sheet = Sheet::default();
        sheet.push("[");
        let all: Vec<_> = kinds::all().into_iter().filter(|kind| !kind.lines.is_empty()).collect();
        for at in 0..60 * self.size.rounds {
            let kind = self.seeded.pick(&all);
            let line = *self.seeded.pick(kind.lines);
            let secret = kind.secret(&mut self.seeded);
            let mut message = Sheet::default();
            message.fill(line, Some(&secret), "own line", kind.named, &mut self.seeded);
            for message in [noise::message(&mut self.seeded), noise::message(&mut self.seeded), message] {
                sheet.push("\"").embed(&message, json_escape, "one long line/").push("\",");
            }
            sheet.push(&format!("{at},"));
        }
        sheet.push("0]");
        self.file("logs/one-line.json", Form::Json, Packing::Plain, sheet, false);
    }

    fn names(&mut self) -> Vec<Name> {
        let mut names = Vec::new();
        for kind in kinds::all() {
            let templates: &[[&str; 2]] = match kind.name {
                "email.plain" => &[["logs/export-", ".log"], ["logs/", "/bot.log"]],
                "home.linux" => &[["/home/", "/bot/logs/bot.log"]],
                "home.windows" => &[["C:\\Users\\", "\\AppData\\Local\\bot\\bot.log"]],
                "binance.listen_key" => &[["logs/listenKey=", ".json"]],
                "github.pat" | "stripe.live" => &[["logs/", ".txt"]],
                "telegram.bot" => &[["logs/bot", ".log"]],
                _ => &[],
            };
            for [before, after] in templates {
                for _ in 0..3 {
                    let secret = kind.secret(&mut self.seeded);
                    let path = format!("{before}{}{after}", secret.made.text);
                    names.push(Name { path, secret, rest: (*after).to_owned() });
                }
            }
        }
        names
    }
}

/// Whether a value of this kind really stands in such a place.
fn fits(place: &str, kind: &Kind, key: &str, secret: &Secret) -> bool {
    let quoted = [
        "kv quoted",
        "kv arrow",
        "python dict",
        "python repr",
        "rust debug",
        "rust debug some",
        "rust panic",
        "json in line",
        "json in line compact",
        "json escaped",
        "json escaped twice",
        "node inspect",
        "xml element",
    ];
    let simple = ["kv =", "kv :", "logfmt", "java map", "url query", "go struct"];
    if !key.is_ascii() && !place.starts_with("json") && !place.starts_with("kv") {
        return false;
    }
    let spaced = secret.made.text.contains(' ');
    if kind.judge == Judge::Words {
        return quoted.contains(&place)
            || ["kv =", "kv :", "env export", "ansi around", "base64 of json", "logfmt"].contains(&place);
    }
    match kind.severity {
        Severity::Critical => true,
        _ if spaced => quoted.contains(&place),
        _ => quoted.contains(&place) || simple.contains(&place),
    }
}

/// Long enough, and nobody's word: only such a value is looked for everywhere.
fn is_sweepable(record: &Record) -> bool {
    secrets_of(record).iter().all(|secret| {
        let text = &secret.made.text;
        let mixed = text.bytes().any(|byte| byte.is_ascii_digit())
            && text.bytes().any(|byte| byte.is_ascii_alphabetic());
        secret.severity == Severity::Critical
            && text.len() >= 10
            && mixed
            && text.is_ascii()
            && !text.contains(['\n', ' '])
    })
}

fn secrets_of(record: &Record) -> Vec<Secret> {
    let cells = record.fields.iter().map(|(_, cell)| cell);
    cells
        .filter_map(|cell| if let Cell::Secret(secret) = cell { Some(secret.clone()) } else { None })
        .collect()
}
