//! Archives that a stranger could send, made by code: each a good bundle but for one thing.

use std::io::Write;

use sha2::{Digest, Sha256};

/// One archive, and what a reader says of it.
pub struct Case {
    /// What is wrong with it.
    pub name: &'static str,
    /// A part of the reader's message; nothing when it is good.
    pub refused: Option<&'static str>,
    harm: Box<dyn Fn(&mut Archive)>,
}

impl Case {
    fn new(name: &'static str, refused: Option<&'static str>, harm: impl Fn(&mut Archive) + 'static) -> Self {
        Self { name, refused, harm: Box::new(harm) }
    }

    /// The file, as a bundle of this report.
    pub fn bytes(&self, report: &str) -> Vec<u8> {
        let mut archive = Archive::of(report);
        (self.harm)(&mut archive);
        archive.written()
    }
}

/// An archive before it is written; every field can lie.
pub struct Archive {
    /// Entries in the order of the file.
    pub entries: Vec<Entry>,
    /// Fields of the manifest to replace: from, to.
    pub manifest: Vec<(String, String)>,
    /// Bytes before the first entry, behind the directory, and the comment at the end.
    pub before: Vec<u8>,
    /// See `before`.
    pub behind: Vec<u8>,
    /// The number of entries that the end claims; the true one when absent.
    pub claimed: Option<u16>,
    /// Whether a manifest is added, if none is among the entries.
    pub has_manifest: bool,
}

/// One entry of it.
#[derive(Clone)]
pub struct Entry {
    name: String,
    local_name: Option<String>,
    flags: u16,
    method: u16,
    packed: Vec<u8>,
    crc32: u32,
    bytes: u32,
    local_bytes: Option<u32>,
    attributes: u32,
    sha256: String,
    is_listed: bool,
    /// Written at the place of the entry before it.
    shares_place: bool,
    /// Bytes between the entry before it and this one.
    gap: Vec<u8>,
}

impl Entry {
    /// A deflated entry.
    pub fn new(name: &str, clean: &[u8]) -> Self {
        let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(clean).expect("a vector takes everything");
        Self {
            name: name.to_owned(),
            local_name: None,
            flags: 0x0800,
            method: 8,
            packed: packed.finish().expect("a vector takes everything"),
            crc32: crc32fast::hash(clean),
            bytes: u32::try_from(clean.len()).expect("test data is small"),
            local_bytes: None,
            attributes: 0o100_600 << 16,
            sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(clean)),
            is_listed: true,
            shares_place: false,
            gap: Vec::new(),
        }
    }
}

impl Archive {
    /// A good bundle of this report.
    pub fn of(report: &str) -> Self {
        let body = r#"{"title":"t","description":"d","priority":"P3","category":"runtime","language":"en","app":{"id":"a","name":"Bot","version":"1"}}"#;
        let entries = vec![
            Entry::new("logs/bot.log", "2026-11-24T10:00:00Z INFO started\n".repeat(40).as_bytes()),
            Entry::new("report.json", body.as_bytes()),
            Entry::new("report.md", b"[t]\n"),
        ];
        let manifest = vec![("REPORT".to_owned(), report.to_owned())];
        Self { entries, manifest, before: Vec::new(), behind: Vec::new(), claimed: None, has_manifest: true }
    }

