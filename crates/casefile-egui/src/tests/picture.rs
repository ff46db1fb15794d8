//! Pictures of what was drawn, painted triangle by triangle on the processor: no display, no graphics card, and the same
//! bytes on every run.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::rc::Rc;

use egui::epaint::{Primitive, Vertex};
use egui::{Color32, ColorImage, ImageData, Pos2, Rect, TextureId, TexturesDelta};
use egui_kittest::{Harness, TestRenderer};

use crate::pixels::Pixels;

/// The textures of a harness, in the state of its last frame.
#[derive(Clone, Default)]
pub(super) struct Textures(Rc<RefCell<BTreeMap<u64, ColorImage>>>);

/// One picture; colours are opaque.
pub(super) struct Picture {
    pub(super) size: [usize; 2],
    pixels: Vec<Color32>,
}

impl TestRenderer for Textures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut textures = self.0.borrow_mut();
        // In any order: each texture has deltas of its own.
        let ids: BTreeSet<u64> = delta.set.keys().filter_map(managed).collect();
        for id in &ids {
            let deltas = &delta.set[&TextureId::Managed(*id)];
            for delta in deltas {
                let ImageData::Color(patch) = &delta.image;
                let Some([left, top]) = delta.pos else {
                    textures.insert(*id, ColorImage::clone(patch));
                    continue;
                };
                let Some(whole) = textures.get_mut(id) else { continue };
                let (width, patch_width) = (whole.size[0], patch.size[0]);
                for (row, line) in patch.pixels.chunks(patch_width).enumerate() {
                    let start = (top + row) * width + left;
                    whole.pixels[start..start + patch_width].copy_from_slice(line);
                }
            }
        }
        delta.clear();
    }
}

