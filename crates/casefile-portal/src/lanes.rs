//! Who may come how often: no address and no licence takes the portal for itself, and those without a licence share a
//! lane of their own.
//!
//! What is too much is held, never lost: the client keeps its report and comes again when it is told to. The counts are in
//! memory; a restart begins them anew.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use casefile::report::ReportBody;
use jiff::Timestamp;

use crate::problem::Problem;

/// Reports of one address: an office behind one router has as many at once, and goes on with one a minute.
const ADDRESS_REPORTS: Rate = Rate { burst: 30, per_hour: 60 };
/// Of those, the ones without a licence.
const ADDRESS_UNLICENSED: Rate = Rate { burst: 6, per_hour: 12 };
/// Reports that name one licence. The portal does not know whether it is theirs, so it is no small number: a stranger who
/// knows the licence id could use it up.
const LICENSE_REPORTS: Rate = Rate { burst: 60, per_hour: 120 };
/// Reports without a licence, from everywhere.
const UNLICENSED_REPORTS: Rate = Rate { burst: 200, per_hour: 1_200 };
/// Bytes of new bundles from one address.
const ADDRESS_BYTES: Rate = Rate { burst: 8 << 30, per_hour: 2 << 30 };
/// Bytes of new bundles without a licence, from everywhere.
const UNLICENSED_BYTES: Rate = Rate { burst: 4 << 30, per_hour: 4 << 30 };
/// The largest bundle of a report without a licence.
pub(crate) const UNLICENSED_BUNDLE_BYTES: u64 = 128 << 20;
/// Above this many counts those that are full again are forgotten.
const MAX_COUNTS: usize = 50_000;

/// Where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caller {
    /// This machine itself. Not limited: who is here could write to the database as well.
    Here,
    At(IpAddr),
}

/// On which terms a report is received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lane {
    /// It names a licence, valid or not.
    Licensed(String),
    /// It names none; that the licence does not work may be the very reason to report.
    Unlicensed,
}

/// How much there may be at once, and how much more with each hour.
#[derive(Debug, Clone, Copy)]
struct Rate {
    burst: u64,
    per_hour: u64,
}

/// What is left of a [`Rate`].
#[derive(Debug, Clone, Copy)]
struct Count {
    left: f64,
    at: Timestamp,
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Address(IpAddr),
    AddressUnlicensed(IpAddr),
    AddressBytes(IpAddr),
    License(String),
    Unlicensed,
    UnlicensedBytes,
}

/// All counts.
#[derive(Debug, Default)]
pub(crate) struct Lanes(Mutex<HashMap<Key, Count>>);

impl Lane {
    pub(crate) fn of(body: &ReportBody) -> Self {
        let id = body.license.as_ref().and_then(|license| license.id.as_deref()).map(str::trim);
        id.filter(|id| !id.is_empty()).map_or(Self::Unlicensed, |id| Self::Licensed(id.to_owned()))
    }
}

impl Lanes {
    /// Counts a report that is new here, or says when to come again.
    pub(crate) fn admit_report(&self, caller: Caller, lane: &Lane, now: Timestamp) -> Result<(), Problem> {
        let Caller::At(address) = caller else { return Ok(()) };
        self.take(counts_of_report(address, lane), 1, now)
    }

    /// Takes back the count of a report that turned out to be no new one.
    pub(crate) fn give_back_report(&self, caller: Caller, lane: &Lane) {
        let Caller::At(address) = caller else { return };
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, rate, _) in counts_of_report(address, lane) {
            counts.entry(key).and_modify(|count| count.left = (count.left + 1.0).min(rate.full()));
        }
    }

    /// Counts a bundle that is new here, or says when to come again.
    pub(crate) fn admit_bundle(
        &self,
        caller: Caller,
        lane: &Lane,
        bytes: u64,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let Caller::At(address) = caller else { return Ok(()) };
        let mut wanted = vec![(Key::AddressBytes(network(address)), ADDRESS_BYTES, "address_limit")];
        if *lane == Lane::Unlicensed {
            wanted.push((Key::UnlicensedBytes, UNLICENSED_BYTES, "unlicensed_limit"));
        }
        self.take(wanted, bytes, now)
    }

    /// Takes this much of everything that is wanted, or nothing.
    fn take(
        &self,
        wanted: Vec<(Key, Rate, &'static str)>,
        amount: u64,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, rate, code) in &wanted {
            let left = counts.get(key).map_or(rate.full(), |count| rate.left(*count, now));
            let missing = amount as f64 - left;
            if missing > 0.0 {
                return Err(Problem::too_much(code, rate.seconds_for(missing)));
            }
        }
        for (key, rate, _) in wanted {
            let count = counts.entry(key).or_insert(Count { left: rate.full(), at: now });
            *count = Count { left: rate.left(*count, now) - amount as f64, at: now };
        }
        if counts.len() > MAX_COUNTS {
            forget(&mut counts, now);
        }
        Ok(())
    }
}

