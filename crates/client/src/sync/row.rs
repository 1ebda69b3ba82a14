use magewright::json::{Object, SyntaxError, Value, parse};
use magewright::plan::{Patch, PatchError, apply};
use sha2::{Digest, Sha256};

use super::Problem;

/// The member that says why a row was rejected; left out when a row is read.
pub(super) const REJECT: &str = "$reject";

/// The digest of a row's content.
pub(super) type Hash = [u8; 16];

/// A row of the input.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) text: Vec<u8>,
    pub(super) hash: Hash,
    pub(super) wish: Result<Wish, Problem>,
}

/// What a row wants.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    pub(super) key: Key,
    /// The change, without the key.
    pub(super) patch: Patch,
}

/// Whom a row is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The customer with that id.
    Id(i64),
    /// The customer with that e-mail, in lower case, on a website, or on the default one.
    Account { email: String, website: Option<i64> },
}

impl Row {
    /// Reads a line; `None` for a blank one.
    pub(super) fn read(line: u64, text: Vec<u8>) -> Option<Self> {
        if text.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        let parsed = parse(&text).map(without_reason);
        let hash = hash(&parsed, &text);
        let wish = match parsed {
            Ok(Value::Object(members)) => Wish::read(members),
            Ok(_) => {
                Err(Problem::new("row", "", "a row is an object: a patch with the customer's id or email"))
            }
            Err(error) => Err(Problem::new("syntax", "", error.to_string())),
        };
        Some(Row { line, text, hash, wish })
    }
}

fn without_reason(mut row: Value) -> Value {
    if let Some(members) = row.as_object_mut() {
        members.remove(REJECT);
    }
    row
}

/// The digest of what a row says, however it is spaced and whatever was said of it.
fn hash(row: &Result<Value, SyntaxError>, text: &[u8]) -> Hash {
    let digest = match row {
        Ok(row) => Sha256::digest(row.to_string().as_bytes()),
        Err(_) => Sha256::digest(text),
    };
    let mut hash = Hash::default();
    hash.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    hash
}

impl Wish {
    fn read(mut row: Object) -> Result<Self, Problem> {
        if let Some(name) =
            ["password", "passwordHash", "password_hash"].into_iter().find(|name| row.contains_key(name))
        {
            let message =
                "rows carry no passwords: without one the store mails a new customer a link to set it";
            return Err(Problem::new("password", format!("/{name}"), message));
        }
        let key = match (row.get("id"), row.get("email")) {
            (Some(id), _) => Key::Id(id.as_i64().ok_or_else(|| {
                Problem::new(
                    "id",
                    "/id",
                    "the id is a whole number: leave it out where only the e-mail is known",
                )
            })?),
            (None, Some(Value::String(email))) => {
                let website = row.get("website_id").and_then(Value::as_i64);
                Key::Account { email: email.to_lowercase(), website }
            }
            _ => {
                return Err(Problem::new(
                    "key",
                    "",
                    "a row names its customer by id, or by email and website_id",
                ));
            }
        };
        if key.id().is_some() {
            row.remove("id");
        }
        let patch = Patch::new(Value::Object(row)).map_err(problem)?;
        Ok(Wish { key, patch })
    }

    /// The change to a customer that exists: the key is no change.
    pub(super) fn change(&self) -> Result<Patch, Problem> {
        if self.key.id().is_some() {
            return Ok(self.patch.clone());
        }
        let mut patch = self.patch.as_object().clone();
        patch.remove("email");
        patch.remove("website_id");
        Patch::new(Value::Object(patch)).map_err(problem)
    }

    /// The customer to create.
    pub(super) fn customer(&self) -> Result<Value, Problem> {
        apply(&Value::Object(Object::new()), &self.patch).map_err(problem)
    }
}

impl Key {
    pub(super) fn id(&self) -> Option<i64> {
        match self {
            Key::Id(id) => Some(*id),
            Key::Account { .. } => None,
        }
    }
}

fn problem(error: PatchError) -> Problem {
    Problem::new("patch", error.pointer(), error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Row {
        Row::read(1, text.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn a_row_names_its_customer_in_one_of_two_ways() {
        assert_eq!(row(r#"{"id":5,"email":"a@b.test"}"#).wish.unwrap().key, Key::Id(5));
        let key = row(r#"{"email":"A@b.test","website_id":2}"#).wish.unwrap().key;
        assert_eq!(key, Key::Account { email: "a@b.test".to_owned(), website: Some(2) });
        assert!(Row::read(1, b" \r\n".to_vec()).is_none());
    }

    #[test]
    fn what_is_no_row_says_why_and_shows_nothing() {
        for (text, code) in [
            ("{", "syntax"),
            ("[]", "row"),
            (r#"{"firstname":"A"}"#, "key"),
            (r#"{"id":"5"}"#, "id"),
            (r#"{"id":5,"password":"hunter2"}"#, "password"),
            (r#"{"id":5,"addresses":{}}"#, "patch"),
        ] {
            let problem = row(text).wish.unwrap_err();
            assert_eq!(problem.code, code);
            assert!(!format!("{problem:?}").contains("hunter2"));
        }
    }

    #[test]
    fn spaces_and_reasons_do_not_make_another_row() {
        let plain = row(r#"{"id":5,"taxvat":"1"}"#).hash;
        assert_eq!(plain, row(r#"{ "id":5, "taxvat":"1","$reject":{"line":7} }"#).hash);
        assert_ne!(plain, row(r#"{"id":5,"taxvat":"2"}"#).hash);
        assert_ne!(row("{").hash, row("[").hash);
    }

    #[test]
    fn a_new_customer_is_the_patch_on_nothing() {
        let wish =
            row(r#"{"email":"a@b.test","taxvat":null,"custom_attributes":{"tier":"4"}}"#).wish.unwrap();
        assert_eq!(
            wish.customer().unwrap().to_string(),
            r#"{"email":"a@b.test","custom_attributes":[{"attribute_code":"tier","value":"4"}]}"#
        );
        assert!(!wish.change().unwrap().as_object().contains_key("email"));
    }
}
