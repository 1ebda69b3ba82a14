//! What a module is made of: functions with their names, and data.

use std::collections::HashMap;

use anyhow::{Result, bail};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// A module's parts, borrowed from its bytes.
#[derive(Debug, Default)]
pub(crate) struct Module<'m> {
    /// How many functions the host gives, which stand before them.
    pub(crate) imported: u32,
    /// The functions it defines, in their order.
    pub(crate) functions: Vec<Function<'m>>,
    /// What its memory begins with.
    pub(crate) data: Vec<&'m [u8]>,
}

/// One function.
#[derive(Debug)]
pub(crate) struct Function<'m> {
    /// Its name as Rust writes it.
    pub(crate) name: String,
    /// Its body.
    pub(crate) code: &'m [u8],
}

impl<'m> Module<'m> {
    /// Reads a module that has its names.
    pub(crate) fn read(bytes: &'m [u8]) -> Result<Self> {
        let (mut module, mut names) = (Module::default(), HashMap::new());
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        module.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    module.functions.push(Function { name: String::new(), code: body.as_bytes() });
                }
                Payload::DataSection(section) => {
                    for data in section {
                        module.data.push(data?.data);
                    }
                }
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(section) = section.as_known() {
                        names = function_names(section)?;
                    }
                }
                _ => {}
            }
        }
        if names.is_empty() {
            bail!("the module has no names");
        }
        for (index, function) in (module.imported..).zip(&mut module.functions) {
            function.name = names.remove(&index).unwrap_or_default();
        }
        Ok(module)
    }
}

fn function_names(section: wasmparser::NameSectionReader<'_>) -> Result<HashMap<u32, String>> {
    let mut names = HashMap::new();
    for part in section {
        if let Name::Function(map) = part? {
            for naming in map {
                let naming = naming?;
                names.insert(naming.index, without_hashes(naming.name));
            }
        }
    }
    Ok(names)
}

/// A name without the hash that Rust puts behind that of each crate: `core[84191437197a5fe3]::fmt`.
fn without_hashes(name: &str) -> String {
    let is_hash = |text: &str| text.len() > 9 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut plain = String::new();
    for (at, part) in name.split('[').enumerate() {
        match part.split_once(']') {
            Some((hash, rest)) if at > 0 && is_hash(hash) => plain.push_str(rest),
            _ if at > 0 => plain.extend(["[", part]),
            _ => plain.push_str(part),
        }
    }
    plain
}
