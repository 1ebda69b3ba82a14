use std::fmt;
use std::time::{Duration, Instant};

use magewright::call::customers;
use magewright::json::Value;
use magewright::plan::{Change, Patch, Plan, Unplannable, Verification, verify};
use magewright::predict::update::{Route, Target};
use magewright::retry::Repeat;
use magewright::store::Accounts;

use super::{Laid, Laying};
use crate::authorize::chance;
use crate::exchange::document;
use crate::read::number;
use crate::{Client, Error};

/// A customer that is as the patch wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct Updated {
    /// The customer as a GET without a store code showed it last.
    pub customer: Value,
    /// What the patch changed; empty when there was nothing to change.
    pub changes: Vec<Change>,
    /// What the store's reply showed otherwise than predicted: another writer, or a plugin of the shop.
    pub drift: Vec<Change>,
    /// How many requests it took; more than one where another writer was in the way or a reply was lost.
    pub sent: u32,
}

/// An update that did not hold: others keep writing, or the store keeps something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsettled {
    /// The customer.
    pub id: i64,
    /// Where the customer is not as wanted, as in [`Change::pointer`].
    pub pointers: Vec<String>,
    /// How many requests were sent.
    pub sent: u32,
}

impl fmt::Display for Unsettled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unsettled { id, pointers, sent } = self;
        let places = pointers.join(", ");
        write!(
            f,
            "customer {id} is not as wanted after {sent} updates, at {places}: another writer or a plugin keeps changing it"
        )
    }
}

/// The longest wait before a customer is read again.
const LONGEST: Duration = Duration::from_secs(5);

impl Client {
    /// Lays a patch over a customer so that nothing else changes: reads, plans, sends, reads again, until the
    /// patch holds.
    ///
    /// A store saves without a lock: of two writers at once, the second puts back what the first changed, and
    /// both are answered 200. So an update that was sent is looked at again when those that were under way with
    /// it have ended ([`Settings::settle`](crate::Settings::settle)), and laid anew where it does not hold.
    ///
    /// One case is left that nothing on this side of a store can close: an update by another client that was
    /// under way before ours and takes longer than ours is waited for puts its own picture of the customer back,
    /// and nobody is told. Where other writers are slow, raise `settle` above the slowest of them; where they also
    /// go by way of this client, they find the difference and lay their patches anew.
    ///
    /// # Errors
    /// As [`Client::send`]; [`Error::Unplannable`] when no body does what is asked; [`Error::Unsettled`] when
    /// the patch does not hold after [`Settings::updates`](crate::Settings::updates) requests.
    ///
    /// ```no_run
    /// use magewright::plan::Patch;
    /// use magewright_client::{Client, Credentials};
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = Client::new("https://shop.example/", Credentials::admin("admin", "hunter2"))?;
    /// let patch = Patch::parse(br#"{"taxvat":null,"addresses":[{"id":7,"city":"Bonn"}]}"#)?;
    /// let updated = client.update(5, &patch).await?;
    /// println!("{} places changed", updated.changes.len());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn update(&self, id: i64, patch: &Patch) -> Result<Updated, Error> {
        let mut laying = Laying::new(patch.clone(), None);
        let (mut changes, mut drift, mut sent) = (Vec::new(), Vec::new(), 0);
        loop {
            let customer = self.stored(id).await?;
            let customer = customer.ok_or(Error::NoSuchCustomer(id))?;
            let plan = match self.lay(id, &mut laying, &customer)? {
                Laid::Holds => return Ok(Updated { customer, changes, drift, sent }),
                Laid::Send(plan) => plan,
            };
            if sent == 0 {
                changes.clone_from(&plan.changes);
            } else if sent >= self.settings().updates {
                let pointers = plan.changes.into_iter().map(|change| change.pointer).collect();
                return Err(Error::Unsettled(Box::new(Unsettled { id, pointers, sent })));
            }
            let begun = Instant::now();
            drift = self.put(id, &plan).await?;
            sent += 1;
            tokio::time::sleep(self.settling(begun.elapsed())).await;
        }
    }

    /// Plans what is still to be done for a request by its id.
    pub(crate) fn lay(&self, id: i64, laying: &mut Laying, stored: &Value) -> Result<Laid, Unplannable> {
        let path = id.to_string();
        self.lay_by(Route::ById(&path), laying, stored)
    }

    pub(crate) fn lay_by(
        &self,
        route: Route<'_>,
        laying: &mut Laying,
        stored: &Value,
    ) -> Result<Laid, Unplannable> {
        let nobody = Accounts::new();
        laying.lay(stored, &Target { store: self.store(&nobody), caller: self.caller(), route })
    }

    /// Sends what was planned, and says what the reply shows otherwise. No reply is no error: what became
    /// of the customer is seen when it is read again.
    pub(crate) async fn put(&self, id: i64, plan: &Plan) -> Result<Vec<Change>, Error> {
        let customer = plan.body.get("customer").cloned().unwrap_or_default();
        let call = customers::update(number(id), customer);
        match self.deliver(self.scope(), &call, Repeat::of(&call), document).await {
            Ok(reply) => Ok(match verify(plan, &reply) {
                Verification::Verified => Vec::new(),
                Verification::Drift(drift) => drift,
            }),
            Err(error) if error.setback().is_some_and(|setback| setback.may_be_done) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// How long after a request, that took so long, the customer is read again: those that were under way with
    /// it have ended by then if they take up to twice as long. By chance it is up to twice that, so that writers
    /// who met once do not meet again.
    pub(crate) fn settling(&self, took: Duration) -> Duration {
        let measured = || took.saturating_mul(2).mul_f64(1.0 + chance()).min(LONGEST);
        self.settings().settle.unwrap_or_else(measured)
    }
}
