//! Counts what the portal is asked and how long it takes. In memory: a restart begins anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper ends of the classes that times are counted in, in milliseconds.
const CLASSES_MS: [u64; 9] = [2, 5, 10, 25, 50, 100, 500, 2_500, 10_000];

/// All counts, by method, route and status. Routes are those of the program: there is a bounded number of them.
#[derive(Debug, Default)]
pub(crate) struct Meter(Mutex<BTreeMap<(String, String, u16), Series>>);

#[derive(Debug, Clone, Copy, Default)]
struct Series {
    count: u64,
    sum: Duration,
    classes: [u64; CLASSES_MS.len()],
}

impl Meter {
    /// Counts one answer.
    pub(crate) fn count(&self, method: &str, route: &str, status: u16, time: Duration) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let series = all.entry((route.to_owned(), method.to_owned(), status)).or_default();
        series.count += 1;
        series.sum += time;
        for (class, end) in series.classes.iter_mut().zip(CLASSES_MS) {
            *class += u64::from(time <= Duration::from_millis(end));
        }
    }

    /// The counts in the text format of Prometheus, version 0.0.4.
    pub(crate) fn text(&self) -> String {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut text = String::from("# TYPE casefile_requests_seconds histogram\n");
        for ((route, method, status), series) in &all {
            let labels = format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"");
            let name = "casefile_requests_seconds";
            for (class, end) in series.classes.iter().zip(CLASSES_MS) {
                let end = end as f64 / 1e3;
                let _ = writeln!(text, "{name}_bucket{{{labels},le=\"{end}\"}} {class}");
            }
            let _ = writeln!(text, "{name}_bucket{{{labels},le=\"+Inf\"}} {}", series.count);
            let _ = writeln!(text, "{name}_sum{{{labels}}} {}", series.sum.as_secs_f64());
            let _ = writeln!(text, "{name}_count{{{labels}}} {}", series.count);
        }
        text
    }
}

/// Adds one value to a text of metrics.
pub(crate) fn gauge(text: &mut String, name: &str, labels: &str, value: f64) {
    if !text.contains(&format!("# TYPE {name} ")) {
        let _ = writeln!(text, "# TYPE {name} gauge");
    }
    let labels = if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
    let _ = writeln!(text, "{name}{labels} {value}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_counted_in_its_class_and_in_all_above() {
        let meter = Meter::default();
        for ms in [1, 5, 30, 60_000] {
            meter.count("GET", "/x/{id}", 200, Duration::from_millis(ms));
        }
        let text = meter.text();
        let labels = "route=\"/x/{id}\",method=\"GET\",status=\"200\"";
        for (end, count) in [("0.002", 1), ("0.005", 2), ("0.05", 3), ("10", 3), ("+Inf", 4)] {
            let line = format!("casefile_requests_seconds_bucket{{{labels},le=\"{end}\"}} {count}\n");
            assert!(text.contains(&line), "{line}{text}");
        }
        assert!(text.contains(&format!("casefile_requests_seconds_count{{{labels}}} 4\n")), "{text}");
    }
}
