//! Questions about searches.

use super::answer::object;
use super::request::missing;
use super::{Failure, FailureCode, Request, criteria, replies};
use crate::json::Value;
use crate::search::{
    DecodeError, EvaluateError, Explanation, SearchCriteria, Spelling, Warning, answer, check, decode_within,
    encode,
};
use crate::store::Store;

const SPELLINGS: &[(&str, Spelling)] = &[("camel", Spelling::Camel), ("snake", Spelling::Snake)];

/// `search.encode`: the query string, without `?`.
pub(super) fn to_query(request: &Request) -> Result<Value, Failure> {
    let spelling = request.choice("spelling", SPELLINGS)?.unwrap_or_default();
    Ok(encode(&sent(request)?, spelling).into())
}

/// `search.decode`: `{"criteria", "text"}` as the store reads a query, its input limits included, or
/// `{"refused"}` with the store's words.
pub(super) fn from_query(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    let limits = store.profile.settings.input_limits.as_ref();
    match decode_within(request.text("query")?, store.release, limits) {
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

/// `search.check`: `[{"code", "severity", "pointer", "message"}]`.
pub(super) fn warnings(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    let warnings = check(&sent(request)?, store.profile);
    Ok(warnings.iter().map(Warning::to_value).collect::<Vec<_>>().into())
}

/// `search.explain`: the criteria in words and as a tree, with what the store makes of them.
pub(super) fn in_words(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    let explanation = Explanation::new(&sent(request)?, store.profile);
    let mut tree = explanation.to_value();
    if let Value::Object(tree) = &mut tree {
        tree.insert("words", explanation.to_string());
    }
    Ok(tree)
}

/// `search.answer`: the reply to a search among the accounts given, or `{"refused"}`.
pub(super) fn reply(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    match answer(&sent(request)?, store.accounts, store.profile) {
        Ok(reply) => Ok(reply),
        Err(EvaluateError::Refused(refusal)) => {
            Ok(object(vec![("refused", replies::refusal(&refusal).into())]).into())
        }
        Err(error) => Err(Failure::member(FailureCode::Unsupported, "criteria", error.to_string())),
    }
}

fn sent(request: &Request) -> Result<SearchCriteria, Failure> {
    criteria::read(request.optional("criteria").ok_or_else(|| missing("criteria"))?)
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
    fn a_query_is_read_within_the_stores_limits() {
        let ask = |settings: &str| {
            let profile = format!(r#"{{"version":1,"settings":{settings}}}"#);
            let query = "searchCriteria[pageSize]=301";
            call("search.decode", format!(r#"{{"query":"{query}","profile":{profile}}}"#).as_bytes())
        };
        let limited =
            call("profile.from_replies", br#"{"settings":{"webapi/validation/input_limit_enabled":"1"}}"#);
        let settings =
            limited.split_once(r#""settings":"#).and_then(|(_, rest)| rest.strip_suffix("}}")).unwrap();
        assert!(ask(settings).contains("Maximum SearchCriteria pageSize is 300"), "{}", ask(settings));
        assert!(ask("{}").contains(r#""page_size":301"#), "{}", ask("{}"));
    }

    #[test]
    fn criteria_that_are_none_are_refused() {
        for request in ["{}", r#"{"criteria":7}"#, r#"{"criteria":"a b c"}"#] {
            assert!(call("search.encode", request.as_bytes()).contains("/criteria"));
        }
    }

    #[test]
    fn criteria_are_checked_against_the_store() {
        let checked = call("search.check", br#"{"criteria":"id = 5"}"#);
        assert!(
            checked.starts_with(r#"{"ok":[{"code":"unknown_field","severity":"error","pointer":"#),
            "{checked}"
        );
        assert_eq!(call("search.check", br#"{"criteria":"entity_id = 5"}"#), r#"{"ok":[]}"#);
    }

    #[test]
    fn a_search_is_explained_and_answered() {
        let explained = call("search.explain", br#"{"criteria":"id = 5"}"#);
        assert!(explained.contains(r#""words":"customers for whom\n  id is equal to 5"#), "{explained}");
        assert!(explained.contains(r#""code":"unknown_field","severity":"error""#), "{explained}");

        let accounts = r#"[{"id":1,"email":"zoe@x.test","website_id":1,"firstname":"Zo\u00eb"}]"#;
        let ask = |criteria: &str| {
            let request = format!(r#"{{"criteria":"{criteria}","accounts":{accounts}}}"#);
            call("search.answer", request.as_bytes())
        };
        assert!(ask("firstname = 'zoe'").contains(r#""total_count":1"#), "{}", ask("firstname = 'zoe'"));
        assert!(ask("id = 1").starts_with(r#"{"ok":{"refused":{"status":400"#));
        assert!(ask("firstname regexp '(?=z)'").contains(r#""code":"unsupported""#));
    }
}
