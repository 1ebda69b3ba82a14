//! Bulk calls: many operations in one request, done later by the store's consumer.
//!
//! A submission is answered 202 with a uuid; how the operations end is asked for
//! by it. How to cut and check a submission and how to read its end is in
//! [`crate::bulk`].

use super::{Call, Request, Route, reply, route};
use crate::json::Value;
use crate::models::{AsyncResponse, BulkStatus, DetailedBulkStatus};

/// `POST /async/bulk/V1/customers`: creates customers; each item is `{"customer": {…}}`.
///
/// ```
/// use magewright::call::{Scope, bulk};
/// let call = bulk::create_customers(Vec::new());
/// assert_eq!(call.request.target(&Scope::Default), "/rest/async/bulk/V1/customers");
/// ```
#[must_use]
pub fn create_customers(items: Vec<Value>) -> Call<AsyncResponse> {
    submit(route::CUSTOMER_CREATE, items)
}

/// `PUT /async/bulk/V1/customers/byCustomerId`: changes customers; each item is `{"customer": {"id": …, …}}`.
///
/// Nothing is merged with what is stored: what an item lacks may be lost.
///
/// ```
/// use magewright::call::bulk;
/// let call = bulk::update_customers(Vec::new());
/// assert_eq!(call.request.path, "/async/bulk/V1/customers/byCustomerId");
/// ```
#[must_use]
pub fn update_customers(items: Vec<Value>) -> Call<AsyncResponse> {
    submit(route::CUSTOMER_UPDATE, items)
}

/// `DELETE /async/bulk/V1/customers/byCustomerId`: deletes customers.
///
/// ```
/// use magewright::call::bulk;
/// let call = bulk::delete_customers(&[5, 6]);
/// assert_eq!(call.request.body.unwrap().to_string(), r#"[{"customerId":5},{"customerId":6}]"#);
/// ```
#[must_use]
pub fn delete_customers(ids: &[u64]) -> Call<AsyncResponse> {
    submit(route::CUSTOMER_DELETE, ids.iter().copied().map(deletion).collect())
}

/// The item that deletes a customer.
pub(crate) fn deletion(id: u64) -> Value {
    Value::Object([("customerId", id)].into_iter().collect())
}

/// `GET /V1/bulk/{bulkUuid}/status`: the operations of a bulk with their states and messages.
///
/// ```
/// let uuid = "5b7b1bd6-3e5f-4f4e-8a5e-2c5b5b6b2b1a";
/// let call = magewright::call::bulk::status(uuid);
/// assert_eq!(call.request.path, format!("/V1/bulk/{uuid}/status"));
/// ```
#[must_use]
pub fn status(uuid: &str) -> Call<BulkStatus> {
    let route = route::BULK_STATUS;
    Call::new(route, Request::new(route, &[uuid]), reply::model)
}

/// `GET /V1/bulk/{bulkUuid}/detailed-status`: the operations with what was submitted and what came of it.
///
/// What was submitted includes passwords in clear text, until an operation is complete and
/// for ever when it failed.
///
/// ```
/// assert_eq!(magewright::call::bulk::detailed_status("u").request.path, "/V1/bulk/u/detailed-status");
/// ```
#[must_use]
pub fn detailed_status(uuid: &str) -> Call<DetailedBulkStatus> {
    let route = route::BULK_DETAILED_STATUS;
    Call::new(route, Request::new(route, &[uuid]), reply::model)
}

/// `GET /V1/bulk/{bulkUuid}/operation-status/{status}`: how many operations are in a state; 0 for an unknown uuid.
///
/// ```
/// use magewright::{bulk::OperationState, call::bulk};
/// let call = bulk::operation_count("u", OperationState::Open);
/// assert_eq!(call.request.path, "/V1/bulk/u/operation-status/4");
/// assert_eq!(call.parse(200, b"12")?, 12);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn operation_count(uuid: &str, status: crate::bulk::OperationState) -> Call<i64> {
    let route = route::BULK_OPERATION_COUNT;
    Call::new(route, Request::new(route, &[uuid, &status.number().to_string()]), reply::integer)
}

fn submit(route: Route, items: Vec<Value>) -> Call<AsyncResponse> {
    Call::new(route, Request::bulk(route, items), reply::model)
}
