//! XML documents as a store reads and writes them.
//!
//! A reader of well-formed documents in UTF-8, as strict as libxml2, which the store asks. What it does not
//! model (a document type, namespaces, other encodings) it says instead of guessing.

mod scan;

use scan::Scan;

/// The deepest nesting that libxml2 reads without being asked for more.
const MAX_DEPTH: usize = 256;

/// An element with its attributes and what stands in it, in order.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) nodes: Vec<Node>,
}

/// One part of an element's content.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
    /// A text in `<![CDATA[…]]>`.
    Data(String),
    /// A comment or an instruction.
    Aside,
}

/// Why a document is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is not well-formed; a store refuses it too.
    Malformed,
    /// A store may read it; this reader does not.
    Unsupported(&'static str),
}

impl Element {
    /// The first child element of that name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.children().find(|child| child.name == name)
    }

    /// The child elements, in order.
    pub(crate) fn children(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(child) => Some(child),
            _ => None,
        })
    }

    /// The text outside child elements.
    pub(crate) fn text(&self) -> String {
        let text = |node: &Node| match node {
            Node::Text(text) | Node::Data(text) => Some(text.clone()),
            _ => None,
        };
        self.nodes.iter().filter_map(text).collect()
    }
}

/// Reads a document; what it gives is its root element.
pub(crate) fn parse(text: &str) -> Result<Element, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.chars().all(is_character) {
        return Err(Fault::Malformed);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut scan = Scan::new(&text);
    declaration(&mut scan)?;
    around(&mut scan)?;
    let root = tree(&mut scan)?;
    around(&mut scan)?;
    if scan.is_empty() { Ok(root) } else { Err(Fault::Malformed) }
}

