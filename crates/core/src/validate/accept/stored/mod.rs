//! A stored customer, and a patch of it, of which it is certain what a store makes.
//!
//! A [`StoredGate`] reads both without building anything but the places of
//! their members. What it gives the model of an update takes: the customer is
//! kept as it stands when it is saved again, and what the patch sets is kept as
//! it is sent. The planner builds on that; its law holds the two together.

mod attributes;
mod build;
mod region;

use std::cmp::Ordering;

use super::block::block;
use super::bytes::{anything, expect, flag, items, skip_blanks};
use super::rule::Rule;
use super::shape::{Shape, Turn, turn};
use super::text::{ascii, characters};
use super::word::after_comma;
use crate::store::shape;
use attributes::Attributes;
pub(crate) use attributes::Pair;
use region::Regions;

/// The customer's fields that may stand in what is read, in the order a store writes them.
pub(crate) const CUSTOMER: [&str; 21] = [
    "id",
    "group_id",
    "default_billing",
    "default_shipping",
    "created_at",
    "updated_at",
    "created_in",
    "dob",
    "email",
    "firstname",
    "lastname",
    "middlename",
    "prefix",
    "suffix",
    "gender",
    "store_id",
    "taxvat",
    "website_id",
    "addresses",
    "disable_auto_group_change",
    "extension_attributes",
];
/// The place of the customer's custom attributes, after all other fields.
pub(crate) const CUSTOM: usize = CUSTOMER.len();

/// The address's fields that may stand in what is read, in the order a store writes them.
pub(crate) const ADDRESS: [&str; 19] = [
    "id",
    "customer_id",
    "region",
    "region_id",
    "country_id",
    "street",
    "company",
    "telephone",
    "fax",
    "postcode",
    "city",
    "firstname",
    "lastname",
    "middlename",
    "prefix",
    "suffix",
    "vat_id",
    "default_shipping",
    "default_billing",
];
/// The place of an address's custom attributes, after all other fields.
pub(crate) const ADDRESS_CUSTOM: usize = ADDRESS.len();

/// The place of a field among those of its kind.
pub(crate) const fn place(fields: &[&str], name: &str) -> usize {
    let mut at = 0;
    while at < fields.len() {
        // `split_at` reads the list without an index that could be out of it.
        let (_, rest) = fields.split_at(at);
        if let [field, ..] = rest
            && same(field.as_bytes(), name.as_bytes())
        {
            return at;
        }
        at += 1;
    }
    at
}

const fn same(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([first, others @ ..], [second, rest @ ..]) = (a, b) {
        if *first != *second {
            return false;
        }
        (a, b) = (others, rest);
    }
    a.is_empty() && b.is_empty()
}

/// The texts of an object's members by the places of their fields; empty where there is none.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Members<'t>([&'t [u8]; CUSTOM + 1]);

impl<'t> Members<'t> {
    /// The text of a member; empty when there is none.
    #[inline(always)]
    pub(crate) fn at(&self, place: usize) -> &'t [u8] {
        self.0.get(place).copied().unwrap_or_default()
    }

    /// Which of two members that are there stands first.
    pub(crate) fn order(&self, a: usize, b: usize) -> Ordering {
        self.at(a).as_ptr().cmp(&self.at(b).as_ptr())
    }
}

/// A stored customer, or a patch of one.
#[derive(Debug, Default)]
pub(crate) struct Customer<'t> {
    pub(crate) members: Members<'t>,
    pub(crate) addresses: Vec<Address<'t>>,
    pub(crate) attributes: Vec<Pair<'t>>,
}

/// An address, and the whole text of it.
#[derive(Debug, Default)]
pub(crate) struct Address<'t> {
    pub(crate) members: Members<'t>,
    pub(crate) text: &'t [u8],
}

/// What a store certainly makes of the customers and patches that pass.
#[derive(Debug)]
pub(crate) struct StoredGate {
    customer: Shape,
    address: Shape,
    attributes: Attributes,
    address_attributes: Attributes,
    regions: Regions,
    /// The fields of a customer that a patch may set, one bit each.
    settable: u32,
    /// Those that a patch may take away.
    clearable: u32,
}

const ADDRESSES: usize = place(&CUSTOMER, "addresses");
/// What a patch may set of an address, and what it may take away.
const ADDRESS_SETTABLE: &[&str] = &[
    "street",
    "company",
    "telephone",
    "fax",
    "postcode",
    "city",
    "firstname",
    "lastname",
    "middlename",
    "prefix",
    "suffix",
    "vat_id",
];
const ADDRESS_CLEARABLE: &[&str] = &["company", "fax", "middlename", "prefix", "suffix", "vat_id"];

/// The fields as a mask of their places.
const fn mask(of: &[&str], mut fields: &[&str]) -> u32 {
    let mut bits = 0;
    while let [field, rest @ ..] = fields {
        bits |= 1 << place(of, field);
        fields = rest;
    }
    bits
}

