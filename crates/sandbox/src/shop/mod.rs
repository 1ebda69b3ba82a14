//! The tables of the store.

mod customers;
mod groups;
mod markers;
mod table;
mod touched;

use std::collections::{BTreeMap, BTreeSet};

use magewright::profile::Profile;
use magewright::release::Release;
use magewright::store::Store;

use crate::clock::{Chance, Clock};
use crate::facts::Facts;
use crate::options::Options;
use crate::password::Throttle;
use crate::queue::Queue;
use crate::tokens::Tokens;

pub(crate) use groups::{Group, GroupChange};
pub(crate) use table::Table;
pub(crate) use touched::Touched;

/// Everything the store keeps.
#[derive(Debug, Clone)]
pub(crate) struct Shop {
    pub release: Release,
    pub profile: Profile,
    pub facts: Facts,
    pub options: Options,
    pub accounts: Table,
    /// The customers that were saved since the request began.
    pub saved: BTreeSet<i64>,
    /// What no GET shows of an account.
    pub secrets: BTreeMap<i64, Secret>,
    /// The newsletter, kept for each website apart: customer and website.
    pub subscriptions: BTreeSet<(i64, i64)>,
    pub groups: BTreeMap<i64, Group>,
    pub numbers: Numbers,
    pub queue: Queue,
    pub tokens: Tokens,
    pub throttle: Throttle,
    pub chance: Chance,
    /// The time of the request being answered.
    pub now: i64,
    /// What the file of the store does not have yet.
    pub touched: Touched,
}

/// What the store keeps of an account and no GET shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Secret {
    /// The hash of the password; `None` for an account without one.
    pub password: Option<String>,
    /// The token of the last e-mail for a new password.
    pub reset_token: Option<String>,
}

/// The next ids to give.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    pub customer: i64,
    pub address: i64,
    pub group: i64,
}

impl Shop {
    pub(crate) fn new(profile: Profile, release: Release, options: Options) -> Self {
        let mut chance = Chance::new(options.seed);
        let groups = groups::of_profile(&profile);
        let next_group = groups.keys().max().map_or(1, |id| id + 1);
        Shop {
            release,
            facts: Facts::from_profile(&profile),
            profile,
            accounts: Table::default(),
            saved: BTreeSet::new(),
            secrets: BTreeMap::new(),
            subscriptions: BTreeSet::new(),
            groups,
            numbers: Numbers { customer: 1, address: 1, group: next_group },
            queue: Queue::default(),
            tokens: Tokens::new(&mut chance),
            throttle: Throttle::default(),
            chance,
            now: options.clock.now(),
            options,
            touched: Touched::default(),
        }
    }

    /// Begins a request: takes its time.
    pub(crate) fn tick(&mut self) {
        self.saved.clear();
        let clock: Clock = self.options.clock;
        self.now = clock.now();
    }

    /// What is kept of an account besides what a GET shows, to be changed.
    pub(crate) fn secret(&mut self, id: i64) -> &mut Secret {
        self.touched.customer(id);
        self.secrets.entry(id).or_default()
    }

    /// The store that the core's predictions run against.
    pub(crate) fn store<'a>(&'a self, scope: Option<&'a str>) -> Store<'a> {
        Store {
            release: self.release,
            profile: &self.profile,
            accounts: &self.accounts,
            scope,
            now: Some(self.now),
        }
    }

    /// The website of a store code in the path; `None` under `all`, which stands for every website.
    pub(crate) fn website_of(&self, scope: Option<&str>) -> Option<i64> {
        match scope {
            Some("all") => None,
            Some(code) => self.profile.store_view_by_code(code).map(|view| view.website_id),
            None => self.profile.default_website().map(|website| website.id),
        }
    }

    /// The website in which a request signs in: under `all`, the default one.
    pub(crate) fn sign_in_website(&self, scope: Option<&str>) -> Option<i64> {
        self.website_of(scope).or_else(|| self.website_of(None))
    }
}
