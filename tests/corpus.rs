//! A corpus of bots' logs, presets and configurations with planted secrets and with neighbours that have to survive, made from
//! a seed. It was written from the catalogue of kinds and from how bots log, not from the rules.

pub mod blocks;
mod build;
pub mod checked;
pub mod formats;
pub mod keeps;
pub mod kinds;
pub mod noise;
mod packing;
pub mod pattern;
mod people;
pub mod places;
pub mod record;
pub mod sheet;
pub mod sweeps;
pub mod wallets;

pub use self::build::{Size, corpus};
pub use self::packing::{Packing, open};

use self::formats::Form;
use self::sheet::{Kept, Planted, Secret};

/// One file.
pub struct File {
    /// Its path; a `secret` in it is in `Corpus::names`.
    pub name: String,
    /// As it lies on the disk.
    pub bytes: Vec<u8>,
    /// What it says.
    pub text: String,
    /// How its program reads it.
    pub form: Form,
    /// How `text` became `bytes`.
    pub packing: Packing,
    /// Secrets in it.
    pub planted: Vec<Planted>,
    /// What has to survive.
    pub kept: Vec<Kept>,
    /// Whether secrets are learned from it before anything is cleaned.
    pub teaches: bool,
}

/// The name of a file with something personal or secret in it.
pub struct Name {
    /// The path.
    pub path: String,
    /// What must not stay.
    pub secret: Secret,
    /// What has to.
    pub rest: String,
}

/// All of it.
pub struct Corpus {
    /// The files.
    pub files: Vec<File>,
    /// Names of files.
    pub names: Vec<Name>,
}
