//! The routes of the customer domain: the only place where a `/V1/` path is written.
//!
//! Method, path and permission are those of `webapi.xml` in every release 2.4.0
//! to 2.4.8 unless the route says otherwise.

use super::{Access, Method, Route};

const VIEW: &str = "Magento_Customer::customer";
const MANAGE: &str = "Magento_Customer::manage";
const DELETE: &str = "Magento_Customer::delete";
const GROUP: &str = "Magento_Customer::group";
const STORE: &str = "Magento_Backend::store";
const ADMIN: &str = "Magento_Backend::admin";
const BULK: &str = "Magento_Logging::system_magento_logging_bulk_operations";
pub(super) const USERS: &str = "Magento_User::acl_users";
pub(super) const ROLES: &str = "Magento_User::acl_roles";

/// Creates a customer.
pub const CUSTOMER_CREATE: Route = Route::new(Method::Post, "/V1/customers", Access::Anyone);
/// Reads a customer.
pub const CUSTOMER_GET: Route = Route::new(Method::Get, "/V1/customers/:customerId", Access::Resource(VIEW));
/// Changes a customer.
pub const CUSTOMER_UPDATE: Route =
    Route::new(Method::Put, "/V1/customers/:customerId", Access::Resource(MANAGE));
/// Deletes a customer; `Magento_Customer::manage` in 2.4.0.
pub const CUSTOMER_DELETE: Route =
    Route::new(Method::Delete, "/V1/customers/:customerId", Access::Resource(DELETE));
/// Searches customers.
pub const CUSTOMER_SEARCH: Route = Route::new(Method::Get, "/V1/customers/search", Access::Resource(VIEW));
/// Asks whether a customer's attributes are valid.
pub const CUSTOMER_VALIDATE: Route =
    Route::new(Method::Put, "/V1/customers/validate", Access::Resource(MANAGE));
/// Asks whether an e-mail is free; stores answer `true` by default.
pub const EMAIL_AVAILABLE: Route = Route::new(Method::Post, "/V1/customers/isEmailAvailable", Access::Anyone);
/// Reads the default billing address.
pub const CUSTOMER_BILLING: Route =
    Route::new(Method::Get, "/V1/customers/:customerId/billingAddress", Access::Resource(MANAGE));
/// Reads the default shipping address.
pub const CUSTOMER_SHIPPING: Route =
    Route::new(Method::Get, "/V1/customers/:customerId/shippingAddress", Access::Resource(MANAGE));
/// Asks whether a customer may not be changed.
pub const CUSTOMER_READONLY: Route =
    Route::new(Method::Get, "/V1/customers/:customerId/permissions/readonly", Access::Resource(VIEW));
/// Reads the state of the e-mail confirmation.
pub const CUSTOMER_CONFIRMATION: Route =
    Route::new(Method::Get, "/V1/customers/:customerId/confirm", Access::Resource(MANAGE));
/// Sends the confirmation e-mail again.
pub const CONFIRMATION_RESEND: Route =
    Route::new(Method::Post, "/V1/customers/confirm", Access::Resource(MANAGE));
/// Activates an account with its confirmation key.
pub const CUSTOMER_ACTIVATE: Route =
    Route::new(Method::Put, "/V1/customers/:email/activate", Access::Resource(MANAGE));
/// Sends the e-mail for a new password.
pub const PASSWORD_FORGOTTEN: Route = Route::new(Method::Put, "/V1/customers/password", Access::Anyone);
/// Sets a password with a reset token.
pub const PASSWORD_RESET: Route = Route::new(Method::Post, "/V1/customers/resetPassword", Access::Anyone);
/// Asks whether a reset token is valid.
pub const PASSWORD_TOKEN_CHECK: Route = Route::new(
    Method::Get,
    "/V1/customers/:customerId/password/resetLinkToken/:resetPasswordLinkToken",
    Access::Anyone,
);
/// Reads an address.
pub const ADDRESS_GET: Route =
    Route::new(Method::Get, "/V1/customers/addresses/:addressId", Access::Resource(MANAGE));
/// Deletes an address.
pub const ADDRESS_DELETE: Route =
    Route::new(Method::Delete, "/V1/addresses/:addressId", Access::Resource(MANAGE));
