//! Tokens of services that are known by how they begin: each goes wherever it stands, and what begins like one stays.

use super::super::tests::keeps;
use super::super::*;
use super::filled;

/// One of each shape; the codes are those of [`filled`].
const TOKENS: &[&str] = &[
    "A3TX§U16§",
    "AKIA§B16§",
    "ABSK§a120§",
    "bedrock-api-key-§a80§",
    "LTAI§a20§",
    "STS.§a24§",
    "CAIS§a300§",
    "AKID§a32§",
    "AQVN§a37§",
    "y0_§a56§",
    "t1.§a40§.§a86§",
    "K001§a27§",
    "GOOG1E§U56§",
    "DO00§U16§",
    "YCM§a37§",
    "a1~8Q~§a34§",
    "§a52§JQQJ99§a26§",
    "§a42§AzSeB§a5§",
    "§a76§+ASt§a5§A==",
    "§a76§AZDO§a4§",
    "ghp_§a36§",
    "ghs_§a60§",
    "github_pat_§a22§_§a59§",
    "glpat-§a20§",
    "glpat-§a32§.01.§l9§",
    "gldt-§a20§",
    "glrt-§a20§",
    "glrt-t1_§a32§.01§l7§",
    "glrtr-§a20§",
    "glptt-§h40§",
    "glcbt-64_§a20§",
    "glft-§a20§",
    "glimt-§a25§",
    "gloas-§h64§",
    "glsoat-§a20§",
    "glagent-§a50§",
    "glffct-§a20§",
    "GR1348941§a20§",
    "npm_§a36§",
    "pypi-AgEIcHlwaS5vcmc§a80§",
    "pypi-AgENdGVzdC5weXBpLm9yZw§a80§",
    "hf_§a34§",
    "api_org_§a34§",
    "dop_v1_§h64§",
    "doo_v1_§h64§",
    "dor_v1_§h64§",
    "glsa_§a32§_§h8§",
    "glc_§a90§",
    "eyJrIjoi§a80§",
    "dckr_pat_§a27§",
    "dckr_oat_§a32§",
    "SWMTKN-1-§l50§-§l25§",
    "SWMKEY-1-§a43§",
    "hvs.§a95§",
    "hvb.§a140§",
    "hvr.§a40§",
    "NRAK-§U27§",
    "NRII-§a32§",
    "NRJS-§h19§",
    "§h36§NRAL",
    "AGE-SECRET-KEY-1§U58§",
    "sk_live_§a24§",
    "rk_prod_§a24§",
    "whsec_§a32§",
    "sk-proj-§a60§T3BlbkFJ§a60§",
    "sk-ant-api03-§a95§",
    "sk-or-v1-§h64§",
    "sk-lf-§u1§",
    "pk-lf-§u1§",
    "sk-§a48§",
    "sk-§h32§",
    "csk-§l48§",
    "gsk_§a52§",
    "pplx-§a48§",
    "r8_§a37§",
    "nvapi-§a64§",
    "jina_§h32§§a27§",
    "llx-§a48§",
    "tgp_v1_§a43§",
    "lsv2_pt_§h32§_§h10§",
    "lsv2_sk_§h32§_§h10§",
    "pcsk_§a6§_§a63§",
    "fw_§a24§",
    "AIza§a35§",
    "ya29.§a80§",
    "GOCSPX-§a28§",
    "1//0§a60§",
    "AQ.Ab8RN6§a44§",
    "xoxb-§d12§-§a24§",
    "xoxc-§d12§-§d12§-§h64§",
    "xoxd-§a60§%2B§a40§%3D",
    "xoxe.xoxp-1-§U160§",
    "SG.§a22§.§a43§",
    "key-§h32§",
    "§h32§-us14",
    "§h32§-§h8§-§h8§",
    "pat§a14§.§h64§",
    "pat-na1-§u1§",
    "pat-eu1-§u1§",
    "pat.§a22§.§h24§.§a20§",
    "AKCp§a69§",
    "cmVmd§a59§",
    "ATATT3§a180§=§h8§",
    "ATCTT3§a180§=§h8§",
    "ATBB§a32§",
    "ATTA§h64§",
    "BBDC-§a40§",
    "CLOJARS_§l60§",
    "v1.0-§h24§-§h146§",
    "cfut_§a40§§h8§",
    "dapi§h32§",
    "dapi§h32§-2",
    "dp.pt.§a43§",
    "dp.st.prd.§a43§",
    "dp.scim.§a43§",
    "dp.audit.§a43§",
    "sl.§a135§",
    "sl.u.§a200§",
    "§l11§AAAAAAAAAA§a43§",
    "duffel_live_§a43§",
    "dt0c01.§U24§.§U64§",
    "EZAK§a54§",
    "EZTK§a54§",
    "EAA§a120§",
    "EAAA§a60§",
    "sq0csp-§a43§",
    "sq0atp-§a22§",
    "sq0idp-§a22§",
    "figd_§a40§",
    "FLWSECK_TEST-§h32§-X",
    "FLWSECK-§h32§-X",
    "FLWPUBK_TEST-§h32§-X",
    "fm1_§a80§",
    "fm1r_§a80§",
    "fm2_§a80§",
    "fo1_§a43§",
    "fio-u-§a64§",
    "HRKU-AA§a58§",
    "sdk-§u1§",
    "mob-§u1§",
    "lin_api_§a40§",
    "lin_oauth_§a40§",
    "sk.eyJ1Ijoi§a60§.§a22§",
    "§a6§_§a29§_mmk",
    "nfp_§a36§",
    "nfo_§a36§",
    "ntn_§d11§§a35§",
    "secret_§a43§",
    "oy2§l43§",
    "A3-§U6§-§U6§-§U5§-§U5§-§U5§-§U5§",
    "A3-§U6§-§U11§-§U5§-§U5§-§U5§",
    "ops_eyJ§a300§",
    "sha256~§a43§",
    "access-sandbox-§u1§",
    "access-production-§u1§",
    "pscale_tkn_§a43§",
    "pscale_oauth_§a43§",
    "pscale_pw_§a43§",
    "PMAK-§h24§-§h34§",
    "pnu_§a36§",
    "pul-§h40§",
    "rdme_§l70§",
    "rnd_§a28§",
    "rubygems_§h48§",
    "tk-us-§a48§",
    "xkeysib-§h64§-§a16§",
    "xsmtpsib-§h64§-§a16§",
    "sntrys_eyJpYXQiO§a120§_§a43§",
    "sntryu_§h64§",
    "sm_aat_§a16§",
    "sm_pat_§a16§",
    "sm_sat_§a16§",
    "shippo_live_§h40§",
    "shippo_test_§h40§",
    "shpat_§h32§",
    "shpca_§h32§",
    "shppa_§h32§",
    "shpss_§h32§",
    "squ_§h40§",
    "sqp_§h40§",
    "sqa_§h40§",
    "sbp_§h40§",
    "sb_secret_§a31§",
    "§a14§.atlasv1.§a67§",
    "tk_§l29§",
    "AAAAAAAAAAAAAAAAAAAAAA§a60§%3D§a30§",
    "tfp_§a59§",
    "CCIPAT_§a22§_§h40§",
    "CCIPRJ_§a22§_§h40§",
    "bkua_§h40§",
    "CFPAT-§a43§",
    "ico-§a32§",
    "access_token$production$§l16§$§h32§",
    "sec-c-§a48§",
    "RGAPI-§u1§",
    "waka_§u1§",
    "alcht_§a30§",
    "ddp_§a36§",
    "ddw_§a36§",
    "napi_§a64§",
    "re_§d8§_§d24§",
    "4b1d§a38§",
    "0/§d16§:§h32§",
    "s-s4t2ud-§h64§",
    "API-§U26§",
    "§h10§msh§h15§p1§h5§jsn§h12§",
    "p8e-§a32§",
    "AIK_SECRET_§a64§",
    "apify_api_§a36§",
    "$aact_prod_§a60§",
    "BSA§a28§",
    "cnvca§a51§",
    "csa_§h36§",
    "CCDB1_§a22§_§a40§",
    "AstraCS:§a24§:§h64§",
    "dnkey-§a26§-§a52§",
    "dvc_server_§a24§",
    "cog_§l52§",
    "essu_§a80§",
    "EXO§h24§",
    "endr+§a16§",
    "ion_§a42§",
    "lip_§a20§",
    "m0-§a40§",
    "sk§a178§",
    "mx0vgl§a26§",
    "mlsn.§h64§",
    "mdb_sa_sk_§a40§",
    "nyk_§a67§",
    "polar_oat_§a43§",
    "phx_§a43§",
    "ramp_sec_§a48§",
    "rzp_live_§a14§",
    "rpa_§U40§§l6§",
    "rootly_§h64§",
    "00D§a12§!§a96§",
    "sgp_§h40§",
    "vcp_§a56§",
    "wandb_v1_§a77§",
    "ck_§h40§",
    "cs_§h40§",
    "zpka_§l32§_§h8§",
    "db-§a29§",
    "CG-§a24§",
    "ak-§a22§",
    "fc-§h32§",
    "mainnet§a32§",
    "QN_§h32§",
    "cio§a32§",
    "§h24§:§h64§",
    "§h32§.§a16§",
    "AVNS_§a19§",
    "sk_§h48§",
    "pk_§d8§_§U32§",
    "KEY01§U30§_§a22§",
    "live_§h35§",
    "ory_at_§a43§.§a43§",
    "tr_prod_§a20§",
    "snyk_uat.§h8§.§a60§",
    "PRD-§h12§-§h4§-§h4§-§h4§-§h4§",
];

