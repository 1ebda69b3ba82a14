//! Causes that lie in a field of the request.

use std::borrow::Cow;

use super::{Cause, Circumstances, StoreError};
use crate::call::{Method, route};
use crate::json::Value;
use crate::outcome::Parameters;

/// Messages that name no field but are about one.
pub(super) fn known_message(error: &StoreError, call: &Circumstances<'_>) -> Option<Cause> {
    const KNOWN: &[(&str, &str, &str, &str)] = &[
        (
            "store view is not in the associated website",
            "website_mismatch",
            "/customer/store_id",
            "the store view belongs to another website: send the website's own store view, or neither",
        ),
        (
            "website with id",
            "website_unknown",
            "/customer/website_id",
            "the store has no website with this id",
        ),
        (
            "store that was requested",
            "store_unknown",
            "/customer/store_id",
            "the store has no store view with this id",
        ),
        (
            "customer group id does not exist",
            "group_unknown",
            "/customer/group_id",
            "the store has no customer group with this id",
        ),
        ("customer email is missing", "email_missing", "/customer/email", "the customer needs an e-mail"),
        (
            "isn't related to current customer address",
            "address_of_another",
            "/customer/addresses",
            "an address belongs to another customer, or the id in the path and the one in the body differ",
        ),
        (
            "password token is mismatched",
            "reset_token",
            "/resetToken",
            "the reset token is wrong, used or expired (two hours by default)",
        ),
        ("Customer Group already exists", "group_exists", "/group/code", "another group has this code"),
    ];
    if error.template().contains("same email address already exists") {
        return Some(duplicate_email(call));
    }
    let found = KNOWN.iter().find(|(part, ..)| error.template().contains(part));
    found.map(|&(_, code, pointer, message)| Cause::new(code, message).at(pointer))
}

/// The store uses the same words for an address id of another customer.
fn duplicate_email(call: &Circumstances<'_>) -> Cause {
    let message = match call.method {
        Method::Put => {
            "another account of this website has the e-mail (compared without case), the body lacks the \
                        customer's id, or an address has the id of another customer's address"
        }
        _ => {
            "another account of this website has the e-mail, compared without case; a refused create may have left \
              it behind: search for the e-mail before sending again"
        }
    };
    Cause::new("duplicate_email", message).at("/customer/email")
}

/// The store names an unknown field in upper camel case.
pub(super) fn unknown_field(error: &StoreError, _: &Circumstances<'_>) -> Option<Cause> {
    error.template().contains("is not supported. Correct the field name").then(|| {
        Cause::new(
            "unknown_field",
            "the body has a field that the store does not know, which refuses the whole request (a 500 before 2.4.7): \
             take it out, or send it in custom_attributes",
        )
    })
}

/// A create meets the ids of default addresses only when the account is in place, and does not take it back.
pub(super) fn left_behind(error: &StoreError, call: &Circumstances<'_>) -> Option<Cause> {
    let create = route::find(call.method, call.path)
        .is_some_and(|found| found.method == Method::Post && found.path == route::CUSTOMER_CREATE.template);
    let name = parameter(error, "fieldName").filter(|_| create)?;
    DEFAULTS.contains(&name.as_str()).then(|| {
        let message = "the store refuses the id of the default address but keeps the customer, whom it then \
                       refuses to save: search for the e-mail, and set the field to null";
        Cause::new("customer_left_behind", message).at(format!("/customer/{name}"))
    })
}

const DEFAULTS: [&str; 2] = ["default_billing", "default_shipping"];

