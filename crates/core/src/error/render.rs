//! Filling the placeholders of a message, as the store's phrase renderer does.

use std::borrow::Cow;

use crate::json::Value;
use crate::outcome::{Parameters, Refusal};

impl Refusal {
    /// The message with its placeholders filled.
    ///
    /// ```
    /// use magewright::outcome::Refusal;
    /// let refusal = Refusal::new(400, "at least %1 characters").positional(["8"]);
    /// assert_eq!(refusal.rendered(), "at least 8 characters");
    /// ```
    #[must_use]
    pub fn rendered(&self) -> String {
        render(&self.message, &self.parameters)
    }

    /// The single messages behind an aggregate, placeholders filled.
    #[must_use]
    pub fn rendered_errors(&self) -> Vec<String> {
        self.errors.iter().map(|(template, parameters)| render(template, parameters)).collect()
    }
}

/// Fills `%name` and `%1` placeholders: the longest name that fits is taken, what
/// was filled in is not looked at again, and `null` counts as empty text.
///
/// A placeholder without a value stays as it is, as the store leaves it.
///
/// ```
/// use magewright::error::render;
/// use magewright::outcome::Parameters;
/// let parameters = Parameters::Named([("field", "city"), ("fieldName", "%field")].into_iter().collect());
/// assert_eq!(render("%fieldName or %field, %other", &parameters), "%field or city, %other");
/// ```
#[must_use]
pub fn render(template: &str, parameters: &Parameters) -> String {
    let mut values = named_values(parameters);
    values.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut rendered = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('%') {
        rendered.push_str(before);
        let fitting =
            values.iter().find_map(|(name, value)| Some((after.strip_prefix(name.as_ref())?, value)));
        rest = match fitting {
            Some((tail, value)) => {
                rendered.push_str(value);
                tail
            }
            None => {
                rendered.push('%');
                after
            }
        };
    }
    rendered.push_str(rest);
    rendered
}

fn named_values(parameters: &Parameters) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    match parameters {
        Parameters::None => Vec::new(),
        Parameters::Named(object) => object.iter().map(|(name, value)| (name.into(), text(value))).collect(),
        Parameters::Positional(values) => {
            let numbered = values.iter().enumerate();
            numbered.map(|(at, value)| ((at + 1).to_string().into(), text(value))).collect()
        }
    }
}

/// A value as PHP writes it into a text.
fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null | Value::Bool(false) => "".into(),
        Value::Bool(true) => "1".into(),
        Value::String(text) => text.as_str().into(),
        Value::Number(number) => number.as_str().into(),
        Value::Array(_) | Value::Object(_) => value.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positional(count: i64) -> Parameters {
        Parameters::Positional((1..=count).map(|n| Value::from(n * 100)).collect())
    }

    #[test]
    fn the_longest_number_is_taken() {
        assert_eq!(render("%1 %10 %11", &positional(10)), "100 1000 1001");
    }

    #[test]
    fn null_and_false_are_empty_and_true_is_one() {
        let parameters = Parameters::Positional(vec![Value::Null, false.into(), true.into()]);
        assert_eq!(render("[%1][%2][%3][%4]", &parameters), "[][][1][%4]");
    }

    #[test]
    fn percent_signs_without_a_name_stay() {
        assert_eq!(render("100% %", &positional(1)), "100% %");
        assert_eq!(render("%%1%", &positional(1)), "%100%");
        assert_eq!(render("", &Parameters::None), "");
    }
}
