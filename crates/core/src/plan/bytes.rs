use super::patch::{Patch, PatchError, PatchErrorKind};
use super::planned::PlannedBody;
use super::planner::{Strategy, plan};
use super::quick::Quick;
use super::refusal::Unplannable;
use crate::json::{self, Path, Value};
use crate::predict::update::{Route, Target};

/// A planner for many customers of one store, from bytes to bytes.
///
/// Most updates change a few plain fields of a customer that is sound; their
/// bodies are written in one pass over the text, without a prediction. All
/// others go to [`plan`]. Both give the same body.
///
/// ```
/// use magewright::plan::{Planner, Strategy};
/// use magewright::predict::update::{Route, Target};
/// use magewright::{profile::Profile, release::Release, store::{Accounts, Caller, Store}};
///
/// let (profile, accounts) = (Profile::stock(), Accounts::new());
/// let store = Store { release: Release::DEFAULT, profile: &profile, accounts: &accounts, scope: None, now: None };
/// let planner = Planner::new(Target { store, caller: Caller::Admin, route: Route::ById("") }, Strategy::Auto);
/// let stored = br#"{"id":5,"group_id":1,"email":"a@example.com","firstname":"A","lastname":"B",
///     "store_id":1,"taxvat":"T","website_id":1,"addresses":[],"disable_auto_group_change":0}"#;
/// let planned = planner.plan(stored, br#"{"taxvat":null}"#)?;
/// assert_eq!(planned.body, br#"{"customer":{"id":5,"taxvat":"","addresses":null}}"#);
/// # Ok::<(), magewright::plan::Unplannable>(())
/// ```
#[derive(Debug)]
pub struct Planner<'a> {
    target: Target<'a>,
    strategy: Strategy,
    quick: Option<Quick<'a>>,
}

impl<'a> Planner<'a> {
    /// A planner of updates sent there. The id of [`Route::ById`] is taken from each customer.
    #[must_use]
    pub fn new(target: Target<'a>, strategy: Strategy) -> Self {
        let quick = Quick::new(&target).filter(|_| strategy == Strategy::Auto);
        Planner { target, strategy, quick }
    }

    /// The body of the plan for a stored customer, as GET returns it, and a patch.
    ///
    /// # Errors
    /// As [`plan`], also for texts that are not JSON.
    pub fn plan(&self, stored: &[u8], patch: &[u8]) -> Result<PlannedBody, Unplannable> {
        match self.quick(stored, patch) {
            Some(planned) => Ok(planned),
            None => self.explain(stored, patch),
        }
    }

    /// The same without a prediction; `None` when customer or patch have to be looked at closer.
    ///
    /// ```
    /// # use magewright::plan::{Planner, Strategy};
    /// # use magewright::predict::update::{Route, Target};
    /// # use magewright::{profile::Profile, release::Release, store::{Accounts, Caller, Store}};
    /// # let (profile, accounts) = (Profile::stock(), Accounts::new());
    /// # let store = Store { release: Release::DEFAULT, profile: &profile, accounts: &accounts, scope: None, now: None };
    /// let planner = Planner::new(Target { store, caller: Caller::Admin, route: Route::ById("") }, Strategy::Auto);
    /// assert!(planner.quick(br#"{"id":5,"email":"no address"}"#, b"{}").is_none());
    /// ```
    #[must_use]
    pub fn quick(&self, stored: &[u8], patch: &[u8]) -> Option<PlannedBody> {
        self.quick.as_ref()?.plan(stored, patch)
    }

    fn explain(&self, stored: &[u8], patch: &[u8]) -> Result<PlannedBody, Unplannable> {
        let syntax = |error| PatchError::at(&Path::root(), PatchErrorKind::Syntax(error));
        let (stored, patch) = (json::parse(stored).map_err(syntax)?, Patch::parse(patch)?);
        let id = stored.get("id").map(Value::to_string).unwrap_or_default();
        let route = if let Route::ById(_) = self.target.route { Route::ById(&id) } else { self.target.route };
        let plan = plan(&stored, &patch, &Target { route, ..self.target }, self.strategy)?;
        let body = plan.body.to_string().into_bytes();
        Ok(PlannedBody { body, is_empty: plan.is_empty(), warnings: plan.warnings })
    }
}
