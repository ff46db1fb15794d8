//! A grid with an EMA cross as its filter: orders at even distances around a centre, fewer against the trend.

use super::exchange::{NewOrder, Order, Request, Side};
use super::market::Ticker;
use crate::home::{EmaPreset, Preset};

/// What the strategy wants done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Intent {
    Place(NewOrder),
    CancelAll,
}

/// Where the averages point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trend {
    Up,
    Down,
    Flat,
}

/// The grid of one pair.
#[derive(Debug)]
pub(crate) struct Strategy {
    preset: Preset,
    centre: Option<f64>,
}

/// New orders in one step: exchanges count orders per ten seconds.
const MAX_NEW_ORDERS: usize = 2;
/// Averages closer than this part of the price are no trend.
const FLAT: f64 = 0.000_3;

impl Strategy {
    pub(crate) fn new(preset: Preset) -> Self {
        Self { preset, centre: None }
    }

    /// What to do now, given the price and the open orders of the pair.
    pub(crate) fn decide(&mut self, ticker: &Ticker, open: &[Order]) -> Vec<Intent> {
        let spacing = self.preset.grid.spacing_percent / 100.0;
        let reach = spacing * f64::from(self.preset.grid.levels);
        let centre = match self.centre {
            Some(centre) if (ticker.last / centre - 1.0).abs() <= reach => centre,
            left => {
                self.centre = Some(ticker.last);
                if left.is_some() && !open.is_empty() {
                    return vec![Intent::CancelAll];
                }
                ticker.last
            }
        };
        let room = self.preset.risk.max_open_orders.saturating_sub(open.len()).min(MAX_NEW_ORDERS);
        let trend = trend(&self.preset.ema, ticker);
        let wanted = |(level, side): (u32, Side)| {
            // The nearest order against the trend is the one that loses most.
            let against = matches!((trend, side), (Trend::Down, Side::Buy) | (Trend::Up, Side::Sell));
            let distance = spacing * f64::from(level);
            let price = ticker.round(match side {
                Side::Buy => centre * (1.0 - distance),
                Side::Sell => centre * (1.0 + distance),
            });
            // Half a step away from the price at least: no order that trades at once.
            let waits = match side {
                Side::Buy => price < ticker.last * (1.0 - spacing / 2.0),
                Side::Sell => price > ticker.last * (1.0 + spacing / 2.0),
            };
            let there =
                open.iter().any(|order| order.side == side && (order.price / price - 1.0).abs() < 1e-6);
            let quantity = (self.preset.grid.order_usdt / price * 1e5).round() / 1e5;
            (waits && !there && !(against && level == 1)).then_some(NewOrder { side, price, quantity })
        };
        (1..=self.preset.grid.levels)
            .flat_map(|level| [(level, Side::Buy), (level, Side::Sell)])
            .filter_map(wanted)
            .take(room)
            .map(Intent::Place)
            .collect()
    }

    /// A defect, for the menu "Simulate": looks for a level that no grid has, and quotes the whole request.
    pub(crate) fn rebalance_missing_level(&self, request: &Request) -> f64 {
        let levels: Vec<f64> = (1..=self.preset.grid.levels).map(f64::from).collect();
        let level = levels.len() + 1;
        match levels.get(level) {
            Some(weight) => *weight,
            None => panic!("no grid level {level} of {} for {request:?}", self.preset.symbol),
        }
    }
}

/// Compares the two averages of the preset.
pub(crate) fn trend(preset: &EmaPreset, ticker: &Ticker) -> Trend {
    let [fast, slow] = [preset.fast, preset.slow].map(|length| ema(ticker, length));
    let lead = fast / slow - 1.0;
    if lead > FLAT {
        Trend::Up
    } else if lead < -FLAT {
        Trend::Down
    } else {
        Trend::Flat
    }
}

