use super::address::{Addresses, check_stored, place};
use super::customer::row;
use super::defaults;
use super::failure::{Failure, stage};
use super::request::record;
use super::shown::{Subscription, shown};
use super::target::Target;
use crate::json::{Object, Value};
use crate::profile::{Section, StoreView};
use crate::release::Band;
use crate::store::account::chosen;
use crate::store::render::Defaults;
use crate::store::{Store, customer, php};

/// A customer that was saved.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Saved {
    /// The customer as the reply shows it.
    pub(super) reply: Value,
    /// The customer as GET without a store code returns it.
    pub(super) customer: Value,
}

/// A store view that does not exist is found out before anything is written.
const STORE_VIEW_CHECKED: Band = Band::since(&[(8, 0)]);

/// The repository's save.
///
/// Source: `CustomerRepository::save` and `AddressRepository::save`, recorded.
pub(super) fn save(mut sent: Object, target: &Target<'_>) -> Result<Saved, Failure> {
    let store = &target.store;
    let id = chosen(&sent, "id");
    let before = id.map(|id| store.accounts.get(id).ok_or_else(|| Failure::no_customer(id))).transpose()?;
    let stored = before.map(record);
    let sought = sent.get("website_id").filter(|website| !website.is_null()).cloned();
    keep_created_at(&mut sent, stored.as_ref(), target);
    defaults::check(target.defaults_check(), &sent, before)?;
    if stored.is_none() {
        place_new(&mut sent, target)?;
    }
    check_store_view(&sent, target)?;
    stage(|findings| customer::check(&mut sent, id, store, findings))
        .map_err(|failure| failure.noting_time(sent.get("created_at")))?;
    if let Some(stored) = &stored {
        check_stored(stored, store)?;
    }
    let mut columns = row(&sent, stored.as_ref(), target);
    check_references(&columns, target)?;
    let id = id.map_or_else(|| Value::from("<id>"), Value::from);
    columns.insert("id", id.clone());
    let (addresses, defaults) = save_addresses(&sent, id, before, target)?;
    set_times(&mut columns, &sent, stored.as_ref());
    let shown = |subscribed| shown(columns.clone(), &addresses, &defaults, subscribed, store);
    let subscribed = Subscription::of(&sent, before, &columns, store);
    let customer = shown(subscribed.in_get);
    let alike = subscribed.in_reply == subscribed.in_get;
    let reply = if alike { customer.clone() } else { shown(subscribed.in_reply) };
    Ok(Saved { reply: found_again(reply, &sent, sought, before, target)?, customer })
}

fn keep_created_at(sent: &mut Object, stored: Option<&Object>, target: &Target<'_>) {
    if let Some(created_at) = stored.and_then(|stored| stored.get("created_at"))
        && target.keeps_created_at()
    {
        sent.insert("created_at", created_at.clone());
    }
}

/// Where a customer that the request creates belongs: the store view of the path and its website.
fn place_new(sent: &mut Object, target: &Target<'_>) -> Result<(), Failure> {
    let current = current_view(&target.store);
    let view = match sent.get("store_id").and_then(Value::as_i64) {
        Some(id) => target.store.profile.store_view(id),
        None => current,
    };
    let view = view.ok_or_else(Failure::no_store_view)?;
    let absent = |sent: &Object, key: &str| sent.get(key).is_none_or(Value::is_null);
    sent.insert("store_id", view.id);
    if absent(sent, "website_id") {
        sent.insert("website_id", current.map_or(0, |view| view.website_id));
    }
    if absent(sent, "created_in") {
        sent.insert("created_in", view.name.as_str());
    }
    Ok(())
}

/// The store view of the path; `all` is the admin's.
///
/// Source: `module-webapi/Controller/PathProcessor.php`.
fn current_view<'p>(store: &Store<'p>) -> Option<&'p StoreView> {
    let named = store.scope.and_then(|code| match code {
        "all" => store.profile.store_view(0),
        code => store.profile.store_view_by_code(code),
    });
    named.or_else(|| store.default_view())
}

/// Since 2.4.8 an unknown store view is found out once there is an e-mail address.
fn check_store_view(sent: &Object, target: &Target<'_>) -> Result<(), Failure> {
    let profile = target.store.profile;
    let unknown = profile.knows(Section::Websites)
        && chosen(sent, "store_id").is_some_and(|id| profile.store_view(id).is_none());
    let named = !php::is_empty_text(&sent.get("email").map(php::text).unwrap_or_default());
    if unknown && named && STORE_VIEW_CHECKED.holds(target.store.release) {
        return Err(Failure::no_store_view());
    }
    Ok(())
}

