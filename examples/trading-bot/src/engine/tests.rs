use std::collections::BTreeSet;
use std::fs;

use jiff::SignedDuration;

use super::*;
use crate::home::Preset;
use crate::words::Lang;

/// The preset of a new installation.
pub(super) fn preset() -> Preset {
    let dir = tempfile::tempdir().unwrap();
    Home::open(dir.path(), 1, None, Lang::En, Timestamp::UNIX_EPOCH).unwrap().1.preset
}

/// Runs with this log. Other tests run beside it and have none: with a single dispatcher in the process, tracing
/// takes their "nobody listens" for everybody's, so there is a second one.
pub(super) fn with_log(log: impl tracing::Subscriber + Send + Sync, run: impl FnOnce()) {
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    tracing::subscriber::with_default(log, run);
}

struct Bot {
    dir: tempfile::TempDir,
    home: Home,
    engine: Engine,
    now: Timestamp,
}

fn bot(seed: u64, schedule: Schedule) -> Bot {
    let dir = tempfile::tempdir().unwrap();
    let now: Timestamp = "2026-11-24T04:50:00Z".parse().unwrap();
    let (home, contents) = Home::open(dir.path(), seed, None, Lang::En, now).unwrap();
    let engine = Engine::new(&home, contents, Clock::new(now), seed, schedule);
    Bot { dir, home, engine, now }
}

impl Bot {
    fn steps(&mut self, count: u64) -> Vec<News> {
        let step = |_| {
            self.now = self.now.checked_add(SignedDuration::from_secs(5)).unwrap();
            self.engine.step(self.now)
        };
        (0..count).flat_map(step).collect()
    }
}

fn kinds(news: &[News]) -> Vec<TroubleKind> {
    let kind = |news: &News| match news {
        News::Began(trouble) => Some(trouble.kind),
        _ => None,
    };
    news.iter().filter_map(kind).collect()
}

#[test]
fn a_quiet_run_trades_and_has_no_trouble() {
    let mut bot = bot(1, Schedule::quiet());
    let news = bot.steps(150);
    assert_eq!(kinds(&news), []);
    assert_eq!(bot.engine.health(), Health::Trading);
    let counters = bot.engine.snapshot().counters;
    assert!(counters.orders_placed > 20 && counters.orders_filled > 5, "{counters:?}");
}

#[test]
fn every_seed_ends_in_the_fatal_state_in_time_and_after_all_other_troubles() {
    for seed in 0..25 {
        let mut bot = bot(seed, Schedule::new(seed));
        let news = bot.steps(STOPPED_BY_STEP);
        assert!(matches!(bot.engine.health(), Health::Halted(_)), "seed {seed}: {:?}", bot.engine.health());
        let kinds = kinds(&news);
        assert_eq!(kinds.last(), Some(&TroubleKind::CannotPlaceOrders), "seed {seed}");
        let seen: BTreeSet<_> = kinds.into_iter().collect();
        assert_eq!(seen.len(), 7, "seed {seed}: {seen:?}");
    }
}

#[test]
fn two_runs_with_the_same_seed_are_the_same_run() {
    let run = |seed| bot(seed, Schedule::new(seed)).steps(STOPPED_BY_STEP);
    assert_eq!(run(3), run(3));
    assert_ne!(run(3), run(4));
}

#[test]
fn a_lost_connection_comes_back_and_trading_goes_on() {
    let mut bot = bot(1, Schedule::quiet());
    bot.steps(10);
    bot.engine.simulate(Failure::LoseConnection { steps: 5 });
    assert!(matches!(bot.engine.health(), Health::Troubled(_)));
    let news = bot.steps(30);
    assert!(news.contains(&News::Reconnecting { attempt: 1 }));
    assert!(news.contains(&News::Over(TroubleKind::ConnectionLost)));
    assert_eq!(bot.engine.health(), Health::Trading);
}

#[test]
fn rejected_orders_are_told_with_their_code_and_forgotten_after_a_good_one() {
    let mut bot = bot(1, Schedule::quiet());
    bot.engine.simulate(Failure::RejectOrders { count: 2 });
    let news = bot.steps(10);
    assert_eq!(kinds(&news), [TroubleKind::OrdersRejected]);
    assert!(news.contains(&News::Refused(Refusal::InsufficientBalance)));
    assert!(news.contains(&News::Over(TroubleKind::OrdersRejected)));
}

#[test]
fn a_halted_bot_places_nothing_more() {
    let mut bot = bot(1, Schedule::quiet());
    bot.engine.simulate(Failure::SkewClock { ms_per_step: 2_000 });
    bot.steps(40);
    assert!(matches!(bot.engine.health(), Health::Halted(_)));
    let news = bot.steps(40);
    assert!(news.iter().all(|news| matches!(news, News::Filled(_))), "{news:?}");
}

