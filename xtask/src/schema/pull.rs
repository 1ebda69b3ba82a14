//! `cargo xtask schema pull`: a store's own schema, asked for by the services it needs.

use anyhow::{Context, Result, bail};
use clap::Args;

use super::contract::Contract;
use super::fetch::{self, Credentials};
use super::import::Imported;
use super::node::{At, Node};
use super::{check_release, contracts, diff, import, named, overlay, read, shown, write};
use crate::codegen;
use crate::run;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The store's base URL, such as https://shop.example/.
    url: String,
    /// What to call the contract: schema/contracts/<NAME>.json. The host when left out.
    #[arg(long)]
    name: Option<String>,
    /// The services to ask for; those of the customer domain when left out, `all` for everything.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    services: Vec<String>,
    /// Refuses the whole schema when a module's definition is broken, instead of leaving that out.
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    credentials: fetch::Options,
}

pub(crate) fn perform(options: &Options) -> Result<()> {
    let name = options.name.clone().map_or_else(|| host(&options.url), Ok)?;
    check_release(&name)?;
    let credentials = options.credentials.read()?;
    let services = match options.services.is_empty() {
        true => needed()?,
        false => options.services.clone(),
    };
    let document = fetched(&options.url, services, &credentials).context("nothing was written")?;
    let imported = import::contract(&document, &name, !options.strict)
        .with_context(|| format!("the schema of {} is refused; nothing was written", options.url))?;
    let imported = imported.told();
    let contract = &imported.contract;
    let out = contracts().join(format!("{name}.json"));
    write::whole(&out, &write::pretty(&contract.to_node()))?;
    println!("wrote {}: {} types, {} endpoints", shown(&out), contract.types.len(), contract.endpoints.len());
    let newest = named(&codegen::newest_release()?)?;
    let compared = Imported { warnings: Vec::new(), ..imported }.filled(&newest)?;
    print!("{}", diff::summary(&newest, &compared.contract));
    compared.told();
    Ok(())
}

/// The contract of a store's customer domain, and warnings: what of its modules was left out.
pub(crate) fn contract(url: &str, credentials: &Credentials) -> Result<(Contract, Vec<String>)> {
    let imported = import::contract(&fetched(url, needed()?, credentials)?, "own", true)?;
    Ok((imported.contract, imported.warnings))
}

/// `shop.example` of `https://shop.example:8443/de`.
fn host(url: &str) -> Result<String> {
    let url = reqwest::Url::parse(url).with_context(|| format!("{url} is no address"))?;
    url.host_str().map(str::to_owned).context("the address has no host; give --name")
}

/// Where a store shows its schema: below a base URL, or the address itself when it is one already.
fn address(url: &str, services: &[String]) -> String {
    if url.contains("/schema") {
        return url.to_owned();
    }
    let base = url.trim_end_matches('/');
    let base = if base.contains("/rest") { base.to_owned() } else { format!("{base}/rest/all") };
    format!("{base}/schema?services={}", services.join(","))
}

/// The schema with these services. A store refuses the whole question when it lacks one of
/// them, so that one is left out and the question put again.
fn fetched(url: &str, mut services: Vec<String>, credentials: &Credentials) -> Result<Node> {
    for _ in 0..=services.len() {
        let address = address(url, &services);
        let reply = fetch::get(&address, credentials)?;
        let text = String::from_utf8(reply.body).with_context(|| format!("{address} is not UTF-8"))?;
        match reply.status {
            200 => return read::parse(&text).with_context(|| format!("{address} cannot be read")),
            401 | 403 => {
                bail!("{address} wants credentials that may see customers: --token-env or --oauth-env")
            }
            status => {
                let Some(missing) = named_in(&text, &services) else {
                    bail!("{url} answers {status}: {}", said(&text));
                };
                eprintln!("warning: the store has no service `{missing}`; asking without it");
                services.retain(|service| *service != missing);
            }
        }
    }
    bail!("{url} has none of the services of the customer domain");
}

/// The service that a refusal names; the longest, for one name may begin another.
fn named_in(text: &str, services: &[String]) -> Option<String> {
    let named = services.iter().filter(|service| text.contains(service.as_str()));
    named.max_by_key(|service| service.len()).cloned()
}

