use super::*;

const EMBEDDED: &str = include_str!("support-plan.toml");

fn seconds(target: Option<SignedDuration>) -> Option<i64> {
    target.map(|target| target.as_secs())
}

#[test]
fn the_embedded_plan_promises_what_the_support_plan_says() {
    let plan = Plan::default();
    let hours = 3_600;
    let table = [
        (Priority::P1, hours, Some(4 * hours), Some(24 * hours)),
        (Priority::P2, 4 * hours, Some(24 * hours), Some(72 * hours)),
        (Priority::P3, 24 * hours, Some(72 * hours), Some(168 * hours)),
        (Priority::P4, 72 * hours, None, None),
    ];
    for (priority, response, workaround, resolution) in table {
        let targets = plan.level(priority).targets;
        assert_eq!(targets.response.as_secs(), response, "{priority}");
        assert_eq!(seconds(targets.workaround), workaround, "{priority}");
        assert_eq!(seconds(targets.resolution), resolution, "{priority}");
    }
    assert_eq!(plan.escalations.len(), 2);
    assert_eq!(plan.escalations[1].to, ["cto", "rnd"]);
}

#[test]
fn the_template_is_word_for_word_that_of_the_original() {
    let original = "[Tytuł]\nOpis problemu:\nKroki odtworzenia:\nOczekiwany rezultat:\nRzeczywisty rezultat:\n\
        Logi (załączniki):\nWersja aplikacji i systemu:\nPriorytet (P1–P4):\n\
        Dodatkowe informacje (zrzuty ekranu, preset strategii):";
    let plan = Plan::default();
    let labels: Vec<_> = plan.template.iter().map(|line| line.label.in_language(Language::Pl)).collect();
    assert_eq!(labels.join("\n"), original);
}

#[test]
fn the_hotline_is_for_premium_in_the_hours_of_warsaw() {
    let plan = Plan::default();
    let hotline = plan.channels.iter().find(|channel| channel.id == "hotline").unwrap();
    assert_eq!(hotline.needs_edition.as_deref(), Some("premium"));
    assert_eq!(hotline.address, None, "the number is not public");
    let hours = hotline.hours.as_ref().unwrap();
    assert!(hours.is_open("2026-07-01T06:00:00Z".parse().unwrap()), "08:00 in summer time");
    assert!(!hours.is_open("2026-12-01T06:30:00Z".parse().unwrap()), "07:30 in winter time");
}

/// Replaces `from` by `to` in the embedded plan and returns the complaint.
#[track_caller]
fn complaint(from: &str, to: &str) -> (String, String) {
    assert!(EMBEDDED.contains(from), "{from}");
    let broken = EMBEDDED.replacen(from, to, 1);
    let error = Plan::parse(&broken).expect_err(to);
    let changed = EMBEDDED[..EMBEDDED.find(from).unwrap()].lines().count();
    assert!(error.line.abs_diff(changed) <= 2, "{error}: the change is near line {changed}");
    (error.field.clone(), error.to_string())
}

#[test]
fn a_complaint_names_the_line_and_the_field() {
    for (from, to, field) in [
        ("response = \"1h\"", "response = \"1 hour\"", "priorities.P1.response"),
        ("response = \"1h\"", "response = \"0h\"", "priorities.P1.response"),
        ("response = \"1h\"", "response = \"99999999999d\"", "priorities.P1.response"),
        ("resolution = \"24h\"", "resolution = \"1h\"", "priorities.P1.resolution"),
        ("id = \"P2\"", "id = \"P1\"", "priorities.P1.id"),
        ("id = \"P2\"", "id = \"P7\"", "id"),
        ("en = \"Critical\"", "en = \"  \"", "priorities.P1.name.en"),
        ("zone = \"Europe/Warsaw\" ", "zone = \"Europe/Radom\" ", "zone"),
        ("[50, 90]", "[90, 50]", "warn_at_percent"),
        ("to = [\"coordinator\"]", "to = []", "escalations.E1.to"),
        ("hours = \"08:00-20:00\"", "hours = \"20:00-08:00\"", "channels.hotline.hours"),
        ("closes_after", "close_after", "close_after"),
        ("response = \"4h\"", "calendar = \"office\"\nresponse = \"4h\"", "priorities.P2.calendar"),
        ("field = \"steps\"", "field = \"title\"", "template.field"),
    ] {
        assert_eq!(complaint(from, to).0, field, "{to}");
    }
}

#[test]
fn a_plan_without_a_priority_says_which() {
    let start = EMBEDDED.find("[[priorities]]\nid = \"P4\"").unwrap();
    let end = EMBEDDED.find("[[categories]]").unwrap();
    let broken = format!("{}{}", &EMBEDDED[..start], &EMBEDDED[end..]);
    let error = Plan::parse(&broken).unwrap_err().to_string();
    assert!(error.contains("P4 is missing"), "{error}");
}

#[test]
fn a_vendor_can_give_a_priority_office_hours() {
    let calendar = "[calendars.office]\nhours = \"08:00-16:00\"\ndays = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]\n\
        holidays = [\"2026-11-11\"]\n\n[[priorities]]";
    let text = EMBEDDED.replacen("[[priorities]]", calendar, 1).replacen(
        "response = \"3d\"",
        "response = \"3d\"\ncalendar = \"office\"",
        1,
    );
    let plan = Plan::parse(&text).unwrap();
    // Friday 15:00 in Warsaw; three days are 72 office hours, eight a day.
    let due = plan.deadlines(Priority::P4, "2026-11-06T14:00:00Z".parse().unwrap()).response.unwrap();
    assert_eq!(due.to_string(), "2026-11-20T14:00:00Z");
}

#[test]
fn garbage_is_refused_without_panic() {
    for text in ["", "\u{0}", "id = ", "[[priorities]]", "priorities = 3", "🙂", "id = \"x\nversion"] {
        assert!(Plan::parse(text).is_err(), "{text:?}");
    }
}
