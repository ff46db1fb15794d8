//! The template of the plan in a mail, read leniently: in both languages, with or without colons, marks or order. A mail without it is a
//! title and a description.

use casefile::plan::{Plan, TemplateField};
use casefile::report::{Category, Language, Priority};

/// Characters of a title.
const MAX_TITLE_CHARS: usize = 200;
/// Characters of a field; the whole mail is kept beside it.
const MAX_FIELD_CHARS: usize = 20_000;

/// What a mail says of a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) steps: Option<String>,
    pub(crate) expected: Option<String>,
    pub(crate) actual: Option<String>,
    pub(crate) additional: Option<String>,
    /// Name and version of the app, as far as they can be told.
    pub(crate) app: (String, String),
    pub(crate) priority: Option<Priority>,
    pub(crate) category: Category,
    pub(crate) language: Language,
}

/// Reads subject and text.
pub(crate) fn read(subject: &str, text: &str, plan: &Plan) -> Form {
    let labels = labels(plan);
    let mut fields: Vec<(Option<TemplateField>, String)> = vec![(None, String::new())];
    let mut polish = 0_i32;
    for line in text.lines() {
        if let Some((field, language, value)) = label_of(line, &labels) {
            polish += if language == Language::Pl { 2 } else { -2 };
            fields.push((Some(field), value));
        } else {
            let (_, last) = fields.last_mut().expect("it begins with one");
            last.push('\n');
            last.push_str(line);
        }
    }
    let value = |field: TemplateField| {
        let found = fields.iter().filter(|(known, _)| *known == Some(field)).map(|(_, text)| text.trim());
        let text = found.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
        (!text.is_empty()).then(|| text.chars().take(MAX_FIELD_CHARS).collect::<String>())
    };
    // What stands before the first label belongs to the description.
    let before = fields[0].1.trim().to_owned();
    let described = [Some(before), value(TemplateField::Description)];
    let described: Vec<_> = described.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    let mut description: String = described.join("\n\n").chars().take(MAX_FIELD_CHARS).collect();
    let subject = bare_subject(subject);
    let title = value(TemplateField::Title)
        .and_then(|text| text.lines().next().map(str::to_owned))
        .or_else(|| (!subject.is_empty()).then(|| subject.clone()))
        .or_else(|| description.lines().next().map(str::to_owned));
    let title: String = title.unwrap_or_else(|| "(–)".to_owned()).chars().take(MAX_TITLE_CHARS).collect();
    if description.is_empty() {
        description = value(TemplateField::Actual).unwrap_or_else(|| title.clone());
    }
    let whole = format!("{title}\n{text}");
    Form {
        category: category_of(&whole),
        language: if polish + language_score(&whole) > 0 { Language::Pl } else { Language::En },
        priority: value(TemplateField::Priority).and_then(|text| priority_of(&text, plan)),
        app: value(TemplateField::Versions).map_or_else(unknown_app, |text| app_of(&text)),
        steps: value(TemplateField::Steps),
        expected: value(TemplateField::Expected),
        actual: value(TemplateField::Actual),
        additional: [
            value(TemplateField::Logs),
            value(TemplateField::Additional),
            value(TemplateField::Versions),
        ]
        .into_iter()
        .flatten()
        .reduce(|all, next| format!("{all}\n{next}")),
        title,
        description,
    }
}

/// The subject without `Re:`, `Fwd:` and what stands in brackets at its beginning.
pub(crate) fn bare_subject(subject: &str) -> String {
    let mut rest = subject.trim();
    loop {
        let lower = rest.to_lowercase();
        let prefix =
            ["re:", "fw:", "fwd:", "odp:", "pd:", "aw:"].into_iter().find(|prefix| lower.starts_with(prefix));
        if let Some(prefix) = prefix {
            rest = rest.get(prefix.len()..).unwrap_or_default().trim();
        } else if rest.starts_with('[')
            && let Some(end) = rest.find(']').filter(|end| *end < 80 && end + 1 < rest.len())
        {
            rest = rest[end + 1..].trim();
        } else {
            return rest.to_owned();
        }
    }
}

