//! Log files by hour and size. `tracing-appender` rotates by the computer's clock, which makes the file of a line
//! a matter of luck; here the time in the line decides, however late it is written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{MAX_FILE_BYTES, MAX_FILES};

/// `<prefix>.YYYY-MM-DD-HH.<suffix>`, and `<prefix>.YYYY-MM-DD-HH.1.<suffix>` when an hour needs more.
#[derive(Debug)]
pub(super) struct RotatedFile {
    dir: PathBuf,
    prefix: &'static str,
    suffix: &'static str,
    max_bytes: u64,
    max_files: usize,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    file: File,
    hour: String,
    part: u32,
    bytes: u64,
}

impl RotatedFile {
    pub(super) fn new(dir: &Path, prefix: &'static str, suffix: &'static str) -> Self {
        let (dir, open) = (dir.to_owned(), None);
        Self { dir, prefix, suffix, max_bytes: MAX_FILE_BYTES, max_files: MAX_FILES, open }
    }

    fn name(&self, hour: &str, part: u32) -> String {
        let Self { prefix, suffix, .. } = self;
        if part == 0 {
            format!("{prefix}.{hour}.{suffix}")
        } else {
            format!("{prefix}.{hour}.{part}.{suffix}")
        }
    }

    /// Hour and part of a file of this log.
    fn parse(&self, name: &str) -> Option<(String, u32)> {
        let middle = name.strip_prefix(self.prefix)?.strip_prefix('.')?.strip_suffix(self.suffix)?;
        let middle = middle.strip_suffix('.')?;
        match middle.split_once('.') {
            Some((hour, part)) => Some((hour.to_owned(), part.parse().ok()?)),
            None => Some((middle.to_owned(), 0)),
        }
    }

    /// Every file of this log, oldest first.
    fn files(&self) -> io::Result<Vec<(String, u32)>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.dir)? {
            files.extend(entry?.file_name().to_str().and_then(|name| self.parse(name)));
        }
        files.sort();
        Ok(files)
    }

    /// Makes sure that the open file is the one of this hour and has room, after a restart too.
    fn turn_to(&mut self, hour: &str, bytes: u64) -> io::Result<&mut Open> {
        let full = |open: &Open| open.bytes > 0 && open.bytes + bytes > self.max_bytes;
        if self.open.as_ref().is_none_or(|open| open.hour != hour || full(open)) {
            let last =
                |files: &[(String, u32)]| files.iter().filter(|file| file.0 == hour).map(|file| file.1).max();
            let mut part = match &self.open {
                Some(open) if open.hour == hour => open.part + 1,
                _ => last(&self.files()?).unwrap_or(0),
            };
            let mut opened = self.append(hour, part)?;
            if full(&opened) {
                part += 1;
                opened = self.append(hour, part)?;
            }
            self.open = Some(opened);
            self.remove_oldest()?;
        }
        Ok(self.open.as_mut().expect("was opened just now"))
    }

    fn append(&self, hour: &str, part: u32) -> io::Result<Open> {
        let file = OpenOptions::new().create(true).append(true).open(self.dir.join(self.name(hour, part)))?;
        let bytes = file.metadata()?.len();
        Ok(Open { file, hour: hour.to_owned(), part, bytes })
    }

    fn remove_oldest(&self) -> io::Result<()> {
        let files = self.files()?;
        let surplus = files.len().saturating_sub(self.max_files);
        for (hour, part) in &files[..surplus] {
            fs::remove_file(self.dir.join(self.name(hour, *part)))?;
        }
        Ok(())
    }
}

impl Write for RotatedFile {
    /// Takes one event, whole: an event is never cut in two.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let hour = hour_of(event).or_else(|| self.open.as_ref().map(|open| open.hour.clone()));
        let bytes = event.len() as u64;
        let open = self.turn_to(hour.as_deref().unwrap_or("1970-01-01-00"), bytes)?;
        open.file.write_all(event)?;
        open.bytes += bytes;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.open.as_mut().map_or(Ok(()), |open| open.file.flush())
    }
}