    fn manifest(&self) -> String {
        let listed = self.entries.iter().filter(|entry| entry.is_listed).map(|entry| {
            format!(
                r#"{{"name":{:?},"source":"x","status":"success","read_bytes":1,"bytes":{},"sha256":"{}"}}"#,
                entry.name, entry.bytes, entry.sha256
            )
        });
        let mut text = format!(
            r#"{{"format":1,"report_id":"REPORT","sealed_at":"2026-11-24T10:00:00Z","app":{{"id":"a","name":"Bot","version":"1"}},"rules":"2",
            "budget":{{"total_bytes":1,"file_bytes":1,"entries":1}},"entries":[{}],"notes":[]}}"#,
            listed.collect::<Vec<_>>().join(",")
        );
        for (from, to) in &self.manifest {
            text = text.replace(from, to);
        }
        text
    }

    /// The file.
    pub fn written(mut self) -> Vec<u8> {
        if self.has_manifest && !self.entries.iter().any(|entry| entry.name == "manifest.json") {
            let manifest = Entry::new("manifest.json", self.manifest().as_bytes());
            self.entries.push(manifest);
        }
        let (mut file, mut directory, mut last_at) = (self.before.clone(), Vec::new(), 0);
        for entry in &self.entries {
            file.extend(&entry.gap);
            let at = if entry.shares_place { last_at } else { file.len() };
            last_at = at;
            let local_name = entry.local_name.as_ref().unwrap_or(&entry.name);
            let packed = u32::try_from(entry.packed.len()).expect("test data is small");
            if !entry.shares_place {
                file.extend(b"PK\x03\x04\x14\0");
                file.extend([entry.flags, entry.method, 0, 0x21].map(u16::to_le_bytes).concat());
                let sizes = [entry.crc32, packed, entry.local_bytes.unwrap_or(entry.bytes)];
                file.extend(sizes.map(u32::to_le_bytes).concat());
                file.extend(length(local_name).to_le_bytes());
                file.extend([0, 0]);
                file.extend(local_name.as_bytes());
                file.extend(&entry.packed);
            }
            directory.extend(b"PK\x01\x02\x14\x03\x14\0");
            directory.extend([entry.flags, entry.method, 0, 0x21].map(u16::to_le_bytes).concat());
            directory.extend([entry.crc32, packed, entry.bytes].map(u32::to_le_bytes).concat());
            directory.extend([length(&entry.name), 0, 0, 0, 0].map(u16::to_le_bytes).concat());
            directory.extend(entry.attributes.to_le_bytes());
            directory.extend(u32::try_from(at).expect("test data is small").to_le_bytes());
            directory.extend(entry.name.as_bytes());
        }
        let count = self.claimed.unwrap_or_else(|| u16::try_from(self.entries.len()).expect("few entries"));
        let (at, bytes) = (file.len(), directory.len());
        file.extend(directory);
        file.extend(b"PK\x05\x06\0\0\0\0");
        file.extend([count, count].map(u16::to_le_bytes).concat());
        file.extend(
            [bytes, at].map(|n| u32::try_from(n).expect("test data is small").to_le_bytes()).concat(),
        );
        file.extend([0, 0]);
        file.extend(self.behind);
        file
    }
}

fn length(name: &str) -> u16 {
    u16::try_from(name.len()).expect("names are short")
}

/// What is done to a good bundle.
type Harm = fn(&mut Archive);

const NAMES: [(&str, &str); 12] = [
    ("/etc/passwd", "absolute"),
    ("../x", "leads out"),
    ("logs/../../x", "leads out"),
    ("..\\x", "absolute path, or one of another system"),
    ("C:x", "absolute path, or one of another system"),
    ("logs//x", "empty part"),
    ("logs/", "empty part"),
    ("logs/nul.txt", "Windows device"),
    ("logs/a.", "ends with a dot"),
    ("logs/a\u{202e}gpj.exe", "direction characters"),
    ("logs/a\nb", "control"),
    ("", "empty"),
];

