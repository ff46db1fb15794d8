//! Rules of the house that a machine can keep.

mod dependencies;
mod documents;
mod layout;
mod manual;