/// Reads the caller's own customer.
pub const ME_GET: Route = Route::new(Method::Get, "/V1/customers/me", Access::Customer);
/// Changes the caller's own customer.
pub const ME_UPDATE: Route = Route::new(Method::Put, "/V1/customers/me", Access::Customer);
/// Activates the caller's own account.
pub const ME_ACTIVATE: Route = Route::new(Method::Put, "/V1/customers/me/activate", Access::Customer);
/// Changes the caller's own password.
pub const ME_PASSWORD: Route = Route::new(Method::Put, "/V1/customers/me/password", Access::Customer);
/// Reads the caller's own default billing address.
pub const ME_BILLING: Route = Route::new(Method::Get, "/V1/customers/me/billingAddress", Access::Customer);
/// Reads the caller's own default shipping address.
pub const ME_SHIPPING: Route = Route::new(Method::Get, "/V1/customers/me/shippingAddress", Access::Customer);
/// Creates a customer group.
pub const GROUP_CREATE: Route = Route::new(Method::Post, "/V1/customerGroups", Access::Resource(GROUP));
/// Reads a customer group.
pub const GROUP_GET: Route = Route::new(Method::Get, "/V1/customerGroups/:id", Access::Resource(GROUP));
/// Changes a customer group.
pub const GROUP_UPDATE: Route = Route::new(Method::Put, "/V1/customerGroups/:id", Access::Resource(GROUP));
/// Deletes a customer group.
pub const GROUP_DELETE: Route = Route::new(Method::Delete, "/V1/customerGroups/:id", Access::Resource(GROUP));
/// Searches customer groups.
pub const GROUP_SEARCH: Route = Route::new(Method::Get, "/V1/customerGroups/search", Access::Resource(GROUP));
/// Asks whether a customer group may not be changed.
pub const GROUP_READONLY: Route =
    Route::new(Method::Get, "/V1/customerGroups/:id/permissions", Access::Resource(GROUP));
/// Reads the default group of the store view in the path.
pub const GROUP_DEFAULT: Route =
    Route::new(Method::Get, "/V1/customerGroups/default", Access::Resource(GROUP));
/// Reads the default group of a store view.
pub const GROUP_DEFAULT_OF: Route =
    Route::new(Method::Get, "/V1/customerGroups/default/:storeId", Access::Resource(GROUP));
/// Makes a group the default.
pub const GROUP_SET_DEFAULT: Route =
    Route::new(Method::Put, "/V1/customerGroups/default/:id", Access::Resource(GROUP));
/// Logs an administrator in; refused while two-factor authentication is on.
pub const TOKEN_ADMIN: Route = Route::new(Method::Post, "/V1/integration/admin/token", Access::Anyone);
/// Logs an administrator in with a one-time password of Google Authenticator.
pub const TOKEN_ADMIN_GOOGLE: Route =
    Route::new(Method::Post, "/V1/tfa/provider/google/authenticate", Access::Anyone);
/// Logs a customer in.
pub const TOKEN_CUSTOMER: Route = Route::new(Method::Post, "/V1/integration/customer/token", Access::Anyone);
/// Revokes all tokens of the calling customer; from 2.4.6 on.
pub const TOKEN_CUSTOMER_REVOKE: Route =
    Route::new(Method::Post, "/V1/integration/customer/revoke-customer-token", Access::Customer);
/// Searches operations of all bulks.
pub const BULK_OPERATIONS: Route = Route::new(Method::Get, "/V1/bulk", Access::Resource(BULK));
/// Reads the operations of a bulk.
pub const BULK_STATUS: Route = Route::new(Method::Get, "/V1/bulk/:bulkUuid/status", Access::Resource(BULK));
/// Reads the operations of a bulk with what was submitted and what came of it.
pub const BULK_DETAILED_STATUS: Route =
    Route::new(Method::Get, "/V1/bulk/:bulkUuid/detailed-status", Access::Resource(BULK));
/// Counts the operations of a bulk in a status.
pub const BULK_OPERATION_COUNT: Route =
    Route::new(Method::Get, "/V1/bulk/:bulkUuid/operation-status/:status", Access::Resource(BULK));
/// Lists websites.
pub const WEBSITES: Route = Route::new(Method::Get, "/V1/store/websites", Access::Resource(STORE));
/// Lists store views.
pub const STORE_VIEWS: Route = Route::new(Method::Get, "/V1/store/storeViews", Access::Resource(STORE));
/// Lists store groups.
pub const STORE_GROUPS: Route = Route::new(Method::Get, "/V1/store/storeGroups", Access::Resource(STORE));
/// Lists locale, currency, time zone and URLs of store views.
pub const STORE_CONFIGS: Route = Route::new(Method::Get, "/V1/store/storeConfigs", Access::Resource(STORE));
/// Lists the installed modules.
pub const MODULES: Route = Route::new(Method::Get, "/V1/modules", Access::Resource(ADMIN));
/// Lists countries with their regions.
pub const COUNTRIES: Route = Route::new(Method::Get, "/V1/directory/countries", Access::Anyone);
/// Reads a country with its regions.
pub const COUNTRY: Route = Route::new(Method::Get, "/V1/directory/countries/:countryId", Access::Anyone);
/// Reads currencies and rates.
pub const CURRENCY: Route = Route::new(Method::Get, "/V1/directory/currency", Access::Anyone);
/// Lists the customer's attributes.
pub const CUSTOMER_ATTRIBUTES: Route =
    Route::new(Method::Get, "/V1/attributeMetadata/customer", Access::Resource(VIEW));