impl Picture {
    /// Paints the last frame of a harness that draws with these textures.
    pub(super) fn of<S>(harness: &Harness<'_, S>, textures: &Textures) -> Self {
        let output = harness.output();
        let scale = output.pixels_per_point;
        let screen = harness.ctx.content_rect().size() * scale;
        let size = [whole(screen.x), whole(screen.y)];
        let background = harness.ctx.global_style().visuals.panel_fill;
        let mut picture = Self { size, pixels: vec![background; size[0] * size[1]] };
        let textures = textures.0.borrow();
        for clipped in harness.ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
            let TextureId::Managed(id) = mesh.texture_id else { continue };
            let Some(texture) = textures.get(&id) else { continue };
            for corners in mesh.indices.chunks_exact(3) {
                let corner = |at: usize| mesh.vertices[corners[at] as usize];
                picture.paint([corner(0), corner(1), corner(2)], texture, clipped.clip_rect * scale, scale);
            }
        }
        picture
    }

    /// Paints one triangle: every pixel whose middle lies in it. egui blends in gamma space, so bytes are added as they are.
    fn paint(&mut self, corners: [Vertex; 3], texture: &ColorImage, clip: Rect, scale: f32) {
        let places = corners.map(|corner| (corner.pos.to_vec2() * scale).to_pos2());
        let area = doubled_area(places[0], places[1], places[2]);
        if area == 0.0 {
            return;
        }
        let bounds = Rect::from_points(&places).intersect(clip);
        if bounds.is_negative() {
            return;
        }
        // Most of a picture is plain areas: every pixel of such a triangle is the same.
        let [one, others @ ..] = corners;
        let is_plain = others.iter().all(|corner| corner.uv == one.uv && corner.color == one.color);
        let plain = is_plain.then(|| tint(one.color, sample(texture, one.uv.x, one.uv.y)));
        let (right, bottom) = (whole(bounds.right().ceil()).min(self.size[0]), whole(bounds.bottom().ceil()));
        for y in whole(bounds.top().floor())..bottom.min(self.size[1]) {
            for x in whole(bounds.left().floor())..right {
                let at = egui::pos2(x as f32 + 0.5, y as f32 + 0.5);
                if !clip.contains(at) {
                    continue;
                }
                // How near each corner is.
                let first = doubled_area(at, places[1], places[2]) / area;
                let second = doubled_area(places[0], at, places[2]) / area;
                let third = 1.0 - first - second;
                // Two triangles share an edge: a pixel on it belongs to one of them.
                if first < 0.0 || second < 0.0 || third <= 0.0 {
                    continue;
                }
                let source = plain.unwrap_or_else(|| {
                    let [a, b, c] = corners;
                    let mix = |a: f32, b: f32, c: f32| a * first + b * second + c * third;
                    let texel = sample(texture, mix(a.uv.x, b.uv.x, c.uv.x), mix(a.uv.y, b.uv.y, c.uv.y));
                    if a.color == b.color && b.color == c.color {
                        return tint(a.color, texel);
                    }
                    let [a, b, c] = [a, b, c].map(|corner| tint(corner.color, texel));
                    std::array::from_fn(|channel| mix(a[channel], b[channel], c[channel]))
                });
                let pixel = &mut self.pixels[y * self.size[0] + x];
                if source[3] >= 254.5 {
                    *pixel = Color32::from_rgb(byte(source[0]), byte(source[1]), byte(source[2]));
                    continue;
                }
                let (under, rest) = (pixel.to_array(), 1.0 - source[3] / 255.0);
                let over = |channel: usize| byte(source[channel] + f32::from(under[channel]) * rest);
                *pixel = Color32::from_rgb(over(0), over(1), over(2));
            }
        }
    }

    /// How many pixels differ inside of a place.
    pub(super) fn differing(&self, other: &Self, place: Rect) -> usize {
        let (left, right) = (whole(place.left()), whole(place.right()).min(self.size[0]));
        let rows = whole(place.top())..whole(place.bottom()).min(self.size[1]);
        let row = |y: usize| y * self.size[0] + left..y * self.size[0] + right.max(left);
        let both = rows.flat_map(|y| self.pixels[row(y)].iter().zip(&other.pixels[row(y)]));
        both.filter(|(one, other)| one != other).count()
    }

    /// As pixels, smaller.
    fn small(&self, max_side: usize) -> Pixels {
        let rgb = self.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect();
        Pixels::new(self.size[0], self.size[1], rgb).within(max_side)
    }

    /// Many pictures of one size on one sheet, row by row. Colours are a little coarser: it packs better.
    pub(super) fn sheet(pictures: &[Self], columns: usize, max_side: usize) -> Self {
        let small: Vec<Pixels> = pictures.iter().map(|picture| picture.small(max_side)).collect();
        let (width, height) = (small[0].width + GAP, small[0].height + GAP);
        let size = [columns * width + GAP, small.len().div_ceil(columns) * height + GAP];
        let mut pixels = vec![Color32::GRAY; size[0] * size[1]];
        for (at, picture) in small.iter().enumerate() {
            let (left, top) = (at % columns * width + GAP, at / columns * height + GAP);
            for y in 0..picture.height {
                for x in 0..picture.width {
                    let [red, green, blue] = picture.at(x, y).map(|byte| byte & 0xf8 | byte >> 5);
                    pixels[(top + y) * size[0] + left + x] = Color32::from_rgb(red, green, blue);
                }
            }
        }
        Self { size, pixels }
    }

    /// Writes a PNG.
    pub(super) fn write(&self, path: &Path) {
        let [width, height] = self.size.map(|side| u32::try_from(side).unwrap());
        let mut encoder = png::Encoder::new(BufWriter::new(File::create(path).unwrap()), width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        let bytes: Vec<u8> = self.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect();
        encoder.write_header().unwrap().write_image_data(&bytes).unwrap();
    }
}

/// Between the pictures of a sheet.
const GAP: usize = 8;

fn doubled_area(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn managed(id: &TextureId) -> Option<u64> {
    match id {
        TextureId::Managed(id) => Some(*id),
        TextureId::User(_) => None,
    }
}

/// A colour times a texel, with channels up to 255.
fn tint(color: Color32, texel: [f32; 4]) -> [f32; 4] {
    let color = color.to_array();
    std::array::from_fn(|channel| f32::from(color[channel]) * texel[channel] / 255.0)
}

/// A texel by linear interpolation, as a graphics card does it.
fn sample(texture: &ColorImage, u: f32, v: f32) -> [f32; 4] {
    let [width, height] = texture.size;
    let (x, y) = (u * width as f32 - 0.5, v * height as f32 - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (right_share, lower_share) = (x - left, y - top);
    let at = |x: f32, y: f32| {
        let (x, y) = (whole(x).min(width - 1), whole(y).min(height - 1));
        texture.pixels[y * width + x].to_array().map(f32::from)
    };
    let corners = [
        (at(left, top), (1.0 - right_share) * (1.0 - lower_share)),
        (at(left + 1.0, top), right_share * (1.0 - lower_share)),
        (at(left, top + 1.0), (1.0 - right_share) * lower_share),
        (at(left + 1.0, top + 1.0), right_share * lower_share),
    ];
    std::array::from_fn(|channel| corners.iter().map(|(texel, share)| texel[channel] * share).sum())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place inside a picture")]
fn whole(place: f32) -> usize {
    place.max(0.0) as usize
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to the range of a byte")]
fn byte(value: f32) -> u8 {
    (value + 0.5).clamp(0.0, 255.0) as u8
}
