use std::fmt;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::Error;

/// Certificates of authorities that are trusted beside those that the operating system trusts, as where a company
/// signs the certificates of its own machines.
///
/// There is no switch that turns verification off: a store with a self-signed certificate is reached by giving that
/// certificate here.
///
/// ```
/// use magewright_client::{Roots, Settings};
/// let pem = b"-----BEGIN CERTIFICATE-----
/// MIIBVzCB/qADAgECAgEBMAoGCCqGSM49BAMCMA8xDTALBgNVBAMMBHJvb3QwHhcN
/// -----END CERTIFICATE-----";
/// let settings = Settings { roots: Roots::from_pem(pem)?, ..Settings::default() };
/// assert_eq!(format!("{:?}", settings.roots), "Roots(1)");
/// # Ok::<(), magewright_client::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Roots(Vec<CertificateDer<'static>>);

impl Roots {
    /// The certificates of a PEM text, such as `curl --cacert` takes: one after another, comments between them.
    ///
    /// # Errors
    /// [`Error::Settings`] for a text without a certificate, or with one that is broken off.
    /// Whether each can be an authority is seen when a client is made.
    ///
    /// ```
    /// use magewright_client::Roots;
    /// assert!(Roots::from_pem(b"").is_err());
    /// ```
    pub fn from_pem(pem: &[u8]) -> Result<Self, Error> {
        let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        match all {
            Ok(all) if !all.is_empty() => Ok(Roots(all)),
            _ => Err(Error::Settings(
                "`roots` holds no whole certificate in PEM: each begins with -----BEGIN CERTIFICATE-----"
                    .to_owned(),
            )),
        }
    }
}

impl fmt::Debug for Roots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Roots").field(&self.0.len()).finish()
    }
}

/// TLS by ring, certificates verified as the operating system does, and against `roots`.
///
/// For a plain HTTP base no certificate is trusted: nothing is fetched over TLS
/// there, and a machine without certificates can still talk to itself.
pub(crate) fn config(encrypted: bool, roots: &Roots) -> Result<ClientConfig, Error> {
    let failed = |error: rustls::Error| Error::Settings(format!("TLS cannot be set up: {error}"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(failed)?;
    let mut config = if encrypted {
        let verifier = Verifier::new_with_extra_roots(roots.0.iter().cloned(), provider).map_err(failed)?;
        // The operating system's own verifier: dangerous would be one that verifies less.
        builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth()
    } else {
        builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth()
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_is_refused() {
        let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        let begun = "-----BEGIN CERTIFICATE-----\nAAAA\n";
        for pem in ["", "a text", key, begun] {
            let error = Roots::from_pem(pem.as_bytes()).unwrap_err().to_string();
            assert!(error.contains("BEGIN CERTIFICATE") && !error.contains("AAAA"), "{error}");
        }
    }

    #[test]
    fn a_certificate_of_nothing_is_seen_when_a_client_is_made() {
        let pem = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let roots = Roots::from_pem(pem).unwrap();
        assert!(matches!(config(true, &roots), Err(Error::Settings(_))));
        assert!(config(false, &roots).is_ok());
    }
}
