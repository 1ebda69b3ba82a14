//! What the store says its services are: a document that `cargo xtask schema import` reads.
//!
//! `MAGEWRIGHT_WRITE=1 cargo test -p magewright-sandbox --test schema` writes the document that the
//! tests of xtask import and hold against the contract it was made from; without it the document is compared.

use std::path::Path;

use magewright::json::{Object, Value};
use magewright::profile::Profile;
use magewright_sandbox::{App, Identity, Options, Request, Response, Rights};

type Failure = Box<dyn std::error::Error>;

/// A store with every module that adds a field.
fn app() -> Result<App, Failure> {
    const MODULES: [&str; 5] = [
        "Magento_AsynchronousOperations",
        "Magento_Company",
        "Magento_Customer",
        "Magento_LoginAsCustomerAssistance",
        "Magento_Newsletter",
    ];
    let release = "2.4.7".parse().map_err(|_| "no release")?;
    let document = Object::from_iter([("version", Value::from(1i64)), ("modules", MODULES.to_vec().into())]);
    let profile = Profile::from_document(&document.into())?;
    Ok(App::new(profile, release, Options { seed: Some(1), ..Options::default() }))
}

fn ask(app: &mut App, query: &str, identity: Option<Identity>) -> Response {
    let request = Request::get(&format!("/rest/all/schema{query}"));
    app.handle(&match identity {
        Some(identity) => request.from(identity),
        None => request,
    })
}

fn names(response: &Response, of: &str) -> Vec<String> {
    let members = response.json().and_then(|document| document.get(of)?.as_object()).map(Object::iter);
    members.into_iter().flatten().map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn the_document_that_xtask_imports_is_fresh() -> Result<(), Failure> {
    let reply = ask(&mut app()?, "?services=all", Some(Identity::Admin(1, Rights::All)));
    let document = reply.json().ok_or("no JSON")?.to_string() + "\n";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../xtask/tests/fixtures/sandbox.json");
    if std::env::var_os("MAGEWRIGHT_WRITE").is_some() {
        std::fs::write(&file, &document)?;
    }
    let kept = std::fs::read_to_string(&file)?;
    assert!(
        kept == document,
        "write it again: MAGEWRIGHT_WRITE=1 cargo test -p magewright-sandbox --test schema"
    );
    Ok(())
}

#[test]
fn services_may_be_asked_for_by_name() -> Result<(), Failure> {
    let admin = || Some(Identity::Admin(1, Rights::All));
    let mut app = app()?;
    let groups = ask(&mut app, "?services=customerGroupRepositoryV1", admin());
    assert!(names(&groups, "paths").iter().all(|path| path.starts_with("/V1/customerGroups")));
    assert!(names(&groups, "definitions").contains(&"customer-data-group-interface".to_owned()));
    assert!(!names(&groups, "definitions").contains(&"customer-data-customer-interface".to_owned()));
    let unknown = ask(&mut app, "?services=customerGroupRepositoryV1,nosuchV1", admin());
    assert_eq!(unknown.status, 400);
    assert!(String::from_utf8(unknown.bytes())?.contains("nosuchV1"));
    Ok(())
}

#[test]
fn everybody_sees_what_they_may_use() -> Result<(), Failure> {
    let mut app = app()?;
    let guest = ask(&mut app, "", None);
    assert!(names(&guest, "paths").contains(&"/V1/customers".to_owned()));
    assert!(!names(&guest, "paths").contains(&"/V1/customers/search".to_owned()));
    let rights = Rights::Only(vec!["Magento_Customer::group".to_owned()]);
    let limited = ask(&mut app, "", Some(Identity::Integration(1, rights)));
    assert!(names(&limited, "paths").contains(&"/V1/customerGroups/{id}".to_owned()));
    assert!(!names(&limited, "paths").contains(&"/V1/customers/search".to_owned()));
    Ok(())
}

#[test]
fn a_store_without_a_module_shows_nothing_of_it() {
    let stock = |release: &str| {
        let mut app = App::new(Profile::stock(), release.parse().unwrap(), Options::default());
        let reply = ask(&mut app, "?services=all", Some(Identity::Admin(1, Rights::All)));
        let path = "/definitions/customer-data-customer-extension-interface/properties";
        let fields = reply.json().and_then(|document| document.pointer(path)).and_then(Value::as_object);
        fields
            .map(|fields| fields.iter().map(|(name, _)| name.to_owned()).collect::<Vec<_>>())
            .unwrap_or_default()
    };
    assert!(stock("2.4.7").contains(&"is_subscribed".to_owned()));
    assert!(!stock("2.4.7").contains(&"company_attributes".to_owned()), "{:?}", stock("2.4.7"));
}
