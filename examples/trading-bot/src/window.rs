//! The bot's window.

mod panels;
mod plot;
mod worker;

use eframe::egui;
use jiff::Timestamp;

use self::worker::{Command, End, Worker};
use crate::engine::{Clock, Engine, Failure, Health, Schedule, Snapshot, Tail, Trouble, TroubleKind};
use crate::home::Contents;
use crate::report::{Report, Sources};
use crate::words::Lang;

/// Everything that a window is opened with.
pub(crate) struct Launch {
    pub(crate) sources: Sources,
    pub(crate) contents: Contents,
    pub(crate) clock: Clock,
    pub(crate) seed: u64,
    /// Steps per second.
    pub(crate) speed: f64,
    pub(crate) lang: Lang,
    pub(crate) tail: Tail,
    /// Close when trading has stopped.
    pub(crate) until_failure: bool,
    pub(crate) now: fn() -> Timestamp,
}

/// What a click asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Start,
    Stop,
    Quit,
    Simulate(Failure),
    Crash,
    Kill,
    Report,
    Select(&'static str),
}

struct Window {
    launch: Launch,
    report: Report,
    worker: Option<Worker>,
    /// Starts so far: each restart trades on another market.
    starts: u64,
    view: View,
}

/// What is drawn.
struct View {
    lang: Lang,
    health: Health,
    /// Kept when it is over: users report what has just happened.
    last_trouble: Option<Trouble>,
    snapshot: Option<Snapshot>,
    /// Pair in the plot.
    selected: &'static str,
    log: Vec<String>,
}

/// Opens the window and returns when it is closed.
pub(crate) fn run(launch: Launch) -> anyhow::Result<()> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Demo Bot")
        .with_app_id("demo-bot")
        .with_inner_size([1000.0, 720.0])
        .with_min_inner_size([720.0, 520.0]);
    // Tests of the workspace turn wgpu on by feature unification; glow costs a quarter of its time here.
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    let opened = eframe::run_native(
        "Demo Bot",
        options,
        Box::new(|creation| {
            let mut window = Window::new(launch);
            window.apply(Action::Start, &creation.egui_ctx);
            window.report.send_kept();
            window.report.open_after_crash();
            Ok(Box::new(window))
        }),
    );
    opened.map_err(|error| anyhow::anyhow!("cannot open the window: {error}"))
}

impl Window {
    fn new(launch: Launch) -> Self {
        let lang = launch.lang;
        let view = View {
            lang,
            health: Health::Stopped,
            last_trouble: None,
            snapshot: None,
            selected: "BTCUSDT",
            log: Vec::new(),
        };
        let report = Report::new(launch.sources.clone(), launch.now);
        Self { launch, report, worker: None, starts: 0, view }
    }

    fn apply(&mut self, action: Action, ctx: &egui::Context) {
        match action {
            Action::Start => self.start(ctx),
            Action::Stop => self.ask(Command::Stop),
            Action::Simulate(failure) => self.ask(Command::Simulate(failure)),
            Action::Crash => self.ask(Command::Crash),
            // As a defect below the language, or the system, would end it.
            Action::Kill => std::process::abort(),
            Action::Report => self.report.open(self.view.last_trouble),
            Action::Select(symbol) => self.view.selected = symbol,
            Action::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    fn ask(&self, command: Command) {
        if let Some(worker) = &self.worker {
            worker.ask(command);
        }
    }

    fn start(&mut self, ctx: &egui::Context) {
        // A bot that has halted is started anew, clock and all.
        self.finish();
        let Launch { sources, contents, clock, seed, speed, now, .. } = &self.launch;
        let (home, contents, clock) = (sources.home.clone(), contents.clone(), clock.clone());
        let seed = seed + self.starts;
        let make = move || Engine::new(&home, contents, clock, seed, Schedule::new(seed));
        match Worker::start(make, *speed, *now, ctx.clone()) {
            Ok(worker) => {
                self.starts += 1;
                self.worker = Some(worker);
                self.view.health = Health::Trading;
            }
            Err(error) => tracing::error!("cannot start trading: {error}"),
        }
    }

    /// Ends the worker, if there is one, and keeps what it showed last.
    fn finish(&mut self) {
        let Some(worker) = self.worker.take() else { return };
        worker.ask(Command::Stop);
        if worker.end() == End::Crashed {
            self.crashed();
        } else {
            self.view.health = Health::Stopped;
        }
    }

    fn crashed(&mut self) {
        let trouble = Trouble { at: self.launch.clock.now(), kind: TroubleKind::Crashed };
        tracing::error!("the trading thread has crashed, orders stay as they are");
        self.view.health = Health::Crashed(trouble);
        self.view.last_trouble = Some(trouble);
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        if let Some(worker) = &self.worker {
            if let Some(snapshot) = worker.snapshot() {
                self.view.health = snapshot.health;
                self.view.last_trouble = snapshot.health.trouble().or(self.view.last_trouble);
                self.view.snapshot = Some(snapshot);
            }
            if worker.has_ended() {
                self.finish();
            }
        }
        self.view.log = self.launch.tail.lines();
        if self.launch.until_failure && matches!(self.view.health, Health::Halted(_) | Health::Crashed(_)) {
            self.apply(Action::Quit, ctx);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if let Some(action) = panels::window_ui(ui, &self.view) {
            self.apply(action, &ui.ctx().clone());
        }
        self.report.ui(&ui.ctx().clone());
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.finish();
    }
}
