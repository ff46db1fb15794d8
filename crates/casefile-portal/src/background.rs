//! Work that nobody waits for, on threads that give way to those that answer.

use thread_priority::{ThreadPriority, set_current_thread_priority};

/// Of 0 to 99: niceness 19 on Linux, the lowest but idle on Windows.
const LOW: u8 = 1;

/// Runs `work` on a thread of its own with low priority; `None` when it panicked.
///
/// # Errors
/// When the system gives no thread.
pub(crate) async fn run<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> std::io::Result<Option<T>> {
    let (done, result) = tokio::sync::oneshot::channel();
    let work = move || {
        // Where that is not possible, it is done all the same.
        if let Ok(low) = LOW.try_into() {
            let _ = set_current_thread_priority(ThreadPriority::Crossplatform(low));
        }
        // Whoever asked may have gone.
        let _ = done.send(work());
    };
    std::thread::Builder::new().name("portal-background".to_owned()).spawn(work)?;
    Ok(result.await.ok())
}
