//! Boxes that consoles draw around what they show, one in another: `│ │ 'secret': │ │`.

use super::{MAX_PART, Read, hide_in, line_end};
use crate::redact::find::Span;
use crate::redact::gate::Anchor;
use crate::redact::view::View;

/// The bars of a box, each of three bytes.
const BARS: [&str; 3] = ["\u{2502}", "\u{2503}", "\u{2551}"];
const BAR: usize = 3;

/// Reads the lines between the bars from the first one on.
pub(super) fn find(text: &[u8], anchor: Anchor, read: Read<'_>, out: &mut Vec<Span>) -> usize {
    let near = anchor.start.saturating_sub(256);
    let line = memchr::memrchr(b'\n', &text[near..anchor.start]).map_or(near, |at| near + at + 1);
    let (mut at, mut view) = (line, View::with_capacity(1_024));
    let mut count = 0;
    while at < text.len() && at - line < MAX_PART {
        let end = line_end(text, at);
        let Some((from, to)) = between_bars(&text[at..end]) else { break };
        view.push_range(text, at + from, at + to);
        view.push(b'\n', end, end);
        (at, count) = (end + 1, count + 1);
    }
    // One line alone is taken apart by nothing.
    if count > 1 {
        hide_in(&view, read, out);
    }
    at.max(anchor.end)
}

/// What a line has between its bars; nothing when it does not begin with one.
fn between_bars(line: &[u8]) -> Option<(usize, usize)> {
    let is_bar = |bytes: Option<&[u8]>| BARS.iter().any(|bar| Some(bar.as_bytes()) == bytes);
    let (mut from, mut to) = (0, line.trim_ascii_end().len());
    loop {
        let spaces = line[from..to].iter().take_while(|byte| **byte == b' ').count();
        if !is_bar(line[..to].get(from + spaces..from + spaces + BAR)) {
            break;
        }
        from += spaces + BAR;
    }
    if from == 0 {
        return None;
    }
    while to >= from + BAR && is_bar(line.get(to - BAR..to)) {
        to = from + line[from..to - BAR].trim_ascii_end().len();
    }
    Some((from, to))
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{hides, keeps};

    #[test]
    fn a_value_below_its_name_goes_and_the_box_stays() {
        let value = "EA2I6MxAHZEde1mrt7S9SLKVE1osrrGSjDH9A98EkmGs9XnJeC8hQy9ON6y85Qb6";
        let before = "╭─ locals ─╮\n│ │ config = {      │ │\n│ │         │   'secret':   │ │\n│ │         '";
        hides("api-secret", before, &value[..40], "', │ │\n│ │ name = 'binance' │ │\n╰─╯\n");
    }

    #[test]
    fn a_table_in_a_box_stays() {
        keeps("│ pair     │ side │ amount │\n│ BTC/USDT │ buy  │ 0.0125 │\n│ ETH/USDT │ sell │ 1.5000 │\n");
    }
}
