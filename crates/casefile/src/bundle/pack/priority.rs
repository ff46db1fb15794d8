//! The bot comes first.

/// Makes this thread give way to the others of the bot. Where that is not possible, the sealing goes on all the same.
///
/// On Linux the priority of its reads and writes follows the niceness. On macOS niceness is that of the whole process,
/// so it stays as it is.
pub(in super::super) fn lower() {
    #[cfg(any(target_os = "linux", windows))]
    {
        use thread_priority::{ThreadPriority, set_current_thread_priority};
        /// Niceness 10; on Windows, below normal. The very lowest would never end beside a busy bot.
        const LOW: u8 = 24;
        if let Ok(low) = LOW.try_into() {
            let _ = set_current_thread_priority(ThreadPriority::Crossplatform(low));
        }
    }
}
