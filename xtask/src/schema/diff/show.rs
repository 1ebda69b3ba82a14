use std::fmt::Write as _;

use super::{Change, Format};
use crate::schema::node::Node;
use crate::schema::write;

/// The changes between two releases in a format.
pub(super) fn text(changes: &[Change], releases: (&str, &str), format: Format) -> String {
    match format {
        Format::Text => plain(changes, releases),
        Format::Json => json(changes, releases),
        Format::Md => markdown(changes, releases),
    }
}

fn judged(change: &Change) -> &'static str {
    match (change.breaks_sender, change.breaks_reader) {
        (false, false) => "safe",
        (true, false) => "breaks senders",
        (false, true) => "breaks readers",
        (true, true) => "breaks senders and readers",
    }
}

fn plain(changes: &[Change], (old, new): (&str, &str)) -> String {
    let mut out = format!("{old} -> {new}: {} changes\n", changes.len());
    for change in changes {
        let _ = writeln!(out, "{}: {} ({})", change.place, change.what, judged(change));
    }
    out
}

fn markdown(changes: &[Change], (old, new): (&str, &str)) -> String {
    let mut out = format!("### Magento {old} to {new}\n\n");
    if changes.is_empty() {
        out.push_str("No change.\n");
    }
    for change in changes {
        let _ = writeln!(out, "- `{}` {}: {}", change.place, change.what, judged(change));
    }
    out
}

fn json(changes: &[Change], (old, new): (&str, &str)) -> String {
    let change = |change: &Change| {
        Node::map([
            ("place", Some(Node::text(&change.place))),
            ("what", Some(Node::text(&change.what))),
            ("breaks_sender", Some(Node::Bool(change.breaks_sender))),
            ("breaks_reader", Some(Node::Bool(change.breaks_reader))),
        ])
    };
    write::pretty(&Node::map([
        ("from", Some(Node::text(old))),
        ("to", Some(Node::text(new))),
        ("changes", Some(Node::List(changes.iter().map(change).collect()))),
    ]))
}
