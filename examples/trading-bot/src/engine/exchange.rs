//! A simulated exchange behind an adapter like real ones: signed requests, a listen key, order ids, error codes.
//! Nothing is ever sent; the addresses are the real ones because logs are full of them.
//!
//! The adapter logs as real ones do (see the issue trackers of any exchange connector): whole request addresses
//! with their signature, headers with the key, balances, the address of the user. That is the point of this
//! example: a report made of these logs must hold none of it.

mod link;
mod refusal;
mod request;

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde_json::{Value, json};
use tracing::{debug, error, info, warn};

use self::link::Link;
pub(crate) use self::link::LinkNews;
pub(crate) use self::refusal::Refusal;
pub(crate) use self::request::Request;
use super::clock::Clock;
use super::market::{Market, Ticker};
use crate::home::Credentials;
use crate::random::{LETTERS_AND_DIGITS, Random};

/// What the exchange keeps of every trade.
const FEE: f64 = 0.001;

/// One account on the exchange, and the line to it.
#[derive(Debug)]
pub(crate) struct Exchange {
    credentials: Credentials,
    clock: Clock,
    random: Random,
    link: Link,
    listen_key: String,
    public_ip: String,
    balances: BTreeMap<&'static str, Balance>,
    orders: Vec<Order>,
    last_order_id: u64,
    reject_next: u32,
    limited_steps: u32,
    /// How far the computer's clock is behind the exchange's.
    skew_ms: i64,
    skew_ms_per_step: i64,
}

/// Money in one currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Balance {
    pub(crate) free: f64,
    /// In open orders.
    pub(crate) locked: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Buy,
    Sell,
}

/// A limit order as the strategy wants it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct NewOrder {
    pub(crate) side: Side,
    pub(crate) price: f64,
    pub(crate) quantity: f64,
}

/// An order in the book.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Order {
    pub(crate) id: u64,
    pub(crate) symbol: &'static str,
    pub(crate) side: Side,
    pub(crate) price: f64,
    pub(crate) quantity: f64,
    pub(crate) placed_at: Timestamp,
}

/// Why a call brought no answer that one can use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CallError {
    /// Depends on the code: wait, correct the request, or ask the user.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// Wait for the connection.
    #[error("exchange can't be reached")]
    Unreachable,
}

