//! The store without a network: what its routes answer.

use magewright::json::{self, Value};
use magewright::oauth::{self, Credentials as Keys, Integration};
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::secret::Secret;
use magewright_sandbox::{App, Clock, Credentials, Identity, Options, Request, Response, Rights};

const NOW: i64 = 1_700_000_000;

fn options() -> Options {
    Options { clock: Clock::Fixed(NOW), seed: Some(1), ..Options::default() }
}

fn app() -> App {
    App::new(Profile::stock(), Release::DEFAULT, options())
}

fn admin(method: &str, path: &str, body: &str) -> Request {
    Request::new(method, path).json(body).from(Identity::Admin(1, Rights::All))
}

fn text(response: &Response) -> String {
    String::from_utf8_lossy(&response.bytes()).into_owned()
}

fn message(response: &Response) -> &str {
    response.json().and_then(|body| body.get("message")?.as_str()).unwrap_or_default()
}

#[test]
fn groups_live_and_die_with_their_customers_moved() {
    let mut app = app();
    let group = r#"{"group":{"code":"Clinics"}}"#;
    let made = app.handle(&admin("POST", "/rest/V1/customerGroups", group));
    assert_eq!(
        text(&made),
        r#"{"id":4,"code":"Clinics","tax_class_id":3,"tax_class_name":"Retail Customer"}"#
    );
    let ada = r#"{"customer":{"email":"a@b.test","firstname":"A","lastname":"B","group_id":4}}"#;
    assert_eq!(app.handle(&admin("POST", "/rest/V1/customers", ada)).status, 200);
    let search = "/rest/V1/customerGroups/search?searchCriteria[filterGroups][0][filters][0][field]=code\
        &searchCriteria[filterGroups][0][filters][0][conditionType]=like\
        &searchCriteria[filterGroups][0][filters][0][value]=Cl%25";
    let found = app.handle(&admin("GET", search, ""));
    assert_eq!(found.json().and_then(|reply| reply.get("total_count")?.as_i64()), Some(1));
    assert_eq!(text(&app.handle(&admin("DELETE", "/rest/V1/customerGroups/4", ""))), "true");
    let ada = app.handle(&admin("GET", "/rest/V1/customers/1?fields=group_id", ""));
    assert_eq!(text(&ada), r#"{"group_id":1}"#);
    assert_eq!(
        message(&app.handle(&admin("DELETE", "/rest/V1/customerGroups/1", ""))),
        "Cannot delete group."
    );
}

#[test]
fn older_stores_told_who_has_an_account_and_had_no_405() {
    for (release, available, status) in [("2.4.4-p3", "false", 400), ("2.4.5-p3", "true", 405)] {
        let mut app = App::new(Profile::stock(), release.parse().unwrap(), options());
        let ada = r#"{"customer":{"email":"a@b.test","firstname":"A","lastname":"B"}}"#;
        assert_eq!(app.handle(&admin("POST", "/rest/V1/customers", ada)).status, 200);
        let mut ask = |email: &str| {
            let body = format!(r#"{{"customerEmail":"{email}"}}"#);
            text(&app.handle(&admin("POST", "/rest/V1/customers/isEmailAvailable", &body)))
        };
        assert_eq!((ask("A@b.test").as_str(), ask("n@b.test").as_str()), (available, "true"), "{release}");
        assert_eq!(app.handle(&admin("PATCH", "/rest/V1/customers/1", "")).status, status, "{release}");
    }
}

#[test]
fn a_group_that_cannot_be_read_refuses_the_whole_bulk() {
    let mut app = app();
    let path = "/rest/async/bulk/V1/customerGroups";
    let mut ask = |items: &str| app.handle(&admin("POST", path, items));
    let unknown = ask(r#"[{"group":{"code":"A"}},{"group":{"nosuch":1}}]"#);
    assert_eq!(message(&unknown), "\"%fieldName\" is not supported. Correct the field name and try again.");
    assert_eq!(ask(r#"[{"group":{"id":"x"}}]"#).status, 400);
    // A group without a code is read, and refused when its turn comes.
    assert_eq!(ask(r#"[{"group":{"tax_class_id":3}},{"group":"x"}]"#).status, 202);
}

#[test]
fn groups_are_refused_in_the_stores_words() {
    let mut app = app();
    let mut refused = |body: &str| {
        let response = app.handle(&admin("POST", "/rest/V1/customerGroups", body));
        (response.status, message(&response).to_owned())
    };
    assert_eq!(refused(r#"{"group":{}}"#).1, "\"%fieldName\" is required. Enter and try again.");
    assert!(refused(r#"{"group":{"code":"x","tax_class_id":99}}"#).1.starts_with("Invalid value of"));
    assert_eq!(refused(r#"{"group":{"code":"General"}}"#).1, "Customer Group already exists.");
    assert_eq!(refused(r#"{"group":{"code":"x","nosuch":1}}"#).0, 400);
    assert_eq!(refused("{").1, "Decoding error.");
}

#[test]
fn an_account_waits_for_its_key() {
    let settings = json::parse(br#"{"customer/create_account/confirm":"1"}"#).unwrap();
    let mut profile = Profile::stock();
    profile.settings = magewright::profile::Settings::read(&settings).unwrap();
    let mut app = App::new(profile, Release::DEFAULT, options());
    let ada = r#"{"customer":{"email":"a@b.test","firstname":"A","lastname":"B"},"password":"Passw0rd!x"}"#;
    let made = app.handle(&admin("POST", "/rest/V1/customers", ada));
    assert!(made.json().is_some_and(|reply| reply.get("confirmation").is_none()));
    let login = Request::new("POST", "/rest/V1/integration/customer/token")
        .json(r#"{"username":"a@b.test","password":"Passw0rd!x"}"#);
    assert_eq!(app.handle(&login).status, 401);
    let shown = app.handle(&admin("GET", "/rest/V1/customers/1", ""));
    let key = shown.json().and_then(|reply| reply.get("confirmation")?.as_str()).unwrap().to_owned();
    let path = "/rest/V1/customers/a@b.test/activate";
    let wrong = app.handle(&admin("PUT", path, r#"{"confirmationKey":"x"}"#));
    assert!(message(&wrong).starts_with("The confirmation token is invalid."));
    let body = format!(r#"{{"confirmationKey":"{key}"}}"#);
    assert_eq!(app.handle(&admin("PUT", path, &body)).status, 200);
    assert_eq!(app.handle(&login).status, 200);
}

#[test]
fn tokens_expire_and_are_revoked() {
    let mut app = app();
    let ada = r#"{"customer":{"email":"a@b.test","firstname":"A","lastname":"B"},"password":"Passw0rd!x"}"#;
    app.handle(&admin("POST", "/rest/V1/customers", ada));
    let login = Request::new("POST", "/rest/V1/integration/customer/token")
        .json(r#"{"username":"A@B.test","password":"Passw0rd!x"}"#);
    let token = app.handle(&login).json().and_then(Value::as_str).unwrap().to_owned();
    let me = Request::get("/rest/V1/customers/me").bearer(&token);
    assert_eq!(app.handle(&me).status, 200);
    app.set_clock(Clock::Fixed(NOW + 3600));
    assert_eq!(app.handle(&me).status, 401);
    let token = app.handle(&login).json().and_then(Value::as_str).unwrap().to_owned();
    let revoke = "/rest/V1/integration/customer/revoke-customer-token";
    assert_eq!(text(&app.handle(&Request::new("POST", revoke).bearer(&token))), "true");
    assert_eq!(app.handle(&Request::get("/rest/V1/customers/me").bearer(&token)).status, 401);
}

#[test]
fn an_administrator_with_all_rights_is_nobody_on_me() {
    let mut app = app();
    let ada = r#"{"customer":{"email":"a@b.test","firstname":"A","lastname":"B"}}"#;
    app.handle(&admin("POST", "/rest/V1/customers", ada));
    let me = "/rest/V1/customers/me";
    assert!(text(&app.handle(&admin("GET", me, ""))).contains("customerId"));
    assert!(text(&app.handle(&admin("PUT", me, ada))).contains("same email"));
    let created = app.handle(&admin("PUT", me, &ada.replace("a@b", "n@b")));
    assert_eq!(created.json().and_then(|customer| customer.get("id")?.as_i64()), Some(2));
}

#[test]
fn a_reset_needs_an_address_and_a_token() {
    let mut app = app();
    let ada = r#"{"customer":{"email":"a1@b.test","firstname":"A","lastname":"B"},"password":"Passw0rd!x"}"#;
    app.handle(&admin("POST", "/rest/V1/customers", ada));
    let mut reset = |email: &str, token: &str| {
        let body = format!(r#"{{"email":"{email}","resetToken":"{token}","newPassword":"Passw0rd!y"}}"#);
        text(&app.handle(&Request::new("POST", "/rest/V1/customers/resetPassword").json(body)))
    };
    assert!(reset("", "x").contains(r#""fieldName":"email""#));
    assert!(reset("a1@b.test", "").contains("resetPasswordLinkToken"));
    assert!(reset("n@b.test", "x").contains(r#""field2Value":"1""#));
    let nobody = app.handle(&Request::get("/rest/V1/customers/0/password/resetLinkToken/x"));
    assert!(nobody.status == 400 && text(&nobody).contains("customerId"));
}

#[test]
fn an_integration_signs_its_requests() {
    let (key, token) = ("k".repeat(32), "t".repeat(32));
    let integration = Integration {
        consumer_id: 1,
        consumer_key: key.clone(),
        consumer_secret: Secret::new("consumer secret"),
        token: token.clone(),
        token_secret: Secret::new("token secret"),
        active: true,
        revoked: false,
    };
    let options = Options { integrations: vec![(integration, Rights::All)], ..options() };
    let mut app = App::new(Profile::stock(), Release::DEFAULT, options);
    let keys = Keys {
        consumer_key: key,
        consumer_secret: Secret::new("consumer secret"),
        token,
        token_secret: Secret::new("token secret"),
    };
    let mut get = Request::get("/rest/V1/customers/1");
    let url = format!("{}{}", get.origin, get.target);
    let header = oauth::sign(
        oauth::Target { method: "GET", url: &url },
        &keys,
        "n0nce",
        NOW.unsigned_abs(),
        Release::DEFAULT,
    );
    get.credentials = Credentials::Header(header.clone());
    assert_eq!(app.handle(&get).status, 404);
    assert!(message(&app.handle(&get)).starts_with("The nonce is already being used"));
    get.credentials = Credentials::Header(header.replace("n0nce", "other"));
    assert_eq!(app.handle(&get).status, 401);
}

#[test]
fn admin_users_are_there_only_when_switched_on() {
    let list = admin("GET", "/rest/V1/users?searchCriteria=", "");
    assert_eq!(message(&app().handle(&list)), "Request does not match any route.");
    let mut app = App::new(Profile::stock(), Release::DEFAULT, Options { admin_users: true, ..options() });
    let ada = r#"{"user":{"username":"ada","firstname":"Ada","lastname":"L","email":"ada@b.test","password":"abcdef1"}}"#;
    let made = app.handle(&admin("POST", "/rest/V1/users", ada));
    assert_eq!(made.json().and_then(|user| user.get("id")?.as_i64()), Some(2));
    assert!(!text(&made).contains("abcdef1"));
    assert_eq!(app.handle(&admin("POST", "/rest/V1/users", ada)).status, 400);
    assert_eq!(app.handle(&list).json().and_then(|reply| reply.get("total_count")?.as_i64()), Some(2));
    let second = "/rest/V1/users?searchCriteria[filterGroups][0][filters][0][field]=user_id\
        &searchCriteria[filterGroups][0][filters][0][value]=2";
    let second = app.handle(&admin("GET", second, ""));
    assert_eq!(second.json().and_then(|reply| reply.pointer("/items/0/username")?.as_str()), Some("ada"));
    let login = Request::new("POST", "/rest/V1/integration/admin/token")
        .json(r#"{"username":"ada","password":"abcdef1"}"#);
    assert_eq!(app.handle(&login).status, 200);
    let roles = app.handle(&admin("GET", "/rest/V1/roles?searchCriteria=", ""));
    assert_eq!(roles.json().and_then(|reply| reply.get("total_count")?.as_i64()), Some(2));
}

#[test]
fn nothing_panics_on_odd_requests() {
    let mut app = app();
    let targets = [
        "",
        "/",
        "?",
        "/rest",
        "/rest/V1/",
        "/rest/V1/customers/%",
        "/rest/V1/customers/9e999999",
        "/rest/%00/V1/x",
    ];
    let bodies = ["", "null", "[]", "{}", "5", "\"x\"", "{\"customer\":", "{\"customer\":[[[]]]}", "\u{0}"];
    for target in targets {
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "", "BREW"] {
            for body in bodies {
                let status = app.handle(&admin(method, target, body)).status;
                assert!((200..600).contains(&status), "{method} {target} {body}: {status}");
            }
        }
    }
    for target in [
        "/rest/V1/customers",
        "/rest/async/V1/customers",
        "/rest/async/bulk/V1/customers",
        "/rest/V1/customerGroups",
    ] {
        for body in bodies {
            app.handle(&admin("POST", target, body));
        }
    }
    app.run_consumer();
}

#[test]
fn xml_is_read_but_not_written() {
    let mut app = app();
    let mut get = admin("GET", "/rest/V1/customers/1", "");
    get.accept = Some("application/xml".to_owned());
    assert_eq!(app.handle(&get).status, 406);
    let customer = "<email>xml@example.test</email><firstname>X</firstname><lastname>Ml</lastname>";
    let mut post =
        admin("POST", "/rest/V1/customers", &format!("<request><customer>{customer}</customer></request>"));
    post.content_type = Some("application/xml".to_owned());
    let created = app.handle(&post);
    assert_eq!(created.json().unwrap().get("lastname").and_then(Value::as_str), Some("Ml"));
    post.body = b"<request>".to_vec();
    let refused = app.handle(&post);
    assert_eq!((refused.status, message(&refused)), (400, "Decoding error."));
}

#[test]
fn a_search_shows_customers_as_they_are_now_and_as_the_store_code_has_them() {
    let mut app = app();
    magewright_sandbox::seed(&mut app, 3, 1);
    let search = |app: &mut App, path: &str| {
        let reply =
            app.handle(&admin("GET", &format!("/rest{path}/V1/customers/search?searchCriteria="), ""));
        reply.json().and_then(|reply| reply.get("items")?.as_array()).unwrap().to_vec()
    };
    let one = |app: &mut App, path: &str, id: i64| {
        let reply = app.handle(&admin("GET", &format!("/rest{path}/V1/customers/{id}"), ""));
        reply.json().cloned().unwrap()
    };
    for change in ["", r#"{"customer":{"id":2,"lastname":"Changed"}}"#] {
        if !change.is_empty() {
            assert_eq!(app.handle(&admin("PUT", "/rest/V1/customers/2", change)).status, 200);
        }
        for path in ["", "/all", "/default"] {
            let found = search(&mut app, path);
            assert_eq!(found, [1, 2, 3].map(|id| one(&mut app, path, id)), "{path}");
        }
    }
    app.remove(2);
    assert_eq!(search(&mut app, "").len(), 2);
    let named = "/rest/V1/customers/search?searchCriteria=&fields=items[id],total_count";
    assert_eq!(
        text(&app.handle(&admin("GET", named, ""))),
        r#"{"items":[{"id":1},{"id":3}],"total_count":2}"#
    );
}
