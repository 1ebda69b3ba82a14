use super::failure::{Failure, stage};
use super::merge::overlaid;
use super::request::attributes_by_code;
use crate::json::{Object, Value};
use crate::release::Band;
use crate::store::address::Draft;
use crate::store::finding::Phrase;
use crate::store::{Store, php};

/// Another customer's address is refused with the words of a taken e-mail address.
///
/// Source: recorded on 2.4.8-p1; the releases before name the customer.
const FOREIGN_AS_TAKEN: Band = Band::since(&[(8, 0)]);

/// The addresses of a customer on their way through a save.
pub(super) struct Addresses<'a> {
    store: &'a Store<'a>,
    /// The id of the customer, or the marker of a new one.
    owner: Value,
    /// Those the customer has, in the order of their ids.
    stored: Vec<&'a Value>,
    new: usize,
}

impl<'a> Addresses<'a> {
    pub(super) fn of(owner: Value, stored: &'a [Value], store: &'a Store<'a>) -> Self {
        let mut stored: Vec<&Value> = stored.iter().collect();
        stored.sort_by_key(|address| place_of(address));
        Addresses { store, owner, stored, new: 0 }
    }

    /// Checks and saves one address: merged into the stored one with its id, or new.
    pub(super) fn save(&mut self, index: usize, sent: &Object) -> Result<Object, Failure> {
        let (stored, foreign) = self.stored(sent)?;
        let fields = stored.as_ref().map_or_else(|| sent.clone(), |stored| laid_over(stored, sent));
        let mut custom =
            fields.get("custom_attributes").and_then(Value::as_object).cloned().unwrap_or_default();
        let draft = Draft::read(&fields, index, self.store);
        let foreign = foreign.then(|| self.foreign());
        stage(|findings| draft.check_update(&mut custom, foreign, self.store, findings))?;
        let mut saved = Object::new();
        saved.insert("id", self.id_of(stored.as_ref()));
        saved.insert("customer_id", self.owner.clone());
        draft.stored(&custom, self.store).into_iter().for_each(|(key, value)| saved.insert(key, value));
        if let Some(stored) = &stored
            && keeps_lack_of_region_id(stored, sent)
        {
            saved.remove("region_id");
        }
        Ok(saved)
    }

    fn id_of(&mut self, stored: Option<&Object>) -> Value {
        if let Some(id) = stored.and_then(|stored| stored.get("id")) {
            return id.clone();
        }
        self.new += 1;
        format!("<new{}>", self.new).into()
    }

    /// The customer's own address with that id, as it was before the save.
    fn own(&self, id: i64) -> Option<&'a Value> {
        let first = self.stored.partition_point(|address| place_of(address) < id);
        self.stored.get(first).copied().filter(|address| place_of(address) == id)
    }

    /// The stored address that the id names, and whether it is another customer's; `None` for an address without id.
    fn stored(&self, sent: &Object) -> Result<(Option<Object>, bool), Failure> {
        let id = sent.get("id").map_or(0, php::integer);
        if id == 0 {
            return Ok((None, false));
        }
        let accounts = self.store.accounts;
        let owner = accounts.owner_of_address(id).ok_or_else(|| Failure::no_address(id))?;
        let foreign = self.owner.as_i64() != Some(owner);
        let theirs =
            || accounts.get(owner)?.get("addresses")?.as_array()?.iter().find(|one| place_of(one) == id);
        let mut found = if foreign { theirs() } else { self.own(id) }.and_then(Value::as_object).cloned();
        found.iter_mut().for_each(attributes_by_code);
        Ok((found, foreign))
    }

    /// What a store says of another customer's address.
    fn foreign(&self) -> Phrase {
        if FOREIGN_AS_TAKEN.holds(self.store.release) {
            return Phrase::plain(
                "A customer with the same email address already exists in an associated website.",
            );
        }
        const WORDS: &str =
            "Provided customer ID \"%customer_id\" isn't related to current customer address.";
        Phrase::named(WORDS, &[("customer_id", self.owner.clone())])
    }
}

/// The place of an address by its id; those yet to be numbered come last, in the order they were sent.
pub(super) fn place(id: Option<&Value>) -> i64 {
    id.and_then(Value::as_i64).unwrap_or(i64::MAX)
}

fn place_of(address: &Value) -> i64 {
    place(address.get("id"))
}

/// The stored address with what was sent over it: `null` changes nothing, a
/// region that is sent takes the place of both forms of the stored one.
///
/// Source: `Model/Address.php` (`updateData`), recorded.
fn laid_over(stored: &Object, sent: &Object) -> Object {
    let mut fields = stored.clone();
    if sent.contains_key("region") {
        fields.remove("region_id");
    }
    for (key, value) in sent.iter() {
        match (key, stored.get(key), value) {
            ("custom_attributes", Some(Value::Object(kept)), Value::Object(set)) => {
                fields.insert(key, overlaid(kept, set));
            }
            (_, _, Value::Null) => {}
            _ => fields.insert(key, value.clone()),
        }
    }
    fields
}

/// An address stored without a `region_id` gets the id 0 only when a region or an id is sent with it.
fn keeps_lack_of_region_id(stored: &Object, sent: &Object) -> bool {
    let set = sent.contains_key("region") || sent.get("region_id").is_some_and(|id| !id.is_null());
    !stored.contains_key("region_id") && !set
}

/// Checks the addresses a customer has, as the save of the customer itself does,
/// whatever was sent: one that today's rules refuse blocks every update.
pub(super) fn check_stored(stored: &Object, store: &Store<'_>) -> Result<(), Failure> {
    let addresses = stored.get("addresses").and_then(Value::as_array).unwrap_or_default();
    for (index, address) in addresses.iter().enumerate() {
        let Some(address) = address.as_object() else { continue };
        let custom = address.get("custom_attributes").and_then(Value::as_object).cloned().unwrap_or_default();
        let draft = Draft::read(address, index, store);
        stage(|findings| draft.check_kept(&custom, store, findings))?;
    }
    Ok(())
}
