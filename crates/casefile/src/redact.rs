//! Removes every secret from what was collected, and keeps the evidence.
