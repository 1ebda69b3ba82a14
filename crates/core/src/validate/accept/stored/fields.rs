//! The fields that may stand in what is read, by their places, and the members found.

use std::cmp::Ordering;

/// The customer's fields, in the order a store writes them.
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

/// The address's fields, in the order a store writes them.
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

/// The place of the id, of a customer and of an address.
pub(crate) const ID: usize = 0;

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

/// Fields as a mask of their places.
pub(crate) const fn mask(of: &[&str], mut fields: &[&str]) -> u32 {
    let mut bits = 0;
    while let [field, rest @ ..] = fields {
        bits |= 1 << place(of, field);
        fields = rest;
    }
    bits
}

/// The fields from one place to another as a mask.
pub(super) const fn from_to(first: usize, last: usize) -> u32 {
    (2 << last) - (1 << first)
}

/// The places in a mask, in ascending order.
#[inline(always)]
pub(crate) fn places(mut mask: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = mask.trailing_zeros();
        mask &= mask.wrapping_sub(1);
        (place < u32::BITS).then_some(place as usize)
    })
}

/// The texts of an object's members by the places of their fields.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Members<'t> {
    texts: [&'t [u8]; CUSTOM + 1],
    present: u32,
}

impl<'t> Members<'t> {
    /// The text of a member; empty when there is none.
    #[inline(always)]
    pub(crate) fn at(&self, place: usize) -> &'t [u8] {
        self.texts.get(place).copied().unwrap_or_default()
    }

    /// The fields that are there, one bit each.
    #[inline(always)]
    pub(crate) const fn present(&self) -> u32 {
        self.present
    }

    /// Whether all fields of a mask are there.
    #[inline(always)]
    pub(crate) const fn has(&self, mask: u32) -> bool {
        self.present & mask == mask
    }

    /// Notes the member of a field, given as its bit; `None` when it is there already.
    #[inline(always)]
    pub(super) fn note(&mut self, field: u32, text: &'t [u8]) -> Option<()> {
        *self.texts.get_mut(field.trailing_zeros() as usize).filter(|_| self.present & field == 0)? = text;
        self.present |= field;
        Some(())
    }

    /// Which of two members that are there stands first.
    pub(crate) fn order(&self, a: usize, b: usize) -> Ordering {
        self.at(a).as_ptr().cmp(&self.at(b).as_ptr())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_places_and_masks() {
        assert_eq!(place(&CUSTOMER, "id"), ID);
        assert_eq!(place(&ADDRESS, "id"), ID);
        assert_eq!(place(&ADDRESS, "unknown"), ADDRESS.len());
        let mask = mask(&CUSTOMER, &["addresses", "group_id"]);
        assert_eq!(places(mask).collect::<Vec<_>>(), [1, 18]);
        assert_eq!(places(from_to(2, 4)).collect::<Vec<_>>(), [2, 3, 4]);
        assert_eq!(places(u32::MAX).count(), 32);
        assert_eq!(places(0).count(), 0);
    }

    #[test]
    fn a_member_is_noted_once() {
        let (text, mut members) = (b"12", Members::default());
        let (first, second) = text.split_at(1);
        assert!(members.note(1 << 3, second).is_some() && members.note(1 << 2, first).is_some());
        assert!(members.note(1 << 3, first).is_none() && members.note(1 << (CUSTOM + 1), first).is_none());
        assert_eq!((members.at(3), members.at(4)), (&b"2"[..], &b""[..]));
        assert!(members.has(0b1100) && !members.has(0b11100) && members.present() == 0b1100);
        assert_eq!((members.order(2, 3), members.order(3, 2)), (Ordering::Less, Ordering::Greater));
    }
}
