//! Who sends a request and what they may do.

use magewright::call::Access;
use magewright::outcome::Refusal;
use magewright::store::Caller;

use crate::refusal::not_authorized;

/// Who sends a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// Nobody in particular.
    Guest,
    /// An administrator, by id.
    Admin(i64, Rights),
    /// An integration, by id.
    Integration(i64, Rights),
    /// A customer, by id.
    Customer(i64),
}

/// What an administrator or integration may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rights {
    /// Everything.
    All,
    /// These ACL resources only, such as `Magento_Customer::customer`.
    Only(Vec<String>),
}

impl Rights {
    /// Whether the resource is among the rights. Every role may enter the admin.
    ///
    /// ```
    /// use magewright_sandbox::Rights;
    /// assert!(Rights::All.allow("Magento_Customer::manage"));
    /// let catalog = Rights::Only(vec!["Magento_Catalog::catalog".to_owned()]);
    /// assert!(!catalog.allow("Magento_Customer::manage"));
    /// ```
    #[must_use]
    pub fn allow(&self, resource: &str) -> bool {
        match self {
            Rights::All => true,
            Rights::Only(resources) => {
                resource == "Magento_Backend::admin" || resources.iter().any(|one| one == resource)
            }
        }
    }
}

impl Identity {
    /// Whether the caller may use a route; `known` says whether a customer's account
    /// exists and belongs to the website asked.
    pub(crate) fn allowed(&self, access: Access, known: impl Fn(i64) -> bool) -> Result<(), Refusal> {
        let allowed = match (access, self) {
            (Access::Anonymous, _) => true,
            (Access::Customer, Identity::Customer(id)) => known(*id),
            (_, Identity::Admin(_, rights) | Identity::Integration(_, rights)) => {
                access.resource().is_some_and(|resource| rights.allow(resource))
            }
            _ => false,
        };
        if allowed { Ok(()) } else { Err(not_authorized(access.resource().unwrap_or_default())) }
    }

    /// The caller as the core's predictions tell them apart.
    pub(crate) fn caller(&self) -> Caller {
        match self {
            Identity::Guest => Caller::Guest,
            Identity::Customer(_) => Caller::Customer,
            Identity::Admin(_, Rights::All) => Caller::Admin,
            Identity::Integration(_, Rights::All) => Caller::Integration,
            Identity::Admin(_, rights) | Identity::Integration(_, rights) => {
                let manages = rights.allow("Magento_Customer::manage");
                match (self, manages) {
                    (Identity::Integration(..), true) => Caller::Integration,
                    (_, true) => Caller::Admin,
                    (_, false) => Caller::Limited,
                }
            }
        }
    }

    /// The store's number for the kind of caller: 1 integration, 2 administrator, 3 customer, 4 guest.
    pub(crate) fn user_type(&self) -> i64 {
        match self {
            Identity::Integration(..) => 1,
            Identity::Admin(..) => 2,
            Identity::Customer(_) => 3,
            Identity::Guest => 4,
        }
    }

    /// The caller's id; a guest has none.
    pub(crate) fn user_id(&self) -> Option<i64> {
        match self {
            Identity::Guest => None,
            Identity::Admin(id, _) | Identity::Integration(id, _) | Identity::Customer(id) => Some(*id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_reaches_only_what_is_theirs() {
        let known = |id| id == 5;
        let manage = Access::Resource("Magento_Customer::manage");
        assert!(Identity::Customer(5).allowed(Access::Customer, known).is_ok());
        assert!(Identity::Customer(6).allowed(Access::Customer, known).is_err());
        assert!(Identity::Customer(5).allowed(manage, known).is_err());
        assert!(Identity::Guest.allowed(Access::Anonymous, known).is_ok());
        assert_eq!(Identity::Guest.allowed(manage, known).unwrap_err().status, 401);
    }

    #[test]
    fn partial_rights_count() {
        let groups = Rights::Only(vec!["Magento_Customer::group".to_owned()]);
        let admin = Identity::Admin(2, groups);
        assert!(admin.allowed(Access::Resource("Magento_Customer::group"), |_| false).is_ok());
        assert!(admin.allowed(Access::Resource("Magento_Backend::admin"), |_| false).is_ok());
        assert!(admin.allowed(Access::Customer, |_| true).is_err());
        assert_eq!(admin.caller(), Caller::Limited);
    }
}
