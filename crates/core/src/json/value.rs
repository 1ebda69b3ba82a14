/// A JSON value that keeps key order and number spelling.
///
/// Equality is by leaf: objects are equal whatever the order of their keys,
/// numbers when they are the same number.
#[derive(Debug, Clone, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it was spelled.
    Number(Number),
    /// A string, unescaped.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object.
    Object(Object),
}

/// A JSON number in its original spelling.
///
/// ```
/// use magewright::json::Number;
/// let n: Number = "12.50".parse()?;
/// assert_eq!(n.as_f64(), 12.5);
/// assert_eq!(n.as_i64(), None);
/// assert_eq!(n.as_str(), "12.50");
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Number(Box<str>);

/// A JSON object: unique keys in order of their first appearance.
#[derive(Debug, Clone, Default)]
pub struct Object {
    entries: Vec<(String, Value)>,
}

impl Value {
    /// The member of that name, when this is an object that has one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get(key)
    }

    /// The value a JSON Pointer (RFC 6901) names; `""` is the value itself.
    ///
    /// ```
    /// let v = magewright::json::parse(br#"{"a/b":[1,{"c":2}]}"#)?;
    /// assert_eq!(v.pointer("/a~1b/1/c").and_then(|n| n.as_i64()), Some(2));
    /// assert!(v.pointer("/a~1b/7").is_none());
    /// # Ok::<(), magewright::json::SyntaxError>(())
    /// ```
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Value> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |value, segment| {
            let segment = segment.replace("~1", "/").replace("~0", "~");
            match value {
                Value::Object(object) => object.get(&segment),
                Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
                _ => None,
            }
        })
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The integer, when this is a number written as one that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Value::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// The truth value of a boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The items of a list.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The object, to be changed.
    #[must_use]
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The type's JSON name: `null`, `boolean`, `number`, `string`, `array` or `object`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Number(a), Value::Number(b)) => a == b,
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Array(a), Value::Array(b)) => a == b,
            (Value::Object(a), Value::Object(b)) => a == b,
            _ => false,
        }
    }
}

impl Number {
    pub(super) fn from_checked(text: &str) -> Self {
        Number(text.into())
    }

    /// The number as it was spelled.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The integer, when the number is written without fraction or exponent and fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// The nearest double; PHP reads fractions, exponents and integers beyond 64 bits so.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        crate::double::parse(&self.0).unwrap_or(f64::INFINITY)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
            || match (self.as_i64(), other.as_i64()) {
                (Some(a), Some(b)) => a == b,
                _ => self.as_f64() == other.as_f64(),
            }
    }
}

impl std::str::FromStr for Number {
    type Err = super::SyntaxError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match super::parse(text.as_bytes())? {
            Value::Number(number) => Ok(number),
            _ => Err(super::SyntaxError::not_a_number()),
        }
    }
}

impl Object {
    /// An object without members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The member of that name.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        #[cfg(test)]
        super::work::looked_up();
        self.entries.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// The member of that name, to be changed.
    #[must_use]
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.entries.iter_mut().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// Whether a member of that name exists, `null` included.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Sets a member: in place when it exists, else at the end.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) {
        self.put(key.into(), value.into());
    }

    /// One function, whatever the key and the value are made of.
    fn put(&mut self, key: String, value: Value) {
        match self.get_mut(&key) {
            Some(slot) => *slot = value,
            None => self.entries.push((key, value)),
        }
    }

    /// Takes a member out.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let at = self.entries.iter().position(|(k, _)| k == key)?;
        Some(self.entries.remove(at).1)
    }

    /// The number of members.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The members in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.entries.iter().map(|(k, v)| (k.as_str(), v))
    }

    /// Builds an object the way PHP does from possibly repeated keys: a key
    /// stays where it first stood and holds the value that came last. Returns
    /// the repeated keys beside it.
    pub(super) fn from_pairs(mut pairs: Vec<(String, Value)>) -> (Self, Vec<String>) {
        let same = same_keys(&pairs);
        if same.is_empty() {
            return (Object { entries: pairs }, Vec::new());
        }
        let mut spare = Vec::new();
        for places in same {
            let [first, .., last] = places.as_slice() else { continue };
            if let Ok([first, last]) = pairs.get_disjoint_mut([*first, *last]) {
                std::mem::swap(&mut first.1, &mut last.1);
            }
            spare.extend_from_slice(places.get(1..).unwrap_or_default());
        }
        spare.sort_unstable();
        let (mut places, mut repeated) = (0.., Vec::new());
        pairs.retain_mut(|(key, _)| {
            let stays = places.next().is_none_or(|at| spare.binary_search(&at).is_err());
            if !stays {
                repeated.push(std::mem::take(key));
            }
            stays
        });
        (Object { entries: pairs }, repeated)
    }
}

/// As many keys are compared with each other as quickly as they are sorted.
const FEW: usize = 32;

/// Whether the keys of a small object all differ, as nearly always.
fn few_and_distinct(pairs: &[(String, Value)]) -> bool {
    let new =
        |(at, (key, _)): (usize, &(String, Value))| pairs.iter().take(at).all(|(other, _)| other != key);
    pairs.len() <= FEW && pairs.iter().enumerate().all(new)
}

/// The places of each key that stands more than once.
fn same_keys(pairs: &[(String, Value)]) -> Vec<Vec<usize>> {
    if few_and_distinct(pairs) {
        return Vec::new();
    }
    let key = |at: usize| pairs.get(at).map(|(key, _)| key.as_str());
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_unstable_by(|a, b| key(*a).cmp(&key(*b)).then(a.cmp(b)));
    let groups = order.chunk_by(|a, b| key(*a) == key(*b));
    groups.filter(|group| group.len() > 1).map(<[usize]>::to_vec).collect()
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl IntoIterator for Object {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Object {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut entries = Vec::new();
        for (key, value) in pairs {
            entries.push((key.into(), value.into()));
        }
        Object::from_pairs(entries).0
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Number(Number(value.to_string().into()))
    }
}

impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Value::Number(Number(value.to_string().into()))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::String(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Value::String(value)
    }
}

impl From<Object> for Value {
    fn from(value: Object) -> Self {
        Value::Object(value)
    }
}

impl<V: Into<Value>> From<Vec<V>> for Value {
    fn from(items: Vec<V>) -> Self {
        Value::Array(items.into_iter().map(Into::into).collect())
    }
}

impl<V: Into<Value>> From<Option<V>> for Value {
    fn from(value: Option<V>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}
