//! Asks the collectors one after another; none of them can make the report wait for ever, or fail it.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::patience::{Answers, Stopped, ask};
use super::{Collector, Found, Scope};

/// Why there is nothing to report about.
#[derive(Debug)]
pub(crate) enum Gathering {
    Cancelled,
    /// The system gives no thread.
    Threads(io::Error),
}

/// Everything that the collectors find, with their names. One that says nothing for `deadline` is given up: what waits for
/// a network drive that is gone is left behind with its thread, and a note says so.
pub(crate) fn gather(
    collectors: &[Arc<dyn Collector>],
    scope: &Scope,
    deadline: Duration,
) -> Result<Vec<(String, Found)>, Gathering> {
    let mut found = Vec::new();
    for collector in collectors {
        let name = collector.name().to_owned();
        let items = one(collector, scope, deadline)?;
        found.extend(items.into_iter().map(|item| (name.clone(), item)));
    }
    Ok(found)
}

fn one(collector: &Arc<dyn Collector>, scope: &Scope, deadline: Duration) -> Result<Vec<Found>, Gathering> {
    let note = |text: &str| Ok(vec![Found::Note(format!("{text}; nothing of it is here"))]);
    let (asked, its_scope) = (collector.clone(), scope.clone());
    let look = move |answers: &Answers<_>| _ = answers.give(asked.collect(&its_scope));
    let mut found = Vec::new();
    match ask(&scope.progress, deadline, look, |items| found = items) {
        Ok(()) => Ok(found),
        Err(Stopped::Late) => note("it took too long to look"),
        Err(Stopped::Defective) => note("looking failed: a defect, please report it"),
        Err(Stopped::Cancelled) => Err(Gathering::Cancelled),
        Err(Stopped::Threads(error)) => Err(Gathering::Threads(error)),
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::collect::{Folder, section};
    use crate::progress::Progress;

    /// Looks for as many pieces as it has, each for so long.
    struct Slow(u32, Duration);

    impl Collector for Slow {
        fn name(&self) -> &'static str {
            "slow"
        }

        fn collect(&self, scope: &Scope) -> Vec<Found> {
            for _ in 0..self.0 {
                thread::sleep(self.1);
                if scope.progress.checkpoint().is_err() {
                    break;
                }
            }
            vec![Found::Note("all of it".to_owned())]
        }
    }

    struct Broken;

    impl Collector for Broken {
        fn name(&self) -> &'static str {
            "broken"
        }

        fn collect(&self, _scope: &Scope) -> Vec<Found> {
            panic!("a defect of the host")
        }
    }

    fn told(collectors: &[Arc<dyn Collector>], deadline: Duration) -> Vec<(String, String)> {
        let found = gather(collectors, &Scope::default(), deadline).unwrap();
        let text = |found| match found {
            Found::Note(text) => text,
            Found::Section(section) => section.name().to_owned(),
            Found::LeftOut { reason, .. } => reason,
        };
        found.into_iter().map(|(name, found)| (name, text(found))).collect()
    }

    #[test]
    fn one_that_hangs_and_one_that_fails_cost_only_what_they_have() {
        let hangs = Slow(1, Duration::from_hours(1));
        let text = section(Folder::Monitoring, "orders.json", || "[]".to_owned());
        let hung = told(&[Arc::new(hangs)], Duration::from_millis(200));
        // Telling of a panic may take a while on a machine under load.
        let rest = told(&[Arc::new(Broken), Arc::new(text)], Duration::from_mins(1));
        assert_eq!(rest.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["broken", "orders.json"]);
        assert!(hung[0].1.contains("too long") && rest[0].1.contains("defect"), "{hung:?} {rest:?}");
    }

    #[test]
    fn one_that_says_it_is_alive_may_take_longer() {
        let patient = Slow(40, Duration::from_millis(50));
        assert_eq!(told(&[Arc::new(patient)], Duration::from_millis(1_500))[0].1, "all of it");
    }

    #[test]
    fn cancelling_does_not_wait_for_anybody() {
        let progress = Progress::new();
        progress.cancel();
        let scope = Scope { progress, ..Scope::default() };
        let hangs: Arc<dyn Collector> = Arc::new(Slow(1, Duration::from_hours(1)));
        let gathered = gather(&[hangs], &scope, Duration::from_hours(1));
        assert!(matches!(gathered, Err(Gathering::Cancelled)));
    }
}
