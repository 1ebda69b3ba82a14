//! A search that people get wrong, as magewright writes it.

use magewright::search::{self, SearchCriteria, Spelling, field};
use magewright_conformance::folder::FolderError;

use crate::recordings::{Recordings, text};

pub(crate) fn print(recordings: &Recordings) -> Result<(), FolderError> {
    let cases = recordings.cases("search")?;
    let read = cases.iter().filter(|case| search::decode(text(case, "query"), recordings.release()).is_ok());
    println!(
        "Searches: {} of {} recorded queries decode; the others the store refuses too.",
        read.count(),
        cases.len()
    );
    let wanted = field("group_id")
        .eq(1)
        .and(field("email").like("%@example.test").or(field("lastname").eq("Søn & Co")));
    match SearchCriteria::matching(wanted) {
        Ok(criteria) => {
            let criteria = criteria.order_by_asc("entity_id").limit(100);
            println!("  {}", criteria);
            println!("  ?{}\n", search::encode(&criteria, Spelling::Camel));
        }
        Err(error) => println!("  {error}\n"),
    }
    Ok(())
}
