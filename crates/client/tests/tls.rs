//! Certificates and HTTP/2, against a store over TLS whose authority was made up by the test.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::http::Version;
use futures_util::future::join_all;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use magewright::call::customers;
use magewright_client::{Client, Credentials, Distrust, Error, NetworkFailure, Roots, Settings};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// An authority, as a company has one for its own machines.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Authority(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn roots(&self) -> Roots {
        Roots::from_pem(self.0.pem().as_bytes()).unwrap()
    }

    /// What a store with a certificate for this host needs, valid until this year.
    fn certify(&self, host: &str, until: i32, protocols: &[&str]) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([host.to_owned()]).unwrap();
        params.not_after = date_time_ymd(until, 1, 1);
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let mut config =
            builder.unwrap().with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key);
        config.as_mut().unwrap().alpn_protocols =
            protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        Arc::new(config.unwrap())
    }
}

/// A store over TLS that has one customer, notes by which protocol it is asked, and counts connections.
struct Secure {
    base: String,
    connections: Arc<AtomicUsize>,
    asked: Arc<Mutex<Vec<Version>>>,
}

impl Secure {
    async fn start(config: Arc<ServerConfig>) -> Self {
        let (connections, asked) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let noted = Arc::clone(&asked);
        let handle = move |request: Request| {
            noted.lock().unwrap().push(request.version());
            std::future::ready(r#"{"id":5}"#)
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let (counted, router) = (Arc::clone(&connections), Router::new().fallback(handle));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let (tls, router) = (TlsAcceptor::from(Arc::clone(&config)), router.clone());
                tokio::spawn(async move {
                    let Ok(stream) = tls.accept(socket).await else { return };
                    let http = auto::Builder::new(TokioExecutor::new());
                    let _ =
                        http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).await;
                });
            }
        });
        Secure { base, connections, asked }
    }

    fn client(&self, roots: Roots) -> Client {
        let settings = Settings { roots, ..Settings::default() };
        Client::with_settings(&self.base, Credentials::bearer("t0ken"), settings).unwrap()
    }

    fn asked(&self) -> Vec<Version> {
        self.asked.lock().unwrap().clone()
    }
}

/// Why a store is not trusted, which was tried once and asked nothing.
async fn distrust(store: &Secure, roots: Roots) -> (Distrust, String) {
    let error = store.client(roots).send(&customers::get(5)).await.unwrap_err();
    assert!(store.asked().is_empty());
    assert_eq!(store.connections.load(Ordering::SeqCst), 1, "tried again");
    match &error {
        Error::Network(failed) => match failed.reason {
            NetworkFailure::Certificate(distrust) => (distrust, error.to_string()),
            other => panic!("{other:?}"),
        },
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn many_calls_share_one_connection_of_http_2() {
    let authority = Authority::new();
    let store = Secure::start(authority.certify("localhost", 2100, &["h2", "http/1.1"])).await;
    let client = store.client(authority.roots());
    client.send(&customers::get(5)).await.unwrap();
    for reply in join_all((0..20).map(|_| client.get(5))).await {
        reply.unwrap();
    }
    assert_eq!(store.asked(), [Version::HTTP_2; 21]);
    assert_eq!(store.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_store_without_http_2_is_spoken_to_as_it_can() {
    let authority = Authority::new();
    for protocols in [&["http/1.1"][..], &[]] {
        let store = Secure::start(authority.certify("localhost", 2100, protocols)).await;
        let client = store.client(authority.roots());
        client.get(5).await.unwrap();
        client.get(5).await.unwrap();
        assert_eq!(store.asked(), [Version::HTTP_11; 2]);
        assert_eq!(store.connections.load(Ordering::SeqCst), 1, "not kept alive");
    }
}

#[tokio::test]
async fn an_authority_that_nobody_named_is_not_trusted() {
    let (authority, other) = (Authority::new(), Authority::new());
    for roots in [Roots::default(), other.roots()] {
        let store = Secure::start(authority.certify("localhost", 2100, &["h2"])).await;
        let (why, message) = distrust(&store, roots).await;
        assert_eq!(why, Distrust::Issuer);
        assert!(message.starts_with("GET /V1/customers/5: ") && message.contains("`roots`"), "{message}");
    }
}

#[tokio::test]
async fn a_certificate_of_another_host_or_time_is_not_trusted() {
    let authority = Authority::new();
    let elsewhere = Secure::start(authority.certify("shop.example", 2100, &["h2"])).await;
    assert_eq!(distrust(&elsewhere, authority.roots()).await.0, Distrust::Host);
    let expired = Secure::start(authority.certify("localhost", 2020, &["h2"])).await;
    assert_eq!(distrust(&expired, authority.roots()).await.0, Distrust::Time);
}
