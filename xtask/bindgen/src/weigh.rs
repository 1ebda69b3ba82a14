//! Where the bytes of a module are, as a table for people.
//!
//! Sizes compressed are those of a part by itself: gzip finds less in a part than in the whole, so they add
//! up to somewhat more than the module.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::module::Module;
use crate::names;

/// How much data is shown as one piece.
const PIECE: usize = 4096;

/// The functions of one room.
#[derive(Default)]
struct Room {
    functions: usize,
    /// Bytes of those that are copies of the library's generic code.
    copied: usize,
    code: Vec<u8>,
}

/// The table: rooms, then as many of the largest functions and pieces of data as asked for.
pub(crate) fn table(module: &Module<'_>, shown: usize) -> String {
    let mut table = String::new();
    let code: Vec<u8> = module.functions.iter().flat_map(|function| function.code).copied().collect();
    let data = module.data.concat();
    line(&mut table, "all code", &code, "");
    line(&mut table, "all data", &data, "");
    rooms(&mut table, module);
    functions(&mut table, module, shown);
    pieces(&mut table, module, shown);
    table
}

fn rooms(table: &mut String, module: &Module<'_>) {
    let mut rooms = BTreeMap::<String, Room>::new();
    for function in &module.functions {
        let room = rooms.entry(names::room(&function.name)).or_default();
        room.functions += 1;
        room.copied += if names::is_copy(&function.name) { function.code.len() } else { 0 };
        room.code.extend(function.code);
    }
    let mut rooms: Vec<_> = rooms.into_iter().map(|(name, room)| (gzip(&room.code), name, room)).collect();
    rooms.sort_by_key(|(size, ..)| std::cmp::Reverse(*size));
    heading(table, "room");
    for (_, name, room) in rooms {
        let note = format!("  {} functions, {} bytes copies of generic code", room.functions, room.copied);
        line(table, &name, &room.code, &note);
    }
}

fn functions(table: &mut String, module: &Module<'_>, shown: usize) {
    let mut largest: Vec<_> = module.functions.iter().collect();
    largest.sort_by_key(|function| std::cmp::Reverse(function.code.len()));
    heading(table, "function");
    for function in largest.into_iter().take(shown) {
        line(table, &function.name, function.code, "");
    }
}

fn pieces(table: &mut String, module: &Module<'_>, shown: usize) {
    let pieces = module.data.iter().flat_map(|data| data.chunks(PIECE));
    let mut largest: Vec<_> = pieces.map(|piece| (gzip(piece), piece)).collect();
    largest.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    heading(table, "data that begins with");
    for (_, piece) in largest.into_iter().take(shown) {
        line(table, &beginning(piece), piece, "");
    }
}

/// The beginning of data, with a dot for what no terminal shows.
fn beginning(data: &[u8]) -> String {
    let shown =
        data.iter().take(60).map(|byte| if byte.is_ascii_graphic() { char::from(*byte) } else { '.' });
    shown.collect()
}

fn heading(table: &mut String, of: &str) {
    let _ = writeln!(table, "\n   bytes     gzip  {of}");
}

fn line(table: &mut String, name: &str, bytes: &[u8], note: &str) {
    let _ = writeln!(table, "{:8} {:8}  {name}{note}", bytes.len(), gzip(bytes));
}

/// How long bytes are when gzip has done its best.
fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing into memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().map_or(0, |packed| packed.len())
}

#[cfg(test)]
pub(crate) mod tests {
    use wasm_encoder::{
        CodeSection, DataSection, EntityType, Function, FunctionSection, ImportSection, MemorySection,
        MemoryType, NameMap, NameSection, TypeSection,
    };

    use super::table;
    use crate::module::Module;

    /// A module with an import, two functions, and data; with or without names.
    pub(crate) fn small(named: bool) -> Vec<u8> {
        let mut module = wasm_encoder::Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("host", "told", EntityType::Function(0));
        let mut declared = FunctionSection::new();
        declared.function(0).function(0);
        let mut memory = MemorySection::new();
        let size =
            MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
        memory.memory(size);
        let mut code = CodeSection::new();
        for length in [3, 9] {
            let mut body = Function::new([]);
            body.raw([0x01].repeat(length));
            body.raw([0x0b]);
            code.function(&body);
        }
        let mut data = DataSection::new();
        data.active(0, &wasm_encoder::ConstExpr::i32_const(16), *b"a text");
        module
            .section(&types)
            .section(&imports)
            .section(&declared)
            .section(&memory)
            .section(&code)
            .section(&data);
        if named {
            let (mut names, mut functions) = (NameSection::new(), NameMap::new());
            functions.append(0, "told");
            functions.append(1, "magewright[e97c675d1c20d77]::store::save");
            functions.append(2, "<[u8] as magewright[e97c675d1c20d77]::plan::Plan>::plan");
            names.functions(&functions);
            module.section(&names);
        }
        module.finish()
    }

    #[test]
    fn functions_and_data_are_weighed_by_the_room_they_belong_to() {
        let bytes = small(true);
        let table = table(&Module::read(&bytes).unwrap(), 1);
        let sized = |line: &str| {
            let found = table.lines().find(|one| one.contains(line));
            found.and_then(|one| one.split_whitespace().next()).map(str::to_owned)
        };
        assert_eq!(sized("  store").as_deref(), Some("5"), "{table}");
        assert_eq!(sized("  <[u8] as magewright::plan::Plan>::plan").as_deref(), Some("11"), "{table}");
        assert_eq!(sized("  a.text").as_deref(), Some("6"), "{table}");
        assert!(!table.contains("magewright::store::save"), "only as many as asked for: {table}");
    }

    #[test]
    fn a_module_without_names_says_so() {
        let refusal = Module::read(&small(false)).unwrap_err();
        assert_eq!(refusal.to_string(), "the module has no names");
        assert!(Module::read(b"no module").is_err());
    }
}
