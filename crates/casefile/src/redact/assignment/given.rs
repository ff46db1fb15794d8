//! Names that people are given: what stands under a plain `name` is a person's only if one of these begins or ends it.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::redact::value;

/// Common ones of Poland and of the languages around, in small letters without accents. Those that are words of a market or
/// of a program too are left out: Max, Mark, Grace, Will.
const GIVEN: &str = "\
    adam adrian agata agnieszka albert aldona aleksander aleksandra alexander alfred alice alicja alina amanda amelia amy \
    andrea andreas andrew andrzej aneta angela angelika ann anna anne anthony antoni antonina arkadiusz arthur artur ashley \
    barbara bartlomiej bartosz beata benjamin bernd betty blazej bogdan bogumila boguslaw boleslaw bozena brandon brenda \
    brian bruno carl carlos carol carolyn catherine cecylia celina cezary charles christian christina christine christopher \
    claudia cynthia czeslaw dagmara damian daniel danuta daria dariusz david dawid deborah dennis diane dieter dmitry \
    dominik dominika donald donna dorota dorothy douglas edward edyta eleonora elizabeth elzbieta emil emilia emily emma eric eryk \
    ethan eugene eugeniusz evelyn ewa ewelina fabian feliks filip frances franciszek francois frank fryderyk gabriel \
    gabriela genowefa george gerald gloria grazyna gregory grzegorz gustaw halina hanna hannah hans harold heather heinz helen helena \
    henry henryk honorata hubert iga ignacy igor ilona ireneusz irena iwona izabela jacek jacob jacqueline jadwiga jagoda jakub james \
    jan janet janice janina janusz jaroslaw jason jean jeffrey jennifer jeremy jerzy jessica joachim joan joanna johann john \
    jolanta jonathan jose joseph joshua joyce jozef juan judith judyta julia julian julie juliusz justin justyna jurgen kacper kajetan kamil \
    kamila karen karol karolina katarzyna katherine kathleen kathryn kazimierz kelly kenneth kevin kimberly kinga klaudia \
    klaus konrad kornel kornelia krystian krystyna krzysztof ksawery kyle larry laura lauren lawrence lena leszek lidia \
    liliana linda lisa louis lucjan lucyna ludwik lukas lukasz maciej magdalena maksymilian malgorzata malwina manfred marcel marcin \
    marek margaret maria marian marianna marie mariola mariusz marlena marta martha martin martyna mary marzena mateusz matthew \
    matthias matylda megan melissa michael michal michalina michelle mieczyslaw mikolaj milena milosz miroslaw monika nadia \
    nancy natalia nathan nicholas nicole nikodem nina noah norbert olga olivia oliwia oliwier oskar pablo pamela patricia patrick \
    patrycja patryk paul paulina pawel pedro peter petra philip pierre piotr przemyslaw rachel radoslaw rafal ralph raymond rebecca \
    regina remigiusz renata richard robert roger roksana ronald russell ruth ryan ryszard sabina sabine samantha samuel sandra sara \
    sarah sean sebastian sergey seweryn sharon shirley slawomir sophia stanislaw stanislawa stefan stefania stephanie stephen steven \
    susan sylwia szymon tadeusz teresa thomas timothy tomasz tyler tymon tymoteusz urszula ursula uwe vincent virginia waclaw waldemar \
    walter wanda weronika werner wieslaw wieslawa wiktor wiktoria william wioletta witold wladyslaw wlodzimierz wojciech wolfgang \
    alan alastair angus annabel antek arlene astrid beatrice bernadette bohdan bronislaw bruce callum cecilia clara colin craig \
    cyprian desmond dorian duncan dylan edmund eileen eleanor ellen erica esther felicia fiona gareth geoffrey gertruda gilbert \
    giles gina glenn gordon graham greta gretchen harriet hazel hector herbert hieronim howard hugh imogen ingrid irene isabel \
    ivan jaroslawa joel keith kieran kirsten krystyn lars leonard leopold leslie lesley linus lorraine louise lucas lucy lydia \
    malcolm marcus margot martyn maureen maxime miguel miranda mirela mohammed nadine naomi nathaniel nigel norman oksana oliver \
    olivier owen phoebe phyllis piers quentin rajesh ramona randall rhys roland rosalind rosemary roxana rupert russel sabrina \
    sheila siobhan stuart sven sybil tamara theodore theresa tobias trevor ulrich valerie vanessa veronica victor victoria \
    vincenzo vivian wendy wilfred winifred xavier yvonne zdenek zoe \
    zachary zbigniew zdzislaw zenon zofia zuzanna zygmunt";

/// What follows the name of its inventor: `Adam Optimizer`, `Martin Ratio`.
const OTHERS: [&str; 14] = [
    "optimizer",
    "ratio",
    "index",
    "strategy",
    "bot",
    "cross",
    "line",
    "band",
    "bands",
    "channel",
    "model",
    "mode",
    "street",
    "capital",
];

static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| GIVEN.split_ascii_whitespace().collect());

/// Whether it is the name of a person, of two words or three: `Anna Kowalska`, `NOWAK JAN`.
pub(super) fn is_person(value: &[u8]) -> bool {
    let words: Vec<&[u8]> = value.split(|byte| *byte == b' ').collect();
    let is_word = |word: &&[u8]| {
        let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'\'' | 0x80..);
        word.len() >= 2 && word.iter().all(is_letter) && (word[0].is_ascii_uppercase() || word[0] >= 0x80)
    };
    let is_given = |word: &[u8]| {
        let plain: String = value::plain_words(word).next().unwrap_or_default();
        NAMES.contains(plain.as_str())
    };
    let is_of_trade = |word: &&[u8]| OTHERS.iter().any(|other| word.eq_ignore_ascii_case(other.as_bytes()));
    (2..=3).contains(&words.len())
        && value.len() <= 48
        && words.iter().all(is_word)
        && !words.iter().any(is_of_trade)
        && [words[0], words[words.len() - 1]].into_iter().any(is_given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_a_given_name_and_another() {
        for name in
            ["Anna Kowalska", "NOWAK JAN", "Łukasz Żak-Nowicki", "Zenon Jan Kowalczyk", "Małgorzata Król"]
        {
            assert!(is_person(name.as_bytes()), "{name}");
        }
        for name in [
            "Anna",
            "Max Drawdown",
            "Mark Price",
            "EMA Cross",
            "anna kowalska",
            "BTC USDT",
            "Anna 12",
            "Adam Optimizer",
            "Demo Account",
        ] {
            assert!(!is_person(name.as_bytes()), "{name}");
        }
    }
}
