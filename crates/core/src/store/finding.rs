//! What the rules find, stage by stage, and what the store makes of it.

use std::borrow::Cow;

use crate::json::{Object, Value};
use crate::outcome::{PHP_FAILURE, Parameters, Refusal};
use crate::release::Band;

/// A rule of the store: a stable code, what to tell people, where it comes from and where it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rule {
    /// The stable code of its violations.
    pub(crate) code: &'static str,
    /// What is wrong and the way out; never a value.
    pub(crate) message: &'static str,
    /// Where the rule comes from.
    pub(crate) source: &'static str,
    /// The releases it holds for.
    pub(crate) releases: Band,
}

/// Where a finding stands, in the contract's own spelling.
///
/// `predict` turns it into a JSON Pointer with the spelling that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A JSON Pointer into the body.
    Pointer(String),
    /// A parameter of the call, such as `customer` or `password`.
    Parameter(&'static str),
    /// A field of the customer.
    Customer(&'static str),
    /// A custom attribute of the customer.
    CustomerAttribute(String),
    /// A field of the n-th address.
    Address(usize, &'static str),
    /// A custom attribute of the n-th address.
    AddressAttribute(usize, String),
}

/// The store's words for one refusal: the raw template and what fills it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Phrase {
    /// The template.
    pub(crate) message: Cow<'static, str>,
    /// What fills its placeholders.
    pub(crate) parameters: Parameters,
}

/// One thing a rule refuses.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    /// The rule.
    pub(crate) rule: &'static Rule,
    /// Where.
    pub(crate) place: Place,
    /// The HTTP status the store answers with.
    pub(crate) status: u16,
    /// In what words.
    pub(crate) phrase: Phrase,
    /// Whether an enclosing field adds its "Error occurred during …".
    pub(crate) wraps: bool,
}

/// How a stage answers when more than one thing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The first refusal is the reply.
    First,
    /// All messages, one a line.
    Lines,
    /// One stands alone; more become an aggregate with `errors`.
    Inputs,
}

/// The findings of all stages, in the order the store works.
///
/// A store stops at the first stage that refuses anything. A prediction asks
/// [`Findings::stops`] between stages; a validation goes on to the end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Findings {
    stages: Vec<(Answer, usize)>,
    found: Vec<Finding>,
    exhaustive: bool,
    keeps: bool,
}

/// A failure the web API catches and hides.
const INTERNAL_ERROR: &str =
    "Internal Error. Details are available in Magento log file. Report ID: webapi-<report>";

/// What an aggregate of several refusals says.
const SEVERAL_INPUTS: &str = "One or more input exceptions have occurred.";

impl Phrase {
    /// Words without placeholders.
    #[must_use]
    pub(crate) fn plain(message: impl Into<Cow<'static, str>>) -> Self {
        Phrase { message: message.into(), parameters: Parameters::None }
    }

    /// Words with values for `%name` placeholders.
    #[must_use]
    pub(crate) fn named(message: &'static str, parameters: &[(&str, Value)]) -> Self {
        let parameters = parameters.iter().map(|(key, value)| (*key, value.clone())).collect::<Object>();
        Phrase { message: message.into(), parameters: Parameters::Named(parameters) }
    }

    /// Words with a value for `%1`.
    #[must_use]
    pub(crate) fn positional(message: &'static str, value: impl Into<Value>) -> Self {
        Phrase { message: message.into(), parameters: Parameters::Positional(vec![value.into()]) }
    }

    /// "… is required", the words for a missing input.
    #[must_use]
    pub(crate) fn required(field: &str) -> Self {
        Phrase::named("\"%fieldName\" is required. Enter and try again.", &[("fieldName", field.into())])
    }
}

impl Findings {
    /// For a prediction, which ends with the first stage that refuses.
    #[must_use]
    pub(crate) fn first_stage_only() -> Self {
        Self::default()
    }

    /// For a validation, which goes through all stages.
    #[must_use]
    pub(crate) fn all_stages() -> Self {
        Findings { exhaustive: true, ..Self::default() }
    }

    /// Begins the next stage.
    pub(crate) fn begin(&mut self, answer: Answer) {
        self.stages.push((answer, self.found.len()));
    }

    /// Adds a refusal with status 400 to the current stage.
    pub(crate) fn refuse(&mut self, rule: &'static Rule, place: Place, phrase: Phrase) {
        self.refuse_with(400, rule, place, phrase);
    }

    /// Adds a refusal to the current stage.
    pub(crate) fn refuse_with(&mut self, status: u16, rule: &'static Rule, place: Place, phrase: Phrase) {
        self.found.push(Finding { rule, place, status, phrase, wraps: false });
    }

    /// Adds a refusal that comes after everything was saved, and leaves it so.
    pub(crate) fn refuse_after_saving(&mut self, rule: &'static Rule, place: Place, phrase: Phrase) {
        self.keeps = !self.refuses() || self.keeps;
        self.refuse(rule, place, phrase);
    }

    /// Whether the store keeps what was saved although it refuses.
    #[must_use]
    pub(crate) fn keeps(&self) -> bool {
        self.keeps
    }

