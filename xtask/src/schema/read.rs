//! Reading a schema document, from a file or an address.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::fetch::{self, Credentials};
use super::node::Node;
use super::{openapi, yaml};

/// The largest document that is read; a store with all its services has about 5 MB.
const MAX_BYTES: u64 = 32 << 20;

/// Reads JSON or YAML, whichever the text is, from a file or an http(s) address.
pub(crate) fn document(source: &str, credentials: &Credentials) -> Result<Node> {
    let bytes = match source.starts_with("http://") || source.starts_with("https://") {
        true => fetched(source, credentials)?,
        false => read_bounded(file(source)?, source)?,
    };
    let text = String::from_utf8(bytes).with_context(|| format!("{source} is not UTF-8"))?;
    parse(&text).with_context(|| format!("{source} cannot be read"))
}

pub(crate) fn parse(text: &str) -> Result<Node> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['{', '[']) {
        return serde_json::from_str(text).map(openapi::as_swagger).context("not JSON");
    }
    let document = yaml::parse(text)?;
    // Half a YAML document is often YAML too; what breaks off inside a line was cut.
    if !text.ends_with('\n') {
        bail!("it breaks off inside its last line; fetch it again, or end the line if it is whole");
    }
    match document {
        node @ Node::Map(_) => Ok(openapi::as_swagger(node)),
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

fn fetched(address: &str, credentials: &Credentials) -> Result<Vec<u8>> {
    let reply = fetch::get(address, credentials)?;
    match reply.status {
        200 => Ok(reply.body),
        401 | 403 => bail!("{address} wants credentials that may see customers: --token-env or --oauth-env"),
        status => bail!("{address} answers {status}; a store's schema is at /rest/all/schema?services=all"),
    }
}

pub(super) fn read_bounded(source: impl Read, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES + 1).read_to_end(&mut bytes).with_context(|| format!("{name} breaks off"))?;
    if bytes.len() as u64 > MAX_BYTES {
        bail!("{name} has more than {MAX_BYTES} bytes, which is no schema document");
    }
    Ok(bytes)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::io::Write;
    use std::net::TcpListener;

    /// A server for so many requests, which answers with these texts; gives the requests back.
    pub(crate) fn serve_all(replies: &[&'static str]) -> (String, std::thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let replies = replies.to_vec();
        let answer = move |reply: &'static str| {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap();
            stream.write_all(reply.as_bytes()).unwrap();
            String::from_utf8_lossy(&request[..length]).into_owned()
        };
        (address, std::thread::spawn(move || replies.into_iter().map(answer).collect()))
    }

    fn serve(reply: &'static str) -> (String, std::thread::JoinHandle<Vec<String>>) {
        let (address, server) = serve_all(&[reply]);
        (format!("{address}/rest/all/schema"), server)
    }

    #[test]
    fn an_address_is_fetched_with_the_token() {
        let (address, server) =
            serve("HTTP/1.1 200 OK\r\nContent-Length: 16\r\nConnection: close\r\n\r\n{\"swagger\":\"2.0\"}");
        let error = document(&address, &Credentials::Token("abc".to_owned())).map(|_| ()).unwrap_err();
        assert!(format!("{error:#}").contains("not JSON"), "one byte is missing: {error:#}");
        assert!(server.join().unwrap()[0].to_lowercase().contains("authorization: bearer abc"));
    }

    #[test]
    fn a_refusal_names_the_way_out() {
        let (address, server) = serve("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        assert!(document(&address, &Credentials::None).unwrap_err().to_string().contains("--token-env"));
        server.join().unwrap();
        let (address, server) = serve("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assert!(
            document(&address, &Credentials::None)
                .unwrap_err()
                .to_string()
                .contains("/rest/all/schema?services=all")
        );
        server.join().unwrap();
        assert!(document("http://127.0.0.1:9/schema", &Credentials::None).is_err());
    }

    #[test]
    fn more_than_the_limit_is_not_read() {
        let endless = std::io::repeat(b'{');
        assert!(read_bounded(endless, "it").unwrap_err().to_string().contains("more than 33554432 bytes"));
    }

    #[test]
    fn a_file_that_is_none_is_refused() {
        assert!(
            document(env!("CARGO_MANIFEST_DIR"), &Credentials::None)
                .unwrap_err()
                .to_string()
                .contains("is a folder")
        );
        assert!(
            document("no/such/file.yaml", &Credentials::None)
                .unwrap_err()
                .to_string()
                .contains("cannot be opened")
        );
    }
}
