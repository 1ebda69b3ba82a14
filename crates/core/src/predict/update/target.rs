use crate::call::route::ME_UPDATE;
use crate::json::Value;
use crate::release::Band;
use crate::store::shape::Entity;
use crate::store::{Caller, Store, php};

/// Where an update is sent, by whom, and to which store.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The store, with the customers known to exist.
    pub store: Store<'a>,
    /// Who sends it.
    pub caller: Caller,
    /// By which route.
    pub route: Route<'a>,
}

/// The routes by which a customer is updated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route<'a> {
    /// `PUT /V1/customers/:customerId`, with the id as it stands in the path.
    ById(&'a str),
    /// `PUT /V1/customers/me`.
    Me,
    /// `PUT /async/V1/customers/:customerId` and `PUT /async/bulk/V1/customers/byCustomerId`:
    /// the queue's consumer never sees the id in the path.
    Queue,
}

/// Integrations are not merged in exactly these.
const INTEGRATION_UNMERGED: Band =
    Band::since(&[(4, 9), (5, 8), (6, 6), (7, 1)]).until(&[(4, 10), (5, 9), (6, 7), (7, 2), (8, 0)]);
/// There is a merge at all from here on.
const MERGED: Band = Band::since(&[(1, 0)]);
/// A key `Id` in the customer keeps the store from merging, whatever it holds but `null`.
const UNMERGED_BY_KEY: Band = Band::since(&[(2, 2)]).until(&[(4, 9), (5, 8), (6, 6), (7, 1)]);
/// The route of the customer itself takes more than the id from the stored customer.
const FORCED: Band = Band::since(&[(1, 1)]);
/// A stored `created_at` overrides the one sent.
const CREATED_AT_KEPT: Band = Band::since(&[(7, 0)]);
/// A customer-level default is looked for among the submitted addresses.
const DEFAULTS_AMONG_SUBMITTED: Band =
    Band::since(&[(4, 8), (5, 7), (6, 5), (7, 0)]).until(&[(4, 12), (5, 11), (6, 9), (7, 4), (8, 0)]);
/// A customer-level default is looked for among the stored addresses.
const DEFAULTS_AMONG_STORED: Band = Band::since(&[(4, 12), (5, 11), (6, 9), (7, 4), (8, 0)]);
/// Date attributes that are not sent are erased.
const DATES_ERASED: Band = Band::since(&[(8, 0)]);

/// Against which addresses a customer-level `default_billing` and `default_shipping` are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DefaultsCheck {
    /// None: any id is taken.
    Unchecked,
    /// The addresses of the request, after the merge.
    Submitted,
    /// The addresses the customer has.
    Stored,
}

impl Target<'_> {
    /// Whether the release has the route: the SaaS edition has none for a customer's own token.
    pub(crate) fn has_route(&self) -> bool {
        self.route != Route::Me || ME_UPDATE.endpoint().is_none_or(|me| me.band.holds(self.store.release))
    }

    /// The id of the customer that the route names and the store loads, as PHP reads it
    /// from the path; `None` where the route names none.
    pub(crate) fn path_id(&self) -> Option<i64> {
        match self.route {
            Route::ById(text) => Some(php::integer_of_text(text)).filter(|id| *id != 0),
            Route::Me | Route::Queue => None,
        }
    }

    /// Whether the store lays the request over the stored customer.
    ///
    /// Source: the UpdateCustomer plugin, by release; recorded on 2.4.6-p2, 2.4.7-p1, 2.4.7-p3, 2.4.8-p1.
    pub(crate) fn merges(&self) -> bool {
        let release = self.store.release;
        self.path_id().is_some()
            && MERGED.holds(release)
            && !(self.caller == Caller::Integration && INTEGRATION_UNMERGED.holds(release))
    }

    /// The same where the body keeps the store from merging; otherwise the target as it is.
    ///
    /// Source: the UpdateCustomer plugin, by release.
    pub(super) fn met_by(self, body: &Value) -> Self {
        let has_key = body.pointer("/customer/Id").is_some_and(|id| !id.is_null());
        let unmerged = has_key && UNMERGED_BY_KEY.holds(self.store.release);
        match self.route {
            Route::ById(_) if unmerged => Target { route: Route::ById("0"), ..self },
            _ => self,
        }
    }

    /// What the route takes from the stored customer, whatever was sent.
    ///
    /// Source: `module-customer/etc/webapi.xml`, by release.
    pub(crate) fn forced(&self) -> &'static [&'static str] {
        match self.route {
            Route::Me if FORCED.holds(self.store.release) => &["id", "group_id", "website_id", "store_id"],
            Route::Me => &["id"],
            Route::ById(_) | Route::Queue => &[],
        }
    }

    /// Whether an update keeps the stored `created_at` whatever is sent.
    pub(crate) fn keeps_created_at(&self) -> bool {
        CREATED_AT_KEPT.holds(self.store.release)
    }

    /// Whether date attributes that are not sent are erased.
    pub(crate) fn erases_dates(&self) -> bool {
        DATES_ERASED.holds(self.store.release)
    }

    /// The codes of the custom attributes that are erased when others are sent without them.
    pub(crate) fn erased_dates(&self) -> Vec<&str> {
        let dates = Entity::Customer.custom(self.store.profile).filter(|a| a.backend == "datetime");
        dates.filter(|_| self.erases_dates()).map(|attribute| attribute.code.as_str()).collect()
    }

    /// How customer-level defaults are checked.
    pub(crate) fn defaults_check(&self) -> DefaultsCheck {
        match self.store.release {
            release if DEFAULTS_AMONG_STORED.holds(release) => DefaultsCheck::Stored,
            release if DEFAULTS_AMONG_SUBMITTED.holds(release) => DefaultsCheck::Submitted,
            _ => DefaultsCheck::Unchecked,
        }
    }
}
