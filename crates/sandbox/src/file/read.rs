//! Filling the tables of a store with what its file holds.

use magewright::json::{self, Value};
use rusqlite::Connection;

use super::FileError;
use crate::clock::Chance;
use crate::identity::Rights;
use crate::options::Administrator;
use crate::shop::{Group, Shop};

pub(super) fn all(file: &Connection, shop: &mut Shop) -> Result<(), FileError> {
    each(file, "customers", |place, _, document| customer(shop, place, document))?;
    others(file, shop)?;
    queue(file, shop)?;
    each(file, "state", |_, _, document| state(shop, &document))
}

/// Hands the documents of a table over in order; `None` stands for one that is not what the table holds.
fn each(
    file: &Connection,
    table: &str,
    mut take: impl FnMut(i64, i64, Value) -> Option<()>,
) -> Result<(), FileError> {
    let mut statement =
        file.prepare(&format!("SELECT place, part, document FROM {table} ORDER BY place, part"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (place, part, text): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let broken = || FileError(format!("the row {place}, {part} of `{table}` cannot be read"));
        let document = json::parse(text.as_bytes()).map_err(|_| broken())?;
        take(place, part, document).ok_or_else(broken)?;
    }
    Ok(())
}

fn customer(shop: &mut Shop, id: i64, mut document: Value) -> Option<()> {
    let text = |name: &str| document.get(name).and_then(Value::as_str).map(str::to_owned);
    let (password, reset_token) = (text("password"), text("reset_token"));
    for website in document.get("subscribed")?.as_array()? {
        shop.subscriptions.insert((id, website.as_i64()?));
    }
    shop.put(document.as_object_mut()?.remove("customer")?)?;
    let secret = shop.secret(id);
    secret.password = password;
    secret.reset_token = reset_token;
    Some(())
}

/// The small tables; one that was never written leaves what the profile and the options say.
fn others(file: &Connection, shop: &mut Shop) -> Result<(), FileError> {
    let mut groups = Vec::new();
    each(file, "groups", |id, _, code| {
        groups.push(Group { id, code: code.as_str()?.to_owned() });
        Some(())
    })?;
    if !groups.is_empty() {
        shop.groups = groups.into_iter().map(|group| (group.id, group)).collect();
        shop.tell_profile();
    }
    let mut administrators = Vec::new();
    each(file, "administrators", |_, _, document| {
        administrators.push(administrator(&document)?);
        Some(())
    })?;
    if !administrators.is_empty() {
        let given = std::mem::replace(&mut shop.options.administrators, administrators);
        for one in given {
            if shop.options.administrators.iter().all(|known| known.username != one.username) {
                shop.options.administrators.push(one);
            }
        }
    }
    each(file, "revoked", |customer, _, until| {
        shop.tokens.revoke(customer, until.as_i64()?);
        Some(())
    })
}

fn administrator(document: &Value) -> Option<Administrator> {
    let text = |name: &str| Some(document.get(name)?.as_str()?.to_owned());
    let rights = match document.get("rights")?.as_array() {
        Some(some) => Rights::Only(some.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
        None => Rights::All,
    };
    Some(Administrator {
        username: text("username")?,
        password: text("password")?,
        firstname: text("firstname")?,
        lastname: text("lastname")?,
        email: text("email")?,
        rights,
    })
}

fn queue(file: &Connection, shop: &mut Shop) -> Result<(), FileError> {
    let mut submissions = Vec::new();
    each(file, "submissions", |_, _, document| {
        submissions.push((document, Vec::new()));
        Some(())
    })?;
    each(file, "operations", |place, _, document| {
        let (_, operations) = submissions.get_mut(usize::try_from(place).ok()?)?;
        operations.push(document);
        Some(())
    })?;
    for (place, (submission, operations)) in submissions.iter().enumerate() {
        let broken = || FileError(format!("the row {place}, 0 of `submissions` cannot be read"));
        shop.queue.restore(submission, operations).ok_or_else(broken)?;
    }
    Ok(())
}

fn state(shop: &mut Shop, document: &Value) -> Option<()> {
    let number = |name: &str| document.get(name)?.as_i64();
    shop.numbers.customer = number("customer")?;
    shop.numbers.address = number("address")?;
    shop.numbers.group = number("group")?;
    shop.profile.settings.default_group = number("default_group")?;
    shop.tokens.set_key(document.get("token_key")?.as_str()?);
    shop.chance = Chance::new(Some(document.get("chance")?.as_str()?.parse().ok()?));
    Some(())
}
