//! The price as candles, with the open orders as lines across.

use eframe::egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, lerp, pos2, remap,
    vec2,
};

use crate::engine::{Candle, Order, Side, Ticker};

/// Room for the prices on the right.
const SCALE_WIDTH: f32 = 72.0;
/// Prices on the scale.
const LINES: u8 = 5;

/// Fills what is left of the space.
pub(super) fn plot_ui<'a>(ui: &mut Ui, ticker: &Ticker, orders: impl Iterator<Item = &'a Order>) {
    let size = vec2(ui.available_width(), ui.available_height().max(80.0));
    let (response, painter) = ui.allocate_painter(size, Sense::hover());
    let label = format!("{} {}", ticker.symbol, ticker.format(ticker.last));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &label));
    let whole = response.rect;
    painter.rect_filled(whole, 4.0, ui.visuals().extreme_bg_color);
    let area = Rect::from_min_max(whole.min + vec2(8.0, 10.0), whole.max - vec2(SCALE_WIDTH, 10.0));
    let Some(scale) = Scale::new(ticker.candles.iter(), area) else { return };
    let weak = ui.visuals().weak_text_color();
    for line in 0..LINES {
        let y = lerp(area.top()..=area.bottom(), f32::from(line) / f32::from(LINES - 1));
        painter.hline(area.x_range(), y, Stroke::new(0.5, ui.visuals().faint_bg_color));
        price_ui(&painter, pos2(area.right() + 6.0, y), &ticker.format(scale.price(y)), weak);
    }
    for order in orders {
        let y = scale.y(order.price);
        if area.y_range().contains(y) {
            let colour = colour(ui, order.side == Side::Buy).gamma_multiply(0.35);
            painter.hline(area.x_range(), y, Stroke::new(1.0, colour));
        }
    }
    let step = area.width() / ticker.candles.len() as f32;
    for (candle, n) in ticker.candles.iter().zip(0_u16..) {
        let x = area.left() + (f32::from(n) + 0.5) * step;
        let colour = colour(ui, candle.close >= candle.open);
        painter.vline(x, scale.y(candle.high)..=scale.y(candle.low), Stroke::new(1.0, colour));
        let (open, close) = (pos2(x, scale.y(candle.open)), pos2(x, scale.y(candle.close)));
        // A candle that did not move is a stroke, not nothing.
        let body = Rect::from_two_pos(open, close).expand2(vec2(step * 0.35, 0.5));
        painter.rect_filled(body, 0.0, colour);
    }
    let y = scale.y(ticker.last);
    painter.hline(area.x_range(), y, Stroke::new(1.0, ui.visuals().strong_text_color().gamma_multiply(0.5)));
    let shield =
        Rect::from_center_size(pos2(area.right() + SCALE_WIDTH / 2.0, y), vec2(SCALE_WIDTH - 4.0, 18.0));
    painter.rect_filled(shield, 3.0, ui.visuals().selection.bg_fill);
    let strong = ui.visuals().selection.stroke.color;
    price_ui(&painter, pos2(area.right() + 6.0, y), &ticker.format(ticker.last), strong);
}

/// Green or red, dark enough to read on a light ground.
pub(super) fn colour(ui: &Ui, rising: bool) -> Color32 {
    match (rising, ui.visuals().dark_mode) {
        (true, true) => Color32::from_rgb(60, 190, 120),
        (true, false) => Color32::from_rgb(0, 125, 65),
        (false, true) => Color32::from_rgb(230, 90, 90),
        (false, false) => Color32::from_rgb(180, 30, 30),
    }
}

fn price_ui(painter: &Painter, left: Pos2, price: &str, colour: Color32) {
    painter.text(left, Align2::LEFT_CENTER, price, FontId::proportional(11.0), colour);
}

/// Prices to heights and back.
struct Scale {
    low: f64,
    high: f64,
    area: Rect,
}

impl Scale {
    fn new<'a>(candles: impl Iterator<Item = &'a Candle>, area: Rect) -> Option<Self> {
        let range = candles.fold(None, |range: Option<(f64, f64)>, candle| {
            let (low, high) = range.unwrap_or((candle.low, candle.high));
            Some((low.min(candle.low), high.max(candle.high)))
        });
        let (low, high) = range.filter(|(low, high)| low < high)?;
        Some(Self { low, high, area })
    }

    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen needs no more digits")]
    fn y(&self, price: f64) -> f32 {
        let part = (price - self.low) / (self.high - self.low);
        lerp(self.area.bottom()..=self.area.top(), part as f32)
    }

    fn price(&self, y: f32) -> f64 {
        let part = remap(y, self.area.bottom()..=self.area.top(), 0.0..=1.0);
        self.low + (self.high - self.low) * f64::from(part)
    }
}
