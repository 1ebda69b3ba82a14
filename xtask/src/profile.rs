//! `cargo xtask profile pull`: what a store says of itself, as one document.
//!
//! The document holds the store's replies as they came, under the names that the core's
//! `Profile::from_document` reads: what they mean is decided there.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Subcommand;

use crate::schema::fetch::{self, Credentials};
use crate::schema::node::Node;
use crate::schema::{pull, shown, write};

#[derive(Subcommand)]
pub(crate) enum Task {
    /// Asks a store's metadata endpoints and writes a profile document.
    Pull {
        /// The store's base URL, such as https://shop.example/.
        url: String,
        /// Where to write.
        #[arg(long, default_value = "profile.json")]
        out: PathBuf,
        /// Puts in the store's own schema too, so that what its modules add is known.
        #[arg(long)]
        with_schema: bool,
        /// The address is a tenant's of the SaaS edition: no /rest follows it, and the default view answers.
        #[arg(long, conflicts_with = "with_schema")]
        saas: bool,
        #[command(flatten)]
        credentials: fetch::Options,
    },
}

/// The parts of a profile, and where a store tells them. A page of groups is large enough for all.
const PARTS: [(&str, &str); 8] = [
    ("websites", "/V1/store/websites"),
    ("store_groups", "/V1/store/storeGroups"),
    ("store_views", "/V1/store/storeViews"),
    ("customer_groups", "/V1/customerGroups/search?searchCriteria[pageSize]=10000"),
    ("customer_attributes", "/V1/attributeMetadata/customer"),
    ("address_attributes", "/V1/attributeMetadata/customerAddress"),
    ("countries", "/V1/directory/countries"),
    ("modules", "/V1/modules"),
];

pub(crate) fn perform(task: Task) -> Result<()> {
    let Task::Pull { url, out, with_schema, saas, credentials } = task;
    let credentials = credentials.read()?;
    let (mut document, mut warnings) =
        pulled(&base(&url, saas), &credentials).context("nothing was written")?;
    if with_schema {
        let (contract, said) = pull::contract(&url, &credentials).context("nothing was written")?;
        warnings.extend(said);
        if let Node::Map(parts) = &mut document {
            parts.push(("schema".to_owned(), contract.to_node()));
        }
    }
    warnings.iter().for_each(|warning| eprintln!("warning: {warning}"));
    write::whole(&out, &write::pretty(&document))?;
    println!("wrote {}", shown(&out));
    Ok(())
}

/// Where the endpoints of a store begin.
fn base(url: &str, saas: bool) -> String {
    let base = url.trim_end_matches('/');
    if saas || base.contains("/rest") { base.to_owned() } else { format!("{base}/rest/all") }
}

/// The document and what could not be had; a part that is left out counts as unknown.
fn pulled(base: &str, credentials: &Credentials) -> Result<(Node, Vec<String>)> {
    let mut parts = vec![("version".to_owned(), Node::Number("1".to_owned()))];
    let mut warnings = Vec::new();
    for (name, path) in PARTS {
        match part(&format!("{base}{path}"), credentials)? {
            Ok(node) => parts.push((name.to_owned(), node)),
            Err(why) => warnings.push(format!("left out {name}: {why}")),
        }
    }
    match parts.len() {
        1 => bail!("{base} tells nothing: {}", warnings.join("; ")),
        _ => Ok((Node::Map(parts), warnings)),
    }
}

/// One part; a refusal of the store is no failure of the whole.
fn part(address: &str, credentials: &Credentials) -> Result<Result<Node, String>> {
    let reply = fetch::get(address, credentials)?;
    if reply.status != 200 {
        return Ok(Err(format!("the store answers {}", reply.status)));
    }
    let node: Node = serde_json::from_slice(&reply.body).with_context(|| format!("{address} is not JSON"))?;
    Ok(match node {
        Node::List(_) => Ok(node),
        Node::Map(pairs) => {
            let items = pairs.into_iter().find(|(key, _)| key == "items").map(|(_, items)| items);
            items.ok_or_else(|| "the store's reply is no list".to_owned())
        }
        other => Err(format!("the store's reply is {}", other.kind())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::read::tests::serve_all;

    const REFUSAL: &str = "HTTP/1.1 401 No\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

    #[test]
    fn the_saas_edition_has_no_rest() {
        assert_eq!(base("https://x.test/tenant/", true), "https://x.test/tenant");
        assert_eq!(base("https://x.test/", false), "https://x.test/rest/all");
        assert_eq!(base("https://x.test/rest/de", false), "https://x.test/rest/de");
    }

    #[test]
    fn parts_that_the_store_refuses_are_left_out_by_name() {
        let list = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]";
        let page =
            "HTTP/1.1 200 OK\r\nContent-Length: 20\r\nConnection: close\r\n\r\n{\"items\":[{\"id\":0}]}";
        let (address, server) = serve_all(&[list, list, list, page, REFUSAL, list, list, REFUSAL]);
        let (document, warnings) = pulled(&base(&address, false), &Credentials::None).unwrap();
        let Node::Map(parts) = document else { panic!("no object") };
        let names: Vec<_> = parts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "version",
                "websites",
                "store_groups",
                "store_views",
                "customer_groups",
                "address_attributes",
                "countries"
            ]
        );
        assert_eq!(
            warnings,
            ["customer_attributes", "modules"].map(|name| format!("left out {name}: the store answers 401"))
        );
        assert!(server.join().unwrap()[0].starts_with("GET /rest/all/V1/store/websites "));
    }

    #[test]
    fn a_store_that_tells_nothing_gives_no_document() {
        let (address, server) = serve_all(&[REFUSAL; 8]);
        assert!(pulled(&base(&address, false), &Credentials::None).is_err());
        server.join().unwrap();
    }
}
