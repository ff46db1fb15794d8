//! Names as people and exchanges spell them, and what stands beside them.

use super::catalogue::all_go;
use super::tests::keeps;

#[test]
fn names_as_polish_makes_them() {
    all_go(&[
        "haslo_panelu = §p4§",
        "HasloPanelu=§a14§",
        "{\"klucz_szyfrujacy\": \"§a43§=\"}",
        "set KLUCZ_PODPISU=§a43§=; set HASLO_PANELU=§p4§",
        "token_odswiezania;§a43§;ok",
        "Logowanie z adresu biura, sesja=§a40§",
        "InpApiKeyNews=§h32§",
        "snmp_community=§a20§",
        "<add key=\"twoFactorKey\" value=\"§B16§\"/>",
        "2FA klucz kucoin §B16§",
        "kody zapasowe google: §d4§ §d4§, §d4§ §d4§, §d4§ §d4§",
        "SendText \"§p4§\"  ; has\u{142}o NinjaTrader",
        "& \"C:\\Program Files\\7-Zip\\7z.exe\" a -p§a14§ -mhe=on \"D:\\b.7z\"",
    ]);
    for line in [
        "haslo_zmienione=nie, haslo_min_dlugosc=12, pokaz_haslo = nie",
        "password_changed=2026-11-20, apiKeyCount=3, api_key_permissions=read",
        "\"PokazHaslo\"=dword:00000000",
        "prompt for credentials:i:0",
        "klucz_poziomu=67216, poziom_kluczowy=\"25441.88\"",
    ] {
        keeps(line);
    }
}

#[test]
fn what_exchanges_and_their_libraries_write() {
    all_go(&[
        "ws auth {'op': 'auth', 'args': ['ysGFbuN3z5sbkm2uZK', 1764149844878, '§h64§']}",
        "LoginFrame { Method = user.auth, Params = [API, 09aaac49-b87e-434b-9b2b-696402c316fd, §h64§, 1764157566], Id = 5955 }",
        "\"headers\": [\n  [\n    \"OK-ACCESS-SIGN\",\n    \"§h64§\"\n  ]\n]",
        "(string) (len=11) \"X-BAPI-SIGN\": ([]string) (len=1 cap=1) {\n  (string) (len=64) \"§h64§\"\n }",
        "<Account name=\"cb\"><PublicKey>§a16§</PublicKey><PrivateKey>§a32§</PrivateKey></Account>",
        "https://kowalski§d2§.hopto.org/tv",
        "cloudflared.exe service install eyJh§a60§",
        "password=Wiosna§d4§.key",
        "\"session\":\"16218757§d11§\"",
        "{\"freeCollateral\":\"§m5§\",\"NAV\":\"§m5§\"}",
    ]);
    for line in [
        "{\"method\":\"SUBSCRIPTION\",\"params\":[\"spot@private.orders.v3.api.pb\"],\"id\":25}",
        "wrong password or login [HRESULT 0x8ccc4868]",
        "gui:totp:120 - started, login code=201",
        "\"error_attributes\":{\"api_key\":[\"is invalid\"]}",
        "DNS = 1.1.1.1, 8.8.8.8",
        "firmver=3.0.0.4",
        "\u{43a}\u{43b}\u{44e}\u{447} \u{43a}\u{44d}\u{448}\u{430} 54a17bb3-8ad1-4375-b06b-7266f4d0bd34 \u{43d}\u{435} \u{43d}\u{430}\u{439}\u{434}\u{435}\u{43d}",
        "$ solana balance --keypair id.json",
        "{\"password\": \"VALUE_SPECIFIED_IN_NO_LOG_PARAMETER\"}",
        "SMsg:Order placed Ts:1764154016454",
        "TLS: Initial packet, sid=9f1c4a2d b01e77aa",
    ] {
        keeps(line);
    }
}
