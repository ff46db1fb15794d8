//! How letters follow each other in words, in what somebody made up, and in dates.

/// Words joined as programs name things: `KeyLevelLookback`, `WalletSyncInterval`.
pub(in crate::redact) fn is_joined_words(value: &[u8]) -> bool {
    let is_word = |word: &[u8]| {
        word.len() >= 3
            && word[1..].iter().all(u8::is_ascii_lowercase)
            && word.iter().any(|byte| b"aeiouyAEIOUY".contains(byte))
    };
    let mut start = 0;
    let ends = (1..value.len()).filter(|at| value[*at].is_ascii_uppercase()).chain([value.len()]);
    value.iter().all(u8::is_ascii_alphabetic)
        && ends.into_iter().all(|end| {
            let word = &value[start..end];
            start = end;
            is_word(word)
        })
}

/// `2026-11-24`, `24.11.2026`, `24-Nov-2026`, with anything behind it.
pub(in crate::redact) fn begins_with_date(text: &[u8]) -> bool {
    let is_mark = |byte: u8| matches!(byte, b'-' | b'/' | b'.');
    // Most lines and words begin otherwise.
    if !text.first().is_some_and(u8::is_ascii_digit)
        || ![2, 4].into_iter().any(|at| text.get(at).is_some_and(|byte| is_mark(*byte)))
    {
        return false;
    }
    let groups = |lengths: [usize; 3]| {
        let width = lengths.iter().sum::<usize>() + 2;
        let (first, last) = (lengths[0], lengths[0] + 1 + lengths[1]);
        text.len() >= width
            && is_mark(text[first])
            && text[first] == text[last]
            && text[..width].iter().enumerate().all(|(at, byte)| {
                at == first
                    || at == last
                    || byte.is_ascii_digit()
                    || lengths[1] == 3 && (first..last).contains(&at) && byte.is_ascii_alphabetic()
            })
            && text.get(width).is_none_or(|next| !next.is_ascii_alphanumeric() || matches!(next, b'T' | b't'))
    };
    if is_mark(text[2]) { groups([2, 2, 4]) || groups([2, 3, 4]) } else { groups([4, 2, 2]) }
}

/// `clientOrderId`: words of letters, each of which begins with a capital; one may be short, `Id`, and the others can be said.
pub(in crate::redact) fn are_words_in_camel_case(value: &[u8]) -> bool {
    let (mut start, mut short) = (0, 0);
    // Several capitals are one word: `userFromJSONObject`.
    let begins = |at: &usize| {
        value[*at].is_ascii_uppercase()
            && !(value[at - 1].is_ascii_uppercase() && value.get(at + 1).is_none_or(u8::is_ascii_uppercase))
    };
    let ends = (1..value.len()).filter(begins).chain([value.len()]);
    value.iter().all(u8::is_ascii_alphabetic)
        && ends.into_iter().all(|end| {
            let word = &value[start..end];
            start = end;
            short += usize::from(word.len() < 3);
            short <= 1
                && (word.len() < 3
                    || word.iter().all(u8::is_ascii_uppercase)
                    || word.iter().any(|byte| b"aeiouyAEIOUY".contains(byte)))
        })
}

/// Letters in both cases as no words have them: `QqNhvycFhbNuQw`.
pub(in crate::redact) fn is_jumbled(value: &[u8]) -> bool {
    let is_hump = |pair: &&[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
    (10..=40).contains(&value.len())
        && value.iter().all(u8::is_ascii_alphabetic)
        && value.windows(2).filter(is_hump).count() >= 2
        && !are_words_in_camel_case(value)
}