impl Rate {
    fn full(self) -> f64 {
        self.burst as f64
    }

    /// A clock that was set back gives nothing and takes nothing.
    fn left(self, count: Count, now: Timestamp) -> f64 {
        let hours = now.duration_since(count.at).as_secs_f64().max(0.0) / 3600.0;
        (count.left + hours * self.per_hour as f64).min(self.full())
    }

    fn seconds_for(self, missing: f64) -> u64 {
        let seconds = (missing * 3600.0 / self.per_hour as f64).ceil();
        Duration::try_from_secs_f64(seconds).map_or(u64::MAX, |wait| wait.as_secs())
    }
}

/// What a report counts for.
fn counts_of_report(address: IpAddr, lane: &Lane) -> Vec<(Key, Rate, &'static str)> {
    let address = network(address);
    let mut counts = vec![(Key::Address(address), ADDRESS_REPORTS, "address_limit")];
    match lane {
        Lane::Licensed(id) => counts.push((Key::License(id.clone()), LICENSE_REPORTS, "license_limit")),
        Lane::Unlicensed => {
            counts.push((Key::AddressUnlicensed(address), ADDRESS_UNLICENSED, "address_limit"));
            counts.push((Key::Unlicensed, UNLICENSED_REPORTS, "unlicensed_limit"));
        }
    }
    counts
}

/// An owner of IPv6 addresses has a whole network of them.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address @ IpAddr::V4(_) => address,
    }
}

