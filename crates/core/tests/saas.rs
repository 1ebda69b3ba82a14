//! The SaaS edition as a target: what is known of it counts, what nobody has recorded is said to be
//! unchecked, what it lacks is refused with the way out.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use magewright::call::{Scope, route};
use magewright::contract::{CUSTOMER_EXTENSION, Contract};
use magewright::json::{Value, parse};
use magewright::outcome::Outcome;
use magewright::plan::{EffectKind, Obstacle, Patch, Planner, Strategy, audit, plan};
use magewright::predict::update::{Route, Target, update, update_in_bulk};
use magewright::predict::{self, Post};
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::store::{Accounts, Caller, Store};
use magewright::validate::{Operation, Validator, validate};
use magewright::{desk, search};

const CREATE: &[u8] = br#"{"customer":{"email":"ada@example.com","firstname":"Ada","lastname":"L"}}"#;
const STORED: &str = r#"{"id":5,"group_id":1,"email":"a@example.com","firstname":"A","lastname":"B",
    "store_id":1,"taxvat":"T","website_id":1,"addresses":[],"disable_auto_group_change":0,
    "extension_attributes":{"is_subscribed":false,"last_login_at":"2026-07-01 00:00:00"}}"#;

fn with_store<R>(release: Release, ask: impl FnOnce(Store<'_>) -> R) -> R {
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    ask(Store { release, profile: &profile, accounts: &accounts, scope: None, now: None })
}

fn saas<R>(ask: impl FnOnce(Store<'_>) -> R) -> R {
    with_store(Release::SAAS, ask)
}

#[test]
fn every_report_says_that_nobody_recorded_the_edition() {
    let has = |unchecked: &[&str]| unchecked.contains(&Release::UNRECORDED);
    for operation in [Operation::Record, Operation::Create { caller: Caller::Admin }] {
        saas(|store| {
            assert!(has(&validate(CREATE, operation, &store).unchecked), "{operation:?}");
            assert!(has(&Validator::new(operation, store).unchecked()), "{operation:?}");
        });
        with_store(Release::DEFAULT, |store| {
            assert!(!has(&validate(CREATE, operation, &store).unchecked), "{operation:?}");
        });
    }
    saas(|store| {
        let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
        let patch = Patch::parse(br#"{"taxvat":null}"#).unwrap();
        let plan = plan(&parse(STORED.as_bytes()).unwrap(), &patch, &target, Strategy::Auto).unwrap();
        assert!(has(&plan.unchecked));
    });
}

#[test]
fn the_rules_of_the_newest_release_stand_in() {
    let newest: Release = "2.4.9".parse().unwrap();
    let bodies = [
        CREATE,
        br#"{"customer":{"email":"ada","firstname":"A!","lastname":"","dob":"2999-01-01"},"password":"x"}"#,
        br#"{"customer":{"email":null,"firstname":"<script>x</script>","lastname":"L","group_id":99}}"#,
    ];
    for body in bodies {
        let predicted = |release| with_store(release, |store| predict::create(body, Caller::Admin, &store));
        assert_eq!(predicted(Release::SAAS), predicted(newest));
    }
}

#[test]
fn a_create_is_not_open_to_everybody() {
    for caller in [Caller::Guest, Caller::Customer, Caller::Limited] {
        saas(|store| {
            let Outcome::Refused(refusal) = predict::create(CREATE, caller, &store) else { panic!("saved") };
            assert_eq!(refusal.status, 401);
            let report = predict::validate_create(CREATE, caller, &store);
            assert_eq!(report.violations[0].code, "caller_not_allowed");
            let validator = Validator::new(Operation::Create { caller }, store);
            assert_eq!(validator.check(CREATE).violations, report.violations);
            let item = parse(CREATE).unwrap();
            assert!(matches!(predict::create_queued(&item, caller, &store), predict::Queued::NotAccepted(_)));
        });
    }
    saas(|store| assert!(predict::create(CREATE, Caller::Integration, &store).is_saved()));
    with_store(Release::DEFAULT, |store| assert!(predict::create(CREATE, Caller::Guest, &store).is_saved()));
}

#[test]
fn its_paths_have_a_tenant_and_no_rest() {
    let status = |path| {
        let post = Post { path, content_type: Some("application/json"), body: CREATE };
        match saas(|store| predict::request(&post, Caller::Admin, &store)) {
            Outcome::Saved { .. } => 200,
            Outcome::Refused(refusal) => refusal.status,
        }
    };
    assert_eq!(["/V1/customers", "/tenant/V1/customers"].map(status), [200; 2]);
    let others = ["/rest/V1/customers/", "/rest/de/V1/customers", "/V1/customers/5", "", "é/V1/customers/ü"];
    assert_eq!(others.map(status), [404; 5]);
    assert_eq!(status("/rest/V1/customers"), 200, "a tenant may have any id");
}

#[test]
fn a_customers_own_route_is_not_there() {
    let stored = parse(STORED.as_bytes()).unwrap();
    let body = parse(br#"{"customer":{"firstname":"N"}}"#).unwrap();
    saas(|store| {
        let target = Target { store, caller: Caller::Customer, route: Route::Me };
        let Outcome::Refused(refusal) = update(&stored, &body, &target).outcome else { panic!("saved") };
        assert_eq!(refusal.status, 404);
        let patch = Patch::parse(br#"{"firstname":"N"}"#).unwrap();
        let refused = plan(&stored, &patch, &target, Strategy::Auto).unwrap_err();
        assert_eq!(refused.reasons[0].obstacle, Obstacle::NoRoute);
        assert!(refused.reasons[0].obstacle.message().contains("IMS token"));
        let planner = Planner::new(target, Strategy::Auto);
        assert_eq!(planner.plan(STORED.as_bytes(), br#"{"firstname":"N"}"#).unwrap_err(), refused);
        let effects = audit(&stored, &body, &target);
        assert!(effects.iter().any(|effect| effect.kind == EffectKind::Refused), "{effects:?}");
    });
}

#[test]
fn updates_are_planned_for_a_customers_id_and_for_the_queue() {
    let stored = parse(STORED.as_bytes()).unwrap();
    let patch = Patch::parse(br#"{"firstname":"N"}"#).unwrap();
    let target_of = |route| {
        saas(|store| {
            let target = Target { store, caller: Caller::Integration, route };
            let plan = plan(&stored, &patch, &target, Strategy::Auto).unwrap();
            let body = Value::Array(vec![plan.body.clone()]);
            if route == Route::Queue {
                let accounts = Accounts::from_customers([stored.clone()]).unwrap();
                let store = Store { accounts: &accounts, ..store };
                let run = update_in_bulk(&body, &Target { store, ..target }).unwrap();
                assert_eq!(run.operations[0].status, 1);
            }
            let kept = plan.expected.pointer("/extension_attributes/last_login_at");
            assert_eq!(kept, stored.pointer("/extension_attributes/last_login_at"));
            plan.call().request.addressed(&Scope::Default, Release::SAAS).unwrap().target
        })
    };
    assert_eq!(target_of(Route::ById("5")), "/V1/customers/5");
    assert_eq!(target_of(Route::Queue), "/V1/async/bulk/customers/byCustomerId");
}

#[test]
fn its_own_attributes_are_known_to_it_alone() {
    let body = br#"{"customer":{"email":"ada@example.com","firstname":"Ada","lastname":"L",
        "extension_attributes":{"last_login_at":"2026-07-01 00:00:00"}}}"#;
    let saved = |release: Release| {
        with_store(release, |store| predict::create(body, Caller::Admin, &store).is_saved())
    };
    assert!(saved(Release::SAAS) && !saved(Release::DEFAULT));
    let unknown = String::from_utf8(body.to_vec()).unwrap().replace("last_login_at", "acme_card");
    assert!(!saas(|store| predict::create(unknown.as_bytes(), Caller::Admin, &store).is_saved()));

    let contract = Contract::built_in();
    let holds = |name: &str, release: &str| {
        let band = contract.field(CUSTOMER_EXTENSION, 0, name).unwrap().1.rules.band;
        band.holds(release.parse().unwrap())
    };
    assert!(holds("last_login_at", "saas") && !holds("last_login_at", "2.4.9"));
    assert!(!holds("all_company_attributes", "saas") && holds("all_company_attributes", "2.4.9"));
    assert!(holds("company_attributes", "saas"));
}

#[test]
fn every_route_is_addressed_or_refused_with_the_way_out() {
    let lacking: Vec<&str> = route::ROUTES
        .iter()
        .filter(|route| route.endpoint().is_some_and(|endpoint| !endpoint.band.holds(Release::SAAS)))
        .map(|route| route.template)
        .collect();
    let gone = |path: &str| {
        ["/V1/customers/me", "/V1/integration/", "/V1/tfa/", "/V1/users", "/V1/roles"]
            .iter()
            .any(|start| path.starts_with(start))
            || path.contains("assword")
            || ["/V1/customers/isEmailAvailable", "/V1/directory/currency"].contains(&path)
    };
    for route in route::ROUTES {
        assert_eq!(lacking.contains(&route.template), gone(route.template), "{}", route.template);
        let endpoint = route.endpoint().unwrap();
        assert!(
            !gone(route.template) || !endpoint.core || !endpoint.instead.is_empty(),
            "{}",
            route.template
        );
    }
}

#[test]
fn the_desk_takes_the_edition_in_every_question() {
    let ask = |operation: &str, request: &str| desk::call(operation, request.as_bytes());
    assert_eq!(
        ask("customers.get", r#"{"id":5,"scope":"de","release":"saas"}"#),
        r#"{"ok":{"method":"GET","target":"/V1/customers/5","body":null,"headers":{"Store":"de"}}}"#
    );
    let plan = ask("plan", &format!(r#"{{"release":"saas","stored":{STORED},"patch":{{"firstname":"N"}}}}"#));
    assert!(plan.contains(r#""target":"/V1/customers/5""#) && plan.contains("saas_edition"), "{plan}");
    let me = ask(
        "plan",
        &format!(r#"{{"release":"saas","route":"me","stored":{STORED},"patch":{{"firstname":"N"}}}}"#),
    );
    assert!(me.contains(r#""code":"no-route""#), "{me}");
    let signed = ask(
        "oauth.sign",
        r#"{"release":"saas","method":"GET","url":"https://x.test/V1/modules","consumer_key":"k","consumer_secret":"s",
            "token":"t","token_secret":"s","nonce":"n","timestamp":1}"#,
    );
    assert!(signed.contains("IMS access token") && signed.contains(r#""pointer":"/release""#), "{signed}");
    let store = desk::Described::read(br#"{"release":"saas","scope":"de"}"#).unwrap();
    let made = desk::call_about(&store, "customers.delete", br#"{"id":5,"scope":"fr"}"#);
    assert!(made.contains(r#""target":"/V1/customers/5""#) && made.contains(r#"{"Store":"fr"}"#), "{made}");
    let refused = ask("validate", r#"{"payload":{},"release":"saas-2"}"#);
    assert!(refused.contains("or saas"), "{refused}");
}

#[test]
fn criteria_are_read_as_the_newest_release_reads_them() {
    let query = "searchCriteria[filterGroups][0][filters][0][field]=email&searchCriteria[pageSize]=5";
    let newest: Release = "2.4.9".parse().unwrap();
    assert_eq!(search::decode(query, Release::SAAS), search::decode(query, newest));
}
