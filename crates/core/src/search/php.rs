//! A query string as PHP makes an array of it.

use super::decode::DecodeError;

/// PHP's `max_input_vars`: further parameters are dropped unless the shop raised it.
const MAX_PARAMETERS: usize = 1000;

/// PHP's `max_input_nesting_level`: a deeper parameter is dropped.
const MAX_NESTING: usize = 64;

/// A value of PHP's `$_GET`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Text(String),
    Array(Array),
}

/// A PHP array: keys in order of their first appearance, integer keys as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Array {
    pub(super) entries: Vec<(String, Node)>,
}

impl Array {
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|(known, _)| known == key).map(|(_, node)| node)
    }

    /// Sets what stands at `key`, then at `rest` below it; `None` (`[]`) is the next free number.
    fn insert(&mut self, key: Option<&str>, rest: &[Option<&str>], value: String) {
        let Some(name) = key.map(str::to_owned).or_else(|| self.next_number()) else { return };
        match self.entries.iter_mut().find(|(known, _)| *known == name) {
            Some((_, node)) => node.place(rest, value),
            None => {
                let mut node = Node::Array(Array::default());
                node.place(rest, value);
                self.entries.push((name, node));
            }
        }
    }

    /// One more than the largest number among the keys; `None` when there is no larger one.
    fn next_number(&self) -> Option<String> {
        let numbers = self.entries.iter().filter_map(|(key, _)| {
            let number = key.parse::<i64>().ok()?;
            (number.to_string() == *key).then_some(number)
        });
        let next = numbers.max().map_or(Some(0), |most| most.checked_add(1))?;
        Some(next.to_string())
    }
}

impl Node {
    /// A text in the way of an index gives place to an array, and the other way round.
    fn place(&mut self, path: &[Option<&str>], value: String) {
        let Some((key, rest)) = path.split_first() else {
            *self = Node::Text(value);
            return;
        };
        if matches!(self, Node::Text(_)) {
            *self = Node::Array(Array::default());
        }
        if let Node::Array(array) = self {
            array.insert(*key, rest, value);
        }
    }
}

/// Reads a query string, without its `?`, as PHP 8 does.
pub(super) fn parse_query(query: &str) -> Result<Array, DecodeError> {
    let mut array = Array::default();
    for (count, pair) in query.split('&').filter(|pair| !pair.is_empty()).enumerate() {
        if count == MAX_PARAMETERS {
            return Err(DecodeError::TooManyParameters);
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode_component(name)?;
        if let Some(path) = Path::read(&name) {
            array.insert(Some(&path.name), &path.indexes, decode_component(value)?);
        }
    }
    Ok(array)
}

/// The name of a parameter, taken apart at its brackets.
struct Path<'a> {
    name: String,
    indexes: Vec<Option<&'a str>>,
}

impl<'a> Path<'a> {
    /// `None` when PHP drops the parameter.
    fn read(text: &'a str) -> Option<Self> {
        let text = text.split('\0').next()?.trim_start_matches(' ');
        let (name, mut rest) = text.split_at(text.find('[').unwrap_or(text.len()));
        let mut name = name.replace([' ', '.'], "_");
        if name.is_empty() {
            return None;
        }
        let mut indexes = Vec::new();
        while let Some(inside) = rest.strip_prefix('[') {
            match inside.split_once(']') {
                Some((index, after)) => {
                    indexes.push(Some(index).filter(|index| !is_blank(index)));
                    rest = after;
                }
                // A bracket that nothing closes is part of the name.
                None if indexes.is_empty() => {
                    name = format!("{name}_{}", inside.replace([' ', '.', '['], "_"));
                    break;
                }
                None => break,
            }
        }
        (indexes.len() <= MAX_NESTING).then_some(Path { name, indexes })
    }
}

/// Whether an index is none at all: `[]`, and `[ ]` with one space of any kind.
fn is_blank(index: &str) -> bool {
    matches!(index.as_bytes(), [] | [b' ' | b'\t'..=b'\r'])
}

/// Decodes `%XX` and `+`; a `%` without two hexadecimal digits stays.
fn decode_component(text: &str) -> Result<String, DecodeError> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'+', _) => out.push(b' '),
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(hex(*high) << 4 | hex(*low));
                rest = after;
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8(out).map_err(|_| DecodeError::NotUtf8)
}

/// The value of a hexadecimal digit.
fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20).wrapping_sub(b'a' - 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Value;

    fn shown(node: &Node) -> String {
        match node {
            Node::Text(text) => text.clone(),
            Node::Array(array) => {
                let entry = |(key, node): &(String, Node)| format!("{key}:{}", shown(node));
                format!("{{{}}}", array.entries.iter().map(entry).collect::<Vec<_>>().join(","))
            }
        }
    }

    fn parsed(query: &str) -> String {
        shown(&Node::Array(parse_query(query).unwrap()))
    }

    #[test]
    fn brackets_nest() {
        assert_eq!(parsed("a[b][0]=1&a[b][x]=2&a[c]=3"), "{a:{b:{0:1,x:2},c:3}}");
        assert_eq!(parsed("a[][f]=1&a[][g]=2&a[7]=x&a[]=y"), "{a:{0:{f:1},1:{g:2},7:x,8:y}}");
        assert_eq!(parsed("a[-5]=x&a[]=y"), "{a:{-5:x,-4:y}}");
        assert_eq!(parsed("a[9223372036854775807]=x&a[]=y"), "{a:{9223372036854775807:x}}");
    }

    #[test]
    fn the_last_spelling_of_a_name_counts() {
        assert_eq!(parsed("a=1&b=2&a=3"), "{a:3,b:2}");
        assert_eq!(parsed("a=1&a[b]=2"), "{a:{b:2}}");
        assert_eq!(parsed("a[b]=2&a=1"), "{a:1}");
    }

    #[test]
    fn broken_names_are_read_as_php_reads_them() {
        assert_eq!(parsed("a[b=1"), "{a_b:1}");
        assert_eq!(parsed("a[b]c=1"), "{a:{b:1}}");
        assert_eq!(parsed("a[b][c=1"), "{a:{b:1}}");
        assert_eq!(parsed(" a.b c=1&=2&&[x]=3"), "{a_b_c:1}");
        assert_eq!(parsed("a%00b=1"), "{a:1}");
        assert_eq!(parsed("a[ b]=1&a[ ]=2&[=3"), "{a:{ b:1,0:2}}");
    }

    #[test]
    fn escapes() {
        assert_eq!(parsed("a=%41+%2b%zz%"), "{a:A +%zz%}");
        assert_eq!(parse_query("a=%ff"), Err(DecodeError::NotUtf8));
    }

    #[test]
    fn too_much_is_an_error_not_a_guess() {
        assert_eq!(parse_query(&"a[]=1&".repeat(1001)), Err(DecodeError::TooManyParameters));
        assert_eq!(parsed(&format!("a{}=1", "[b]".repeat(65))), "{}");
    }

    fn listed(node: &Node) -> Value {
        match node {
            Node::Text(text) => text.as_str().into(),
            Node::Array(array) => {
                let entry =
                    |(key, node): &(String, Node)| Value::from(vec![key.as_str().into(), listed(node)]);
                Value::from(array.entries.iter().map(entry).collect::<Vec<_>>())
            }
        }
    }

    #[test]
    fn queries_are_read_as_php_reads_them() {
        for line in crate::php_answers::lines("queries") {
            let query = line[0].as_str().unwrap();
            let ours = listed(&Node::Array(parse_query(query).unwrap()));
            assert_eq!(ours.to_string(), line[1].to_string(), "{query:?}");
        }
    }
}
