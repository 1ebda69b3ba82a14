//! Running a pattern, by backtracking within bounds.

use super::{Node, is_word, unsupported};
use crate::search::evaluate::EvaluateError;
use crate::unicode::lower;

/// The most steps one match may take.
const MAX_STEPS: usize = 100_000;

/// The deepest the matcher may go into itself; a thread of 1 MB has room for it.
const MAX_DEPTH: usize = 200;

pub(super) fn found(root: &Node, text: &str) -> Result<bool, EvaluateError> {
    let mut matcher = Matcher { text: text.chars().collect(), steps: 0, depth: 0 };
    for start in 0..=matcher.text.len() {
        if matcher.run(root, start, &mut |_, _| Ok(true))? {
            return Ok(true);
        }
    }
    Ok(false)
}

struct Matcher {
    text: Vec<char>,
    steps: usize,
    depth: usize,
}

/// What is to match after a node, from the place the node ended at.
type Rest<'a> = dyn FnMut(&mut Matcher, usize) -> Result<bool, EvaluateError> + 'a;

impl Matcher {
    fn run(&mut self, node: &Node, at: usize, rest: &mut Rest<'_>) -> Result<bool, EvaluateError> {
        self.steps += 1;
        if self.steps > MAX_STEPS || self.depth == MAX_DEPTH {
            return Err(unsupported("regexp: a pattern that needs too many steps; simplify it"));
        }
        self.depth += 1;
        let matched = self.step(node, at, rest);
        self.depth -= 1;
        matched
    }

    fn step(&mut self, node: &Node, at: usize, rest: &mut Rest<'_>) -> Result<bool, EvaluateError> {
        match node {
            Node::Start => Ok(at == 0 && rest(self, at)?),
            Node::End => Ok(self.at_end(at) && rest(self, at)?),
            Node::Boundary(wanted) => Ok(self.at_boundary(at) == *wanted && rest(self, at)?),
            Node::Sequence(nodes) => self.sequence(nodes, at, rest),
            Node::Choice(branches) => {
                for branch in branches {
                    if self.run(branch, at, rest)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Node::Repeat { node: inner, least, most, greedy: true } if is_single(inner) => {
                self.longest_first(inner, *least, *most, at, rest)
            }
            Node::Repeat { .. } => self.repeat(node, 0, at, rest),
            single => Ok(self.is_at(single, at) && rest(self, at + 1)?),
        }
    }

    /// Whether a node that takes one character takes the one that stands here.
    fn is_at(&self, node: &Node, at: usize) -> bool {
        let Some(&c) = self.text.get(at) else { return false };
        match node {
            Node::Any => c != '\n',
            Node::Literal(literal) => c == *literal || lower(c) == lower(*literal),
            Node::Class(class) => class.contains(c),
            _ => false,
        }
    }

    /// A repetition of one character, without going deeper for each.
    fn longest_first(
        &mut self,
        node: &Node,
        least: u32,
        most: Option<u32>,
        at: usize,
        rest: &mut Rest<'_>,
    ) -> Result<bool, EvaluateError> {
        let most = most.map_or(usize::MAX, |most| most as usize);
        let mut count = 0;
        while count < most && self.is_at(node, at + count) {
            count += 1;
        }
        for taken in (least as usize..=count).rev() {
            self.steps += 1;
            if rest(self, at + taken)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// `$` also stands before a last line break.
    fn at_end(&self, at: usize) -> bool {
        at == self.text.len() || at + 1 == self.text.len() && self.text.get(at) == Some(&'\n')
    }

    fn at_boundary(&self, at: usize) -> bool {
        let is_word_at = |at: Option<usize>| at.and_then(|at| self.text.get(at)).is_some_and(|c| is_word(*c));
        is_word_at(at.checked_sub(1)) != is_word_at(Some(at))
    }

    fn sequence(&mut self, nodes: &[Node], at: usize, rest: &mut Rest<'_>) -> Result<bool, EvaluateError> {
        match nodes.split_first() {
            None => rest(self, at),
            Some((first, others)) => {
                self.run(first, at, &mut |matcher, next| matcher.sequence(others, next, rest))
            }
        }
    }

    fn repeat(
        &mut self,
        repeat: &Node,
        done: u32,
        at: usize,
        rest: &mut Rest<'_>,
    ) -> Result<bool, EvaluateError> {
        let Node::Repeat { node, least, most, greedy } = repeat else { return Ok(false) };
        let enough = done >= *least;
        if enough && !greedy && rest(self, at)? {
            return Ok(true);
        }
        let more = most.is_none_or(|most| done < most)
            && self.run(node, at, &mut |matcher, next| {
                // An empty turn would go on for ever.
                if next == at && enough { Ok(false) } else { matcher.repeat(repeat, done + 1, next, rest) }
            })?;
        Ok(more || enough && *greedy && rest(self, at)?)
    }
}

fn is_single(node: &Node) -> bool {
    matches!(node, Node::Any | Node::Literal(_) | Node::Class(_))
}
