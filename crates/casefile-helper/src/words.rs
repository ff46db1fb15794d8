//! What the helper says around the dialog, from `locales/*.ftl`.

use casefile::brand::Brand;
use casefile::report::Language;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::resend::Resent;

const ENGLISH: &str = include_str!("../locales/en.ftl");
const POLISH: &str = include_str!("../locales/pl.ftl");

/// The words of one language.
pub(crate) struct Words(FluentBundle<FluentResource>);

impl Words {
    /// The words that come with casefile, and a vendor's in place of some of them, as in the dialog.
    pub(crate) fn of(language: Language, brand: &Brand) -> Self {
        // A language of the vendor's own stands beside English, which fills its gaps.
        let own = brand.locale.as_deref().filter(|_| language == Language::En);
        let source = match language {
            Language::En => ENGLISH,
            Language::Pl => POLISH,
        };
        let english: LanguageIdentifier = language.as_str().parse().expect("a BCP 47 tag");
        let id = own.and_then(|locale| locale.parse().ok()).unwrap_or(english);
        let mut bundle = FluentBundle::new(vec![id]);
        // The marks around values are shown as boxes by fonts that lack them.
        bundle.set_use_isolating(false);
        let texts =
            [Some(source), brand.texts(language.as_str()), own.and_then(|locale| brand.texts(locale))];
        for text in texts.into_iter().flatten() {
            // What is wrong in a vendor's file leaves the words that come with casefile.
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self(bundle)
    }

    /// The text of a key.
    pub(crate) fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of a key with values in it. A key that is not there is shown as it is: a test finds it.
    pub(crate) fn with(&self, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let Some(pattern) = self.0.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        self.0.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// The text of a key that names the application.
    pub(crate) fn of_app(&self, key: &str, app: &str) -> String {
        self.with(key, &[("app", app.into())])
    }

    /// Why there is no dialog; the details are for whoever wrote the settings.
    pub(crate) fn bad_settings(&self, error: &anyhow::Error) -> String {
        format!("{}\n\n{error:#}", self.text("helper-bad-settings"))
    }

    /// What became of reports that an earlier run could not send; nothing when there were none.
    pub(crate) fn resent(&self, resent: Resent) -> Option<String> {
        let Resent { sent, is_waiting } = resent;
        let sent = (sent > 0).then(|| self.with("helper-resent-sent", &[("count", sent.into())]));
        let waits = is_waiting.then(|| self.text("helper-resent-waiting"));
        let parts: Vec<String> = [sent, waits].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(source: &str) -> BTreeSet<&str> {
        let named = source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        named.filter_map(|line| line.split_once(" =")).map(|(key, _)| key).collect()
    }

    #[test]
    fn both_languages_have_every_text_and_all_are_used() {
        assert_eq!(keys(ENGLISH), keys(POLISH));
        let sources = [include_str!("words.rs"), include_str!("window.rs"), include_str!("begin.rs")];
        for key in keys(ENGLISH) {
            let is_used = sources
                .iter()
                .any(|source| source.split("#[cfg(test)]").next().unwrap().contains(&format!("\"{key}\"")));
            assert!(is_used, "{key} is not used");
        }
        for source in [ENGLISH, POLISH] {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
        }
    }

    #[test]
    fn a_vendor_has_words_and_a_language_of_its_own() {
        let brand = Brand { locale: Some("de".to_owned()), ..Brand::default() }
            .with_texts("pl", "helper-title = Pomoc { $app }\nhelper-close = Gotowe\n")
            .with_texts("de", "helper-close = Schließen\nbroken line\n");
        let polish = Words::of(Language::Pl, &brand);
        assert_eq!(polish.of_app("helper-title", "Bota"), "Pomoc Bota");
        assert_eq!(polish.text("helper-close"), "Gotowe");
        assert!(polish.text("helper-resent-waiting").starts_with("Wcześniejsze"));
        let german = Words::of(Language::En, &brand);
        assert_eq!(german.text("helper-close"), "Schließen");
        assert_eq!(german.text("helper-plain-title"), "Report a problem");
    }

    #[test]
    fn nothing_is_said_when_nothing_waited() {
        for language in [Language::En, Language::Pl] {
            let words = Words::of(language, &Brand::default());
            assert_eq!(words.resent(Resent::default()), None);
            assert!(words.resent(Resent { sent: 2, is_waiting: false }).unwrap().contains('2'));
            assert!(words.resent(Resent { sent: 0, is_waiting: true }).unwrap().ends_with('.'));
        }
        let words = Words::of(Language::Pl, &Brand::default());
        assert!(
            words
                .resent(Resent { sent: 5, is_waiting: false })
                .unwrap()
                .ends_with("5 wcześniejszych zgłoszeń")
        );
    }

    #[test]
    fn a_mistake_in_the_settings_is_told_with_its_place() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("casefile.toml");
        std::fs::write(&path, "[app]\nid = 7\n").unwrap();
        let error = crate::settings(Some(path), false).err().unwrap();
        let told = Words::of(Language::Pl, &Brand::default()).bad_settings(&error);
        assert!(told.contains("casefile.toml line 2"), "{told}");
    }
}
