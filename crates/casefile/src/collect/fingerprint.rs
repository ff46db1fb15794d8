//! The hardware fingerprint: one keyed digest per component, never a serial number.
//!
//! Two fingerprints of one product can be compared component by component ("the board changed since the
//! activation"); those of two products cannot, because each is keyed by its product's id.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use sysinfo::{CpuRefreshKind, Disks, Motherboard, Networks, Product, RefreshKind, System};

/// Keyed digests of the components of a machine: 32 lower-case hexadecimal digits each.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The product whose id keys the digests.
    pub app_id: String,
    /// Digest by component: `board`, `cpu`, `disk`, `machine`, `network`; a component that could not be read
    /// is absent.
    pub components: BTreeMap<String, String>,
    /// Digest of all components together.
    pub all: String,
}

impl Fingerprint {
    /// The components that differ from `other`: changed, new or gone.
    pub fn changed_since<'a>(&'a self, other: &'a Self) -> Vec<&'a str> {
        let names: std::collections::BTreeSet<_> =
            self.components.keys().chain(other.components.keys()).collect();
        names
            .into_iter()
            .filter(|name| self.components.get(*name) != other.components.get(*name))
            .map(String::as_str)
            .collect()
    }
}

/// Reads the machine's components; takes about a millisecond. What cannot be read is told in the notes.
pub fn fingerprint(app_id: &str) -> (Fingerprint, Vec<String>) {
    let mut notes = Vec::new();
    let mut raw: BTreeMap<&str, String> = BTreeMap::new();
    match machine_uid::get() {
        Ok(id) => _ = raw.insert("machine", id),
        Err(_) => notes.push("the machine id could not be read".to_owned()),
    }
    raw.insert("cpu", cpu());
    raw.insert("board", board());
    raw.insert("disk", disk());
    raw.insert("network", network());
    raw.retain(|name, value| {
        let known = !value.trim_matches([' ', '|']).is_empty();
        if !known {
            notes.push(format!("the {name} could not be identified"));
        }
        known
    });
    (digest(app_id, &raw), notes)
}

fn digest(app_id: &str, raw: &BTreeMap<&str, String>) -> Fingerprint {
    let keyed = |name: &str, value: &str| {
        let mac = Hmac::<Sha256>::new_from_slice(app_id.as_bytes()).expect("HMAC takes keys of any length");
        let mac = mac
            .chain_update("casefile fingerprint 1\0")
            .chain_update(name)
            .chain_update("\0")
            .chain_update(value);
        HEXLOWER.encode(&mac.finalize().into_bytes()[..16])
    };
    let components: BTreeMap<_, _> =
        raw.iter().map(|(name, value)| ((*name).to_owned(), keyed(name, value))).collect();
    let list: Vec<_> = components.iter().map(|(name, value)| format!("{name}={value}")).collect();
    Fingerprint { app_id: app_id.to_owned(), all: keyed("all", &list.join("\n")), components }
}

fn cpu() -> String {
    let refresh = RefreshKind::nothing().with_cpu(CpuRefreshKind::nothing());
    let Ok(system) = System::new_with_specifics(refresh) else { return String::new() };
    let brand = system.cpus().first().map(|cpu| cpu.brand().trim().to_owned()).unwrap_or_default();
    if brand.is_empty() { brand } else { format!("{brand}|{}", system.cpus().len()) }
}

fn board() -> String {
    let board = Motherboard::new().ok();
    let of_board = [
        board.as_ref().and_then(Motherboard::vendor_name),
        board.as_ref().and_then(Motherboard::name),
        board.as_ref().and_then(Motherboard::serial_number),
        Product::uuid().ok(),
    ];
    of_board.map(Option::unwrap_or_default).join("|")
}

/// The system disk, by what stays the same when it fills up.
fn disk() -> String {
    let Ok(disks) = Disks::new_with_refreshed_list() else { return String::new() };
    let root = disks.iter().filter(|disk| !disk.is_removable()).max_by_key(|disk| disk.total_space());
    root.map(|disk| format!("{}|{}", disk.name().to_string_lossy(), disk.total_space())).unwrap_or_default()
}

/// The hardware addresses of the adapters, without those that containers and tunnels make up.
fn network() -> String {
    let Ok(networks) = Networks::new_with_refreshed_list() else { return String::new() };
    let addresses: std::collections::BTreeSet<_> = networks
        .values()
        .map(|network| network.mac_address().0)
        .filter(|address| *address != [0; 6] && address[0] & 0b10 == 0)
        .map(|address| HEXLOWER.encode(&address))
        .collect();
    addresses.into_iter().collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(app: &str, board: &str) -> Fingerprint {
        digest(app, &BTreeMap::from([("board", board.to_owned()), ("machine", "m".to_owned())]))
    }

    #[test]
    fn one_changed_component_is_named_and_changes_the_whole() {
        let (old, new) = (of("app", "board 1"), of("app", "board 2"));
        assert_eq!(new.changed_since(&old), ["board"]);
        assert_ne!(new.all, old.all);
        assert_eq!(old.changed_since(&old), [""; 0]);
    }

    #[test]
    fn two_products_cannot_be_correlated() {
        let (one, two) = (of("one", "b"), of("two", "b"));
        assert_eq!(one.changed_since(&two), ["board", "machine"]);
    }

    #[test]
    fn this_machine_has_the_same_fingerprint_twice_and_shows_no_raw_id() {
        let (first, _) = fingerprint("app");
        assert_eq!(first, fingerprint("app").0);
        if let Ok(id) = machine_uid::get() {
            assert!(!serde_json::to_string(&first).unwrap().contains(&id));
        }
    }
}
