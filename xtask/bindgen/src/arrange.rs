//! The order of functions in which gzip makes a module smallest.
//!
//! gzip finds what is repeated within 32 KB only, and the functions that are alike, such as the copies of
//! generic code for several types, are often further apart. So each function is put behind those that it
//! has most in common with, for its size. What is called most goes before all, since the first 128 functions are
//! called in two bytes and the others in three.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, VecDeque};

use anyhow::Result;
use wasm_encoder::{NameMap, NameSection, RawSection};
use wasmparser::{Operator, Parser, Payload};

use crate::module::Module;

/// How many bytes together count as something that two functions have in common.
const PIECE: usize = 6;

/// What so many functions have in common says nothing of who belongs together.
const COMMON: usize = 40;

/// How far back functions count as near, in bytes.
const NEAR: usize = 28_000;

/// How many of the functions that are called most come first.
const CALLED_MOST: usize = 90;

/// The module with each function named by its place, `00000` and so on, and without other names.
pub(crate) fn arranged(bytes: &[u8]) -> Result<Vec<u8>> {
    let module = Module::read(bytes)?;
    let codes: Vec<&[u8]> = module.functions.iter().map(|function| function.code).collect();
    let mut first = called_most(bytes, module.imported)?;
    first.truncate(CALLED_MOST);
    let rest: Vec<usize> = order(&codes).into_iter().filter(|at| !first.contains(at)).collect();
    let mut places: Vec<(usize, usize)> =
        first.into_iter().chain(rest).enumerate().map(|(place, at)| (at, place)).collect();
    places.sort_unstable();
    let (mut names, mut functions) = (NameSection::new(), NameMap::new());
    for (index, (_, place)) in (module.imported..).zip(places) {
        functions.append(index, &format!("{place:05}"));
    }
    names.functions(&functions);
    let mut written = without_names(bytes)?;
    written.section(&names);
    Ok(written.finish())
}

/// The functions that others call, those first that stand in most calls.
fn called_most(bytes: &[u8], imported: u32) -> Result<Vec<usize>> {
    let mut calls = BTreeMap::<u32, usize>::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let Payload::CodeSectionEntry(body) = payload? else { continue };
        for operator in body.get_operators_reader()? {
            if let Operator::Call { function_index } = operator? {
                *calls.entry(function_index).or_default() += 1;
            }
        }
    }
    let mut called: Vec<(u32, usize)> = calls.into_iter().filter(|(index, _)| *index >= imported).collect();
    called.sort_by_key(|(_, times)| Reverse(*times));
    Ok(called.into_iter().map(|(index, _)| (index - imported) as usize).collect())
}

fn without_names(bytes: &[u8]) -> Result<wasm_encoder::Module> {
    let mut written = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        let is_names = matches!(&payload, Payload::CustomSection(section) if section.name() == "name");
        if let Some((id, range)) = payload.as_section()
            && !is_names
        {
            written.section(&RawSection { id, data: bytes.get(range).unwrap_or_default() });
        }
    }
    Ok(written)
}

/// The functions that have each piece, of those pieces that tell something.
fn sharing<'c>(codes: &[&'c [u8]]) -> HashMap<&'c [u8], Vec<usize>> {
    let mut sharing = HashMap::<&[u8], Vec<usize>>::new();
    for (at, code) in codes.iter().enumerate() {
        for piece in code.windows(PIECE) {
            let having = sharing.entry(piece).or_default();
            if having.last() != Some(&at) {
                having.push(at);
            }
        }
    }
    sharing.retain(|_, having| (2..COMMON).contains(&having.len()));
    sharing
}

