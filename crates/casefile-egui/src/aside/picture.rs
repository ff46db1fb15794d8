//! A picture before it is added: what nobody should see is blacked out, by mouse or by numbers.

use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::Arc;

use casefile::picture::{Picture, PictureError};
use egui::{Color32, ColorImage, DragValue, Pos2, Rect, Sense, Stroke, StrokeKind, TextureHandle, Ui, Vec2};

use crate::action::Action;
use crate::facts::Facts;
use crate::pixels::{Area, Pixels, ReadError, read_file};
use crate::screen::{
    Part, Screen, error_ui, is_button, is_main_button, is_narrow_button, named_button_ui, screen_ui,
};
use crate::task::{Polled, Task};
use crate::words::Words;

/// What is asked for about the picture.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) enum PictureClick {
    /// Add one more black area, in the middle.
    Cover,
    /// Take an area away.
    Uncover(usize),
    /// Paint the areas black, and add the picture to the report.
    Use,
    /// Do not add it.
    Leave,
}

/// One picture on its way into the report.
pub(crate) struct Editor {
    /// Of its file, without the ending.
    name: String,
    source: String,
    state: State,
}

enum State {
    Reads(Task<Result<Canvas, ReadError>>),
    Shows(Box<Canvas>),
    /// It is painted and packed.
    Packs(Task<Result<Picture, PictureError>>),
    Failed(String),
}

/// What became of a picture.
pub(crate) enum Outcome {
    Pending,
    Done(Picture),
}

/// A picture with the areas that will be black.
struct Canvas {
    pixels: Pixels,
    shown: Shown,
    areas: Vec<Area>,
    /// Where the mouse went down.
    begun: Option<Pos2>,
}

/// A picture as a texture, made when it is drawn first.
pub(crate) struct Shown {
    image: Arc<ColorImage>,
    texture: OnceCell<TextureHandle>,
    /// The size of the whole picture.
    width: usize,
    height: usize,
}

/// The share of the window's height that a picture takes at most.
const HEIGHT_SHARE: f32 = 0.6;
/// Shorter movements of the mouse are clicks.
const MIN_AREA: usize = 3;
const MAX_AREAS: usize = 100;

impl Editor {
    /// Begins to read a file.
    pub(crate) fn read(path: PathBuf) -> Self {
        let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let source = path.to_string_lossy().into_owned();
        let task = Task::start("read", move || read_file(&path).map(Canvas::new));
        Self { name, source, state: State::Reads(task) }
    }

    /// Begins with what a window showed.
    pub(crate) fn of_window(image: Arc<ColorImage>) -> Self {
        let (name, source) = ("window".to_owned(), "the window of the application".to_owned());
        let task = Task::start("read", move || Ok(Canvas::new(Pixels::of_window(&image))));
        Self { name, source, state: State::Reads(task) }
    }

    /// Says why there is none.
    pub(crate) fn failed(why: String) -> Self {
        Self { name: String::new(), source: String::new(), state: State::Failed(why) }
    }

    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.state, State::Reads(_) | State::Packs(_))
    }

    /// Takes over what was read or packed.
    pub(crate) fn poll(&mut self, words: &Words) -> Outcome {
        let state = match &self.state {
            State::Reads(task) => match task.poll() {
                Polled::Pending => return Outcome::Pending,
                Polled::Done(Ok(canvas)) => State::Shows(Box::new(canvas)),
                Polled::Done(Err(error)) => State::Failed(why(&error, words)),
                Polled::Died => State::Failed(words.text("picture-none")),
            },
            State::Packs(task) => match task.poll() {
                Polled::Pending => return Outcome::Pending,
                Polled::Done(Ok(picture)) => return Outcome::Done(picture),
                Polled::Done(Err(_)) => State::Failed(words.text("picture-too-large")),
                Polled::Died => State::Failed(words.text("why-died")),
            },
            State::Shows(_) | State::Failed(_) => return Outcome::Pending,
        };
        self.state = state;
        Outcome::Pending
    }

    /// Changes the areas, or begins to pack; leaving is the dialog's.
    pub(crate) fn click(&mut self, click: PictureClick) {
        let State::Shows(canvas) = &mut self.state else { return };
        match click {
            PictureClick::Cover if canvas.areas.len() < MAX_AREAS => {
                let (width, height) = (canvas.pixels.width, canvas.pixels.height);
                let area =
                    Area { left: width / 4, top: height * 2 / 5, width: width / 2, height: height / 5 };
                canvas.areas.push(area.within(width, height));
            }
            PictureClick::Uncover(at) if at < canvas.areas.len() => _ = canvas.areas.remove(at),
            PictureClick::Use => {
                let (mut pixels, areas) = (canvas.pixels.clone(), canvas.areas.clone());
                let (name, source) = (self.name.clone(), self.source.clone());
                let pack = move || {
                    pixels.black_out(&areas);
                    pixels.into_picture(&name, &source)
                };
                self.state = State::Packs(Task::start("pack", pack));
            }
            PictureClick::Cover | PictureClick::Uncover(_) | PictureClick::Leave => {}
        }
    }
}

