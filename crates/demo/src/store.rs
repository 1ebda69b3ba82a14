//! The store that the changes are brought to.

use std::error::Error;
use std::path::{Path, PathBuf};

use magewright::profile::Profile;
use magewright::release::Release;
use magewright_client::{Client, Credentials};
use magewright_sandbox::{App, Options, ServeOptions, Server, seed};

/// A store on loopback with made-up customers, the same each time.
pub(crate) struct Store {
    server: Server,
    pages: Option<PathBuf>,
}

impl Store {
    /// A store that says of itself what the recorded one does.
    pub(crate) async fn start(profile: Profile, port: u16, customers: u32) -> Result<Self, Box<dyn Error>> {
        let options = Options { seed: Some(1), ..Options::default() };
        let mut app = App::new(profile, Release::DEFAULT, options);
        seed(&mut app, customers, 1);
        let pages = Some(builder()).filter(|folder| folder.join("index.html").exists());
        let options = ServeOptions { port, pages: pages.clone(), ..ServeOptions::default() };
        Ok(Store { server: Server::start(app, options).await?, pages })
    }

    pub(crate) fn url(&self) -> String {
        self.server.url()
    }

    pub(crate) fn admin(&self) -> Result<Client, magewright_client::Error> {
        Client::new(&self.url(), Credentials::admin("admin", "admin123"))
    }

    pub(crate) fn print_urls(&self) {
        println!("\nThe store goes on at {}/rest/V1 (admin, password admin123).", self.url());
        match &self.pages {
            Some(_) => println!("The payload builder: {}/builder/", self.url()),
            None => println!("The payload builder page is not built: `cargo xtask builder` does, with Node."),
        }
        println!("Ctrl-C ends both.");
    }
}

/// Where the payload builder page is built.
fn builder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bindings/wasm/builder/dist")
}
