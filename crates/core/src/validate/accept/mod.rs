//! The quick way: one pass over the bytes that says "certainly valid" or "look closer".
//!
//! It builds nothing and reports nothing. What it cannot be sure of, however
//! harmless, goes to the walk that explains. The law that keeps it honest:
//! what it accepts, the explaining walk finds nothing in.

mod block;
mod bytes;
mod create;
mod email;
mod grammar;
pub(super) mod held;
mod lanes;
mod list;
mod moment;
mod pair;
mod rule;
mod shape;
mod short;
pub(crate) mod stored;
mod tables;
mod text;
mod word;

pub(super) use lanes::place_of;
pub(super) use rule::Rule;
pub(super) use shape::{Progress, Shape};

use rule::Never;
use shape::Member;

/// Whether a text is a day written `YYYY-MM-DD`.
pub(super) fn is_date(text: &str) -> bool {
    moment::is_day(text.as_bytes())
}

/// Whether a text is a time written `YYYY-MM-DD HH:MM:SS`.
pub(crate) fn is_time(text: &str) -> bool {
    moment::is_time(text.as_bytes())
}

/// What follows the JSON value at the start of a text, whatever it is, when it is plainly written.
pub(crate) fn value(text: &[u8]) -> Option<&[u8]> {
    bytes::anything(text, 0)
}

/// A table-driven acceptor of documents of one kind.
#[derive(Debug)]
pub(crate) struct Gate {
    root: Shape,
}

impl Gate {
    /// A gate that nothing passes: every payload is looked at closer.
    pub(crate) fn closed() -> Self {
        let never = Member { name: String::new(), required: true, rule: Box::new(Never) };
        Gate { root: Shape::new(std::iter::once(never)) }
    }

    /// What follows the document at the start of `text`, when the document is certainly valid.
    #[inline]
    pub(crate) fn pass<'t>(&self, text: &'t [u8]) -> Option<&'t [u8]> {
        self.root.read(text)
    }

    /// The document's members, for who looks closer.
    pub(super) fn shape(&self) -> &Shape {
        &self.root
    }
}
