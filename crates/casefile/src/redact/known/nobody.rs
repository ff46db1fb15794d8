//! Names of users that are no secret of anybody, since other things are called like them.

/// What is called like this is no person and no computer that somebody named.
const NOBODY: &str = "\
    root admin administrator user users localhost guest trader home desktop server default \
    bots trading data logs config configs backup share shared public temp live prod test main apps services strategies \
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
    freqtrade hummingbot octobot gunbot zenbot superalgos scalper hedger arbitrage binance bitfinex bitget bitmex bitstamp \
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

/// Whether it is called so everywhere.
pub(super) fn is_nobody(name: &str) -> bool {
    has(NOBODY, name)
}

/// Whether a text calls other things so.
pub(super) fn is_of_the_trade(name: &str) -> bool {
    has(OF_THE_TRADE, name)
}

fn has(words: &str, name: &str) -> bool {
    words.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(name))
}
