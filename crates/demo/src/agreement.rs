//! How often the store and the core said the same.

use magewright_conformance::folder::FolderError;

use crate::recordings::{Recordings, answered};

/// The suites with requests that change something or look something up, and what they are called here.
const ROWS: [(&str, &str); 3] =
    [("create", "creates, validated"), ("update", "updates, predicted"), ("search", "searches, evaluated")];

pub(crate) fn print(recordings: &Recordings) -> Result<(), FolderError> {
    println!(
        "{:22}{:>10}{:>14}{:>14}{:>20}",
        "", "recorded", "store took", "store refused", "we said the same"
    );
    for (suite, title) in ROWS {
        let cases = recordings.cases(suite)?;
        let took = cases.iter().filter(|case| answered(case, 200) || answered(case, 1)).count();
        let same = match recordings.verdicts(suite, &cases)? {
            Some(verdicts) => verdicts.iter().filter(|verdict| verdict.passed()).count().to_string(),
            None => "no model yet".to_owned(),
        };
        println!("{title:22}{:>10}{took:>14}{:>14}{same:>20}", cases.len(), cases.len() - took);
    }
    println!();
    Ok(())
}
