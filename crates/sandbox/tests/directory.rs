//! The countries and regions of a stock store, held against the recorded ones.
//!
//! `MAGEWRIGHT_WRITE=1 cargo test -p magewright-sandbox --test directory` writes them.

use std::fmt::Write;
use std::path::Path;

use magewright::json::{self, Value};
use magewright::profile::Profile;
use magewright::release::Release;
use magewright_sandbox::{App, Identity, Options, Request, Rights, fill_regions, seed};

type Failure = Box<dyn std::error::Error>;

fn app() -> App {
    let mut profile = Profile::stock();
    fill_regions(&mut profile);
    App::new(profile, Release::DEFAULT, Options::default())
}

fn recorded() -> Result<Vec<Value>, Failure> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/vectors/store/countries.json");
    let document = json::parse(&std::fs::read(file)?)?;
    Ok(document.as_array().unwrap_or_default().to_vec())
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A line a country, then one for each of its regions, indented.
fn table() -> Result<String, Failure> {
    let mut out =
        "# Written by `MAGEWRIGHT_WRITE=1 cargo test -p magewright-sandbox --test directory`.\n".to_owned();
    for country in recorded()? {
        let three = text(&country, "three_letter_abbreviation");
        writeln!(out, "{}\t{three}\t{}", text(&country, "id"), text(&country, "full_name_english"))?;
        for region in country.get("available_regions").and_then(Value::as_array).unwrap_or_default() {
            writeln!(out, "\t{}\t{}\t{}", text(region, "id"), text(region, "code"), text(region, "name"))?;
        }
    }
    Ok(out)
}

fn get(app: &mut App, path: &str) -> Value {
    let request = Request::get(path).from(Identity::Admin(1, Rights::All));
    app.handle(&request).json().cloned().unwrap_or_default()
}

#[test]
fn the_directory_is_that_of_a_real_store() -> Result<(), Failure> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/directory.txt");
    if std::env::var_os("MAGEWRIGHT_WRITE").is_some() {
        std::fs::write(&file, table()?)?;
    }
    assert!(std::fs::read_to_string(&file)? == table()?, "write it again: see above");
    let mut app = app();
    let shown = get(&mut app, "/rest/V1/directory/countries");
    assert_eq!(shown.as_array().unwrap_or_default(), recorded()?);
    Ok(())
}

#[test]
fn a_profile_pulled_from_a_store_is_its_own() -> Result<(), Failure> {
    let mut app = app();
    let countries = get(&mut app, "/rest/V1/directory/countries");
    let replies = magewright::profile::Replies { countries: Some(&countries), ..Default::default() };
    assert_eq!(Profile::from_replies(&replies)?.countries, app.profile().countries);
    Ok(())
}

#[test]
fn made_up_customers_live_in_regions_that_there_are() -> Result<(), Failure> {
    let mut app = app();
    seed(&mut app, 200, 1);
    let stored: Vec<Value> = app.customers().cloned().collect();
    for customer in stored {
        let id = customer.get("id").map(ToString::to_string).unwrap_or_default();
        let body = format!(r#"{{"customer":{customer}}}"#);
        let put = Request::new("PUT", &format!("/rest/V1/customers/{id}")).json(body);
        let reply = app.handle(&put.from(Identity::Admin(1, Rights::All)));
        assert_eq!(reply.status, 200, "{id}: {:?}", reply.body);
        let regions = |of: &Value| {
            let addresses = of.get("addresses").and_then(Value::as_array).unwrap_or_default();
            addresses.iter().map(|address| address.get("region").cloned()).collect::<Vec<_>>()
        };
        assert_eq!(reply.json().map(&regions), Some(regions(&customer)), "{id}");
    }
    Ok(())
}

#[test]
fn what_describes_a_store_has_the_members_of_a_real_stores() -> Result<(), Failure> {
    let mut app = app();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/vectors/store");
    let replies = [
        ("/rest/V1/store/storeConfigs", "storeConfigs.json"),
        ("/rest/V1/attributeMetadata/customer", "attributeMetadata-customer.json"),
        ("/rest/V1/attributeMetadata/customerAddress", "attributeMetadata-customerAddress.json"),
    ];
    for (path, file) in replies {
        let real = json::parse(&std::fs::read(folder.join(file))?)?;
        let names = |list: &Value| {
            let first = list.as_array().and_then(<[Value]>::first).and_then(Value::as_object);
            first.map(|first| first.iter().map(|(name, _)| name.to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(names(&get(&mut app, path)), names(&real), "{path}");
    }
    Ok(())
}
