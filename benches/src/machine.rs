//! The machine a run is made on, what was compiled there, and staying on one of its cores.
//!
//! ```text
//!   /proc/cpuinfo ── cpu      /proc/meminfo ── memory      /proc/sys/kernel/osrelease ── os
//!   build.rs ── rustc, target                              Cargo.lock ── versions of packages
//! ```
//!
//! Linux tells all of it in files; elsewhere the name of the architecture and of the system stand
//! in for what they would say.
//!
//! A thread that moves to another core finds its caches cold there, so single-threaded work is
//! *pinned*: bound to one core. Threads and processes that a pinned thread starts are bound to the
//! same core, real Go too.
//!
//! A1  What this process may use is asked for once, before the first pinning: a thread that is
//!     bound to one core is told that there is only one.

use std::env::consts::{ARCH, OS};
use std::fs;
use std::sync::OnceLock;
use std::thread;

use core_affinity::CoreId;

use crate::board::Machine;

/// The packages whose versions decide what is timed.
const PACKAGES: [&str; 6] = [
    "slice",
    "bumpalo",
    "hmap",
    "ahash",
    "hashbrown",
    "intrusive-collections",
];

/// What was resolved for this workspace when it was compiled.
const LOCK: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock"));

/// Describes the machine, as far as the system tells; `pinned_to` is for the caller of [`pin`].
#[must_use]
pub fn describe() -> Machine {
    let cpuinfo = fs::read_to_string("/proc/cpuinfo").ok();
    let meminfo = fs::read_to_string("/proc/meminfo").ok();
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").ok();
    Machine {
        cpu: cpuinfo
            .as_deref()
            .and_then(cpu_name)
            .map_or_else(|| format!("{ARCH}, model unknown"), str::to_owned),
        cores: allowed().at_once,
        memory_bytes: meminfo.as_deref().and_then(memory_bytes),
        os: match kernel {
            Some(kernel) => format!("{OS} {}", kernel.trim()),
            None => OS.to_owned(),
        },
        pinned_to: None,
    }
}

/// What the benchmarks were compiled with, for and from: `("rustc", "1.95.0 (…)")`.
#[must_use]
pub fn versions() -> Vec<(String, String)> {
    let mut versions = vec![
        ("rustc".to_owned(), env!("BENCHES_RUSTC").to_owned()),
        ("target".to_owned(), env!("BENCHES_TARGET").to_owned()),
    ];
    for package in PACKAGES {
        if let Some(version) = locked(LOCK, package) {
            versions.push((package.to_owned(), version.to_owned()));
        }
    }
    versions
}

/// Binds the current thread to the last core that this process may use, and returns its number;
/// `None` where the system does not allow it.
///
/// The last one, since interrupts are often served by the first.
pub fn pin() -> Option<usize> {
    let core = *allowed().cores.last()?;
    core_affinity::set_for_current(core).then_some(core.id)
}

/// What this process may use, pinned or not (A1).
pub(crate) struct Allowed {
    /// The cores; none where the system does not say.
    pub(crate) cores: Vec<CoreId>,
    /// How many threads can run at once: the cores, or fewer where a container limits the time.
    pub(crate) at_once: usize,
}

/// Asks what this process may use, the first time.
pub(crate) fn allowed() -> &'static Allowed {
    static ALLOWED: OnceLock<Allowed> = OnceLock::new();
    ALLOWED.get_or_init(|| Allowed {
        cores: core_affinity::get_core_ids().unwrap_or_default(),
        at_once: thread::available_parallelism().map_or(1, usize::from),
    })
}

fn cpu_name(cpuinfo: &str) -> Option<&str> {
    value(cpuinfo, "model name").filter(|name| !name.is_empty())
}

fn memory_bytes(meminfo: &str) -> Option<u64> {
    let kib: u64 = value(meminfo, "MemTotal")?
        .strip_suffix(" kB")?
        .trim()
        .parse()
        .ok()?;
    kib.checked_mul(1024)
}

/// The value of the first line `key : value`.
fn value<'a>(lines: &'a str, key: &str) -> Option<&'a str> {
    let mut pairs = lines.lines().filter_map(|line| line.split_once(':'));
    pairs
        .find(|(found, _)| found.trim() == key)
        .map(|(_, value)| value.trim())
}

/// The version of `package` in the text of a Cargo.lock.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_tells_the_processor_and_the_memory_in_files() {
        let cpuinfo = "processor\t: 0\nmodel\t\t: 17\nmodel name\t: AMD EPYC 9R14: 96 cores\n\n\
                       processor\t: 1\nmodel name\t: another\n";
        assert_eq!(cpu_name(cpuinfo), Some("AMD EPYC 9R14: 96 cores"));
        assert_eq!(cpu_name("processor\t: 0\nCPU part\t: 0xd0c\n"), None);
        let meminfo = "MemTotal:       24618092 kB\nMemFree:        21718812 kB\n";
        assert_eq!(memory_bytes(meminfo), Some(24_618_092 << 10));
        assert_eq!(memory_bytes("MemTotal: lots\n"), None);
    }

    #[test]
    fn the_version_of_a_package_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"bumpalo-herd\"\nversion = \"0.1.2\"\n\n\
                    [[package]]\nname = \"bumpalo\"\nversion = \"3.20.4\"\ndependencies = [\n";
        assert_eq!(locked(lock, "bumpalo"), Some("3.20.4"));
        assert_eq!(locked(lock, "bump"), None);
    }

    #[test]
    fn every_version_that_decides_what_is_timed_is_told() {
        let versions = versions();
        let names: Vec<_> = versions.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names[..2], ["rustc", "target"]);
        assert_eq!(names[2..], PACKAGES);
        assert!(
            versions.iter().all(|(_, version)| !version.is_empty()),
            "{versions:?}"
        );
        assert!(versions[0].1.starts_with("1."), "{versions:?}");
    }

    #[test]
    fn a_pinned_thread_is_bound_to_one_core_and_the_machine_keeps_all_of_them() {
        // A thread of its own, so that the other tests stay unbound.
        let pinned = thread::spawn(|| {
            let core = pin();
            (core, core_affinity::get_core_ids(), describe())
        });
        let (core, left, machine) = pinned.join().expect("pinning does not panic");
        assert!(machine.cores >= 1 && !machine.cpu.is_empty() && !machine.os.is_empty());
        match core {
            Some(core) => {
                assert_eq!(left, Some(vec![CoreId { id: core }]));
                assert_eq!(machine.cores, describe().cores);
            }
            None => println!("this system binds no thread to a core"),
        }
    }
}