pub(super) fn named_field(error: &StoreError, _: &Circumstances<'_>) -> Option<Cause> {
    let name = parameter(error, "fieldName").or_else(|| {
        let (_, first) = error.refusal.errors.first()?;
        named(first, "fieldName")
    })?;
    let pointer = pointer_of(&name)?;
    let message: Cow<'static, str> = match name.as_str() {
        "regionId" | "region" => "the country needs a region, or does not have this one: send region.region_id of the \
                                  country's own list; region_code alone and a region written as text are ignored"
            .into(),
        "countryId" => "the country is missing or not allowed: send its two-letter code in upper case".into(),
        "default_billing" | "default_shipping" => "no address with this id will be the customer's after the request: \
                                                   send null, or the id of an address that stays"
            .into(),
        _ => format!("the field {name} is missing or has a value that the store refuses").into(),
    };
    Some(Cause::new("field", message).at(pointer))
}

/// Where a field stands that the store names in a refusal of a customer.
fn pointer_of(name: &str) -> Option<Cow<'static, str>> {
    Some(match name {
        "regionId" => "/customer/addresses/*/region/region_id".into(),
        "region" => "/customer/addresses/*/region".into(),
        "countryId" => "/customer/addresses/*/country_id".into(),
        "postcode" | "city" | "street" | "telephone" | "company" | "fax" => {
            format!("/customer/addresses/*/{name}").into()
        }
        "firstname" | "lastname" => format!("/customer/addresses/*/{name}").into(),
        "default_billing" | "default_shipping" => format!("/customer/{name}").into(),
        "taxClassId" => "/group/tax_class_id".into(),
        "code" => "/group/code".into(),
        "customer" | "password" | "username" | "customerEmail" => format!("/{name}").into(),
        _ => return None,
    })
}

pub(super) fn parameter(error: &StoreError, name: &str) -> Option<String> {
    named(error.parameters(), name)
}

fn named(parameters: &Parameters, name: &str) -> Option<String> {
    match parameters {
        Parameters::Named(named) => named.get(name).and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::diagnose;
    use super::*;

    fn customers(status: u16, body: &str) -> Vec<Cause> {
        let error = StoreError::decode(status, body.as_bytes());
        diagnose(&error, &Circumstances::of(Method::Post, "/rest/V1/customers"))
    }

    #[test]
    fn a_field_is_pointed_at() {
        let pointer = |status, body| customers(status, body)[0].pointer.clone();
        let region = r#"{"message":"\"%fieldName\" is required.","parameters":{"fieldName":"regionId"}}"#;
        assert_eq!(pointer(400, region).as_deref(), Some("/customer/addresses/*/region/region_id"));
        let website = r#"{"message":"The store view is not in the associated website."}"#;
        assert_eq!(pointer(400, website).as_deref(), Some("/customer/store_id"));
        let email = r#"{"message":"A customer with the same email address already exists in an associated website."}"#;
        assert_eq!(pointer(400, email).as_deref(), Some("/customer/email"));
    }

    #[test]
    fn the_first_of_several_fields_is_pointed_at() {
        let body = r#"{"message":"One or more input exceptions have occurred.","errors":[
            {"message":"\"%fieldName\" is required.","parameters":{"fieldName":"city"}},
            {"message":"\"%fieldName\" is required.","parameters":{"fieldName":"street"}}]}"#;
        assert_eq!(customers(400, body)[0].pointer.as_deref(), Some("/customer/addresses/*/city"));
    }

    #[test]
    fn a_create_that_leaves_a_customer_behind_is_told() {
        let body = r#"{"message":"The %fieldName value is invalid. Set the correct value and try again.",
            "parameters":{"fieldName":"default_billing"}}"#;
        let codes: Vec<_> = customers(400, body).into_iter().map(|cause| cause.code).collect();
        assert_eq!(codes, ["customer_left_behind", "field"]);
        let put = Circumstances::of(Method::Put, "/rest/V1/customers/5");
        assert_eq!(diagnose(&StoreError::decode(400, body.as_bytes()), &put)[0].code, "field");
    }

    #[test]
    fn a_value_of_the_request_is_never_quoted() {
        let body = r#"{"message":"Invalid value of \"%value\" provided for the %fieldName field.","parameters":{"fieldName":"countryId","value":"secret-place"}}"#;
        assert!(!format!("{:?}", customers(400, body)).contains("secret-place"));
    }
}