fn why(error: &ReadError, words: &Words) -> String {
    match error {
        ReadError::Disk(error) => {
            words.with("picture-unread", &[("kind", words.reason(&error.kind().to_string()).into())])
        }
        ReadError::TooLarge => words.text("picture-too-large"),
        ReadError::NoPicture => words.text("picture-none"),
    }
}

impl Canvas {
    fn new(pixels: Pixels) -> Self {
        Self { shown: Shown::of(&pixels), pixels, areas: Vec::new(), begun: None }
    }
}

impl Shown {
    /// Prepares what is shown; takes a moment for a large picture.
    pub(crate) fn of(pixels: &Pixels) -> Self {
        let (width, height) = (pixels.width, pixels.height);
        Self { image: pixels.shown(), texture: OnceCell::new(), width, height }
    }

    /// Draws it as large as there is room, and no larger than it is. Says how many points a pixel of it takes.
    pub(crate) fn ui(&self, ui: &mut Ui, label: &str, sense: Sense) -> (egui::Response, f32) {
        let size = Vec2::new(self.width as f32, self.height as f32);
        let room = Vec2::new(ui.available_width(), ui.ctx().content_rect().height() * HEIGHT_SHARE);
        let scale = (room / size).min_elem().min(1.0);
        let (rect, response) = ui.allocate_exact_size(size * scale, sense);
        let texture = self.texture.get_or_init(|| {
            let options = egui::TextureOptions::LINEAR;
            ui.ctx().load_texture("casefile-picture", self.image.clone(), options)
        });
        let whole = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
        ui.painter().image(texture.id(), rect, whole, Color32::WHITE);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, label));
        (response, scale)
    }

    pub(crate) fn size(&self) -> [usize; 2] {
        [self.width, self.height]
    }
}

/// "800 × 600".
pub(crate) fn size_of(size: [usize; 2]) -> String {
    format!("{} × {}", size[0], size[1])
}

pub(crate) fn picture_ui(ui: &mut Ui, editor: &mut Editor, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let can_use = matches!(editor.state, State::Shows(_));
    let heading = words.text("picture-heading");
    let body = |ui: &mut Ui| match &mut editor.state {
        State::Reads(_) => {
            ui.label(words.text("entry-reading"));
            None
        }
        State::Packs(_) => {
            ui.label(words.text("picture-packing"));
            None
        }
        State::Failed(why) => {
            error_ui(ui, why);
            None
        }
        State::Shows(canvas) => {
            ui.label(words.text("picture-note"));
            ui.add_space(6.0);
            canvas_ui(ui, canvas, &editor.name, words);
            ui.add_space(8.0);
            areas_ui(ui, canvas, words).map(Action::Picture)
        }
    };
    screen_ui(ui, &Screen::new("picture", &heading, Part::Aside), facts, body, |ui| {
        let mut action = None;
        if is_main_button(ui, can_use, &words.text("picture-use")) {
            action = Some(Action::Picture(PictureClick::Use));
        }
        if is_button(ui, &words.text("picture-leave")) {
            action = Some(Action::Picture(PictureClick::Leave));
        }
        action
    })
}