/// The message of a refusal, else that there is none.
fn said(text: &str) -> String {
    let node = read::parse(text).ok();
    let message =
        node.as_ref().and_then(|node| At::root(node).get("message")?.text().ok().map(str::to_owned));
    message.unwrap_or_else(|| "no message; a store's schema is at /rest/all/schema?services=all".to_owned())
}

/// The services behind the endpoints that the overlay knows, as a store names them.
fn needed() -> Result<Vec<String>> {
    let overlay = overlay::load(&run::root().join("schema").join("overlay.json"))?;
    let known = overlay.endpoints.values().filter(|notes| notes.left_out.is_none());
    let mut services: Vec<String> = known.filter_map(|notes| service(notes.service.as_deref()?)).collect();
    services.sort();
    services.dedup();
    Ok(services)
}

/// `Magento\Customer\Api\GroupRepositoryInterface::save` as `customerGroupRepositoryV1`: vendor
/// Magento is left out, and the module where it is the service's own name.
pub(super) fn service(method: &str) -> Option<String> {
    let (class, _) = method.split_once("::")?;
    let mut parts = class.split('\\');
    let (vendor, module) = (parts.next()?, parts.next()?);
    let name = parts.next_back()?.strip_suffix("Interface")?;
    let vendor = if vendor == "Magento" { "" } else { vendor };
    let module = if module == name { "" } else { module };
    let whole = format!("{vendor}{module}{name}V1");
    let mut letters = whole.chars();
    Some(letters.next()?.to_ascii_lowercase().to_string() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::read::tests::serve_all;

    #[test]
    fn services_are_named_as_a_store_names_them() {
        assert_eq!(
            service(r"Magento\Customer\Api\GroupRepositoryInterface::save").as_deref(),
            Some("customerGroupRepositoryV1")
        );
        assert_eq!(service(r"Acme\Card\Api\CardInterface::get").as_deref(), Some("acmeCardV1"));
        let services = needed().unwrap();
        for name in
            ["customerCustomerRepositoryV1", "customerAccountManagementV1", "storeWebsiteRepositoryV1"]
        {
            assert!(services.iter().any(|service| service == name), "{name} in {services:?}");
        }
    }

    #[test]
    fn the_address_is_built_or_taken() {
        let services = ["a".to_owned(), "b".to_owned()];
        assert_eq!(address("https://x.test/", &services), "https://x.test/rest/all/schema?services=a,b");
        assert_eq!(
            address("https://x.test/rest/de", &services),
            "https://x.test/rest/de/schema?services=a,b"
        );
        assert_eq!(
            address("https://x.test/rest/schema?services=all", &services),
            "https://x.test/rest/schema?services=all"
        );
    }

    #[test]
    fn a_service_that_the_store_lacks_is_left_out() {
        let refusal = "HTTP/1.1 404 Not Found\r\nContent-Length: 61\r\nConnection: close\r\n\r\n\
                       {\"message\":\"Requested service is not available: \\\"tokenV1\\\"\"} ";
        let schema =
            "HTTP/1.1 200 OK\r\nContent-Length: 17\r\nConnection: close\r\n\r\n{\"swagger\":\"2.0\"}";
        let (address, server) = serve_all(&[refusal, schema]);
        let services = ["aV1", "tokenV1"].map(str::to_owned).to_vec();
        let token = Credentials::Token("abc".to_owned());
        assert!(fetched(&address, services, &token).is_ok());
        let requests = server.join().unwrap();
        assert!(requests[0].starts_with("GET /rest/all/schema?services=aV1,tokenV1 "), "{requests:?}");
        assert!(requests[1].starts_with("GET /rest/all/schema?services=aV1 "), "{requests:?}");
        assert!(requests[1].to_lowercase().contains("authorization: bearer abc"), "{requests:?}");
    }

    #[test]
    fn a_refusal_is_passed_on() {
        let refusal =
            "HTTP/1.1 500 Oops\r\nContent-Length: 17\r\nConnection: close\r\n\r\n{\"message\":\"why\"}";
        let (address, server) = serve_all(&[refusal]);
        let error = fetched(&address, vec!["aV1".to_owned()], &Credentials::None).err().unwrap();
        assert!(error.to_string().ends_with("answers 500: why"), "{error}");
        server.join().unwrap();
    }
}
