//! Prices that nobody pays: a seeded random walk for a few pairs, gathered into candles.

use std::collections::VecDeque;

use crate::random::Random;

/// How many candles are kept: more than the plot shows and the averages need.
const CANDLES_KEPT: usize = 96;
/// Steps of the walk in one candle.
const STEPS_PER_CANDLE: u32 = 12;

/// All pairs, moving together one step at a time.
#[derive(Debug)]
pub(crate) struct Market {
    tickers: Vec<Ticker>,
    random: Random,
    /// Steps that happened while the bot saw none of them.
    missed: u32,
}

/// One pair: its last price and what led there.
#[derive(Debug, Clone)]
pub(crate) struct Ticker {
    pub(crate) symbol: &'static str,
    /// What is bought with USDT.
    pub(crate) base: &'static str,
    pub(crate) last: f64,
    /// The price a day ago, for the change that traders look at.
    pub(crate) day_open: f64,
    /// Of the price, as the exchange quotes it.
    pub(crate) decimals: usize,
    /// The last one is still open.
    pub(crate) candles: VecDeque<Candle>,
    /// Deviation of one step as a part of the price.
    volatility: f64,
    steps_in_candle: u32,
}

/// Prices of one interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candle {
    pub(crate) open: f64,
    pub(crate) high: f64,
    pub(crate) low: f64,
    pub(crate) close: f64,
    pub(crate) volume: f64,
}

impl Market {
    /// A market with some past, so that averages and plots have something to stand on.
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed, "market");
        let mut open = |symbol, base, price: f64, decimals, volatility| {
            let price = price * (1.0 + 0.04 * random.noise() / 3.0);
            Ticker::new(symbol, base, price, decimals, volatility)
        };
        let tickers = vec![
            open("BTCUSDT", "BTC", 61_240.0, 2, 0.000_28),
            open("ETHUSDT", "ETH", 3_310.0, 2, 0.000_36),
            open("SOLUSDT", "SOL", 148.2, 2, 0.000_52),
            open("XRPUSDT", "XRP", 0.5841, 4, 0.000_45),
        ];
        let mut market = Self { tickers, random, missed: 0 };
        for _ in 0..u32::try_from(CANDLES_KEPT).expect("a small number") * STEPS_PER_CANDLE {
            market.walk();
        }
        market
    }

    /// Moves on by one step. A feed that does not arrive shows nothing; when it is back, all that was missed comes
    /// at once.
    pub(crate) fn step(&mut self, feed_arrives: bool) {
        if feed_arrives {
            for _ in 0..=std::mem::take(&mut self.missed) {
                self.walk();
            }
        } else {
            self.missed += 1;
        }
    }

    /// For how many steps the bot has seen no price.
    pub(crate) fn missed(&self) -> u32 {
        self.missed
    }

    pub(crate) fn tickers(&self) -> &[Ticker] {
        &self.tickers
    }

    pub(crate) fn ticker(&self, symbol: &str) -> Option<&Ticker> {
        self.tickers.iter().find(|ticker| ticker.symbol == symbol)
    }

    fn walk(&mut self) {
        // Pairs move together: each follows the first one by half.
        let common = self.random.noise();
        for ticker in &mut self.tickers {
            let own = self.random.noise();
            let moved = ticker.last * (1.0 + ticker.volatility * (0.5 * common + 0.87 * own));
            ticker.quote(moved, 0.2 + self.random.unit());
        }
    }
}

impl Ticker {
    fn new(symbol: &'static str, base: &'static str, price: f64, decimals: usize, volatility: f64) -> Self {
        let last = rounded(price, decimals);
        let candles = VecDeque::with_capacity(CANDLES_KEPT);
        Self { symbol, base, last, day_open: last, decimals, candles, volatility, steps_in_candle: 0 }
    }

    /// Change since the day's open in percent.
    pub(crate) fn change_percent(&self) -> f64 {
        (self.last / self.day_open - 1.0) * 100.0
    }

    /// A price as the exchange writes it for this pair.
    pub(crate) fn format(&self, price: f64) -> String {
        format!("{price:.*}", self.decimals)
    }

    /// A price that the exchange takes: a whole number of ticks.
    pub(crate) fn round(&self, price: f64) -> f64 {
        rounded(price, self.decimals)
    }

    fn quote(&mut self, price: f64, volume: f64) {
        self.last = self.round(price);
        if self.steps_in_candle == 0 {
            if self.candles.len() == CANDLES_KEPT {
                self.candles.pop_front();
            }
            let price = self.last;
            self.candles.push_back(Candle {
                open: price,
                high: price,
                low: price,
                close: price,
                volume: 0.0,
            });
        }
        if let Some(candle) = self.candles.back_mut() {
            candle.high = candle.high.max(self.last);
            candle.low = candle.low.min(self.last);
            candle.close = self.last;
            candle.volume += volume;
        }
        self.steps_in_candle = (self.steps_in_candle + 1) % STEPS_PER_CANDLE;
    }
}

fn rounded(price: f64, decimals: usize) -> f64 {
    let scale = 10_f64.powi(i32::try_from(decimals).expect("a few decimals"));
    (price * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prices(market: &Market) -> Vec<f64> {
        market.tickers().iter().map(|ticker| ticker.last).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_market() {
        let [mut one, mut same, mut other] = [5, 5, 6].map(Market::new);
        for _ in 0..500 {
            one.step(true);
            same.step(true);
            other.step(true);
            assert_eq!(prices(&one), prices(&same));
        }
        assert_ne!(prices(&one), prices(&other));
    }

    #[test]
    fn a_late_feed_catches_up_with_the_market() {
        let [mut steady, mut late] = [5, 5].map(Market::new);
        let before = prices(&late);
        for _ in 0..10 {
            steady.step(true);
            late.step(false);
        }
        assert_eq!((prices(&late), late.missed()), (before, 10));
        steady.step(true);
        late.step(true);
        assert_eq!((prices(&late), late.missed()), (prices(&steady), 0));
    }

    #[test]
    fn candles_hold_their_prices_and_their_number_is_bounded() {
        let mut market = Market::new(2);
        for _ in 0..1_000 {
            market.step(true);
        }
        for ticker in market.tickers() {
            assert_eq!(ticker.candles.len(), CANDLES_KEPT, "{}", ticker.symbol);
            for candle in &ticker.candles {
                assert!(candle.low <= candle.open.min(candle.close), "{candle:?}");
                assert!(candle.high >= candle.open.max(candle.close), "{candle:?}");
            }
            assert!(ticker.change_percent().abs() < 30.0, "{}", ticker.symbol);
        }
    }
}
