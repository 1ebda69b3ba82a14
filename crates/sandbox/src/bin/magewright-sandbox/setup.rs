//! What a store begins with, and what is left of it at the end.

use std::io::{BufRead, Write};
use std::path::Path;

use magewright::json::{self, Object, Value};
use magewright::profile::{Profile, Settings};
use magewright_sandbox::{
    Administrator, App, Clock, Options, Rights, Server, fill_regions, integration, seed,
};

use crate::Arguments;

/// The store that the arguments describe.
pub(crate) fn app(arguments: &Arguments) -> Result<App, String> {
    let mut profile = arguments.profile.as_deref().map_or_else(|| Ok(Profile::stock()), read_profile)?;
    fill_regions(&mut profile);
    change(&mut profile, &arguments.settings)?;
    let mut options =
        Options { seed: Some(arguments.seed), admin_users: arguments.admin_users, ..Options::default() };
    options.clock = arguments.time.map_or(Clock::System, Clock::Fixed);
    for text in &arguments.administrators {
        options.administrators.push(administrator(text)?);
    }
    if arguments.integration {
        options.integrations.push((integration(arguments.seed), Rights::All));
    }
    let release = arguments.release;
    let mut app = match &arguments.store {
        Some(file) => {
            App::open(profile, release, options, file).map_err(|e| format!("{}: {e}", file.display()))?
        }
        None => App::new(profile, release, options),
    };
    for reply in &arguments.replies {
        let (path, file) =
            reply.split_once('=').ok_or_else(|| format!("--reply `{reply}`: give PATH=FILE"))?;
        app.facts_mut().insert(path, read_json(Path::new(file))?);
    }
    if app.customers().next().is_some() {
        return Ok(app);
    }
    if let Some(file) = &arguments.import {
        import(&mut app, file)?;
    }
    seed(&mut app, arguments.customers, arguments.seed);
    app.keep().map_err(|e| e.to_string())?;
    Ok(app)
}

/// `NAME:PASSWORD`, with the resources of one who may not do everything.
fn administrator(text: &str) -> Result<Administrator, String> {
    let mut parts = text.splitn(3, ':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(name), Some(password), resources) if !name.is_empty() && !password.is_empty() => {
            let some = |list: &str| Rights::Only(list.split(',').map(str::to_owned).collect());
            let rights = resources.map_or(Rights::All, some);
            Ok(Administrator { rights, ..Administrator::new(name, password) })
        }
        _ => Err("--administrator: give NAME:PASSWORD, and :RESOURCE,... for one with few rights".to_owned()),
    }
}

fn read_profile(file: &Path) -> Result<Profile, String> {
    Profile::from_document(&read_json(file)?).map_err(|e| format!("{}: {e}", file.display()))
}

fn read_json(file: &Path) -> Result<Value, String> {
    let bytes = std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    json::parse(&bytes).map_err(|e| format!("{}: {e}", file.display()))
}

/// Lays `PATH=VALUE` settings over those of the profile.
fn change(profile: &mut Profile, settings: &[String]) -> Result<(), String> {
    let document = profile.to_document();
    let mut all = document.get("settings").and_then(Value::as_object).cloned().unwrap_or_default();
    for setting in settings {
        let (path, value) =
            setting.split_once('=').ok_or_else(|| format!("--setting `{setting}`: give PATH=VALUE"))?;
        // No setting is a list, so that only one nobody reads takes it.
        let list = Value::Array(Vec::new());
        if Settings::read(&Object::from_iter([(path, list)]).into()).is_ok() {
            return Err(format!("--setting `{path}`: nothing in the sandbox depends on it"));
        }
        all.insert(path, value);
    }
    profile.settings = Settings::read(&all.into()).map_err(|e| format!("--setting: {e}"))?;
    Ok(())
}

/// Writes the customers, one a line.
pub(crate) fn export(server: &Server, file: &Path) -> std::io::Result<()> {
    let app = server.app();
    let app = app.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    app.customers().try_for_each(|customer| writeln!(out, "{customer}"))?;
    out.flush()
}

fn import(app: &mut App, file: &Path) -> Result<(), String> {
    let opened = std::fs::File::open(file).map_err(|e| format!("{}: {e}", file.display()))?;
    for (number, line) in std::io::BufReader::new(opened).split(b'\n').enumerate() {
        let at =
            |reason: &dyn std::fmt::Display| format!("{}, line {}: {reason}", file.display(), number + 1);
        let line = line.map_err(|e| at(&e))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let customer = json::parse(&line).map_err(|e| at(&e))?;
        app.insert(customer, None).ok_or_else(|| at(&"not a customer: an object with an integer `id`"))?;
    }
    Ok(())
}