const HARMS: [(&str, &str, Harm); 29] = [
    ("two entries of one name", "two entries have this name", |archive| {
        let twin = archive.entries[0].clone();
        archive.entries.insert(1, Entry { is_listed: false, ..twin });
    }),
    ("two names that are one on Windows", "two entries have this name", |archive| {
        archive.entries.insert(1, Entry::new("LOGS/Bot.log", b"other"));
    }),
    ("encrypted", "encrypted", |archive| archive.entries[0].flags |= 1),
    ("sizes behind the data", "streamed", |archive| archive.entries[0].flags |= 8),
    ("an unknown method", "format 1 does not know", |archive| archive.entries[0].method = 12),
    ("a link", "link or a device", |archive| archive.entries[0].attributes = 0o120_777 << 16),
    ("a device", "link or a device", |archive| archive.entries[0].attributes = 0o020_666 << 16),
    ("another name in the local header", "two headers differ", |archive| {
        archive.entries[0].local_name = Some("logs/bat.log".to_owned());
    }),
    ("another size in the local header", "two headers differ", |archive| {
        archive.entries[0].local_bytes = Some(1);
    }),
    ("entries that share their bytes", "overlaps", |archive| {
        let twin = archive.entries[0].clone();
        archive.entries.insert(1, Entry { name: "logs/c.log".to_owned(), shares_place: true, ..twin });
    }),
    ("bytes between entries", "gap", |archive| archive.entries[1].gap = b"hidden".to_vec()),
    ("a program before the first entry", "gap", |archive| archive.before = b"MZ".to_vec()),
    ("bytes behind the end", "not", |archive| archive.behind = b"x".to_vec()),
    ("more entries claimed than there are", "cut short", |archive| archive.claimed = Some(9)),
    ("fewer entries claimed than there are", "belong to no entry", |archive| archive.claimed = Some(2)),
    ("an entry that the manifest does not name", "does not name it", |archive| {
        archive.entries[0].is_listed = false;
    }),
    ("the manifest names an entry twice", "names it twice", |archive| {
        archive.manifest.push(("report.md".to_owned(), "report.json".to_owned()));
    }),
    ("the manifest names an entry that is not there", "the file lacks it", |archive| {
        archive.manifest.push(("logs/bot.log".to_owned(), "logs/bat.log".to_owned()));
    }),
    ("no manifest", "no manifest", |archive| archive.has_manifest = false),
    ("a manifest that is none", "not a manifest", |archive| {
        archive.entries.push(Entry { is_listed: false, ..Entry::new("manifest.json", b"[1, 2]") });
    }),
    ("a hash that is wrong", "not those of the manifest", |archive| {
        archive.entries[0].sha256 = "00".repeat(32);
    }),
    ("a checksum that is wrong", "not those of the manifest", |archive| archive.entries[0].crc32 ^= 1),
    ("a size that promises less", "not those of the manifest", |archive| archive.entries[0].bytes -= 1),
    ("a size that promises more", "not those of the manifest", |archive| archive.entries[0].bytes += 1),
    ("a size of 4 GiB", "over the limit", |archive| archive.entries[0].bytes = u32::MAX - 1),
    ("a log that says it is a picture", "no place", |archive| says_picture(archive, "logs/bot.log")),
    ("a page that says it is a picture", "pixels alone", |archive| {
        let page = Entry::new("attachments/a.png", b"<script>alert(1)</script>");
        archive.entries.insert(0, page);
        says_picture(archive, "attachments/a.png");
    }),
    ("a picture with a page behind it", "pixels alone", |archive| {
        let polyglot = [pixels(), b"<script>alert(1)</script>".to_vec()].concat();
        archive.entries.insert(0, Entry::new("attachments/a.png", &polyglot));
        says_picture(archive, "attachments/a.png");
    }),
    ("a format from the future", "update casefile", |archive| {
        archive.manifest.push(("\"format\":1".to_owned(), "\"format\":99".to_owned()));
    }),
];

/// Has the manifest say that an entry is a picture.
fn says_picture(archive: &mut Archive, name: &str) {
    let named = format!("\"name\":{name:?},");
    archive.manifest.push((named.clone(), format!("{named}\"kind\":\"picture\",")));
}

/// A picture of one pixel.
fn pixels() -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&[0, 1, 2, 3]).expect("a vector takes everything");
    let packed = packed.finish().expect("a vector takes everything");
    let header = [&1_u32.to_be_bytes()[..], &1_u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, body) in [(b"IHDR", &header[..]), (b"IDAT", &packed), (b"IEND", b"")] {
        png.extend(u32::try_from(body.len()).expect("test data is small").to_be_bytes());
        let typed = [&kind[..], body].concat();
        png.extend(&typed);
        png.extend(crc32fast::hash(&typed).to_be_bytes());
    }
    png
}

/// Every archive of the table.
pub fn table() -> Vec<Case> {
    let mut cases = vec![Case::new("good", None, |_| {})];
    cases.push(Case::new("a picture", None, |archive| {
        archive.entries.insert(0, Entry::new("attachments/a.png", &pixels()));
        says_picture(archive, "attachments/a.png");
    }));
    cases.push(Case::new("a kind of entry that nobody knows yet", None, |archive| {
        let named = r#""name":"logs/bot.log","#;
        archive.manifest.push((named.to_owned(), format!(r#"{named}"kind":"hologram","#)));
    }));
    for (name, refused) in NAMES {
        cases.push(Case::new(name, Some(refused), move |archive| {
            archive.entries[0].name = String::from(name);
        }));
    }
    cases.extend(HARMS.map(|(name, refused, harm)| Case::new(name, Some(refused), harm)));
    // A gigabyte of nothing in a megabyte, in several entries: each is below every limit but the ratio.
    cases.push(Case::new("a bomb", Some("ratio"), |archive| {
        let nothing = Entry::new("logs/a", &vec![0; 40 << 20]);
        let copies = (0..25).map(|n| Entry { name: format!("logs/a{n:02}"), ..nothing.clone() });
        archive.entries.splice(0..1, copies);
    }));
    cases
}
