//! The walk that explains a customer record: all violations at once, streaming.
//!
//! It reads the text piece by piece beside the contract's tables and keeps
//! nothing but what it found. Where the rules of the quick way are at hand, they
//! read on to the next member they leave in doubt, and only that is looked at:
//! so a bad record costs little more than a good one.

mod held;
mod lists;
mod passing;
mod required;
mod scalar;

use super::accept::{Rule, Shape};
use super::finding::{self, Finding};
use crate::contract::{ADDRESS, CUSTOM_ATTRIBUTE, CUSTOMER, Contract, Field, Kind, TypeId};
use crate::json::scan::{Piece, Scanner};
use crate::json::{Path, SyntaxError};
use crate::profile::Section;
use crate::release::Band;
use crate::report::{Report, Severity, Violation};
use crate::store::Store;
use held::Held;
use passing::Passing;

pub(super) use required::required;
pub(super) use scalar::{NAMES, longest, street_lines};

/// The most bytes of one record; more is a violation and is not read.
pub(super) const MAX_BYTES: usize = 16 << 20;

/// Everything that is wrong with one customer record; `known` is what in it is certainly right.
pub(super) fn check(payload: &[u8], store: &Store<'_>, known: Option<&Shape>) -> Report {
    if payload.len() > MAX_BYTES {
        return too_large();
    }
    let violations = match Walk::over(payload, store, known) {
        Ok(found) => found,
        Err(error) => vec![not_json(error)],
    };
    Report { violations, unchecked: Vec::new() }
}

/// The report on a record beyond [`MAX_BYTES`].
pub(super) fn too_large() -> Report {
    let violation = finding::TOO_LARGE.at(&Path::root(), "record");
    Report { violations: vec![violation], unchecked: Vec::new() }
}

fn not_json(error: SyntaxError) -> Violation {
    Violation {
        pointer: String::new(),
        code: "not_json",
        severity: Severity::Error,
        message: error.to_string().into(),
        source: "Magento\\Framework\\Webapi\\Rest\\Request\\Deserializer\\Json",
        releases: Band::ALL,
    }
}

struct Walk<'t, 's> {
    scan: Scanner<'t>,
    contract: &'s Contract,
    store: &'s Store<'s>,
    found: Vec<Violation>,
    /// Of the address that is read.
    country: Country,
}

/// What is known of an address's country.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Country {
    Unusable,
    Usable { postcode_optional: bool },
}

impl<'t, 's> Walk<'t, 's> {
    fn over(
        payload: &'t [u8],
        store: &'s Store<'s>,
        known: Option<&Shape>,
    ) -> Result<Vec<Violation>, SyntaxError> {
        let scan = Scanner::new(payload)?;
        let mut walk = Walk {
            scan,
            contract: store.profile.contract(),
            store,
            found: Vec::new(),
            country: Country::Unusable,
        };
        let root = Path::root();
        match walk.scan.value()? {
            Piece::Object => walk.customer(known, &root)?,
            other => {
                walk.scan.skip(other)?;
                walk.found(&finding::NOT_AN_OBJECT, &root, "record");
            }
        }
        walk.scan.end()?;
        Ok(walk.found)
    }

    fn found(&mut self, finding: &Finding, path: &Path<'_>, field: &str) {
        self.found.push(finding.at(path, field));
    }

    fn customer(&mut self, known: Option<&Shape>, path: &Path<'_>) -> Result<(), SyntaxError> {
        let held = self.members(CUSTOMER, known, path)?;
        self.require(CUSTOMER, &held, required(CUSTOMER), &finding::REQUIRED, path);
        Ok(())
    }

