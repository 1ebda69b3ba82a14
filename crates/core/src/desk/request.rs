use super::{Described, Failure, FailureCode, Operation};
use crate::json::{Object, Value, parse};
use crate::release::Release;

/// A request whose members are all known to its operation.
#[derive(Debug)]
pub struct Request<'s> {
    members: Object,
    given: Option<&'s Described>,
}

impl<'s> Request<'s> {
    /// Reads a request: one object whose keys are among those the operation takes.
    pub(super) fn read(input: &[u8], operation: &Operation) -> Result<Self, Failure> {
        let Value::Object(members) = parse(input)? else {
            return Err(Failure::new(FailureCode::Syntax, "a request is a JSON object"));
        };
        Self::of(members, operation)
    }

    /// A request of these members.
    pub(super) fn of(members: Object, operation: &Operation) -> Result<Self, Failure> {
        if let Some((key, _)) = members.iter().find(|(key, _)| !operation.takes(key)) {
            return Err(operation.refuse(key));
        }
        Ok(Request { members, given: None })
    }

    /// The same request, about a store that is described already.
    pub(super) fn about(self, store: Option<&'s Described>) -> Self {
        Request { given: store, ..self }
    }

    /// The store that is described beside the request.
    pub(super) fn given(&self) -> Option<&'s Described> {
        self.given
    }

    /// Whether a document or option is given, in whichever form.
    pub(super) fn names(&self, name: &str) -> bool {
        self.optional(name).is_some() || self.optional(&as_text(name)).is_some()
    }

    /// Whether a member stands there, be it null.
    pub(super) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// A member that is there and is not null.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<&Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    /// A text that has to be there.
    ///
    /// # Errors
    /// The member is missing or is not a string.
    pub fn text(&self, name: &str) -> Result<&str, Failure> {
        self.optional_text(name)?.ok_or_else(|| missing(name))
    }

    /// A text that may be left out.
    ///
    /// # Errors
    /// The member is not a string.
    pub fn optional_text(&self, name: &str) -> Result<Option<&str>, Failure> {
        match self.optional(name).map(Value::as_str) {
            Some(None) => Err(invalid(name, "give a string")),
            found => Ok(found.flatten()),
        }
    }

    /// A document that has to be there.
    ///
    /// # Errors
    /// The member is missing, or its text is not JSON.
    pub fn document(&self, name: &str) -> Result<Value, Failure> {
        self.optional_document(name)?.ok_or_else(|| missing(name))
    }

    /// A document that may be left out. Unlike elsewhere, null is a document.
    ///
    /// # Errors
    /// Its text is not JSON.
    pub fn optional_document(&self, name: &str) -> Result<Option<Value>, Failure> {
        match self.raw(name)? {
            Some(text) => match parse(text.as_bytes()) {
                Ok(value) => Ok(Some(value)),
                Err(error) => Err(Failure::member(FailureCode::Syntax, &as_text(name), error.to_string())),
            },
            None => Ok(self.members.get(name).cloned()),
        }
    }

    /// The bytes of a document: as given, or as its value is written.
    ///
    /// # Errors
    /// The member is missing, or its `_text` is not a string.
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, Failure> {
        match (self.raw(name)?, self.members.get(name)) {
            (Some(text), _) => Ok(text.as_bytes().to_vec()),
            (None, Some(value)) => Ok(value.to_string().into_bytes()),
            (None, None) => Err(missing(name)),
        }
    }

    /// The release asked about; when none is named that of the store described beside the request, or 2.4.7-p3.
    ///
    /// # Errors
    /// A text that names no known release.
    pub fn release(&self) -> Result<Release, Failure> {
        let Some(text) = self.optional_text("release")? else {
            return Ok(self.given.map_or(Release::DEFAULT, |described| described.store().release));
        };
        text.parse().map_err(|error: crate::release::UnknownRelease| invalid("release", error.to_string()))
    }

    /// What one of a few words stands for; the word may be left out.
    ///
    /// # Errors
    /// The member is not one of the words.
    pub(super) fn choice<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, Failure> {
        let Some(text) = self.optional_text(name)? else { return Ok(None) };
        among(name, text, words).map(Some)
    }

    /// An integer that may be left out.
    ///
    /// # Errors
    /// The member is not an integer.
    pub fn optional_integer(&self, name: &str) -> Result<Option<i64>, Failure> {
        match self.optional(name).map(Value::as_i64) {
            Some(None) => Err(invalid(name, "give an integer")),
            found => Ok(found.flatten()),
        }
    }

    fn raw(&self, name: &str) -> Result<Option<&str>, Failure> {
        let key = as_text(name);
        let text = self.optional_text(&key)?;
        if text.is_some() && self.members.contains_key(name) {
            return Err(invalid(&key, format!("give `{name}` or `{key}`, not both")));
        }
        Ok(text)
    }
}

