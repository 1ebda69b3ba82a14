use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;

use crate::Error;

/// TLS by ring, certificates verified as the operating system does.
///
/// For a plain HTTP base no certificate is trusted: nothing is fetched over TLS
/// there, and a machine without certificates can still talk to itself.
pub(crate) fn config(encrypted: bool) -> Result<ClientConfig, Error> {
    let failed = |error: rustls::Error| Error::Settings(format!("TLS cannot be set up: {error}"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(failed)?;
    let builder = match encrypted {
        true => builder.with_platform_verifier().map_err(failed)?,
        false => builder.with_root_certificates(RootCertStore::empty()),
    };
    let mut config = builder.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
