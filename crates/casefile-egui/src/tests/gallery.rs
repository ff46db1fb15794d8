//! Every screen in every window: in both languages, wide and narrow, large and small letters, with texts of any length.
//!
//! `CASEFILE_PICTURES=FOLDER cargo test -p casefile-egui gallery` paints all of them into that folder, to be looked at;
//! `tests/pictures` paints those of the documents, one sheet for each language and theme.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use egui::Theme;

use egui_kittest::kittest::NodeT as _;

use super::picture::{Picture, Textures};
use super::*;
use crate::action::Action;
use crate::aside::picture::PictureClick;
use crate::aside::reports::ticket::TicketClick;
use crate::pixels::Pixels;
use crate::saving::{Saving, Source};
use crate::stage::{Failed, Kept, Review};
use crate::words::Words;

/// The windows that every screen is put into: width and height in pixels, and the scale.
const WINDOWS: [([f32; 2], f32); 3] = [([480.0, 700.0], 1.0), ([480.0, 1000.0], 2.0), ([1400.0, 900.0], 1.0)];

/// One journey through all screens.
struct Journey {
    opened: Opened,
    textures: Textures,
    words: Words,
    language: Language,
    theme: Theme,
    /// Absurdly long names and texts.
    is_long: bool,
    answers: Arc<Mutex<Portal>>,
    folder: Option<PathBuf>,
    /// Where the pictures of the documents go, and what is on them: light, dark.
    sheets: Option<PathBuf>,
    pictures: [Vec<Picture>; 2],
    wrong: Vec<String>,
}

impl Journey {
    fn begin(language: Language, theme: Theme, is_long: bool) -> Self {
        let home = tempfile::tempdir().unwrap();
        let reporter = if is_long { long_reporter(home.path()) } else { example_reporter(home.path()) };
        let request = request(language, is_long);
        let redactor = reporter.redactor(|_| {}).unwrap();
        let id = casefile::id::ReportId::from_bytes([7; 16]);
        reporter.keep_unfinished(&redactor, id, &request, now()).unwrap();
        let (answers, textures) = (Arc::new(Mutex::new(Portal::IsAway)), Textures::default());
        let shared = answers.clone();
        let deliver = move |parcel: &Parcel, progress: &_| {
            let portal = *shared.lock().unwrap();
            answer(portal, parcel, progress)
        };
        let builder = Harness::builder().with_theme(theme).renderer(textures.clone());
        let ticket = ticket(language, is_long);
        let dialog = Dialog::new(reporter.clone(), request, now, deliver)
            .with_tickets(move |_, _, _| Ok(Some(serde_json::from_str(&ticket).unwrap())));
        let opened = showing(builder, home, reporter, dialog);
        let folder = std::env::var_os("CASEFILE_PICTURES").map(PathBuf::from);
        let sheets = std::env::var_os("CASEFILE_SHEETS").map(PathBuf::from).filter(|_| !is_long);
        let (words, wrong) = (Words::new(language), Vec::new());
        let pictures = [Vec::new(), Vec::new()];
        Self { opened, textures, words, language, theme, is_long, answers, folder, sheets, pictures, wrong }
    }

    fn dialog(&mut self) -> &mut Dialog {
        &mut self.opened.harness.state_mut().dialog
    }

    fn press(&mut self, key: &str) {
        let label = self.words.text(key);
        self.opened.press_and_wait(&label);
    }

    fn apply(&mut self, action: Action) {
        let ctx = self.opened.harness.ctx.clone();
        self.dialog().apply(action, &ctx);
        self.opened.wait();
    }

