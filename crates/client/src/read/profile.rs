//! What a store says of itself.

use futures_util::future::{try_join, try_join4};
use magewright::call::attributes::{self, Entity};
use magewright::call::{Call, directory, groups, stores};
use magewright::json::Value;
use magewright::profile::{Profile, Replies};
use magewright::search::SearchCriteria;

use crate::{Client, Error};

impl Client {
    /// Asks the store for its websites, views, groups, attributes, countries and modules.
    ///
    /// What the caller may not see (401) or the store does not have (404) is taken from a stock store; which
    /// parts the store told is what [`Profile::knows`] says.
    ///
    /// # Errors
    /// The store's refusal when it shows the caller nothing but what everybody sees; else as [`Client::send`];
    /// [`Error::Profile`] for a reply that is not what a store answers.
    pub async fn pull_profile(&self) -> Result<Profile, Error> {
        let all = SearchCriteria::new();
        let places = try_join4(
            self.part(stores::websites()),
            self.part(stores::groups()),
            self.part(stores::views()),
            self.part(groups::search(&all)),
        );
        let others = try_join4(
            self.part(attributes::all(Entity::Customer)),
            self.part(attributes::all(Entity::Address)),
            self.part(directory::countries()),
            self.part(stores::modules()),
        );
        let (places, others) = try_join(places, others).await?;
        let (websites, store_groups, store_views, customer_groups) = places;
        let (customer_attributes, address_attributes, countries, modules) = others;
        let guarded = [&websites, &store_groups, &store_views, &customer_groups, &customer_attributes];
        if guarded.iter().chain(&[&address_attributes, &modules]).all(|part| part.is_none()) {
            // Nobody is let in like this: the refusal says why.
            self.send_value(&stores::websites()).await?;
        }
        let replies = Replies {
            websites: websites.as_ref(),
            store_groups: store_groups.as_ref(),
            store_views: store_views.as_ref(),
            customer_groups: customer_groups.as_ref(),
            customer_attributes: customer_attributes.as_ref(),
            address_attributes: address_attributes.as_ref(),
            countries: countries.as_ref(),
            modules: modules.as_ref(),
            settings: None,
            schema: None,
        };
        Profile::from_replies(&replies).map_err(Error::Profile)
    }

    /// A reply; `None` for what the caller may not see or the store does not have.
    async fn part<T>(&self, call: Call<T>) -> Result<Option<Value>, Error> {
        match self.send_value(&call).await {
            Ok(reply) => Ok(Some(reply)),
            Err(Error::Refused(refused)) if matches!(refused.error.status(), 401 | 404) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
