//! Classes.

use anyhow::{Context, Result};
use syn::{ImplItemFn, ItemStruct};

use super::types::Types;
use super::{doc, docstring, function, has};

/// What every object has.
const OF_OBJECTS: [&str; 2] = ["__repr__", "__str__"];

pub(super) fn text(
    class: &ItemStruct,
    methods: Option<&Vec<&ImplItemFn>>,
    types: &Types<'_>,
) -> Result<String> {
    let name = class.ident.to_string();
    let mut text = format!("@final\nclass {name}:\n{}", docstring(&doc(&class.attrs), "    "));
    for method in methods.into_iter().flatten() {
        if OF_OBJECTS.iter().any(|known| method.sig.ident == known) {
            continue;
        }
        text += &self::method(method, &name, types).with_context(|| method.sig.ident.to_string())?;
    }
    Ok(text)
}

fn method(method: &ImplItemFn, class: &str, types: &Types<'_>) -> Result<String> {
    let (attributes, signature) = (&method.attrs, &method.sig);
    let name = signature.ident.to_string();
    let name = name.trim_start_matches("r#");
    let told = |name: &str, first| {
        function::text_as(attributes, signature, Some(class), types, name, first).map(|text| text + "\n")
    };
    if has(attributes, "new") {
        return told("__new__", Some("cls"));
    }
    if has(attributes, "staticmethod") {
        return Ok(format!("    @staticmethod\n{}", told(name, None)?));
    }
    if has(attributes, "getter") {
        return Ok(format!("    @property\n{}", told(name, Some("self"))?));
    }
    match name {
        "__eq__" | "__ne__" => equality(method, class, types),
        // One slot serves both sides.
        "__and__" | "__or__" => {
            Ok(told(name, Some("self"))? + &told(&name.replacen("__", "__r", 1), Some("self"))?)
        }
        _ => told(name, Some("self")),
    }
}

/// Equal things of a kind can be asked about any object; otherwise `==` means something of its own.
fn equality(method: &ImplItemFn, class: &str, types: &Types<'_>) -> Result<String> {
    let name = method.sig.ident.to_string();
    let text = function::text(&method.attrs, &method.sig, Some(class), types)?;
    if !text.contains(&format!("other: {class}, /")) {
        return Ok(format!("{text}  # type: ignore[override]\n"));
    }
    let usual = |name: &str| format!("    def {name}(self, other: object, /) -> bool: ...\n");
    Ok(usual(&name) + &usual("__ne__"))
}
