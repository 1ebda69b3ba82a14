//! Where a request goes: store code, processor, path and query.

use magewright::outcome::Refusal;
use magewright::profile::Profile;

use crate::php;
use crate::refusal::cannot_be_processed;

/// A request's path and query, taken apart as the store does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Target<'a> {
    /// The store code, `None` when there is none.
    pub scope: Option<&'a str>,
    /// Which of the store's processors takes it.
    pub processor: Processor,
    /// The path from the version on (`/V1/…`), or what follows `/schema`.
    pub path: &'a str,
    /// The query without its `?`.
    pub query: &'a str,
}

/// The parts of a store that take requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Processor {
    /// Answers at once.
    Sync,
    /// Queues one operation.
    Async,
    /// Queues a list of operations.
    Bulk,
    /// Describes the services.
    Schema,
}

/// Takes a request's target apart.
///
/// # Errors
/// 404 for a path outside the REST API, 400 for one that no processor takes, an unknown store code included.
pub(crate) fn parse<'a>(target: &'a str, profile: &Profile) -> Result<Target<'a>, Refusal> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = path.strip_prefix("/index.php").unwrap_or(path);
    let rest = path.strip_prefix("/rest").filter(|rest| rest.starts_with('/'));
    let rest = rest.ok_or_else(|| Refusal::new(404, "Not found: the API begins at /rest."))?;
    let (scope, rest) = take_store_code(rest, profile);
    let (processor, path) = processor(rest)?;
    Ok(Target { scope, processor, path, query })
}

/// Takes the store code off; what is not one stays, and then no processor takes the path.
fn take_store_code<'a>(path: &'a str, profile: &Profile) -> (Option<&'a str>, &'a str) {
    let tail = path.strip_prefix('/').unwrap_or(path);
    let (first, rest) = tail.find('/').map_or((tail, ""), |at| tail.split_at(at));
    let is_view = profile.store_view_by_code(first).is_some_and(|view| view.id != 0);
    if first == "all" || is_view { (Some(first), rest) } else { (None, path) }
}

fn processor(path: &str) -> Result<(Processor, &str), Refusal> {
    let versioned = |path: &str| {
        let mut chars = path.chars();
        chars.next() == Some('/')
            && chars.next() == Some('V')
            && chars.next().is_some_and(|c| c.is_ascii_digit())
    };
    let below = |prefix| path.strip_prefix(prefix).filter(|rest| versioned(rest));
    if let Some(rest) = below("/async/bulk") {
        return Ok((Processor::Bulk, rest));
    }
    if let Some(rest) = below("/async") {
        return Ok((Processor::Async, rest));
    }
    if versioned(path) {
        return Ok((Processor::Sync, path));
    }
    if let Some(rest) = path.strip_prefix("/schema").filter(|rest| rest.trim_matches('/').is_empty()) {
        return Ok((Processor::Schema, rest));
    }
    Err(cannot_be_processed())
}

/// The name of a `{name}` segment of a template.
pub(crate) fn placeholder(part: &str) -> Option<&str> {
    part.strip_prefix('{')?.strip_suffix('}')
}

/// What stands in a path at the `{name}` segments of a template, decoded, in order.
pub(crate) fn path_values(template: &str, path: &str) -> Vec<(String, String)> {
    let pairs = template.split('/').zip(path.split('/'));
    pairs.filter_map(|(part, value)| Some((placeholder(part)?.to_owned(), php::urldecode(value)))).collect()
}

/// The parameters of a query, decoded; of one sent twice the last counts, as in PHP.
pub(crate) fn query_parameters(query: &str) -> Vec<(String, String)> {
    let decode = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (php::urldecode(name), php::urldecode(value))
    };
    query.split('&').filter(|pair| !pair.is_empty()).map(decode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(target: &str) -> Result<(Option<&str>, Processor, &str), u16> {
        let profile = Profile::stock();
        parse(target, &profile).map(|t| (t.scope, t.processor, t.path)).map_err(|refusal| refusal.status)
    }

    #[test]
    fn store_codes_and_processors_are_told_apart() {
        assert_eq!(parsed("/rest/V1/customers/1?a=b"), Ok((None, Processor::Sync, "/V1/customers/1")));
        assert_eq!(parsed("/rest/all/V1/x"), Ok((Some("all"), Processor::Sync, "/V1/x")));
        assert_eq!(parsed("/rest/default/async/bulk/V1/x"), Ok((Some("default"), Processor::Bulk, "/V1/x")));
        assert_eq!(parsed("/rest/async/V1/x"), Ok((None, Processor::Async, "/V1/x")));
        assert_eq!(parsed("/rest/default/schema?services=all"), Ok((Some("default"), Processor::Schema, "")));
    }

    #[test]
    fn other_paths_are_refused() {
        for target in ["/rest/nosuch/V1/x", "/rest/admin/V1/x", "/rest/DEFAULT/V1/x", "/rest/", "/rest/Vx"] {
            assert_eq!(parsed(target), Err(400), "{target}");
        }
        assert_eq!(parsed("/"), Err(404));
        assert_eq!(parsed("/restV1"), Err(404));
    }

    #[test]
    fn values_of_a_path_are_decoded() {
        let values = path_values("/V1/customers/{email}/activate", "/V1/customers/a%2Bb%40x.test/activate");
        assert_eq!(values, [("email".to_owned(), "a+b@x.test".to_owned())]);
    }
}
