//! The sandbox store set up as the store the cases were recorded on.

mod wire;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use magewright::json::{Object, Value};
use magewright::profile::{Profile, ProfileError, Settings};
use magewright::release::Release;
use magewright_sandbox::{
    Administrator, App, Body, Clock, Credentials, Identity, Options, Request, Response, Rights, SharedApp,
};

use crate::folder::{Folder, FolderError};
use crate::placeholders::Bindings;
use crate::surroundings;
use wire::Wire;

/// The store that a suite asks: in this process, or over HTTP on loopback. Both answer the same.
#[derive(Debug)]
pub struct Stage {
    app: SharedApp,
    wire: Option<Wire>,
}

impl Stage {
    /// A store in this process.
    #[must_use]
    pub fn direct() -> Self {
        let empty = App::new(Profile::stock(), Release::DEFAULT, Options::default());
        Stage { app: Arc::new(Mutex::new(empty)), wire: None }
    }

    /// A store on a free port of loopback, to which every request goes as HTTP.
    ///
    /// # Errors
    /// A port that cannot be listened on.
    pub fn over_http() -> Result<Self, Box<dyn std::error::Error>> {
        let Stage { app, .. } = Stage::direct();
        let (wire, app) = Wire::start(&app)?;
        Ok(Stage { app, wire: Some(wire) })
    }

    /// Puts another store in the place of the present one.
    pub fn set(&mut self, app: App) {
        *self.app() = app;
    }

    /// The store itself, to be looked at and changed between requests.
    pub fn app(&self) -> MutexGuard<'_, App> {
        self.app.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Status and body of the answer, as the recordings hold them. What never came back has status 0.
    pub fn ask(&mut self, request: &Request) -> (i64, Value) {
        let Some(wire) = &mut self.wire else { return recorded(&self.app().handle(request)) };
        let authorization = wire.authorization(request, &self.app);
        wire.ask(request, authorization).unwrap_or_else(|error| (0, Value::from(error.to_string())))
    }
}

/// The password of every recorded customer.
pub const PASSWORD: &str = "Passw0rd!x";

/// A moment after everything in the recordings.
pub const NOW: i64 = 1_800_000_000;

/// An empty store with the folder's profile, its own replies about itself, and the
/// settings a case was recorded with.
///
/// # Errors
/// A file that cannot be read, or a setting that is none.
pub fn store(folder: &Folder, config: Option<&Value>) -> Result<App, FolderError> {
    let mut profile = surroundings::profile(folder)?;
    if let Some(config) = config.and_then(Value::as_object).filter(|config| !config.is_empty()) {
        profile.settings = settings(folder, config)?;
    }
    let limited = Administrator { rights: catalog_only(), ..Administrator::new("limited", "limited123") };
    let options = Options {
        clock: Clock::Fixed(NOW),
        seed: Some(1),
        administrators: vec![Administrator::new("admin", "admin123"), limited],
        integrations: vec![(wire::integration(), Rights::All)],
        ..Options::default()
    };
    let mut app = App::new(profile, folder.release(), options);
    let index = folder.document("store/index.json")?.unwrap_or_default();
    for entry in index.as_array().unwrap_or_default() {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default();
        if let Some(reply) = folder.document(Path::new("store").join(text("file")))? {
            app.facts_mut().insert(text("path"), reply);
        }
    }
    Ok(app)
}

/// The store with the customers of a file, whose passwords are all [`PASSWORD`].
///
/// # Errors
/// A file that cannot be read.
pub fn store_with(folder: &Folder, file: &Path) -> Result<App, FolderError> {
    let mut app = store(folder, None)?;
    for customer in folder.lines(file)?.unwrap_or_default() {
        app.insert(customer, Some(PASSWORD));
    }
    Ok(app)
}

/// The recorded settings with some of them changed.
fn settings(folder: &Folder, changed: &Object) -> Result<Settings, FolderError> {
    let file = folder.document("store/config.json")?.unwrap_or_default();
    let mut all = file.get("values").and_then(Value::as_object).cloned().unwrap_or_default();
    for (path, value) in changed.iter() {
        all.insert(path, value.clone());
    }
    Settings::read(&Value::Object(all))
        .map_err(|e: ProfileError| FolderError::in_file("store/config.json", &e))
}

/// A recorded request (`method`, `path`, `caller`, `body` or `raw_body`, `content_type`), placeholders filled.
#[must_use]
pub fn request(recorded: &Value, bindings: &Bindings) -> Request {
    let text = |key: &str| recorded.get(key).and_then(Value::as_str);
    let path = bindings.filled(text("path").unwrap_or_default());
    let mut request = Request::new(text("method").unwrap_or("GET"), &path);
    let raw = text("raw_body").map(str::to_owned);
    let body = recorded.get("body").filter(|body| !body.is_null());
    if let Some(body) = raw.or_else(|| body.map(|body| bindings.filled_value(body).to_string())) {
        request = request.json(body);
    }
    match recorded.get("content_type") {
        Some(Value::String(kind)) => request.content_type = Some(kind.clone()),
        Some(Value::Null) => request.content_type = None,
        _ => {}
    }
    request.credentials = credentials(text("caller").unwrap_or("guest"), bindings);
    request
}

fn catalog_only() -> Rights {
    Rights::Only(vec!["Magento_Catalog::catalog".to_owned()])
}

fn credentials(caller: &str, bindings: &Bindings) -> Credentials {
    match caller {
        "admin" => Credentials::Known(Identity::Admin(1, Rights::All)),
        "limited" => Credentials::Known(Identity::Admin(2, catalog_only())),
        "integration" => Credentials::Known(Identity::Integration(1, Rights::All)),
        "guest" => Credentials::None,
        token => Credentials::Header(format!("Bearer {}", bindings.filled(token))),
    }
}

/// Status and body of a response as the recordings hold them: bare text is a string.
#[must_use]
pub fn recorded(response: &Response) -> (i64, Value) {
    let body = match &response.body {
        Body::Json(value) => value.clone(),
        Body::Written(written) => written.value().clone(),
        Body::Text(text) => Value::from(text.as_str()),
        Body::Empty => Value::from(""),
    };
    (i64::from(response.status), body)
}
