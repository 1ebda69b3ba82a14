//! A request's body as the store decodes it, before any rule is asked.

mod xml;

use crate::json::{self, Object, Value};
use crate::outcome::Refusal;

/// Reads a body by its `Content-Type`.
///
/// A body of no bytes is an empty object, whatever the type. JSON is read for `application/json`; XML for
/// `application/xml`, `application/xhtml+xml` and `text/xml`: the root element is left out, elements become keys
/// with texts as values, elements of one name a list, attributes `{"_value": …, "_attribute": {…}}`.
///
/// # Errors
///
/// The store's refusal: of the header (none, not understood, another charset than UTF-8), or of a text that is not
/// well-formed. XML with a document type, with namespaces or in another encoding is refused with status 415,
/// which no store answers: it is not modelled.
///
/// Source: Magento `Webapi/Rest/Request.php` and its deserializers.
///
/// ```
/// use magewright::store::body;
///
/// let json = body::read(Some("application/json"), br#"{"customer":{"firstname":"Ada"}}"#)?;
/// let xml = body::read(
///     Some("text/xml; charset=utf-8"),
///     b"<request><customer><firstname>Ada</firstname></customer></request>",
/// )?;
/// assert_eq!(json, xml);
///
/// let refusal = body::read(None, b"{}").unwrap_err();
/// assert_eq!((refusal.status, refusal.message.as_str()), (400, "Content-Type header is empty."));
/// # Ok::<(), magewright::outcome::Refusal>(())
/// ```
pub fn read(content_type: Option<&str>, body: &[u8]) -> Result<Value, Refusal> {
    if body.is_empty() {
        return Ok(Value::Object(Object::new()));
    }
    match media_type(content_type)? {
        "application/json" => json(body),
        "application/xml" | "application/xhtml+xml" | "text/xml" => Ok(xml::read(body)?),
        other => {
            let words = format!("Server cannot understand Content-Type HTTP header media type {other}");
            Err(Refusal::new(400, words))
        }
    }
}

/// A JSON body, whose type nobody asks for; none at all is an empty object.
pub(crate) fn json(body: &[u8]) -> Result<Value, Refusal> {
    if body.is_empty() {
        return Ok(Value::Object(Object::new()));
    }
    json::parse(body).map_err(|_| undecodable())
}

/// The media type of a header, which may name a charset and nothing else.
fn media_type(header: Option<&str>) -> Result<&str, Box<Refusal>> {
    let refused = |words: &str| Box::new(Refusal::new(400, words));
    // PHP takes the text "0" for nothing.
    let header = header.filter(|header| !matches!(*header, "" | "0"));
    let header = header.ok_or_else(|| refused("Content-Type header is empty."))?;
    let (media, parameter) = match header.split_once(';') {
        Some((media, parameter)) => (media, Some(parameter.trim_start_matches(' '))),
        None => (header, None),
    };
    let is_media = |byte: u8| byte.is_ascii_alphanumeric() || b"/-+.".contains(&byte);
    let charset = parameter.map(charset);
    if media.is_empty() || !media.bytes().all(is_media) || charset == Some(None) {
        return Err(refused("Content-Type header is invalid."));
    }
    match charset.flatten() {
        Some(name) if !name.eq_ignore_ascii_case("utf-8") => {
            Err(refused("UTF-8 is the only supported charset."))
        }
        _ => Ok(media),
    }
}

/// The name after `charset=`; a pair of quotes would be part of it.
fn charset(parameter: &str) -> Option<&str> {
    let (key, name) = parameter.split_at_checked("charset=".len())?;
    (key.eq_ignore_ascii_case("charset=") && !name.is_empty()).then_some(name)
}

/// What the store says of a text that is not of its type.
pub(crate) fn undecodable() -> Refusal {
    Refusal::new(400, "Decoding error.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(content_type: &str) -> String {
        match read(Some(content_type), b"{}") {
            Ok(value) => value.to_string(),
            Err(refusal) => refusal.message,
        }
    }

    #[test]
    fn the_header_is_read_as_the_store_reads_it() {
        for good in
            ["application/json", "application/json;charset=UTF-8", "application/json;   Charset=utf-8"]
        {
            assert_eq!(answer(good), "{}", "{good}");
        }
        for other in ["application/json; charset=\"utf-8\"", "application/json; charset=utf-8; x=1"] {
            assert_eq!(answer(other), "UTF-8 is the only supported charset.", "{other}");
        }
        for bad in [
            "application/json; boundary=x",
            "application/json ; charset=utf-8",
            "*/*",
            ";",
            "application/json;",
        ] {
            assert_eq!(answer(bad), "Content-Type header is invalid.", "{bad}");
        }
        for none in ["", "0"] {
            assert_eq!(answer(none), "Content-Type header is empty.", "{none}");
        }
        for unknown in ["Application/JSON", "text/plain"] {
            let words = format!("Server cannot understand Content-Type HTTP header media type {unknown}");
            assert_eq!(answer(unknown), words);
        }
    }

    #[test]
    fn nothing_needs_no_header() {
        assert_eq!(read(None, b""), Ok(Value::Object(Object::new())));
        assert_eq!(read(Some("text/plain"), b""), Ok(Value::Object(Object::new())));
    }

    #[test]
    fn what_is_not_json_is_refused() {
        assert_eq!(
            read(Some("application/json"), b"{").map_err(|refusal| refusal.message),
            Err("Decoding error.".into())
        );
    }
}
