//! One entry of the bundle as its reader will see it, the stand-ins marked.

use egui::text::{LayoutJob, TextFormat};
use egui::{Label, TextStyle, Ui};

use crate::action::Action;
use crate::aside::picture::size_of;
use crate::facts::Facts;
use crate::page::Page;
use crate::screen::{Part, Screen, error_ui, is_button, is_main_button, screen_ui};
use crate::stage::{OpenEntry, Reading};
use crate::words::Words;

pub(crate) fn entry_ui(ui: &mut Ui, open: &OpenEntry, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    // A scroll area of its own for each page: the next one begins at its top.
    let name = format!("entry-{}", open.starts.len());
    let range = range_of(open, words);
    let body = |ui: &mut Ui| {
        if !range.is_empty() {
            ui.label(&range);
            ui.add_space(4.0);
        }
        match &open.page {
            Reading::Reads { .. } | Reading::Unpacks(_) => _ = ui.label(words.text("entry-reading")),
            Reading::Failed(why) => error_ui(ui, why),
            Reading::Picture(shown) => {
                let values = [("name", open.name.as_str().into()), ("size", size_of(shown.size()).into())];
                shown.ui(ui, &words.with("entry-picture-label", &values), egui::Sense::hover());
                ui.add_space(4.0);
                ui.label(words.text("entry-picture"));
            }
            Reading::Shows(page) if page.text.is_empty() => _ = ui.label(words.text("entry-empty")),
            Reading::Shows(page) => _ = ui.add(Label::new(job(ui, page)).wrap()),
        }
        None
    };
    let line = if open.is_last_hidden { words.text("entry-last-hidden") } else { String::new() };
    let screen = Screen { line: &line, ..Screen::new(&name, &open.name, Part::Review) };
    screen_ui(ui, &screen, facts, body, |ui| {
        let mut action = None;
        if is_main_button(ui, true, &words.text("entry-close")) {
            action = Some(Action::CloseEntry);
        }
        if let Reading::Shows(page) = &open.page {
            if page.has_more && is_button(ui, &words.text("next-page")) {
                action = Some(Action::NextPage);
            }
            if open.starts.len() > 1 && is_button(ui, &words.text("previous")) {
                action = Some(Action::PreviousPage);
            }
            if page.has_more && !open.is_last_hidden && is_button(ui, &words.text("next-hidden")) {
                action = Some(Action::NextHidden);
            }
        }
        action
    })
}

/// Which part of a long entry is shown.
fn range_of(open: &OpenEntry, words: &Words) -> String {
    match &open.page {
        Reading::Shows(page) if page.has_more || open.starts.len() > 1 => {
            let (from, to) = (words.size(page.bytes.start), words.size(page.bytes.end));
            words.with("entry-range", &[("from", from.into()), ("to", to.into())])
        }
        _ => String::new(),
    }
}

/// The text in the colours of the host; what stands for something hidden is marked.
fn job(ui: &Ui, page: &Page) -> LayoutJob {
    let font = TextStyle::Monospace.resolve(ui.style());
    let plain = TextFormat::simple(font.clone(), ui.visuals().text_color());
    let marked = TextFormat {
        background: ui.visuals().selection.bg_fill,
        ..TextFormat::simple(font, ui.visuals().selection.stroke.color)
    };
    let mut job = LayoutJob::default();
    let mut end = 0;
    for range in &page.stand_ins {
        job.append(&page.text[end..range.start], 0.0, plain.clone());
        job.append(&page.text[range.clone()], 0.0, marked.clone());
        end = range.end;
    }
    job.append(&page.text[end..], 0.0, plain);
    job
}
