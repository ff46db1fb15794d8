//! A picture of the window that the dialog is shown over. The dialog is not in it: it is not drawn for that frame.

use std::sync::{Arc, Mutex, PoisonError};

use egui::{ColorImage, Context};

/// Taking a picture takes a few frames.
#[derive(Default)]
pub(crate) enum Shot {
    #[default]
    None,
    /// The next frame is taken.
    Asked,
    /// It is being taken, since this second of the frames.
    Waits(Taken, f64),
}

/// Where it will be.
type Taken = Arc<Mutex<Option<Arc<ColorImage>>>>;

/// A host that gives no picture in this time gives none at all.
const PATIENCE_SECONDS: f64 = 3.0;

/// How it stands.
pub(crate) enum Look {
    /// Nobody asked.
    Nothing,
    /// The dialog must not be drawn in this frame.
    Hide,
    Taken(Arc<ColorImage>),
    /// This window gives no pictures.
    Impossible,
}

impl Shot {
    pub(crate) fn ask(&mut self, ctx: &Context) {
        *self = Self::Asked;
        ctx.request_repaint();
    }

    /// Called once a frame of the window, before the dialog is drawn; `at` is the time of the frame in seconds.
    pub(crate) fn look(&mut self, ctx: &Context, at: f64) -> Look {
        match self {
            Self::None => Look::Nothing,
            Self::Asked => {
                let taken = Taken::default();
                let (shared, woken) = (taken.clone(), ctx.clone());
                ctx.request_screenshot(move |image| {
                    *shared.lock().unwrap_or_else(PoisonError::into_inner) = Some(image);
                    woken.request_repaint();
                });
                *self = Self::Waits(taken, at);
                Look::Hide
            }
            Self::Waits(taken, since) => {
                let image = taken.lock().unwrap_or_else(PoisonError::into_inner).take();
                let look = match image {
                    Some(image) => Look::Taken(image),
                    None if at - *since > PATIENCE_SECONDS => Look::Impossible,
                    None => return Look::Hide,
                };
                *self = Self::None;
                look
            }
        }
    }
}
