//! What makes the dialog and the helper a vendor's own: colour, picture of the window, texts, another language.

use std::collections::BTreeMap;
use std::str::FromStr;

/// A vendor's look and words; everything has a default.
///
/// ```
/// use casefile::Reporter;
/// use casefile::brand::Brand;
///
/// let texts = "send = Send it to Example Bots\n";
/// let brand = Brand { accent: Some("#1f6feb".parse()?), ..Brand::default() }.with_texts("en", texts);
/// let builder = Reporter::builder("com.example.gridbot", "Grid Bot", "2.4.1").brand(brand);
/// # Ok::<_, casefile::brand::NotAColor>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brand {
    /// The colour of what is chosen, and of the button that goes on. Text on it stays readable, whatever it is.
    pub accent: Option<Color>,
    /// The picture of the helper's window: the bytes of a PNG.
    pub icon: Option<Vec<u8>>,
    /// A language beside Polish and English, as BCP 47 tag: the dialog speaks it as far as there are texts, and English
    /// for the rest. Tickets name English as the language of the person.
    pub locale: Option<String>,
    /// Texts in place of those that come with casefile, in the syntax of Fluent, by language.
    pub texts: BTreeMap<String, String>,
}

/// A colour without transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    /// Red, green, blue.
    pub rgb: [u8; 3],
}

/// The text is no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a colour like #1f6feb")]
pub struct NotAColor;

impl Brand {
    /// Puts these texts in place of those of a language; keys that are not in them stay as they are.
    #[must_use]
    pub fn with_texts(mut self, locale: impl Into<String>, texts: impl Into<String>) -> Self {
        self.texts.insert(locale.into(), texts.into());
        self
    }

    /// The vendor's texts of a language.
    pub fn texts(&self, locale: &str) -> Option<&str> {
        self.texts.get(locale).map(String::as_str)
    }
}

impl FromStr for Color {
    type Err = NotAColor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim().strip_prefix('#').ok_or(NotAColor)?;
        let rgb = data_encoding::HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).map_err(|_| NotAColor)?;
        Ok(Self { rgb: rgb.try_into().map_err(|_| NotAColor)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_hexadecimal_digits() {
        assert_eq!("#1F6feb".parse(), Ok(Color { rgb: [0x1f, 0x6f, 0xeb] }));
        for text in ["1f6feb", "#1f6fe", "#1f6febff", "#xyzxyz", "red", ""] {
            assert_eq!(text.parse::<Color>(), Err(NotAColor), "{text}");
        }
    }
}
