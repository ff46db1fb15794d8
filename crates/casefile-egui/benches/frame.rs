//! How long a frame takes while a report of many entries is reviewed, the drawing on the screen not counted.
//!
//! `cargo bench -p casefile-egui --bench frame -- ENTRIES` prints the median, the 99th percentile and the worst of 2,000
//! frames, every other of which scrolls.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use std::fs;
use std::time::{Duration, Instant};

use casefile::Reporter;
use casefile::bundle::Budget;
use casefile::deliver::DeliverError;
use casefile::report::{Category, Priority, Request};
use casefile_egui::Dialog;
use egui::{Event, Modifiers, MouseWheelUnit, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

const FRAMES: usize = 2_000;

fn main() {
    let entries = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(1_000_u32);
    let home = tempfile::tempdir().expect("a folder for the logs");
    fs::create_dir(home.path().join("logs")).expect("a new folder");
    for at in 0..entries {
        let path = home.path().join(format!("logs/{at:06}.log"));
        fs::write(path, format!("line {at}: mail user{at}@example.com\n")).expect("a new file");
    }
    let budget = Budget { entries: entries + 100, ..Budget::default() };
    let builder = Reporter::builder("a", "Bot", "1").outbox(home.path().join("outbox")).budget(budget);
    let reporter = builder.logs(home.path().join("logs")).build().expect("settings without a mistake");
    let now = || jiff::Timestamp::UNIX_EPOCH;
    let request = Request::new("title", "description", Priority::P3, Category::Runtime);
    let dialog = Dialog::new(reporter, request, now, |_, _| Err(DeliverError::NoPortal));
    let draw = |ui: &mut egui::Ui, dialog: &mut Dialog| _ = dialog.ui(ui);
    let builder = Harness::builder().with_size(egui::vec2(660.0, 700.0)).with_step_dt(1.0 / 60.0);
    let mut harness = builder.build_ui_state(draw, dialog);
    harness.step();
    harness.get_by_role_and_label(Role::Button, "Next").click_accesskit();
    while harness.query_by_role_and_label(Role::Button, "Send").is_none() {
        std::thread::sleep(Duration::from_millis(20));
        harness.step();
    }
    harness.event(Event::PointerMoved(egui::pos2(300.0, 500.0)));
    harness.step();
    let mut times: Vec<Duration> = (0..FRAMES).map(|frame| frame_time(&mut harness, frame)).collect();
    times.sort_unstable();
    let ms = |at: usize| times[at].as_secs_f64() * 1_000.0;
    println!(
        "{entries} entries: median {:.2} ms, p99 {:.2} ms, worst {:.2} ms",
        ms(FRAMES / 2),
        ms(FRAMES * 99 / 100),
        ms(FRAMES - 1)
    );
}

fn frame_time(harness: &mut Harness<'_, Dialog>, frame: usize) -> Duration {
    if frame.is_multiple_of(2) {
        let delta = egui::vec2(0.0, if frame.is_multiple_of(400) { 20_000.0 } else { -400.0 });
        let (unit, phase) = (MouseWheelUnit::Point, egui::TouchPhase::Move);
        let (modifiers, source) = (Modifiers::NONE, egui::MouseWheelSource::Unknown);
        harness.event(Event::MouseWheel { unit, delta, phase, source, modifiers });
    }
    let start = Instant::now();
    harness.step();
    start.elapsed()
}
