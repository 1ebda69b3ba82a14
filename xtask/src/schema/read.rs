//! Reading a schema document, from a file or an address.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::node::Node;
use super::yaml;

/// The largest document that is read; a store with all its services has about 5 MB.
const MAX_BYTES: u64 = 32 << 20;

/// Reads JSON or YAML, whichever the text is.
pub(crate) fn document(source: &str) -> Result<Node> {
    let bytes = file(Path::new(source))?;
    let text = String::from_utf8(bytes).with_context(|| format!("{source} is not UTF-8"))?;
    parse(&text).with_context(|| format!("{source} cannot be read"))
}

pub(crate) fn parse(text: &str) -> Result<Node> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['{', '[']) {
        return serde_json::from_str(text).context("not JSON");
    }
    match yaml::parse(text)? {
        node @ Node::Map(_) => Ok(node),
        other => bail!("{} rather than a document", other.kind()),
    }
}

fn file(path: &Path) -> Result<Vec<u8>> {
    let size = std::fs::metadata(path).with_context(|| format!("{}", path.display()))?.len();
    if size > MAX_BYTES {
        bail!("{} has {size} bytes; more than {MAX_BYTES} is no schema document", path.display());
    }
    std::fs::read(path).with_context(|| format!("{}", path.display()))
}
