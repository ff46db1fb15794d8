//! Waits beside a bot, and says whether it ended as it should.

use std::thread;
use std::time::Duration;

use casefile::Reporter;
use casefile::crash::is_process_alive;

/// Between two looks at the process: nobody sees a window sooner anyway.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Waits until the process ends. Whether there is a crash now that was not known before; a bot that neither marks its
/// runs nor notes its panics always ends well.
pub(crate) fn has_crashed(reporter: &Reporter, pid: u32) -> bool {
    let before = reporter.last_crash();
    while is_process_alive(pid) {
        thread::sleep(LOOK_EVERY);
    }
    let after = reporter.last_crash();
    after.is_some() && after != before
}