    /// Looks at the present screen in every window.
    fn look(&mut self, screen: &str) {
        for (size, scale) in WINDOWS {
            let harness = &mut self.opened.harness;
            // A change of the scale changes the size of the next frame as well.
            harness.set_pixels_per_point(scale);
            harness.step();
            harness.set_size(egui::Vec2::from(size) / scale);
            harness.run_steps(4);
            let theme = if self.theme == Theme::Dark { "dark" } else { "light" };
            let long = if self.is_long { "-long" } else { "" };
            let name = format!("{screen}-{}-{theme}-{}px-{}{long}", self.language, size[0], scale * 100.0);
            let outside = self.opened.outside(size[0] / scale);
            self.wrong.extend(outside.into_iter().map(|what| format!("{name}: {what}")));
            if let Some(folder) = &self.folder {
                let path = folder.join(format!("{name}.png"));
                Picture::of(&self.opened.harness, &self.textures).write(&path);
            }
        }
        if self.sheets.is_some() {
            self.look_for_sheets();
        }
    }

    /// Looks at the present screen in both themes.
    fn look_for_sheets(&mut self) {
        for (at, theme) in [Theme::Light, Theme::Dark].into_iter().enumerate() {
            let harness = &mut self.opened.harness;
            harness.set_pixels_per_point(1.0);
            harness.step();
            harness.set_size(egui::vec2(560.0, 700.0));
            harness.ctx.set_theme(theme);
            harness.run_steps(4);
            self.pictures[at].push(Picture::of(harness, &self.textures));
        }
        self.opened.harness.ctx.set_theme(self.theme);
    }

    fn write_sheets(&self) {
        let Some(folder) = &self.sheets else { return };
        fs::create_dir_all(folder).unwrap();
        for (pictures, theme) in self.pictures.iter().zip(["light", "dark"]) {
            let path = folder.join(format!("dialog-{}-{theme}.png", self.language));
            Picture::sheet(pictures, 6, 490).write(&path);
        }
    }

    fn go(mut self) -> Vec<String> {
        self.look("unfinished");
        self.apply(Action::Discard);
        self.look("describe");
        let form = self.dialog().erase();
        self.press("next");
        self.look("complaints");
        self.dialog().write(form);
        self.press("next");
        self.look("review");
        for key in ["hide", "attach"] {
            let label = self.words.text(key);
            self.opened.unfold(&label);
        }
        let hidden = self.review().wishes.clone();
        self.review().wishes.hide.insert("Anna".to_owned());
        self.review().wishes.attachments.insert("note.txt".into());
        self.look("changed");
        self.review().wishes = hidden;
        let path = self.screenshot();
        self.apply(Action::Attach(vec![path]));
        self.apply(Action::Picture(PictureClick::Cover));
        self.look("picture");
        self.apply(Action::Picture(PictureClick::Use));
        self.press("seal-again");
        let name = {
            let entries = &self.review().sealed.draft.bundle.manifest().entries;
            entries.iter().find(|entry| entry.is_picture()).unwrap().name.clone()
        };
        self.apply(Action::Open(name));
        self.look("picture-entry");
        self.apply(Action::CloseEntry);
        let entries = &self.review().sealed.draft.bundle.manifest().entries;
        let name = entries.iter().rfind(|entry| entry.hidden() > 0).unwrap().name.clone();
        self.apply(Action::Open(name));
        self.look("entry");
        self.apply(Action::CloseEntry);
        self.press("send");
        self.look("kept");
        self.apply(Action::ShowReports);
        self.look("reports");
        self.apply(Action::ShowWays);
        self.look("contact");
        self.apply(Action::CloseAside);
        *self.answers.lock().unwrap() = Portal::Hangs;
        let ctx = self.opened.harness.ctx.clone();
        self.dialog().apply(Action::Retry, &ctx);
        self.look("sending");
        self.apply(Action::Cancel);
        for (portal, screen) in [(Portal::Refuses, "refused"), (Portal::Accepts, "sent")] {
            let parcel = self.opened.parcels().remove(0);
            let saving = Saving::new(&self.opened.reporter, Source::Kept(Box::new(parcel.clone())));
            let kept = Kept { parcel, again_at: None, ticket: None, why: String::new(), saving };
            self.dialog().stage = Stage::Kept(Box::new(kept));
            *self.answers.lock().unwrap() = portal;
            self.apply(Action::Retry);
            self.look(screen);
        }
        let parcel = self.opened.parcels().remove(0);
        let receipt = answer(Portal::Accepts, &parcel, &casefile::Progress::new()).unwrap();
        let path = parcel.bundle_path().with_file_name("receipt.json");
        fs::write(path, serde_json::to_vec(&receipt).unwrap()).unwrap();
        self.apply(Action::ShowReports);
        self.look("tickets");
        self.apply(Action::Ticket(TicketClick::Open(parcel.id())));
        self.look("ticket");
        self.apply(Action::CloseAside);
        let why = self.words.text("why-died");
        let culprit = Some(format!("logs/{}.log", if self.is_long { LONG } else { "bot" }));
        self.dialog().stage = Stage::Failed(Box::new(Failed { why, culprit, saving: None }));
        self.look("failed");
        self.write_sheets();
        self.wrong
    }

