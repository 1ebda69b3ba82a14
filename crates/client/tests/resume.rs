//! A sync that is killed again and again, and taken up again.
//!
//! The child of the test is the test itself, told by its environment what to do. `cargo xtask soak sync`
//! runs it with more rows, more kills and more faults.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

#[path = "support/rows.rs"]
mod rows;
#[path = "support/sandbox.rs"]
mod sandbox;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use futures_util::{TryStreamExt, stream};
use magewright_client::{Client, Credentials, Report, SyncOptions};
use magewright_sandbox::Faults;
use sandbox::{customers, store};

const URL: &str = "MAGEWRIGHT_RESUME_URL";
const FOLDER: &str = "MAGEWRIGHT_RESUME_FOLDER";
const FAULTS: &str =
    "every=40,seed=7,503,429/0,500,reset-before,reset-after,truncated,token-expired,duplicate,slow-body=30ms";

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

/// What the child does; a run without a store to speak to does nothing.
#[tokio::test]
async fn child() {
    let Ok(url) = std::env::var(URL) else { return };
    let folder = PathBuf::from(std::env::var(FOLDER).unwrap());
    let client =
        Client::with_settings(&url, Credentials::admin("admin", "admin123"), sandbox::hasty()).unwrap();
    let input = std::fs::read_to_string(folder.join("rows.ndjson")).unwrap();
    let input: Vec<String> = input.lines().map(str::to_owned).collect();
    let options = SyncOptions { journal: Some(folder.join("journal")), ..SyncOptions::default() };
    let mut sync = client.sync(stream::iter(input), options).unwrap();
    let mut report = Report::default();
    while let Some(row) = sync.try_next().await.unwrap() {
        report.count(&row);
    }
    std::fs::write(
        folder.join("report"),
        format!("{} {} {}", report.rows(), report.failed + report.conflict, report.earlier),
    )
    .unwrap();
}

fn start(url: &str, folder: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "child"]).env(URL, url).env(FOLDER, folder);
    child.stdout(Stdio::null()).spawn().unwrap()
}

/// Numbers that differ from run to run, so that the kills come at other points each time.
fn drawn(below: u64) -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).unwrap();
    u64::from_le_bytes(bytes) % below
}

/// Lets the child run to its end. Gives rows, failed rows, and rows done by an earlier run.
fn finish(url: &str, folder: &Path) -> [u64; 3] {
    assert!(start(url, folder).wait().unwrap().success());
    let report = std::fs::read_to_string(folder.join("report")).unwrap();
    let numbers: Vec<u64> = report.split(' ').map(|number| number.parse().unwrap()).collect();
    numbers.try_into().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_sync_is_taken_up_without_losing_or_doubling_a_row() {
    let count = number("MAGEWRIGHT_ROWS", 600);
    let kills = number("MAGEWRIGHT_KILLS", 4);
    let faults: Faults = FAULTS.parse().unwrap();
    let store = store(u32::try_from(count / 5).unwrap(), faults).await;
    let before = customers(&store);
    let folder = std::env::temp_dir().join(format!("magewright-resume-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("rows.ndjson"), rows::rows(count, &before).join("\n")).unwrap();

    let url = store.url();
    let (check, begun) = (folder.clone(), Instant::now());
    let killed = tokio::task::spawn_blocking(move || {
        let span = number("MAGEWRIGHT_SPAN", 900) as u64;
        let mut killed = 0;
        while killed < kills {
            let mut child = start(&url, &folder);
            std::thread::sleep(Duration::from_millis(50 + drawn(span)));
            child.kill().unwrap();
            // A child that has come to its end was not killed.
            if child.wait().unwrap().success() {
                break;
            }
            killed += 1;
        }
        let [rows, failed, _] = finish(&url, &folder);
        assert_eq!((rows, failed), (count as u64, 0));
        let [rows, _, earlier] = finish(&url, &folder);
        assert_eq!((rows, earlier), (count as u64, count as u64), "the journal has lost rows");
        killed
    });
    let killed = killed.await.unwrap();
    rows::check(count, &before, &customers(&store));
    std::fs::remove_dir_all(check).unwrap();
    println!("{count} rows, killed {killed} times, whole after {:.1} s", begun.elapsed().as_secs_f64());
    assert!(killed > 0, "the sync was done before the first kill");
}