/// Fills each of the tokens, puts it where `place` says, and tells which are not gone.
#[track_caller]
fn each_goes(place: impl Fn(&str) -> String, known_by_itself: bool) {
    let redactor = Redactor::builder().build();
    let mut left = Vec::new();
    for (token, seed) in TOKENS.iter().zip((40_000..).step_by(32)) {
        let (filled, values) = filled(token, seed);
        let text = place(&filled);
        let (clean, hits) = redactor.clean_text(&text);
        let clean = clean.as_str();
        let is_left = values.iter().any(|value| value.len() > 6 && clean.contains(&value[1..]));
        let rules: Vec<_> = hits.iter().map(|(rule, _)| rule).collect();
        let (before, after) = text.split_once(filled.as_str()).unwrap_or_default();
        let is_whole = clean.starts_with(&format!("{before}<service_token:"))
            && clean.ends_with(&format!(">{after}"))
            && rules == ["service-token"];
        if is_left || clean == text || known_by_itself && !is_whole {
            left.push(format!("{token}: {rules:?}\n    {clean}"));
        }
    }
    assert!(left.is_empty(), "{} of {}\n{}", left.len(), TOKENS.len(), left.join("\n"));
}

#[test]
fn tokens_of_services_go_wherever_they_stand() {
    each_goes(|token| format!("retry {token} now"), true);
    each_goes(|token| format!("[{{\"v\": \"{token}\", \"n\": 1}}]"), true);
    each_goes(|token| format!("\\n{token}\\n"), true);
    each_goes(str::to_owned, true);
    each_goes(|token| format!("<v>{token}</v>"), false);
    each_goes(|token| format!("a,{token},b\nc,{token},d\n"), false);
    each_goes(|token| format!("'{token}' `{token}` ({token}); got {token}."), false);
    each_goes(|token| format!("say \\u0022{token}\\u0022 \u{1b}[32m{token}\u{1b}[0m"), false);
    each_goes(|token| format!("curl -H 'X-Any: {token}' https://x.example/v1?n=1"), false);
}

