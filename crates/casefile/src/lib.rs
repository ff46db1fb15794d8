//! Collects, redacts, bundles, keeps and submits a problem report from inside an application; reads and
//! checks bundles; holds the support plan.

pub mod bundle;
pub mod digest;
pub mod id;
pub mod plan;
pub mod redact;
pub mod report;
