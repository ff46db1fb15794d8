//! Brokers, data feeds, and exchanges that have no operator.

use super::Kind;
use crate::corpus::sheet::Judge;

pub(super) static KINDS: &[Kind] = &[
    Kind::critical(
        "xtb.password",
        "{pw12}",
        &["password", "xtb_password", "haslo"],
        &[
            "xapi {\"command\":\"login\",\"arguments\":{\"userId\":\"\",\"password\":\"«»\"}}",
            "xtb login failed, password=«»",
        ],
    )
    .judged(Judge::Whole),
    Kind::personal(
        "xtb.login",
        "{d8}",
        &["login", "xtb_login"],
        &["{\"command\":\"login\",\"arguments\":{\"userId\":\"«»\"}}"],
    ),
    Kind::critical(
        "xtb.session",
        "8469308861804289383_{h32}",
        &["stream_session_id"],
        &["{\"status\":true,\"streamSessionId\":\"«»\"}"],
    ),
    Kind::personal(
        "ibkr.account",
        "U{d7}",
        &["account_id", "ibkr_account"],
        &["IBKR account=«» netliq updated", "{\"accountId\":\"«»\",\"currency\":\"USD\"}"],
    ),
    Kind::critical(
        "ibkr.password",
        "{pw13}",
        &["password", "ibkr_password", "ib_password"],
        &["IbLoginId= IbPassword=«»"],
    )
    .judged(Judge::Whole),
    Kind::critical(
        "alpaca.key_id",
        "PK{un18}",
        &["key_id", "alpaca_api_key"],
        &["APCA-API-KEY-ID: «»", "{\"action\":\"auth\",\"key\":\"«»\"}"],
    ),
    Kind::critical(
        "alpaca.secret_key",
        "{an40}",
        &["secret_key", "alpaca_secret_key"],
        &["APCA-API-SECRET-KEY: «»", "{\"action\":\"auth\",\"secret\":\"«»\"}"],
    ),
    Kind::critical(
        "oanda.token",
        "{h32}-{h32}",
        &["access_token", "oanda_api_token"],
        &["oanda: Authorization: Bearer «»", "oanda token «»"],
    ),
    Kind::personal(
        "oanda.account",
        "101-004-{d8}-001",
        &["account_id"],
        &["GET https://api-fxtrade.oanda.com/v3/accounts/«»/summary"],
    ),
    Kind::critical(
        "tradier.token",
        "{an28}",
        &["access_token", "tradier_token"],
        &["tradier Authorization: Bearer «»"],
    ),
    Kind::critical(
        "saxo.refresh_token",
        "{uuid}",
        &["refresh_token"],
        &["saxo {\"token_type\":\"Bearer\",\"refresh_token\":\"«»\",\"refresh_token_expires_in\":3600}"],
    ),
    Kind::critical("ig.api_key", "{h40}", &["api_key", "ig_api_key"], &["X-IG-API-KEY: «»"]),
    Kind::critical("ig.cst", "{h64}", &[], &["CST: «» VERSION: 2 https://api.ig.com/gateway/deal/session"]),
    Kind::critical("ig.security_token", "{h64}", &[], &["X-SECURITY-TOKEN: «»"]),
    Kind::critical(
        "zerodha.access_token",
        "{an32}",
        &["access_token"],
        &["Authorization: token kitefront:«»", "https://api.kite.trade/ws?access_token=«»"],
    ),
    Kind::critical("capital.cst", "{an24}", &[], &["x-cap-api-key: «»"]),
    Kind::critical(
        "mt5.password",
        "{pw10}",
        &["password", "mt5_password", "investor_password"],
        &["mt5.initialize(login=0, password=\"«»\", server=\"Demo\")"],
    )
    .judged(Judge::Whole),
    Kind::critical(
        "questrade.refresh_token",
        "{url33}",
        &["refresh_token"],
        &["https://login.questrade.com/oauth2/token?grant_type=refresh_token&refresh_token=«»"],
    ),
    // Data feeds.
    Kind::critical(
        "alphavantage.key",
        "{un16}",
        &["api_key", "alphavantage_key"],
        &["https://www.alphavantage.co/query?function=TIME_SERIES_DAILY&symbol=IBM&apikey=«»"],
    ),
    Kind::critical(
        "finnhub.token",
        "{ln20}",
        &["token", "finnhub_api_key"],
        &["https://finnhub.io/api/v1/quote?symbol=AAPL&token=«»", "wss://ws.finnhub.io?token=«»"],
    ),
    Kind::critical(
        "polygon.key",
        "{an32}",
        &["api_key", "polygon_api_key"],
        &["https://api.polygon.io/v2/aggs/ticker/AAPL/prev?adjusted=true&apiKey=«»"],
    ),
    Kind::critical(
        "etherscan.key",
        "{un34}",
        &["api_key", "etherscan_api_key"],
        &["https://api.etherscan.io/api?module=account&action=balance&apikey=«»"],
    ),
    Kind::critical(
        "coinmarketcap.key",
        "{uuid}",
        &["api_key", "cmc_api_key"],
        &["X-CMC_PRO_API_KEY: «»", "https://pro-api.coinmarketcap.com/v1/key/info?CMC_PRO_API_KEY=«»"],
    ),
    Kind::critical(
        "infura.key",
        "{h32}",
        &["project_id_secret"],
        &["rpc https://mainnet.infura.io/v3/«» latest block «trade_id»", "wss://mainnet.infura.io/ws/v3/«»"],
    ),
    Kind::critical(
        "alchemy.key",
        "{url32}",
        &["alchemy_api_key"],
        &["rpc https://eth-mainnet.g.alchemy.com/v2/«» slow: «latency»"],
    ),
    Kind::critical(
        "quicknode.key",
        "{h40}",
        &["quicknode_token"],
        &["https://silent-wispy-pond.solana-mainnet.quiknode.pro/«»/"],
    ),
    Kind::critical("helius.key", "{uuid}", &["api_key"], &["https://mainnet.helius-rpc.com/?api-key=«»"]),
    Kind::critical(
        "coingecko.key",
        "CG-{an24}",
        &["api_key", "coingecko_api_key"],
        &["x-cg-pro-api-key: «»", "https://pro-api.coingecko.com/api/v3/ping?x_cg_pro_api_key=«»"],
    ),
    Kind::critical(
        "newsapi.key",
        "{h32}",
        &["news_api_key"],
        &["https://newsapi.org/v2/everything?q=bitcoin&apiKey=«»"],
    ),
    Kind::critical(
        "twelvedata.key",
        "{h32}",
        &["twelvedata_api_key"],
        &["https://api.twelvedata.com/price?symbol=AAPL&apikey=«»"],
    ),
    Kind::critical("tiingo.token", "{h40}", &["tiingo_token"], &["Authorization: Token «»"]),
    Kind::critical(
        "glassnode.key",
        "{an27}",
        &["glassnode_api_key"],
        &["https://api.glassnode.com/v1/metrics/market/price_usd_close?a=BTC&api_key=«»"],
    ),
    Kind::critical("ankr.key", "{h64}", &["ankr_api_key"], &["https://rpc.ankr.com/eth?apikey=«»"]),
    // No operator: whoever has the key has the money.
    Kind::critical(
        "hyperliquid.private_key",
        "0x{h64}",
        &["private_key", "hyperliquid_private_key", "agent_private_key"],
        &["hyperliquid agent private key: «»", "Wallet { address: None, private_key: \"«»\" }"],
    ),
    Kind::critical(
        "dydx.phrase",
        "{bip-twentyfour}",
        &["secret_phrase", "dydx_v4_perpetual_secret_phrase", "mnemonic"],
        &["dydx mnemonic: «»"],
    )
    .judged(Judge::Words),
    Kind::critical(
        "polymarket.private_key",
        "{h64}",
        &["private_key", "polymarket_pk"],
        &["POLY PRIVATE_KEY=«»"],
    ),
    Kind::critical("polymarket.api_passphrase", "{h64}", &["passphrase"], &["POLY_PASSPHRASE: «»"]),
    Kind::critical(
        "lighter.api_key_private_key",
        "{h80}",
        &["api_key_private_key", "lighter_private_key"],
        &["lighter: privateKey='«»' account_index=7"],
    ),
    Kind::critical(
        "paradex.l2_private_key",
        "0x{h63}",
        &["l2_private_key", "paradex_private_key"],
        &["paradex l2_private_key=«»"],
    ),
    Kind::critical(
        "aster.secret",
        "{an64}",
        &["api_secret", "aster_secret_key"],
        &["aster secretKey: \"«»\""],
    ),
    Kind::critical(
        "injective.private_key",
        "{h64}",
        &["private_key", "injective_private_key"],
        &["injective signing key: «»"],
    ),
    Kind::critical(
        "gunbot.mastersecret",
        "{an64}",
        &["mastersecret"],
        &["\"masterkey\":\"\",\"mastersecret\":\"«»\""],
    ),
    Kind::critical("profittrailer.api_secret", "{an64}", &["default_apiSecret"], &["default_apiSecret = «»"]),
];
