//! Reading a schema document, from a file or an address.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::node::Node;
use super::yaml;

/// The largest document that is read; a store with all its services has about 5 MB.
const MAX_BYTES: u64 = 32 << 20;

/// Building the document takes a store some seconds when it has not done so before.
const TIMEOUT: Duration = Duration::from_secs(120);

/// Reads JSON or YAML, whichever the text is, from a file or an http(s) address.
pub(crate) fn document(source: &str, token: Option<&str>) -> Result<Node> {
    let bytes = match source.starts_with("http://") || source.starts_with("https://") {
        true => fetch(source, token)?,
        false => read_bounded(file(source)?, source)?,
    };
    let text = String::from_utf8(bytes).with_context(|| format!("{source} is not UTF-8"))?;
    parse(&text).with_context(|| format!("{source} cannot be read"))
}

pub(crate) fn parse(text: &str) -> Result<Node> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['{', '[']) {
        return serde_json::from_str(text).context("not JSON");
    }
    let document = yaml::parse(text)?;
    // Half a YAML document is often YAML too; what breaks off inside a line was cut.
    if !text.ends_with('\n') {
        bail!("it breaks off inside its last line; fetch it again, or end the line if it is whole");
    }
    match document {
        node @ Node::Map(_) => Ok(node),
        other => bail!("{} rather than a schema document", other.kind()),
    }
}

fn file(source: &str) -> Result<std::fs::File> {
    let path = Path::new(source);
    if path.is_dir() {
        bail!("{source} is a folder; name the document itself");
    }
    std::fs::File::open(path).with_context(|| format!("{source} cannot be opened"))
}

/// Fetches a document; a store's `/rest/all/schema?services=all`.
fn fetch(address: &str, token: Option<&str>) -> Result<Vec<u8>> {
    // The one provider for TLS that needs neither cmake nor a C compiler with assembler support.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::blocking::Client::builder().timeout(TIMEOUT).build()?;
    let mut request = client.get(address).header("Accept", "application/json");
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let reply = request.send().with_context(|| format!("{address} does not answer"))?;
    match reply.status().as_u16() {
        200 => read_bounded(reply, address),
        401 | 403 => bail!("{address} wants a token that may see customers: --token-env VAR"),
        status => bail!("{address} answers {status}; a store's schema is at /rest/all/schema?services=all"),
    }
}

fn read_bounded(source: impl Read, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES + 1).read_to_end(&mut bytes).with_context(|| format!("{name} breaks off"))?;
    if bytes.len() as u64 > MAX_BYTES {
        bail!("{name} has more than {MAX_BYTES} bytes, which is no schema document");
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::net::TcpListener;

    /// A server for one request, which answers with these bytes; gives the request's text back.
    fn serve(reply: &'static [u8]) -> (String, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/rest/all/schema", listener.local_addr().unwrap());
        let thread = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 2048];
            let length = stream.read(&mut request).unwrap();
            stream.write_all(reply).unwrap();
            String::from_utf8_lossy(&request[..length]).into_owned()
        });
        (address, thread)
    }

    #[test]
    fn an_address_is_fetched_with_the_token() {
        let (address, server) =
            serve(b"HTTP/1.1 200 OK\r\nContent-Length: 16\r\nConnection: close\r\n\r\n{\"swagger\":\"2.0\"}");
        let error = document(&address, Some("abc")).map(|_| ()).unwrap_err();
        assert!(format!("{error:#}").contains("not JSON"), "one byte is missing: {error:#}");
        assert!(server.join().unwrap().to_lowercase().contains("authorization: bearer abc"));
    }

    #[test]
    fn a_refusal_names_the_way_out() {
        let (address, server) = serve(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        assert!(document(&address, None).unwrap_err().to_string().contains("--token-env"));
        server.join().unwrap();
        let (address, server) = serve(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assert!(document(&address, None).unwrap_err().to_string().contains("/rest/all/schema?services=all"));
        server.join().unwrap();
        assert!(document("http://127.0.0.1:9/schema", None).is_err());
    }

    #[test]
    fn more_than_the_limit_is_not_read() {
        let endless = std::io::repeat(b'{');
        assert!(read_bounded(endless, "it").unwrap_err().to_string().contains("more than 33554432 bytes"));
    }

    #[test]
    fn a_file_that_is_none_is_refused() {
        assert!(document(env!("CARGO_MANIFEST_DIR"), None).unwrap_err().to_string().contains("is a folder"));
        assert!(document("no/such/file.yaml", None).unwrap_err().to_string().contains("cannot be opened"));
    }
}
