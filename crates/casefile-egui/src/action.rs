//! What a click asks for.

/// Drawing returns it, [`Dialog`](crate::Dialog) does it. One that does not belong to the stage does nothing.
///
/// Has `Debug` in tests only: a word to hide is a secret.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) enum Action {
    /// Collect and seal what the form and the ticks say.
    Seal,
    /// Stop the work that runs.
    Cancel,
    /// Back to the form.
    Back,
    /// Take this entry, or leave it out, in the next bundle.
    Take(String, bool),
    /// Leave this entry out, and seal again at once.
    LeaveOut(String),
    /// Hide the typed word in the next bundle.
    Hide,
    /// Do not hide this word.
    Unhide(String),
    /// Show this page of the list of entries.
    List(usize),
    /// Show this entry.
    Open(String),
    /// Show the next page of the entry.
    NextPage,
    /// Show the page before.
    PreviousPage,
    /// Back to the list.
    CloseEntry,
    /// The person agrees: keep the report and send it.
    Send,
    /// Send what is kept.
    Retry,
    /// Write a copy of the bundle to the typed path.
    Save,
    /// Put this text on the clipboard.
    Copy(String),
    /// Close the dialog.
    Close,
}
