//! Lists of plain values, as modules add them; the lines of a street have rules of their own.

use super::super::finding;
use super::Walk;
use crate::contract::{Field, Kind};
use crate::json::scan::Piece;
use crate::json::{Path, SyntaxError};

/// Whether the items of this kind are plain values or unknown.
pub(super) fn is_list(kind: Kind) -> bool {
    matches!(kind, Kind::Strings | Kind::Integers | Kind::Numbers | Kind::Booleans | Kind::List)
}

impl<'t> Walk<'t, '_> {
    /// Reads an opened list.
    pub(super) fn list(&mut self, field: &Field, path: &Path<'_>) -> Result<(), SyntaxError> {
        let (mut first, mut index) = (true, 0);
        while self.scan.item(&mut first)? {
            let piece = self.scan.value()?;
            let here = path.index(index);
            match piece {
                Piece::Array | Piece::Object => {
                    self.scan.skip(piece)?;
                    if field.kind != Kind::List {
                        self.found(&finding::TYPE, &here, &field.name);
                    }
                }
                Piece::Null => {}
                _ => self.item(field, piece, &here),
            }
            index += 1;
        }
        Ok(())
    }

    fn item(&mut self, field: &Field, piece: Piece<'t>, path: &Path<'_>) {
        match (field.kind, piece) {
            (Kind::Integers, Piece::Number(number)) => self.number(field, number, path),
            (Kind::Integers, Piece::Text(text)) => self.numeric_text(field, &text.unescape(), path),
            (Kind::Integers, _) => self.found(&finding::TYPE, path, &field.name),
            (Kind::List, _)
            | (Kind::Strings, Piece::Text(_))
            | (Kind::Numbers, Piece::Number(_))
            | (Kind::Booleans, Piece::Bool(_)) => {}
            _ => self.found(&finding::COERCED, path, &field.name),
        }
    }
}
