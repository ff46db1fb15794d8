//! Values that no name stands before: arguments of commands, words below or around them, and how they are set.

use super::catalogue::all_go;
use super::tests::{ALNUM, keeps, made};
use super::*;

#[test]
fn commands_that_are_given_a_password() {
    all_go(&[
        "security add-generic-password -a bot -s kraken -w '§p5§'",
        "security add-internet-password -a bot -s api.kraken.com -w §a12§ -U",
        "ldapsearch -x -D cn=bot -w §a12§ -b dc=x",
        "mongosh -u bot -p §a12§ --authenticationDatabase admin",
        "sqlcmd -S localhost -U sa -P '§p5§' -Q \"select 1\"",
        "rabbitmqctl add_user bot §a12§",
        "rabbitmqctl change_password bot §a12§",
        "ssh-keygen -t ed25519 -N '§p5§' -f key",
        "useradd -m -p §a12§ bot",
        "wpa_passphrase Home §a12§",
        "bw unlock §a12§",
        "bw login bot@example.com \"§p5§\"",
        "ansible-vault encrypt_string '§p5§' --name 'api_secret'",
        "bitcoin-cli encryptwallet \"§p5§\"",
        "net use Z: \\\\srv\\x §a12§ /user:bot",
        "lftp -e 'mirror; quit' -u bot,§a12§ sftp://x",
        "- cmd: monero-wallet-rpc --rpc-login bot:§a24§",
        "monerod --rpc-login=bot:§a24§ --confirm",
        "sqlplus scott/§a12§@//10.0.0.9:1521/XE",
        "jdbcUrl.........................\"jdbc:oracle:thin:scott/§a16§@//10.0.0.9:1521/XE\"",
        "echo '§p5§' | sudo -S systemctl restart bot",
        "echo §a12§ | sudo -S -k true",
        "printf '%s' \"§p5§\" | docker login -u bot --password-stdin ghcr.io",
        "echo '§p5§' | gpg --batch --passphrase-fd 0 -d x.gpg",
        "echo -n '§p5§' | cryptsetup luksOpen /dev/sdb1 x -",
        "echo \"bot:§p5§\" | chpasswd",
        "cryptsetup open /dev/sdb1 x <<< §a12§",
        "gh auth login --with-token <<<'§a40§'",
        "restic -r /b backup --password-command 'echo §p5§'",
    ]);
    for text in [
        "docker run -d --name mongo -p 27017:27017 mongo:7",
        "mongod started, pid 4711, connections -p 27017",
        "echo 'restarting' | tee -a bot.log",
        "echo $SUDO_PASS | sudo -S true",
        "ps aux | sudo tee /var/log/ps.txt",
        "grep -c ERROR <<< \"$OUT\"",
        "jdbc:oracle:thin:@//10.0.0.9:1521/XE connected",
        "security add-on loaded, version 2",
        "sqlplus exited with code 1/2",
        "useradd: user 'bot' already exists",
        "ssh-keygen -R 10.0.0.5",
        "net use failed for drive Z:",
        "clickhouse-client --user bot",
    ] {
        keeps(text);
    }
}

