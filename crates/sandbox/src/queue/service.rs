//! The services behind the routes that can be queued.

use magewright::call::{Route, route};

/// A method of a service contract.
#[derive(Debug, Clone, Copy)]
pub(super) struct Service {
    /// The interface, from its module on.
    interface: &'static str,
    /// The class that does the work.
    class: &'static str,
    /// The method.
    method: &'static str,
    /// What the method must be called with.
    pub parameters: &'static [(&'static str, Kind)],
}

/// What kind of value a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    /// A customer, whose shape the core knows.
    Customer,
    /// A customer group.
    Group,
}

const ACCOUNTS: (&str, &str) =
    ("Customer\\Api\\AccountManagementInterface", "Customer\\Model\\AccountManagement");
const CUSTOMERS: (&str, &str) =
    ("Customer\\Api\\CustomerRepositoryInterface", "Customer\\Model\\ResourceModel\\CustomerRepository");
const ADDRESSES: (&str, &str) =
    ("Customer\\Api\\AddressRepositoryInterface", "Customer\\Model\\ResourceModel\\AddressRepository");
const GROUPS: (&str, &str) =
    ("Customer\\Api\\GroupRepositoryInterface", "Customer\\Model\\ResourceModel\\GroupRepository");
const ADMIN_TOKENS: (&str, &str) =
    ("Integration\\Api\\AdminTokenServiceInterface", "Integration\\Model\\AdminTokenService");
const CUSTOMER_TOKENS: (&str, &str) =
    ("Integration\\Api\\CustomerTokenServiceInterface", "Integration\\Model\\CustomerTokenService");

/// The service behind a route; `None` for one that is not queued: the reading ones
/// and those of the caller's own account.
///
/// Source: `webapi.xml` of module-customer and module-integration.
pub(super) fn of(route: Route) -> Option<Service> {
    use Kind::{Customer, Group, Integer, Text};
    let (of, method, parameters): (_, _, &'static [(&'static str, Kind)]) = match route {
        route::CUSTOMER_CREATE => (ACCOUNTS, "createAccount", &[("customer", Customer)]),
        route::CUSTOMER_VALIDATE => (ACCOUNTS, "validate", &[("customer", Customer)]),
        route::EMAIL_AVAILABLE => (ACCOUNTS, "isEmailAvailable", &[("customerEmail", Text)]),
        route::CONFIRMATION_RESEND => {
            (ACCOUNTS, "resendConfirmation", &[("email", Text), ("websiteId", Integer)])
        }
        route::CUSTOMER_ACTIVATE => (ACCOUNTS, "activate", &[("email", Text), ("confirmationKey", Text)]),
        route::PASSWORD_FORGOTTEN => {
            (ACCOUNTS, "initiatePasswordReset", &[("email", Text), ("template", Text)])
        }
        route::PASSWORD_RESET => {
            (ACCOUNTS, "resetPassword", &[("email", Text), ("resetToken", Text), ("newPassword", Text)])
        }
        route::CUSTOMER_UPDATE => (CUSTOMERS, "save", &[("customer", Customer)]),
        route::CUSTOMER_DELETE => (CUSTOMERS, "deleteById", &[("customerId", Integer)]),
        route::ADDRESS_DELETE => (ADDRESSES, "deleteById", &[("addressId", Integer)]),
        route::GROUP_CREATE | route::GROUP_UPDATE => (GROUPS, "save", &[("group", Group)]),
        route::GROUP_DELETE => (GROUPS, "deleteById", &[("id", Integer)]),
        route::TOKEN_ADMIN => {
            (ADMIN_TOKENS, "createAdminAccessToken", &[("username", Text), ("password", Text)])
        }
        route::TOKEN_CUSTOMER => {
            (CUSTOMER_TOKENS, "createCustomerAccessToken", &[("username", Text), ("password", Text)])
        }
        _ => return None,
    };
    Some(Service { interface: of.0, class: of.1, method, parameters })
}

impl Service {
    /// The topic of the queue.
    pub(super) fn topic(&self, route: Route) -> String {
        let interface = self.interface.replace('\\', ".");
        format!("async.magento.{interface}.{}.{}", self.method, route.method).to_lowercase()
    }

    /// What the store notes of a success.
    pub(super) fn success(&self) -> String {
        format!("Service execution success Magento\\{}\\Interceptor::{}", self.class, self.method)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_and_notes_are_the_stores() {
        let service = of(route::CUSTOMER_DELETE).unwrap();
        assert_eq!(
            service.topic(route::CUSTOMER_DELETE),
            "async.magento.customer.api.customerrepositoryinterface.deletebyid.delete"
        );
        assert_eq!(
            service.success(),
            "Service execution success Magento\\Customer\\Model\\ResourceModel\\CustomerRepository\\Interceptor::deleteById"
        );
    }

    #[test]
    fn reading_and_own_routes_are_not_queued() {
        for route in [route::CUSTOMER_GET, route::ME_UPDATE, route::ME_PASSWORD] {
            assert!(of(route).is_none());
        }
    }
}
