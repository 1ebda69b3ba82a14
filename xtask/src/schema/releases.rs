//! Which release has which field: the matrix of all contracts.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::contract::{Contract, Kind};
use super::diff::{self, Format};
use super::node::Node;
use super::write;
use crate::codegen::SAAS;

/// A field or endpoint, and which of the releases have it.
struct Row {
    /// `Customer.dob`, `PUT /V1/customers/me`.
    place: String,
    kind: String,
    present: Vec<bool>,
}

/// The matrix in a format; `contracts` from the oldest to the newest, the SaaS edition's last.
pub(super) fn text(contracts: &[Contract], format: Format) -> String {
    let rows = rows(contracts);
    let releases: Vec<&str> = contracts.iter().map(|contract| contract.release.as_str()).collect();
    match format {
        Format::Text => plain(&rows, &releases),
        Format::Md => markdown(&rows, &releases),
        Format::Json => json(&rows, &releases),
    }
}

fn rows(contracts: &[Contract]) -> Vec<Row> {
    let mut places: BTreeSet<(usize, String, String)> = BTreeSet::new();
    let described: Vec<BTreeSet<(usize, String, String)>> = contracts.iter().map(described).collect();
    for one in &described {
        places.extend(one.iter().cloned());
    }
    let row = |place: (usize, String, String)| Row {
        present: described.iter().map(|one| one.contains(&place)).collect(),
        place: place.1,
        kind: place.2,
    };
    places.into_iter().map(row).collect()
}

/// Types' fields before endpoints, each with its kind: one that was retyped is two rows.
fn described(contract: &Contract) -> BTreeSet<(usize, String, String)> {
    let mut found = BTreeSet::new();
    for (name, of) in &contract.types {
        for field in &of.fields {
            found.insert((0, format!("{name}.{}", field.name), diff::kind(&field.kind)));
        }
    }
    for one in &contract.endpoints {
        let reply = one.reply.as_ref().map_or_else(|| "nothing".to_owned(), |kind: &Kind| diff::kind(kind));
        found.insert((1, format!("{} {}", one.method, one.path), reply));
    }
    found
}

impl Row {
    /// The first release that has it, when an older one lacks it.
    fn since<'a>(&self, releases: &[&'a str]) -> Option<&'a str> {
        let first = self.present.iter().position(|there| *there)?;
        numbered(releases).get(first).copied().filter(|_| first > 0)
    }

    /// The first release that lacks it again.
    fn until<'a>(&self, releases: &[&'a str]) -> Option<&'a str> {
        let numbered = numbered(releases);
        let last = self.present.iter().take(numbered.len()).rposition(|there| *there)?;
        numbered.get(last + 1).copied()
    }

    /// Whether the SaaS edition has it, when there is a contract of that.
    fn in_saas(&self, releases: &[&str]) -> Option<bool> {
        self.present.last().copied().filter(|_| releases.last() == Some(&SAAS))
    }

    fn span(&self, releases: &[&str]) -> String {
        let numbered = numbered(releases).len();
        if !self.present.iter().take(numbered).any(|there| *there) {
            return format!("only {SAAS}");
        }
        let span = match (self.since(releases), self.until(releases)) {
            (None, None) => "all".to_owned(),
            (Some(since), None) => format!("since {since}"),
            (None, Some(until)) => format!("until {until}"),
            (Some(since), Some(until)) => format!("since {since}, until {until}"),
        };
        match self.in_saas(releases) {
            Some(false) => format!("{span}, not {SAAS}"),
            Some(true) if self.until(releases).is_some() => format!("{span}, and {SAAS}"),
            _ => span,
        }
    }
}

/// The releases without the SaaS edition, which comes before none and after none.
fn numbered<'r, 'a>(releases: &'r [&'a str]) -> &'r [&'a str] {
    match releases.split_last() {
        Some((&SAAS, releases)) => releases,
        _ => releases,
    }
}

fn plain(rows: &[Row], releases: &[&str]) -> String {
    let mut out = format!("{}\n", releases.join(" "));
    for row in rows {
        let marks: String = row.present.iter().map(|there| if *there { 'x' } else { '-' }).collect();
        let _ = writeln!(out, "{marks} {} {} ({})", row.place, row.kind, row.span(releases));
    }
    out
}

fn markdown(rows: &[Row], releases: &[&str]) -> String {
    let mut out =
        format!("| | kind | {} | |\n|---|---|{}---|\n", releases.join(" | "), "---|".repeat(releases.len()));
    for row in rows {
        let marks: Vec<&str> = row.present.iter().map(|there| if *there { "x" } else { "" }).collect();
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {} |",
            row.place,
            row.kind,
            marks.join(" | "),
            row.span(releases)
        );
    }
    out
}

fn json(rows: &[Row], releases: &[&str]) -> String {
    let row = |row: &Row| {
        let there = releases.iter().zip(&row.present).filter(|(_, there)| **there);
        Node::map([
            ("place", Some(Node::text(&row.place))),
            ("kind", Some(Node::text(&row.kind))),
            ("releases", Some(Node::List(there.map(|(release, _)| Node::text(*release)).collect()))),
            ("since", row.since(releases).map(Node::text)),
            ("until", row.until(releases).map(Node::text)),
        ])
    };
    write::pretty(&Node::map([
        ("releases", Some(Node::List(releases.iter().copied().map(Node::text).collect()))),
        ("rows", Some(Node::List(rows.iter().map(row).collect()))),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::named;

    #[test]
    fn every_format_says_when_a_field_came() {
        let contracts = ["2.4.7", "2.4.8", "2.4.9", SAAS].map(|release| named(release).unwrap());
        let text = |format| text(&contracts, format);
        let line = "CustomerExtension.all_company_attributes [CompanyCustomer] (since 2.4.9, not saas)";
        assert!(text(Format::Text).lines().any(|row| row.ends_with(line)));
        assert!(text(Format::Text).lines().any(|row| row.ends_with("Customer.email string (all)")));
        let line = "---x CustomerExtension.last_login_at string (only saas)";
        assert!(text(Format::Text).lines().any(|row| row == line));
        let row = "| `POST /V1/customers/{customerId}/token` | string |  |  | x | x | since 2.4.9 |";
        assert!(text(Format::Md).contains(row));
        let json: serde_json::Value = serde_json::from_str(&text(Format::Json)).unwrap();
        let rows = json["rows"].as_array().unwrap();
        let gone = rows.iter().find(|row| row["until"] == "2.4.8").unwrap();
        assert_eq!(gone["place"], "TwoFactorAuthDuoData.api_hostname");
    }
}