#[test]
fn monitoring_holds_metrics_and_the_reason_of_the_halt() {
    let mut bot = bot(1, Schedule::new(1));
    bot.steps(STOPPED_BY_STEP);
    let read = |name: &str| fs::read_to_string(bot.home.monitoring().join(name)).unwrap();
    let health: serde_json::Value = serde_json::from_str(&read("health.json")).unwrap();
    assert_eq!((&health["status"], &health["trouble"]), (&"halted".into(), &"cannot_place_orders".into()));
    let metrics = read("metrics.jsonl");
    assert_eq!(metrics.lines().count() as u64, STOPPED_BY_STEP / METRICS_EVERY);
    for line in metrics.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(line["equity_usdt"].as_f64().unwrap() > 1_000.0);
    }
}

#[test]
fn a_careless_log_holds_every_kind_of_secret_and_the_same_each_time() {
    let log = || {
        let dir = tempfile::tempdir().unwrap();
        let clock = Clock::new("2026-11-24T04:50:00Z".parse().unwrap());
        let (subscriber, journal) = Journal::open(dir.path(), &clock);
        let mut run = bot(1, Schedule::new(1));
        let home = run.home.root().display().to_string();
        with_log(subscriber, || {
            let contents = run.engine.contents.clone();
            run.engine = Engine::new(&run.home, contents, clock, 1, Schedule::new(1));
            run.steps(STOPPED_BY_STEP);
        });
        drop(journal);
        let mut names: Vec<_> =
            fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        let text: String = names.iter().map(|name| fs::read_to_string(name).unwrap()).collect();
        assert!(text.contains(&home), "the path of the home folder");
        assert!(names.len() >= 4, "both logs are rotated: {names:?}");
        drop(run.dir);
        (text.replace(&home, "HOME"), run.engine)
    };
    let (text, engine) = log();
    let Contents { preset, config, license } = &engine.contents;
    for (secret, what) in [
        (&preset.exchange.api_key, "key in a header"),
        (&preset.exchange.api_secret, "secret in the dump"),
        (&preset.exchange.passphrase, "passphrase in the dump"),
        (&license.key, "licence key in the dump"),
        (&license.email, "e-mail"),
        (&config.alerts.telegram_token, "token in an address"),
        (&config.proxy_url, "password of the proxy"),
        (&"&signature=".to_owned(), "signature"),
        (&"websocket connect 83.".to_owned(), "public address"),
        (&"/ws/".to_owned(), "listen key"),
        (&"balances BTC ".to_owned(), "balances"),
        (&"\"code\":-1021".to_owned(), "error code"),
    ] {
        assert!(text.contains(secret.as_str()), "{what}");
    }
    assert!(log().0 == text, "two runs wrote different logs");
}

/// What casefile finds in the logs that a run has written.
fn findings(seed: u64, schedule: Schedule, steps: u64) -> Vec<String> {
    use casefile::analyze::{Analysers, Facts};
    use casefile::logs::Origin;
    use jiff::tz::TimeZone;

    let mut bot = bot(seed, schedule);
    let clock = Clock::new(bot.now);
    let (subscriber, journal) = Journal::open(&bot.home.logs(), &clock);
    with_log(subscriber, || {
        for _ in 0..steps {
            bot.steps(1);
        }
    });
    drop(journal);
    let origin = Origin { zone: TimeZone::UTC, sealed_at: bot.now };
    let mut scan = Analysers::standard().scan();
    for item in fs::read_dir(bot.home.logs()).unwrap() {
        let mut log = scan.log("logs/bot.log", &origin);
        log.read(&mut fs::File::open(item.unwrap().path()).unwrap()).unwrap();
        scan.add(log);
    }
    assert!(scan.totals().lines > 100, "{:?}", scan.totals());
    let mut found: Vec<_> = scan.finish(&Facts::default()).into_iter().map(|finding| finding.id).collect();
    found.sort();
    found
}

#[test]
fn casefile_finds_nothing_in_a_quiet_run_and_every_failure_of_the_script() {
    for seed in 1..4 {
        assert_eq!(findings(seed, Schedule::quiet(), 400), [""; 0], "seed {seed}");
        let expected = [
            "binance-balance",
            "binance-clock",
            "binance-rate",
            "network-refused",
            "prices-stale",
            "trading-halted",
        ];
        assert_eq!(findings(seed, Schedule::new(seed), STOPPED_BY_STEP), expected, "seed {seed}");
    }
}
