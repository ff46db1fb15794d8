//! What is hidden ends where its string, its field or its file says so: around it everything still parses, and what only looks like it stays.

use serde_json::Value;

use super::tests::{ALNUM, HEX, hides, keeps, made};
use super::{KnownValues, Raw, Redactor};

/// Cleans lines of JSON, and checks that each of them is one still.
#[track_caller]
fn clean_lines(text: &str) -> Vec<Value> {
    let (clean, _) = Redactor::builder().build().clean_text(text);
    let lines: Vec<Value> = clean
        .as_str()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}")))
        .collect();
    assert_eq!(lines.len(), text.lines().count(), "{clean}");
    lines
}

#[test]
fn a_value_that_was_printed_with_its_quotes_is_learnt_without_them() {
    let secret = made("0123456789ABCDEF", 32, 61);
    for printed in [format!("'{secret}'"), format!("b'{secret}'"), format!("\\\"{secret}\\\"")] {
        let mut known = KnownValues::new();
        known.learn(Raw::from_text(format!("{{\"vars\": {{\"api_secret\": \"{printed}\"}}}}")), "a.log");
        let redactor = Redactor::builder().known(known).build();
        let (clean, _) = redactor.clean_text(&format!("a = '{secret}'\nb = \"{secret}\"\nc = {secret}\n"));
        let hidden = clean.as_str().split(['<', '>']).nth(1).unwrap().to_owned();
        assert_eq!(clean.as_str(), format!("a = '<{hidden}>'\nb = \"<{hidden}>\"\nc = <{hidden}>\n"));
    }
    let mut known = KnownValues::new();
    known.add("api-secret", &format!("'{secret}'"));
    let (clean, _) = Redactor::builder().known(known).build().clean_text(&format!("x = '{secret}'"));
    assert!(clean.as_str().starts_with("x = '<") && clean.as_str().ends_with(">'"), "{clean}");
}

#[test]
fn a_list_of_bytes_in_a_sentence_gets_no_quotes() {
    let bytes: Vec<String> = made(HEX, 64, 62).bytes().map(|byte| byte.to_string()).collect();
    let bytes = bytes.join(",");
    hides("private-key", "{\"message\": \"PRIVATE_KEY=[", &bytes, "]\", \"x\": 1}");
    clean_lines(&format!("{{\"message\": \"PRIVATE_KEY=[{bytes}]\", \"x\": 1}}"));
    let lines = clean_lines(&format!("{{\"private_key\": [{bytes}], \"x\": \"a \\\"b\"}}"));
    assert!(lines[0]["private_key"][0].is_string());
    let lines = clean_lines(&format!("{{\"body\": \"{{\\\"private_key\\\": [{bytes}]}}\"}}"));
    let inner: Value = serde_json::from_str(lines[0]["body"].as_str().unwrap()).unwrap();
    assert!(inner["private_key"][0].is_string());
}

#[test]
fn a_key_that_was_cut_ends_with_its_string() {
    let (first, second) = (made(ALNUM, 64, 63), made(ALNUM, 64, 64));
    let begin = "-----BEGIN EC PRIVATE KEY-----";
    for (before, after) in [
        ("\\n", "\\nconnection reset while reading key, so no client\\nloop resumed"),
        ("\\r\\n", "\\r\\nconnection: reset"),
        ("\\\\n", ""),
        ("\\nProc-Type: 4,ENCRYPTED\\n\\n", "\\n# end"),
    ] {
        let text = format!(
            "{{\"message\": \"key: {begin}{before}{first}\\n{second}{after}\", \"service\": \"router\"}}\n\
             {{\"message\": \"second\", \"level\": \"info\"}}\n{{\"message\": \"third: kept\"}}\n"
        );
        let lines = clean_lines(&text);
        let message = lines[0]["message"].as_str().unwrap();
        assert!(!message.contains(&first) && !message.contains(&second), "{message}");
        let after = after.replace("\\r", "\r").replace("\\n", "\n");
        assert!(message.starts_with("key: <private_key:") && message.ends_with(&after), "{message}");
        assert_eq!((&lines[0]["service"], &lines[2]["message"]), (&"router".into(), &"third: kept".into()));
    }
    // The next key is not the end of this one, and a line of a log no part of it.
    let text = format!(
        "{{\"a\":\"{begin}\\n{first}\",\"b\":\"{begin}\\n{second}\\n-----END EC PRIVATE KEY-----\"}}"
    );
    assert_eq!(clean_lines(&text)[0].as_object().unwrap().len(), 2);
    hides("private-key", "", &format!("{begin}\n{first}\n{second}"), "\n2026-11-26 INFO loop: resumed\n");
}

#[test]
fn words_behind_the_name_of_a_phrase_end_with_their_string() {
    let words = "ADULT ENSURE PHRASE NEPHEW AGENT PUBLIC LOCAL CONNECT GARDEN TATTOO TRAGIC ALSO";
    for words in [words.to_owned(), words.to_lowercase()] {
        let line = format!("{{\"message\": \"mnemonic: {words}\", \"service\": \"order-router\"}}");
        assert_eq!(clean_lines(&line)[0]["service"], "order-router");
        hides("recovery-phrase", "mnemonic: ", &words, " service=order router=main\n");
    }
}

