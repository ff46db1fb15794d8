//! `report.md`: the template of the support plan, filled in, in the person's language.

use std::fmt::Write;

use crate::plan::{Plan, TemplateField};
use crate::report::ReportBody;

/// Fills in the plan's template. `attached` names the log files, `versions` the application and the system.
pub(crate) fn fill(plan: &Plan, body: &ReportBody, attached: &[String], versions: &str) -> String {
    let mut text = String::new();
    for line in &plan.template {
        let label = line.label.in_language(body.language);
        let level = plan.level(body.priority);
        let value = match line.field {
            TemplateField::Title => {
                // The label of the original is a place for the title: `[Title]`.
                let _ = writeln!(text, "[{}]\n", body.title.trim());
                continue;
            }
            TemplateField::Description => body.description.clone(),
            TemplateField::Steps => body.steps.clone().unwrap_or_default(),
            TemplateField::Expected => body.expected.clone().unwrap_or_default(),
            TemplateField::Actual => body.actual.clone().unwrap_or_default(),
            TemplateField::Logs => attached.join("\n"),
            TemplateField::Versions => versions.to_owned(),
            TemplateField::Priority => {
                format!("{} – {}", body.priority, level.name.in_language(body.language))
            }
            TemplateField::Additional => body.additional.clone().unwrap_or_default(),
        };
        let value = value.trim();
        let _ = writeln!(text, "{label}\n{}\n", if value.is_empty() { "-" } else { value });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(language: &str) -> ReportBody {
        let text = format!(
            r#"{{"title":"Zlecenia odrzucane","description":"Bot stoi.\nOd rana.","actual":"-1021","priority":"P2",
            "category":"exchange","language":"{language}","app":{{"id":"a","name":"Bot","version":"1.2"}}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn the_polish_template_is_filled_in_line_by_line() {
        let text = fill(&Plan::default(), &body("pl"), &["logs/bot.log".to_owned()], "Bot 1.2, Debian 12");
        let expected = "[Zlecenia odrzucane]\n\nOpis problemu:\nBot stoi.\nOd rana.\n\nKroki odtworzenia:\n-\n\n\
            Oczekiwany rezultat:\n-\n\nRzeczywisty rezultat:\n-1021\n\nLogi (załączniki):\nlogs/bot.log\n\n\
            Wersja aplikacji i systemu:\nBot 1.2, Debian 12\n\nPriorytet (P1–P4):\nP2 – Wysoki\n\n\
            Dodatkowe informacje (zrzuty ekranu, preset strategii):\n-\n\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn the_english_template_has_english_labels() {
        let text = fill(&Plan::default(), &body("en"), &[], "");
        assert!(text.contains("Problem description:\nBot stoi.") && text.contains("P2 – High"), "{text}");
    }
}
