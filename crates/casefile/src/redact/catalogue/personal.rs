//! What names a person, a machine or a network, and what they own: as messages, statements and systems write it.

use super::super::tests::{hides, keeps};
use super::super::*;
use super::all_go;

/// The text in the Central European code page, as old programs in Poland write it.
fn in_code_page(text: &str) -> Vec<u8> {
    let pairs = [
        ('ł', 0xb3),
        ('ę', 0xea),
        ('ó', 0xf3),
        ('ż', 0xbf),
        ('ą', 0xb9),
        ('Ł', 0xa3),
        ('ś', 0x9c),
        ('ć', 0xe6),
    ];
    text.chars()
        .map(|letter| {
            let pair = pairs.iter().find(|(known, _)| *known == letter);
            pair.map_or_else(|| u8::try_from(letter).unwrap(), |(_, byte)| *byte)
        })
        .collect()
}

#[track_caller]
fn goes_from_bytes(text: &[u8], value: &str) {
    let mut clean = Vec::new();
    Redactor::builder().build().clean_stream(Raw::from_bytes(text), "bot.log", &mut clean).unwrap();
    assert!(memchr::memmem::find(&clean, value.as_bytes()).is_none(), "{}", String::from_utf8_lossy(&clean));
}

#[test]
fn codes_for_one_time_in_fields_and_sentences() {
    all_go(&[
        "{\"coin\":\"XRP\",\n   \"otpToken\": \"§d6§\",\n   \"network\": \"XRP\"}",
        "{\"gaCode\":\"§d6§\",\"phoneCode\":\"§d6§\",\"verifyCode\":§d6§}",
        "twoFaToken=§d6§&tfaCode=§d6§ one_time_password: §d6§",
        "kod_weryfikacyjny=§d6§\nkod potwierdzenia: §d6§\n",
        "SMS: Twój kod autoryzacji to §d6§",
        "Kod autoryzacyjny: §d6§, kod do logowania: §d6§",
        "Twój kod weryfikacyjny Zonda to: §d6§",
        "wypłata potwierdzona kodem §d6§",
        "zlecenie autoryzowane kodem SMS §d6§\nzatwierdzono kodem: §d6§\n",
        "Użyj kodu §d6§, aby się zalogować",
        "Your Kraken code is §d6§\nYour code: §d6§\nUse code §d6§ to sign in\n",
        "§d6§ is your Binance verification code\nG-§d6§ is your Google verification code.\n",
        "§d6§ to Twój kod weryfikacyjny",
        "withdrawal confirmed with code §d6§, login approved with code §d6§",
        "Autoryzacja: wpisz kod §d6§\nPodaj kod z aplikacji: §d6§\nYour one-time password is §d6§. Do not share it.\n",
        "2FA code (§d6§) accepted, verification code '§d6§' accepted",
        "prompt for otp §d6§ accepted, 2FA code: §d6§",
    ]);
    goes_from_bytes(&in_code_page("SMS: Twój kod autoryzacji to 656799\r\n"), "656799");
    goes_from_bytes(&in_code_page("Użyj kodu 656798, aby się zalogować\r\n"), "656798");
    for line in [
        "Kod błędu 10016, zakończono kodem 10016, proces zakończony z kodem 137",
        "zlecenie potwierdzone, kod 100009, order confirmed with code 10009",
        "request failed with code 10016, Your order failed: code 30005",
        "your exit code is 1234, error code: 10016, status code: 5001",
        "the OTP is required, otp: missing, OTP length 6, otp 1764000000000",
        "{\"otpToken\": null, \"otpRequired\": true}",
        "1234 is your limit of orders, 10016 to Twój limit zleceń",
        "kod produktu 4711001, kod kraju 4800, kod papieru 90210",
    ] {
        keeps(line);
    }
}