/// The database refuses a website or store view that does not exist; of a store nobody
/// described any may.
fn check_references(columns: &Object, target: &Target<'_>) -> Result<(), Failure> {
    let profile = target.store.profile;
    if !profile.knows(Section::Websites) {
        return Ok(());
    }
    let website = chosen(columns, "website_id");
    if website.is_some_and(|id| profile.website(id).is_none()) {
        let constraint = "CUSTOMER_ENTITY_WEBSITE_ID_STORE_WEBSITE_WEBSITE_ID";
        return Err(Failure::broken_reference(constraint, "website_id", "store_website"));
    }
    let view = chosen(columns, "store_id").filter(|id| *id > 0);
    if view.is_some_and(|id| profile.store_view(id).is_none()) {
        let constraint = "CUSTOMER_ENTITY_STORE_ID_STORE_STORE_ID";
        return Err(Failure::broken_reference(constraint, "store_id", "store"));
    }
    Ok(())
}

/// Saves the addresses sent and removes those that were not listed; none sent leaves them as they are.
fn save_addresses(
    sent: &Object,
    owner: Value,
    before: Option<&Value>,
    target: &Target<'_>,
) -> Result<(Vec<Object>, Defaults), Failure> {
    let mut defaults = defaults::after_customer(sent, before);
    let stored =
        before.and_then(|before| before.get("addresses")).and_then(Value::as_array).unwrap_or_default();
    let Some(list) = sent.get("addresses").and_then(Value::as_array) else {
        return Ok((stored.iter().filter_map(Value::as_object).cloned().collect(), defaults));
    };
    if !list.is_empty() && chosen(sent, "store_id").is_some_and(|id| id < 0) {
        return Err(Failure::no_store_view());
    }
    let mut addresses = Addresses::of(owner, stored, &target.store);
    let mut saved: Vec<Object> = Vec::new();
    for (index, address) in list.iter().enumerate() {
        let Some(address) = address.as_object() else { continue };
        let kept = addresses.save(index, address)?;
        let id = kept.get("id").cloned().unwrap_or_default();
        defaults::after_address(&mut defaults, address, &id);
        saved.push(kept);
    }
    saved.sort_by_key(|address| place(address.get("id")));
    saved.dedup_by(keep_the_later);
    for id in stored.iter().filter_map(|address| address.get("id")) {
        if saved.binary_search_by_key(&place(Some(id)), |address| place(address.get("id"))).is_err() {
            defaults::after_removal(&mut defaults, id);
        }
    }
    Ok((saved, defaults))
}

/// An address that was sent twice is what it was saved as last.
fn keep_the_later(later: &mut Object, earlier: &mut Object) -> bool {
    let is_same = later.get("id") == earlier.get("id");
    if is_same {
        std::mem::swap(later, earlier);
    }
    is_same
}

fn set_times(columns: &mut Object, sent: &Object, stored: Option<&Object>) {
    let set = sent.get("created_at").and_then(Value::as_str).unwrap_or_default();
    let set = customer::column_time(set).ok().flatten().map(Value::from);
    let kept = stored.and_then(|stored| stored.get("created_at")).cloned();
    let otherwise = if stored.is_some() { kept } else { Some("<time>".into()) };
    if let Some(created_at) = set.or(otherwise) {
        columns.insert("created_at", created_at);
    }
    columns.insert("updated_at", "<time>");
}

/// What the store finds when it looks for the saved customer by e-mail and website.
///
/// Without a `website_id` in the request it looks in the website of the store code in
/// the path. Where it did not merge, it then shows what it had read before, which it keeps
/// by the e-mail address as it stands, and which only the save or removal of an address makes
/// it forget.
///
/// Source: `Model/CustomerRegistry.php`, recorded.
fn found_again(
    reply: Value,
    sent: &Object,
    sought: Option<Value>,
    before: Option<&Value>,
    target: &Target<'_>,
) -> Result<Value, Failure> {
    let store = &target.store;
    let email = sent.get("email").map(php::text).unwrap_or_default();
    let kept = reply.get("website_id").and_then(Value::as_i64);
    if let Some(sought) = sought {
        // A column without a sign keeps 0 of a negative number.
        let found = kept == sought.as_i64() || store.account_scope(0).is_none();
        return if found { Ok(reply) } else { Err(Failure::not_found_again(&email, sought)) };
    }
    let website = store.current_website();
    let addresses =
        |customer: &Value| customer.get("addresses").and_then(Value::as_array).map_or(0, <[_]>::len);
    let forgotten = sent.get("addresses").is_some_and(|sent| !sent.is_null())
        && before.map_or(0, addresses) + addresses(&reply) > 0;
    if kept == Some(website) {
        let same_email = |before: &&Value| before.get("email").and_then(Value::as_str) == Some(&email);
        let remembered = before.filter(same_email).filter(|_| !target.merges() && !forgotten);
        return Ok(remembered.cloned().unwrap_or(reply));
    }
    // Where accounts are shared, every website finds it, and reads it anew.
    let Some(scope) = store.account_scope(website) else { return Ok(reply) };
    let other = store.accounts.by_email(&email, Some(scope));
    let other = other.and_then(|id| store.accounts.get(id));
    other.cloned().ok_or_else(|| Failure::not_found_again(&email, website.to_string().into()))
}
