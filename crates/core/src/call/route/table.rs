//! The routes of the customer domain: the only place of our own code where a `/V1/` path is written.
//!
//! Who may call them, and in which releases they exist, the contract says.

use super::Route;
use crate::contract::Method::{Delete, Get, Post, Put};

/// Creates a customer.
pub const CUSTOMER_CREATE: Route = Route::new(Post, "/V1/customers");
/// Reads a customer.
pub const CUSTOMER_GET: Route = Route::new(Get, "/V1/customers/{customerId}");
/// Changes a customer.
pub const CUSTOMER_UPDATE: Route = Route::new(Put, "/V1/customers/{customerId}");
/// Deletes a customer.
pub const CUSTOMER_DELETE: Route = Route::new(Delete, "/V1/customers/{customerId}");
/// Searches customers.
pub const CUSTOMER_SEARCH: Route = Route::new(Get, "/V1/customers/search");
/// Asks whether a customer's attributes are valid.
pub const CUSTOMER_VALIDATE: Route = Route::new(Put, "/V1/customers/validate");
/// Asks whether an e-mail is free; stores answer `true` by default.
pub const EMAIL_AVAILABLE: Route = Route::new(Post, "/V1/customers/isEmailAvailable");
/// Reads the default billing address.
pub const CUSTOMER_BILLING: Route = Route::new(Get, "/V1/customers/{customerId}/billingAddress");
/// Reads the default shipping address.
pub const CUSTOMER_SHIPPING: Route = Route::new(Get, "/V1/customers/{customerId}/shippingAddress");
/// Asks whether a customer may not be changed.
pub const CUSTOMER_READONLY: Route = Route::new(Get, "/V1/customers/{customerId}/permissions/readonly");
/// Reads the state of the e-mail confirmation.
pub const CUSTOMER_CONFIRMATION: Route = Route::new(Get, "/V1/customers/{customerId}/confirm");
/// Sends the confirmation e-mail again.
pub const CONFIRMATION_RESEND: Route = Route::new(Post, "/V1/customers/confirm");
/// Activates an account with its confirmation key.
pub const CUSTOMER_ACTIVATE: Route = Route::new(Put, "/V1/customers/{email}/activate");
/// Sends the e-mail for a new password.
pub const PASSWORD_FORGOTTEN: Route = Route::new(Put, "/V1/customers/password");
/// Sets a password with a reset token.
pub const PASSWORD_RESET: Route = Route::new(Post, "/V1/customers/resetPassword");
/// Asks whether a reset token is valid.
pub const PASSWORD_TOKEN_CHECK: Route =
    Route::new(Get, "/V1/customers/{customerId}/password/resetLinkToken/{resetPasswordLinkToken}");
