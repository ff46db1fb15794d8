//! Colours of the host that people can read: what is too pale on its background is moved towards black or white.

use egui::{Color32, Visuals};

/// The least contrast of text, by WCAG 2.2, success criterion 1.4.3.
const LEAST: f32 = 4.5;

/// Corrects the colours of texts where the host's are hard to read; all others stay as they are.
pub(crate) fn make_readable(visuals: &mut Visuals) {
    let (panel, chosen) = (visuals.panel_fill, visuals.selection.bg_fill);
    let weak = visuals.weak_text_color();
    visuals.weak_text_color = Some(readable(weak, panel));
    for color in [&mut visuals.error_fg_color, &mut visuals.warn_fg_color, &mut visuals.hyperlink_color] {
        *color = readable(*color, panel);
    }
    let text = &mut visuals.widgets.noninteractive.fg_stroke.color;
    *text = readable(*text, panel);
    visuals.selection.stroke.color = readable(visuals.selection.stroke.color, chosen);
    for widget in [
        &mut visuals.widgets.inactive,
        &mut visuals.widgets.hovered,
        &mut visuals.widgets.active,
        &mut visuals.widgets.open,
    ] {
        widget.fg_stroke.color = readable(widget.fg_stroke.color, widget.weak_bg_fill);
    }
}

/// The nearest colour on the way to black or white that can be read on a background.
fn readable(color: Color32, background: Color32) -> Color32 {
    // What shines through is the business of the host: there is no one background to compare with.
    if background.a() < u8::MAX {
        return color;
    }
    let mut color = background.blend(color);
    let goal =
        if ratio(Color32::WHITE, background) > ratio(Color32::BLACK, background) { u8::MAX } else { 0 };
    while ratio(color, background) < LEAST && color != Color32::from_gray(goal) {
        let step =
            |channel: u8| if goal == 0 { channel.saturating_sub(4) } else { channel.saturating_add(4) };
        color = Color32::from_rgb(step(color.r()), step(color.g()), step(color.b()));
    }
    color
}

/// The contrast of two colours, from 1 to 21.
fn ratio(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

fn luminance(color: Color32) -> f32 {
    let linear = egui::Rgba::from(color);
    0.2126 * linear.r() + 0.7152 * linear.g() + 0.0722 * linear.b()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_21_to_1() {
        assert!((ratio(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
        assert!((ratio(Color32::from_gray(0x77), Color32::WHITE) - 4.48).abs() < 0.01);
    }

    #[test]
    fn every_text_can_be_read_in_any_colours() {
        let mut odd = Visuals::dark();
        odd.panel_fill = Color32::from_rgb(90, 90, 100);
        odd.hyperlink_color = Color32::from_rgb(90, 90, 100);
        odd.selection.bg_fill = Color32::YELLOW;
        odd.selection.stroke.color = Color32::WHITE;
        for mut visuals in [Visuals::dark(), Visuals::light(), odd] {
            make_readable(&mut visuals);
            let panel = visuals.panel_fill;
            let pairs = [
                (visuals.text_color(), panel),
                (visuals.strong_text_color(), panel),
                (visuals.weak_text_color(), panel),
                (visuals.error_fg_color, panel),
                (visuals.warn_fg_color, panel),
                (visuals.hyperlink_color, panel),
                (visuals.selection.stroke.color, visuals.selection.bg_fill),
                (visuals.widgets.inactive.fg_stroke.color, visuals.widgets.inactive.weak_bg_fill),
                (visuals.widgets.inactive.fg_stroke.color, visuals.extreme_bg_color),
            ];
            for (at, (text, background)) in pairs.into_iter().enumerate() {
                let ratio = ratio(text, background);
                assert!(ratio >= LEAST, "pair {at} on {background:?} has {ratio}");
            }
        }
    }

    #[test]
    fn what_can_be_read_already_stays_as_the_host_wants_it() {
        let visuals = Visuals::dark();
        assert_eq!(readable(visuals.hyperlink_color, visuals.panel_fill), visuals.hyperlink_color);
    }
}
