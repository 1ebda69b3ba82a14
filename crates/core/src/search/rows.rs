//! A page of a search in the store's own words.

use std::fmt;

use crate::call::{Error, UnexpectedReply, is_success};
use crate::error::StoreError;
use crate::json::scan::{Piece, Scanner};
use crate::json::{self, SyntaxError, Value};
use crate::validate::accept;

/// The rows of a page, as the store wrote them: places in its text, found and checked in one pass, and read only
/// by who asks for a row's document.
///
/// ```
/// use magewright::search::Rows;
/// let reply = br#"{"items":[{"id":3,"credit":1.50},{"id":7,"email":"a@b.test"}],"total_count":9}"#;
/// let rows = Rows::read(reply.to_vec())?;
/// assert_eq!((rows.len(), rows.total_count()), (2, 9));
/// let first = rows.iter().next().expect("a row");
/// assert_eq!((first.id(), first.text()), (Some(3), r#"{"id":3,"credit":1.50}"#));
/// assert_eq!(first.value().to_string(), first.text());
/// # Ok::<(), magewright::search::NotAPage>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Rows {
    text: String,
    places: Vec<Place>,
    total_count: u64,
}

/// Where a row stands, and whose it is.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    start: usize,
    end: usize,
    id: Option<i64>,
}

/// A row of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Row<'p> {
    text: &'p str,
    id: Option<i64>,
}

/// Why a reply is no page of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotAPage {
    /// It is no JSON.
    Syntax(SyntaxError),
    /// It lacks a list of items, or how many match.
    Incomplete,
}

impl fmt::Display for NotAPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAPage::Syntax(error) => error.fmt(f),
            NotAPage::Incomplete => f.write_str("no list of items with a total_count: name both in fields"),
        }
    }
}

impl std::error::Error for NotAPage {}

impl From<SyntaxError> for NotAPage {
    fn from(error: SyntaxError) -> Self {
        NotAPage::Syntax(error)
    }
}

impl Rows {
    /// The rows of a reply to a search.
    ///
    /// # Errors
    /// A reply that is no JSON, or has no list of objects as `items` with a `total_count` beside it.
    pub fn read(body: Vec<u8>) -> Result<Self, NotAPage> {
        let text = String::from_utf8(body).map_err(|error| {
            // The scanner says where, and in the words of every other syntax error.
            Scanner::new(error.as_bytes()).err().map_or(NotAPage::Incomplete, NotAPage::from)
        })?;
        let (places, total_count) = Reader { scan: Scanner::over(&text) }.page()?;
        match (places, total_count) {
            (Some(places), Some(total_count)) => Ok(Rows { text, places, total_count }),
            // Of an empty list, `fields` leaves `null`.
            (None, Some(0)) => Ok(Rows { text, places: Vec::new(), total_count: 0 }),
            _ => Err(NotAPage::Incomplete),
        }
    }

    /// The rows of a search's reply with a status, as [`Call::parse`](crate::call::Call::parse) reads replies.
    ///
    /// ```
    /// use magewright::search::Rows;
    /// assert!(Rows::of_reply(200, br#"{"items":[],"total_count":0}"#.to_vec())?.is_empty());
    /// assert!(Rows::of_reply(400, br#"{"message":"no"}"#.to_vec()).is_err());
    /// # Ok::<(), magewright::call::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Store`] for a status that is not a success; [`Error::Reply`] for a success that [`Rows::read`]
    /// does not take.
    pub fn of_reply(status: u16, body: Vec<u8>) -> Result<Self, Error> {
        if !is_success(status) {
            return Err(Error::Store(Box::new(StoreError::decode(status, &body))));
        }
        let unexpected = |error: NotAPage| UnexpectedReply { status, problem: error.to_string() };
        Rows::read(body).map_err(|error| Error::Reply(unexpected(error)))
    }

    /// How many rows match on all pages.
    #[must_use]
    pub fn total_count(&self) -> u64 {
        self.total_count
    }

    /// How many rows the page has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether the page has no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The row at a place from 0 on.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Row<'_>> {
        self.places.get(at).map(|place| self.row(place))
    }

    /// The rows in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.places.iter().map(|place| self.row(place))
    }

    /// The ids of the rows; `None` when one has none.
    #[must_use]
    pub fn ids(&self) -> Option<Vec<i64>> {
        self.places.iter().map(|place| place.id).collect()
    }

    fn row(&self, place: &Place) -> Row<'_> {
        Row { text: self.text.get(place.start..place.end).unwrap_or_default(), id: place.id }
    }
}

impl fmt::Debug for Rows {
    /// Shows no row: they are personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rows({} of {})", self.len(), self.total_count)
    }
}

impl<'p> Row<'p> {
    /// The row's JSON, byte for byte as the store wrote it.
    #[must_use]
    pub fn text(&self) -> &'p str {
        self.text
    }

    /// The row's `id`; `None` for one without, or whose id is no integer. Of a row that names it twice, as no
    /// store writes one, either may be given.
    #[must_use]
    pub fn id(&self) -> Option<i64> {
        self.id
    }

    /// The row's document.
    #[must_use]
    pub fn value(&self) -> Value {
        // Its syntax was checked with the page's.
        json::parse(self.text.as_bytes()).unwrap_or_default()
    }
}

