//! Admin users and roles, which no release of Magento has routes for; served only when switched on.

use magewright::call::route;
use magewright::json::{Object, Value};
use magewright::outcome::Refusal;
use magewright::predict::{AdminUserChecks, validate_admin_user};
use magewright::report::Severity;

use super::Reply;
use super::table_search::{self, Column};
use crate::ask::Ask;
use crate::identity::Rights;
use crate::options::Administrator;
use crate::php;
use crate::refusal::{no_such, required};
use crate::shop::Shop;

/// The one role of a stock store, with all rights, and the one of callers with some.
const ADMINISTRATORS: (i64, &str) = (1, "Administrators");
const OTHERS: (i64, &str) = (2, "Others");

const USER_COLUMNS: &[Column] = &[
    Column { names: &["id", "user_id"], like: "website_id" },
    Column { names: &["username"], like: "lastname" },
    Column { names: &["email"], like: "email" },
    Column { names: &["firstname"], like: "firstname" },
    Column { names: &["lastname"], like: "middlename" },
    Column { names: &["role_id"], like: "group_id" },
];

const ROLE_COLUMNS: &[Column] = &[
    Column { names: &["id", "role_id"], like: "website_id" },
    Column { names: &["name", "role_name"], like: "lastname" },
];

/// `None` for a route of another family.
pub(super) fn answer(shop: &mut Shop, ask: &Ask<'_>) -> Option<Reply> {
    Some(match ask.route {
        route::USERS_GET => table_search::search(shop, ask, USER_COLUMNS, &users(shop)),
        route::USER_GET => ask.id("id").and_then(|id| user(shop, id)),
        route::USER_CREATE => create(shop, ask),
        route::ROLES_GET => {
            table_search::search(shop, ask, ROLE_COLUMNS, &[ADMINISTRATORS, OTHERS].map(role))
        }
        _ => return None,
    })
}

fn role((id, name): (i64, &str)) -> Value {
    Object::from_iter([("id", Value::from(id)), ("name", name.into())]).into()
}

fn users(shop: &Shop) -> Vec<Value> {
    shop.options.administrators.iter().zip(1..).map(|(user, id)| shown(id, user)).collect()
}

fn user(shop: &Shop, id: i64) -> Reply {
    let found = users(shop).into_iter().find(|user| user.get("id").and_then(Value::as_i64) == Some(id));
    found.ok_or_else(|| no_such("id", id))
}

/// The administrator without the password.
fn shown(id: i64, user: &Administrator) -> Value {
    let mut out = Object::new();
    out.insert("id", id);
    out.insert("username", user.username.as_str());
    for (name, text) in [("firstname", &user.firstname), ("lastname", &user.lastname), ("email", &user.email)]
    {
        out.insert(name, text.as_str());
    }
    out.insert("role_id", if user.rights == Rights::All { ADMINISTRATORS.0 } else { OTHERS.0 });
    out.insert("is_active", 1i64);
    out.into()
}

/// Everything wrong with a user is told at once; no store's own words are known.
fn create(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    let sent = ask.parameter("user").ok_or_else(|| required(&["user"]))?;
    let report = validate_admin_user(sent.to_string().as_bytes(), AdminUserChecks::default());
    let errors = report.violations.iter().filter(|violation| violation.severity == Severity::Error);
    let told: Vec<String> = errors.map(|error| format!("{}: {}", error.pointer, error.message)).collect();
    if !told.is_empty() {
        return Err(Refusal::new(400, told.join("\n")));
    }
    let text = |name: &str| sent.get(name).map_or_else(|| Ok(String::new()), php::text_value);
    let role = sent.get("role_id").filter(|role| !role.is_null()).map(php::integer_value).transpose()?;
    let user = Administrator {
        username: text("username")?,
        password: text("password")?,
        firstname: text("firstname")?,
        lastname: text("lastname")?,
        email: text("email")?,
        rights: if role.unwrap_or(ADMINISTRATORS.0) == ADMINISTRATORS.0 {
            Rights::All
        } else {
            Rights::Only(Vec::new())
        },
    };
    let same = |other: &Administrator| {
        other.username.eq_ignore_ascii_case(&user.username) || other.email.eq_ignore_ascii_case(&user.email)
    };
    if shop.options.administrators.iter().any(same) {
        return Err(Refusal::new(400, "A user with the same user name or email already exists."));
    }
    shop.options.administrators.push(user);
    shop.touched.other();
    Ok(users(shop).pop().unwrap_or_default())
}
