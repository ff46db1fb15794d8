//! What the helper says around the dialog, in both languages.

use casefile::report::Language;

use crate::resend::Resent;

fn pick<'a>(language: Language, en: &'a str, pl: &'a str) -> &'a str {
    match language {
        Language::En => en,
        Language::Pl => pl,
    }
}

/// Title of the window.
pub(crate) fn title(language: Language, app: &str) -> String {
    format!("{app} – {}", pick(language, "report a problem", "zgłoś problem"))
}

/// Title of a window that only says something.
pub(crate) fn plain_title(language: Language) -> &'static str {
    pick(language, "Report a problem", "Zgłoś problem")
}

pub(crate) fn close(language: Language) -> &'static str {
    pick(language, "Close", "Zamknij")
}

pub(crate) fn already_open(language: Language, app: &str) -> String {
    let text = pick(
        language,
        "A report of this application is open already. Look for its window.",
        "Zgłoszenie problemu z tą aplikacją jest już otwarte. Poszukaj jego okna.",
    );
    format!("{app}: {text}")
}

/// Title and description of a report about a crash, in plain words.
pub(crate) fn crashed(language: Language, app: &str) -> (String, String) {
    match language {
        Language::En => (
            format!("{app} stopped unexpectedly"),
            format!("{app} stopped by itself. What happened just before: "),
        ),
        Language::Pl => (
            format!("Nieoczekiwane zatrzymanie: {app}"),
            format!("Program {app} sam się zatrzymał. Co działo się tuż przedtem: "),
        ),
    }
}

/// Why there is no dialog; the details are for whoever wrote the settings.
pub(crate) fn bad_settings(language: Language, error: &anyhow::Error) -> String {
    let text = pick(
        language,
        "The settings for problem reports cannot be used. Please tell the support of your application this:",
        "Nie można użyć ustawień zgłaszania problemów. Przekaż wsparciu swojej aplikacji tę wiadomość:",
    );
    format!("{text}\n\n{error:#}")
}

/// What became of reports that an earlier run could not send; nothing when there were none.
pub(crate) fn resent(language: Language, resent: Resent) -> Option<String> {
    let Resent { sent, is_waiting } = resent;
    let mut parts = Vec::new();
    if sent > 0 {
        parts.push(format!(
            "{}: {sent}",
            pick(language, "Earlier reports sent now", "Wysłane teraz wcześniejsze zgłoszenia")
        ));
    }
    if is_waiting {
        let text = pick(
            language,
            "Earlier reports still wait: the portal cannot take them now.",
            "Wcześniejsze zgłoszenia nadal czekają: portal nie może ich teraz przyjąć.",
        );
        parts.push(text.to_owned());
    }
    Some(parts.join(" · ")).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_when_nothing_waited() {
        for language in [Language::En, Language::Pl] {
            assert_eq!(resent(language, Resent::default()), None);
            assert!(resent(language, Resent { sent: 2, is_waiting: false }).unwrap().ends_with(": 2"));
            assert!(resent(language, Resent { sent: 0, is_waiting: true }).unwrap().ends_with('.'));
        }
    }

    #[test]
    fn a_portable_helper_writes_beside_its_settings_only() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("casefile.toml");
        let outbox = dir.path().join("elsewhere");
        let text = "[app]\nid = \"a\"\nname = \"Bot\"\nversion = \"1\"\n[outbox]\ndir = \"elsewhere\"\n";
        std::fs::write(&path, text).unwrap();
        crate::open(Some(path.clone()), true, None).unwrap();
        assert!(dir.path().join("casefile-reports").is_dir() && !outbox.exists());
        crate::open(Some(path), false, None).unwrap();
        assert!(outbox.is_dir());
    }

    #[test]
    fn a_mistake_in_the_settings_is_told_with_its_place() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("casefile.toml");
        std::fs::write(&path, "[app]\nid = 7\n").unwrap();
        let error = crate::open(Some(path), false, None).err().unwrap();
        let told = bad_settings(Language::Pl, &error);
        assert!(told.contains("casefile.toml line 2"), "{told}");
    }
}
