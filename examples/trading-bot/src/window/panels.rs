//! Draws the window. Nothing is done here: a click becomes an [`Action`].

use eframe::egui::{self, Align, Color32, Grid, Layout, RichText, ScrollArea, Ui};

use super::{Action, View, plot};
use crate::engine::{Failure, Health, Side, Snapshot};
use crate::words::Text;

/// The whole window, from the edges inwards.
pub(super) fn window_ui(ui: &mut Ui, view: &View) -> Option<Action> {
    let mut action = None;
    egui::Panel::top("menu").show(ui, |ui| action = action.or(menu_ui(ui, view)));
    egui::Panel::bottom("status").show(ui, |ui| action = action.or(status_ui(ui, view)));
    let log = egui::Panel::bottom("log").resizable(true).default_size(150.0).min_size(60.0);
    log.show(ui, |ui| log_ui(ui, view));
    let account = egui::Panel::right("account").resizable(true).default_size(350.0).min_size(280.0);
    account.show(ui, |ui| account_ui(ui, view));
    egui::CentralPanel::default().show(ui, |ui| action = action.or(market_ui(ui, view)));
    action
}

fn menu_ui(ui: &mut Ui, view: &View) -> Option<Action> {
    let mut action = None;
    let lang = view.lang;
    let running = is_running(view.health);
    let mut item = |ui: &mut Ui, enabled, text, wanted| {
        if ui.add_enabled(enabled, egui::Button::new(lang.text(text))).clicked() {
            action = Some(wanted);
            ui.close();
        }
    };
    egui::MenuBar::new().ui(ui, |ui| {
        ui.menu_button(lang.text(Text::MenuBot), |ui| {
            // A halted bot runs, but only a restart gets it going again.
            item(ui, !running || matches!(view.health, Health::Halted(_)), Text::Start, Action::Start);
            item(ui, running, Text::Stop, Action::Stop);
            ui.separator();
            item(ui, true, Text::Quit, Action::Quit);
        });
        ui.menu_button(lang.text(Text::MenuSimulate), |ui| {
            for (text, failure) in [
                (Text::SimulateRejections, Failure::RejectOrders { count: 3 }),
                (Text::SimulateSkew, Failure::SkewClock { ms_per_step: 500 }),
                (Text::SimulateOutage, Failure::LoseConnection { steps: 20 }),
            ] {
                item(ui, running, text, Action::Simulate(failure));
            }
            ui.separator();
            item(ui, running, Text::SimulateCrash, Action::Crash);
            item(ui, true, Text::SimulateKill, Action::Kill);
        });
        ui.menu_button(lang.text(Text::MenuHelp), |ui| item(ui, true, Text::ReportProblem, Action::Report));
    });
    action
}

fn status_ui(ui: &mut Ui, view: &View) -> Option<Action> {
    let mut action = None;
    let lang = view.lang;
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        // As high as the button, so that nothing moves when it comes.
        ui.set_min_height(BUTTON_HEIGHT);
        let colour = health_colour(ui, view.health);
        let (dot, _) = ui.allocate_exact_size(egui::vec2(14.0, 14.0), egui::Sense::empty());
        ui.painter().circle_filled(dot.center(), 5.0, colour);
        let wrong = view.health.trouble();
        let mut state = RichText::new(lang.health(view.health)).strong();
        if wrong.is_some() {
            state = state.color(colour);
        }
        ui.label(state);
        let shown = wrong.or(view.last_trouble);
        if let Some(trouble) = shown {
            let at = trouble.at.to_zoned_datetime(jiff::tz::TimeZone::system());
            let at = at.strftime("%H:%M:%S");
            ui.weak(if wrong.is_some() {
                at.to_string()
            } else {
                format!("{}: {}, {at}", lang.text(Text::LastTrouble), lang.trouble(trouble.kind))
            });
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let label = lang.text(Text::ReportProblem);
            let clicked = match (wrong, shown) {
                (Some(_), _) => {
                    let text = RichText::new(label).strong().color(Color32::WHITE);
                    let button =
                        egui::Button::new(text).fill(ALARM).min_size(egui::vec2(150.0, BUTTON_HEIGHT));
                    ui.add(button).clicked()
                }
                (None, Some(_)) => ui.button(label).clicked(),
                (None, None) => false,
            };
            if clicked {
                action = Some(Action::Report);
            }
        });
    });
    ui.add_space(4.0);
    action
}

fn market_ui(ui: &mut Ui, view: &View) -> Option<Action> {
    let mut action = None;
    let lang = view.lang;
    let Some(snapshot) = &view.snapshot else {
        ui.centered_and_justified(Ui::spinner);
        return None;
    };
    ui.strong(lang.text(Text::Market));
    ui.add_space(4.0);
    let width = (ui.available_width() / 4.0 - 12.0).max(60.0);
    Grid::new("market").num_columns(4).min_col_width(width).spacing([12.0, 6.0]).show(ui, |ui| {
        header_ui(ui, [Text::Pair, Text::Price, Text::Change, Text::Volume].map(|text| lang.text(text)));
        for ticker in &snapshot.tickers {
            if ui.selectable_label(ticker.symbol == view.selected, ticker.symbol).clicked() {
                action = Some(Action::Select(ticker.symbol));
            }
            number_ui(ui, RichText::new(ticker.format(ticker.last)));
            let change = ticker.change_percent();
            number_ui(ui, RichText::new(format!("{change:+.2} %")).color(plot::colour(ui, change >= 0.0)));
            let volume: f64 = ticker.candles.iter().map(|candle| candle.volume).sum();
            number_ui(ui, RichText::new(format!("{volume:.1} {}", ticker.base)));
            ui.end_row();
        }
    });
    ui.add_space(8.0);
    if let Some(ticker) = snapshot.tickers.iter().find(|ticker| ticker.symbol == view.selected) {
        ui.strong(ticker.symbol);
        let orders = snapshot.orders.iter().filter(|order| order.symbol == ticker.symbol);
        plot::plot_ui(ui, ticker, orders);
    }
    action
}

