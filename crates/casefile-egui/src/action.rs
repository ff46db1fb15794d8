//! What a click asks for.

use std::path::PathBuf;

use casefile::id::ReportId;
use casefile::redact::Tier;
use casefile::report::{Category, Priority};
use jiff::Timestamp;

use crate::aside::picture::PictureClick;
use crate::aside::reports::ticket::TicketClick;
use crate::saving::Shape;
use crate::sealed::Money;

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
    /// Go on with the text of an earlier time.
    Resume,
    /// Throw the text of an earlier time away.
    Discard,
    /// Take this entry, or leave it out, in the next bundle.
    Take(String, bool),
    /// Leave this entry out, and seal again at once.
    LeaveOut(String),
    /// Add these files in the next bundle.
    Attach(Vec<PathBuf>),
    /// Open the system's window for choosing files.
    ChooseFiles,
    /// Take a picture of the window behind the dialog.
    TakePicture,
    /// Something about a picture that is looked at before it is added.
    Picture(PictureClick),
    /// Do not add this picture.
    DropPicture(usize),
    /// Add the file whose path was typed.
    AttachTyped,
    /// Do not add this file.
    Detach(PathBuf),
    /// How much of this is shown in the next bundle.
    Show(Money, Tier),
    /// What the logs say happened then: that is the time.
    UseTime(Timestamp),
    /// This finding solved it: nothing has to be sent.
    Solved(String),
    /// This finding is not what the report is about.
    Dismiss(String),
    /// Take the priority and the category that a finding speaks for.
    Suggested(Priority, Category),
    /// Hide the typed word in the next bundle.
    Hide,
    /// Do not hide this word.
    Unhide(String),
    /// Show this entry.
    Open(String),
    /// Show the next page of the entry.
    NextPage,
    /// Show the page before.
    PreviousPage,
    /// Show the next page on which something was hidden.
    NextHidden,
    /// Back to the list.
    CloseEntry,
    /// The person agrees: keep the report and send it.
    Send,
    /// Send what is kept.
    Retry,
    /// Make a copy of the report at the typed path, or on the clipboard.
    Save(Shape),
    /// Open a file or folder with the program that the system has for it.
    OpenPath(PathBuf),
    /// Put this text on the clipboard.
    Copy(String),
    /// Show how support can be reached otherwise.
    ShowWays,
    /// Show the reports of this machine.
    ShowReports,
    /// Send this report of the outbox.
    SendKept(ReportId),
    /// Ask whether this report is to be removed.
    AskToDrop(ReportId),
    /// Remove it from the outbox.
    Drop(ReportId),
    /// Something about a ticket.
    Ticket(TicketClick),
    /// Back to where the person was.
    CloseAside,
    /// Close the dialog.
    Close,
}
