use crate::json::Value;
use crate::outcome::Refusal;
use crate::store::finding::Findings;
use crate::unicode::is_letter_or_mark;

/// Why an update is not saved: the reply, and what the queue's consumer notes where that differs. Both stand
/// behind pointers, since every step of a save hands on what goes wrong.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Failure {
    /// The reply to a request.
    pub(super) refusal: Box<Refusal>,
    /// The code and message of a failed operation, where they are not those of the reply.
    pub(super) noted: Option<Box<(i64, String)>>,
}

/// Text of a failure the web API hides.
const INTERNAL_ERROR: &str =
    "Internal Error. Details are available in Magento log file. Report ID: webapi-<report>";
/// The longest message the table of operations keeps.
const MESSAGE_WIDTH: usize = 255;

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Failure { refusal: Box::new(refusal), noted: None }
    }
}

impl Failure {
    /// PHP itself fails.
    pub(super) fn crash() -> Self {
        Refusal::php_failure().into()
    }

    /// No customer has the id.
    pub(super) fn no_customer(id: i64) -> Self {
        Refusal::new(404, "No such entity with %fieldName = %fieldValue")
            .named([("fieldName", Value::from("customerId")), ("fieldValue", id.into())])
            .into()
    }

    /// Nobody has the address.
    pub(super) fn no_address(id: i64) -> Self {
        Refusal::new(404, "No such entity with %fieldName = %fieldValue")
            .named([("fieldName", Value::from("addressId")), ("fieldValue", id.into())])
            .into()
    }

    /// No store view has the id.
    pub(super) fn no_store_view() -> Self {
        let words = "The store that was requested wasn't found. Verify the store and try again.";
        Refusal::new(404, words).into()
    }

    /// The saved customer is not found again in the website it is looked for.
    pub(super) fn not_found_again(email: &str, website: Value) -> Self {
        Refusal::new(404, "No such entity with %fieldName = %fieldValue, %field2Name = %field2Value")
            .named([
                ("fieldName", Value::from("email")),
                ("fieldValue", email.into()),
                ("field2Name", "websiteId".into()),
                ("field2Value", website),
            ])
            .into()
    }

    /// A column refers to a row that does not exist.
    ///
    /// The queue notes the database's words, which name the database; `magento` is the usual one.
    pub(super) fn broken_reference(constraint: &str, column: &str, table: &str) -> Self {
        let words = format!(
            "SQLSTATE[23000]: Integrity constraint violation: 1452 Cannot add or update a child row: a foreign key \
             constraint fails (`magento`.`customer_entity`, CONSTRAINT `{constraint}` FOREIGN KEY (`{column}`) \
             REFERENCES `{table}` (`{column}`)"
        );
        let noted = words.chars().take(MESSAGE_WIDTH).collect();
        Failure {
            refusal: Box::new(Refusal::new(500, INTERNAL_ERROR)),
            noted: Some(Box::new((23_000, noted))),
        }
    }

    /// The same failure, noting for the queue what PHP says of a time it cannot read, when that is why.
    pub(super) fn noting_time(mut self, sent: Option<&Value>) -> Self {
        let sent = sent.and_then(Value::as_str).unwrap_or_default();
        if let Some(first) =
            sent.chars().next().filter(|first| self.refusal.status == 500 && is_letter_or_mark(*first))
        {
            let words = format!(
                "Failed to parse time string ({sent}) at position 0 ({first}): The timezone could not be found in the database"
            );
            self.noted = Some(Box::new((0, words)));
        }
        self
    }

    /// The code and message of the failed operation.
    pub(super) fn noted(&self) -> (i64, String) {
        match &self.noted {
            Some(noted) => (**noted).clone(),
            None => (0, self.refusal.rendered().chars().take(MESSAGE_WIDTH).collect()),
        }
    }
}

/// Runs a stage of rules and ends with what it refuses.
pub(super) fn stage(rules: impl FnOnce(&mut Findings)) -> Result<(), Failure> {
    let mut findings = Findings::first_stage_only();
    rules(&mut findings);
    findings.refusal().map_or(Ok(()), |refusal| Err(refusal.into()))
}
