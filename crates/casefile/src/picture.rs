//! Pictures that a person looked at. No rule can search one for secrets, so nothing adds a picture by itself: a person sees
//! it, blacks out what nobody should see, and agrees to it.

mod plain;

use std::fmt;
use std::sync::Arc;

pub(crate) use self::plain::PlainPng;
pub use self::plain::{MAX_PIXELS, MAX_SIDE_PIXELS};

/// Largest picture, as a PNG.
pub const MAX_BYTES: usize = 32 << 20;

/// Most pictures in one bundle.
pub const MAX_PICTURES: usize = 50;

/// A picture of nothing but pixels: no text, no time, no place, no thumbnail of what it once showed.
///
/// Hand over only what a person has seen: see [`Selection::pictures`](crate::Selection::pictures).
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    name: String,
    source: String,
    png: Arc<[u8]>,
    size: [u32; 2],
}

/// Why bytes are no picture that a report takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// Make it smaller.
    #[error("a picture has at most {MAX_PIXELS} pixels, {MAX_SIDE_PIXELS} on a side, in {MAX_BYTES} bytes")]
    TooBig,
    /// Write it anew, without what is not pixels.
    #[error("not a PNG of 8-bit red, green and blue without anything else in it")]
    NotPlain,
}

impl Picture {
    /// Takes a PNG that holds pixels of 8-bit red, green and blue and nothing else: only the chunks `IHDR`, `IDAT` and `IEND`,
    /// not interlaced. `name` is that of a file, without an ending; `source` tells where the picture comes from. Both are
    /// redacted like names of files.
    ///
    /// # Errors
    /// [`PictureError`] says what to change.
    pub fn new(
        name: impl Into<String>,
        source: impl Into<String>,
        png: impl Into<Arc<[u8]>>,
    ) -> Result<Self, PictureError> {
        let png = png.into();
        if png.len() > MAX_BYTES {
            return Err(PictureError::TooBig);
        }
        let mut plain = PlainPng::new();
        plain.push(&png);
        let size = plain.end()?;
        Ok(Self { name: format!("{}.png", name.into()), source: source.into(), png, size })
    }

    /// The name of its file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it comes from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The bytes of the file.
    pub fn png(&self) -> &Arc<[u8]> {
        &self.png
    }

    /// Width and height in pixels.
    pub fn size(&self) -> [u32; 2] {
        self.size
    }
}

impl fmt::Debug for Picture {
    /// Without its name, which nobody has redacted yet.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Picture").field("size", &self.size).finish_non_exhaustive()
    }
}
