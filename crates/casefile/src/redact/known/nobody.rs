//! Names of users that are no secret of anybody, since other things are called like them.

/// What is called like this is no person and no computer that somebody named.
const NOBODY: &str = "\
    interactive application root admin administrator user users localhost guest trader home desktop server default \
    pass bots trading data logs config configs backup share shared public temp live prod test main apps services strategies \
    orders account accounts exchange market seed seeds wallet wallets \
    alpine ansible apache argo argocd arch awslogs azure azureuser backend buildkite caddy cadvisor celery centos \
    certbot chrony circleci clickhouse cloud cloudflared collectd consul container cron daemon database dbus debian deploy \
    deployer deployment dispatcher docker elastic elasticsearch engine envoy etcd exim fedora flask fluent fluentd \
    frontend fwupd gateway gitea github gitlab grafana graylog haproxy hooks httpd influx influxdb ingress jaeger jenkins journal journald \
    jupyter kafka keycloak kibana kubernetes kubelet lighttpd logrotate logstash loki mailer mariadb memcached messagebus metrics \
    minio mongo mongodb monitor monitoring mosquitto mssql mysql nagios nats netdata networkd nginx nobody node nodejs oracle \
    packer pgadmin pgbouncer podman polkitd postfix postgres postgresql prefect prom prometheus promtail proxy pulsar \
    puppet python questdb rabbitmq rabbit redis redpanda registry release reporter resolved rpcuser runner runners sentry sshd \
    staging statsd superset supervisor supervisord syslog systemd telegraf tempo terraform timescale tomcat traefik ubuntu \
    uvicorn gunicorn vagrant vault vector watchtower webapp webhook worker workers www-data zabbix zookeeper \
    nlog serilog log4net freqtrade hummingbot octobot gunbot zenbot superalgos scalper hedger arbitrage binance bitfinex bitget bitmex bitstamp \
    bittrex bybit bitcoin coinbase deribit ethereum gemini huobi hyperliquid kraken kucoin lightning metatrader monero okex \
    poloniex solana telegram discord tradingview zonda";

/// What strategies, orders and the parts of a bot are called: a text that calls a user so speaks of one of these everywhere else.
/// A machine whose user is called so knows better.
const OF_THE_TRADE: &str = "\
    alert alerts api arb backtest backtester bearish breakout breakouts bridge bullish buyer candle candles carry collector \
    copytrader crypto demo divergence ema executor feed feeds filler finder flow follower forex funding futures grid \
    gridbot hedge hedging hunter icebergs iceberg indicator ingest interval klines ladder leader leverage limit liquidity listener loader \
    macd maker manager margin martingale master mean mirror momentum notifier orderbook oscillator paper perp perps pivot \
    portfolio position positions predictor quant quoter rebalance rebalancer recorder relay replay replica reversal reversion \
    risk robot router scalp scalping scanner scheduler scout script service session signal signals simulator slave sniper spot \
    spread stable stops strategy streamer swing swinger sync taker ticker tracker trades trailing trend trends trendfollower \
    tripwire twap updater validator vwap watchdog watcher whale";

/// What every line of a log can say.
const OF_LOGS: &str = "\
    about again already amount answer asked attempt aware begin body buffer bytes cache cancel cancelled change check client closed closing command \
    commit config connect connected connection content could count created data debug default delete denied detail details device disabled disconnect done \
    drop enabled endpoint error event exchange exec executed exit expected expired fail failed failure fetch field file filled finished forbidden format found \
    frame from full given got handle handler header headers health help host ignored index info init input inside install invalid issue item keep key kline \
    latency left level line list load loaded local lock logged login logout loop lost main make manual mark match message method minute missing mode module \
    name need network never next none normal note notice number offline online only open opened option order other output over package page param params \
    parse part password path pause payload pending ping place please policy pong pool port present price process profile progress protocol public push query \
    queue quote rate raw reached read ready reason received reconnect record refresh rejected reload remote remove report request requests required reset resource response \
    restart result resume retry return root route rule running save saved schedule screen second section select send sender sent session settings setup show \
    shutdown side size skip sleep slow snapshot socket source stack stale start started state status step stop stopped store stream string submit success suite \
    support symbol system table target task test text this thread tick time timeout timestamp title token tool topic total trace transport trigger trying type \
    unknown update updated upload usage user valid value version wait waiting warn warning watch websocket weight window with without work write wrong yaml zero \
    activate add apply archive backtest build clean compile compress configure copy create deploy destroy disable download enable ensure execute extract \
    gather generate import include init install lint migrate migration modify move notify operation prepare prune purge recover register remove rename replace \
    rollback rotate seed setup sort submit sync template validate verify provision \
    bot bota brak dla jest klient klienta konto logowanie nie oraz pomoc prosz\u{119} zlecenie zlecenia";

/// What the users of services end with.
const OF_SERVICES: [&str; 9] =
    ["bot", "user", "app", "svc", "service", "server", "trader", "trading", "worker"];

/// Whether it is called so everywhere, or as its service or its exchange is: `bybit_01`, `ftuser`.
pub(in crate::redact) fn is_nobody(name: &str) -> bool {
    has(NOBODY, name) || is_of_service(name) || is_numbered(name)
}

/// What stands before that: what the service is for.
const OF_WHAT: &str = "\
    ft freq hb h go py js rs my db app web api grid trade trading crypto data mt mt4 mt5 arb dca mm hft quant algo signal live prod \
    test dev main tg telegram discord bot bots trader market spot";

/// Whether it is the user of a service: what it is for, and what says so.
pub(in crate::redact) fn is_of_service(name: &str) -> bool {
    let is_what = |of: &str| {
        let of = of.trim_end_matches(['_', '-']);
        OF_WHAT.split_ascii_whitespace().any(|what| what == of)
    };
    OF_SERVICES.iter().any(|end| name.strip_suffix(end).is_some_and(is_what))
}

/// Whether words by which nobody is called stand in it, and numbers behind them.
fn is_numbered(name: &str) -> bool {
    let mut parts = name.split(['_', '-']);
    let is_word = |part: &str| part.len() >= 3 && has(NOBODY, part);
    let (Some(first), Some(second)) = (parts.next(), parts.next()) else { return false };
    let is_more = |part: &str| {
        part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit())
            || has(NOBODY, part)
            || has(OF_THE_TRADE, part)
            || part == "sub"
    };
    is_word(first) && is_more(second) && parts.all(is_more)
}

/// Whether a text calls other things so.
pub(super) fn is_of_the_trade(name: &str) -> bool {
    has(OF_THE_TRADE, name) || has(OF_LOGS, name)
}

fn has(words: &str, name: &str) -> bool {
    words.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(name))
}
