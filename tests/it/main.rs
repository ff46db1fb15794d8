//! A report's whole way through real processes, and the house rules.