#[test]
fn what_only_its_place_or_the_words_around_it_name() {
    all_go(&[
        "alphavantage=§U16§",
        "finnhub: §l20§",
        "polygon = §a32§",
        "etherscan = \"§U34§\"",
        "infura: §h32§",
        "coinmarketcap=§u1§",
        "- **klucz API Zondy**: `§u1§`",
        "; macaroon hex: §h64§",
        "\"ses_smtp_password_v4\": \"§a44§\"",
        "apiKey: { arbitrumOne: '§U34§', mainnet: '§U34§' }",
        "args:\n  - --api-key\n  - §a36§\n  - \"--api-secret\"\n  - \"§a36§\"\n",
        "LocalWallet::from_str('§x64§') InvalidSecretKey",
        "invalid hexlify value (value=\"§x64§\", code=INVALID_ARGUMENT) at new SigningKey privateKey",
        "\"POST /webhook/§a32§ HTTP/1.1\" 200",
        "POST https://bot.example.com/hooks/tv/§a32§",
        "'AUTH LOGIN dXNlckBleGFtcGxlLmNvbQ==' reply 334, send: '§a24§'",
        "reply: b'334 UGFzc3dvcmQ6\\r\\n'\nsend: '§a24§=\\r\\n'",
        "1700000000.1 [0 127.0.0.1:1] \"SET\" \"session:token:98826\" \"§a40§\"",
        "{\"type\": \"random_password\", \"attributes\": {\"id\": \"none\", \"result\": \"§p6§\"}}",
    ]);
    for text in [
        "polygon: latest block 61234567",
        "etherscan: 0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060",
        "etherscan tx 0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060",
        "helius=2.14.0-rc1+build20261103",
        "messari=asset-id-1e31218a-e44e-4285-820c-8282ee222035",
        "chain polygon: 0x7ceB23fD6bC0adD59E62ac25578270cFf1b9f619",
        "\"polygon\": {\"chainId\": 137, \"rpc\": \"https://polygon-rpc.com\"}",
        "scan: 128 symbols in 14 ms",
        "infura: connected in 120 ms",
        "alchemy: request id 5f6d7e8f",
        "newsapi: 12 articles since 2026-11-03",
        "POST /hooks/pre-commit-check-strategy HTTP/1.1",
        "GET /webhooks/health HTTP/1.1",
        "\"SET\" \"ticker:BTCUSDT\" \"64250.10\"",
        "apiKey: { required: true, type: \"string\" }",
        "args:\n  - --token-symbol\n  - USDT\n  - --key-levels\n  - 7\n",
    ] {
        keeps(text);
    }
}

#[test]
fn groups_of_four_are_one_password() {
    for (text, rest) in [
        ("Gmail app password: grrj jyxc kbuf rdxv", "Gmail app password: <password:"),
        ("has\u{142}o aplikacji: grrj jyxc kbuf rdxv", "has\u{142}o aplikacji: <password:"),
        (
            "Google Authenticator key: WQIF 4WSL IASH GAUC AZEA ITM3 PY6C 4TI7",
            "Google Authenticator key: <api_secret:",
        ),
        ("TOTP secret: wqif 4wsl iash gauc azea itm3 py6c 4tj7", "TOTP secret: <api_secret:"),
    ] {
        let (clean, _) = Redactor::builder().build().clean_text(text);
        let behind = clean.as_str().strip_prefix(rest).unwrap_or_else(|| panic!("{}", clean.as_str()));
        assert_eq!(behind.len(), 9, "{}", clean.as_str());
    }
}

#[test]
fn phrases_below_each_other_go_all() {
    let numbered: Vec<String> =
        (1..).zip(phrase::made_from(&[7; 16])).map(|(n, word)| format!("{n}. {word}")).collect();
    let listed = phrase::made_from(&[9; 16]).join("\r\n");
    let text = format!("{}\r\n---\r\n{listed}\r\n", numbered.join("\r\n"));
    let (clean, _) = Redactor::builder().build().clean_text(&text);
    assert!(
        !clean.as_str().contains(&numbered[0]) && !clean.as_str().contains(&numbered[11]),
        "{}",
        clean.as_str()
    );
    assert_eq!(clean.as_str().lines().count(), text.lines().count());
    assert!(clean.as_str().contains("\r\n---\r\n<phrase:"), "{}", clean.as_str());
}

#[test]
fn a_long_phrase_goes_on_around_the_piece_of_a_word() {
    for at in [4, 14, 19] {
        check_piece(at);
    }
}

#[track_caller]
fn check_piece(at: usize) {
    let words = [phrase::made_from(&[7; 16]), phrase::made_from(&[9; 16])].concat();
    let (first, last) = (words[..at].join(" "), words[at + 1..].join(" "));
    let (piece, rest) = words[at].split_at(2);
    let text = format!("06:00 recovery phrase = {first} {piece}\n{rest} {last}\n06:01 done\n");
    let (clean, _) = Redactor::builder().build().clean_text(&text);
    assert!(!words.iter().any(|word| clean.as_str().contains(&format!(" {word} "))), "{}", clean.as_str());
    assert!(clean.as_str().ends_with("\n06:01 done\n"), "{}", clean.as_str());
}