    /// A file that shows something like a chart.
    fn screenshot(&self) -> PathBuf {
        let long = if self.is_long { LONG } else { "chart" };
        let path = self.opened.home.path().join(format!("{long}.png"));
        let height = |x: usize| 150 + (x * x / 90 + x * 7 % 31) % 120;
        let pixel = |at: usize| if height(at % 640) > at / 640 { [22, 27, 34] } else { [46, 120, 90] };
        let rgb = (0..640 * 360).flat_map(pixel).collect();
        let picture = Pixels::new(640, 360, rgb).into_picture("a", "x").unwrap();
        fs::write(&path, picture.png()).unwrap();
        path
    }

    fn review(&mut self) -> &mut Review {
        match &mut self.dialog().stage {
            Stage::Review(review) => review,
            _ => panic!("nothing is reviewed"),
        }
    }
}

fn request(language: Language, is_long: bool) -> Request {
    let mut request = prefill(language);
    request.occurred_at = Some("2026-11-24T09:12:00Z".parse().unwrap());
    let (title, description) = match language {
        Language::Pl => (
            "Zlecenia są odrzucane od aktualizacji",
            "Od dziesiątej giełda odrzuca każde zlecenie z błędem -1021.",
        ),
        Language::En => (
            "Orders are rejected since the update",
            "Since ten o'clock the exchange refuses every order with error -1021.",
        ),
    };
    (request.title, request.description) = (title.to_owned(), description.to_owned());
    if is_long {
        request.title = LONG.chars().cycle().take(200).collect();
        request.description = LONG.repeat(30);
        request.contact.email = Some(format!("{LONG}@example.com"));
    }
    request
}

/// A ticket with a conversation, as the portal tells it.
fn ticket(language: Language, is_long: bool) -> String {
    let (question, answer, proposal) = match language {
        Language::Pl => (
            "Czy ten komputer ma włączoną synchronizację czasu?",
            "Nie była włączona. Teraz jest.",
            "Zegar śpieszył się o 4 sekundy, a giełda przyjmuje najwyżej jedną. Po synchronizacji powinno działać.",
        ),
        Language::En => (
            "Is time synchronisation switched on?",
            "It was not. It is now.",
            "The clock was 4 seconds fast; the exchange accepts one at most. It should work since the synchronisation.",
        ),
    };
    let text = |text: &str| if is_long { LONG.repeat(20) } else { text.to_owned() };
    let message = |at: &str, from: &str, kind: &str, said: &str| serde_json::json!({ "at": format!("2026-11-24T{at}:00Z"), "from": from, "kind": kind, "text": text(said) });
    let ticket = serde_json::json!({
        "ticket": "CF-2026-0042", "state": "proposed", "registered_at": "2026-11-24T10:00:00Z", "priority": "P2",
        "deadlines": { "workaround": "2026-11-25T10:00:00Z", "resolution": "2026-11-27T10:00:00Z" },
        "closes_at": "2026-12-01T10:00:00Z", "can": ["message", "confirm", "reject"],
        "messages": [
            message("10:40", "support", "asked_customer", question),
            message("10:52", "customer", "customer_replied", answer),
            message("11:30", "support", "resolution_proposed", proposal),
        ],
    });
    ticket.to_string()
}