    /// Adds a failure that the store hides behind a report id.
    pub(crate) fn fail(&mut self, rule: &'static Rule, place: Place) {
        self.refuse_with(500, rule, place, Phrase::plain(INTERNAL_ERROR));
    }

    /// Adds a failure of PHP itself, answered in plain text.
    pub(crate) fn crash(&mut self, rule: &'static Rule, place: Place) {
        self.refuse_with(500, rule, place, Phrase::plain(PHP_FAILURE));
    }

    pub(crate) fn refuse_wrapped(&mut self, rule: &'static Rule, place: Place, message: String) {
        self.refuse(rule, place, Phrase::plain(message));
        if let Some(finding) = self.found.last_mut() {
            finding.wraps = true;
        }
    }

    /// Wraps what was found since `mark` as the store does on its way out of a field.
    pub(crate) fn wrap_since(&mut self, mark: usize, field: &str) {
        for finding in self.found.iter_mut().skip(mark).filter(|finding| finding.wraps) {
            let inner = &finding.phrase.message;
            finding.phrase.message = format!("Error occurred during \"{field}\" processing. {inner}").into();
        }
    }

    /// Puts text before the messages found since `mark` that enclosing fields wrap.
    pub(crate) fn prefix_since(&mut self, mark: usize, prefix: &str) {
        for finding in self.found.iter_mut().skip(mark).filter(|finding| finding.wraps) {
            finding.phrase.message = format!("{prefix}{}", finding.phrase.message).into();
        }
    }

    pub(crate) fn mark(&self) -> usize {
        self.found.len()
    }

    /// Whether anything refuses so far.
    #[must_use]
    pub(crate) fn refuses(&self) -> bool {
        !self.found.is_empty()
    }

    /// Whether a prediction can stop here.
    #[must_use]
    pub(crate) fn stops(&self) -> bool {
        self.refuses() && !self.exhaustive
    }

    /// Everything found, in the order the store works.
    #[must_use]
    pub(crate) fn found(&self) -> &[Finding] {
        &self.found
    }

    /// The store's reply: that of the first stage that refuses anything.
    #[must_use]
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        let first = self.found.first()?;
        let stage = self.stages.iter().rposition(|(_, from)| *from == 0);
        let answer = stage.and_then(|at| self.stages.get(at)).map_or(Answer::First, |(answer, _)| *answer);
        let next = stage.and_then(|at| self.stages.get(at + 1)).map_or(self.found.len(), |(_, from)| *from);
        let together = self.found.get(..next).unwrap_or_default();
        Some(match answer {
            Answer::Lines => lines(first, together),
            Answer::Inputs if together.len() > 1 => inputs(first, together),
            Answer::First | Answer::Inputs => alone(first),
        })
    }
}

fn alone(finding: &Finding) -> Refusal {
    let mut refusal = Refusal::new(finding.status, finding.phrase.message.clone());
    refusal.plain_text = finding.phrase.message == PHP_FAILURE;
    refusal.parameters = finding.phrase.parameters.clone();
    refusal
}

/// Messages as the framework's validator joins them: one a line, each once.
fn lines(first: &Finding, together: &[Finding]) -> Refusal {
    let messages: Vec<&str> = together.iter().map(|finding| finding.phrase.message.as_ref()).collect();
    Refusal::new(first.status, messages.join("\n"))
}

fn inputs(first: &Finding, together: &[Finding]) -> Refusal {
    let mut refusal = Refusal::new(first.status, SEVERAL_INPUTS);
    let phrases = together.iter().map(|finding| &finding.phrase);
    refusal.errors =
        phrases.map(|phrase| (phrase.message.clone().into_owned(), phrase.parameters.clone())).collect();
    refusal
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule { code: "test", message: "test", source: "test", releases: Band::ALL };

    fn refuse(findings: &mut Findings, message: &'static str) {
        findings.refuse(&RULE, Place::Customer("email"), Phrase::plain(message));
    }

    #[test]
    fn the_first_stage_with_a_finding_answers() {
        let mut findings = Findings::all_stages();
        findings.begin(Answer::First);
        findings.begin(Answer::Lines);
        refuse(&mut findings, "one");
        refuse(&mut findings, "two");
        findings.begin(Answer::First);
        refuse(&mut findings, "three");
        assert_eq!(findings.refusal().unwrap().message, "one\ntwo");
        assert!(!findings.stops());
        assert_eq!(findings.found().len(), 3);
    }

    #[test]
    fn several_inputs_become_an_aggregate() {
        let mut findings = Findings::first_stage_only();
        findings.begin(Answer::Inputs);
        refuse(&mut findings, "one");
        assert_eq!(findings.refusal().unwrap().message, "one");
        refuse(&mut findings, "two");
        let refusal = findings.refusal().unwrap();
        assert_eq!((refusal.message.as_str(), refusal.errors.len()), (SEVERAL_INPUTS, 2));
        assert!(findings.stops());
    }

    #[test]
    fn no_finding_is_no_refusal() {
        assert!(Findings::first_stage_only().refusal().is_none());
    }
}
