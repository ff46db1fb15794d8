//! The shapes of tokens that a service gives out and that are known by how they begin, as a table.
//!
//! Sources: what the services say of their own, and the tables of
//! <https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml>,
//! <https://github.com/betterleaks/betterleaks/blob/main/config/betterleaks.toml>,
//! <https://github.com/trufflesecurity/trufflehog/tree/main/pkg/detectors> and
//! <https://github.com/Yelp/detect-secrets/tree/master/detect_secrets/plugins>.
//!
//! What looks like a number of a request, a hash or words is left out, whoever gives such tokens out.

use super::bounds::has_letter_and_digit;
use super::services::{
    begins_short, behind_secret, free, made, marked_of_azure, mixed, of_azure, of_braintree, of_maxmind,
    of_openshift, of_terraform, of_vault,
};
use super::{Check, Seek, Shape, logins};
use crate::redact::rules::Id;

/// A sign of base64, which may be escaped for an address.
macro_rules! base64 {
    () => {
        r"(?:[A-Za-z0-9+/=_-]|%(?:25)?(?:2[BbFf]|3[Dd]))"
    };
}

macro_rules! uuid {
    () => {
        r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
    };
}

const HEX: &[u8] = b"0123456789abcdef";

// Tokens that begin with a short word: Resend, Scaleway and ntfy, Fireworks, ElevenLabs, Cartesia, Checkout, Freemius,
// Klaviyo, ClickUp, 1Password, WooCommerce, Mem0, Voyage, Databento, Modal, Firecrawl, CoinGecko, Checkly, Trigger, Ionic,
// Lichess, Octopus, LaunchDarkly, Ory, Lob and GoCardless, Tatum.
const SHORT: &str = concat!(
    r"re_[1-9A-HJ-NP-Za-km-z]{6,10}_[1-9A-HJ-NP-Za-km-z]{20,28}\b|tk_[a-z0-9]{28,30}\b|fw_[A-Za-z0-9]{22,32}\b|",
    r"sk_car_[A-Za-z0-9_]{20,}|[sp]k_(?:sbox_)?[A-Za-z0-9]{28,180}\b|pk_\d{6,10}_[A-Z0-9]{32}\b|",
    r"sk_(?:sbox_)?",
    uuid!(),
    r"\b|A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}\b|",
    r"c[ks]_[a-f0-9]{40}\b|m0-[A-Za-z0-9]{24,44}\b|fc-[a-f0-9]{32}\b|CG-[A-Za-z0-9]{24}\b|cu_[a-f0-9]{32}\b|",
    r"tr_(?:dev|prod|stg|pat|preview)_[A-Za-z0-9]{20,}|ion_[A-Za-z0-9]{42}\b|lip_[A-Za-z0-9]{16,60}\b|",
    r"API-[A-Z0-9]{25,28}\b|(?:sdk|mob)-",
    uuid!(),
    r"\b|ory_(?:at|ac|rt|st|pat|apikey|wak)_[A-Za-z0-9_.-]{30,}|(?:live|test)_(?:pub_)?[a-f0-9]{31,35}\b|",
    r"live_[A-Za-z0-9_-]{40}\b|t-[a-f0-9]{24}-[a-f0-9]{24}\b",
);

/// The same, of letters of both kinds, which makes up for what the beginning does not say.
const SHORT_MIXED: &str = r"(?:pa|al)-[A-Za-z0-9_-]{43}|db-[A-Za-z0-9]{29}|a[ks]-[A-Za-z0-9]{22}";

// Tokens of letters and digits alone, by how they begin: Airtable, ClickHouse, New Relic, RapidAPI, Crates, Blockfrost, Sanity,
// Spaces.
const WORDS: &str = concat!(
    r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}\b|4b1d[A-Za-z0-9]{38}\b|[a-f0-9]{36}NRAL\b|",
    r"[a-z0-9]{8,10}msh[a-z0-9]{20,36}jsn[a-z0-9]{9,14}\b|cio[A-Za-z0-9]{32}\b|",
    r"(?:mainnet|preprod|preview|testnet)[A-Za-z0-9]{32}\b|DO(?:00|80)[A-Z0-9]{16}\b",
);