const LONG: &str = "Najdłuższe_słowo_bez_żadnej_przerwy_0123456789";

fn long_reporter(home: &Path) -> Reporter {
    fs::create_dir(home.join("logs")).unwrap();
    let log = format!("{} mail anna@example.com\n", LONG.repeat(50));
    for at in 0..3 {
        fs::write(home.join(format!("logs/{at}-{}.log", LONG.repeat(3))), &log).unwrap();
    }
    let builder = Reporter::builder("com.example.bot", LONG.repeat(2), "2.4.1").vendor(LONG.repeat(2));
    let builder = builder.logs(home.join("logs")).logs(home.join("not there")).outbox(home.join("outbox"));
    builder.portal(format!("https://{}.example.com", "support-".repeat(12))).build().unwrap()
}

fn example_reporter(home: &Path) -> Reporter {
    for folder in ["logs", "presets"] {
        fs::create_dir(home.join(folder)).unwrap();
    }
    let mut log = String::new();
    for minute in 0..40 {
        let line =
            format!("2026-11-24 10:{minute:02}:07 INFO grid: order placed BTCUSDT 0.00125 @ 61250.40\n");
        log.push_str(&line);
        if minute % 9 == 5 {
            let signature: String =
                (0..64).map(|at| char::from(b"0123456789abcdef"[(at * 7 + minute) % 16])).collect();
            let refused =
                r#"order refused: {"code":-1021,"msg":"Timestamp for this request was 1000ms ahead"}"#;
            let line =
                format!("2026-11-24 10:{minute:02}:09 ERROR exchange: {refused} signature={signature}\n");
            log.push_str(&line);
        }
    }
    let key: String =
        (0..64).map(|at| char::from(b"abcdefghijkmnpqrstuvwxyzABCDEFGH23456789"[at * 11 % 40])).collect();
    let line =
        format!("2026-11-24 10:39:00 DEBUG GET https://api.binance.com/api/v3/account api_secret={key}\n");
    log.push_str(&line);
    log += "2026-11-24 10:40:00 INFO licence of anna@example.com is active\n";
    fs::write(home.join("logs/bot.log"), &log).unwrap();
    fs::write(home.join("logs/bot.1.log"), log.repeat(40)).unwrap();
    fs::write(home.join("logs/orders.csv"), "time,symbol,side,price\n10:00,BTCUSDT,buy,61250.40\n").unwrap();
    fs::write(home.join("presets/grid.toml"), "spacing = 0.004\napi_key = \"example-not-a-key-42\"\n")
        .unwrap();
    let builder = Reporter::builder("com.example.bot", "Grid Bot", "2.4.1").vendor("Example Bots");
    let builder = builder.logs(home.join("logs")).presets(home.join("presets")).outbox(home.join("outbox"));
    builder.portal("https://support.example.com").build().unwrap()
}

impl Opened {
    /// Everything that is wider than the window, or lies outside of it.
    fn outside(&self, width: f32) -> Vec<String> {
        // A text inside of a field is cut by the field.
        let all = self.harness.query_all_by(|node| {
            node.role() != Role::TextRun && (node.label().is_some() || node.value().is_some())
        });
        let is_outside = |rect: egui::Rect| rect.left() < -0.5 || rect.right() > width + 0.5;
        let found = all.filter(|node| is_outside(node.rect()));
        found.map(|node| format!("{:?} at {:?}", node.accesskit_node().label(), node.rect())).collect()
    }
}

#[test]
fn no_screen_is_wider_than_its_window() {
    let wrong = Journey::begin(Language::En, Theme::Dark, false).go();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_screen_is_wider_than_its_window_in_polish() {
    let wrong = Journey::begin(Language::Pl, Theme::Light, false).go();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_text_is_too_long() {
    let wrong = Journey::begin(Language::Pl, Theme::Dark, true).go();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
