//! Types of Rust as types of Python.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use syn::{GenericArgument, Ident, ItemType, PathArguments, Type};

use super::doc;

/// The types that the source declares itself.
#[derive(Default)]
pub(super) struct Types<'s> {
    pub(super) classes: BTreeSet<String>,
    aliases: BTreeMap<String, &'s ItemType>,
}

/// The last name in the path of a type.
pub(super) fn last(of: &Type) -> Option<&Ident> {
    match of {
        Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        Type::Reference(reference) => last(&reference.elem),
        _ => None,
    }
}

impl<'s> Types<'s> {
    pub(super) fn add(&mut self, alias: &'s ItemType) -> Result<()> {
        match self.aliases.insert(alias.ident.to_string(), alias) {
            Some(_) => bail!("two types are called `{}`", alias.ident),
            None => Ok(()),
        }
    }

    /// A type in Python's words; `own` is the class that `Self` stands for.
    pub(super) fn python(&self, of: &Type, own: Option<&str>) -> Result<String> {
        match of {
            Type::Reference(reference) => self.python(&reference.elem, own),
            Type::Tuple(tuple) if tuple.elems.is_empty() => Ok("None".to_owned()),
            Type::Tuple(tuple) => {
                let parts =
                    tuple.elems.iter().map(|part| self.python(part, own)).collect::<Result<Vec<_>>>()?;
                Ok(format!("tuple[{}]", parts.join(", ")))
            }
            Type::Path(path) => self.named(path, own),
            _ => bail!("a type without a name"),
        }
    }

    fn named(&self, path: &syn::TypePath, own: Option<&str>) -> Result<String> {
        let segment = path.path.segments.last().context("a type without a name")?;
        let name = segment.ident.to_string();
        let inside: Vec<&Type> = match &segment.arguments {
            PathArguments::AngleBracketed(given) => given.args.iter().filter_map(argument).collect(),
            _ => Vec::new(),
        };
        let part = |at: usize| {
            let part = inside.get(at).with_context(|| format!("`{name}` of what?"))?;
            self.python(part, own)
        };
        Ok(match name.as_str() {
            "Self" => own.context("`Self` outside of a class")?.to_owned(),
            "PyResult" | "Result" | "Py" | "Bound" => part(0)?,
            "Option" => format!("{} | None", part(0)?),
            "Vec" => format!("list[{}]", part(0)?),
            "HashMap" => format!("dict[{}, {}]", part(0)?, part(1)?),
            "String" | "str" | "PyString" => "str".to_owned(),
            "PyBytes" => "bytes".to_owned(),
            "bool" => "bool".to_owned(),
            "f64" => "float".to_owned(),
            "i64" | "u16" | "u32" | "u64" | "usize" => "int".to_owned(),
            "PathBuf" => "str | os.PathLike[str]".to_owned(),
            _ if self.classes.contains(&name) => name,
            _ => self.alias(&name, own)?,
        })
    }

    /// What an alias says it is, or else what it stands for.
    fn alias(&self, name: &str, own: Option<&str>) -> Result<String> {
        let way_out = "give an alias whose doc begins with its type in Python, between backquotes";
        let Some(alias) = self.aliases.get(name) else { bail!("what is `{name}` in Python? {way_out}") };
        let doc = doc(&alias.attrs).join("\n");
        let said = doc.strip_prefix('`').and_then(|doc| doc.split_once('`'));
        said.map_or_else(|| self.python(&alias.ty, own), |(said, _)| Ok(said.to_owned()))
    }
}

fn argument(of: &GenericArgument) -> Option<&Type> {
    match of {
        GenericArgument::Type(of) => Some(of),
        _ => None,
    }
}
