//! Lists: of objects, of custom attributes, and of the lines of a street.

use super::bytes::{expect, items, skip_blanks};
use super::held::Held;
use super::rule::Rule;
use super::shape::Shape;
use super::text;
use crate::store::limits::exceeds;

/// A list of objects.
#[derive(Debug)]
pub(super) struct List(pub(super) Shape);

/// A list of at most so many objects of which the first is of one shape and all others of another.
#[derive(Debug)]
pub(super) struct FirstAndOthers {
    pub(super) first: Shape,
    pub(super) others: Shape,
    /// `None` for any number of them.
    pub(super) most: Option<i64>,
}

/// One to so many lines that neither start nor end with a blank.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) most: usize,
}

/// Custom attributes as `{"attribute_code":…,"value":…}`, in this order, no code twice.
#[derive(Debug)]
pub(super) struct Attributes(Vec<Attribute>);

/// A custom attribute that a store keeps.
#[derive(Debug)]
pub(super) struct Attribute {
    /// The code with its quotes.
    pub(super) code: String,
    pub(super) rule: Box<dyn Rule>,
}

impl Attributes {
    /// A list of the first 64 attributes given; others go the slow way.
    pub(super) fn new(known: impl Iterator<Item = Attribute>) -> Self {
        Attributes(known.take(64).collect())
    }

    /// Reads one attribute, and notes it in `seen`, a bit for each.
    fn attribute<'t>(&self, seen: &mut u64, rest: &'t [u8]) -> Option<&'t [u8]> {
        let rest = skip_blanks(skip_blanks(expect(rest, b'{')?).strip_prefix(b"\"attribute_code\":")?);
        let of_code = |attribute: &Attribute| rest.strip_prefix(attribute.code.as_bytes());
        let (index, attribute, rest) =
            self.0.iter().enumerate().find_map(|(i, known)| Some((i, known, of_code(known)?)))?;
        let bit = 1 << index;
        if *seen & bit != 0 {
            return None;
        }
        *seen |= bit;
        let rest = skip_blanks(expect(skip_blanks(rest), b',')?).strip_prefix(b"\"value\":")?;
        expect(skip_blanks(attribute.rule.read(skip_blanks(rest))?), b'}')
    }
}

impl Rule for List {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        expect(rest, b'[')?;
        items(rest, b']', |rest| self.0.read(rest))
    }

    fn shape(&self) -> Option<&Shape> {
        Some(&self.0)
    }

    fn held(&self) -> Held<'_> {
        Held::Objects(&self.0)
    }
}

impl Rule for FirstAndOthers {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        expect(rest, b'[')?;
        let (mut shape, mut count) = (&self.first, 0);
        let rest = items(rest, b']', |rest| {
            count += 1;
            std::mem::replace(&mut shape, &self.others).read(rest)
        })?;
        (!exceeds(count, self.most)).then_some(rest)
    }
}

impl Rule for Attributes {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        expect(rest, b'[')?;
        let mut seen = 0;
        items(rest, b']', |rest| self.attribute(&mut seen, rest))
    }
}

impl Rule for Lines {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        expect(rest, b'[')?;
        let mut count = 0;
        let rest = items(rest, b']', |rest| {
            count += 1;
            text::line(rest)
        })?;
        (1..=self.most).contains(&count).then_some(rest)
    }

    fn held(&self) -> Held<'_> {
        Held::Lines(self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::accept::rule::{Choice, Flag};
    use crate::validate::accept::shape::Member;

    fn reads(rule: &dyn Rule, text: &str) -> bool {
        rule.read(format!("{text},").as_bytes()) == Some(b",")
    }

    fn shape(name: &str) -> Shape {
        Shape::new([Member { name: name.to_owned(), required: true, rule: Box::new(Flag) }].into_iter())
    }

    #[test]
    fn lists_hold_objects_of_their_shapes() {
        let list = List(shape("flag"));
        assert!(reads(&list, "[]") && reads(&list, r#"[{"flag":true}]"#));
        assert!(reads(&list, r#"[ {"flag":true} , {"flag":false} ]"#));
        for text in ["[", "[{}]", "{}", r#"[{"flag":true}"#, r#"[{"flag":true},]"#, r#"[{"flag":1}]"#] {
            assert!(!reads(&list, text), "{text}");
        }
        let list = FirstAndOthers { first: shape("first"), others: shape("other"), most: Some(3) };
        assert!(reads(&list, r#"[{"first":true},{"other":true},{"other":true}]"#));
        assert!(!reads(&list, r#"[{"first":true},{"other":true},{"other":true},{"other":true}]"#));
        assert!(!reads(&list, r#"[{"first":true},{"first":true}]"#) && !reads(&list, r#"[{"other":true}]"#));
    }

    #[test]
    fn lines_are_counted() {
        let lines = Lines { most: 2 };
        assert!(reads(&lines, r#"["a"]"#) && reads(&lines, r#"["a", "b"]"#));
        assert!(["[]", r#"["a","b","c"]"#, r#"[""]"#, r#""a""#].iter().all(|text| !reads(&lines, text)));
    }

    #[test]
    fn an_attribute_stands_once() {
        let attribute = |code: &str| Attribute {
            code: format!("\"{code}\""),
            rule: Box::new(Choice(vec!["1".to_owned()])),
        };
        let attributes = Attributes::new(["a", "ab"].map(attribute).into_iter());
        let pair = |code: &str| format!(r#"{{"attribute_code":"{code}","value":1}}"#);
        assert!(reads(&attributes, "[]") && reads(&attributes, &format!("[{},{}]", pair("ab"), pair("a"))));
        for text in [format!("[{},{}]", pair("a"), pair("a")), format!("[{}]", pair("b")), pair("a")] {
            assert!(!reads(&attributes, &text), "{text}");
        }
    }
}
