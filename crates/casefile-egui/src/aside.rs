//! Screens beside the way of a report: how else support can be reached, the reports of this machine, a picture that is added.

pub(crate) mod picture;
pub(crate) mod reports;
pub(crate) mod ways;

use self::picture::Editor;
use self::reports::Reports;
use self::ways::Way;

/// What is shown instead of the stage, which waits behind it.
pub(crate) enum Aside {
    Ways(Vec<Way>),
    Reports(Box<Reports>),
    Picture(Box<Editor>),
}