#[test]
fn what_a_mail_broke_into_lines_takes_nothing_from_the_line_behind_it() {
    let said = format!("{{\"apiKey\":\"{}\",\"secret\":\"{}\"}}", made(ALNUM, 64, 65), made(ALNUM, 60, 66));
    let encoded = data_encoding::BASE64.encode(said.as_bytes());
    let lines: Vec<_> = encoded.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line)).collect();
    let behind = "time=\"2026-11-26T07:43:00Z\" level=debug disk free=546 GB used=35%\n";
    let (clean, _) = Redactor::builder().build().clean_text(&format!("{}\n{behind}", lines.join("\n")));
    assert!(clean.as_str().ends_with(&format!("\n{behind}")), "{clean}");
    assert!(!clean.as_str().contains(&*lines[1]), "{clean}");
}

#[test]
fn a_string_without_its_end_has_the_stand_in_of_its_value() {
    let secret = made(ALNUM, 36, 67);
    for line_end in ["\n", "\r\n"] {
        let (clean, _) = Redactor::builder()
            .build()
            .clean_text(&format!("{{\"apiSecret\":\"{secret}{line_end}api_secret={secret}{line_end}"));
        let stand_ins: Vec<_> = clean.as_str().split(['<', '>']).skip(1).step_by(2).collect();
        assert_eq!(stand_ins.len(), 2, "{clean}");
        assert_eq!(stand_ins[0], stand_ins[1]);
    }
    keeps("{\"apiSecret\":\"\r\nnext\r\n");
}

#[test]
fn a_padded_login_ends_with_its_quotes() {
    let login = data_encoding::BASE64.encode(format!("bot:{}7", made(ALNUM, 9, 94)).as_bytes());
    assert!(login.ends_with('='));
    let line = format!(
        "{{\"message\": \"RequestHeaders:\\n {{\\n  'Authorization': 'Basic {login}'\\n}} \\nRequestBody:\\n undefined\", \
         \"service\": \"order-router\"}}"
    );
    let lines = clean_lines(&line);
    assert!(lines[0]["message"].as_str().unwrap().ends_with("'\n} \nRequestBody:\n undefined"), "{lines:?}");
    assert!(!lines[0].to_string().contains(&login) && lines[0]["service"] == "order-router");
}

#[test]
fn a_list_of_words_that_a_console_broke_loses_its_words_and_no_commas() {
    let text = "mnemonic words [\"reveal\", \"dragon\", \"destroy\", \"tomorrow\", \"smile\", \"twin\", \"scene\", \"sta\nff\", \
                \"echo\", \"ten\", \"urban\", \"find\"]\n";
    let (clean, _) = Redactor::builder().build().clean_text(text);
    let clean = clean.as_str();
    assert!(
        ["\"reveal\"", "\"sta", "\nff\"", "\"echo\"", "\"find\""].iter().all(|word| !clean.contains(word)),
        "{clean}"
    );
    assert_eq!((clean.matches(", ").count(), clean.lines().count()), (11, 2), "{clean}");
}

#[test]
fn a_user_called_like_a_word_is_not_sought_everywhere() {
    let text =
        "FATAL: password authentication failed for user \"grid\"\nStarted Grid bot service, grid.levels=12\n";
    let mut known = KnownValues::new();
    known.learn(Raw::from_text(text), "compose.txt");
    let (clean, _) = Redactor::builder().known(known).build().clean_text(text);
    assert!(clean.as_str().ends_with("Started Grid bot service, grid.levels=12\n"), "{clean}");
}

#[test]
fn what_everybody_can_read_stays() {
    let signature = made(ALNUM, 88, 88).replace(['0', 'O', 'I', 'l'], "x");
    for line in [
        format!("Confirmed buy tx | mint: {} amount: 12 | signature: {signature}", &signature[..44]),
        "Well-known SID: S-1-5-18".to_owned(),
        "bot wyświetla \u{201e}password: incorrect\u{201d} i zlecenie".to_owned(),
    ] {
        keeps(&line);
    }
}

#[test]
fn a_time_is_not_sought_although_a_setting_has_it_as_its_secret() {
    for time in ["1764132033.216", "1764132033216", "1764132033"] {
        let mut known = KnownValues::new();
        known.learn(Raw::from_text(format!("dsn: bot:{time}\npassword: {time}\n")), "x.yml");
        let redactor = Redactor::builder().known(known).build();
        let text = format!("event id=7 ts={time} side=buy");
        assert_eq!(redactor.clean_text(&text).0.as_str(), text);
    }
}

#[test]
fn what_a_stand_in_shows_of_the_line_before_goes_at_once() {
    // The joined lines read differently once the address behind them is hidden.
    let run = "AAAA0Aaaaaa00aAaAaaAA0aAAa0aA00aAapasswordpassworda0Aa00A0aA0a0aa00aapikeyapikey8.8.0.0";
    let next = "aaaaAaA00AA0a0aAA0aa0aAaAaaA0AaAaAA0AaaAaA0Apasswordapikeytoken{tokenaa0a0aAA0aaaaa@aaa.com";
    for end in ["\n", "\r\n"] {
        let redactor = Redactor::builder().build();
        let (once, _) = redactor.clean_text(&format!("{run}{end}{next}"));
        let (twice, hits) = redactor.clean_text(once.as_str());
        assert_eq!((once.as_str(), hits.total()), (twice.as_str(), 0));
    }
}
