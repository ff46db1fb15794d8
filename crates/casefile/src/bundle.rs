//! One sealed file: what the user previews is what is sent is what is received.
//!
//! A bundle is a zip whose layout is specified in `docs/format.md`. [`Bundle::open`] reads one from anywhere
//! and believes nothing that it says.

mod check;
mod layout;
mod manifest;
mod name;
mod open;
mod pack;
mod pages;
mod plan;
mod revise;
mod seal;
mod study;
mod write;

pub use self::manifest::{Budget, Entry, FORMAT, Kind, Manifest, Note, Status, Window};
pub use self::name::MAX_NAME_BYTES;
pub(crate) use self::open::Seen;
pub use self::open::{Bundle, Limits, OpenError};
pub use self::pack::Effort;
pub use self::pages::{Line, Pages};
pub(crate) use self::revise::{Revision, revise};
pub use self::seal::SealError;
pub(crate) use self::seal::{Contents, seal};
pub(crate) use self::study::{FINDINGS, Look, Study};
