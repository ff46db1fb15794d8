//! Which certificates are accepted where the portal is the client: those of the system, or of an own authority.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, ensure};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;

/// Settings of TLS.
pub(crate) fn client(ca_file: Option<&Path>) -> anyhow::Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .context("cannot prepare TLS")?;
    let Some(file) = ca_file else {
        return Ok(builder.with_platform_verifier().context("cannot prepare TLS")?.with_no_client_auth());
    };
    let mut roots = RootCertStore::empty();
    for certificate in
        CertificateDer::pem_file_iter(file).with_context(|| format!("cannot read {}", file.display()))?
    {
        roots.add(certificate.with_context(|| format!("cannot use {}", file.display()))?)?;
    }
    ensure!(!roots.is_empty(), "{} holds no certificate", file.display());
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
