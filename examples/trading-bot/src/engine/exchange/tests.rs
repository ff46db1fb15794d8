use super::*;

fn exchange() -> (Exchange, Market) {
    let credentials = Credentials {
        name: "binance".to_owned(),
        api_key: "K".repeat(64),
        api_secret: "S".repeat(64),
        passphrase: "pass".to_owned(),
        recv_window_ms: 5_000,
        sync_time: false,
    };
    (Exchange::new(credentials, Clock::new(Timestamp::UNIX_EPOCH), 1), Market::new(1))
}

/// Places an order of this size, this far from the price.
fn place(
    exchange: &mut Exchange,
    market: &Market,
    side: Side,
    part: f64,
    quantity: f64,
) -> Result<Order, CallError> {
    let ticker = market.ticker("BTCUSDT").unwrap();
    exchange.place(ticker, NewOrder { side, price: ticker.round(ticker.last * part), quantity })
}

fn balance(exchange: &Exchange, wanted: &str) -> Balance {
    exchange.balances().find(|(asset, _)| *asset == wanted).unwrap().1
}

#[test]
fn an_order_locks_its_price_and_cancelling_frees_it() {
    let (mut exchange, market) = exchange();
    let before = balance(&exchange, "USDT");
    let order = place(&mut exchange, &market, Side::Buy, 0.99, 0.01).unwrap();
    assert!((balance(&exchange, "USDT").locked - order.price * 0.01).abs() < 1e-6);
    assert_eq!(exchange.cancel_all(market.ticker("BTCUSDT").unwrap()), Ok(1));
    let after = balance(&exchange, "USDT");
    assert!((after.free - before.free).abs() < 1e-6 && after.locked < 1e-6);
    assert!(exchange.orders().is_empty());
}

#[test]
fn the_market_fills_what_it_reaches_and_the_fee_is_the_only_loss() {
    let (mut exchange, market) = exchange();
    let before = exchange.equity_usdt(&market);
    // Above the price: filled at once. Far below: stays.
    let taken = place(&mut exchange, &market, Side::Buy, 1.0, 0.01).unwrap();
    let kept = place(&mut exchange, &market, Side::Buy, 0.9, 0.01).unwrap();
    assert_eq!(exchange.fill(&market), std::slice::from_ref(&taken));
    assert_eq!(exchange.orders(), [kept]);
    let fee = taken.price * taken.quantity * FEE;
    assert!((before - exchange.equity_usdt(&market) - fee).abs() < 1e-6);
}

#[test]
fn too_much_is_refused_with_2010_and_too_little_with_1013() {
    let (mut exchange, market) = exchange();
    let refused = |result: Result<Order, CallError>| match result {
        Err(CallError::Refused(refusal)) => refusal.code(),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(place(&mut exchange, &market, Side::Sell, 1.1, 5.0)), -2010);
    assert_eq!(refused(place(&mut exchange, &market, Side::Sell, 1.1, 0.0)), -1013);
    assert!(place(&mut exchange, &market, Side::Sell, 1.1, 0.01).is_ok());
}

#[test]
fn a_clock_that_falls_behind_is_refused_beyond_the_window_only() {
    let (mut exchange, market) = exchange();
    exchange.skew_clock(1_000);
    for _ in 0..5 {
        exchange.step();
    }
    assert!(exchange.account().is_ok(), "5 s are inside the window");
    exchange.step();
    assert_eq!(exchange.account(), Err(CallError::Refused(Refusal::OutsideRecvWindow)));
    assert!(place(&mut exchange, &market, Side::Buy, 0.9, 0.01).is_err());
}

#[test]
fn the_rate_limit_ends_by_itself() {
    let (mut exchange, _) = exchange();
    exchange.limit_rate(2);
    assert_eq!(exchange.account(), Err(CallError::Refused(Refusal::RateLimited)));
    exchange.step();
    exchange.step();
    assert_eq!(exchange.account(), Ok(()));
}

#[test]
fn nothing_goes_through_a_lost_connection() {
    let (mut exchange, market) = exchange();
    place(&mut exchange, &market, Side::Buy, 1.0, 0.01).unwrap();
    exchange.lose_connection(3);
    assert_eq!(exchange.account(), Err(CallError::Unreachable));
    assert!(exchange.fill(&market).is_empty());
    while exchange.is_down() {
        exchange.step();
    }
    assert_eq!(exchange.connect(), Ok(()));
    assert_eq!(exchange.fill(&market).len(), 1);
}

#[test]
fn planned_rejections_come_once_each() {
    let (mut exchange, market) = exchange();
    exchange.reject_orders(2);
    let mut order = || place(&mut exchange, &market, Side::Buy, 0.9, 0.001).is_ok();
    assert_eq!([order(), order(), order()], [false, false, true]);
}

#[test]
fn order_ids_only_grow() {
    let (mut exchange, market) = exchange();
    let ids: Vec<u64> =
        (0..9).map(|_| place(&mut exchange, &market, Side::Buy, 0.9, 0.001).unwrap().id).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
}

#[test]
fn the_signature_covers_the_whole_query() {
    let (exchange, _) = exchange();
    let request = |symbol: &str, now_ms| {
        let symbol = [("symbol", symbol.to_owned())];
        Request::signed("GET", "/api/v3/order", &symbol, &exchange.credentials, now_ms).url
    };
    let signature = |url: String| url.split_once("signature=").unwrap().1.to_owned();
    let one = signature(request("BTCUSDT", 1));
    assert_eq!(one.len(), 64);
    assert_eq!(one, signature(request("BTCUSDT", 1)));
    assert_ne!(one, signature(request("BTCUSDT", 2)));
    assert_ne!(one, signature(request("ETHUSDT", 1)));
}
