//! Questions about searches.

use super::answer::object;
use super::request::missing;
use super::{Failure, FailureCode, Request, criteria, replies};
use crate::json::Value;
use crate::search::{DecodeError, Spelling, decode, encode};

const SPELLINGS: &[(&str, Spelling)] = &[("camel", Spelling::Camel), ("snake", Spelling::Snake)];

/// `search.encode`: the query string, without `?`.
pub(super) fn to_query(request: &Request) -> Result<Value, Failure> {
    let criteria = criteria::read(request.optional("criteria").ok_or_else(|| missing("criteria"))?)?;
    let spelling = request.choice("spelling", SPELLINGS)?.unwrap_or_default();
    Ok(encode(&criteria, spelling).into())
}

/// `search.decode`: `{"criteria", "text"}` as the store reads a query, or
/// `{"refused"}` with the store's words.
pub(super) fn from_query(request: &Request) -> Result<Value, Failure> {
    match decode(request.text("query")?, request.release()?) {
        Ok(read) => {
            let text = Value::from(read.to_string());
            Ok(object(vec![("criteria", criteria::write(&read)), ("text", text)]).into())
        }
        Err(DecodeError::Refused(refusal)) => {
            Ok(object(vec![("refused", replies::refusal(&refusal).into())]).into())
        }
        Err(error) => Err(Failure::member(FailureCode::Unsupported, "query", error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::call;

    #[test]
    fn criteria_go_there_and_back() {
        let request = br#"{"criteria":"group_id = 1 limit 5","spelling":"snake"}"#;
        let query = "searchCriteria%5Bfilter_groups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bfield%5D=group_id\
            &searchCriteria%5Bfilter_groups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bvalue%5D=1\
            &searchCriteria%5Bfilter_groups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bcondition_type%5D=eq\
            &searchCriteria%5Bpage_size%5D=5";
        assert_eq!(call("search.encode", request), format!(r#"{{"ok":"{query}"}}"#));
        let answer = call("search.decode", format!(r#"{{"query":"{query}"}}"#).as_bytes());
        assert!(answer.contains(r#""text":"group_id = 1 limit 5""#), "{answer}");
    }

    #[test]
    fn what_the_store_refuses_is_an_answer_and_what_is_not_modelled_is_not() {
        let refused = call("search.decode", br#"{"query":""}"#);
        assert!(refused.starts_with(r#"{"ok":{"refused":{"status":400"#), "{refused}");
        let unknown = call("search.decode", br#"{"query":"searchCriteria&fields[]=id"}"#);
        assert!(unknown.contains(r#""code":"unsupported""#), "{unknown}");
    }

    #[test]
    fn criteria_that_are_none_are_refused() {
        for request in ["{}", r#"{"criteria":7}"#, r#"{"criteria":"a b c"}"#] {
            assert!(call("search.encode", request.as_bytes()).contains("/criteria"));
        }
    }
}
