//! casefile-egui