impl Side {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Buy => "BUY",
            Self::Sell => "SELL",
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Exchange {
    pub(crate) fn new(credentials: Credentials, clock: Clock, seed: u64) -> Self {
        let mut random = Random::new(seed, "exchange");
        let mut money = |low: u64, high: u64, unit: f64| Balance {
            free: random.between(low, high) as f64 * unit,
            locked: 0.0,
        };
        let balances = BTreeMap::from([
            ("BTC", money(4_000_000, 9_000_000, 1e-8)),
            ("ETH", money(40_000, 90_000, 1e-5)),
            ("USDT", money(280_000, 690_000, 1e-2)),
        ]);
        // An access provider's customer: redactors leave reserved ranges alone, so it must not be in one.
        let public_ip =
            format!("83.{}.{}.{}", random.between(1, 254), random.between(1, 254), random.between(1, 254));
        let last_order_id = random.between(28_000_000_000, 29_000_000_000);
        let listen_key = random.text(LETTERS_AND_DIGITS, 64);
        Self {
            credentials,
            clock,
            random,
            link: Link::default(),
            listen_key,
            public_ip,
            balances,
            orders: Vec::new(),
            last_order_id,
            reject_next: 0,
            limited_steps: 0,
            skew_ms: 0,
            skew_ms_per_step: 0,
        }
    }

    /// Opens the account's stream: asks for a listen key and for the balances.
    pub(crate) fn connect(&mut self) -> Result<(), CallError> {
        let request = Request::keyed("POST", "/api/v3/userDataStream", &self.credentials);
        let listen_key = self.random.text(LETTERS_AND_DIGITS, 64);
        self.call(&request, |_| Ok(((), json!({ "listenKey": listen_key }))))?;
        self.listen_key = listen_key;
        info!("websocket connected: wss://stream.binance.com:9443/ws/{}", self.listen_key);
        self.account()
    }

    /// Asks for the balances, as bots do now and then to see that all is well.
    pub(crate) fn account(&mut self) -> Result<(), CallError> {
        let request = Request::signed("GET", "/api/v3/account", &[], &self.credentials, self.clock.now_ms());
        self.call(&request, |exchange| {
            let row = |(asset, balance): (&&str, &Balance)| {
                json!({ "asset": asset, "free": money(balance.free), "locked": money(balance.locked) })
            };
            let balances: Vec<Value> = exchange.balances.iter().map(row).collect();
            Ok(((), json!({ "canTrade": true, "accountType": "SPOT", "balances": balances })))
        })
    }

    /// Places a limit order.
    pub(crate) fn place(&mut self, ticker: &Ticker, order: NewOrder) -> Result<Order, CallError> {
        let client_id = format!("x-demo-{:016x}", self.random.between(0, u64::MAX - 1));
        let request = Request::signed(
            "POST",
            "/api/v3/order",
            &[
                ("symbol", ticker.symbol.to_owned()),
                ("side", order.side.to_string()),
                ("type", "LIMIT".to_owned()),
                ("timeInForce", "GTC".to_owned()),
                ("quantity", format!("{:.5}", order.quantity)),
                ("price", ticker.format(order.price)),
                ("newClientOrderId", client_id.clone()),
            ],
            &self.credentials,
            self.clock.now_ms(),
        );
        self.call(&request, |exchange| {
            if order.quantity < 0.000_01 {
                return Err(Refusal::LotSize);
            }
            if exchange.reject_next > 0 {
                exchange.reject_next -= 1;
                return Err(Refusal::InsufficientBalance);
            }
            let (asset, amount) = cost(ticker.base, order.side, order.price, order.quantity);
            let balance = exchange.balances.get_mut(asset).ok_or(Refusal::InsufficientBalance)?;
            if balance.free < amount {
                return Err(Refusal::InsufficientBalance);
            }
            balance.free -= amount;
            balance.locked += amount;
            exchange.last_order_id += exchange.random.between(1, 900);
            let placed = Order {
                id: exchange.last_order_id,
                symbol: ticker.symbol,
                side: order.side,
                price: order.price,
                quantity: order.quantity,
                placed_at: exchange.clock.now(),
            };
            exchange.orders.push(placed.clone());
            let body = json!({ "symbol": placed.symbol, "orderId": placed.id, "clientOrderId": client_id,
                "transactTime": exchange.clock.now_ms(), "status": "NEW" });
            Ok((placed, body))
        })
    }

    /// Takes every open order of a pair out of the book.
    pub(crate) fn cancel_all(&mut self, ticker: &Ticker) -> Result<usize, CallError> {
        let symbol = ("symbol", ticker.symbol.to_owned());
        let now_ms = self.clock.now_ms();
        let request = Request::signed("DELETE", "/api/v3/openOrders", &[symbol], &self.credentials, now_ms);
        self.call(&request, |exchange| {
            let (gone, kept) = std::mem::take(&mut exchange.orders)
                .into_iter()
                .partition::<Vec<_>, _>(|order| order.symbol == ticker.symbol);
            exchange.orders = kept;
            for order in &gone {
                let (asset, amount) = cost(ticker.base, order.side, order.price, order.quantity);
                exchange.unlock(asset, amount, amount);
            }
            let ids: Vec<u64> = gone.iter().map(|order| order.id).collect();
            Ok((gone.len(), json!({ "canceled": ids })))
        })
    }

    /// Trades whatever the market has reached. Fills arrive on the stream: none while it is down.
    pub(crate) fn fill(&mut self, market: &Market) -> Vec<Order> {
        if self.link.is_down() {
            return Vec::new();
        }
        let reached = |order: &Order| {
            market.ticker(order.symbol).is_some_and(|ticker| match order.side {
                Side::Buy => ticker.last <= order.price,
                Side::Sell => ticker.last >= order.price,
            })
        };
        let (filled, open): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.orders).into_iter().partition(reached);
        self.orders = open;
        for order in &filled {
            let Some(ticker) = market.ticker(order.symbol) else { continue };
            let (asset, amount) = cost(ticker.base, order.side, order.price, order.quantity);
            self.unlock(asset, amount, 0.0);
            let (got, much) = match order.side {
                Side::Buy => (ticker.base, order.quantity),
                Side::Sell => ("USDT", order.quantity * order.price),
            };
            self.unlock(got, 0.0, much * (1.0 - FEE));
            let report = json!({ "e": "executionReport", "s": order.symbol, "S": order.side.as_str(),
                "i": order.id, "X": "FILLED", "p": ticker.format(order.price), "q": order.quantity });
            debug!("ws {} {report}", self.listen_key);
        }
        filled
    }