fn ema(ticker: &Ticker, length: u32) -> f64 {
    let weight = 2.0 / (f64::from(length) + 1.0);
    let mut closes = ticker.candles.iter().map(|candle| candle.close);
    let first = closes.next().unwrap_or(ticker.last);
    closes.fold(first, |average, close| average + weight * (close - average))
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use jiff::Timestamp;

    use super::*;
    use crate::engine::market::{Candle, Market};
    use crate::engine::tests::preset;

    /// The BTC pair with candles that close at these prices.
    fn ticker(closes: &[f64]) -> Ticker {
        let mut ticker = Market::new(1).ticker("BTCUSDT").unwrap().clone();
        let candle =
            |close: &f64| Candle { open: *close, high: *close, low: *close, close: *close, volume: 1.0 };
        ticker.candles = closes.iter().map(candle).collect::<VecDeque<_>>();
        ticker.last = *closes.last().unwrap();
        ticker
    }

    fn order(new: NewOrder) -> Order {
        let NewOrder { side, price, quantity } = new;
        Order { id: 1, symbol: "BTCUSDT", side, price, quantity, placed_at: Timestamp::UNIX_EPOCH }
    }

    /// Decides until nothing is wanted; every order stays open.
    fn settle(strategy: &mut Strategy, ticker: &Ticker) -> Vec<Order> {
        let mut open = Vec::new();
        for _ in 0..50 {
            for intent in strategy.decide(ticker, &open) {
                match intent {
                    Intent::Place(new) => open.push(order(new)),
                    Intent::CancelAll => open.clear(),
                }
            }
        }
        open
    }

    #[test]
    fn a_flat_market_gets_the_whole_grid_at_even_distances() {
        let ticker = ticker(&[60_000.0; 30]);
        let open = settle(&mut Strategy::new(preset()), &ticker);
        assert_eq!(open.len(), 10);
        for side in [Side::Buy, Side::Sell] {
            let mut distances: Vec<f64> = open
                .iter()
                .filter(|order| order.side == side)
                .map(|order| (order.price / 60_000.0 - 1.0).abs())
                .collect();
            distances.sort_by(f64::total_cmp);
            for (distance, level) in distances.iter().zip(1..=5) {
                assert!((distance - 0.000_5 * f64::from(level)).abs() < 1e-6, "{side}: {distances:?}");
            }
        }
    }

    #[test]
    fn no_step_places_more_than_the_exchange_likes() {
        let ticker = ticker(&[60_000.0; 30]);
        assert_eq!(Strategy::new(preset()).decide(&ticker, &[]).len(), MAX_NEW_ORDERS);
    }

    #[test]
    fn the_averages_tell_the_trend() {
        let line = |slope: f64| -> Vec<f64> { (0..40).map(|n| 60_000.0 + slope * f64::from(n)).collect() };
        for (slope, expected) in [(50.0, Trend::Up), (-50.0, Trend::Down), (0.0, Trend::Flat)] {
            assert_eq!(trend(&preset().ema, &ticker(&line(slope))), expected);
        }
    }

    #[test]
    fn against_the_trend_the_nearest_order_is_left_out() {
        let falling: Vec<f64> = (0..40).map(|n| 60_000.0 - 50.0 * f64::from(n)).collect();
        let ticker = ticker(&falling);
        let open = settle(&mut Strategy::new(preset()), &ticker);
        let count = |side| open.iter().filter(|order| order.side == side).count();
        assert_eq!((count(Side::Buy), count(Side::Sell)), (4, 5));
    }

    #[test]
    fn a_price_that_leaves_the_grid_moves_it() {
        let mut strategy = Strategy::new(preset());
        let open = settle(&mut strategy, &ticker(&[60_000.0; 30]));
        let gone = ticker(&[61_000.0; 30]);
        assert_eq!(strategy.decide(&gone, &open), [Intent::CancelAll]);
        assert!(matches!(strategy.decide(&gone, &[])[..], [Intent::Place(_), ..]));
    }

    #[test]
    fn the_limit_of_open_orders_holds() {
        let mut preset = preset();
        preset.risk.max_open_orders = 3;
        assert_eq!(settle(&mut Strategy::new(preset), &ticker(&[60_000.0; 30])).len(), 3);
    }
}
