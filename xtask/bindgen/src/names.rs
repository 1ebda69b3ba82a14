//! Where a function belongs, told by its name.

/// The crates whose modules are rooms.
const CORE: &str = "magewright::";
const BINDING: &str = "magewright_wasm::";

/// The room of a function: a module of the core that it is of or was made for, the binding, or the
/// module of the library that it is of.
pub(crate) fn room(name: &str) -> String {
    let inner = name.find(CORE).and_then(|at| name.get(at + CORE.len()..));
    match inner {
        _ if name.contains(BINDING) || is_exported(name) => "the binding".to_owned(),
        Some(inner) => first_word(inner).to_owned(),
        None => library(name),
    }
}

/// What JavaScript calls has a plain name, which the linker may add a word to.
fn is_exported(name: &str) -> bool {
    !name.is_empty() && !name.contains("::")
}

/// Whether a function is a copy that the library's generic code made for a room.
pub(crate) fn is_copy(name: &str) -> bool {
    let own = own_path(name);
    (name.contains(CORE) || name.contains(BINDING)) && !own.starts_with(CORE) && !own.starts_with(BINDING)
}

/// `core::fmt` of `<core::fmt::Formatter>::pad`.
fn library(name: &str) -> String {
    let mut words = own_path(name).split("::").map(first_word).take(2);
    let krate = words.next().unwrap_or_default();
    match (krate, words.next()) {
        ("core" | "alloc" | "std", Some(module)) => format!("library, {krate}::{module}"),
        ("", _) => "no name".to_owned(),
        _ => format!("library, {krate}"),
    }
}

/// The path that a name begins with, of whatever stands in angle brackets.
fn own_path(name: &str) -> &str {
    name.trim_start_matches(|at: char| !at.is_alphanumeric() && at != '_')
}

fn first_word(path: &str) -> &str {
    let end = path.find(|at: char| !at.is_alphanumeric() && at != '_').unwrap_or(path.len());
    path.get(..end).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{is_copy, room};

    #[test]
    fn a_function_belongs_to_the_module_it_is_of_or_was_made_for() {
        for (name, expected, copied) in [
            ("magewright::store::name::check", "store", false),
            ("<magewright::json::value::Value as core::fmt::Display>::fmt", "json", false),
            ("core::slice::sort::sort::<magewright::plan::Change>", "plan", true),
            ("<magewright_wasm::store::StoreHandle>::new", "the binding", false),
            ("<core::fmt::Formatter>::pad", "library, core::fmt", false),
            ("storehandle_call multivalue shim", "the binding", false),
            ("<[u8]>::copy", "library, u8", false),
            ("<dlmalloc::dlmalloc::Dlmalloc>::malloc", "library, dlmalloc", false),
            ("", "no name", false),
        ] {
            assert_eq!((room(name).as_str(), is_copy(name)), (expected, copied), "{name}");
        }
    }
}