impl fmt::Debug for Row<'_> {
    /// Shows the id only: the rest is personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Reads a page once from front to back.
struct Reader<'t> {
    scan: Scanner<'t>,
}

impl Reader<'_> {
    /// The places of the items and the count, of equal keys the last.
    fn page(&mut self) -> Result<(Option<Vec<Place>>, Option<u64>), NotAPage> {
        let (mut places, mut total_count, mut first) = (None, None, true);
        if self.scan.value()? != Piece::Object {
            return Err(NotAPage::Incomplete);
        }
        while let Some(key) = self.scan.key(&mut first)? {
            match (key.plain(), self.scan.value()?) {
                (Some("items"), Piece::Array) => places = Some(self.items()?),
                (Some("items"), Piece::Null) => places = None,
                (Some("total_count"), Piece::Number(count)) => total_count = count.parse().ok(),
                (Some("items" | "total_count"), _) => return Err(NotAPage::Incomplete),
                (_, other) => self.scan.skip(other)?,
            }
        }
        self.scan.end()?;
        Ok((places, total_count))
    }

    fn items(&mut self) -> Result<Vec<Place>, NotAPage> {
        let (mut places, mut first) = (Vec::new(), true);
        while self.scan.item(&mut first)? {
            let row = self.scan.rest();
            let start = self.scan.offset();
            if let Some((id, after)) = plain_row(row) {
                self.scan.pass_to(after);
                places.push(Place { start, end: self.scan.offset(), id: Some(id) });
                continue;
            }
            let Piece::Object = self.scan.value()? else { return Err(NotAPage::Incomplete) };
            let id = self.id()?;
            places.push(Place { start, end: self.scan.offset(), id });
        }
        Ok(places)
    }

    /// Reads an object just opened to its end; its `id`.
    fn id(&mut self) -> Result<Option<i64>, SyntaxError> {
        let (mut id, mut first) = (None, true);
        while let Some(key) = self.scan.key(&mut first)? {
            let value = self.scan.value()?;
            match (key.plain(), value) {
                (Some("id"), Piece::Number(number)) => id = number.parse().ok(),
                (Some("id"), _) => {
                    id = None;
                    self.scan.skip(value)?;
                }
                _ => self.scan.skip(value)?,
            }
        }
        Ok(id)
    }
}

/// The id of a row that begins with it and is plainly written, as stores write them, and what follows the row;
/// `None` for "look closer".
fn plain_row(text: &[u8]) -> Option<(i64, &[u8])> {
    let id = text.strip_prefix(br#"{"id":"#)?;
    let digits = id.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let id = std::str::from_utf8(id.get(..digits)?).ok()?.parse().ok()?;
    Some((id, accept::value(text)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Result<Rows, NotAPage> {
        Rows::read(text.as_bytes().to_vec())
    }

    #[test]
    fn rows_are_found_whatever_stands_around_them() {
        let page = rows(
            r#" {"x":{"items":[1]}, "items" : [ {"id": 1, "a":[{"id":9}]} , {"b":"\"},{","id":2} ],
                "search_criteria":{"total_count":0},"total_count":7 } "#,
        )
        .unwrap();
        assert_eq!(page.ids(), Some(vec![1, 2]));
        assert_eq!(page.get(1).unwrap().text(), r#"{"b":"\"},{","id":2}"#);
        assert_eq!(page.total_count(), 7);
        assert_eq!(format!("{page:?} {:?}", page.get(0).unwrap()), "Rows(2 of 7) Row { id: Some(1), .. }");
    }

    #[test]
    fn rows_without_an_id_have_none() {
        for id in [r#"{"a":1}"#, r#"{"id":"7"}"#, r#"{"id":1.5}"#, "{}"] {
            let page = rows(&format!(r#"{{"items":[{id}],"total_count":1}}"#)).unwrap();
            assert_eq!((page.ids(), page.len()), (None, 1), "{id}");
        }
    }

    #[test]
    fn an_empty_list_may_be_null() {
        for text in
            [r#"{"items":[],"total_count":0}"#, r#"{"items":null,"total_count":0}"#, r#"{"total_count":0}"#]
        {
            assert!(rows(text).unwrap().is_empty(), "{text}");
        }
    }

    #[test]
    fn what_is_no_page_is_refused() {
        for text in [
            "[]",
            r#"{"items":[]}"#,
            r#"{"items":null,"total_count":1}"#,
            r#"{"items":[1],"total_count":1}"#,
            r#"{"items":{},"total_count":0}"#,
            r#"{"items":[],"total_count":-1}"#,
            r#"{"items":[],"total_count":"0"}"#,
        ] {
            assert_eq!(rows(text), Err(NotAPage::Incomplete), "{text}");
        }
        for text in ["", "<html>", r#"{"items":[{"id":1}"#, r#"{"items":[{"a":tru}],"total_count":1}"#] {
            assert!(matches!(rows(text), Err(NotAPage::Syntax(_))), "{text}");
        }
        assert!(matches!(Rows::read(vec![b'{', 0xff]), Err(NotAPage::Syntax(_))));
    }
}