/// The hour in the time stamp at the start of a text line or of a JSON event, as file names have it.
fn hour_of(event: &[u8]) -> Option<String> {
    const SHAPE: &[u8] = b"0000-00-00T00";
    let matches = |found: &[u8]| {
        found
            .iter()
            .zip(SHAPE)
            .all(|(byte, shape)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == shape })
    };
    let start = &event[..event.len().min(40)];
    let found = start.windows(SHAPE.len()).find(|found| matches(found))?;
    Some(String::from_utf8_lossy(found).replace('T', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(dir: &Path, max_bytes: u64, max_files: usize) -> RotatedFile {
        RotatedFile { max_bytes, max_files, ..RotatedFile::new(dir, "bot", "log") }
    }

    fn names(dir: &Path) -> Vec<String> {
        let names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_line_goes_to_the_file_of_its_own_hour() {
        let dir = tempfile::tempdir().unwrap();
        let mut log = log(dir.path(), 1_000, 9);
        for line in ["2026-11-24T04:59:59Z a\n", "2026-11-24T05:00:00Z b\n", "  without a time\n"] {
            log.write_all(line.as_bytes()).unwrap();
        }
        assert_eq!(names(dir.path()), ["bot.2026-11-24-04.log", "bot.2026-11-24-05.log"]);
        let text = fs::read_to_string(dir.path().join("bot.2026-11-24-05.log")).unwrap();
        assert_eq!(text, "2026-11-24T05:00:00Z b\n  without a time\n");
    }

    #[test]
    fn a_full_file_is_followed_by_a_part_and_no_event_is_cut() {
        let dir = tempfile::tempdir().unwrap();
        let mut log = log(dir.path(), 100, 9);
        for n in 0..9 {
            log.write_all(format!("2026-11-24T04:00:0{n}Z twenty more characters\n").as_bytes()).unwrap();
        }
        for name in names(dir.path()) {
            let text = fs::read_to_string(dir.path().join(&name)).unwrap();
            assert!(text.len() <= 100, "{name}");
            assert!(text.starts_with("2026") && text.ends_with("characters\n"), "{name}: {text}");
        }
        assert_eq!(names(dir.path()).len(), 5);
    }

    #[test]
    fn a_restart_goes_on_where_the_last_run_ended() {
        let dir = tempfile::tempdir().unwrap();
        let line = b"2026-11-24T04:00:00Z about half of a file\n";
        for _ in 0..3 {
            log(dir.path(), 100, 9).write_all(line).unwrap();
        }
        assert_eq!(names(dir.path()), ["bot.2026-11-24-04.1.log", "bot.2026-11-24-04.log"]);
        let sizes =
            names(dir.path()).into_iter().map(|name| fs::metadata(dir.path().join(name)).unwrap().len());
        assert_eq!(sizes.sum::<u64>(), 3 * line.len() as u64);
    }

    #[test]
    fn the_oldest_files_go_and_files_of_others_stay() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("notes.log"), "mine").unwrap();
        let mut log = log(dir.path(), 30, 3);
        for hour in 10..14 {
            log.write_all(format!("2026-11-24T{hour}:00:00Z\n").as_bytes()).unwrap();
            log.write_all(format!("2026-11-24T{hour}:00:01Z\n").as_bytes()).unwrap();
        }
        let kept =
            ["bot.2026-11-24-12.1.log", "bot.2026-11-24-13.1.log", "bot.2026-11-24-13.log", "notes.log"];
        assert_eq!(names(dir.path()), kept);
    }

    #[test]
    fn the_hour_is_read_from_text_and_from_json() {
        for (event, hour) in [
            ("2026-11-24T04:31:57.123Z  INFO x", Some("2026-11-24-04")),
            (r#"{"timestamp":"2026-11-24T04:31:57.123Z","level":"INFO"}"#, Some("2026-11-24-04")),
            ("   0: std::panicking", None),
            ("2026-11-24 04:31", None),
        ] {
            assert_eq!(hour_of(event.as_bytes()).as_deref(), hour, "{event}");
        }
    }
}