    /// Reads an opened object of a type, and gives the members that hold something.
    ///
    /// Members that are certainly right are passed, as long as they come; the others are looked at.
    fn members<'k>(
        &mut self,
        id: TypeId,
        known: Option<&'k Shape>,
        path: &Path<'_>,
    ) -> Result<Held<'k, 't>, SyntaxError> {
        let passing = known.map(|shape| Passing::new(id, shape, self.scan.opened()));
        let (mut held, mut first) = (Held::new(passing), true);
        loop {
            if let Some(after) = held.passing.as_mut().and_then(Passing::pass) {
                self.scan.pass_to(after);
                first = false;
            }
            let Some(key) = self.scan.key(&mut first)? else { return Ok(held) };
            self.member(id, known, &key.unescape(), &mut held, path)?;
            if let Some(passing) = &mut held.passing {
                passing.go_on(self.scan.rest());
            }
        }
    }

    /// Reads the value of a member.
    fn member(
        &mut self,
        id: TypeId,
        known: Option<&Shape>,
        name: &str,
        held: &mut Held<'_, 't>,
        path: &Path<'_>,
    ) -> Result<(), SyntaxError> {
        let here = path.key(name);
        let Some((at, field)) = self.field(id, held.expected, name) else {
            self.unknown(id, &here, name);
            return self.skip();
        };
        if held.is_repeated(at, &field.name) {
            self.forget(&here);
            self.found(&finding::DUPLICATE_KEY, &here, name);
        }
        let rule = known.and_then(|shape| shape.rule(&field.name));
        if self.value(id, field, rule, &here)? {
            held.fill(at);
        }
        Ok(())
    }

    /// A key no field has. Of a custom attribute a store looks up code and value and sees nothing else.
    fn unknown(&mut self, id: TypeId, path: &Path<'_>, name: &str) {
        if id == CUSTOM_ATTRIBUTE {
            return;
        }
        let known = finding::UNKNOWN_FIELD.rule.releases.holds(self.store.release);
        let unknown = if known { &finding::UNKNOWN_FIELD } else { &finding::UNKNOWN_FIELD_FAILS };
        self.found(unknown, path, name);
    }

    /// The field a key names: spelled as the contract has it, or in camel case.
    fn field(&self, id: TypeId, expected: usize, name: &str) -> Option<(usize, &'s Field)> {
        let camel = || {
            let fields = self.contract.fields(id).iter().enumerate();
            let name = upper_camel(name);
            fields.into_iter().find(|(_, field)| upper_camel(&field.name) == name)
        };
        let (at, field) = self.contract.field(id, expected, name).or_else(camel)?;
        let profile = self.store.profile;
        let absent = field.rules.module.is_some_and(|module| {
            profile.knows(Section::Modules) && !profile.modules.iter().any(|installed| installed == module)
        });
        (!absent && field.rules.band.holds(self.store.release)).then_some((at, field))
    }

    /// Drops what was found in a value that a later one of the same key replaces.
    fn forget(&mut self, path: &Path<'_>) {
        let (pointer, below) = (path.to_string(), format!("{path}/"));
        self.found.retain(|old| old.pointer != pointer && !old.pointer.starts_with(&below));
    }

    fn skip(&mut self) -> Result<(), SyntaxError> {
        let piece = self.scan.value()?;
        self.scan.skip(piece)
    }

    /// Reads a member's value; `false` when it counts as absent.
    fn value(
        &mut self,
        of: TypeId,
        field: &Field,
        rule: Option<&dyn Rule>,
        path: &Path<'_>,
    ) -> Result<bool, SyntaxError> {
        let known = rule.and_then(Rule::shape);
        let piece = self.scan.value()?;
        match (field.kind, piece) {
            (Kind::Mixed, _) => return self.mixed(piece, path).map(|()| true),
            (_, Piece::Null) => return Ok(false),
            (Kind::Object(id), Piece::Object) => {
                self.members(id, known, path)?;
            }
            (Kind::Object(_), _) => self.not_an_object(field, piece, path)?,
            (Kind::Objects(id), Piece::Array) => self.objects(id, field, known, path)?,
            (Kind::Objects(id), _) => self.not_a_list(id, field, piece, path)?,
            (Kind::Strings, Piece::Array) if of == ADDRESS => self.lines(field, path)?,
            (kind, Piece::Array) if lists::is_list(kind) => self.list(field, path)?,
            (kind, Piece::Object) if lists::is_list(kind) => {
                self.scan.skip(piece)?;
                self.found(&finding::WRONG_SHAPE, path, &field.name);
            }
            (_, Piece::Array | Piece::Object) => {
                self.scan.skip(piece)?;
                self.found(&finding::TYPE, path, &field.name);
            }
            _ => return Ok(self.scalar(of, field, piece, path)),
        }
        Ok(true)
    }

    /// Reads a value of any type: a custom attribute's, of whose kind stock facts say nothing.
    fn mixed(&mut self, piece: Piece<'t>, path: &Path<'_>) -> Result<(), SyntaxError> {
        if let Piece::Text(text) = piece {
            self.kept(&text.unescape(), path, "value");
        }
        self.scan.skip(piece)
    }

    /// Where an object should stand: PHP writes an empty one as `[]`, which is well.
    fn not_an_object(&mut self, field: &Field, piece: Piece<'t>, path: &Path<'_>) -> Result<(), SyntaxError> {
        let mut first = true;
        if piece == Piece::Array && !self.scan.item(&mut first)? {
            return Ok(());
        }
        self.found(&finding::WRONG_SHAPE, path, &field.name);
        if piece != Piece::Array {
            return Ok(());
        }
        loop {
            self.skip()?;
            if !self.scan.item(&mut first)? {
                return Ok(());
            }
        }
    }

    /// Where a list should stand: custom attributes may also be a map of codes.
    fn not_a_list(
        &mut self,
        id: TypeId,
        field: &Field,
        piece: Piece<'t>,
        path: &Path<'_>,
    ) -> Result<(), SyntaxError> {
        if id != CUSTOM_ATTRIBUTE || piece != Piece::Object {
            self.found(&finding::WRONG_SHAPE, path, &field.name);
        }
        self.scan.skip(piece)
    }

    fn objects(
        &mut self,
        id: TypeId,
        field: &Field,
        known: Option<&Shape>,
        path: &Path<'_>,
    ) -> Result<(), SyntaxError> {
        let (mut first, mut index) = (true, 0);
        while self.scan.item(&mut first)? {
            if !known.is_some_and(|shape| self.passes(shape)) {
                self.object(id, field, known, &path.index(index))?;
            }
            index += 1;
        }
        Ok(())
    }

    /// Passes an object that is certainly right, of which there is nothing to say.
    fn passes(&mut self, shape: &Shape) -> bool {
        let after = shape.read(self.scan.rest());
        after.map(|after| self.scan.pass_to(after)).is_some()
    }

    fn object(
        &mut self,
        id: TypeId,
        field: &Field,
        known: Option<&Shape>,
        path: &Path<'_>,
    ) -> Result<(), SyntaxError> {
        match self.scan.value()? {
            Piece::Object if id == ADDRESS => self.address(known, path),
            Piece::Object => self.attribute(id, known, path),
            other => {
                self.found(&finding::WRONG_SHAPE, path, &field.name);
                self.scan.skip(other)
            }
        }
    }

    fn attribute(&mut self, id: TypeId, known: Option<&Shape>, path: &Path<'_>) -> Result<(), SyntaxError> {
        let held = self.members(id, known, path)?;
        if id == CUSTOM_ATTRIBUTE {
            self.require(id, &held, required(id), &finding::PAIR, path);
        }
        Ok(())
    }

    /// An address: without a country the store sells to it is dropped once it is read, and never saved.
    fn address(&mut self, known: Option<&Shape>, path: &Path<'_>) -> Result<(), SyntaxError> {
        self.country = Country::Unusable;
        let before = self.found.len();
        let held = self.members(ADDRESS, known, path)?;
        match self.country {
            Country::Unusable => {
                let mut within = self.found.split_off(before.min(self.found.len()));
                within.retain(|found| found.severity == Severity::Error && !finding::on_address_save(found));
                self.found.append(&mut within);
                self.found(&finding::ADDRESS_DROPPED, path, "country_id");
            }
            Country::Usable { postcode_optional } => {
                let names = required(ADDRESS).iter().copied();
                let names: Vec<_> =
                    names.filter(|name| !(postcode_optional && *name == "postcode")).collect();
                self.require(ADDRESS, &held, &names, &finding::ADDRESS_REQUIRED, path);
            }
        }
        Ok(())
    }

    fn require(
        &mut self,
        id: TypeId,
        held: &Held<'_, '_>,
        names: &[&str],
        finding: &Finding,
        path: &Path<'_>,
    ) {
        for name in names {
            let place = self.contract.field(id, 0, name).map(|(at, _)| at);
            if !place.is_some_and(|at| held.has(at, name)) {
                let finding = if *name == "email" { &finding::EMAIL_MISSING } else { finding };
                self.found(finding, &path.key(name), name);
            }
        }
    }
}

/// A name as the store looks for its setter: `group_id` and `groupId` are both `GroupId`.
fn upper_camel(name: &str) -> String {
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|first| format!("{}{}", first.to_ascii_uppercase(), chars.as_str()))
    };
    name.split('_').filter_map(capital).collect()
}
