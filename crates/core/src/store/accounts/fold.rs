//! E-mail addresses as the database compares them.

use crate::search::collation::weight;

/// An e-mail address as the database compares it: without case, accents and spaces at the end.
pub(crate) fn fold(email: &str) -> String {
    email.trim_end_matches(' ').chars().map(folded).collect()
}

/// The character that stands for all that weigh as much; beyond the first plane each stands for itself.
fn folded(c: char) -> char {
    let weighed = (u32::from(c) <= 0xFFFF).then(|| char::from_u32(weight(c).into()));
    weighed.flatten().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_spaces_at_the_end_do_not_count() {
        assert_eq!(fold("Zoë.ß@B.test  "), "ZOE.S@B.TEST");
        assert_eq!(fold("ZOÉ.s@b.test"), fold("zoe.ß@B.test"));
        assert_ne!(fold(" a@b.test"), fold("a@b.test"));
        assert_ne!(fold("😀@b.test"), fold("😁@b.test"));
    }
}