pub(super) const SERVICES: &[Shape] = &[
    Shape {
        rule: Id::ServiceToken,
        pattern: r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b",
        seek: Seek::Literal(&["akia", "asia", "abia", "acca"]),
        check: Check::Whole(super::papers::begins_word),
    },
    // The secret beside it.
    Shape {
        rule: Id::ApiSecret,
        pattern: r"(?:AKIA|ASIA)[A-Z0-9]{16}(?: ?[/:|,;] ?| {1,3})[A-Za-z0-9/+]{40}\b",
        seek: Seek::Literal(&["akia", "asia"]),
        check: Check::Whole(super::papers::secret_of_amazon),
    },
    // Amazon, Alibaba, Tencent, Yandex, Backblaze, Google.
    Shape {
        rule: Id::ServiceToken,
        pattern: concat!(
            r"A3T[A-Z0-9]{17}\b|LTAI[A-Za-z0-9]{16,24}\b|STS\.[A-Za-z0-9]{16,64}\b|AKID[A-Za-z0-9]{28,36}\b|",
            r"AQVN[A-Za-z0-9_-]{35,38}\b|y0_[A-Za-z0-9_-]{50,}|t1\.[A-Za-z0-9_-]{16,}={0,2}\.[A-Za-z0-9_-]{86}={0,2}|",
            r"K00[1-9][A-Za-z0-9+/]{27}\b|GOOG1[A-Z0-9]{20,60}\b",
        ),
        seek: Seek::Literal(&["a3t", "ltai", "sts.", "akid", "aqvn", "y0_", "t1.", "k00", "goog1"]),
        check: Check::Whole(made),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: concat!(
            r"ABSK",
            base64!(),
            r"{100,300}|CAIS",
            base64!(),
            r"{100,1500}|bedrock-api-key-",
            base64!(),
            r"{32,}"
        ),
        seek: Seek::Literal(&["absk", "cais", "bedrock-api-key-"]),
        check: Check::Whole(made),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\dQ~[A-Za-z0-9_~.-]{31,34}",
        seek: Seek::Literal(&["0q~", "1q~", "2q~", "3q~", "4q~", "5q~", "6q~", "7q~", "8q~", "9q~"]),
        check: Check::Whole(of_azure),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: concat!(
            r"JQQJ9[A-Za-z0-9]{27}\b|AZDO[A-Za-z0-9]{4}\b|AzSe[A-D][A-Za-z0-9]{5}\b|AzFu[A-Za-z0-9_-]{5}[AQgw]==|",
            r"\+ACR[A-D][A-Za-z0-9+/]{5}|(?:APIM|ACDb|\+(?:ABa|AMC|ASt))[A-Za-z0-9+/]{5}[AQgw]==|",
            r"(?:AIoT|\+(?:ASb|AEh|ARm))[A-P][A-Za-z0-9+/]{5}=",
        ),
        seek: Seek::Literal(&[
            "jqqj9", "azdo", "azse", "azfu", "+acr", "apim", "acdb", "+aba", "+amc", "+ast", "aiot", "+asb",
            "+aeh", "+arm",
        ]),
        check: Check::Whole(marked_of_azure),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9_]{36,255}(?:\.[A-Za-z0-9_-]{20,}){0,2}|github_pat_[A-Za-z0-9_]{50,}",
        seek: Seek::Literal(&["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"gl(?:pat|dt|rt|rtr|ptt|cbt|ft|imt|oas|soat|agent|ffct)-[A-Za-z0-9_-]{20,}(?:\.[a-z0-9]{2}\.?[a-z0-9]{7,9}\b)?|GR1348941[A-Za-z0-9_-]{20,}",
        seek: Seek::Literal(&[
            "glpat-",
            "gldt-",
            "glrt-",
            "glrtr-",
            "glptt-",
            "glcbt-",
            "glft-",
            "glimt-",
            "gloas-",
            "glsoat-",
            "glagent-",
            "glffct-",
            "gr1348941",
        ]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: concat!(
            r"npm_[A-Za-z0-9]{36}|pypi-AgE[A-Za-z0-9_-]{50,}|hf_[A-Za-z0-9]{30,}|api_org_[A-Za-z0-9]{30,}|",
            r"do[opr]_v1_[a-f0-9]{64}|glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|dckr_[po]at_[A-Za-z0-9_-]{20,}|",
            r"cat-sdk-1/[A-Za-z0-9_-]{22}/[A-Za-z0-9_-]{22}|hv[sbr]\.[A-Za-z0-9_-]{20,}|NR(?:AK|II|IQ|JS)-[A-Za-z0-9_-]{18,}|AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{40,}",
        ),
        seek: Seek::Literal(&[
            "npm_",
            "pypi-age",
            "hf_",
            "api_org_",
            "doo_v1_",
            "dop_v1_",
            "dor_v1_",
            "glsa_",
            "dckr_",
            "cat-sdk-1/",
            "hvs.",
            "hvb.",
            "hvr.",
            "nrak-",
            "nrii-",
            "nriq-",
            "nrjs-",
            "age-secret-key-",
        ]),
        check: Check::None,
    },
    // A service token of older versions, which only a word before it tells.
    Shape {
        rule: Id::ServiceToken,
        pattern: r"(?i:vault)[^\n]{0,60}?\bs\.[A-Za-z0-9]{24}\b",
        seek: Seek::Literal(&["vault"]),
        check: Check::Whole(of_vault),
    },
    // Grafana, 1Password, fly.io, Miro, Intercom: what is packed in base64 behind the beginning or with it.
    Shape {
        rule: Id::ServiceToken,
        pattern: concat!(
            r"(?:glc_|eyJrIjoi|ops_eyJ|fm1[ar]?_|fm2_|fo1_|eyJtaXJv|dG9rO|cflt)",
            base64!(),
            r"{40,}",
        ),
        seek: Seek::Literal(&[
            "glc_", "eyjrijoi", "ops_eyj", "fm1_", "fm1a_", "fm1r_", "fm2_", "fo1_", "eyjtaxjv", "dg9ro",
            "cflt",
        ]),
        check: Check::Whole(made),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"(?:sk|rk|pk|ak)_(?:live|test|prod)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/=]{20,}",
        seek: Seek::Literal(&[
            "sk_live_", "sk_test_", "sk_prod_", "rk_live_", "rk_test_", "rk_prod_", "pk_live_", "pk_test_",
            "pk_prod_", "ak_live_", "ak_test_", "whsec_",
        ]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"sk-(?:proj|ant|svcacct|or|lf|admin|api|helicone)-[A-Za-z0-9_-]{20,}",
        seek: Seek::Literal(&["sk-"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"sk-[A-Za-z0-9]{32,}",
        seek: Seek::Literal(&["sk-"]),
        check: Check::Whole(free),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"sk-[A-Za-z0-9_-]{48}",
        seek: Seek::Literal(&["sk-"]),
        check: Check::Whole(mixed),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,}|1(?://|%2[Ff]%2[Ff])0[A-Za-z0-9_-]{30,}|AQ\.Ab8RN6[A-Za-z0-9_-]{40,}",
        seek: Seek::Literal(&["aiza", "ya29.", "gocspx-", "1//0", "1%2f%2f0", "aq.ab8rn6"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"APA91b[A-Za-z0-9_:-]{60,}",
        seek: Seek::Literal(&["apa91b"]),
        check: Check::Whole(logins::with_instance),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"(?:xoxe\.)?xox[a-z]-(?:[A-Za-z0-9/+-]|%2[BbFf]|%3[Dd]){10,}={0,2}|xapp-[A-Za-z0-9-]{20,}",
        seek: Seek::Literal(&["xox", "xapp-"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|key-[a-f0-9]{32}\b|cxakp_[A-Za-z0-9]{16,}|bg_[a-f0-9]{32}\b|(?:account|master)-[A-Za-z0-9]{20}\b",
        seek: Seek::Literal(&["sg.", "key-", "cxakp_", "bg_", "account-", "master-"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"mx0[A-Za-z0-9]{15,}\b",
        seek: Seek::Literal(&["mx0"]),
        check: Check::Whole(free),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"(?:gsk_|pplx-|xai-|tvly-|tskey-[a-z]{2,10}-)[A-Za-z0-9_-]{24,}",
        seek: Seek::Literal(&["gsk_", "pplx-", "xai-", "tvly-", "tskey-"]),
        check: Check::Value(has_letter_and_digit),
    },
    // Models: OpenRouter and others are above. Cerebras, Replicate, NVIDIA, Jina, LlamaCloud, Together, LangSmith, Pinecone, Langfuse,
    // Anyscale, Weights & Biases, Apify, Wakatime, Vercel, Neon, Supabase, Deno.
    Shape {
        rule: Id::ServiceToken,
        pattern: concat!(
            r"csk-[a-z0-9]{48}\b|r8_[A-Za-z0-9]{37,40}\b|nvapi-[A-Za-z0-9_-]{50,}|jina_[A-Za-z0-9_-]{40,}|llx-[A-Za-z0-9]{40,}|",
            r"tgp_v1_[A-Za-z0-9_-]{40,}|lsv2_[a-z]{2}_[a-f0-9]{32}_[a-f0-9]{10}|pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{60,}|",
            r"pk-lf-",
            uuid!(),
            r"|wandb_v1_[A-Za-z0-9_]{60,}|apify_api_[A-Za-z0-9]{34,}|waka_",
            uuid!(),
            r"|v(?:ck|ca|cr|ci|cp)_[A-Za-z0-9_-]{50,}|vercel_blob_rw_[A-Za-z0-9_]{20,}|napi_[A-Za-z0-9]{60,}|",
            r"sbp_(?:v0_|oauth_)?[a-z0-9]{40,}|dd[owp]_[A-Za-z0-9]{36,}|e2b_[a-f0-9]{40}\b|sess-[A-Za-z0-9]{40}\b",
        ),
        seek: Seek::Literal(&[
            "csk-",
            "r8_",
            "nvapi-",
            "jina_",
            "llx-",
            "tgp_v1_",
            "lsv2_",
            "pcsk_",
            "pk-lf-",
            "wandb_v1_",
            "apify_api_",
            "waka_",
            "vck_",
            "vca_",
            "vcr_",
            "vci_",
            "vcp_",
            "vercel_blob_rw_",
            "napi_",
            "sbp_",
            "ddo_",
            "ddp_",
            "ddw_",
            "e2b_",
            "sess-",
        ]),
        check: Check::Whole(made),
    },
    // Where code is kept, built and run: Artifactory, Atlassian, Bitbucket, Trello, Buildkite, CircleCI, Sonar, Sourcegraph, Cloudsmith,
    // Clojars, RubyGems, NuGet, Docker, Terraform, Pulumi, Prefect, Infracost, Snyk, Aikido, Endor, Mergify; Salesforce.
    Shape {
        rule: Id::ServiceToken,
        pattern: concat!(
            r"AKCp[A-Za-z0-9]{60,80}\b|cmVmd[A-Za-z0-9]{59}\b|AT(?:AT|CT)T3(?:[A-Za-z0-9_=-]|%3[Dd]){90,}|ATBB[A-Za-z0-9]{32,36}\b|",
            r"ATTA[a-f0-9]{64}\b|BBDC-",
            base64!(),
            r"{32,}|bk(?:ua|aa|aj|ar|ct|pt|pat|ps)_[A-Za-z0-9_-]{40,}|CCI(?:PAT|PRJ)_[A-Za-z0-9]{20,}_[a-f0-9]{40}|",
            r"sq[abpu]_[a-f0-9]{40}\b|sgp_(?:[A-Fa-f0-9]{16}_|local_)?[A-Za-z0-9]{40,64}\b|csa_[A-Za-z0-9]{36}\b|",
            r"CLOJARS_[A-Za-z0-9]{60}|rubygems_[a-f0-9]{48}|oy2[a-z0-9]{43}\b|SWMTKN-1-[a-z0-9]{40,60}-[a-z0-9]{20,30}|",
            r"SWMKEY-1-[A-Za-z0-9+/]{40,50}|pul-[a-f0-9]{40}\b|pn[bu]_[A-Za-z0-9]{36}\b|ico-[A-Za-z0-9]{32}\b|",
            r"00D[A-Za-z0-9]{12,15}(?:!|%21)[A-Za-z0-9._-]{80,}|snyk_[a-z]{3}\.[a-f0-9]{8}\.[A-Za-z0-9_.-]{20,}|AIK_(?:CI|CLIENT|SECRET)_[A-Za-z0-9]{20,}|",
            r"endr\+[A-Za-z0-9-]{16,}|mergify_application_key_[A-Za-z0-9_-]{40,}",
        ),
        seek: Seek::Literal(&[
            "akcp",
            "cmvmd",
            "atatt",
            "atctt",
            "atbb",
            "atta",
            "bbdc-",
            "bkua_",
            "bkaa_",
            "bkaj_",
            "bkar_",
            "bkct_",
            "bkpt_",
            "bkpat_",
            "bkps_",
            "ccipat_",
            "cciprj_",
            "sqa_",
            "sqb_",
            "sqp_",
            "squ_",
            "sgp_",
            "csa_",
            "clojars_",
            "rubygems_",
            "oy2",
            "swmtkn-",
            "swmkey-",
            "pul-",
            "pnb_",
            "pnu_",
            "ico-",
            "snyk_",
            "aik_ci_",
            "aik_secret_",
            "endr+",
            "mergify_",
            "00d",
        ]),
        check: Check::Whole(made),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\.atlasv1\.(?:[A-Za-z0-9_-]|=|%3[Dd]){50,}",
        seek: Seek::Literal(&[".atlasv1."]),
        check: Check::Whole(of_terraform),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"256~[A-Za-z0-9_-]{43}\b",
        seek: Seek::Literal(&["256~"]),
        check: Check::Whole(of_openshift),
    },
    // Machines and networks: Cloudflare, Databricks, Doppler, Heroku, Netlify, Render, Replicate, Scalingo, UpCloud, Porkbun, DNSimple,
    // NetBird, Defined, Exoscale, Depot, Aiven, PlanetScale, MongoDB, CockroachDB, Astra, Elastic, Xata, Tinybird, Honeycomb, Axiom.
    Shape {
        rule: Id::ServiceToken,
        pattern: concat!(
            r"v1\.0-[a-f0-9]{24}-[a-f0-9]{100,}|cf[au]t_[A-Za-z0-9]{40,}|dapi[a-f0-9]{32}(?:-\d)?\b|",
            r"dp\.(?:pt|st|sa|ct|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}\b|HRKU-[A-Za-z0-9_-]{36,}|",
            r"nf[bcopu]_[A-Za-z0-9_-]{36,}|rnd_[A-Za-z0-9]{28,}|tk-us-[A-Za-z0-9_-]{48}|ucat_[0-9A-Za-z]{24,32}\b|",
            r"[ps]k1_[a-f0-9]{64}\b|dnsimple_[a-z]_[A-Za-z0-9]{32,}|nbp_[A-Za-z0-9]{36}\b|dnkey-[A-Za-z0-9_=-]{26}-[A-Za-z0-9_=-]{52}|",
            r"EXO[a-zA-Z0-9]{24,30}\b|depot_(?:org|project)_[A-Za-z0-9]{40,}|AVNS_[A-Za-z0-9_-]{12,}|",
            r"pscale_[a-z]{2,5}_[A-Za-z0-9_=.-]{31,}[A-Za-z0-9_=-]|mdb_sa_sk_[A-Za-z0-9_-]{40}|CCDB1_[A-Za-z0-9]{22}_[A-Za-z0-9]{40}|",
            r"AstraCS:[A-Za-z0-9]{20,}(?::[A-Za-z0-9]{20,})?|essu_",
            base64!(),
            r"{60,}|xau_[A-Za-z0-9]{30,}|p\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}|hcaik_[A-Za-z0-9]{50,}|",
            r"xa[ap]t-",
            uuid!(),
        ),
        seek: Seek::Literal(&[
            "v1.0-",
            "cfat_",
            "cfut_",
            "dapi",
            "dp.",
            "hrku-",
            "nfb_",
            "nfc_",
            "nfo_",
            "nfp_",
            "nfu_",
            "rnd_",
            "tk-us-",
            "ucat_",
            "pk1_",
            "sk1_",
            "dnsimple_",
            "nbp_",
            "dnkey-",
            "exo",
            "depot_",
            "avns_",
            "pscale_",
            "mdb_sa_sk_",
            "ccdb1_",
            "astracs:",
            "essu_",
            "xau_",
            "p.eyj",
            "hcaik_",
            "xaat-",
            "xapt-",
        ]),
        check: Check::Whole(made),
    },
    // Money and shops: Duffel, EasyPost, Flutterwave, Razorpay, Plaid is below, Shippo, Shopify, Square, Xendit, Asaas, Ramp, Mercury,
    // Midtrans, Paddle, Polar, Ghost and Braintree are below, Wepay.
    Shape {
        rule: Id::ServiceToken,
        pattern: concat!(
            r"duffel_(?:test|live)_(?:[A-Za-z0-9_-]|=|%3[Dd]){43,}|EZ[AT]K[A-Za-z0-9]{54}\b|FLW(?:SEC|PUB)K(?:_TEST)?-[A-Za-z0-9]{12,}(?:-X)?|",
            r"rzp_(?:live|test)_[A-Za-z0-9]{14,}|shippo_(?:live|test)_[a-fA-F0-9]{40}|shp(?:at|ca|pa|ss|ua|rt|tka)_[a-fA-F0-9]{32}|",
            r"EAAA[A-Za-z0-9_-]{60}\b|EAA[A-Za-z0-9_-]{97,}|sq0[a-z]{3}-[A-Za-z0-9_-]{22,43}|xnd_(?:production|development)_[A-Za-z0-9]{40,}|",
            r"\$aact_[A-Za-z0-9_:+/=-]{20,}|ramp_sec_[A-Za-z0-9]{40,}|mercury_[a-z]{4,10}_[a-z]{2,6}_[A-Za-z0-9]{40,}(?:_yrucrem)?|",
            r"Mid-(?:server|client)-[A-Za-z0-9_-]{16,}|pdl_[a-z]{4}_apikey_[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}|",
            r"polar_(?:at|oat|pat|cs|rt)_[A-Za-z0-9_-]{20,}|PRD-[a-f0-9]{12}(?:-[a-f0-9]{4}){4}\b",
        ),
        seek: Seek::Literal(&[
            "duffel_",
            "ezak",
            "eztk",
            "flwseck",
            "flwpubk",
            "rzp_live_",
            "rzp_test_",
            "shippo_",
            "shp",
            "eaa",
            "sq0",
            "xnd_prod",
            "xnd_dev",
            "$aact_",
            "ramp_sec_",
            "mercury_",
            "mid-server-",
            "mid-client-",
            "pdl_",
            "polar_",
            "prd-",
        ]),
        check: Check::Whole(made),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\$(?:production|sandbox|development)\$[A-Za-z0-9]{16}\$[a-f0-9]{32}\b",
        seek: Seek::Literal(&["$production$", "$sandbox$", "$development$"]),
        check: Check::Whole(of_braintree),
    },
    // What people work with: Adobe, Canva, Contentful, Dropbox, Dynatrace, Figma, Frame.io, HubSpot, Harness, Linear, Mapbox, Notion, Postman,
    // ReadMe, Sentry, SettleMint, Typeform, Mailersend, Sendinblue, PubNub, Telnyx, PostHog, ConfigCat, DevCycle and more.
    Shape {
        rule: Id::ServiceToken,
        pattern: concat!(
            r"p8e-[A-Za-z0-9]{32}\b|cnvca[A-Za-z0-9_-]{50,}|CFPAT-[A-Za-z0-9_-]{40,}|sl\.(?:u\.)?(?:[A-Za-z0-9_-]|=|%3[Dd]){120,}|",
            r"dt0[a-z]\d\d\.[A-Za-z0-9]{8,24}\.[A-Za-z0-9]{64}\b|figd_[A-Za-z0-9_-]{38,}|fio-u-(?:[A-Za-z0-9_-]|=|%3[Dd]){60,}|",
            r"pat-[a-z]{2}\d-",
            uuid!(),
            r"|[ps]at\.[A-Za-z0-9_-]{22}\.[0-9a-f]{24}\.[A-Za-z0-9]{20}\b|lin_(?:api|oauth|wh)_[A-Za-z0-9]{32,}|",
            r"[pst]k\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}|ntn_[A-Za-z0-9]{40,}|PMAK-[a-f0-9]{24}-[a-f0-9]{34}\b|PMAT-[A-Z0-9]{26}\b|",
            r"rdme_[a-z0-9]{70}\b|sntrys_eyJ",
            base64!(),
            r"{60,}|sntryu_[a-f0-9]{64}\b|sm_[aps]at_[A-Za-z0-9]{16,}|tfp_[A-Za-z0-9_.=-]{38,}[A-Za-z0-9_=-]",
        ),
        seek: Seek::Literal(&[
            "p8e-",
            "cnvca",
            "cfpat-",
            "sl.",
            "dt0",
            "figd_",
            "fio-u-",
            "pat-na",
            "pat-eu",
            "pat-ap",
            "pat.",
            "sat.",
            "lin_api_",
            "lin_oauth_",
            "lin_wh_",
            "pk.eyj",
            "sk.eyj",
            "tk.eyj",
            "ntn_",
            "pmak-",
            "pmat-",
            "rdme_",
            "sntrys_",
            "sntryu_",
            "sm_aat_",
            "sm_pat_",
            "sm_sat_",
            "tfp_",
        ]),
        check: Check::Whole(made),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: concat!(
            r"mlsn\.[A-Za-z0-9]{30,}|x(?:keys|smtps)ib-[A-Fa-f0-9]{64}-[A-Za-z0-9]{16}\b|(?:sec|sub|pub)-c-[A-Za-z0-9-]{36,}|",
            r"KEY0[0-9A-Z]{31}_[A-Za-z0-9]{22}\b|ph[cx]_[A-Za-z0-9_-]{40,}|",
            r"dvc_(?:client|mobile|server)_[A-Za-z0-9_]{8,60}|alcht_[A-Za-z0-9]{28,}|RGAPI-",
            uuid!(),
            r"|s-s4t2[a-z]{2}-[a-f0-9]{64}\b|BSA[A-Za-z0-9_-]{24,30}\b|apk_(?:user_)?[A-Za-z0-9+/]{80,}|cog_[a-z0-9]{52}\b|",
            r"os_v2_(?:app|org)_[a-z2-7]{90,}|api_live(?:_ca|_us)?\.[A-Za-z0-9_-]{11,}(?:\.[A-Za-z0-9_-]{20,})?|persona_(?:production|sandbox)_[A-Za-z0-9_-]{20,}|",
            r"pina_[A-Za-z0-9_-]{40,}|nyk_[A-Za-z0-9]{60,}|rpa_[A-Za-z0-9]{30,46}\b|rootly_[a-f0-9]{64}\b|",
            r"samsara_api_[A-Za-z0-9]{26,}|tss_[A-Za-z0-9_-]{30,}|unkey_[A-Za-z0-9]{20,}|vtwn_[A-Za-z0-9_-]{20,}|",
            r"wrka(?:[a-z]{2})?-eyJ[A-Za-z0-9_.-]{60,}|zpka_[a-z0-9]{32}_[0-9a-f]{8}\b|gcntfy-[a-z0-9_]+-",
            uuid!(),
            "-",
            uuid!(),
            r"|QN_[a-f0-9]{32}\b|BBFF-[A-Za-z0-9]{30,}|ExponentPushToken\[[A-Za-z0-9_-]{20,}\]|prf_(?:cli_)?[A-Za-z0-9_-]{32,}|",
            r"signkey-[a-z]{4,8}-[a-f0-9]{64}\b|bb_(?:live|test)_[A-Za-z0-9_-]{20,}",
        ),
        seek: Seek::Literal(&[
            "mlsn.",
            "xkeysib-",
            "xsmtpsib-",
            "sec-c-",
            "sub-c-",
            "pub-c-",
            "key01",
            "phc_",
            "phx_",
            "dvc_",
            "alcht_",
            "rgapi-",
            "s-s4t2",
            "bsa",
            "apk_",
            "cog_",
            "os_v2_",
            "api_live",
            "persona_",
            "pina_",
            "nyk_",
            "rpa_",
            "rootly_",
            "samsara_",
            "tss_",
            "unkey_",
            "vtwn_",
            "wrka",
            "zpka_",
            "gcntfy-",
            "qn_",
            "bbff-",
            "exponentpushtoken",
            "prf_",
            "signkey-",
            "bb_live_",
            "bb_test_",
        ]),
        check: Check::Whole(made),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"_mmk",
        seek: Seek::Literal(&["_mmk"]),
        check: Check::Whole(of_maxmind),
    },
    // Notion, Supabase, Stripe, Stytch, Statsig, Anyscale.
    Shape {
        rule: Id::ServiceToken,
        pattern: r"secret(?:_[A-Za-z0-9_-]{20,}|-(?:live|test|development)-[A-Za-z0-9_=-]{36,}|-[A-Za-z0-9]{40,})",
        seek: Seek::Literal(&["secret_", "secret-"]),
        check: Check::Whole(behind_secret),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: SHORT,
        seek: Seek::Token(b"rtfspAcmpadCiolkt", [1, 4], begins_short),
        check: Check::Whole(made),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: SHORT_MIXED,
        seek: Seek::Token(b"pad", [2, 2], begins_short),
        check: Check::Whole(mixed),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: WORDS,
        seek: Seek::Token(b"p40123456789abcdefmtD", [15, 64], |token| {
            let word = token.word();
            let is = |head: &[u8], length: usize| word.len() == length && word.starts_with(head);
            is(b"pat", 17) && token.after().starts_with(b".")
                || is(b"4b1d", 42)
                || word.len() == 40 && word.ends_with(b"NRAL")
                || word.len() > 43 && word[8..13].windows(3).any(|part| part == b"msh")
                || is(b"cio", 35)
                || [&b"mainnet"[..], b"preprod", b"preview", b"testnet"].iter().any(|head| is(head, 39))
                || is(b"DO", 20)
        }),
        check: Check::Whole(made),
    },
    // Sanity, Okta, Yandex, Dropbox, X: told by letters of both kinds, too.
    Shape {
        rule: Id::ServiceToken,
        pattern: r"sk[A-Za-z0-9]{140,200}|00[A-Za-z0-9_-]{40}|YC[AMNOP][A-Za-z0-9_-]{37}|[A-Za-z0-9]{11}A{10}[A-Za-z0-9_-]{43}",
        seek: Seek::Token(b"s0Y123456789abcdefghijklmnopqrstuvwxyz", [3, usize::MAX], |token| {
            let word = token.word();
            word.starts_with(b"00")
                || word.len() >= 142 && word.starts_with(b"sk")
                || word.starts_with(b"YC")
                || word.get(11..21) == Some(b"AAAAAAAAAA")
        }),
        check: Check::Whole(mixed),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"A{19,24}(?:[A-Za-z0-9]|%(?:25)?(?:2[BbFf]|3[Dd])){60,120}",
        seek: Seek::Token(b"A", [20, usize::MAX], |token| token.word().starts_with(b"AAAAAAAAAAAAAAAAAAA")),
        check: Check::Whole(mixed),
    },
    // Mailchimp, Mailgun, Zhipu and Ollama: a number in hexadecimal, and what stands behind it.
    Shape {
        rule: Id::ServiceToken,
        pattern: r"[a-f0-9]{32}-us\d{1,2}\b|[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}\b",
        seek: Seek::Token(HEX, [32, 32], |token| token.after().starts_with(b"-")),
        check: Check::Whole(free),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"[a-f0-9]{32}\.(?:[A-Za-z0-9_-]{24}|[A-Za-z0-9]{16})\b",
        seek: Seek::Token(HEX, [32, 32], |token| token.after().starts_with(b".")),
        check: Check::Whole(mixed),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"[a-f0-9]{24}:[a-f0-9]{64}\b",
        seek: Seek::Token(HEX, [24, 24], |token| token.after().starts_with(b":")),
        check: Check::Whole(free),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: concat!(r"access-(?:sandbox|development|production)-", uuid!(), r"\b"),
        seek: Seek::Token(b"a", [6, 6], |token| token.word() == b"access" && token.after().starts_with(b"-")),
        check: Check::Whole(free),
    },
    // Asana: what it is of, the person, and the secret.
    Shape {
        rule: Id::ServiceToken,
        pattern: r"[012]/\d{16}(?:/\d{16})?:[A-Fa-f0-9]{32}\b",
        seek: Seek::Token(b"012", [1, 1], |token| token.after().starts_with(b"/")),
        check: Check::Whole(free),
    },
];
