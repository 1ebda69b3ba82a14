//! Functions: their parameters as pyo3 is told them.

use anyhow::{Context, Result, bail};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, FnArg, Ident, Pat, ReturnType, Token};

use super::types::{Types, last};
use super::{doc, docstring};

/// The longest line that is not broken.
const WIDEST: usize = 110;

/// What pyo3's `signature = (…)` lists.
enum Parameter {
    Slash,
    Star,
    /// `name`, `*name` or `**name`, and what it is when it is left out.
    Named {
        stars: &'static str,
        name: Ident,
        default: Option<Box<Expr>>,
    },
}

/// `#[pyo3(signature = (…))]`
struct Signature(Vec<Parameter>);

impl Parse for Signature {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let keyword: Ident = input.parse()?;
        if keyword != "signature" {
            return Err(syn::Error::new(keyword.span(), "only signatures are understood"));
        }
        input.parse::<Token![=]>()?;
        let inside;
        syn::parenthesized!(inside in input);
        let parameters = Punctuated::<Parameter, Token![,]>::parse_terminated(&inside)?;
        Ok(Signature(parameters.into_iter().collect()))
    }
}

impl Parse for Parameter {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.parse::<Option<Token![/]>>()?.is_some() {
            return Ok(Parameter::Slash);
        }
        let mut stars = "";
        while input.parse::<Option<Token![*]>>()?.is_some() {
            stars = if stars.is_empty() { "*" } else { "**" };
        }
        if stars == "*" && (input.is_empty() || input.peek(Token![,])) {
            return Ok(Parameter::Star);
        }
        let name = input.parse()?;
        let default = input.parse::<Option<Token![=]>>()?.map(|_| input.parse()).transpose()?;
        Ok(Parameter::Named { stars, name, default })
    }
}

/// A function, or a method of the class `own`, with its docstring and without a line end.
pub(super) fn text(
    attributes: &[Attribute],
    function: &syn::Signature,
    own: Option<&str>,
    types: &Types<'_>,
) -> Result<String> {
    text_as(attributes, function, own, types, &function.ident.to_string(), own.map(|_| "self"))
}

/// The same under another name; `first` is what it takes before its parameters.
pub(super) fn text_as(
    attributes: &[Attribute],
    function: &syn::Signature,
    own: Option<&str>,
    types: &Types<'_>,
    name: &str,
    first: Option<&str>,
) -> Result<String> {
    let indent = if own.is_some() { "    " } else { "" };
    let mut parameters: Vec<String> = first.into_iter().map(str::to_owned).collect();
    parameters.extend(self::parameters(attributes, function, own, types).with_context(|| name.to_owned())?);
    let returns = match (name, own) {
        ("__new__", Some(own)) => own.to_owned(),
        _ => returned(function, own, types).with_context(|| name.to_owned())?,
    };
    let doc = docstring(&doc(attributes), &format!("{indent}    "));
    let head = format!("{indent}def {name}({}) -> {returns}:", parameters.join(", "));
    let head = if head.len() <= WIDEST {
        head
    } else {
        let lines: String = parameters.iter().map(|one| format!("{indent}    {one},\n")).collect();
        format!("{indent}def {name}(\n{lines}{indent}) -> {returns}:")
    };
    Ok(if doc.is_empty() { format!("{head} ...") } else { format!("{head}\n{}", doc.trim_end()) })
}

/// What a function gives.
pub(super) fn returned(function: &syn::Signature, own: Option<&str>, types: &Types<'_>) -> Result<String> {
    match &function.output {
        ReturnType::Default => Ok("None".to_owned()),
        ReturnType::Type(_, of) => types.python(of, own),
    }
}

fn parameters(
    attributes: &[Attribute],
    function: &syn::Signature,
    own: Option<&str>,
    types: &Types<'_>,
) -> Result<Vec<String>> {
    let given = given(function, own, types)?;
    let Some(signature) = signature(attributes)? else {
        // Python's own methods take what they take by place.
        let slash =
            (function.ident.to_string().starts_with("__") && !given.is_empty()).then(|| "/".to_owned());
        return Ok(given.into_iter().map(|(name, of)| format!("{name}: {of}")).chain(slash).collect());
    };
    let mut told = Vec::new();
    for parameter in signature.0 {
        told.push(match parameter {
            Parameter::Slash => "/".to_owned(),
            Parameter::Star => "*".to_owned(),
            Parameter::Named { stars, name, default } => {
                let name = unraw(&name);
                let found = given.iter().find(|(known, _)| *known == name);
                let (_, of) = found.with_context(|| format!("no parameter is called `{name}`"))?;
                match default {
                    None if stars == "**" => format!("**{name}: {}", of.trim_end_matches(" | None")),
                    None => format!("{stars}{name}: {of}"),
                    Some(default) => format!("{name}: {of} = {}", literal(&default)?),
                }
            }
        });
    }
    Ok(told)
}

/// The parameters that Python gives, with their types.
fn given(function: &syn::Signature, own: Option<&str>, types: &Types<'_>) -> Result<Vec<(String, String)>> {
    let mut given = Vec::new();
    for input in &function.inputs {
        let FnArg::Typed(parameter) = input else { continue };
        let Pat::Ident(name) = &*parameter.pat else { bail!("a parameter without a name") };
        let name = unraw(&name.ident);
        if name == "slf" || last(&parameter.ty).is_some_and(|of| of == "Python") {
            continue;
        }
        let of = types.python(&parameter.ty, own).with_context(|| name.clone())?;
        given.push((name, of));
    }
    Ok(given)
}

fn signature(attributes: &[Attribute]) -> Result<Option<Signature>> {
    let told = attributes.iter().find(|attribute| attribute.path().is_ident("pyo3"));
    told.map(|told| told.parse_args()).transpose().context("signature")
}

fn unraw(name: &Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}

/// A default as Python writes it.
fn literal(value: &Expr) -> Result<String> {
    Ok(match value {
        Expr::Path(path) if path.path.is_ident("None") => "None".to_owned(),
        Expr::Lit(syn::ExprLit { lit, .. }) => match lit {
            syn::Lit::Bool(truth) if truth.value => "True".to_owned(),
            syn::Lit::Bool(_) => "False".to_owned(),
            syn::Lit::Str(text) => format!("{:?}", text.value()),
            syn::Lit::Int(number) => number.to_string(),
            syn::Lit::Float(number) => number.to_string(),
            _ => bail!("a default that Python does not have"),
        },
        _ => bail!("a default that is no literal"),
    })
}