/// A label as it is compared, and what it is of.
fn labels(plan: &Plan) -> Vec<(String, TemplateField, Language)> {
    let mut labels = Vec::new();
    for line in &plan.template {
        for language in [Language::Pl, Language::En] {
            let text = line.label.in_language(language);
            let text = text.split(['(', ':']).next().unwrap_or_default();
            labels.push((plain(text), line.field, language));
        }
    }
    // People leave the brackets of a title away, and say what they want to say.
    for (text, language) in [("tytul", Language::Pl), ("temat", Language::Pl), ("title", Language::En)] {
        labels.push((text.to_owned(), TemplateField::Title, language));
    }
    labels.push(("priorytet".to_owned(), TemplateField::Priority, Language::Pl));
    labels.push(("priority".to_owned(), TemplateField::Priority, Language::En));
    // The longest first, so that none hides behind a shorter one.
    labels.sort_by_key(|(text, _, _)| std::cmp::Reverse(text.len()));
    labels
}

/// The field that a line begins, and what of it stands on the same line.
fn label_of(
    line: &str,
    labels: &[(String, TemplateField, Language)],
) -> Option<(TemplateField, Language, String)> {
    let stripped = line.trim_start_matches(|c: char| c.is_whitespace() || "*_#>-•".contains(c));
    let numbered = stripped.trim_start_matches(|c: char| c.is_ascii_digit());
    let stripped = if numbered.len() < stripped.len() && numbered.starts_with(['.', ')']) {
        &numbered[1..]
    } else {
        stripped
    };
    // `[Title] It crashes`: the brackets end the label as a colon does.
    let (head, value) = match stripped.trim_start().strip_prefix('[') {
        Some(rest) if rest.contains(']') => rest.split_once(']')?,
        _ => match stripped.split_once(':') {
            Some((head, value)) => (head, value),
            // Without a colon only a line that is nothing but the label.
            None => (stripped, ""),
        },
    };
    let head = plain(head.split('(').next().unwrap_or_default());
    let (_, field, language) = labels.iter().find(|(label, _, _)| *label == head && !label.is_empty())?;
    let value = value.trim().trim_start_matches([':', '*', '_']).trim();
    Some((*field, *language, value.to_owned()))
}

/// Small letters without marks, without anything that is no letter.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let c = match c {
            'ą' => 'a',
            'ć' => 'c',
            'ę' => 'e',
            'ł' => 'l',
            'ń' => 'n',
            'ó' => 'o',
            'ś' => 's',
            'ż' | 'ź' => 'z',
            c => c,
        };
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

/// `P2`, `2`, `Wysoki`, `high`; nothing where the line was left as it is.
fn priority_of(text: &str, plan: &Plan) -> Option<Priority> {
    let words = plain(text);
    let named: Vec<Priority> = Priority::ALL
        .into_iter()
        .filter(|priority| {
            let code = priority.as_str().to_lowercase();
            let name = &plan.level(*priority).name;
            words.split(' ').any(|word| {
                word == code
                    || word == &code[1..]
                    || word == plain(name.in_language(Language::En))
                    || word == plain(name.in_language(Language::Pl))
            })
        })
        .collect();
    if let [only] = named[..] { Some(only) } else { None }
}

fn unknown_app() -> (String, String) {
    ("?".to_owned(), "?".to_owned())
}

/// `Grid Bot 2.4.1, Windows 11`: what stands before the first version, and that.
fn app_of(text: &str) -> (String, String) {
    let line = text.lines().next().unwrap_or_default();
    let mut name = Vec::new();
    for word in line.split([' ', '\t', ',', ';', '/']).filter(|word| !word.is_empty()) {
        let digits = word.trim_start_matches(['v', 'V']);
        if digits.starts_with(|c: char| c.is_ascii_digit()) && digits.contains('.') {
            let version: String = digits.chars().take(40).collect();
            let name: String = name.join(" ").chars().take(80).collect();
            return (if name.is_empty() { "?".to_owned() } else { name }, version);
        }
        name.push(word);
    }
    unknown_app()
}

fn category_of(text: &str) -> Category {
    let text = plain(text);
    let score = |words: &[&str]| words.iter().map(|word| text.matches(word).count()).sum::<usize>();
    let scores = [
        (Category::License, score(&["licenc", "licens", "aktywac", "activat", "fingerprint", "odcisk"])),
        (Category::Install, score(&["instal", "aktualizac", "update", "upgrade", "setup"])),
        (
            Category::Exchange,
            score(&[
                "gield",
                "exchange",
                "binance",
                "kraken",
                "bybit",
                "okx",
                "kucoin",
                "coinbase",
                "strateg",
                "api key",
                "klucz api",
            ]),
        ),
    ];
    let best = scores.into_iter().filter(|(_, score)| *score > 0).max_by_key(|(_, score)| *score);
    best.map_or(Category::Runtime, |(category, _)| category)
}