/// Reads an attribute of the customer.
pub const CUSTOMER_ATTRIBUTE: Route = Route::new(
    Method::Get,
    "/V1/attributeMetadata/customer/attribute/:attributeCode",
    Access::Resource(VIEW),
);
/// Lists the customer's custom attributes.
pub const CUSTOMER_CUSTOM_ATTRIBUTES: Route =
    Route::new(Method::Get, "/V1/attributeMetadata/customer/custom", Access::Resource(VIEW));
/// Lists the customer's attributes in a form.
pub const CUSTOMER_FORM: Route =
    Route::new(Method::Get, "/V1/attributeMetadata/customer/form/:formCode", Access::Resource(VIEW));
/// Lists the address's attributes.
pub const ADDRESS_ATTRIBUTES: Route =
    Route::new(Method::Get, "/V1/attributeMetadata/customerAddress", Access::Resource(VIEW));
/// Reads an attribute of the address.
pub const ADDRESS_ATTRIBUTE: Route = Route::new(
    Method::Get,
    "/V1/attributeMetadata/customerAddress/attribute/:attributeCode",
    Access::Resource(VIEW),
);
/// Lists the address's custom attributes.
pub const ADDRESS_CUSTOM_ATTRIBUTES: Route =
    Route::new(Method::Get, "/V1/attributeMetadata/customerAddress/custom", Access::Resource(VIEW));
/// Lists the address's attributes in a form.
pub const ADDRESS_FORM: Route =
    Route::new(Method::Get, "/V1/attributeMetadata/customerAddress/form/:formCode", Access::Resource(VIEW));
/// Lists admin users; not part of Magento.
pub const USERS_GET: Route = Route::new(Method::Get, "/V1/users", Access::Resource(USERS));
/// Creates an admin user; not part of Magento.
pub const USER_CREATE: Route = Route::new(Method::Post, "/V1/users", Access::Resource(USERS));
/// Reads an admin user; not part of Magento.
pub const USER_GET: Route = Route::new(Method::Get, "/V1/users/:id", Access::Resource(USERS));
/// Lists admin roles; not part of Magento.
pub const ROLES_GET: Route = Route::new(Method::Get, "/V1/roles", Access::Resource(ROLES));

/// Every route above.
pub const ROUTES: &[Route] = &[
    CUSTOMER_CREATE,
    CUSTOMER_GET,
    CUSTOMER_UPDATE,
    CUSTOMER_DELETE,
    CUSTOMER_SEARCH,
    CUSTOMER_VALIDATE,
    EMAIL_AVAILABLE,
    CUSTOMER_BILLING,
    CUSTOMER_SHIPPING,
    CUSTOMER_READONLY,
    CUSTOMER_CONFIRMATION,
    CONFIRMATION_RESEND,
    CUSTOMER_ACTIVATE,
    PASSWORD_FORGOTTEN,
    PASSWORD_RESET,
    PASSWORD_TOKEN_CHECK,
    ADDRESS_GET,
    ADDRESS_DELETE,
    ME_GET,
    ME_UPDATE,
    ME_ACTIVATE,
    ME_PASSWORD,
    ME_BILLING,
    ME_SHIPPING,
    GROUP_CREATE,
    GROUP_GET,
    GROUP_UPDATE,
    GROUP_DELETE,
    GROUP_SEARCH,
    GROUP_READONLY,
    GROUP_DEFAULT,
    GROUP_DEFAULT_OF,
    GROUP_SET_DEFAULT,
    TOKEN_ADMIN,
    TOKEN_ADMIN_GOOGLE,
    TOKEN_CUSTOMER,
    TOKEN_CUSTOMER_REVOKE,
    BULK_OPERATIONS,
    BULK_STATUS,
    BULK_DETAILED_STATUS,
    BULK_OPERATION_COUNT,
    WEBSITES,
    STORE_VIEWS,
    STORE_GROUPS,
    STORE_CONFIGS,
    MODULES,
    COUNTRIES,
    COUNTRY,
    CURRENCY,
    CUSTOMER_ATTRIBUTES,
    CUSTOMER_ATTRIBUTE,
    CUSTOMER_CUSTOM_ATTRIBUTES,
    CUSTOMER_FORM,
    ADDRESS_ATTRIBUTES,
    ADDRESS_ATTRIBUTE,
    ADDRESS_CUSTOM_ATTRIBUTES,
    ADDRESS_FORM,
    USERS_GET,
    USER_CREATE,
    USER_GET,
    ROLES_GET,
];
