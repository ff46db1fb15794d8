//! What customers send: their notes, and what the programs around a bot keep, each line with values that have to go, or that has to
//! stay as it is.

use super::catalogue::all_go;
use super::tests::{ALNUM, keeps, made};
use super::{KnownValues, Raw, Redactor};

/// Cleans a text that others have been learnt from, each under its name.
fn clean_knowing(learnt: &[(&str, &str)], text: &str) -> String {
    let mut known = KnownValues::new();
    for (name, text) in learnt {
        known.learn(Raw::from_text(*text), name);
    }
    Redactor::builder().known(known).build().clean_text(text).0.as_str().to_owned()
}

/// Cleans a file of this name.
fn clean_file(name: &str, text: &str) -> String {
    let mut out = Vec::new();
    Redactor::builder().build().clean_stream(Raw::from_text(text), name, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn what_customers_note() {
    let tested = [
        // Below what it is, as an item of a list too.
        "POCZTA HASLO\n  - §p4§",
        "RDP PASSWORD\n  - §p4§",
        "WINDOWS HASLO DO KOMPA\n  - wielkiLantern§d4§",
        "haslo do vps:\n- srebrnyZegar§d4§",
        "haslo do vps:\n\tsrebrnyZegar§d4§",
        "PIN do apki:\n§d6§",
        "Kennwort VPS Remotedesktop?\n   isarwelle%§d4§U",
        // In rows, the first cell of which says of what.
        "windows;haslo do kompa;lunarFalcon§d4§",
        "VPS root\thaslo\tlunarFalcon§d4§",
        "2FA;kod zapasowy / klucz 2fa;§B16§",
        "2FA\tkod zapasowy / klucz 2fa\t§B16§",
        "2FA\tkod zapasowy\t§B16§",
        // In sentences.
        "na VPS root haslo mam §p4§",
        "10/12/26, 16:07 - Me: has\u{142}o mam takie: Kasia§d2§&",
        "na windows haslo do kompa mam frozenKaktus§d4§",
        "RDP: changed it, the password is now §p4§",
        "VPS: zmienione, haslo to teraz §p4§",
    ];
    all_go(&tested);
    // In Swedish, Norwegian and Danish.
    all_go(&[
        "3. router / l\u{f6}senord: Zubr-Rower-Pierog§d2§",
        "e-mail\tl\u{f6}senord\tSowa!Rower§d2§",
        "e-mail adgangskode: AH8§a10§!",
        "  passord? -> 2Mo6p§a8§*",
        "kodeord til vps Bergen§d4§",
        "Firi API n\u{f8}kkel: §a32§",
        "API-nyckel: §a32§",
    ]);
    // Before an arrow, behind brackets, and as fingers slip.
    all_go(&[
        "Smak!Wisla§d2§   <- VPN password",
        "- WNWNy0§a8§&   <- router passord",
        "7df5§h12§   <- Firi API n\u{f8}kkel",
        "- router (l\u{f6}senord) \u{2013} kettle_§d4§#Kaczka",
        "- VPN (password) - B8BiWm§a8§!",
        "vpn pasord : Bergen!Puffin§d2§",
        "halso do vps: wiosna!§d4§",
        "VPS pasword: wiosna!§d4§",
        "  brukernavn? -> 4o§h6§",
    ]);
    for line in [
        "windows;haslo do kompa;zmienic\n",
        "id;email;data_urodzenia;segment\n1;2;3;4\n",
        "Opis;Nadawca;Kwota\n",
        "host;x-amz-date;x-amz-security-token\n9dcba24ed78da95133e3fb83ac35e2fa3a337f7fa1510da97b42615bd8656c55\n",
        "HASLO DO KOMPA\n  - zmienic po urlopie\n",
        "na windows haslo do kompa mam w sejfie",
        "the password is now required by the server",
        "x <- password",
        "api_key <- Sys.getenv(\"BINANCE_KEY\")",
        "- router (password) - ask Kasia",
    ] {
        keeps(line);
    }
}

#[test]
fn what_programs_around_a_bot_keep() {
    all_go(&[
        "users anna-mpke509:CL:§p4§",
        "MANAGEMENT: CMD 'password \"Auth\" srebrnyWalnut§d4§'",
        "MANAGEMENT: CMD 'username \"Auth\" vpn§d7§'",
        "\"card\": {\"brand\": \"Visa\", \"number\": \"4494055467105754\", \"expMonth\": \"4\", \"expYear\": \"2029\", \"code\": \"§d3§\"}",
        "Received: from GREYSON-§U4§ (10.0.0.7 [10.0.0.7])",
        "plink.exe -ssh root@37.167.121.1§d1§ -batch",
        "export BITMEX_API_ID=§a24§",
        "| BitMEX | api id | `§a24§` |",
        "alphavantage_key = \"LTXFZCYPBX§B6§\"",
        "IG_IDENTIFIER=kksnyke§d3§",
        "\"author\": \"Rosalind Templ§w5§\"",
        "\"from\": \"Tadeusz Wojc§w6§\"",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Leopold §U8§\nADR;TYPE=HOME:;;Alder Court §d2§;;;;\nBDAY:1967-07-§d2§",
        "C:\\Users\\Jarek Niedz§w6§>reg query HKLM",
    ]);
    for line in [
        "BEGIN:VCARD\nVERSION:3.0\nPRODID:-//AcmeDesk//3.8//PL\nEND:VCARD\n",
        "FN:1\nN:2\n",
        "users 12:CL:\n",
        "TELEGRAM_API_ID=1234567",
        "Received: from mail.example.org (localhost [127.0.0.1])",
        "\"author\": \"Acme Labs\", \"from\": \"2026-11-20\"",
        "Execution='4951' Instrument='NQ 06-24' Account='Sim101' Price=13.15",
        "IbPassword=\nSecondFactorDevice=\nTradingMode=live\n",
        "Start-Process \"$Root\\bot.exe\" -Credential $cred -ArgumentList '--portable'",
        "/home/.git-credentials and /home/pgpass.conf",
    ] {
        keeps(line);
    }
}

#[test]
fn what_the_program_is_called_is_nobody() {
    let log = "10:37 INFO acme_core::feed: started\n";
    for settings in ["POSTGRES_USER=acme\n", "user=acme\n"] {
        let learnt = [("docker-compose.yml", settings), ("acme.log", log)];
        assert_eq!(clean_knowing(&learnt, "acme-desk 3.8 in acme.log\n"), "acme-desk 3.8 in acme.log\n");
    }
    let url = format!(
        "DATABASE_URL=postgresql://acme:{}@localhost:5432/acme\nPOSTGRES_USER=acme\n",
        made(ALNUM, 20, 1)
    );
    assert_eq!(clean_knowing(&[(".env", &url)], "acme started\n"), "acme started\n");
    // Who has a home here is somebody.
    let home = clean_knowing(&[("x.log", "C:\\Users\\jnowak77\\bot\n")], "jnowak77 started\n");
    assert!(!home.contains("jnowak77"), "{home}");
}

#[test]
fn a_list_of_secrets_has_files_and_transactions_in_it_too() {
    let hash = made("0123456789abcdef", 64, 3);
    let text = format!(
        "tx 0x{hash} potwierdzona\n- commit {} fixed it\nsend trades_2026-11.csv to accountant\n",
        &hash[..40]
    );
    assert_eq!(clean_file("hasla.txt", &text), text);
}

#[test]
fn what_stands_beside_its_label() {
    all_go(&[
        "haslo wiosna§d4§",
        "has\u{142}o do vps Wiosna§d4§!",
        "MT5 investor password qJ§a8§",
        "the vps password Tiger_§d4§",
        "bot handelspasswort bayern_§d2§s9",
        "AnyDesk 695 892 213 / pw §a10§",
        "posta, heslo ted tramvaj+§d4§P",
        "passport no. §d9§",
        "router (login / password): rtadm§d4§ / p*cQ§a8§",
        "E-Mail (E-Mail / Kennwort): x / Nordsee§d4§#hg",
        "Interactive Brokers;Benutzer;kkdd;Kennwort;Kettle%%§d4§elttek",
        "E-Mail;E-Mail;x;Kennwort;CtXh#§w8§%Sk",
        "<String><Key>TimeOtp-Secret-Base32</Key><Value>§B16§</Value></String>",
    ]);
    for line in [
        "password sha512crypt",
        "Password required by the server",
        "haslo do kompa zmienione",
        "passphrase Utf8Error",
        "id;email;password;2fa",
        "Token erc20token",
        "order ORD-2026-11 / pw missing",
    ] {
        keeps(line);
    }
}

#[test]
fn what_a_table_or_a_page_becomes_when_it_is_pasted() {
    let tested = [
        "Serwis\nlogin\nhas\u{142}o\nrouter\nrtadm§d3§\nZuzi$§d4§A+\n",
        "Serwis\r\nlogin\r\nhas\u{142}o\r\nrouter\r\nrtadm516\r\nZuzi$§d4§A+\r\n",
        "Benutzer\nKopieren\nrtadm§d3§\nKennwort\nKopieren\nIsarwelle-Schnitzel-§d3§\nEnable\n",
        "Password\nCopy\nIsarwelle-Schnitzel-§d3§\n",
    ];
    all_go(&tested);
    // As Windows writes it in Central Europe.
    let text = b"Heslo\r\nKop\xedrovat\r\n2lj=K*QzuGy1cZ\r\n";
    let mut out = Vec::new();
    Redactor::builder().build().clean_stream(Raw::from_bytes(text.to_vec()), "x.txt", &mut out).unwrap();
    assert!(memchr::memmem::find(&out, b"QzuGy").is_none() && out.starts_with(b"Heslo\r\nKop\xedrovat\r\n<"));
    for text in [
        "Serwis\nlogin\nhas\u{142}o\n\nkupic mleko 2 razy\n",
        "Password\nCopy\nEnable Reading 24\n",
        "login\nhas\u{142}o\nnowe\n",
    ] {
        keeps(text);
    }
}

#[test]
fn what_windows_and_its_programs_keep() {
    all_go(&[
        "BitLocker klucz odzyskiwania:\n447018-455796-378070-544907-225313-111595-642488-§d6§",
        "cookie .AspNetCore.Identity.Application=CfDJ8YPz_§a40§",
        "<WLANProfile xmlns=\"http://x\">\n\t<name>UPC§d7§</name>\n",
        "<SSIDConfig><SSID><hex>5550§d8§</hex><name>UPC§d7§</name></SSID></SSIDConfig>",
        "<keyMaterial>Ramb$§d4§LEY?</keyMaterial>",
        "x,Account name: marek§w3§  Account domain: VMI§d7§  Source network address: 10.0.0.1",
        "z\u{e1}lo\u{17e}n\u{ed} k\u{f3}dy:\n§l5§-§l5§\n§l5§-§l5§\n",
    ]);
    let xml = "<SSIDConfig><SSID><hex>55504333</hex><name>UPC3688201</name></SSID></SSIDConfig>";
    assert!(clean_knowing(&[], xml).ends_with("</name></SSID></SSIDConfig>"));
    for line in [
        "session bpp:i:32\ncompression:i:1\n",
        "{\"Installed\":\"4.9.0-rc2\",\"Available\":\"12.37.4\"}",
        "\"Version\":\"1.2.0.3452\",\"Token\":\"14abe6ce2cb096bb\"",
        "Loaded plugin Acme.Plugin.Discord 1.3.0.221 publicKeyToken=ddf37759810a2033",
        "Sig[1].Value=4.7.2.0",
        "   DNS Servers . . . . . . . . . . . : 9.9.9.9",
        "obj. 4483524055840166",
        "a,https://localhost:7497,anna@example.com,x",
    ] {
        keeps(line);
    }
}

#[test]
fn a_user_and_a_password_are_a_file_of_two_lines() {
    let password = made(ALNUM, 16, 9);
    let text = format!("vpn284716\n{password}\n");
    let cleaned = clean_file("vpn/auth.txt", &text);
    assert!(!cleaned.contains("vpn284716") && !cleaned.contains(&password), "{cleaned}");
    for other in ["order 12 filled\nno more 34\n", "one\ntwo2x3\nthree\n"] {
        assert_eq!(clean_file("auth.txt", other), other);
    }
}

#[test]
fn notes_are_read_behind_the_mark_of_the_order_of_bytes() {
    let hash = made("0123456789abcdef", 64, 5);
    let text =
        format!("\u{feff}KD-49138 / build\nsha256 matches, 0x80004005, preset scalper_v3\ntx:\n0x{hash}\n");
    assert_eq!(clean_file("passwords.txt", &text), text);
    let secret = format!("\u{feff}haslo: {}\n", made(ALNUM, 12, 4));
    let cleaned = clean_knowing(&[], &secret);
    assert!(cleaned.starts_with("\u{feff}haslo: <password:"), "{cleaned}");
}

#[test]
fn presets_named_by_their_version_are_sought_nowhere() {
    let learnt = [("passwords.txt", "preset scalper_v3 do patku nesahat\nhaslo: scalper_v3\n")];
    assert_eq!(clean_knowing(&learnt, "\"Preset\":\"scalper_v3\"\n"), "\"Preset\":\"scalper_v3\"\n");
}

#[test]
fn a_list_of_secrets_keeps_only_what_the_words_just_before_say() {
    let secret = made("0123456789abcdef", 64, 11);
    for line in [
        format!("tx wallet, and here is that of my bot {secret}"),
        format!("client {}", &secret[..32]),
        format!("KD-49138\n{}\n", &secret[..32]),
        format!("hash of the day is nothing but mine is {}", &secret[..40]),
    ] {
        let cleaned = clean_file("passwords.txt", &line);
        assert!(!cleaned.contains(&secret[..32]), "{cleaned}");
    }
    // Alone on its line each of these can be one.
    for word in ["KD-49138", "smok_v12"] {
        assert!(clean_file("passwords.txt", &format!("konto\n{word}\n")).starts_with("konto\n<"), "{word}");
    }
    // A version of something else says nothing of a token.
    all_go(&[
        "{\"apiVersion\":\"v1\",\"Token\":\"§h16§\"}",
        "{\"appVersion\":\"3.8.2\",\"Token\":\"§h16§\"}",
    ]);
}

#[test]
fn the_end_of_a_line_in_a_string_is_no_domain() {
    let clean = |text: &str| clean_knowing(&[], text);
    let cleaned = clean("{\"t\":\"IBKR username: U8951811\\nKraken is down\"}");
    assert!(cleaned.ends_with(">\\nKraken is down\"}"), "{cleaned}");
    let long = format!("{{\"t\":\"{}IBKR username: U8951811\\nKraken is down\"}}", "we wait \\n".repeat(200));
    assert!(clean(&long).ends_with(">\\nKraken is down\"}"), "{long}");
    // A domain of Windows outside of a string goes with its user.
    let cleaned = clean("username: KRAKOW\\nowak77\n");
    assert!(!cleaned.contains("owak77"), "{cleaned}");
}

#[test]
fn passwords_in_sentences_stand_behind_a_few_words() {
    all_go(&[
        "hab das Passwort vom VPS jetzt auf Kaffee§d4§$zx ge\u{e4}ndert",
        "falls er nach dem Kennwort fragt, es lautet Apfelbaum_§d4§@Nord",
        "he cambiado la contrase\u{f1}a del vps a Naranja_§d4§@Vera",
        "ho cambiato la password del vps in limone-§h4§-limone§d2§",
        "j'ai chang\u{e9} le mot de passe du vps, maintenant c'est ov§a8§X4",
        "ingelogd met wachtwoord molen-§h4§9-fietsen en toch niets",
        "altes Passwort war Dackel§d4§$kz",
        "zmieni\u{142}em wczoraj has\u{142}o do vps na C7§a10§gk bo tamto nie dzia\u{142}a\u{142}o",
        "star\u{e9} heslo bylo 6YgWlU%x§d2§C9p&",
        "voici le mot de passe : \u{ab}\u{a0}Pb9§a8§C0\u{a0}\u{bb}, merci",
        "mon mdp bitfinex: hdHH§d2§!shdj (ancien: Baguette!Soleil#§d2§)",
        "clave de acceso bitget: verano-§h4§9-naranja (antigua: Caballo_§d4§@Caba)",
        "XTB usuario §d8§ contrase\u{f1}a caballo-§h4§5-caballo",
    ]);
    for line in [
        "has\u{142}o: minimum 12 znak\u{f3}w, du\u{17c}a litera i cyfra",
        "Passwort: mindestens 12 Zeichen",
        "Passwort: siehe Zettel im B\u{fc}ro",
        "contrase\u{f1}a: cambiada la semana pasada, igual",
        "clave secreta: vac\u{ed}a, nunca puesta",
        "nie podaj\u{119} has\u{142}a na czacie",
        "PasswordEncoder bean created @8fcf558",
        "password check for RSIStrategyV2Fast passed",
        "api_key: field required (order 1589446415)",
    ] {
        keeps(line);
    }
}

#[test]
fn notes_of_networks_and_servers() {
    all_go(&[
        "wifi kulcs : §d8§§d8§",
        "Netzwerkschl\u{fc}ssel:  §d8§§d8§",
        "psw wifi : §d8§§d8§",
        "wifi ww = §d8§§d8§",
        "VPS Contabo\nIP 10.0.0.7\nroot / RxB§a8§&\n",
        "net use Z: \\\\nas\\bot /user:bot \"§a10§!\"",
        "2FA backup codes bitpanda: §h5§-§h5§1 §h5§-§h5§2 §h5§-§h5§3",
        "[Vault]\nmaster=paella-§h4§8-caballo\nkdf=argon2id\n",
        "QNetworkProxy(HttpProxy, \"10.0.0.1:3128\" [user \"bot\" password \"gulyas-§h4§8-gulyas\"])",
        "chiave priv. - 0x§h64§",
    ]);
    keeps("[Vault]\nkdf=argon2id\nsaltIterations=3\n");
    keeps("root / usr / bin");
}

#[test]
fn lines_of_a_log_are_no_table_and_its_columns_no_names() {
    for text in [
        "2026-11-26 09:30:56 WARNING  CommunityAuth          nie podaj\u{119} has\u{142}a na czacie\n\
         2026-11-26 12:08:45 INFO     TradesManager          ccxt@4.4.21\n",
        "2026-11-26 22:54:31 WARNING  CommunityAuth          python-telegram-bot==21.9\n",
        "GET https://api.okx.com/api/v5/account/balance -> 401 Unauthorized in 36.7ms\n",
        "--private-key-path /etc/bots/k.pem\n@types/node@20.11.5\n",
        "tx,gas_used,method\n0x99,350024,approve\n",
        "mnemonic_words = 24\n",
        "Use --password-file instead of --password so that the history stays clean.\n",
        "date;pair;price;order;tx\n2026-11-24;EURUSD;4906.5107;4205156458689267;0x0c99\n",
    ] {
        keeps(text);
    }
    // As a program writes a table of its own, the rows have no date before them.
    let cleaned =
        clean_knowing(&[], "2026-11-26 09:30:56 INFO accounts:  name  password\nmain  hunter2Kasia\n");
    assert!(!cleaned.contains("hunter2Kasia"), "{cleaned}");
}

#[test]
fn one_value_has_one_stand_in_however_it_is_written() {
    let password = format!("{}@{}", made(ALNUM, 8, 5), made(ALNUM, 6, 6));
    let key = made(ALNUM, 20, 7);
    let hex = data_encoding::HEXLOWER.encode(key.as_bytes());
    let digits = |text: &str| {
        let cleaned = clean_knowing(&[], text);
        let at = cleaned.find(['<']).or_else(|| cleaned.find("password-")).unwrap();
        let rest = &cleaned[at..];
        let mark = rest.find([':', '-']).unwrap();
        rest[mark + 1..mark + 9].to_owned()
    };
    let plain = digits(&format!("password: \"{password}\"\n"));
    assert_eq!(plain, digits(&format!("https://x.example/cb?password={}\n", password.replace('@', "%40"))));
    assert_eq!(
        plain,
        digits(&format!("next=https%3A%2F%2Fx%3Fpassword%3D{}\n", password.replace('@', "%2540")))
    );
    assert_eq!(digits(&format!("api_secret: {key}\n")), digits(&format!("api_secret: {hex}\n")));
    let basic = made(ALNUM, 24, 8);
    assert_eq!(
        digits(&format!("Authorization: Basic {basic}\n")),
        digits(&format!("name;value\nauthorization;\"Basic {basic}\"\n"))
    );
}

#[test]
fn remarks_in_a_list_of_secrets_are_read_by_their_names() {
    let (key, old) = (made(ALNUM, 32, 21), made(ALNUM, 32, 22));
    let text = format!(
        "scalper53;{key}\n# deal #544900071 sell 0.10 ADA/EUR at 0.00076313 done\n# User-Agent: Mozilla/5.0 (Windows NT 10.0) x\n\
         # ISIN IE00B4L5Y983 bid 40530.83\n# thread pool-6-thread-25 parked, heap 466MiB gc=85.4ms\n# loaded C:\\Jts\\ibgateway\\1030\\jars\n#   at node:internal/process/task_queues:95:5\n# old api key: {old}\n"
    );
    let cleaned = clean_file("secrets.txt", &text);
    assert!(!cleaned.contains(&key) && !cleaned.contains(&old), "{cleaned}");
    for (before, after) in text.lines().zip(cleaned.lines()).skip(1).take(6) {
        assert_eq!(before, after);
    }
    assert!(cleaned.starts_with("scalper53;<"), "{cleaned}");
    for name in ["jelszavak.txt", "mdp.txt", "contrase\u{f1}as.txt", "wachtwoorden.txt", "moje_hasla.txt"] {
        let text = format!("vps hetzner  anna@example.com  2Ps9{}*\n", made(ALNUM, 8, 23));
        let cleaned = clean_file(name, &text);
        assert!(
            cleaned.starts_with("vps hetzner  <email:") && !cleaned.contains("2Ps9"),
            "{name}: {cleaned}"
        );
    }
}

#[test]
fn what_looks_like_evidence_and_is_none_goes() {
    for text in [
        "# main wallet 3 0x§h64§",
        "# vps: KOx§a8§!Lgm (hetzner)",
        "# okx  a§a30§B7x  spot",
        "// moved to cold 0x§h64§ in may",
    ] {
        let value = made(ALNUM, 30, 31).to_lowercase();
        let hex = made("0123456789abcdef", 64, 32);
        let text = text.replace("§h64§", &hex).replace("§a30§", &value).replace("§a8§", &value[..8]);
        let cleaned = clean_file("secrets.txt", &text);
        assert!(!cleaned.contains(&hex) && !cleaned.contains(&value[..8]), "{cleaned}");
    }
    all_go(&[
        "LOG_LEVEL=debug\nAPI_SECRET  = §a32§",
        "INFO password  §p4§",
        "haslo: zmienione na 7K§d4§!9pQz",
        "passphrase: max §w8§ §w9§ battery",
        "password: input 7K§d4§!9pQz",
        "2026-11-26 INFO created,name,password\n2026-11-25,main,qfk§a8§7",
    ]);
    let card = "name;PAN;exp\nanna;4111111111111111;12/27\n";
    assert!(!clean_knowing(&[], card).contains("4111111111111111"));
    // An address in an address in an address, as long as a stack is deep.
    let deep = format!("GET /cb?password=%{}41\n", "25".repeat(5_000));
    assert!(clean_knowing(&[], &deep).starts_with("GET /cb?password="));
}