impl StoredGate {
    /// A stored customer; `None` for one that has to be looked at closer.
    pub(crate) fn customer<'t>(&self, text: &'t [u8]) -> Option<Customer<'t>> {
        let Customer { mut members, mut addresses, mut attributes } = Customer::default();
        let rest = read(&self.customer, text, &mut members, |at, rule, rest| match at {
            ADDRESSES => {
                list(rest, |rest| added(&mut addresses, rest, |members| self.address(rest, members)))
            }
            CUSTOM => self.attributes.stored(rest, &mut attributes),
            EXTENSION => extension(rest),
            _ => rule.read(rest),
        })?;
        let whole = HELD.iter().all(|place| !members.at(*place).is_empty());
        (whole && rest.trim_ascii().is_empty()).then_some(Customer { members, addresses, attributes })
    }

    #[inline(always)]
    fn address<'t>(&self, rest: &'t [u8], address: &mut Members<'t>) -> Option<&'t [u8]> {
        let rest = read(&self.address, rest, address, |at, rule, rest| match at {
            ADDRESS_CUSTOM => self.address_attributes.stored(rest, &mut Vec::new()),
            REGION => region::skip(rest),
            _ => rule.read(rest),
        })?;
        let whole = HELD_BY_ADDRESS.iter().all(|place| !address.at(*place).is_empty());
        (whole && is_plain(address)).then_some(rest)
    }

    /// Whether an address is kept as it stands when it is saved again.
    pub(crate) fn is_kept(&self, address: &Members<'_>) -> bool {
        self.regions.keep(address.at(COUNTRY), address.at(REGION), address.at(REGION_ID))
    }

    /// A patch of the customer; `null` stands for what is to be taken away.
    pub(crate) fn patch<'t>(&self, text: &'t [u8]) -> Option<Customer<'t>> {
        let Customer { mut members, mut addresses, mut attributes } = Customer::default();
        let rest = read(&self.customer, text.trim_ascii(), &mut members, |at, rule, rest| match at {
            ADDRESSES => {
                list(rest, |rest| added(&mut addresses, rest, |members| self.address_patch(rest, members)))
            }
            CUSTOM => self.attributes.sent(rest, &mut attributes),
            _ => changed(at, self.settable, self.clearable, rule, rest),
        })?;
        rest.is_empty().then_some(Customer { members, addresses, attributes })
    }

    /// A change of a stored address, or a new address without region, attributes and flags.
    fn address_patch<'t>(&self, rest: &'t [u8], address: &mut Members<'t>) -> Option<&'t [u8]> {
        const SETTABLE: u32 = mask(&ADDRESS, ADDRESS_SETTABLE) | 1 << COUNTRY | 1;
        const CLEARABLE: u32 = mask(&ADDRESS, ADDRESS_CLEARABLE);
        let rest = read(&self.address, rest, address, |at, rule, rest| {
            changed(at, SETTABLE, CLEARABLE, rule, rest)
        })?;
        let has = |place: &usize| !address.at(*place).is_empty();
        let right = match has(&0) {
            // Another country asks for another region.
            true => !has(&COUNTRY),
            false => {
                NEEDED_OF_ADDRESS.iter().all(has) && !(0..ADDRESS.len()).any(|at| address.at(at) == b"null")
            }
        };
        (right && is_plain(address)).then_some(rest)
    }
}

/// Reads an address into a place of its own in the list.
#[inline(always)]
fn added<'t>(
    addresses: &mut Vec<Address<'t>>,
    rest: &'t [u8],
    read: impl FnOnce(&mut Members<'t>) -> Option<&'t [u8]>,
) -> Option<&'t [u8]> {
    addresses.push(Address::default());
    let address = addresses.last_mut()?;
    let after = read(&mut address.members)?;
    address.text = rest.get(..rest.len() - after.len())?;
    Some(after)
}

/// Extension attributes: the shop's own pass whatever they are, of Magento's only the newsletter.
fn extension(rest: &[u8]) -> Option<&[u8]> {
    let mut subscribed = 0;
    expect(rest, b'{')?;
    items(rest, b'}', |rest| {
        let (key, rest) = ascii(rest)?;
        let rest = skip_blanks(expect(skip_blanks(rest), b':')?);
        if key == b"is_subscribed" {
            subscribed += 1;
            return flag(rest).filter(|_| subscribed == 1);
        }
        let known = shape::CUSTOMER_EXTENSION.declares(std::str::from_utf8(key).ok()?);
        let after = anything(rest, 0).filter(|_| !known)?;
        // The planner looks for the member by its key.
        let mut words = rest.get(..rest.len() - after.len())?.windows(b"is_subscribed".len());
        (!words.any(|word| word == b"is_subscribed")).then_some(after)
    })
}

