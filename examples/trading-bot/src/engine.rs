//! The bot itself, without a window: one step after another, each at a time that the caller names.

mod clock;
mod exchange;
mod failure;
mod health;
mod journal;
mod market;
mod monitoring;
mod strategy;

use jiff::Timestamp;
use tracing::{debug, error, info, warn};

pub(crate) use self::clock::Clock;
pub(crate) use self::exchange::{Balance, Order, Refusal, Side};
use self::exchange::{CallError, Exchange, LinkNews, Request};
pub(crate) use self::failure::{Failure, STOPPED_BY_STEP, Schedule};
pub(crate) use self::health::{Health, Trouble, TroubleKind};
pub(crate) use self::journal::{Journal, Tail, log_panics};
use self::market::Market;
pub(crate) use self::market::{Candle, Ticker};
pub(crate) use self::monitoring::Counters;
use self::monitoring::{HealthReport, Metrics, Monitoring};
use self::strategy::{Intent, Strategy};
use crate::home::{Contents, Home};

/// A running bot.
#[derive(Debug)]
pub(crate) struct Engine {
    clock: Clock,
    contents: Contents,
    market: Market,
    exchange: Exchange,
    strategy: Strategy,
    schedule: Schedule,
    monitoring: Monitoring,
    health: Health,
    step: u64,
    counters: Counters,
    failures_in_a_row: u32,
    frozen_steps: u32,
    loop_stopped_at: Option<u64>,
}

/// What a user would be told of a step.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum News {
    Connected,
    Placed(Order),
    Filled(Order),
    GridMoved { cancelled: usize },
    Refused(Refusal),
    Reconnecting { attempt: u32 },
    Began(Trouble),
    Over(TroubleKind),
}

/// Everything that a window shows, copied out of the engine.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    pub(crate) health: Health,
    pub(crate) tickers: Vec<Ticker>,
    pub(crate) orders: Vec<Order>,
    pub(crate) balances: Vec<(&'static str, Balance)>,
    pub(crate) equity_usdt: f64,
    pub(crate) counters: Counters,
}

/// Steps between two looks at the account.
const ACCOUNT_EVERY: u64 = 5;
/// Steps between two lines of metrics.
const METRICS_EVERY: u64 = 5;
/// Steps without a price until they count as stale.
const STALE_AFTER_STEPS: u32 = 3;
/// A difference between the clocks that is worth a warning.
const SKEW_WARNING_MS: i64 = 1_000;
/// Steps between the end of the order loop and the watchdog that notices it.
const WATCHDOG_STEPS: u64 = 5;

impl Engine {
    pub(crate) fn new(home: &Home, contents: Contents, clock: Clock, seed: u64, schedule: Schedule) -> Self {
        info!("demo bot {} starts in {}", env!("CARGO_PKG_VERSION"), home.root().display());
        info!("reading preset {}", home.preset_file().display());
        // How half of all leaks begin.
        debug!("configuration: {contents:?}");
        let license = &contents.license;
        info!(
            "license {} ({}), {}, registered to {}",
            license.id, license.edition, license.status, license.email
        );
        let exchange = Exchange::new(contents.preset.exchange.clone(), clock.clone(), seed);
        Self {
            market: Market::new(seed),
            exchange,
            strategy: Strategy::new(contents.preset.clone()),
            schedule,
            monitoring: Monitoring::new(home.monitoring()),
            health: Health::Trading,
            step: 0,
            counters: Counters::default(),
            failures_in_a_row: 0,
            frozen_steps: 0,
            loop_stopped_at: None,
            clock,
            contents,
        }
    }

    /// Does what is due at this time.
    pub(crate) fn step(&mut self, now: Timestamp) -> Vec<News> {
        self.clock.set(now);
        let mut news = Vec::new();
        if self.step == 0 {
            let connected = self.exchange.connect();
            if self.note(connected, &mut news).is_some() {
                news.push(News::Connected);
            }
            self.report_health();
        }
        self.step += 1;
        let due: Vec<Failure> = self.schedule.due(self.step).collect();
        for failure in due {
            self.cause(failure, &mut news);
        }
        self.follow_connection(&mut news);
        self.follow_prices(&mut news);
        for order in self.exchange.fill(&self.market) {
            self.counters.orders_filled += 1;
            info!("order {} filled: {} {:.5} {}", order.id, order.side, order.quantity, order.symbol);
            news.push(News::Filled(order));
        }
        if self.loop_stopped_at.is_none() {
            self.check_account(&mut news);
            self.trade(&mut news);
        }
        self.watch(&mut news);
        if self.step.is_multiple_of(METRICS_EVERY) {
            self.record_metrics();
        }
        news
    }

