//! The models for people: Rust structs that lose nothing.
//!
//! typify makes them from a schema shaped for it: every property is required and
//! has a type of our own (`Maybe<...>`), because typify's `Option` would let
//! `null` and absent fall together. What typify adds for other users (its error
//! type, conversions) is left out, and docs, serde defaults and the members that
//! no contract knows are put in.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use syn::parse_quote;
use syn::punctuated::Punctuated;
use typify::{TypeSpace, TypeSpaceSettings};

use super::form::{Field, Form, Kind, Type, mentions};
use super::tables::constant;
use crate::schema::node::Node;
use crate::schema::write;

/// The Rust source of the models.
pub(crate) fn source(form: &Form) -> Result<String> {
    if let Some(name) = form.types.keys().find(|name| USED.contains(&name.as_str())) {
        bail!(
            "the models need the name `{name}` themselves; give the type another in xtask/src/schema/names.rs"
        );
    }
    let rust = RustTypes::of(form);
    let mut settings = TypeSpaceSettings::default();
    settings.with_derive("PartialEq".to_owned());
    settings.with_derive("Default".to_owned());
    for (rust_type, wrapper) in &rust.wrappers {
        settings.with_replacement(wrapper, rust_type, std::iter::empty());
    }
    let mut space = TypeSpace::new(&settings);
    let schema = serde_json::from_str(&shaped(form, &rust)).context("the schema shaped for typify")?;
    space.add_root_schema(schema).context("typify refuses the schema")?;
    let file: syn::File = syn::parse2(space.to_stream()).context("typify wrote no Rust")?;
    let mut items: Vec<syn::Item> = Vec::new();
    for item in file.items {
        if let syn::Item::Struct(mut item) = item {
            let name = item.ident.to_string();
            let of = form.types.get(&name).with_context(|| format!("typify renamed a type to `{name}`"))?;
            finish(&mut item, &name, of)?;
            let id = quote::format_ident!("{}", constant(&name));
            let ident = item.ident.clone();
            items.push(syn::Item::Struct(item));
            items.push(parse_quote! {
                impl Model for #ident {
                    const KIND: Kind = Kind::Object(contract::#id);
                }
            });
        }
    }
    let items = items.into_iter().map(|item| {
        let items = vec![item];
        prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items })
    });
    Ok(format!("//! The models.\n\n{USES}\n{}", items.collect::<Vec<_>>().join("\n")))
}

const USES: &str = "use crate::contract::{self, Kind};\n\
    use crate::json::{Object, Value};\n\
    use crate::models::{Maybe, Model, PhpObject, Secret};\n";

/// Names that the generated code means otherwise.
const USED: [&str; 12] = [
    "Box",
    "Default",
    "Kind",
    "Maybe",
    "Model",
    "Object",
    "Option",
    "PhpObject",
    "Secret",
    "String",
    "Value",
    "Vec",
];