const EXTENSION: usize = place(&CUSTOMER, "extension_attributes");
const REGION: usize = place(&ADDRESS, "region");
const REGION_ID: usize = place(&ADDRESS, "region_id");
const COUNTRY: usize = place(&ADDRESS, "country_id");
const STREET: usize = place(&ADDRESS, "street");
const FIRSTNAME: usize = place(&ADDRESS, "firstname");
const LASTNAME: usize = place(&ADDRESS, "lastname");

/// What every stored customer has.
const HELD: [usize; 8] = [
    0,
    place(&CUSTOMER, "group_id"),
    place(&CUSTOMER, "email"),
    place(&CUSTOMER, "firstname"),
    place(&CUSTOMER, "lastname"),
    place(&CUSTOMER, "store_id"),
    place(&CUSTOMER, "website_id"),
    ADDRESSES,
];
/// What every stored address has.
const HELD_BY_ADDRESS: [usize; 9] = {
    let [country, first, last, street, telephone, postcode, city] = NEEDED_OF_ADDRESS;
    [0, place(&ADDRESS, "customer_id"), country, first, last, street, telephone, postcode, city]
};
/// What a new address needs.
const NEEDED_OF_ADDRESS: [usize; 7] = [
    COUNTRY,
    FIRSTNAME,
    LASTNAME,
    STREET,
    place(&ADDRESS, "telephone"),
    place(&ADDRESS, "postcode"),
    place(&ADDRESS, "city"),
];

/// Whether neither name starts with a blank (of blanks alone a name counts as missing), and the
/// street certainly fits its column.
fn is_plain(address: &Members<'_>) -> bool {
    let named = |place: &usize| !matches!(address.at(*place), [b'"', b' ', ..]);
    [FIRSTNAME, LASTNAME].iter().all(named) && address.at(STREET).len() < attributes::LONGEST
}

/// A value a patch sets, or the `null` by which it takes one away.
#[inline(always)]
fn changed<'t>(
    at: usize,
    settable: u32,
    clearable: u32,
    rule: &dyn Rule,
    rest: &'t [u8],
) -> Option<&'t [u8]> {
    if settable >> at & 1 == 0 {
        return None;
    }
    match rest.strip_prefix(b"null") {
        Some(rest) => (clearable >> at & 1 == 1).then_some(rest),
        None => rule.read(rest),
    }
}

/// Reads the members of an object, each once, each by `value`, and notes where they stand.
#[inline(always)]
fn read<'t>(
    shape: &Shape,
    rest: &'t [u8],
    found: &mut Members<'t>,
    mut value: impl FnMut(usize, &dyn Rule, &'t [u8]) -> Option<&'t [u8]>,
) -> Option<&'t [u8]> {
    expect(rest, b'{')?;
    let (mut rest, mut first) = (rest, after_comma(block(rest)));
    let (mut opening, mut expected) = (true, shape.fields());
    loop {
        if !expected.first().is_some_and(|field| field.word.starts(first)) {
            match turn(rest, opening)? {
                Turn::End(after) => return Some(after),
                Turn::Member(member) => rest = member,
            }
            expected = shape.find(after_comma(block(rest)))?;
        }
        let [field, others @ ..] = expected else { return None };
        let at = field.bit.trailing_zeros() as usize;
        let from = skip_blanks(field.word.strip(rest)?);
        rest = value(at, &*field.rule, from)?;
        let slot = found.0.get_mut(at).filter(|slot| slot.is_empty())?;
        *slot = from.get(..from.len() - rest.len())?;
        (opening, expected) = (false, others);
        first = block(rest);
    }
}

/// The items of a list.
#[inline(always)]
fn list<'t>(rest: &'t [u8], item: impl FnMut(&'t [u8]) -> Option<&'t [u8]>) -> Option<&'t [u8]> {
    expect(rest, b'[')?;
    items(rest, b']', item)
}

/// Whether two JSON texts that were read stand for the same words; `None` when one is no text.
pub(crate) fn same_words(a: &[u8], b: &[u8]) -> Option<bool> {
    let words = |text: &[u8]| {
        let mut words = String::new();
        characters(text.strip_prefix(b"\"")?, |char| {
            words.push(char);
            true
        })?;
        Some(words)
    };
    Some(words(a)? == words(b)?)
}

/// Whether two lists of texts that were read are the same; `None` when escapes leave it open.
pub(crate) fn same_lines(a: &[u8], b: &[u8]) -> Option<bool> {
    if a == b {
        return Some(true);
    }
    let escaped = |text: &[u8]| text.contains(&b'\\');
    (!escaped(a) && !escaped(b)).then(|| lines(a).eq(lines(b)))
}

/// The texts of a list without escapes, by the quotes between which they stand.
fn lines(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    list.split(|byte| *byte == b'"').skip(1).step_by(2)
}