/// Source: XML 1.0, production `Char`.
fn is_character(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// `<?xml version="1.0" encoding="utf-8" standalone="yes"?>`, which may be missing.
fn declaration(scan: &mut Scan<'_>) -> Result<(), Fault> {
    if !scan.starts_with("<?xml") || !scan.follows_space("<?xml") {
        return Ok(());
    }
    scan.take("<?xml");
    let mut parts = scan.attributes()?.into_iter().peekable();
    let mut part = |name: &str| parts.next_if(|(part, _)| part == name).map(|(_, value)| value);
    let (version, encoding, standalone) = (part("version"), part("encoding"), part("standalone"));
    let stands = standalone.is_none_or(|value| matches!(value.as_str(), "yes" | "no"));
    if version.as_deref() != Some("1.0") || !stands || parts.next().is_some() || !scan.take("?>") {
        return Err(Fault::Malformed);
    }
    if encoding.is_none_or(|encoding| encoding.eq_ignore_ascii_case("utf-8")) {
        return Ok(());
    }
    Err(Fault::Unsupported("an XML document in another encoding than UTF-8"))
}

/// What may stand before and after the root element.
fn around(scan: &mut Scan<'_>) -> Result<(), Fault> {
    loop {
        scan.skip_space();
        if scan.starts_with("<!DOCTYPE") {
            return Err(Fault::Unsupported("an XML document with a document type"));
        }
        if !aside(scan)? {
            return Ok(());
        }
    }
}

/// A comment or an instruction; false when something else stands here.
fn aside(scan: &mut Scan<'_>) -> Result<bool, Fault> {
    if scan.take("<!--") {
        let comment = scan.until("-->")?;
        let is_plain = !comment.contains("--") && !comment.ends_with('-');
        return if is_plain { Ok(true) } else { Err(Fault::Malformed) };
    }
    if !scan.take("<?") {
        return Ok(false);
    }
    let target = scan.name()?;
    let instruction = scan.until("?>")?;
    let stands_apart = instruction.is_empty() || instruction.starts_with([' ', '\t', '\n']);
    if stands_apart && !target.eq_ignore_ascii_case("xml") { Ok(true) } else { Err(Fault::Malformed) }
}

/// The element that begins here with everything in it.
fn tree(scan: &mut Scan<'_>) -> Result<Element, Fault> {
    let mut open: Vec<Element> = Vec::new();
    loop {
        let Some(closed) = step(scan, &mut open)? else { continue };
        match open.last_mut() {
            Some(parent) => parent.nodes.push(Node::Element(closed)),
            None => return Ok(closed),
        }
    }
}

/// Takes one tag, text or comment; an element when it is closed by it.
fn step(scan: &mut Scan<'_>, open: &mut Vec<Element>) -> Result<Option<Element>, Fault> {
    let Some(element) = open.last_mut() else { return begin(scan, open) };
    if scan.take("</") {
        let is_own = scan.name()? == element.name;
        scan.skip_space();
        return if is_own && scan.take(">") { Ok(open.pop()) } else { Err(Fault::Malformed) };
    }
    if scan.take("<![CDATA[") {
        let data = scan.until("]]>")?;
        match element.nodes.last_mut() {
            Some(Node::Data(before)) => before.push_str(data),
            _ => element.nodes.push(Node::Data(data.to_owned())),
        }
    } else if !scan.starts_with("<") {
        element.nodes.push(Node::Text(scan.text()?));
    } else if aside(scan)? {
        element.nodes.push(Node::Aside);
    } else {
        return begin(scan, open);
    }
    Ok(None)
}

/// An opening tag, or a whole element without content.
fn begin(scan: &mut Scan<'_>, open: &mut Vec<Element>) -> Result<Option<Element>, Fault> {
    if !scan.take("<") || open.len() >= MAX_DEPTH {
        return Err(Fault::Malformed);
    }
    let name = scan.name()?.to_owned();
    let attributes = scan.attributes()?;
    scan.skip_space();
    let element = Element { name, attributes, nodes: Vec::new() };
    if scan.take("/>") {
        return Ok(Some(element));
    }
    open.push(element);
    if scan.take(">") { Ok(None) } else { Err(Fault::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_keeps_its_order() {
        let root = parse(
            "<?xml version='1.0'?><!-- a --><r a='1' b=\"&lt;\n2\">x<c/>y&amp;<!-- - -->z<![CDATA[<]]></r>\n",
        )
        .unwrap();
        assert_eq!(root.attributes, [("a".into(), "1".into()), ("b".into(), "< 2".into())]);
        assert_eq!(root.nodes.len(), 6);
        assert_eq!(root.text(), "xy&z<");
        assert!(root.child("c").is_some() && root.child("d").is_none());
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        let deep = format!("{}{}", "<a>".repeat(257), "</a>".repeat(257));
        for text in [
            "",
            "x",
            "<",
            "<a",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a b></a>",
            "<a b='1' b='2'/>",
            "<a b='1'c='2'/>",
            "<a>&nope;</a>",
            "<a>&#0;</a>",
            "<a>&amp</a>",
            "<a>]]></a>",
            "<a b='<'/>",
            "<1/>",
            " <?xml version='1.0'?><a/>",
            "<?xml encoding='utf-8'?><a/>",
            "<a><!-- -- --></a>",
            "<a><![CDATA[</a>",
            "<a>\u{1}</a>",
            "<a/>x",
            &deep,
        ] {
            assert_eq!(parse(text).err(), Some(Fault::Malformed), "{text}");
        }
        assert!(parse(&format!("{}{}", "<a>".repeat(256), "</a>".repeat(256))).is_ok());
    }

    #[test]
    fn what_is_not_modelled_is_said() {
        for text in [
            "<!DOCTYPE a><a/>",
            "<?xml version='1.0' encoding='latin1'?><a/>",
            "<n:a xmlns:n='urn:n'/>",
            "<a xmlns='urn:n'/>",
        ] {
            assert!(matches!(parse(text), Err(Fault::Unsupported(_))), "{text}");
        }
    }
}