    /// Lets something go wrong now, for the menu "Simulate".
    pub(crate) fn simulate(&mut self, failure: Failure) -> Vec<News> {
        let mut news = Vec::new();
        self.cause(failure, &mut news);
        news
    }

    /// Runs into a defect of the bot.
    pub(crate) fn crash(&self) {
        let request = Request::keyed("POST", "/api/v3/order", &self.contents.preset.exchange);
        self.strategy.rebalance_missing_level(&request);
    }

    /// Writes down the end of an orderly run.
    pub(crate) fn stop(&mut self) {
        info!("stopped by the user after {} steps", self.step);
        self.health = Health::Stopped;
        self.report_health();
    }

    pub(crate) fn health(&self) -> Health {
        self.health
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot {
            health: self.health,
            tickers: self.market.tickers().to_vec(),
            orders: self.exchange.orders().to_vec(),
            balances: self.exchange.balances().collect(),
            equity_usdt: self.exchange.equity_usdt(&self.market),
            counters: self.counters,
        }
    }

    fn cause(&mut self, failure: Failure, news: &mut Vec<News>) {
        match failure {
            Failure::RejectOrders { count } => self.exchange.reject_orders(count),
            Failure::LimitRate { steps } => self.exchange.limit_rate(steps),
            Failure::FreezePrices { steps } => self.frozen_steps += steps,
            Failure::SkewClock { ms_per_step } => self.exchange.skew_clock(ms_per_step),
            Failure::LoseConnection { steps } => {
                self.exchange.lose_connection(steps);
                self.begin(TroubleKind::ConnectionLost, news);
            }
        }
    }

    fn follow_connection(&mut self, news: &mut Vec<News>) {
        match self.exchange.step() {
            Some(LinkNews::Retrying { attempt, .. }) => news.push(News::Reconnecting { attempt }),
            Some(LinkNews::Restored) => {
                self.counters.reconnects += 1;
                let connected = self.exchange.connect();
                if self.note(connected, news).is_some() {
                    self.end(TroubleKind::ConnectionLost, news);
                }
            }
            None => {}
        }
    }

    fn follow_prices(&mut self, news: &mut Vec<News>) {
        let frozen = self.frozen_steps > 0;
        self.frozen_steps = self.frozen_steps.saturating_sub(1);
        self.market.step(!frozen && !self.exchange.is_down());
        let missed = self.market.missed();
        if missed == 0 {
            self.end(TroubleKind::StalePrices, news);
        } else if missed >= STALE_AFTER_STEPS && !self.exchange.is_down() {
            warn!(missed, "no price of {} since {missed} steps", self.contents.preset.symbol);
            self.begin(TroubleKind::StalePrices, news);
        }
    }

    fn check_account(&mut self, news: &mut Vec<News>) {
        let skew_ms = self.exchange.skew_ms();
        if skew_ms > SKEW_WARNING_MS {
            let sync_time = self.contents.preset.exchange.sync_time;
            warn!(skew_ms, sync_time, "the exchange's clock is {skew_ms} ms ahead of this computer's");
            self.begin(TroubleKind::ClockSkew, news);
        }
        if !self.step.is_multiple_of(ACCOUNT_EVERY) && self.failures_in_a_row == 0 {
            return;
        }
        let account = self.exchange.account();
        if self.note(account, news).is_some() {
            let row = |(asset, balance): (&str, Balance)| {
                format!("{asset} {:.8} free, {:.8} locked", balance.free, balance.locked)
            };
            let balances: Vec<String> = self.exchange.balances().map(row).collect();
            info!("balances {}", balances.join("; "));
        }
    }

    fn trade(&mut self, news: &mut Vec<News>) {
        let Some(ticker) = self.market.ticker(&self.contents.preset.symbol) else { return };
        // Orders at a price that is no longer true are the dearest kind.
        if self.exchange.is_down() || self.market.missed() > 0 {
            return;
        }
        let ticker = ticker.clone();
        for intent in self.strategy.decide(&ticker, self.exchange.orders()) {
            match intent {
                Intent::CancelAll => {
                    let cancelled = self.exchange.cancel_all(&ticker);
                    if let Some(cancelled) = self.note(cancelled, news) {
                        info!("grid moved to {}", ticker.format(ticker.last));
                        news.push(News::GridMoved { cancelled });
                    }
                }
                Intent::Place(order) => {
                    let placed = self.exchange.place(&ticker, order);
                    let Some(order) = self.note(placed, news) else { break };
                    self.counters.orders_placed += 1;
                    let price = ticker.format(order.price);
                    info!("order {} placed: {} {:.5} at {price}", order.id, order.side, order.quantity);
                    self.end(TroubleKind::OrdersRejected, news);
                    news.push(News::Placed(order));
                }
            }
        }
    }

