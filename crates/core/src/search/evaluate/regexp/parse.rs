//! Reading a pattern.

use super::{Class, Named, Node, Pattern, is_word, unsupported};
use crate::search::evaluate::EvaluateError;
use crate::search::internal_error;
use crate::unicode;

/// The most a repetition may count up to, as in PCRE2.
const MAX_COUNT: u32 = 65_535;

/// The deepest nesting of groups.
const MAX_DEPTH: usize = 50;

/// A pattern the database cannot compile makes the whole request fail.
fn broken() -> EvaluateError {
    internal_error().into()
}

pub(super) fn pattern(text: &str) -> Result<Pattern, EvaluateError> {
    let mut parser = Parser { rest: text, depth: 0 };
    let root = parser.choice()?;
    if parser.rest.is_empty() { Ok(Pattern { root }) } else { Err(broken()) }
}

struct Parser<'t> {
    rest: &'t str,
    depth: usize,
}

impl Parser<'_> {
    fn take(&mut self, prefix: &str) -> bool {
        self.rest.strip_prefix(prefix).inspect(|rest| self.rest = rest).is_some()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = self.rest.get(c.len_utf8()..)?;
        Some(c)
    }

    fn choice(&mut self) -> Result<Node, EvaluateError> {
        let mut branches = vec![self.sequence()?];
        while self.take("|") {
            branches.push(self.sequence()?);
        }
        Ok(Node::Choice(branches))
    }

    fn sequence(&mut self) -> Result<Node, EvaluateError> {
        let mut nodes = Vec::new();
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let node = self.atom()?;
            nodes.push(self.repeated(node)?);
        }
        Ok(Node::Sequence(nodes))
    }

    fn atom(&mut self) -> Result<Node, EvaluateError> {
        if self.counts().is_some() {
            return Err(broken());
        }
        match self.next() {
            Some('.') => Ok(Node::Any),
            Some('^') => Ok(Node::Start),
            Some('$') => Ok(Node::End),
            Some('(') => self.group(),
            Some('[') => self.class().map(Node::Class),
            Some('\\') => self.escape(),
            Some('*' | '+' | '?') | None => Err(broken()),
            Some(c) => Ok(Node::Literal(c)),
        }
    }

    fn group(&mut self) -> Result<Node, EvaluateError> {
        if self.rest.starts_with('?') && !self.take("?:") || self.rest.starts_with('*') {
            return Err(unsupported("regexp: groups with `?` or `*` other than (?:…)"));
        }
        if self.depth == MAX_DEPTH {
            return Err(unsupported("regexp: groups nested deeper than 50 levels"));
        }
        self.depth += 1;
        let inner = self.choice()?;
        self.depth -= 1;
        if self.take(")") { Ok(inner) } else { Err(broken()) }
    }

    fn escape(&mut self) -> Result<Node, EvaluateError> {
        let c = self.next().ok_or_else(broken)?;
        match (named_escape(c), control_escape(c)) {
            _ if matches!(c, 'b' | 'B') => Ok(Node::Boundary(c == 'b')),
            (Some(named), _) => Ok(Node::Class(Class { named: vec![named], ..Class::default() })),
            (_, Some(control)) => Ok(Node::Literal(control)),
            _ if c.is_ascii_alphanumeric() => {
                Err(unsupported("regexp: escapes other than \\b \\d \\w \\s \\t \\n \\r"))
            }
            _ => Ok(Node::Literal(c)),
        }
    }

    fn class(&mut self) -> Result<Class, EvaluateError> {
        let mut class = Class { negated: self.take("^"), ..Class::default() };
        let mut first = true;
        loop {
            if !first && self.take("]") {
                return Ok(class);
            }
            first = false;
            if self.take("[:") {
                class.named.push(self.posix_name()?);
                continue;
            }
            let Some(from) = self.class_item(&mut class)? else { continue };
            let ranges = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            let to = if ranges && self.take("-") {
                self.class_item(&mut class)?.ok_or_else(broken)?
            } else {
                from
            };
            if from > to {
                return Err(broken());
            }
            class.ranges.push((from, to));
        }
    }

    /// A character of a class; `None` when it was an escape that names several.
    fn class_item(&mut self, class: &mut Class) -> Result<Option<char>, EvaluateError> {
        let c = self.next().ok_or_else(broken)?;
        if c != '\\' {
            return Ok(Some(c));
        }
        let escaped = self.next().ok_or_else(broken)?;
        if let Some(named) = named_escape(escaped) {
            class.named.push(named);
            return Ok(None);
        }
        match control_escape(escaped) {
            Some(control) => Ok(Some(control)),
            None if escaped.is_ascii_alphanumeric() => {
                Err(unsupported("regexp: escapes other than \\b \\d \\w \\s \\t \\n \\r"))
            }
            None => Ok(Some(escaped)),
        }
    }

    fn posix_name(&mut self) -> Result<Named, EvaluateError> {
        let (name, rest) = self.rest.split_once(":]").ok_or_else(broken)?;
        self.rest = rest;
        let (name, negated) = name.strip_prefix('^').map_or((name, false), |name| (name, true));
        let test: fn(char) -> bool = match name {
            "alpha" => unicode::is_letter,
            "digit" => |c| c.is_ascii_digit(),
            "alnum" => unicode::is_letter_or_number,
            "upper" | "lower" => |c| unicode::is_lowercase(c) || unicode::is_uppercase(c),
            "space" => char::is_whitespace,
            "blank" => |c| matches!(c, ' ' | '\t'),
            "punct" => |c| c.is_ascii_punctuation(),
            "xdigit" => |c| c.is_ascii_hexdigit(),
            "word" => is_word,
            _ => return Err(unsupported("regexp: a [:name:] other than the common ones")),
        };
        Ok((test, negated))
    }

    fn repeated(&mut self, node: Node) -> Result<Node, EvaluateError> {
        let (least, most) = if self.take("*") {
            (0, None)
        } else if self.take("+") {
            (1, None)
        } else if self.take("?") {
            (0, Some(1))
        } else if let Some(counts) = self.counts() {
            counts
        } else {
            return Ok(node);
        };
        let takes_nothing = matches!(node, Node::Start | Node::End | Node::Boundary(_));
        if takes_nothing || most.is_some_and(|most| most < least) || least.max(most.unwrap_or(0)) > MAX_COUNT
        {
            return Err(broken());
        }
        let greedy = !self.take("?");
        if self.rest.starts_with(['+', '*', '?']) || self.counts().is_some() {
            return Err(unsupported("regexp: a repetition of a repetition"));
        }
        Ok(Node::Repeat { node: Box::new(node), least, most, greedy })
    }

    /// `{m}`, `{m,}` or `{m,n}`; any other brace is an ordinary character.
    fn counts(&mut self) -> Option<(u32, Option<u32>)> {
        let (inside, rest) = self.rest.strip_prefix('{')?.split_once('}')?;
        let counts = match inside.split_once(',') {
            None => inside.parse().ok().map(|count| (count, Some(count))),
            Some((least, "")) => least.parse().ok().map(|least| (least, None)),
            Some((least, most)) => Some((least.parse().ok()?, Some(most.parse().ok()?))),
        }?;
        self.rest = rest;
        Some(counts)
    }
}

fn named_escape(c: char) -> Option<Named> {
    let test: fn(char) -> bool = match c.to_ascii_lowercase() {
        'd' => |c| c.is_ascii_digit(),
        'w' => is_word,
        's' => char::is_whitespace,
        _ => return None,
    };
    Some((test, c.is_ascii_uppercase()))
}

fn control_escape(c: char) -> Option<char> {
    match c {
        't' => Some('\t'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        _ => None,
    }
}