#[test]
fn sums_of_money_in_columns_sentences_and_metrics() {
    all_go(&[
        "Lp;Nazwa;Saldo;Pakiet\n1;A;§s1§;Start\n2;B;§s1§;Pro\n",
        "asset,balance\nUSDT,\"1 §d3§.12\"\nPLN,\"-7,§d4§.45\"\n",
        "INFO saldo BTC §m5§ dostępne §m5§",
        "INFO balance USDT §m5§ available §m5§ locked §m3§",
        "saldo EUR: §m5§, zablokowane: §m3§",
        "listing balances for wallet ZwuRs5EYbfFVMMwJX3fwmJuZdtbt9AhGezEz7QLNEmE: SOL §m5§",
        "Balances: BTC §m2§, USDT: §m5§ | ETH=§m2§\nbalances - §m3§ BTC, §m5§ USDT\n",
        "balances={'USDT': §m5§, 'BTC': §m2§}",
        "portfolio valuation in USDT: §m5§",
        "Saldo konta wynosi §s1§ PLN, stan rachunku: §m5§\nsaldo_pln: §s1§\nportfolio_value_usdt{bot=\"a\"} §m5§\n",
        "Net worth: §m5§ USD, wycena portfela: §s1§ PLN",
        "freqtrade_balance{currency=\"USDT\",account=\"main\"} §m5§",
        "# TYPE account_equity gauge\naccount_equity §d5§\nwallet_balance{asset=\"}\"} §m4§e+04 1764000000000\n",
        "freqtrade_balance_free{currency=\"EUR\"} §m4§\n",
        "bot_saldo_total{gielda=\"zonda\"} §d5§",
    ]);
    goes_from_bytes(
        &in_code_page(
            "Lp;Imię i nazwisko;Telefon;Saldo;Pakiet\r\n1;Łukasz Pawlak;727-624-728;29 733,66;Start\r\n",
        ),
        "733,66",
    );
    let (clean, _) = Redactor::builder().build().clean_text("Available balance: \u{20ac}1.234,56");
    assert!(!clean.as_str().contains(",56"), "{}", clean.as_str());
    goes_from_bytes(&in_code_page("INFO saldo BTC 60630.88693217 dostępne 69370.87684875\r\n"), "69370");
    for line in [
        "balances: 3 loaded, 2 skipped, balances for wallet: none",
        "balance check took 12.50 ms, free 512.5 MB, used 30.25 %, available 12.5 GB",
        "# HELP freqtrade_balance Balance of the account\n# TYPE freqtrade_balance gauge",
        "node_memory_available{node=\"a\"} 1.5e+09\nused 512\nfree 12.5\nnode_filesystem_avail_bytes{fs=\"/\"} 2.5e+10\n",
        "freqtrade_balance_update_seconds{quantile=\"0.5\"} 0.25",
        "saldo BTC zostanie odświeżone za 30.5 s",
        "portfolio valuation took 0.25 s, portfolio valuation in USDT: pending",
        "balance BTC 0.00000000 available 0.00",
    ] {
        keeps(line);
    }
}

#[test]
fn numbers_that_makers_give_to_their_machines() {
    all_go(&[
        "Numer seryjny BIOS:            §B7§45039",
        "Numer seryjny płyty głównej:   §U12§\nNumer seryjny komputera: §U10§\n",
    ]);
    hides("serial", "\"serial\": \"", "GDHNIVRBDQGE", "\"");
    hides("serial", "Numer seryjny BIOS:            ", "DBOSELC45039", "\n");
    for line in [
        "\"serial\": \"UNKNOWN\"",
        "serial: AVAILABLE",
        "\"serial\": \"STANDARDMODE\"",
        "Numer seryjny: brak",
    ] {
        keeps(line);
    }
}

#[test]
fn tags_and_memos_that_say_whose_a_deposit_is() {
    let address = "rEumNuUQWZDs4zM8N75wpLNsrAzApzWni5";
    all_go(&[
        &format!(
            "date\tcoin\tamount\taddress\tmemo\ttx_hash\tstatus\n2026-11-03\tXRP\t0.7\t{address}\t§d9§\t0x3f\tok\n"
        ),
        "time,coin,address,tag\n2026-11-03,XLM,GABC,§d7§\n",
        &format!("withdraw to address {address} memo §d9§ ok"),
        "payment with destination tag §d9§ sent, tag docelowy: §d9§",
        &format!("wypłata XRP na {address} tag: §d9§"),
        &format!("{{\"Destination\":\"{address}\",\"DestinationTag\":§d9§,\"Fee\":\"12\"}}"),
        &format!("{{\"coin\":\"XRP\",\"address\":\"{address}\",\"tag\":\"§d8§\",\"addressTag\":\"§d8§\"}}"),
        &format!("GET /withdraw?address={address}&tag=§d8§&amount=5"),
    ]);
    for line in [
        "{\"image\":\"bot\",\"tag\":\"20261103\"} docker tag 20261103, enter_tag='buy_1', tag=20261103",
        "REPOSITORY   TAG        IMAGE ID       SIZE\nbot          20261103   3f9a2b7c1d0e   1.2GB\n",
        "memo: weekly rebalance, memory 123456 kB, \"memo\": \"grid 12\"",
        "destination tag is required, memo missing, DestinationTag: null",
    ] {
        keeps(line);
    }
}

#[test]
fn an_address_of_ripple_is_one_under_destination() {
    // What Bitstamp issues its tokens from.
    let address = "rvYAfWj5gh67oV6fW32ZzP3Aw4Eubs59B";
    hides("wallet-address", "{\"Destination\":\"", address, "\",\"Fee\":\"12\"}");
    hides("wallet-address", "payment to recipient ", address, " sent");
    keeps(&format!("{{\"issuer\":\"{address}\",\"currency\":\"USD\"}}"));
}