    /// Notices that the order loop has stopped: this is when a user sees that nothing happens any more.
    fn watch(&mut self, news: &mut Vec<News>) {
        let limit = self.contents.preset.risk.max_failures_in_a_row;
        match self.loop_stopped_at {
            None if self.failures_in_a_row >= limit => {
                error!("order loop stopped after {limit} failures in a row");
                self.loop_stopped_at = Some(self.step);
                self.begin(TroubleKind::OrderLoopStopped, news);
            }
            Some(step) if self.step == step + WATCHDOG_STEPS => {
                error!(
                    "watchdog: no order since {WATCHDOG_STEPS} steps, trading halted: cannot place orders"
                );
                self.begin(TroubleKind::CannotPlaceOrders, news);
            }
            _ => {}
        }
    }

    /// Takes the value of a call, or counts and tells why there is none.
    fn note<T>(&mut self, result: Result<T, CallError>, news: &mut Vec<News>) -> Option<T> {
        match result {
            Ok(value) => {
                self.failures_in_a_row = 0;
                self.end(TroubleKind::RateLimited, news);
                Some(value)
            }
            Err(CallError::Refused(refusal)) => {
                self.counters.calls_refused += 1;
                news.push(News::Refused(refusal));
                let kind = match refusal {
                    Refusal::RateLimited => TroubleKind::RateLimited,
                    Refusal::OutsideRecvWindow => TroubleKind::ClockSkew,
                    Refusal::LotSize | Refusal::InsufficientBalance => TroubleKind::OrdersRejected,
                };
                // Waiting is no failure of the order loop.
                self.failures_in_a_row += u32::from(refusal != Refusal::RateLimited);
                self.begin(kind, news);
                None
            }
            Err(CallError::Unreachable) => {
                self.begin(TroubleKind::ConnectionLost, news);
                None
            }
        }
    }

    fn begin(&mut self, kind: TroubleKind, news: &mut Vec<News>) {
        let hidden = match self.health {
            // From here only a restart leads back.
            Health::Halted(_) => true,
            // A lesser trouble does not hide the one that stopped the loop.
            Health::Troubled(now) if now.kind == TroubleKind::OrderLoopStopped => {
                kind != TroubleKind::CannotPlaceOrders
            }
            Health::Troubled(now) => now.kind == kind,
            Health::Trading | Health::Crashed(_) | Health::Stopped => false,
        };
        if hidden {
            return;
        }
        let trouble = Trouble { at: self.clock.now(), kind };
        let fatal = kind == TroubleKind::CannotPlaceOrders;
        self.health = if fatal { Health::Halted(trouble) } else { Health::Troubled(trouble) };
        self.alert(kind);
        self.report_health();
        news.push(News::Began(trouble));
    }

    fn end(&mut self, kind: TroubleKind, news: &mut Vec<News>) {
        if matches!(self.health, Health::Troubled(trouble) if trouble.kind == kind) {
            self.health = Health::Trading;
            info!("over: {kind:?}");
            self.report_health();
            news.push(News::Over(kind));
        }
    }

    /// Tells the user's telephone, or would: like many bots, with its token in the log.
    fn alert(&self, kind: TroubleKind) {
        let alerts = &self.contents.config.alerts;
        warn!("trouble: {kind:?}");
        debug!(
            "POST https://api.telegram.org/bot{}/sendMessage?chat_id={}&text={kind:?} via proxy {}",
            alerts.telegram_token, alerts.telegram_chat_id, self.contents.config.proxy_url
        );
    }

    fn report_health(&self) {
        let trouble = self.health.trouble();
        let written = self.monitoring.report(&HealthReport {
            at: self.clock.now(),
            version: env!("CARGO_PKG_VERSION"),
            preset: &self.contents.preset.name,
            status: self.health.as_str(),
            trouble: trouble.map(|trouble| trouble.kind),
            since: trouble.map(|trouble| trouble.at),
            alerts_to: &self.contents.config.alerts.email,
            counters: self.counters,
        });
        if let Err(error) = written {
            warn!("cannot write the health report: {error}");
        }
    }

    fn record_metrics(&self) {
        let written = self.monitoring.record(&Metrics {
            at: self.clock.now(),
            step: self.step,
            health: self.health.as_str(),
            open_orders: self.exchange.orders().len(),
            counters: self.counters,
            clock_skew_ms: self.exchange.skew_ms(),
            price_age_steps: self.market.missed(),
            equity_usdt: (self.exchange.equity_usdt(&self.market) * 100.0).round() / 100.0,
        });
        if let Err(error) = written {
            warn!("cannot write metrics: {error}");
        }
    }
}

#[cfg(test)]
mod tests;
