//! Collects, redacts, bundles, keeps and submits a problem report from inside an application; reads and
//! checks bundles; holds the support plan.
//!
//! A host builds one [`Reporter`] and asks it when its user clicks *Report problem*. Beside it stand
//! [`Bundle`](bundle::Bundle), the sealed file that is previewed, sent and received, and
//! [`Plan`](plan::Plan), which says what a report promises.
//!
//! ```
//! use casefile::{Progress, Reporter};
//! use casefile::report::{Category, Priority, Request};
//!
//! # let home = tempfile::tempdir()?;
//! # let home = home.path();
//! # std::fs::create_dir(home.join("logs"))?;
//! std::fs::write(home.join("logs/bot.log"), "login as anna@example.com failed\n")?;
//! let reporter = Reporter::builder("com.example.gridbot", "Grid Bot", "2.4.1")
//!     .logs(home.join("logs"))
//!     .outbox(home.join("reports"))
//!     .build()?;
//!
//! let request = Request::new("Login fails", "Since this morning.", Priority::P2, Category::Exchange);
//! let now = "2026-11-24T10:00:00Z".parse()?;
//! let draft = reporter.seal(&request, now, &Progress::new())?;
//!
//! let log = draft.bundle.read_text("logs/bot.log", 1 << 20)?;
//! assert!(log.starts_with("login as <email:") && !log.contains("anna"));
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing leaves the machine before [`Reporter::keep`] is given a [`Consent`], and nothing counts as sent
//! without a [`Receipt`](outbox::Receipt).

pub mod advice;
pub mod analyze;
pub mod ask;
pub mod brand;
pub mod bundle;
pub mod collect;
pub mod compare;
pub mod config;
pub mod consent;
pub mod crash;
pub mod deliver;
pub mod digest;
mod handover;
#[cfg(feature = "http")]
pub mod http;
pub mod id;
pub mod letter;
pub mod logs;
pub mod outbox;
pub mod picture;
pub mod plan;
mod private;
mod progress;
pub mod redact;
pub mod report;
mod reporter;
pub mod resemble;
pub mod signature;
pub mod stamp;
mod template;
pub mod ticket;
pub mod timeline;
pub mod transport;
mod unfinished;

pub use self::consent::Consent;
pub use self::handover::Handover;
pub use self::progress::{Cancelled, Progress, Step};
pub use self::reporter::{BuildError, Changes, Draft, Prepared, Reporter, ReporterBuilder, Selection};
pub use self::unfinished::Unfinished;
