//! A store that is kept in a file, and taken up again.

use std::path::PathBuf;

use magewright::json::Value;
use magewright::profile::Profile;
use magewright::release::Release;
use magewright_sandbox::{App, Clock, FileError, Identity, Options, Request, Rights, seed};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A file of its own for a test, gone when it ends.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        Place(std::env::temp_dir().join(format!("magewright-{name}-{}.sqlite", std::process::id())))
    }

    fn open(&self) -> Result<App, FileError> {
        let clock = Clock::Fixed(1_700_000_000);
        let options = Options { clock, seed: Some(1), admin_users: true, ..Options::default() };
        App::open(Profile::stock(), Release::DEFAULT, options, &self.0)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let mut name = self.0.clone().into_os_string();
            name.push(end);
            let _ = std::fs::remove_file(name);
        }
    }
}

fn ask(app: &mut App, method: &str, path: &str, body: &str) -> (u16, Value) {
    let request = Request::new(method, path).json(body).from(Identity::Admin(1, Rights::All));
    let response = app.handle(&request);
    (response.status, response.json().cloned().unwrap_or_default())
}

fn all(app: &App) -> Vec<String> {
    app.customers().map(ToString::to_string).collect()
}

#[test]
fn customers_are_as_they_were() -> Outcome {
    let place = Place::new("customers");
    let mut app = place.open()?;
    seed(&mut app, 5, 1);
    app.keep()?;
    let ada = r#"{"customer":{"email":"ada@example.test","firstname":"Ada","lastname":"L","extension_attributes":{"is_subscribed":true}},"password":"Passw0rd!x"}"#;
    assert_eq!(ask(&mut app, "POST", "/rest/V1/customers", ada).0, 200);
    assert_eq!(ask(&mut app, "PUT", "/rest/V1/customers/2", r#"{"customer":{"taxvat":"T"}}"#).0, 200);
    assert_eq!(ask(&mut app, "DELETE", "/rest/V1/customers/3", "").0, 200);
    let (before, next) = (all(&app), app.next_customer());
    drop(app);

    let mut app = place.open()?;
    assert_eq!(all(&app), before);
    assert_eq!(app.next_customer(), next, "an id is not given again");
    let login = r#"{"username":"ada@example.test","password":"Passw0rd!x"}"#;
    assert_eq!(ask(&mut app, "POST", "/rest/V1/integration/customer/token", login).0, 200);
    Ok(())
}

#[test]
fn tokens_groups_and_users_are_as_they_were() -> Outcome {
    let place = Place::new("others");
    let mut app = place.open()?;
    let token = app.token(&Identity::Admin(1, Rights::All)).ok_or("no token")?;
    assert_eq!(ask(&mut app, "POST", "/rest/V1/customerGroups", r#"{"group":{"code":"Clinics"}}"#).0, 200);
    assert_eq!(ask(&mut app, "DELETE", "/rest/V1/customerGroups/2", "").0, 200);
    let user = r#"{"user":{"username":"ada","firstname":"A","lastname":"L","email":"a@b.test","password":"abcdef1"}}"#;
    assert_eq!(ask(&mut app, "POST", "/rest/V1/users", user).0, 200);
    drop(app);

    let mut app = place.open()?;
    let groups = app.handle(&Request::get("/rest/V1/customerGroups/4").bearer(&token));
    assert_eq!(groups.json().and_then(|group| group.get("code")?.as_str()), Some("Clinics"));
    assert_eq!(ask(&mut app, "GET", "/rest/V1/customerGroups/2", "").0, 404);
    let login = r#"{"username":"ada","password":"abcdef1"}"#;
    assert_eq!(ask(&mut app, "POST", "/rest/V1/integration/admin/token", login).0, 200);
    Ok(())
}

#[test]
fn the_queue_goes_on_where_it_was() -> Outcome {
    let place = Place::new("queue");
    let mut app = place.open()?;
    let items = r#"[{"customer":{"email":"a@b.test","firstname":"A","lastname":"B"}},{"customer":{"email":"c@d.test","firstname":"C","lastname":"D"}},{"customer":{"email":"a@b.test","firstname":"A","lastname":"B"}}]"#;
    let (status, reply) = ask(&mut app, "POST", "/rest/async/bulk/V1/customers", items);
    let uuid = reply.get("bulk_uuid").and_then(Value::as_str).ok_or("no uuid")?.to_owned();
    assert!(status == 202 && app.work_one());
    let path = format!("/rest/V1/bulk/{uuid}/detailed-status");
    let before = ask(&mut app, "GET", &path, "");
    drop(app);

    let mut app = place.open()?;
    assert_eq!(ask(&mut app, "GET", &path, ""), before);
    assert_eq!(app.run_consumer(), 2);
    let statuses = |app: &mut App| {
        let (_, reply) = ask(app, "GET", &path, "");
        let list = reply.get("operations_list").and_then(Value::as_array).unwrap_or_default().to_vec();
        list.iter().filter_map(|one| one.get("status")?.as_i64()).collect::<Vec<_>>()
    };
    assert_eq!(statuses(&mut app), [1, 1, 3]);
    drop(app);
    assert_eq!(statuses(&mut place.open()?), [1, 1, 3]);
    Ok(())
}

#[test]
fn the_same_requests_give_the_same_bytes_with_and_without_a_file() -> Outcome {
    let place = Place::new("bytes");
    let mut kept = place.open()?;
    let mut copy = kept.clone();
    for number in 0..3 {
        let body = format!(r#"{{"customer":{{"email":"{number}@b.test","firstname":"A","lastname":"B"}}}}"#);
        let both = [&mut kept, &mut copy].map(|app| ask(app, "POST", "/rest/async/V1/customers", &body));
        assert_eq!(both[0], both[1]);
    }
    assert_eq!(kept.run_consumer(), copy.run_consumer());
    assert_eq!(all(&kept), all(&copy));
    Ok(())
}

#[test]
fn other_files_are_refused() -> Outcome {
    let place = Place::new("used");
    let app = place.open()?;
    assert!(place.open().is_err_and(|error| error.to_string().contains("another store uses it")));
    drop(app);
    assert!(place.open().is_ok());
    let text = Place::new("text");
    std::fs::write(&text.0, "this is a text, and quite long enough to be a header of something".repeat(20))?;
    assert!(text.open().is_err_and(|error| error.to_string().contains("no SQLite database")));
    let nowhere = Place(PathBuf::from("/nosuch/folder/store.sqlite"));
    assert!(nowhere.open().is_err());
    Ok(())
}
