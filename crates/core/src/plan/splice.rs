//! A patch laid over a stored customer without building either: runs of bytes
//! the patch does not name are copied as they stand.
//!
//! What a store writes and what most patches ask for takes this way; anything
//! odd gives `None` and takes the way over [`crate::json::Value`].

use super::keyed::{DIRECTIVE, KeyedList, Place};
use crate::json::scan::{Piece, Scanner};

/// A change of one member.
struct Edit<'p> {
    key: &'p str,
    change: Change<'p>,
    done: bool,
}

enum Change<'p> {
    /// Take the member, or the item, away.
    Remove,
    /// Put this text in place, or add it.
    Put(&'p str),
    /// Change members of the object that stands there.
    Members(Vec<Edit<'p>>),
    /// Change items of the keyed list that stands there.
    Items(KeyedList, Vec<Item<'p>>),
}

/// A change of one item of a keyed list, and the item as the patch writes it.
struct Item<'p> {
    /// The text of its key; `None` for an address yet to be created.
    key: Option<&'p str>,
    change: Change<'p>,
    whole: &'p str,
    done: bool,
}

/// The patched customer as text; `None` for texts that are not JSON, and for
/// shapes left to the other way.
pub(super) fn splice(stored: &[u8], patch: &[u8]) -> Option<Vec<u8>> {
    let mut edits = Reader::read(patch)?;
    let scan = Scanner::new(stored).ok()?;
    let text = scan.text();
    let out = Vec::with_capacity(stored.len() + patch.len());
    let mut splice = Splice { scan, text, copied: 0, out };
    splice.copied = splice.scan.start();
    let Ok(Piece::Object) = splice.scan.value() else { return None };
    splice.object(&mut edits)?;
    let end = splice.scan.offset();
    splice.scan.end().ok()?;
    splice.copy_to(end);
    Some(splice.out)
}

/// Each stored item is looked for among those of the patch; with more of these the other way is quicker.
const MANY: usize = 64;

struct Reader<'p> {
    scan: Scanner<'p>,
    text: &'p str,
}

impl<'p> Reader<'p> {
    fn read(patch: &'p [u8]) -> Option<Vec<Edit<'p>>> {
        let scan = Scanner::new(patch).ok()?;
        let mut reader = Reader { text: scan.text(), scan };
        let Ok(Piece::Object) = reader.scan.value() else { return None };
        let edits = reader.members(Place::Customer)?;
        reader.scan.end().ok()?;
        Some(edits)
    }

    /// The members of an object just opened; `None` when it holds a directive or a name twice.
    fn members(&mut self, place: Place) -> Option<Vec<Edit<'p>>> {
        let (mut edits, mut first) = (Vec::new(), true);
        while let Some(key) = self.scan.key(&mut first).ok()? {
            let key = key.plain().filter(|key| *key != DIRECTIVE)?;
            if edits.iter().any(|edit: &Edit<'_>| edit.key == key) {
                return None;
            }
            edits.push(Edit { key, change: self.change(place, key)?, done: false });
        }
        Some(edits)
    }

    fn change(&mut self, place: Place, key: &str) -> Option<Change<'p>> {
        let from = self.scan.start();
        let piece = self.scan.value().ok()?;
        match (place.list(key), piece) {
            (Some(list), Piece::Array) => return self.items(list).map(|items| Change::Items(list, items)),
            (Some(_), _) => return None,
            (None, Piece::Null) if !place.is_opaque(key) => return Some(Change::Remove),
            (None, Piece::Object) if !place.is_opaque(key) => {
                return self.members(Place::Other).map(Change::Members);
            }
            _ => self.scan.skip(piece).ok()?,
        }
        self.text.get(from..self.scan.offset()).map(Change::Put)
    }

    fn items(&mut self, list: KeyedList) -> Option<Vec<Item<'p>>> {
        let (mut items, mut first) = (Vec::new(), true);
        while self.scan.item(&mut first).ok()? {
            let item = self.item(list)?;
            let again = item.key.is_some() && items.iter().any(|other: &Item<'_>| other.key == item.key);
            if again || items.len() == MANY {
                return None;
            }
            items.push(item);
        }
        Some(items)
    }

    fn item(&mut self, list: KeyedList) -> Option<Item<'p>> {
        let from = self.scan.start();
        let Ok(Piece::Object) = self.scan.value() else { return None };
        let mut members = self.members(list.item)?;
        let whole = self.text.get(from..self.scan.offset())?;
        let key = match members.iter().position(|edit| edit.key == list.key) {
            Some(at) => match members.swap_remove(at).change {
                Change::Put(key) => Some(key),
                _ => return None,
            },
            None if list.item == Place::Address => None,
            None => return None,
        };
        let gone = list.item == Place::Attribute && members.iter().any(Edit::empties_attribute);
        let change = if gone { Change::Remove } else { Change::Members(members) };
        Some(Item { key, change, whole, done: false })
    }
}

impl Edit<'_> {
    fn empties_attribute(&self) -> bool {
        self.key == "value" && matches!(self.change, Change::Put(text) if text.eq_ignore_ascii_case("null"))
    }
}

/// Walks the stored text and copies it, changes put in.
struct Splice<'s> {
    scan: Scanner<'s>,
    text: &'s str,
    copied: usize,
    out: Vec<u8>,
}

