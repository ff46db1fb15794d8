//! Removes every secret from what was collected, and keeps the evidence.
//!
//! [`Raw`] goes in, [`Clean`] text and [`Hits`] come out of a [`Redactor`]; nothing else in the crate can read
//! a `Raw`. What is looked for stands in one table, [`rules`]. A secret is found by its name (a key, a header,
//! a query parameter before it), by its shape (checked by its checksum where it has one), or because it is
//! one of the [`KnownValues`] of this machine.
//!
//! ```
//! use casefile::redact::{Redactor, StandInKey};
//!
//! let redactor = Redactor::builder().key(StandInKey::from_bytes(&[7; 32])).build();
//! let (clean, hits) = redactor.clean_text("order 4711 rejected, mail sent to anna@example.com");
//! assert!(clean.as_str().starts_with("order 4711 rejected, mail sent to <email:"));
//! assert_eq!(hits.total(), 1);
//! ```

mod amount;
mod assignment;
mod binary;
mod checks;
mod contracts;
mod find;
mod gate;
mod hits;
mod keys;
mod known;
mod layout;
mod lines;
mod lists;
mod packed;
mod phrase;
mod raw;
mod recheck;
mod redactor;
mod replace;
mod rules;
mod shapes;
mod sql;
mod stand_in;
mod stream;
mod table;
mod unpacked;
mod value;
mod view;
mod wide;
mod writer;

pub use self::hits::{Hits, Place, Residue};
pub use self::known::KnownValues;
pub(crate) use self::known::MAX_LEARN_BYTES;
pub use self::raw::{Clean, Raw};
pub use self::redactor::{CleanError, Cleaned, Form, Redactor, RedactorBuilder};
pub use self::rules::{RULES_VERSION, Rule, Severity, rules};
pub use self::stand_in::{StandIn, StandInKey, stand_ins};
pub use self::value::{Tier, Tiers};
pub use self::writer::RedactingWriter;

#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod customers;
#[cfg(test)]
mod fields;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod languages;
#[cfg(test)]
mod names;
#[cfg(test)]
mod notations;
#[cfg(test)]
mod platforms;
#[cfg(test)]
mod printed;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod received;
#[cfg(test)]
mod spared;
#[cfg(test)]
mod spelled;
#[cfg(test)]
mod spoken;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod unbroken;
#[cfg(test)]
mod unnamed;
#[cfg(test)]
mod unset;
