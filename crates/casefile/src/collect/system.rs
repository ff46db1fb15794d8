//! Facts of the machine that an engineer asks for first. No names of people or machines.

use serde::Serialize;
use sysinfo::{CpuRefreshKind, Disks, MemoryRefreshKind, RefreshKind, System};

/// What a report says of the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SystemFacts {
    /// Name and version of the operating system for people.
    pub os: String,
    /// Version of the kernel.
    pub kernel: String,
    /// Processor architecture, for instance `x86_64`.
    pub arch: String,
    /// Model of the processor.
    pub cpu: String,
    /// Number of logical processors.
    pub cpu_count: usize,
    /// Main memory.
    pub memory_bytes: u64,
    /// Main memory that can be had.
    pub memory_available_bytes: u64,
    /// The largest fixed disk.
    pub disk_bytes: u64,
    /// What is free on it.
    pub disk_free_bytes: u64,
    /// The time zone of the machine, for instance `Europe/Warsaw`.
    pub time_zone: String,
}

/// Reads the facts; takes about a millisecond, because nothing else is refreshed.
pub fn system_facts() -> SystemFacts {
    let refresh = RefreshKind::nothing()
        .with_cpu(CpuRefreshKind::nothing())
        .with_memory(MemoryRefreshKind::nothing().with_ram());
    let system = System::new_with_specifics(refresh).ok();
    let cpus = system.as_ref().map(System::cpus).unwrap_or_default();
    let disks = Disks::new_with_refreshed_list().ok();
    let disk = disks.as_ref().and_then(|disks| {
        disks.iter().filter(|disk| !disk.is_removable()).max_by_key(|disk| disk.total_space())
    });
    SystemFacts {
        os: System::long_os_version().unwrap_or_else(|_| std::env::consts::OS.to_owned()),
        kernel: System::kernel_version().unwrap_or_default(),
        arch: System::cpu_arch(),
        cpu: cpus.first().map(|cpu| cpu.brand().trim().to_owned()).unwrap_or_default(),
        cpu_count: cpus.len(),
        memory_bytes: system.as_ref().map(System::total_memory).unwrap_or_default(),
        memory_available_bytes: system.as_ref().map(System::available_memory).unwrap_or_default(),
        disk_bytes: disk.map(sysinfo::Disk::total_space).unwrap_or_default(),
        disk_free_bytes: disk.map(sysinfo::Disk::available_space).unwrap_or_default(),
        time_zone: jiff::tz::TimeZone::system().iana_name().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_has_an_architecture_memory_and_a_processor() {
        let facts = system_facts();
        assert!(!facts.os.is_empty() && !facts.arch.is_empty());
        assert!(facts.memory_bytes >= facts.memory_available_bytes && facts.memory_bytes > 0);
        assert!(facts.cpu_count > 0);
    }
}
