//! The body as it is written.

use crate::validate::accept::stored::{Members, places};

/// The body as far as it is written, and whether anything in it changes the customer.
pub(super) struct Writer {
    pub(super) out: Vec<u8>,
    pub(super) changed: bool,
}

impl Writer {
    pub(super) fn open(&mut self, before: &[u8]) {
        self.out.extend_from_slice(before);
        self.out.push(b'{');
    }

    /// Makes room for another item of a list.
    pub(super) fn item(&mut self) {
        if self.out.last() != Some(&b'[') {
            self.out.push(b',');
        }
    }

    // Inlined, so that a name that is known is written without a call.
    #[inline(always)]
    pub(super) fn member(&mut self, name: &str, value: &[u8]) {
        // What always stands around a name and a value, and them: room for all is looked for once.
        self.out.reserve(4 + name.len() + value.len());
        if self.out.last() != Some(&b'{') {
            self.out.push(b',');
        }
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.out.extend_from_slice(value);
    }

    /// The members in a mask as a patch writes them: those that are stored in their order, then new
    /// ones in the patch's. What is to be gone is sent as an empty text.
    pub(super) fn members(
        &mut self,
        names: &[&str],
        mut mask: u32,
        stored: &Members<'_>,
        patch: &Members<'_>,
    ) {
        self.changed |= mask != 0;
        let order = |a: usize, b: usize| match [a, b].map(|at| stored.has(1 << at)) {
            [true, true] => stored.order(a, b),
            [false, false] => patch.order(a, b),
            [a, b] => b.cmp(&a),
        };
        while let Some(at) = places(mask).min_by(|a, b| order(*a, *b)) {
            mask &= !(1 << at);
            let value = patch.at(at);
            self.member(name(names, at), if value == b"null" { b"\"\"" } else { value });
        }
    }
}

/// The name of the field at a place.
pub(super) fn name<'n>(names: &[&'n str], at: usize) -> &'n str {
    names.get(at).copied().unwrap_or_default()
}

/// The list of custom attributes, opened with the first.
pub(super) struct List<'w> {
    writer: &'w mut Writer,
    any: bool,
}

impl<'w> List<'w> {
    pub(super) fn of(writer: &'w mut Writer) -> Self {
        List { writer, any: false }
    }

    pub(super) fn put(&mut self, code: &[u8], value: &[u8]) {
        if !std::mem::replace(&mut self.any, true) {
            self.writer.member("custom_attributes", b"[");
        }
        self.writer.item();
        self.writer.open(b"");
        self.writer.member("attribute_code", code);
        self.writer.member("value", value);
        self.writer.out.push(b'}');
    }

    /// Closes the list; gives whether it has any attributes.
    pub(super) fn close(self) -> bool {
        if self.any {
            self.writer.changed = true;
            self.writer.out.push(b']');
        }
        self.any
    }
}