/// Puts in what typify does not know of.
fn finish(item: &mut syn::ItemStruct, name: &str, of: &Type) -> Result<()> {
    let about = of.about.clone().unwrap_or_else(|| format!("`{name}`, as Magento's schema has it."));
    let mut about = vec![about];
    if !of.definition.is_empty() {
        about.push(String::new());
        about.push(format!("Magento calls it `{}`.", of.definition));
    }
    set_docs(&mut item.attrs, &about);
    if of.fields.is_empty() {
        // To typify an object without properties is a newtype of a map.
        item.fields = syn::Fields::Named(parse_quote!({}));
        item.semi_token = None;
        item.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
    }
    let syn::Fields::Named(fields) = &mut item.fields else { bail!("typify gave {name} no named fields") };
    // typify sorts fields by name; the order of replies is put back.
    let mut written: Vec<syn::Field> = std::mem::take(&mut fields.named).into_iter().collect();
    for field in &of.fields {
        let place = written.iter().position(|one| stands_for(one, &field.name));
        let mut one =
            written.swap_remove(place.with_context(|| format!("typify lost {name}.{}", field.name))?);
        set_docs(&mut one.attrs, &[field_doc(field)]);
        name_apart(&mut one, &field.name, &fields.named);
        one.attrs.push(parse_quote!(#[serde(default, skip_serializing_if = "Maybe::is_absent")]));
        fields.named.push(one);
    }
    let taken = |ident: &str| fields.named.iter().any(|one| one.ident.as_ref().is_some_and(|i| i == ident));
    let rest = quote::format_ident!("{}", if taken("rest") { "rest_of_it" } else { "rest" });
    let rest: syn::FieldsNamed = parse_quote!({
        /// The members that no contract knows, in order.
        #[serde(flatten)]
        pub #rest: Object
    });
    fields.named.extend(rest.named);
    Ok(())
}

/// Whether a field has that name in JSON: by a serde attribute, or as its own.
fn stands_for(written: &syn::Field, name: &str) -> bool {
    match renaming(written) {
        Some(attribute) => attribute.contains(&format!("rename = {name:?}")),
        None => written.ident.as_ref().is_some_and(|ident| ident == name),
    }
}

/// The serde attribute that gives a field another name in JSON.
fn renaming(written: &syn::Field) -> Option<String> {
    let attributes = written.attrs.iter().filter(|attribute| attribute.path().is_ident("serde"));
    attributes.map(|attribute| quote::quote!(#attribute).to_string()).find(|text| text.contains("rename ="))
}

/// Two names in JSON may be one in Rust: `card_no` and `cardNo`.
fn name_apart<P>(one: &mut syn::Field, name: &str, others: &Punctuated<syn::Field, P>) {
    let Some(ident) = one.ident.clone() else { return };
    let taken = |ident: &syn::Ident| others.iter().any(|other| other.ident.as_ref() == Some(ident));
    if !taken(&ident) {
        return;
    }
    if renaming(one).is_none() {
        one.attrs.push(parse_quote!(#[serde(rename = #name)]));
    }
    one.ident = (2..).map(|number| quote::format_ident!("{ident}_{number}")).find(|ident| !taken(ident));
}

fn field_doc(field: &Field) -> String {
    match field.notes.about.as_str() {
        "" => format!("`{}`, as Magento's schema has it.", field.name),
        about => about.to_owned(),
    }
}

fn set_docs(attributes: &mut Vec<syn::Attribute>, lines: &[String]) {
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    let docs = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    attributes.splice(0..0, docs.map(|line| -> syn::Attribute { parse_quote!(#[doc = #line]) }));
}

/// The schema for typify: each type with its properties as references to wrappers.
fn shaped(form: &Form, rust: &RustTypes) -> String {
    let wrappers = rust.wrappers.values().map(|wrapper| (wrapper.clone(), Node::Map(Vec::new())));
    let types = form.types.iter().map(|(name, of)| {
        let property = |field: &Field| {
            let wrapper = rust.wrappers.get(&rust.field(name, field)).map_or("", String::as_str);
            let target = Node::Text(format!("#/definitions/{wrapper}"));
            (field.name.clone(), Node::map([("$ref", Some(target))]))
        };
        let required = of.fields.iter().map(|field| Node::text(&field.name)).collect();
        let schema = Node::map([
            ("type", Some(Node::text("object"))),
            ("properties", Some(Node::Map(of.fields.iter().map(property).collect()))),
            ("required", Some(Node::List(required))),
        ]);
        (name.clone(), schema)
    });
    write::pretty(&Node::map([("definitions", Some(Node::Map(wrappers.chain(types).collect())))]))
}

/// The Rust type of every field, each under a name that a schema can refer to.
struct RustTypes {
    wrappers: BTreeMap<String, String>,
    /// Fields by which a type would hold itself.
    boxed: BTreeSet<(String, String)>,
}

impl RustTypes {
    fn of(form: &Form) -> RustTypes {
        let mut types = RustTypes { wrappers: BTreeMap::new(), boxed: cycles(form) };
        for (name, of) in &form.types {
            for field in &of.fields {
                let next = types.wrappers.len();
                let rust_type = types.field(name, field);
                types.wrappers.entry(rust_type).or_insert_with(|| format!("Wrapper{next}"));
            }
        }
        types
    }

    fn field(&self, owner: &str, field: &Field) -> String {
        let inner = match (&field.kind, field.notes.secret) {
            (Kind::String, true) => "Secret".to_owned(),
            (kind, _) => value(kind),
        };
        match self.boxed.contains(&(owner.to_owned(), field.name.clone())) {
            true => format!("Maybe<Box<{inner}>>"),
            false => format!("Maybe<{inner}>"),
        }
    }
}

fn value(kind: &Kind) -> String {
    match kind {
        Kind::String => "String".to_owned(),
        Kind::Integer => "i64".to_owned(),
        Kind::Number => "f64".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::Mixed => "Value".to_owned(),
        Kind::Object(name) => format!("PhpObject<{name}>"),
        Kind::List(item) => format!("Vec<{}>", value(item)),
    }
}

/// The fields that lead from a type back to itself without a list between.
fn cycles(form: &Form) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for (name, of) in &form.types {
        for field in of.fields.iter().filter(|field| matches!(field.kind, Kind::Object(_))) {
            if mentions(&field.kind).is_some_and(|target| reaches(form, target, name)) {
                found.insert((name.clone(), field.name.clone()));
            }
        }
    }
    found
}

fn reaches(form: &Form, from: &str, to: &str) -> bool {
    let mut waiting = vec![from];
    let mut seen = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            let fields = form.types.get(name).map_or(&[][..], |of| &of.fields);
            let direct = fields.iter().filter(|field| matches!(field.kind, Kind::Object(_)));
            waiting.extend(direct.filter_map(|field| mentions(&field.kind)));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::band::Band;
    use crate::schema::overlay;

    fn form(owner: &str, fields: &[(&str, Kind)]) -> Form {
        let field = |(name, kind): &(&str, Kind)| Field {
            name: (*name).to_owned(),
            kind: kind.clone(),
            required: false,
            notes: overlay::Field::default(),
            band: Band::default(),
        };
        let of = Type { about: None, definition: String::new(), fields: fields.iter().map(field).collect() };
        Form {
            types: BTreeMap::from([(owner.to_owned(), of)]),
            endpoints: Vec::new(),
            examples: Default::default(),
            releases: Vec::new(),
            strays: Vec::new(),
        }
    }

    #[test]
    fn a_type_that_holds_itself_is_boxed() {
        let card = Kind::Object("Card".to_owned());
        let fields = [("replaces", card.clone()), ("older", Kind::List(Box::new(card)))];
        let text = source(&form("Card", &fields)).unwrap();
        assert!(text.contains("pub replaces: Maybe<Box<PhpObject<Card>>>,"), "{text}");
        assert!(text.contains("pub older: Maybe<Vec<PhpObject<Card>>>,"), "{text}");
    }

    #[test]
    fn names_that_rust_does_not_take_are_renamed() {
        let names = ["type", "self", "foo-bar", "2x", "camelCase", "rest"];
        let text = source(&form("Card", &names.map(|name| (name, Kind::String)))).unwrap();
        for name in ["type", "self", "foo-bar", "2x", "camelCase"] {
            assert!(text.contains(&format!("rename = {name:?}")), "{name}: {text}");
        }
        assert!(text.contains("pub rest_of_it: Object"), "{text}");
    }

    #[test]
    fn names_that_are_one_in_rust_are_told_apart() {
        let names = ["cardNo", "card_no", "card-no"];
        let text = source(&form("Card", &names.map(|name| (name, Kind::String)))).unwrap();
        for field in ["pub card_no:", "pub card_no_2:", "pub card_no_3:"] {
            assert_eq!(text.matches(field).count(), 1, "{field} in {text}");
        }
        for name in ["cardNo", "card_no", "card-no"] {
            assert!(text.matches(&format!("rename = {name:?}")).count() <= 1, "{name}: {text}");
        }
        assert!(text.contains("rename = \"card_no\""), "{text}");
    }

    #[test]
    fn a_name_that_the_models_use_themselves_is_refused() {
        let error = source(&form("Maybe", &[])).unwrap_err().to_string();
        assert!(error.contains("the models need the name `Maybe`"), "{error}");
    }
}