/// Reads an address.
pub const ADDRESS_GET: Route = Route::new(Get, "/V1/customers/addresses/{addressId}");
/// Deletes an address.
pub const ADDRESS_DELETE: Route = Route::new(Delete, "/V1/addresses/{addressId}");
/// Reads the caller's own customer.
pub const ME_GET: Route = Route::new(Get, "/V1/customers/me");
/// Changes the caller's own customer.
pub const ME_UPDATE: Route = Route::new(Put, "/V1/customers/me");
/// Activates the caller's own account.
pub const ME_ACTIVATE: Route = Route::new(Put, "/V1/customers/me/activate");
/// Changes the caller's own password.
pub const ME_PASSWORD: Route = Route::new(Put, "/V1/customers/me/password");
/// Reads the caller's own default billing address.
pub const ME_BILLING: Route = Route::new(Get, "/V1/customers/me/billingAddress");
/// Reads the caller's own default shipping address.
pub const ME_SHIPPING: Route = Route::new(Get, "/V1/customers/me/shippingAddress");
/// Creates a customer group.
pub const GROUP_CREATE: Route = Route::new(Post, "/V1/customerGroups");
/// Reads a customer group.
pub const GROUP_GET: Route = Route::new(Get, "/V1/customerGroups/{id}");
/// Changes a customer group.
pub const GROUP_UPDATE: Route = Route::new(Put, "/V1/customerGroups/{id}");
/// Deletes a customer group.
pub const GROUP_DELETE: Route = Route::new(Delete, "/V1/customerGroups/{id}");
/// Searches customer groups.
pub const GROUP_SEARCH: Route = Route::new(Get, "/V1/customerGroups/search");
/// Asks whether a customer group may not be changed.
pub const GROUP_READONLY: Route = Route::new(Get, "/V1/customerGroups/{id}/permissions");
/// Reads the default group of the store view in the path.
pub const GROUP_DEFAULT: Route = Route::new(Get, "/V1/customerGroups/default");
/// Reads the default group of a store view.
pub const GROUP_DEFAULT_OF: Route = Route::new(Get, "/V1/customerGroups/default/{storeId}");
/// Makes a group the default.
pub const GROUP_SET_DEFAULT: Route = Route::new(Put, "/V1/customerGroups/default/{id}");
/// Logs an administrator in; refused while two-factor authentication is on.
pub const TOKEN_ADMIN: Route = Route::new(Post, "/V1/integration/admin/token");
/// Logs an administrator in with a one-time password of Google Authenticator.
pub const TOKEN_ADMIN_GOOGLE: Route = Route::new(Post, "/V1/tfa/provider/google/authenticate");
/// Logs a customer in.
pub const TOKEN_CUSTOMER: Route = Route::new(Post, "/V1/integration/customer/token");
/// Revokes all tokens of the calling customer; from 2.4.6 on.
pub const TOKEN_CUSTOMER_REVOKE: Route = Route::new(Post, "/V1/integration/customer/revoke-customer-token");
/// Searches operations of all bulks.
pub const BULK_OPERATIONS: Route = Route::new(Get, "/V1/bulk");
/// Reads the operations of a bulk.
pub const BULK_STATUS: Route = Route::new(Get, "/V1/bulk/{bulkUuid}/status");
/// Reads the operations of a bulk with what was submitted and what came of it.
pub const BULK_DETAILED_STATUS: Route = Route::new(Get, "/V1/bulk/{bulkUuid}/detailed-status");
/// Counts the operations of a bulk in a status.
pub const BULK_OPERATION_COUNT: Route = Route::new(Get, "/V1/bulk/{bulkUuid}/operation-status/{status}");
/// Lists websites.
pub const WEBSITES: Route = Route::new(Get, "/V1/store/websites");
/// Lists store views.
pub const STORE_VIEWS: Route = Route::new(Get, "/V1/store/storeViews");
/// Lists store groups.
pub const STORE_GROUPS: Route = Route::new(Get, "/V1/store/storeGroups");
/// Lists locale, currency, time zone and URLs of store views.
pub const STORE_CONFIGS: Route = Route::new(Get, "/V1/store/storeConfigs");
/// Lists the installed modules.
pub const MODULES: Route = Route::new(Get, "/V1/modules");
/// Lists countries with their regions.
pub const COUNTRIES: Route = Route::new(Get, "/V1/directory/countries");
/// Reads a country with its regions.
pub const COUNTRY: Route = Route::new(Get, "/V1/directory/countries/{countryId}");
/// Reads currencies and rates.
pub const CURRENCY: Route = Route::new(Get, "/V1/directory/currency");
/// Lists the customer's attributes.
pub const CUSTOMER_ATTRIBUTES: Route = Route::new(Get, "/V1/attributeMetadata/customer");
/// Reads an attribute of the customer.
pub const CUSTOMER_ATTRIBUTE: Route =
    Route::new(Get, "/V1/attributeMetadata/customer/attribute/{attributeCode}");
/// Lists the customer's custom attributes.
pub const CUSTOMER_CUSTOM_ATTRIBUTES: Route = Route::new(Get, "/V1/attributeMetadata/customer/custom");
/// Lists the customer's attributes in a form.
pub const CUSTOMER_FORM: Route = Route::new(Get, "/V1/attributeMetadata/customer/form/{formCode}");
/// Lists the address's attributes.
pub const ADDRESS_ATTRIBUTES: Route = Route::new(Get, "/V1/attributeMetadata/customerAddress");
/// Reads an attribute of the address.
pub const ADDRESS_ATTRIBUTE: Route =
    Route::new(Get, "/V1/attributeMetadata/customerAddress/attribute/{attributeCode}");
/// Lists the address's custom attributes.
pub const ADDRESS_CUSTOM_ATTRIBUTES: Route = Route::new(Get, "/V1/attributeMetadata/customerAddress/custom");
/// Lists the address's attributes in a form.
pub const ADDRESS_FORM: Route = Route::new(Get, "/V1/attributeMetadata/customerAddress/form/{formCode}");
/// Lists admin users; not part of Magento.
pub const USERS_GET: Route = Route::new(Get, "/V1/users");
/// Creates an admin user; not part of Magento.
pub const USER_CREATE: Route = Route::new(Post, "/V1/users");
/// Reads an admin user; not part of Magento.
pub const USER_GET: Route = Route::new(Get, "/V1/users/{id}");
/// Lists admin roles; not part of Magento.
pub const ROLES_GET: Route = Route::new(Get, "/V1/roles");

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
