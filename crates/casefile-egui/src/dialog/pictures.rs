//! Pictures on their way into the report: of the window, and from files.

use std::path::{Path, PathBuf};

use casefile::picture::MAX_PICTURES;
use egui::Context;

use super::{Dialog, POLL_EVERY};
use crate::aside::Aside;
use crate::aside::picture::{Editor, Outcome, PictureClick};
use crate::shot::Look;
use crate::stage::Stage;

impl Dialog {
    /// Takes the picture that was asked for. Whether the dialog must not be drawn in this frame.
    pub(super) fn is_hidden(&mut self, ctx: &Context) -> bool {
        let at = ctx.input(|input| input.time);
        let editor = match self.shot.look(ctx, at) {
            Look::Nothing => return false,
            Look::Hide => {
                // Work goes on, and patience ends.
                self.poll();
                ctx.request_repaint_after(POLL_EVERY);
                return true;
            }
            Look::Taken(image) => Editor::of_window(image),
            Look::Impossible => Editor::failed(self.facts.words.text("picture-no-window")),
        };
        self.aside = Some(Aside::Picture(Box::new(editor)));
        false
    }

    pub(super) fn take_picture(&mut self, ctx: &Context) {
        let can = self.has_window && matches!(&self.stage, Stage::Review(review) if review.open.is_none());
        if can && self.has_room_for_pictures() {
            self.shot.ask(ctx);
        }
    }

    /// Adds files; a picture is looked at first.
    pub(super) fn attach(&mut self, paths: Vec<PathBuf>) {
        let attachments = match &mut self.stage {
            Stage::Describe => &mut self.wishes.attachments,
            Stage::Review(review) if review.open.is_none() => &mut review.wishes.attachments,
            _ => return,
        };
        let (pictures, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| is_picture(path));
        attachments.extend(files);
        self.unseen.extend(pictures);
        self.show_unseen();
    }

    /// Shows the next picture that nobody has looked at.
    fn show_unseen(&mut self) {
        if self.aside.is_none() && self.has_room_for_pictures() {
            let next = self.unseen.pop_front().map(|path| Aside::Picture(Box::new(Editor::read(path))));
            self.aside = next;
        }
    }

    pub(super) fn poll_picture(&mut self) {
        let can_begin = match &self.stage {
            Stage::Describe => true,
            Stage::Review(review) => review.open.is_none(),
            _ => false,
        };
        if can_begin {
            self.show_unseen();
        }
        let Some(Aside::Picture(editor)) = &mut self.aside else { return };
        let Outcome::Done(picture) = editor.poll(&self.facts.words) else { return };
        self.aside = None;
        match &mut self.stage {
            Stage::Describe => self.wishes.pictures.push(picture),
            Stage::Review(review) => review.wishes.pictures.push(picture),
            _ => {}
        }
    }

    pub(super) fn click_picture(&mut self, click: PictureClick) {
        let Some(Aside::Picture(editor)) = &mut self.aside else { return };
        match click {
            PictureClick::Leave => self.aside = None,
            click => editor.click(click),
        }
    }

    /// Takes a picture back.
    pub(super) fn drop_picture(&mut self, at: usize) {
        let pictures = match &mut self.stage {
            Stage::Describe => &mut self.wishes.pictures,
            Stage::Review(review) if review.open.is_none() => &mut review.wishes.pictures,
            _ => return,
        };
        if at < pictures.len() {
            pictures.remove(at);
        }
    }

    fn has_room_for_pictures(&self) -> bool {
        let wishes = match &self.stage {
            Stage::Review(review) => &review.wishes,
            _ => &self.wishes,
        };
        wishes.pictures.len() < MAX_PICTURES
    }
}

fn is_picture(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    ["png", "jpg", "jpeg"].iter().any(|picture| ending.eq_ignore_ascii_case(picture))
}