fn account_ui(ui: &mut Ui, view: &View) {
    let Some(snapshot) = &view.snapshot else { return };
    ui.add_space(4.0);
    ui.strong(view.lang.text(Text::Balances));
    ui.add_space(4.0);
    balances_ui(ui, view, snapshot);
    let counters = snapshot.counters;
    let counts = [
        (Text::Placed, counters.orders_placed),
        (Text::Filled, counters.orders_filled),
        (Text::Refused, counters.calls_refused),
    ];
    let counts = counts.map(|(text, count)| format!("{} {count}", view.lang.text(text)));
    ui.add_space(4.0);
    ui.weak(counts.join(" · "));
    ui.add_space(12.0);
    ui.strong(format!("{} ({})", view.lang.text(Text::OpenOrders), snapshot.orders.len()));
    ui.add_space(4.0);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| orders_ui(ui, view, snapshot));
}

fn balances_ui(ui: &mut Ui, view: &View, snapshot: &Snapshot) {
    let lang = view.lang;
    Grid::new("balances").num_columns(3).min_col_width(90.0).show(ui, |ui| {
        header_ui(ui, [Text::Currency, Text::Free, Text::Locked].map(|text| lang.text(text)));
        for (asset, balance) in &snapshot.balances {
            let decimals = if *asset == "USDT" { 2 } else { 5 };
            ui.label(*asset);
            number_ui(ui, RichText::new(format!("{:.decimals$}", balance.free)));
            number_ui(ui, RichText::new(format!("{:.decimals$}", balance.locked)));
            ui.end_row();
        }
        ui.weak(lang.text(Text::Equity));
        number_ui(ui, RichText::new(format!("{:.2} USDT", snapshot.equity_usdt)).weak());
        ui.end_row();
    });
}

fn orders_ui(ui: &mut Ui, view: &View, snapshot: &Snapshot) {
    let lang = view.lang;
    if snapshot.orders.is_empty() {
        ui.weak(lang.text(Text::NoOrders));
        return;
    }
    // As in an order book: the dearest on top.
    let mut orders: Vec<_> = snapshot.orders.iter().collect();
    orders.sort_by(|a, b| b.price.total_cmp(&a.price));
    Grid::new("orders").num_columns(4).spacing([12.0, 4.0]).show(ui, |ui| {
        header_ui(ui, [Text::OrderId, Text::Side, Text::Price, Text::Quantity].map(|text| lang.text(text)));
        for order in orders {
            ui.monospace(order.id.to_string());
            ui.colored_label(plot::colour(ui, order.side == Side::Buy), lang.side(order.side));
            let ticker = snapshot.tickers.iter().find(|ticker| ticker.symbol == order.symbol);
            let price = ticker.map_or_else(|| order.price.to_string(), |ticker| ticker.format(order.price));
            number_ui(ui, RichText::new(price));
            number_ui(ui, RichText::new(format!("{:.5}", order.quantity)));
            ui.end_row();
        }
    });
}

fn log_ui(ui: &mut Ui, view: &View) {
    ui.add_space(2.0);
    ui.strong(view.lang.text(Text::Log));
    ScrollArea::vertical().auto_shrink(false).stick_to_bottom(true).show(ui, |ui| {
        for line in &view.log {
            let colour = if line.contains(" ERROR ") {
                plot::colour(ui, false)
            } else if line.contains("  WARN ") {
                ui.visuals().warn_fg_color
            } else {
                ui.visuals().text_color()
            };
            let text = RichText::new(line).monospace().size(11.0).color(colour);
            ui.add(egui::Label::new(text).truncate());
        }
    });
}

/// Names of columns: the first one on the left, numbers on the right.
fn header_ui<const N: usize>(ui: &mut Ui, names: [&str; N]) {
    for (column, name) in names.into_iter().enumerate() {
        let name = RichText::new(name).weak();
        if column == 0 {
            ui.label(name);
        } else {
            number_ui(ui, name);
        }
    }
    ui.end_row();
}

fn number_ui(ui: &mut Ui, text: RichText) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(text));
}

fn is_running(health: Health) -> bool {
    matches!(health, Health::Trading | Health::Troubled(_) | Health::Halted(_))
}

/// Of the button that nobody shall overlook.
const BUTTON_HEIGHT: f32 = 28.0;
const ALARM: Color32 = Color32::from_rgb(190, 40, 40);

fn health_colour(ui: &Ui, health: Health) -> Color32 {
    match health {
        Health::Trading => plot::colour(ui, true),
        Health::Troubled(_) => ui.visuals().warn_fg_color,
        Health::Halted(_) | Health::Crashed(_) => plot::colour(ui, false),
        Health::Stopped => ui.visuals().weak_text_color(),
    }
}
