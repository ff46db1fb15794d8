//! Work on a thread of its own, looked at once a frame.

use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::thread;

/// One piece of work. Dropping it does not stop the work; its result is dropped then.
pub(crate) struct Task<T>(Receiver<T>);

/// What has become of a task.
pub(crate) enum Polled<T> {
    /// It goes on.
    Pending,
    /// It is over.
    Done(T),
    /// It panicked, or the system had no thread for it: there will never be a result.
    Died,
}

impl<T: Send + 'static> Task<T> {
    /// Starts `work` on the thread `casefile-<verb>`.
    pub(crate) fn start(verb: &str, work: impl FnOnce() -> T + Send + 'static) -> Self {
        let (sender, receiver) = sync_channel(1);
        let run = move || {
            // Nobody waits any more: the window was closed.
            let _ = sender.send(work());
        };
        // Without a thread the sender is dropped here, and the task has died.
        let _ = thread::Builder::new().name(format!("casefile-{verb}")).spawn(run);
        Self(receiver)
    }

    /// Waits for the end.
    pub(crate) fn wait(&self) -> Option<T> {
        self.0.recv().ok()
    }

    pub(crate) fn poll(&self) -> Polled<T> {
        match self.0.try_recv() {
            Ok(result) => Polled::Done(result),
            Err(TryRecvError::Empty) => Polled::Pending,
            Err(TryRecvError::Disconnected) => Polled::Died,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn end_of<T: Send + 'static>(task: &Task<T>) -> Option<T> {
        for _ in 0..1_000 {
            match task.poll() {
                Polled::Pending => thread::sleep(Duration::from_millis(5)),
                Polled::Done(result) => return Some(result),
                Polled::Died => return None,
            }
        }
        panic!("pending for ever");
    }

    #[test]
    fn the_result_comes_from_a_thread_with_a_name() {
        let task = Task::start("test", || thread::current().name().map(str::to_owned));
        assert_eq!(end_of(&task), Some(Some("casefile-test".to_owned())));
    }

    #[test]
    fn a_worker_that_panics_has_died() {
        let task: Task<()> = Task::start("test", || panic!("on purpose"));
        assert_eq!(end_of(&task), None);
    }
}
