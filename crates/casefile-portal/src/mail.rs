//! What stands in mails, in and out. No I/O: [`incoming`] reads, [`machine`] tells people from programs, [`tag`] finds the
//! ticket, [`form`] reads the template, [`quote`] leaves out what was written before, [`wording`] writes.

pub(crate) mod form;
pub(crate) mod incoming;
pub(crate) mod machine;
pub(crate) mod quote;
pub(crate) mod tag;
pub(crate) mod wording;
