//! Silence, storms, and the moment that the person named.

use jiff::{SignedDuration, Timestamp};

use super::Item;

/// A shorter silence is never marked.
const MIN_GAP_MS: i64 = 60_000;
/// A silence is marked from so many times the usual distance between records on.
const GAP_FACTOR: i64 = 30;
/// Records from which the usual distance is known well enough.
const MIN_RECORDS: u64 = 20;
/// The span in which records are counted.
const SPAN_MS: i64 = 10_000;
/// Fewer records in a span are no storm.
const MIN_BURST: u64 = 50;
/// A storm has so many times the usual number of records.
const BURST_FACTOR: u64 = 10;
/// Spans from which the usual number is known well enough.
const MIN_SPANS: u64 = 6;

/// Watches the times of records that are in order.
pub(super) struct Marks {
    incident: Option<Timestamp>,
    last: Option<Timestamp>,
    records: u64,
    /// Usual distance between records, in 1/16 ms, as a moving mean.
    usual_distance: i64,
    span_begins: Option<Timestamp>,
    in_span: u64,
    spans: u64,
    /// Usual number of records in a span, in sixteenths, as a moving mean.
    usual_in_span: u64,
    storming: bool,
}

impl Marks {
    pub(super) fn new(incident: Option<Timestamp>) -> Self {
        Self {
            incident,
            last: None,
            records: 0,
            usual_distance: 0,
            span_begins: None,
            in_span: 0,
            spans: 0,
            usual_in_span: 0,
            storming: false,
        }
    }

    /// What is marked before the record of this time.
    pub(super) fn at(&mut self, at: Timestamp) -> Option<[Option<Item<'static>>; 3]> {
        let gap = self.gap(at);
        let burst = self.burst(at, gap.is_some());
        let incident = self.incident.take_if(|incident| *incident <= at).map(|at| Item::Incident { at });
        (gap.is_some() || burst.is_some() || incident.is_some()).then_some([gap, incident, burst])
    }

    fn gap(&mut self, at: Timestamp) -> Option<Item<'static>> {
        self.records += 1;
        let last = self.last.replace(at)?;
        let distance = at.as_millisecond() - last.as_millisecond();
        let unusual = distance >= MIN_GAP_MS && distance > self.usual_distance / 16 * GAP_FACTOR;
        if unusual && self.records > MIN_RECORDS {
            return Some(Item::Gap { from: last, to: at });
        }
        // A gap that is marked does not change what is usual.
        self.usual_distance += distance.min(1 << 40) - self.usual_distance / 16;
        None
    }

    fn burst(&mut self, at: Timestamp, after_gap: bool) -> Option<Item<'static>> {
        let begins = *self.span_begins.get_or_insert(at);
        let passed = at.duration_since(begins);
        if after_gap || passed >= SignedDuration::from_millis(SPAN_MS) {
            let empty = if after_gap { 0 } else { passed.as_millis() / i128::from(SPAN_MS) - 1 };
            self.close_span(self.in_span);
            for _ in 0..empty.min(64) {
                self.close_span(0);
            }
            (self.span_begins, self.in_span) = (Some(at), 0);
        }
        self.in_span += 1;
        let usual = self.usual_in_span / 16;
        let is_burst = self.spans >= MIN_SPANS && self.in_span >= MIN_BURST.max(usual * BURST_FACTOR);
        if !is_burst || self.storming {
            return None;
        }
        self.storming = true;
        Some(Item::Burst { at: self.span_begins?, records: self.in_span, usual })
    }

    fn close_span(&mut self, records: u64) {
        self.spans += 1;
        let usual = self.usual_in_span / 16;
        if self.storming && records < MIN_BURST.max(usual * BURST_FACTOR) / 2 {
            self.storming = false;
        }
        if !self.storming {
            self.usual_in_span = self.usual_in_span - self.usual_in_span / 16 + records;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(times_ms: &[i64]) -> Vec<String> {
        let mut marks = Marks::new(Some(Timestamp::from_millisecond(5_000).unwrap()));
        let mut found = Vec::new();
        for ms in times_ms {
            let items = marks.at(Timestamp::from_millisecond(*ms).unwrap());
            for item in items.into_iter().flatten().flatten() {
                found.push(match item {
                    Item::Gap { from, to } => {
                        format!("gap {} {}", from.as_millisecond(), to.as_millisecond())
                    }
                    Item::Burst { at, .. } => format!("burst {}", at.as_millisecond()),
                    _ => format!("incident before {ms}"),
                });
            }
        }
        found
    }

    #[test]
    fn an_even_log_has_no_marks_but_the_incident() {
        let times: Vec<i64> = (0..500).map(|step| step * 1_000).collect();
        assert_eq!(marked(&times), ["incident before 5000"]);
        let rare: Vec<i64> = (0..100).map(|step| step * 600_000).collect();
        assert_eq!(marked(&rare), ["incident before 600000"]);
    }

    #[test]
    fn a_silence_that_is_unusual_is_a_gap() {
        let times: Vec<i64> = (0..100).map(|step| step * 1_000).chain([400_000, 401_000]).collect();
        assert_eq!(marked(&times), ["incident before 5000", "gap 99000 400000"]);
    }

    #[test]
    fn a_storm_is_marked_once_and_again_when_it_comes_again() {
        let calm = |from: i64| (0..100).map(move |step| from + step * 1_000);
        let storm = |from: i64| (0..2_000).map(move |step| from + step * 10);
        let times: Vec<i64> =
            calm(0).chain(storm(100_000)).chain(calm(120_000)).chain(storm(220_000)).collect();
        let bursts: Vec<_> = marked(&times).into_iter().filter(|mark| mark.starts_with("burst")).collect();
        assert_eq!(bursts.len(), 2, "{bursts:?}");
    }
}
