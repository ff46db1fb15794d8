//! What somebody wrote new in an answer, without what was written before.

/// Above this line answers are written; the portal puts it into every mail that asks for one.
pub(crate) const LINE: &str = "--- casefile: odpowiedz powyżej tej linii / reply above this line ---";
/// What is left of that line whatever a mail program did to it.
const MARK: &str = "odpowiedz powyżej tej linii";

/// The new part of an answer; the whole, where nothing would be left.
pub(crate) fn fresh(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut end = lines.iter().position(|line| line.contains(MARK)).unwrap_or(lines.len());
    // From the end: quoted lines, blank ones, and the line that says whom they quote.
    let mut has_quote = end < lines.len();
    while end > 0 {
        let line = lines[end - 1].trim();
        if line.starts_with('>') {
            has_quote = true;
        } else if line.is_empty() {
        } else if has_quote && is_introduction(line) {
            end -= 1;
            // It may be broken over two lines: `On … Anna` / `<a@b.c> wrote:`.
            if end > 0 && is_half_introduction(lines[end - 1].trim()) {
                end -= 1;
            }
            has_quote = false;
            continue;
        } else {
            break;
        }
        end -= 1;
    }
    let fresh = lines[..end].join("\n").trim().to_owned();
    if fresh.is_empty() { text.trim().to_owned() } else { fresh }
}

/// `On Tue, 24 Nov 2026 … wrote:`, `W dniu … napisał(a):`, `wt., 24 lis 2026 o 10:00 … napisał(a):`, `-----Original Message-----`.
fn is_introduction(line: &str) -> bool {
    let line = line.to_lowercase();
    line.ends_with("wrote:")
        || line.ends_with("napisał(a):")
        || line.ends_with("napisał:")
        || line.ends_with("napisała:")
        || line.ends_with("pisze:")
        || (line.starts_with("---")
            && (line.contains("original message") || line.contains("oryginalna wiadomość")))
        || line == "________________________________"
}

fn is_half_introduction(line: &str) -> bool {
    let line = line.to_lowercase();
    (line.starts_with("on ") || line.starts_with("w dniu ") || line.starts_with("dnia "))
        && line.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_before_is_left_out() {
        let check = |text: &str, expected: &str| assert_eq!(fresh(text), expected, "{text}");
        check(
            "It works now.\n\nOn Tue, 24 Nov 2026 at 10:00, Support <s@v.example> wrote:\n> Try this.\n> \n",
            "It works now.",
        );
        check("Działa.\n\nW dniu 24.11.2026 o 10:00, Support\n<s@v.example> pisze:\n> x\n", "Działa.");
        check(&format!("Yes.\r\n\r\nOn Mon, S wrote:\n> {LINE}\n> Do you see it?"), "Yes.");
        check(&format!("Tak.\n{LINE}\nCzy widać?"), "Tak.");
        // An answer between the lines is kept with what it answers.
        check(
            "> Which version?\n2.4.1\n> Which exchange?\nBinance",
            "> Which version?\n2.4.1\n> Which exchange?\nBinance",
        );
        check("> only a quote", "> only a quote");
        check("He wrote:\nnothing at all", "He wrote:\nnothing at all");
        check("", "");
    }
}