#[test]
fn tokens_of_services_go_in_addresses_and_in_base64() {
    let escaped = |token: &str| {
        let signs = token.bytes().map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        });
        signs.collect::<String>()
    };
    each_goes(|token| format!("GET /x?a=%7B%22d%22%3A%22{}%22%7D 200", escaped(token)), false);
    each_goes(
        |token| {
            let json = format!("{{\"d\":\"{token}\"}}");
            format!("body {} sent", data_encoding::BASE64.encode(json.as_bytes()))
        },
        false,
    );
    let (token, _) = filled("glc_§a30§%2F§a30§%2B§a20§%3D%3D", 7);
    super::super::tests::hides("service-token", "GET /x?v=", &token, "&n=1 200");
    let (token, _) = filled("fm2_§a60§/§a30§%3D", 8);
    super::super::tests::hides("service-token", "used ", &token, ", ok");
    let (token, _) = filled("s.§a24§", 9);
    super::super::tests::hides("service-token", "vault login with ", &token, " ok");
    let (token, _) = filled("cat-sdk-1/§a22§/§a22§", 10);
    super::super::tests::hides("service-token", "client config", &token, " ok");
}

#[test]
fn what_begins_like_a_token_of_a_service_stays() {
    for line in [
        "tk_symbol=BTC re_entry_after_stop_loss_2 re_connect_attempt_12345678_of_the_feed fw_version_2_10_3_release",
        "sk_learn_model_2026_11_20_momentum_v2 pk_orders_by_symbol_and_time_2026 position_ion_channel_2026_feed_v3",
        "sdk-version-2026.11.20-release-candidate mob-app-build-20261120 api-550e8400-e29b-41d4-a716-446655440000",
        "request 550e8400-e29b-41d4-a716-446655440000 trace 127ca71891a35eca6f7c98d258ee587e.9f2c4b1de07a5386",
        "traceparent 00-127ca71891a35eca6f7c98d258ee587e-9f2c4b1de07a5386-01",
        "image bot@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 pulled",
        "info_level_2_update_of_the_order_book_7_received nfo_ prf_max_drawdown_window_30_days_rolling_2",
        "v1.0-rc.12 built, pat-name=engulfing, pat.match(12), sat.10:30, sl.percent=1.5, dp.std=2, ssl.handshake ok",
        "vault deposit 12.5 shares, vault s.sharePrice=1.02, vault 0x88e6A0c2dDD26FEEb64F039a2c41296FcB3f5640",
        "live_trading_enabled_since_20261120 test_strategy_ema_20_50_200_crossover",
        "db-postgres-replica-1 ak-47 as-of-2026-11-20T10:00:00 al-dente fc-bayern-2026-11-20",
        "0/1764000000000123:200 1/2 2/1764000000123456 filled",
        "access-production-eu-central-1 access-sandbox: ok, access_token$ missing",
        "secret_rotation_interval_days=30 secret_name secret-store-production-v2 client_secret_expires_at",
        "_mmk GeoLite2_City_20261120_mmk.db, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "x-Cb7ytekJ1764000000001 web_7f3c1e2ab9d04c5e8a6b ios_53e44e61 dapi_url=1 dapi.binance.com shp file EAA",
        "risk-9f2c4b1de07a53866f12c0b4a9d8e7f6 task-127ca71891a35eca6f7c98d258ee587e done",
        "seen tx skWXU2ChmYHojeR1QuZorwQVV8nCyh5hieg4VtgUAfPz45vLEy8Bqd4jVEo4qSPPBCkcuDvpwMz5hHqB9mrp",
        "seen tx EAAyPzUHtYzsn9CksS2wgUSEoNJjJp25FyWNMwjepxYbk16bGG8Bqd4jVEo4qSPPBCkcuDvpwMz5hHqB9mrp",
        "cid x-trmx003uHjCku3ntMgqf etag e7e2785b881cbb32a95b0f0d0e0b0a09-12",
        "mainnet-beta testnet=true mainnet_rpc_2, K001 K002, exo, BSA, oy2, KEY01, CAIS, LTAI, API-2",
        "XAUUSD xau_usd_1m_ema_20_50 polar_angle=1.2 persona_id=7 depot_total=12 mercury_retrograde_2026",
    ] {
        keeps(line);
    }
}