    /// Lets one step of the world pass.
    pub(crate) fn step(&mut self) -> Option<LinkNews> {
        self.skew_ms += self.skew_ms_per_step;
        self.limited_steps = self.limited_steps.saturating_sub(1);
        let news = self.link.step();
        match news {
            Some(LinkNews::Retrying { attempt, wait_steps }) => {
                let port = self.random.between(49_152, 65_535);
                error!(
                    attempt,
                    "websocket connect {}:{port} -> stream.binance.com:9443 failed: Connection reset by peer \
                     (os error 104), next try in {wait_steps} s",
                    self.public_ip
                );
            }
            Some(LinkNews::Restored) => info!("websocket handshake done, resubscribing"),
            None => {}
        }
        news
    }

    /// Cuts the connection.
    pub(crate) fn lose_connection(&mut self, steps: u32) {
        warn!(
            "websocket closed: code=1006 url=wss://stream.binance.com:9443/ws/{} reason=\"\"",
            self.listen_key
        );
        self.link.lose(steps);
    }

    pub(crate) fn reject_orders(&mut self, count: u32) {
        self.reject_next += count;
    }

    pub(crate) fn limit_rate(&mut self, steps: u32) {
        self.limited_steps += steps;
    }

    pub(crate) fn skew_clock(&mut self, ms_per_step: i64) {
        self.skew_ms_per_step = ms_per_step;
    }

    pub(crate) fn is_down(&self) -> bool {
        self.link.is_down()
    }

    pub(crate) fn skew_ms(&self) -> i64 {
        self.skew_ms
    }

    /// By currency.
    pub(crate) fn balances(&self) -> impl Iterator<Item = (&'static str, Balance)> {
        self.balances.iter().map(|(asset, balance)| (*asset, *balance))
    }

    /// Oldest first.
    pub(crate) fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// All money at the last prices.
    pub(crate) fn equity_usdt(&self, market: &Market) -> f64 {
        let price = |asset: &str| {
            let ticker = market.tickers().iter().find(|ticker| ticker.base == asset);
            ticker.map_or(1.0, |ticker| ticker.last)
        };
        self.balances.iter().map(|(asset, balance)| (balance.free + balance.locked) * price(asset)).sum()
    }

    fn unlock(&mut self, asset: &'static str, locked: f64, free: f64) {
        let balance = self.balances.entry(asset).or_insert(Balance { free: 0.0, locked: 0.0 });
        balance.locked = (balance.locked - locked).max(0.0);
        balance.free += free;
    }

    /// Sends a request, as far as anybody can tell from the log.
    fn call<T>(
        &mut self,
        request: &Request,
        answer: impl FnOnce(&mut Self) -> Result<(T, Value), Refusal>,
    ) -> Result<T, CallError> {
        debug!("--> {} {} headers={:?}", request.method, request.url, request.headers);
        let latency_ms = i64::try_from(self.random.between(18, 74)).expect("a small number");
        self.clock.pass_ms(latency_ms);
        if self.link.is_down() {
            error!("error sending request for url ({}): operation timed out", request.url);
            return Err(CallError::Unreachable);
        }
        let answered = self.admit(request).and_then(|()| answer(self));
        match answered {
            Ok((value, body)) => {
                debug!(latency_ms, "<-- 200 {body}");
                Ok(value)
            }
            Err(refusal) => {
                warn!(latency_ms, code = refusal.code(), "<-- {} {}", refusal.status(), refusal.body());
                Err(refusal.into())
            }
        }
    }

    fn admit(&self, request: &Request) -> Result<(), Refusal> {
        if self.limited_steps > 0 {
            return Err(Refusal::RateLimited);
        }
        if request.signed && self.skew_ms > self.credentials.recv_window_ms {
            return Err(Refusal::OutsideRecvWindow);
        }
        Ok(())
    }
}

/// What an order locks: the currency and how much of it.
fn cost(base: &'static str, side: Side, price: f64, quantity: f64) -> (&'static str, f64) {
    match side {
        Side::Buy => ("USDT", price * quantity),
        Side::Sell => (base, quantity),
    }
}

fn money(amount: f64) -> String {
    format!("{amount:.8}")
}

#[cfg(test)]
mod tests;