#[test]
fn arguments_of_what_signs_and_logs_in() {
    all_go(&[
        "hmac.new(b\"§a30§\", msg, sha256)",
        "CryptoJS.HmacSHA256(query, \"§a30§\")",
        "crypto.createHmac('sha256', '§a30§')",
        "new Spot('§a40§', '§a40§')",
        "let client = Client::new(\"§a40§\", \"§a40§\");",
        "credentials = (\"bot7\", \"§a12§\")",
        "requests.get(url, auth=HTTPDigestAuth(\"bot7\", \"§a12§\"))",
        "new NetworkCredential(\"bot7\", \"§a12§\")",
        "GRANT ALL ON bot.* TO 'bot'@'%' IDENTIFIED BY \"§a12§\";",
        "Enter passphrase for key '/etc/ssh/bot_ed25519': §a12§",
        "E       AssertionError: assert '§a30§' == settings.api_secret",
        "apiSecret = {java.lang.String@123} \"§a30§\"",
        "https://maker.ifttt.com/trigger/x/with/key/§a22§",
        "apiSecret;§a30§",
        "auth token refreshed: §a40§",
        "New access token obtained: §a40§",
        "session created: §a32§",
        "Hasło główne: §p4§ Hasło inwestora: §p4§",
        "hasło roota: §p4§",
        "level=info msg=login pw=Lok§a8§!",
        "reg add HKCU\\Software\\Bot /v ApiSecret /d §a30§",
    ]);
    let (clean, _) = Redactor::builder()
        .build()
        .clean_text("\"ApiSecret\"=hex(1):5a,62,31,32,5a,62,\\\r\n  31,32,5a,62\r\n\"n\"=\"1\"\r\n");
    assert!(
        !clean.as_str().contains("5a,62")
            && clean.as_str().contains("\"=hex(1):")
            && clean.as_str().contains("\"n\"=\"1\""),
        "{}",
        clean.as_str()
    );
    for text in [
        "hmac.new(secret.encode(), payload, hashlib.sha256)",
        "createHmac('sha256', process.env.API_SECRET)",
        "Strategy::new(\"grid\", \"BTCUSDT\")",
        "HMAC(key_version=2) verified in 3 ms",
        "password: [FILTERED]",
        "sekret: nie ustawiono",
        "has\u{142}o: nie podano",
        "session created: 2026-11-03 06:00",
        "token refreshed: ok",
        "hmac(secret, \"POST/api/v3/order20261103145224\")",
        "Order::new(\"BTCUSDT-20261103-145224-000001\", \"clientOrderId-20261103145224\")",
        "credentials = (\"env\", \"file\")",
        "assert 'live' == settings.api_key_mode",
        "this.apiSecret = apiSecret;\n    this.mode = mode;",
    ] {
        keeps(text);
    }
}

#[test]
fn what_signs_a_request_is_no_transaction_whatever_stands_in_the_key_before_it() {
    let key = "bi3mhs9m6aa90IOEFjYYmTpq6IIe/MqGYlztX8/kql4/OdgbdxTlBZdj";
    let sign = format!("{}/{}+{}==", made(ALNUM, 19, 1), made(ALNUM, 40, 2), made(ALNUM, 25, 3));
    let line = format!("-H 'API-Key: {key}' -H \"API-Sign: {sign}\" -d nonce=1764126870863\n");
    let found = find::by_itself(line.as_bytes());
    assert!(found.iter().any(|span| line[span.start..span.end] == *sign), "{found:?}");
}