/// Makes room. Against a flood from that many addresses counting them does not help: the lane that they share does.
fn forget(counts: &mut HashMap<Key, Count>, now: Timestamp) {
    counts.retain(|key, count| {
        let rate = match key {
            Key::Unlicensed | Key::UnlicensedBytes => return true,
            Key::Address(_) => ADDRESS_REPORTS,
            Key::AddressUnlicensed(_) => ADDRESS_UNLICENSED,
            Key::AddressBytes(_) => ADDRESS_BYTES,
            Key::License(_) => LICENSE_REPORTS,
        };
        rate.left(*count, now) < rate.full()
    });
    if counts.len() > MAX_COUNTS {
        counts.retain(|key, _| matches!(key, Key::Unlicensed | Key::UnlicensedBytes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-24T{text}Z").parse().unwrap()
    }

    fn caller(address: &str) -> Caller {
        Caller::At(address.parse().unwrap())
    }

    fn licensed(id: &str) -> Lane {
        Lane::Licensed(id.to_owned())
    }

    /// Another address for each number.
    fn anyone(number: u64) -> Caller {
        let number = u32::try_from(number).unwrap();
        Caller::At(IpAddr::from((0x0a00_0000 + number).to_be_bytes()))
    }

    /// How many reports get in at once.
    fn admitted(lanes: &Lanes, caller: impl Fn(u64) -> Caller, lane: impl Fn(u64) -> Lane, now: &str) -> u64 {
        (0..10_000).take_while(|&n| lanes.admit_report(caller(n), &lane(n), at(now)).is_ok()).count() as u64
    }

    #[test]
    fn an_address_and_a_licence_have_their_limits() {
        let lanes = Lanes::default();
        let office = |_| caller("192.0.2.1");
        assert_eq!(admitted(&lanes, office, |n| licensed(&n.to_string()), "10:00:00"), 30);
        assert_eq!(admitted(&lanes, office, |n| licensed(&n.to_string()), "10:05:00"), 5);
        assert_eq!(admitted(&lanes, anyone, |_| licensed("LIC-1"), "10:05:00"), 60);
        assert_eq!(admitted(&lanes, anyone, |_| licensed("LIC-2"), "10:05:00"), 60);
        // The clock was set back: nothing is given for it, and nothing blocked.
        assert_eq!(admitted(&lanes, office, |_| licensed("LIC-3"), "04:00:00"), 0);
        assert_eq!(admitted(&lanes, office, |_| licensed("LIC-3"), "10:10:00"), 5);
    }

    #[test]
    fn those_without_a_licence_share_a_lane() {
        let lanes = Lanes::default();
        assert_eq!(admitted(&lanes, |_| caller("192.0.2.1"), |_| Lane::Unlicensed, "10:00:00"), 6);
        assert_eq!(admitted(&lanes, anyone, |_| Lane::Unlicensed, "10:00:00"), 194);
        let held = lanes.admit_report(caller("192.0.2.9"), &Lane::Unlicensed, at("10:00:00")).unwrap_err();
        assert_eq!((held.code, held.retry_after_seconds()), ("unlicensed_limit", Some(3)));
        assert!(lanes.admit_report(caller("192.0.2.9"), &licensed("LIC-1"), at("10:00:00")).is_ok());
    }

    #[test]
    fn a_report_that_is_repeated_costs_nothing() {
        let lanes = Lanes::default();
        let (office, lane, now) = (caller("192.0.2.1"), licensed("LIC-1"), at("10:00:00"));
        for _ in 0..1_000 {
            lanes.admit_report(office, &lane, now).unwrap();
            lanes.give_back_report(office, &lane);
        }
        lanes.give_back_report(caller("192.0.2.2"), &lane);
        assert_eq!(admitted(&lanes, |_| office, |n| licensed(&n.to_string()), "10:00:00"), 30);
    }

    #[test]
    fn what_is_not_admitted_costs_nothing() {
        let lanes = Lanes::default();
        for _ in 0..3 {
            assert!(
                lanes.admit_bundle(caller("192.0.2.1"), &Lane::Unlicensed, 5 << 30, at("10:00:00")).is_err()
            );
        }
        assert!(lanes.admit_bundle(caller("192.0.2.1"), &Lane::Unlicensed, 4 << 30, at("10:00:00")).is_ok());
        let held = lanes.admit_bundle(caller("192.0.2.2"), &Lane::Unlicensed, 1 << 30, at("10:00:00"));
        assert_eq!(held.unwrap_err().retry_after_seconds(), Some(900));
    }

    #[test]
    fn addresses_of_one_network_are_one_and_this_machine_is_not_limited() {
        let lanes = Lanes::default();
        let network = |n: u64| caller(&format!("2001:db8::{n:x}"));
        assert_eq!(admitted(&lanes, network, |n| licensed(&n.to_string()), "10:00:00"), 30);
        assert_eq!(admitted(&lanes, |_| caller("2001:db8:0:1::1"), |_| licensed("x"), "10:00:00"), 30);
        assert_eq!(admitted(&lanes, |_| caller("::ffff:192.0.2.1"), |_| licensed("y"), "10:00:00"), 30);
        assert_eq!(admitted(&lanes, |_| caller("192.0.2.1"), |_| licensed("z"), "10:00:00"), 0);
        assert_eq!(admitted(&lanes, |_| Caller::Here, |_| Lane::Unlicensed, "10:00:00"), 10_000);
    }

    #[test]
    fn a_flood_of_addresses_is_forgotten_and_the_shared_lane_is_not() {
        let mut counts: HashMap<_, _> = (0..=u32::try_from(MAX_COUNTS).unwrap())
            .map(|n| (Key::Address(IpAddr::from(n.to_be_bytes())), Count { left: 1.0, at: at("10:00:00") }))
            .collect();
        counts.insert(Key::Unlicensed, Count { left: 0.0, at: at("10:00:00") });
        let mut later = counts.clone();
        forget(&mut counts, at("10:00:01"));
        assert_eq!(counts.len(), 1);
        later.remove(&Key::Unlicensed);
        forget(&mut later, at("12:00:00"));
        assert!(later.is_empty(), "they are full again");
    }
}
