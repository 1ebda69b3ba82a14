use std::collections::BTreeSet;

use crate::schema::contract::{Contract, Kind};

/// The types that requests send and those that replies show.
pub(super) struct Reach {
    pub(super) sent: BTreeSet<String>,
    pub(super) read: BTreeSet<String>,
}

impl Reach {
    pub(super) fn of(contract: &Contract) -> Reach {
        let bodies = contract.endpoints.iter().flat_map(|one| one.body.iter().map(|field| &field.kind));
        let replies = contract.endpoints.iter().filter_map(|one| one.reply.as_ref());
        let named =
            |kinds: Vec<&Kind>| kinds.into_iter().filter_map(Kind::mentions).map(str::to_owned).collect();
        // Every call may answer with an error, which no endpoint names as its reply.
        let mut read: Vec<String> = named(replies.collect());
        read.push("ErrorResponse".to_owned());
        Reach { sent: closure(contract, named(bodies.collect())), read: closure(contract, read) }
    }
}

fn closure(contract: &Contract, mut waiting: Vec<String>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let fields = contract.types.get(&name).map_or(&[][..], |of| &of.fields);
        if reached.insert(name) {
            waiting.extend(fields.iter().filter_map(|field| field.kind.mentions()).map(str::to_owned));
        }
    }
    reached
}
