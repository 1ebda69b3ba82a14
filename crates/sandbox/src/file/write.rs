//! Writing what has changed.

use magewright::json::{Object, Value};
use rusqlite::{Connection, Transaction, params};

use super::{FileError, StoreFile};
use crate::identity::Rights;
use crate::options::Administrator;
use crate::shop::{Shop, Touched};

impl StoreFile {
    /// Writes what has changed, all of it or nothing; what was not written is tried again.
    pub(crate) fn write(&mut self, shop: &mut Shop) -> Result<(), FileError> {
        let state = state(shop);
        let moved = self.state.as_ref() != Some(&state);
        if !moved && shop.touched.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.transaction()?;
        customers(&transaction, shop)?;
        queue(&transaction, shop)?;
        if shop.touched.others {
            others(&transaction, shop)?;
        }
        put(&transaction, "state", 0, 0, &state)?;
        transaction.commit()?;
        self.state = Some(state);
        shop.touched = Touched::noting();
        Ok(())
    }
}

/// Next ids, the key of tokens, the chance, the default group.
fn state(shop: &Shop) -> Value {
    let mut out = Object::new();
    out.insert("customer", shop.numbers.customer);
    out.insert("address", shop.numbers.address);
    out.insert("group", shop.numbers.group);
    out.insert("default_group", shop.profile.settings.default_group);
    out.insert("token_key", shop.tokens.key());
    out.insert("chance", shop.chance.state().to_string());
    out.into()
}

fn customers(file: &Transaction<'_>, shop: &Shop) -> Result<(), FileError> {
    for &id in &shop.touched.customers {
        match shop.accounts.get(id) {
            Some(customer) => put(file, "customers", id, 0, &account(shop, id, customer))?,
            None => {
                file.prepare_cached("DELETE FROM customers WHERE place = ?1")?.execute([id])?;
            }
        }
    }
    Ok(())
}

/// A customer with what no GET shows of the account.
fn account(shop: &Shop, id: i64, customer: &Value) -> Value {
    let secret = shop.secrets.get(&id);
    let websites = shop.subscriptions.range((id, i64::MIN)..=(id, i64::MAX)).map(|(_, website)| *website);
    let mut out = Object::new();
    out.insert("customer", customer.clone());
    out.insert("password", secret.and_then(|secret| secret.password.clone()));
    out.insert("reset_token", secret.and_then(|secret| secret.reset_token.clone()));
    out.insert("subscribed", websites.map(Value::from).collect::<Vec<_>>());
    out.into()
}

fn queue(file: &Transaction<'_>, shop: &Shop) -> Result<(), FileError> {
    for &bulk in &shop.touched.bulks {
        let Some((submission, operations)) = shop.queue.documents(bulk) else { continue };
        put(file, "submissions", number(bulk), 0, &submission)?;
        for (part, operation) in operations.iter().enumerate() {
            put(file, "operations", number(bulk), number(part), operation)?;
        }
    }
    for &(bulk, key) in &shop.touched.operations {
        for (part, operation) in shop.queue.with_key(bulk, key) {
            put(file, "operations", number(bulk), number(part), &operation)?;
        }
    }
    Ok(())
}

/// The small tables, written whole.
fn others(file: &Transaction<'_>, shop: &Shop) -> Result<(), FileError> {
    file.execute_batch("DELETE FROM groups; DELETE FROM administrators; DELETE FROM revoked;")?;
    for group in shop.groups.values() {
        put(file, "groups", group.id, 0, &group.code.as_str().into())?;
    }
    for (place, administrator) in shop.options.administrators.iter().enumerate() {
        put(file, "administrators", number(place), 0, &document(administrator))?;
    }
    for (customer, until) in shop.tokens.revoked() {
        put(file, "revoked", customer, 0, &until.into())?;
    }
    Ok(())
}

fn document(administrator: &Administrator) -> Value {
    let rights = match &administrator.rights {
        Rights::All => None,
        Rights::Only(some) => Some(some.clone()),
    };
    let mut out = Object::new();
    out.insert("username", administrator.username.as_str());
    out.insert("password", administrator.password.as_str());
    out.insert("firstname", administrator.firstname.as_str());
    out.insert("lastname", administrator.lastname.as_str());
    out.insert("email", administrator.email.as_str());
    out.insert("rights", rights);
    out.into()
}

fn put(file: &Connection, table: &str, place: i64, part: i64, document: &Value) -> Result<(), FileError> {
    let statement = format!("INSERT OR REPLACE INTO {table} (place, part, document) VALUES (?1, ?2, ?3)");
    file.prepare_cached(&statement)?.execute(params![place, part, document.to_string()])?;
    Ok(())
}

fn number(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}