/// What a word of a member stands for.
pub(super) fn among<T: Copy>(member: &str, word: &str, words: &[(&str, T)]) -> Result<T, Failure> {
    let known = || words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    let found = words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
    found.ok_or_else(|| invalid(member, format!("give one of {}", known())))
}

/// The failure of a member that holds what it cannot.
pub(super) fn invalid(name: &str, message: impl Into<String>) -> Failure {
    Failure::member(FailureCode::InvalidMember, name, message)
}

/// The failure of a member that is not there.
pub(super) fn missing(name: &str) -> Failure {
    Failure::member(FailureCode::MissingMember, name, format!("give `{name}`"))
}

fn as_text(name: &str) -> String {
    format!("{name}_text")
}

#[cfg(test)]
mod tests {
    use super::super::operations::Run;
    use super::*;

    const KNOWN: &Operation = &Operation {
        name: "test",
        documents: &["payload"],
        options: &["release"],
        run: Run::Alone(|_| Ok(Value::Null)),
    };

    fn failure(input: &str, ask: impl Fn(&Request) -> Result<(), Failure>) -> (FailureCode, Option<String>) {
        let failure = Request::read(input.as_bytes(), KNOWN).and_then(|request| ask(&request)).unwrap_err();
        (failure.code(), failure.pointer().map(str::to_owned))
    }

    #[test]
    fn a_document_is_read_from_value_or_text() {
        for input in [r#"{"payload":{"a":1.0}}"#, r#"{"payload_text":"{\"a\":1.0}"}"#] {
            let request = Request::read(input.as_bytes(), KNOWN).unwrap();
            assert_eq!(request.document("payload").unwrap().to_string(), r#"{"a":1.0}"#);
            assert_eq!(request.bytes("payload").unwrap(), br#"{"a":1.0}"#);
            assert_eq!(request.release().unwrap(), Release::DEFAULT);
        }
    }

    #[test]
    fn text_keeps_what_a_parser_loses() {
        let request = Request::read(br#"{"payload_text":"{\"a\":1,\"a\":2}"}"#, KNOWN).unwrap();
        assert_eq!(request.bytes("payload").unwrap(), br#"{"a":1,"a":2}"#);
    }

    #[test]
    fn bad_requests_name_the_member() {
        let document = |request: &Request| request.document("payload").map(drop);
        let release = |request: &Request| request.release().map(drop);
        let at = |code, pointer: &str| (code, Some(pointer.to_owned()));
        assert_eq!(failure("[]", document), (FailureCode::Syntax, None));
        assert_eq!(failure("{", document), (FailureCode::Syntax, None));
        assert_eq!(failure("{}", document), at(FailureCode::MissingMember, "/payload"));
        assert_eq!(failure(r#"{"x":1}"#, document), at(FailureCode::UnknownMember, "/x"));
        assert_eq!(
            failure(r#"{"release_text":""}"#, document),
            at(FailureCode::UnknownMember, "/release_text")
        );
        assert_eq!(failure(r#"{"payload_text":"{"}"#, document), at(FailureCode::Syntax, "/payload_text"));
        assert_eq!(
            failure(r#"{"payload":1,"payload_text":"1"}"#, document),
            at(FailureCode::InvalidMember, "/payload_text")
        );
        assert_eq!(failure(r#"{"release":7}"#, release), at(FailureCode::InvalidMember, "/release"));
        assert_eq!(failure(r#"{"release":"2.3"}"#, release), at(FailureCode::InvalidMember, "/release"));
    }
}