#[test]
fn accounts_in_what_servers_and_systems_log() {
    all_go(&[
        "10.0.0.9 - §w4§_paf472 [03/Nov/2026:06:01:00 +0100] \"GET /api/v1/ping HTTP/1.1\" 101 24918 \"-\" \"curl\"",
        "::1 - §w8§ [01/Jan/2027:06:01:00 +0000] \"POST / HTTP/1.1\" 200 2",
        "Tradovate: login for user §w4§_ebo269 failed, account=U8435024",
        "authentication for user §w8§ failed\nlogin failed for user §w8§: bad password\n",
        "user §w8§ logged in from console\nuser §w8§ has been authenticated\n",
        "logowanie użytkownika §w8§ nie powiodło się",
        "Zalogowano użytkownika §w8§7 (serwer 3)",
        "<Data Name='WorkstationName'>§U9§</Data><Data Name='SubjectUserName'>§w8§</Data>",
        "<Data Name='WorkstationName'>LAPTOP-LCYEFMB</Data><Data Name='TargetDomainName'>DESKTOP-WNSZIKX</Data>",
        "Użytkownik §w8§7 zalogował się\nZalogowano jako: §w8§\nCRON[1234]: (§w8§) CMD (python bot.py)\n",
        "Workstation Name:\t§U8§\nuser=§w8§7 logged in\n",
        "Ścieżka danych: C:\\Użytkownicy\\§w8§15\\Pulpit\\bot",
        "C:/Użytkownicy/§w8§/Dokumenty \"C:\\\\Benutzer\\\\§w8§\\\\Desktop\" C:\\Utilisateurs\\§w8§\\Bureau",
        "D:\\Usuarios\\§w8§\\bot.log /Benutzer/§w8§/Schreibtisch/bot",
        "klient, dowód osobisty §c9§",
        "{\"admin_id\": \"-1009724250457\", \"ownerId\": §d9§, \"telegram_id\": \"§d9§\"}",
        "Nov 03 06:37:35 §w8§-nuc18 bot[22450]: INFO started\nlis 03 06:37:36 §w8§-pc kernel: ok\n",
        "2026-11-03T06:37:35.123456+01:00 §w8§-nuc18 bot[22450]: INFO started",
    ]);
    let machine = "      User Name: Henrik Szymański (katarzynaeff49)\n";
    let (clean, _) = Redactor::builder().build().clean_text(machine);
    for part in ["Henrik", "Szyma", "katarzyna"] {
        assert!(!clean.as_str().contains(part), "{}", clean.as_str());
    }
    goes_from_bytes(&in_code_page("dowód osobisty GJH726829\r\n"), "GJH726829");
    goes_from_bytes(&in_code_page("Dane: C:\\Użytkownicy\\pawelfgk15\\Pulpit\r\n"), "pawelfgk15");
    goes_from_bytes(&in_code_page("Zalogowano użytkownika pawelfgk15\r\n"), "pawelfgk15");
    for line in [
        "Nov 03 06:37:35 vps kernel: usb 1-4: new device",
        "2026-11-03T06:37:35.123Z debug worker[12]: queue empty",
        "10.0.0.9 - - [03/Nov/2026:06:01:00 +0100] \"GET /api/v1/ping HTTP/1.1\" 200 2",
        "10.0.0.9 - admin [03/Nov/2026:06:01:00 +0100] \"GET / HTTP/1.1\" 200 2",
        "login for user failed, settings for user config loaded, user logged in, user data stream for user ok",
        "LAPTOP-WINDOWS and DESKTOP-MONITOR are no computers, workstation: true",
        "C:\\Users\\Public\\bot C:\\Benutzer\\Public\\bot, użytkownicy: 12",
        "Nov 03 06:37:35 ERROR worker[12]: stopped\nNov 03 06:37:35 localhost bot[1]: ok\nNov 03 06:37:36 vps2 bot[1]: ok\n",
        "{\"admin_id\": 12, \"owner_id\": null, \"group_id\": \"bot-consumers-1\"}",
        "User Name: none (guest)",
        "pam_unix(login:auth): authentication failure; CRON[12]: (root) CMD (run-parts)",
        "nov 03 06:37:35 is when it began: at noon",
    ] {
        keeps(line);
    }
}

#[test]
fn names_of_wireless_networks() {
    all_go(&[
        "[wifi]\nssid=§w6§-5G-823\npsk=\n",
        "    SSID 1 : §w8§\nnmcli con up id §w8§\n    SSID                   : §w8§\n    \"ssid\": \"§w8§ dom\"",
        "Trying to associate with 00:07:a0:f9:4a:df (SSID='§w8§-5G-744' freq=5180 MHz)",
        "wlan0     IEEE 802.11  ESSID:\"§w8§\"",
        "nmcli dev wifi connect §w6§-5G-093 password x\nnmcli device wifi connect '§w8§'\n",
        "nmcli connection up §w8§_dom\niwctl station wlan0 connect §w8§\n",
        "netsh wlan connect name=\"§w8§\"\n",
        "<SSIDConfig><SSID><name>§w8§</name></SSID></SSIDConfig>",
    ]);
    for line in [
        "ESSID:off/any, ssid=, SSID: none, hidden_ssid=0",
        "nmcli dev wifi list, nmcli connection show, nmcli con up id",
        "| `wifi-name` | Names of wireless networks. |\nSSID: the name of the network that was found\n",
        "SSID broadcast is on, no ssid found, \"ssid\": null",
    ] {
        keeps(line);
    }
}
