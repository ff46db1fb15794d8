//! Pictures as pixels: read from a file or a window, blacked out, written anew with nothing else in them.

mod read;

use std::sync::Arc;

use casefile::picture::{Picture, PictureError};
use egui::{Color32, ColorImage};

pub(crate) use self::read::{ReadError, from_png, read_file};

/// Red, green, blue, row by row; nothing is see-through.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Pixels {
    pub(crate) width: usize,
    pub(crate) height: usize,
    rgb: Vec<u8>,
}

/// A rectangle in a picture, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

/// Bytes of a pixel.
const RGB: usize = 3;

/// What a graphics card takes at least as one texture: larger pictures are shown smaller, and sent as they are.
const SHOWN_SIDE: usize = 2_048;

impl Pixels {
    pub(crate) fn new(width: usize, height: usize, rgb: Vec<u8>) -> Self {
        debug_assert_eq!(width * height * RGB, rgb.len());
        Self { width, height, rgb }
    }

    /// What a window showed.
    pub(crate) fn of_window(image: &ColorImage) -> Self {
        let [width, height] = image.size;
        let opaque = |pixel: &Color32| [pixel.r(), pixel.g(), pixel.b()];
        Self::new(width, height, image.pixels.iter().flat_map(opaque).collect())
    }

    /// Paints the areas black. What was there is gone: the pixels are the only copy.
    pub(crate) fn black_out(&mut self, areas: &[Area]) {
        for area in areas {
            let area = area.within(self.width, self.height);
            for y in area.top..area.top + area.height {
                let start = (y * self.width + area.left) * RGB;
                self.rgb[start..start + area.width * RGB].fill(0);
            }
        }
    }

    /// Writes them as a picture of pixels and nothing else. Takes about a second for a large one.
    ///
    /// # Errors
    /// When it is too large for a report.
    pub(crate) fn into_picture(self, name: &str, source: &str) -> Result<Picture, PictureError> {
        let too_big = |_| PictureError::TooBig;
        let [width, height] = [self.width, self.height].map(u32::try_from);
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, width.map_err(too_big)?, height.map_err(too_big)?);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(|_| PictureError::TooBig)?;
        writer.write_image_data(&self.rgb).map_err(|_| PictureError::TooBig)?;
        writer.finish().map_err(|_| PictureError::TooBig)?;
        Picture::new(name, source, png)
    }

    /// The same picture for a screen.
    pub(crate) fn shown(&self) -> Arc<ColorImage> {
        let small = self.within(SHOWN_SIDE);
        Arc::new(ColorImage::from_rgb([small.width, small.height], &small.rgb))
    }

    /// The same picture, no longer than this on any side: each pixel is the middle of those that it stands for.
    pub(crate) fn within(&self, max_side: usize) -> Self {
        let longest = self.width.max(self.height);
        if longest <= max_side {
            return self.clone();
        }
        let smaller = |side: usize| (side * max_side / longest).max(1);
        let (width, height) = (smaller(self.width), smaller(self.height));
        let mut rgb = Vec::with_capacity(width * height * RGB);
        for y in 0..height {
            let rows = y * self.height / height..((y + 1) * self.height / height);
            for x in 0..width {
                let columns = x * self.width / width..((x + 1) * self.width / width);
                let mut sums = [0_usize; RGB];
                for row in rows.clone() {
                    let start = row * self.width;
                    let line = &self.rgb[(start + columns.start) * RGB..(start + columns.end) * RGB];
                    for (at, byte) in line.iter().enumerate() {
                        sums[at % RGB] += usize::from(*byte);
                    }
                }
                let count = (rows.len() * columns.len()).max(1);
                rgb.extend(sums.map(|sum| u8::try_from(sum / count).unwrap_or(u8::MAX)));
            }
        }
        Self::new(width, height, rgb)
    }

    #[cfg(test)]
    pub(crate) fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let start = (y * self.width + x) * RGB;
        [self.rgb[start], self.rgb[start + 1], self.rgb[start + 2]]
    }
}

impl Area {
    /// As much of it as lies in a picture of this size; at least a pixel.
    pub(crate) fn within(self, width: usize, height: usize) -> Self {
        let (left, top) = (self.left.min(width.saturating_sub(1)), self.top.min(height.saturating_sub(1)));
        Self {
            left,
            top,
            width: self.width.clamp(1, (width - left).max(1)),
            height: self.height.clamp(1, (height - top).max(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn striped(width: usize, height: usize) -> Pixels {
        let byte = |at: usize| u8::try_from(at % 200 + 20).unwrap();
        Pixels::new(width, height, (0..width * height * RGB).map(byte).collect())
    }

    #[test]
    fn what_is_blacked_out_is_in_no_byte_of_the_picture() {
        let mut one = striped(60, 40);
        let mut other = one.clone();
        // The pictures differ where the area is, and nowhere else.
        for at in [(10, 10), (29, 24)] {
            let start = (at.1 * 60 + at.0) * RGB;
            other.rgb[start..start + RGB].fill(255);
        }
        let area = Area { left: 10, top: 10, width: 20, height: 15 };
        one.black_out(&[area]);
        other.black_out(&[area]);
        let pngs = [one, other].map(|pixels| pixels.into_picture("a", "x").unwrap().png().clone());
        assert_eq!(pngs[0], pngs[1], "what was under the black can be told apart");
        let back = from_png(&pngs[0]).unwrap();
        assert_eq!((back.at(10, 10), back.at(29, 24)), ([0; 3], [0; 3]));
        assert_eq!(
            (back.at(9, 10), back.at(30, 24)),
            (striped(60, 40).at(9, 10), striped(60, 40).at(30, 24))
        );
    }

    #[test]
    fn an_area_that_reaches_out_of_the_picture_blackens_what_is_in_it() {
        let far = usize::MAX / 2;
        for (area, black) in [
            (Area { left: 5, top: 0, width: far, height: 1 }, (9, 0)),
            (Area { left: far, top: far, width: far, height: far }, (9, 7)),
            (Area { left: 0, top: 0, width: 0, height: 0 }, (0, 0)),
        ] {
            let mut pixels = striped(10, 8);
            pixels.black_out(&[area]);
            assert_eq!(pixels.at(black.0, black.1), [0; 3], "{area:?}");
        }
    }

    #[test]
    fn a_smaller_picture_has_the_colours_of_the_large_one() {
        let grey = Pixels::new(4_000, 10, vec![77; 4_000 * 10 * RGB]);
        let small = grey.within(1_000);
        assert_eq!((small.width, small.height, small.at(999, 1)), (1_000, 2, [77; 3]));
        assert!(grey.within(4_000) == grey);
        assert_eq!(striped(3, 5_000).within(100).width, 1);
    }
}