/// Above zero for Polish.
fn language_score(text: &str) -> i32 {
    let letters = text.chars().filter(|c| "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ".contains(*c)).take(100).count();
    let words = plain(text);
    let has = |list: &[&str]| words.split(' ').filter(|word| list.contains(word)).take(100).count();
    let polish =
        letters + has(&["nie", "jest", "sie", "na", "dziala", "mam", "prosze", "dzien", "dobry", "po", "od"]);
    let english = has(&["the", "is", "not", "and", "it", "does", "please", "hello", "my", "when", "i"]);
    i32::try_from(polish).unwrap_or(i32::MAX) - i32::try_from(english).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(subject: &str, text: &str) -> Form {
        read(subject, text, &Plan::default())
    }

    #[test]
    fn the_template_is_read_in_both_languages() {
        let polish = form(
            "Re: [x] temat",
            "Dzień dobry,\n\n[Tytuł] Zlecenia są odrzucane\nOpis problemu: Od rana nic.\nDruga linia.\nKroki odtworzenia:\n1. Uruchom\n2. Czekaj\n\
             Oczekiwany rezultat: Działa\nRzeczywisty rezultat: -1021\nLogi (załączniki): w załączniku\n\
             Wersja aplikacji i systemu: Grid Bot 2.4.1, Windows 11\nPriorytet (P1–P4): P2\nInformacje dodatkowe (zrzuty ekranu, preset strategii): brak\n",
        );
        assert_eq!(polish.title, "Zlecenia są odrzucane");
        assert_eq!(polish.description, "Dzień dobry,\n\nOd rana nic.\nDruga linia.");
        assert_eq!(polish.steps.as_deref(), Some("1. Uruchom\n2. Czekaj"));
        assert_eq!((polish.expected.as_deref(), polish.actual.as_deref()), (Some("Działa"), Some("-1021")));
        assert_eq!((polish.priority, polish.language), (Some(Priority::P2), Language::Pl));
        assert_eq!(polish.app, ("Grid Bot".to_owned(), "2.4.1".to_owned()));

        let english = form(
            "Bot does not start",
            "**Title:** The bot does not start\n## PROBLEM DESCRIPTION\nNothing happens.\n* steps to reproduce :\nclick it\nExpected result\nit runs\n\
             Actual result: it does not\nPriority (P1-P4): critical\nApp and system version: v1.2.3\n",
        );
        assert_eq!(
            (english.title.as_str(), english.description.as_str()),
            ("The bot does not start", "Nothing happens.")
        );
        assert_eq!(
            (english.steps.as_deref(), english.expected.as_deref()),
            (Some("click it"), Some("it runs"))
        );
        assert_eq!((english.priority, english.language), (Some(Priority::P1), Language::En));
        assert_eq!(english.app, ("?".to_owned(), "1.2.3".to_owned()));
    }

    #[test]
    fn a_mail_without_the_template_is_a_ticket_all_the_same() {
        let mail = form("Fwd: RE: [EXTERNAL] licence", "My licence does not activate: why?");
        assert_eq!(
            (mail.title.as_str(), mail.description.as_str()),
            ("licence", "My licence does not activate: why?")
        );
        assert_eq!((mail.priority, mail.category, mail.language), (None, Category::License, Language::En));
        let mail = form("", "");
        assert!(!mail.title.is_empty() && !mail.description.is_empty());
        assert_eq!(form("Nie działa", "nic sie nie dzieje").language, Language::Pl);
    }

    #[test]
    fn a_template_that_was_not_filled_in_says_nothing() {
        let mail = form("x", "Priority (P1-P4): P1-P4\nSteps to reproduce:\n\nExpected result:\n");
        assert_eq!((mail.priority, mail.steps, mail.expected), (None, None, None));
        // A word of a sentence is no label.
        assert_eq!(form("x", "The priority is clear: none").priority, None);
    }
}
