//! Reading customers from the embedded store.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use futures_util::TryStreamExt;
use magewright::profile::{InputLimits, Profile, Section};
use magewright::release::Release;
use magewright::search::SearchCriteria;
use magewright_client::{ChangeOptions, Client, Credentials, Error, ScanOptions};
use magewright_sandbox::{App, Fault, Faults, Options, ServeOptions, Server, seed};
use sandbox::{admin, customers, id, store, value};

#[tokio::test]
async fn one_a_page_and_one_by_email() {
    let store = store(30, Faults::default()).await;
    let client = admin(&store);
    let seventh = customers(&store)[6].clone();
    assert_eq!(client.get(7).await.unwrap(), seventh);
    let email = seventh.get("email").unwrap().as_str().unwrap().to_uppercase();
    assert_eq!(id(&client.find(&email, Some(1)).await.unwrap().unwrap()), 7);
    assert_eq!(client.find(&email, Some(2)).await.unwrap(), None);
    let page = client.search(&"entity_id > 20 limit 4".parse().unwrap()).await.unwrap();
    assert_eq!((page.items.len(), page.total_count), (4, 10));
    assert_eq!(client.get(99).await.unwrap_err().status(), Some(404));
}

#[tokio::test]
async fn a_scan_sees_every_customer_once_in_order() {
    let store = store(103, Faults::default()).await;
    let options = ScanOptions { page_size: 10, ..ScanOptions::default() };
    let seen: Vec<_> = admin(&store).scan(SearchCriteria::new(), options).try_collect().await.unwrap();
    assert_eq!(seen, customers(&store));
}

#[tokio::test]
async fn parts_side_by_side_see_every_customer_once_in_order_through_faults() {
    let kinds =
        vec![Fault::LostBefore, Fault::Status(503), Fault::Truncated, Fault::TokenExpired, Fault::LostAfter];
    let store = store(500, Faults { every: 5, kinds, ..Faults::default() }).await;
    for id in (1..500).step_by(3) {
        store.app().lock().unwrap().remove(id);
    }
    let options = ScanOptions { page_size: 7, parts: 4, fields: Some("id,email".to_owned()) };
    let seen: Vec<_> = admin(&store).scan(SearchCriteria::new(), options).try_collect().await.unwrap();
    let ids: Vec<_> = customers(&store).iter().map(id).collect();
    assert_eq!(seen.iter().map(id).collect::<Vec<_>>(), ids);
    assert_eq!(ids.len(), 333);
    assert_eq!(seen[0].as_object().unwrap().len(), 2, "more fields than wanted");
}

#[tokio::test]
async fn rows_are_the_documents_in_the_stores_own_words() {
    let store = store(90, Faults::default()).await;
    for (page_size, parts) in [(7, 1), (7, 5), (500, 5)] {
        let options = ScanOptions { page_size, parts, ..ScanOptions::default() };
        let pages: Vec<_> =
            admin(&store).scan_rows(SearchCriteria::new(), options).try_collect().await.unwrap();
        let rows = || pages.iter().flat_map(|page| page.iter());
        assert!(rows().all(|row| value(row.text()) == row.value() && row.id() == Some(id(&row.value()))));
        let seen: Vec<_> = rows().map(|row| row.value()).collect();
        assert_eq!(seen, customers(&store), "{parts} parts");
    }
}

#[tokio::test]
async fn a_scan_keeps_to_the_pages_that_a_store_allows() {
    let mut profile = Profile::stock();
    profile.settings.input_limits = Some(InputLimits { page_size: Some(10), ..InputLimits::default() });
    let mut app = App::new(profile, Release::DEFAULT, Options { seed: Some(1), ..Options::default() });
    seed(&mut app, 64, 1);
    let store = Server::start(app, ServeOptions::default()).await.unwrap();
    for parts in [1, 4] {
        let options = ScanOptions { parts, ..ScanOptions::default() };
        let seen: Vec<_> = admin(&store).scan(SearchCriteria::new(), options).try_collect().await.unwrap();
        assert_eq!(seen, customers(&store), "{parts} parts");
    }
}

#[tokio::test]
async fn an_empty_store_ends_a_scan_and_a_wrong_plan_says_why() {
    let store = store(0, Faults::default()).await;
    for parts in [1, 3] {
        let options = ScanOptions { parts, fields: Some("id".to_owned()), ..ScanOptions::default() };
        let seen: Vec<_> = admin(&store).scan(SearchCriteria::new(), options).try_collect().await.unwrap();
        assert!(seen.is_empty());
    }
    let sorted = "group_id = 1 order by email asc".parse().unwrap();
    let error = admin(&store).scan(sorted, ScanOptions::default()).try_next().await.unwrap_err();
    assert!(matches!(error, Error::Paging(_)), "{error}");
}

#[tokio::test]
async fn changes_come_once_and_can_be_taken_up_again() {
    let store = store(5, Faults::default()).await;
    let client = admin(&store);
    let options = ChangeOptions {
        polls: Some(1),
        page_size: 2,
        every: Duration::from_millis(1),
        ..ChangeOptions::default()
    };
    let pages: Vec<_> = client.changes(SearchCriteria::new(), options.clone()).try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.customers.len()).sum::<usize>(), 5);

    client.update(3, &magewright::plan::Patch::new(value(r#"{"suffix":"Jr"}"#)).unwrap()).await.unwrap();
    let since = ChangeOptions { since: pages.last().unwrap().until.clone(), overlap: 1, ..options };
    let pages: Vec<_> = client.changes(SearchCriteria::new(), since).try_collect().await.unwrap();
    let changed: Vec<_> = pages.iter().flat_map(|page| &page.customers).map(id).collect();
    assert!(changed.contains(&3) && changed.len() <= 2, "{changed:?}");
}

#[tokio::test]
async fn a_store_tells_its_profile() {
    let store = store(0, Faults::default()).await;
    let profile = admin(&store).pull_profile().await.unwrap();
    for section in
        [Section::Websites, Section::CustomerGroups, Section::CustomerAttributes, Section::Countries]
    {
        assert!(profile.knows(section), "{section:?}");
    }
    assert!(!profile.knows(Section::Settings));
}

#[tokio::test]
async fn a_store_that_shows_nothing_of_itself_is_an_error() {
    let store = store(0, Faults::default()).await;
    let client = Client::new(&store.url(), Credentials::bearer("worthless")).unwrap();
    let Err(Error::Refused(refused)) = client.pull_profile().await else { panic!("a profile of nothing") };
    assert_eq!(refused.error.status(), 401);
}
