//! What must not be submitted.

use std::fmt;

use crate::json::{Path, Value};

/// Whether items may carry passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Passwords {
    /// Refuse them: the store keeps them in clear text.
    #[default]
    Refuse,
    /// Let them through, knowing that.
    Allow,
}

/// A reason not to submit a list of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which item, counted from 0.
    pub item: usize,
    /// Where in the list, as a JSON Pointer.
    pub pointer: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// It is no object: the store fails (500), and nothing of the submission is queued.
    NotAnObject,
    /// It has no `customer`: the store refuses the whole submission.
    NoCustomer,
    /// It carries a password.
    Password,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.kind {
            ProblemKind::NotAnObject => "an item must be an object, else the store fails and takes none",
            ProblemKind::NoCustomer => {
                "an item needs `customer`, else the store refuses the whole submission"
            }
            ProblemKind::Password => {
                "the store keeps a bulk's passwords in clear text, readable through its status, and for ever when the \
                 operation fails: create without a password, create one by one, or allow it explicitly"
            }
        };
        write!(f, "{}: {reason}", self.pointer)
    }
}

impl std::error::Error for Problem {}

/// Reasons not to submit these items as a bulk of customers; empty when there is none.
///
/// What the store makes of each customer is for `validate` to say; one unknown field
/// or wrong type also refuses the whole submission.
///
/// ```
/// use magewright::bulk::{Passwords, ProblemKind, check};
/// let items = [magewright::json::parse(br#"{"customer":{},"password":"x"}"#)?];
/// let problems = check(&items, Passwords::Refuse);
/// assert_eq!((problems[0].pointer.as_str(), problems[0].kind), ("/0/password", ProblemKind::Password));
/// assert!(check(&items, Passwords::Allow).is_empty());
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
#[must_use]
pub fn check(items: &[Value], passwords: Passwords) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (item, value) in items.iter().enumerate() {
        let at = Path::root();
        let at = at.index(item);
        let mut found = |pointer: String, kind| problems.push(Problem { item, pointer, kind });
        let Some(members) = value.as_object() else {
            found(at.to_string(), ProblemKind::NotAnObject);
            continue;
        };
        if members.get("customer").is_none_or(Value::is_null) {
            found(at.key("customer").to_string(), ProblemKind::NoCustomer);
        }
        for (name, _) in members.iter().filter(|(name, value)| is_password(name) && !value.is_null()) {
            if passwords == Passwords::Refuse {
                found(at.key(name).to_string(), ProblemKind::Password);
            }
        }
    }
    problems
}

/// A ready hash is as good as a password to whoever can try them offline.
fn is_password(name: &str) -> bool {
    ["password", "passwordHash", "password_hash"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn every_problem_is_named_and_no_password() {
        let list = parse(
            br#"[null, {}, {"customer":{},"password":"hunter2"}, {"customer":{},"passwordHash":null}]"#,
        );
        let problems = check(list.unwrap().as_array().unwrap(), Passwords::Refuse);
        let found: Vec<_> = problems.iter().map(|problem| (problem.pointer.as_str(), problem.kind)).collect();
        assert_eq!(
            found,
            [
                ("/0", ProblemKind::NotAnObject),
                ("/1/customer", ProblemKind::NoCustomer),
                ("/2/password", ProblemKind::Password),
            ]
        );
        assert!(problems.iter().all(|problem| !problem.to_string().contains("hunter2")));
    }
}
