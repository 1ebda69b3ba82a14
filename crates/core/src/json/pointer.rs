use std::fmt;

/// Where a walk over a document stands; written out as a JSON Pointer (RFC 6901).
///
/// A path borrows its parent, so that a walk which finds nothing to report
/// allocates nothing.
///
/// ```
/// use magewright::json::Path;
/// let root = Path::root();
/// let addresses = root.key("addresses");
/// let first = addresses.index(0);
/// assert_eq!(first.key("postal/code").to_string(), "/addresses/0/postal~1code");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    segment: Segment<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Segment<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    /// The whole document.
    #[must_use]
    pub const fn root() -> Self {
        Path { parent: None, segment: Segment::Root }
    }

    /// The member `key` of what stands here.
    #[must_use]
    pub const fn key(&'a self, key: &'a str) -> Path<'a> {
        Path { parent: Some(self), segment: Segment::Key(key) }
    }

    /// The item `index`, counted from 0, of what stands here.
    #[must_use]
    pub const fn index(&'a self, index: usize) -> Path<'a> {
        Path { parent: Some(self), segment: Segment::Index(index) }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.segment {
            Segment::Root => Ok(()),
            Segment::Key(key) => write!(f, "/{}", escape_segment(key)),
            Segment::Index(index) => write!(f, "/{index}"),
        }
    }
}

/// Escapes one reference token of a JSON Pointer: `~` as `~0`, `/` as `~1`.
///
/// ```
/// assert_eq!(magewright::json::escape_segment("a/b~c"), "a~1b~0c");
/// ```
#[must_use]
pub fn escape_segment(key: &str) -> std::borrow::Cow<'_, str> {
    if key.contains(['~', '/']) { key.replace('~', "~0").replace('/', "~1").into() } else { key.into() }
}
