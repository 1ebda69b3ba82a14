//! From a refusal to the body of its reply.

use crate::json::{Object, Value};
use crate::outcome::{Parameters, Refusal};

impl Refusal {
    /// The body of the reply: an object, or a string for bare text.
    ///
    /// [`StoreError::decode`](super::StoreError::decode) reads it back.
    ///
    /// ```
    /// use magewright::outcome::Refusal;
    /// let refusal = Refusal::new(400, "\"%fieldName\" is required.").named([("fieldName", "city")]);
    /// let body = r#"{"message":"\"%fieldName\" is required.","parameters":{"fieldName":"city"}}"#;
    /// assert_eq!(refusal.reply().to_string(), body);
    /// ```
    #[must_use]
    pub fn reply(&self) -> Value {
        if self.plain_text {
            return self.message.as_str().into();
        }
        let mut reply = Object::from_iter([("message", self.message.as_str())]);
        if !self.errors.is_empty() {
            reply.insert("errors", self.errors.iter().map(single).collect::<Vec<_>>());
        }
        if let Some(parameters) = parameters(&self.parameters) {
            reply.insert("parameters", parameters);
        }
        reply.into()
    }
}

/// In a list of errors the store writes `parameters` even where there are none.
fn single((message, of): &(String, Parameters)) -> Value {
    let parameters = parameters(of).unwrap_or_else(|| Value::Array(Vec::new()));
    Object::from_iter([("message", Value::from(message.as_str())), ("parameters", parameters)]).into()
}

fn parameters(of: &Parameters) -> Option<Value> {
    match of {
        Parameters::None => None,
        Parameters::Positional(values) => Some(Value::Array(values.clone())),
        Parameters::Named(named) => Some(named.clone().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::StoreError;
    use super::*;
    use proptest::prelude::*;

    fn some_parameters() -> impl Strategy<Value = Parameters> {
        let value =
            || prop_oneof![Just(Value::Null), any::<i64>().prop_map(Value::from), ".*".prop_map(Value::from)];
        prop_oneof![
            Just(Parameters::None),
            prop::collection::vec(value(), 0..4).prop_map(Parameters::Positional),
            prop::collection::vec(("[a-z]{1,5}", value()), 1..4)
                .prop_map(|named| Parameters::Named(named.into_iter().collect())),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            status in 300u16..600, message in ".*", parameters in some_parameters(), errors in prop::collection::vec(".*", 0..3),
        ) {
            let errors = errors.into_iter().map(|message| (message, Parameters::Positional(Vec::new()))).collect();
            let refusal = Refusal { parameters, errors, ..Refusal::new(status, message) };
            let body = refusal.reply().to_string();
            prop_assert_eq!(StoreError::decode(status, body.as_bytes()).refusal, refusal);
        }
    }
}