/// The places of the functions given, in the order to put them.
fn order(codes: &[&[u8]]) -> Vec<usize> {
    let mut near = Near { sharing: sharing(codes), times: HashMap::new(), points: vec![0; codes.len()] };
    let mut left: Vec<usize> = (0..codes.len()).collect();
    let (mut ordered, mut recent, mut bytes) = (Vec::new(), VecDeque::new(), 0);
    let size = |at: usize| codes.get(at).map_or(0, |code| code.len());
    let worth = |near: &Near<'_>, at: usize| {
        let points = near.points.get(at).copied().unwrap_or_default();
        (points * 1_000_000 / (size(at) + 20), Reverse(at))
    };
    while let Some(place) = (0..left.len()).max_by_key(|place| left.get(*place).map(|at| worth(&near, *at))) {
        let at = left.swap_remove(place);
        ordered.push(at);
        recent.push_back(at);
        bytes += size(at);
        near.comes(codes.get(at).copied().unwrap_or_default());
        while let Some(first) = recent.front().copied().filter(|_| bytes > NEAR && recent.len() > 1) {
            recent.pop_front();
            bytes -= size(first);
            near.goes(codes.get(first).copied().unwrap_or_default());
        }
    }
    ordered
}

/// What stands near the end of the order.
struct Near<'c> {
    sharing: HashMap<&'c [u8], Vec<usize>>,
    /// How often a piece stands near.
    times: HashMap<&'c [u8], usize>,
    /// How many pieces of each function stand near.
    points: Vec<usize>,
}

impl<'c> Near<'c> {
    fn comes(&mut self, code: &'c [u8]) {
        for piece in code.windows(PIECE) {
            let Some(having) = self.sharing.get(piece) else { continue };
            let times = self.times.entry(piece).or_default();
            *times += 1;
            if *times == 1 {
                each(&mut self.points, having, |points| *points += 1);
            }
        }
    }

    fn goes(&mut self, code: &'c [u8]) {
        for piece in code.windows(PIECE) {
            let (Some(having), Some(times)) = (self.sharing.get(piece), self.times.get_mut(piece)) else {
                continue;
            };
            *times -= 1;
            if *times == 0 {
                each(&mut self.points, having, |points| *points -= 1);
            }
        }
    }
}

/// Changes the points of some functions.
fn each(points: &mut [usize], functions: &[usize], change: fn(&mut usize)) {
    for at in functions {
        if let Some(points) = points.get_mut(*at) {
            change(points);
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CodeSection, Function, FunctionSection, Instruction, TypeSection};

    use super::*;
    use crate::weigh::tests::small;

    #[test]
    fn functions_that_are_alike_stand_together() {
        let (one, other) = (*b"abcdefghijklmnop", *b"0123456789ABCDEF");
        assert_eq!(order(&[&one, &other, &one, &other]), [0, 2, 1, 3]);
        assert!(order(&[]).is_empty());
    }

    /// A module of four functions without names, of which some call others.
    fn calling() -> Vec<u8> {
        let (mut types, mut declared, mut code) =
            (TypeSection::new(), FunctionSection::new(), CodeSection::new());
        types.ty().function([], []);
        for called in [&[3][..], &[3, 1], &[], &[1, 3]] {
            declared.function(0);
            let mut body = Function::new([]);
            for index in called {
                body.instruction(&Instruction::Call(*index));
            }
            body.instruction(&Instruction::End);
            code.function(&body);
        }
        let mut module = wasm_encoder::Module::new();
        module.section(&types).section(&declared).section(&code);
        module.finish()
    }

    #[test]
    fn what_is_called_most_is_told_by_the_calls() {
        assert_eq!(called_most(&calling(), 0).unwrap(), [3, 1]);
        assert_eq!(called_most(&small(true), 1).unwrap(), [0_usize; 0]);
        assert!(called_most(b"no module", 0).is_err());
    }

    #[test]
    fn only_names_are_changed() {
        let bytes = small(true);
        let arranged = arranged(&bytes).unwrap();
        let (before, after) = (Module::read(&bytes).unwrap(), Module::read(&arranged).unwrap());
        let code =
            |module: &Module<'_>| module.functions.iter().map(|one| one.code.to_vec()).collect::<Vec<_>>();
        assert_eq!(code(&before), code(&after));
        assert_eq!(before.data, after.data);
        let mut names: Vec<_> = after.functions.iter().map(|one| one.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["00000", "00001"]);
    }
}
