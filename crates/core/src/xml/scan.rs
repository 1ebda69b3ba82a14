//! The marks of XML: names, attributes, texts and references.

use super::{Fault, is_character};

/// A place in a document.
pub(super) struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn starts_with(&self, mark: &str) -> bool {
        self.rest.starts_with(mark)
    }

    /// Whether white space stands after the mark.
    pub(super) fn follows_space(&self, mark: &str) -> bool {
        self.rest.strip_prefix(mark).is_some_and(|after| after.starts_with(is_space))
    }

    /// Steps over the mark, if it stands here.
    pub(super) fn take(&mut self, mark: &str) -> bool {
        let after = self.rest.strip_prefix(mark);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    pub(super) fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches(is_space);
    }

    /// What stands before the mark; the place is then after it.
    pub(super) fn until(&mut self, mark: &str) -> Result<&'a str, Fault> {
        let (before, after) = self.rest.split_once(mark).ok_or(Fault::Malformed)?;
        self.rest = after;
        Ok(before)
    }

    /// A name; one with a colon is of a namespace.
    pub(super) fn name(&mut self) -> Result<&'a str, Fault> {
        let end = self.rest.find(|character| !is_name(character)).unwrap_or(self.rest.len());
        let (name, after) = self.rest.split_at(end);
        if !name.starts_with(starts_name) {
            return Err(Fault::Malformed);
        }
        self.rest = after;
        if name.contains(':') || name == "xmlns" {
            return Err(Fault::Unsupported("an XML document with namespaces"));
        }
        Ok(name)
    }

    /// The attributes of a tag, each after white space.
    pub(super) fn attributes(&mut self) -> Result<Vec<(String, String)>, Fault> {
        let mut attributes: Vec<(String, String)> = Vec::new();
        while self.rest.starts_with(is_space) {
            self.skip_space();
            if !self.rest.starts_with(starts_name) {
                break;
            }
            let name = self.name()?;
            if attributes.iter().any(|(known, _)| known == name) {
                return Err(Fault::Malformed);
            }
            attributes.push((name.to_owned(), self.value()?));
        }
        Ok(attributes)
    }

    /// `= "…"`, white space in the value as blanks.
    fn value(&mut self) -> Result<String, Fault> {
        self.skip_space();
        let equals = self.take("=");
        self.skip_space();
        let quote = if self.take("\"") { "\"" } else { "'" };
        if !equals || (quote == "'" && !self.take("'")) {
            return Err(Fault::Malformed);
        }
        let value = self.until(quote)?;
        if value.contains('<') {
            return Err(Fault::Malformed);
        }
        resolved(&value.replace(['\t', '\n'], " "))
    }

    /// The text up to the next tag.
    pub(super) fn text(&mut self) -> Result<String, Fault> {
        let (text, after) = self.rest.split_at(self.rest.find('<').ok_or(Fault::Malformed)?);
        self.rest = after;
        if text.contains("]]>") { Err(Fault::Malformed) } else { resolved(text) }
    }
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n')
}

/// Source: XML 1.0, production `NameStartChar`.
fn starts_name(character: char) -> bool {
    matches!(character, ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}' | '\u{200d}'
        | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}'
        | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

/// Source: XML 1.0, production `NameChar`.
fn is_name(character: char) -> bool {
    starts_name(character)
        || matches!(character, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}' | '\u{2040}')
}

/// The text with its references replaced; entities of a document's own are never known.
fn resolved(text: &str) -> Result<String, Fault> {
    let mut parts = text.split('&');
    let mut resolved = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, after) = part.split_once(';').ok_or(Fault::Malformed)?;
        resolved.push(character(name).ok_or(Fault::Malformed)?);
        resolved.push_str(after);
    }
    Ok(resolved)
}

fn character(reference: &str) -> Option<char> {
    Some(match reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = reference.strip_prefix('#')?;
            let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |hex| (hex, 16));
            if digits.starts_with('+') {
                return None;
            }
            let code = u32::from_str_radix(digits, radix).ok()?;
            return char::from_u32(code).filter(|character| is_character(*character));
        }
    })
}
