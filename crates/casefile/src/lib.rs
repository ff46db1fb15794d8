//! Collects, redacts, bundles, keeps and submits a problem report from inside an application; reads and
//! checks bundles; holds the support plan.

pub mod redact;