#[test]
fn what_people_write_to_support_and_keep_in_notes() {
    all_go(&[
        "Login: §d8§ Password: §p4§ Investor: §p4§",
        "Account created. Master: §p4§ Investor: §p4§",
        "Has\u{142}o administratora §p4§ na kartce",
        "has\u{142}o zmienione na §p4§",
        "Zmieni\u{142}em has\u{142}o na §p4§ i dalej nie dzia\u{142}a",
        "has\u{142}o do gie\u{142}dy zonda - §p4§",
        "login: §l10§ / §p4§",
        "dane logowania: §l10§ §p4§",
        "VPS: 10.0.0.7 / root / §p4§",
        "IP / login / has\u{142}o: 10.0.0.7 / root / §p4§",
        "api key ending with §a32§",
        "session id is §a16§, token refreshed, new value §a20§",
        "ssid received: §h32§",
        "Klucz 2FA §B24§, Google Authenticator klucz: §B24§",
        "Ledger PIN §d8§, CVV §d3§",
        "Kod zapasowy: §d8§",
        "AnyDesk §d9§, AnyDesk ID: §d9§, TeamViewer: §d10§",
        "S/N: §U10§",
        "drwxr-xr-x 2 §l9§ §l9§ 4096 lis  2 10:00 logs",
        "§l9§@vps-§l8§:~$ ls -l logs\n[§l9§@vps-§l8§ bot]$ ls\n",
        "Your account number is §d8§, konto MT5 §d8§ na serwerze, chat id -100§d10§",
        "https://hooks.zapier.com/hooks/catch/§d7§/§l7§/ https://t.me/+§a16§",
        "https://script.google.com/macros/s/AKfycb§a30§/exec",
        "zadzwo\u{144}: 601-482-937".replace("601-482-937", "§d9§").as_str(),
    ]);
    for (line, name) in [
        ("Licensed to: §", "Zenon Kowalczyk"),
        ("Nabywca: §", "Zenon Kowalczyk"),
        ("Podatnik: §", "Zenon Kowalczyk"),
        ("To: \"§\" <someone@example.org>", "Kowalczyk, Zenon"),
    ] {
        let (clean, _) = Redactor::builder().build().clean_text(&line.replace('§', name));
        assert!(!clean.as_str().contains("Kowal"), "{}", clean.as_str());
    }
    for line in [
        "licensed to trade, issued to be Filled Or Killed, registered to: listener 4",
        "password is required, token is expired, api key ending with 3f2a",
        "S/N: none, AnyDesk is not running, TeamViewer 15",
        "drwxr-xr-x 2 root root 4096 lis  2 10:00 logs",
        "root@localhost:~# ls\n[root@localhost ~]# ls\n",
        "session id is missing, the token is now valid",
        "docker run -u 1000 -p 8080:80 bot, ssh -l root -p 2222 10.0.0.5",
        "pass: 12 fail: 0",
    ] {
        keeps(line);
    }
}

#[test]
fn passwords_behind_the_flags_of_other_programs() {
    all_go(&[
        "az login --service-principal -u §u§ -p Xy8~Q.§a30§ --tenant contoso.example"
            .replace("§u§", "bot")
            .as_str(),
        "rdesktop -u bot -p §p4§ 10.0.0.5",
        "winrs -r:vps -u:trader7 -p:§p4§ cmd",
        "mc alias set minio http://10.0.0.4:9000 AK§U12§ §a24§",
        "signtool sign /f cert.pfx /p §p4§ /tr http://timestamp.example bot.exe",
        "certutil -f -p §p4§ -importpfx cert.pfx",
        "ncat --proxy 10.0.0.3:3128 --proxy-auth bot:§p4§ example.org 443",
        "bitcoin-cli walletpassphrase \"moj kot ma §d4§ lat\" 600",
    ]);
}

#[test]
fn a_private_key_in_json_loses_what_is_private() {
    all_go(&[
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS\",\"d\":\"§a43§\"}",
        "{\"k\": \"§a86§\", \"alg\": \"HS256\", \"kty\": \"oct\"}",
        "{\\\"kty\\\":\\\"EC\\\",\\\"d\\\":\\\"§a43§\\\"}",
    ]);
    keeps("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}");
}