/// The picture with its black areas; a movement of the mouse makes one more.
fn canvas_ui(ui: &mut Ui, canvas: &mut Canvas, name: &str, words: &Words) {
    let values = [
        ("name", name.into()),
        ("size", size_of(canvas.shown.size()).into()),
        ("count", canvas.areas.len().into()),
    ];
    let label = words.with("picture-label", &values);
    let (response, scale) = canvas.shown.ui(ui, &label, Sense::drag());
    let place = response.rect;
    let painter = ui.painter_at(place);
    let edge = Stroke::new(1.0, ui.visuals().selection.stroke.color);
    let draw = |area: Area| {
        let corner = place.min + Vec2::new(area.left as f32, area.top as f32) * scale;
        let size = Vec2::new(area.width as f32, area.height as f32) * scale;
        painter.rect(Rect::from_min_size(corner, size), 0.0, Color32::BLACK, edge, StrokeKind::Inside);
    };
    canvas.areas.iter().copied().for_each(draw);

    let mouse = response.interact_pointer_pos();
    if response.drag_started() {
        canvas.begun = ui.input(|input| input.pointer.press_origin()).or(mouse);
    }
    if let (Some(begun), Some(at)) = (canvas.begun, mouse) {
        let area = between(begun, at, place, scale).within(canvas.pixels.width, canvas.pixels.height);
        draw(area);
        let is_meant = area.width >= MIN_AREA && area.height >= MIN_AREA && canvas.areas.len() < MAX_AREAS;
        if response.drag_stopped() && is_meant {
            canvas.areas.push(area);
        }
    }
    if response.drag_stopped() {
        canvas.begun = None;
    }
}

/// The area between two points of the screen, in pixels of the picture.
fn between(one: Pos2, other: Pos2, place: Rect, scale: f32) -> Area {
    let drawn = Rect::from_two_pos(one, other).intersect(place);
    let first = (drawn.min - place.min) / scale;
    let last = (drawn.max - place.min) / scale;
    let (left, top) = (whole(first.x.floor()), whole(first.y.floor()));
    let size = |from: usize, to: f32| whole(to.ceil()).saturating_sub(from);
    Area { left, top, width: size(left, last.x), height: size(top, last.y) }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a picture")]
fn whole(place: f32) -> usize {
    place.max(0.0) as usize
}

/// The same by numbers, for whoever has no mouse, or wants it exactly.
fn areas_ui(ui: &mut Ui, canvas: &mut Canvas, words: &Words) -> Option<PictureClick> {
    let mut click = None;
    let (width, height) = (canvas.pixels.width, canvas.pixels.height);
    for (at, area) in canvas.areas.iter_mut().enumerate() {
        let number = at + 1;
        ui.push_id(("area", at), |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(words.with("picture-area", &[("number", number.into())]));
                let (max_left, max_top) = (width - 1, height - 1);
                for (value, max, key) in [
                    (&mut area.left, max_left, "picture-left"),
                    (&mut area.top, max_top, "picture-top"),
                    (&mut area.width, width, "picture-width"),
                    (&mut area.height, height, "picture-height"),
                ] {
                    let name = words.text(key);
                    ui.label(&name);
                    // A pixel for each press of an arrow key.
                    let digits = DragValue::new(value).speed(1.0).range(0..=max);
                    let field = ui.add(digits.update_while_editing(false));
                    let label = words.with("picture-area", &[("number", number.into())]);
                    ui.ctx()
                        .accesskit_node_builder(field.id, |node| node.set_label(format!("{label} {name}")));
                }
                let label = words.with("picture-uncover-label", &[("number", number.into())]);
                if named_button_ui(ui, &words.text("attach-undo"), &label).clicked() {
                    click = Some(PictureClick::Uncover(at));
                }
            });
        });
        *area = area.within(width, height);
    }
    if is_narrow_button(ui, canvas.areas.len() < MAX_AREAS, &words.text("picture-cover")) {
        click = Some(PictureClick::Cover);
    }
    click
}