/// What has been written of a container so far.
#[derive(Default)]
struct Written {
    any: bool,
    /// The next element must be copied without the comma before it.
    comma_pending: bool,
}

impl Splice<'_> {
    fn copy_to(&mut self, end: usize) {
        self.out.extend_from_slice(self.text.get(self.copied..end).unwrap_or_default().as_bytes());
        self.copied = end;
    }

    fn put(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn skip(&mut self) -> Option<()> {
        let piece = self.scan.value().ok()?;
        self.scan.skip(piece).ok()
    }

    /// Keeps an element that starts with this mark after `before`.
    fn keep(&mut self, written: &mut Written, before: usize, mark: char) -> Option<()> {
        if std::mem::take(&mut written.comma_pending) {
            self.copied = before + self.text.get(before..)?.find(mark)?;
        }
        written.any = true;
        Some(())
    }

    /// Takes away the element that has just been read, back to the end of the one before.
    fn take_away(&mut self, written: &mut Written, before: usize) {
        if !written.comma_pending {
            self.copy_to(before);
        }
        self.copied = self.scan.offset();
        written.comma_pending = !written.any;
    }

    /// Adds an element before the close of the container.
    fn add(&mut self, written: &mut Written, text: &[&str]) -> Option<()> {
        let close = self.scan.offset().checked_sub(1)?;
        if std::mem::take(&mut written.comma_pending) {
            self.copied = close;
        }
        self.copy_to(close);
        if std::mem::replace(&mut written.any, true) {
            self.put(",");
        }
        text.iter().for_each(|part| self.put(part));
        Some(())
    }

    /// The members of an object just opened, changed, and those it lacks.
    fn object(&mut self, edits: &mut [Edit<'_>]) -> Option<()> {
        let mut written = Written::default();
        self.members(edits, true, &mut written)
    }

    fn members(&mut self, edits: &mut [Edit<'_>], mut first: bool, written: &mut Written) -> Option<()> {
        loop {
            let before = self.scan.offset();
            let Some(key) = self.scan.key(&mut first).ok()? else { break };
            let key = key.plain()?;
            let Some(edit) = edits.iter_mut().find(|edit| edit.key == key) else {
                self.keep(written, before, '"')?;
                self.skip()?;
                continue;
            };
            if std::mem::replace(&mut edit.done, true) {
                return None;
            }
            if matches!(edit.change, Change::Remove) {
                self.skip()?;
                self.take_away(written, before);
            } else {
                self.keep(written, before, '"')?;
                self.value(&mut edit.change)?;
            }
        }
        for edit in edits.iter().filter(|edit| !edit.done) {
            match edit.change {
                Change::Remove => {}
                Change::Put(value) => self.add(written, &["\"", edit.key, "\":", value])?,
                Change::Members(_) | Change::Items(..) => return None,
            }
        }
        Some(())
    }

    /// The value that comes next, changed.
    fn value(&mut self, change: &mut Change<'_>) -> Option<()> {
        match change {
            Change::Put(text) => {
                let from = self.scan.start();
                self.copy_to(from);
                self.skip()?;
                self.copied = self.scan.offset();
                self.put(text);
                Some(())
            }
            Change::Members(edits) => match self.scan.value() {
                Ok(Piece::Object) => self.object(edits),
                _ => None,
            },
            Change::Items(list, items) => self.list(*list, items),
            Change::Remove => None,
        }
    }

    /// The list that comes next, its items changed by key and new ones added.
    fn list(&mut self, list: KeyedList, items: &mut [Item<'_>]) -> Option<()> {
        let Ok(Piece::Array) = self.scan.value() else { return None };
        let (mut written, mut first) = (Written::default(), true);
        loop {
            let before = self.scan.offset();
            if !self.scan.item(&mut first).ok()? {
                break;
            }
            self.item(list, items, &mut written, before)?;
        }
        for item in items.iter().filter(|item| !item.done && !matches!(item.change, Change::Remove)) {
            if list.item == Place::Address && item.key.is_some() {
                return None;
            }
            self.add(&mut written, &[item.whole])?;
        }
        Some(())
    }

    /// An item, whose key must be its first member as a store writes it.
    fn item(
        &mut self,
        list: KeyedList,
        items: &mut [Item<'_>],
        written: &mut Written,
        before: usize,
    ) -> Option<()> {
        let Ok(Piece::Object) = self.scan.value() else { return None };
        let mut first = true;
        if self.scan.key(&mut first).ok()??.plain()? != list.key {
            return None;
        }
        let from = self.scan.start();
        self.skip()?;
        let key = self.text.get(from..self.scan.offset())?;
        let found = items.iter_mut().find(|item| item.key == Some(key));
        if found.as_ref().is_some_and(|item| item.done) {
            return None;
        }
        let mut inner = Written { any: true, comma_pending: false };
        match found {
            Some(Item { change: Change::Remove, done, .. }) => {
                *done = true;
                self.members(&mut [], first, &mut inner)?;
                self.take_away(written, before);
                Some(())
            }
            Some(Item { change: Change::Members(edits), done, .. }) => {
                *done = true;
                self.keep(written, before, '{')?;
                self.members(edits, first, &mut inner)
            }
            _ => {
                self.keep(written, before, '{')?;
                self.members(&mut [], first, &mut inner)
            }
        }
    }
}
