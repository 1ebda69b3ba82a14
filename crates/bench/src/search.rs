//! Writing a searchCriteria of three groups as a query string.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;
use magewright::search::{
    Condition, Direction, Filter, FilterGroup, SearchCriteria, SortOrder, Spelling, encode,
};
use serde::Deserialize;

use crate::contender::Contender;
use crate::table::{measure, print, promise};

/// Encodings a round.
const ENCODINGS: usize = 10_000;

/// What the fastest peer in Python takes at least, as a multiple.
const PROMISE: f64 = 100.0;

#[derive(Args)]
pub(crate) struct Options {
    /// The folder of the peers.
    #[arg(long)]
    peers: PathBuf,
    /// The Python that has the peers' packages.
    #[arg(long)]
    python: PathBuf,
    /// Rounds to time; the median counts.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
}

#[derive(Deserialize)]
struct Queries {
    ascii: Query,
    unicode: Query,
}

#[derive(Deserialize)]
struct Query {
    groups: Vec<Vec<(String, String, Option<String>)>>,
    sort: Vec<(String, String)>,
    page_size: i64,
    page: i64,
}

impl Query {
    fn criteria(&self) -> SearchCriteria {
        let filter = |(field, value, condition): &(String, String, Option<String>)| {
            Filter::new(
                field.as_str(),
                Condition::named(condition.as_deref().unwrap_or("eq")),
                value.as_str(),
            )
        };
        let sort = |(field, direction): &(String, String)| SortOrder {
            field: Some(field.clone()),
            direction: Some(if direction == "ASC" { Direction::Asc } else { Direction::Desc }),
        };
        let groups =
            self.groups.iter().map(|group| FilterGroup { filters: group.iter().map(filter).collect() });
        SearchCriteria {
            filter_groups: groups.collect(),
            sort_orders: self.sort.iter().map(sort).collect(),
            page_size: Some(self.page_size),
            current_page: Some(self.page),
            fields: None,
        }
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let file = options.peers.join("queries.json");
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let queries: Queries = serde_json::from_str(&text)?;
    for (name, query) in [("ascii", &queries.ascii), ("unicode", &queries.unicode)] {
        let criteria = query.criteria();
        let expected = encode(&criteria, Spelling::Camel);
        let mut contenders = vec![
            Contender::here("magewright encode", "criteria at hand", || {
                for _ in 0..ENCODINGS {
                    black_box(encode(black_box(&criteria), Spelling::Camel));
                }
            }),
            Contender::here("magewright build + encode", "criteria from borrowed text first", || {
                for _ in 0..ENCODINGS {
                    black_box(encode(&black_box(query).criteria(), Spelling::Camel));
                }
            }),
            Contender::child(
                "pymagento",
                "its builder from tuples, then urlencode",
                &mut peer(options, &file, name, &expected),
            )?,
        ];
        let rows = measure(&mut contenders, options.rounds, ENCODINGS)?;
        print(&format!("searchCriteria of three groups, {name}: {} bytes", expected.len()), &rows);
        promise(&rows, "pymagento", PROMISE);
    }
    Ok(())
}

fn peer(options: &Options, queries: &Path, name: &str, expected: &str) -> Command {
    let mut command = Command::new(&options.python);
    command
        .arg(options.peers.join("search.py"))
        .arg(queries)
        .arg(name)
        .arg(ENCODINGS.to_string())
        .arg(expected);
    command
}
