//! Writing documents: pretty JSON, whole or not at all.

use std::path::Path;

use anyhow::{Context, Result};

use super::node::Node;

/// Writes a file through a neighbour and a rename, so that a reader never sees half of it.
pub(crate) fn whole(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
    let neighbour = path.with_extension(format!("new-{}", std::process::id()));
    let written = std::fs::write(&neighbour, text).and_then(|()| std::fs::rename(&neighbour, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&neighbour);
    }
    written.with_context(|| format!("writing {}", path.display()))
}

/// JSON with two spaces of indent; a list or object that fits one line stays on it.
pub(crate) fn pretty(node: &Node) -> String {
    let mut out = String::new();
    write(&mut out, node, 0);
    out.push('\n');
    out
}

const WIDTH: usize = 100;

fn write(out: &mut String, node: &Node, indent: usize) {
    let line = compact(node);
    if indent > 0 && line.len() + indent <= WIDTH {
        out.push_str(&line);
        return;
    }
    match node {
        Node::List(items) if !items.is_empty() => {
            block(out, indent, ('[', ']'), items.iter(), |out, item| write(out, item, indent + 2));
        }
        Node::Map(pairs) if !pairs.is_empty() => {
            block(out, indent, ('{', '}'), pairs.iter(), |out, (key, value)| {
                out.push_str(&quoted(key));
                out.push_str(": ");
                write(out, value, indent + 2);
            });
        }
        _ => out.push_str(&line),
    }
}

fn block<T>(
    out: &mut String,
    indent: usize,
    (open, close): (char, char),
    items: impl Iterator<Item = T>,
    mut each: impl FnMut(&mut String, T),
) {
    out.push(open);
    for (i, item) in items.enumerate() {
        out.push_str(if i == 0 { "\n" } else { ",\n" });
        out.extend(std::iter::repeat_n(' ', indent + 2));
        each(out, item);
    }
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
    out.push(close);
}

fn compact(node: &Node) -> String {
    match node {
        Node::Null => "null".to_owned(),
        Node::Bool(value) => value.to_string(),
        Node::Number(text) => text.clone(),
        Node::Text(text) => quoted(text),
        Node::List(items) => format!("[{}]", items.iter().map(compact).collect::<Vec<_>>().join(", ")),
        Node::Map(pairs) if pairs.is_empty() => "{}".to_owned(),
        Node::Map(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| format!("{}: {}", quoted(key), compact(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_a_line_stays_on_it() {
        let node: Node = serde_json::from_str(r#"{"a":{"type":"string"},"b":[],"c":{}}"#).unwrap();
        assert_eq!(pretty(&node), "{\n  \"a\": { \"type\": \"string\" },\n  \"b\": [],\n  \"c\": {}\n}\n");
    }

    #[test]
    fn long_values_are_broken_and_read_back_the_same() {
        let long = format!(r#"{{"list":["{}","b"],"n":1.5}}"#, "x".repeat(120));
        let node: Node = serde_json::from_str(&long).unwrap();
        let text = pretty(&node);
        assert!(text.lines().count() > 5);
        assert_eq!(serde_json::from_str::<Node>(&text).unwrap(), node);
    }

    #[test]
    fn a_failed_write_leaves_nothing() {
        let folder = std::env::temp_dir().join(format!("magewright-write-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("taken.json")).unwrap();
        assert!(whole(&folder.join("taken.json"), "{}").is_err());
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
