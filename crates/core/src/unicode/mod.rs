//! What Unicode says of a character, as PHP and the database ask it: its kind, and its other case.
//!
//! The library knows it too, of another version of Unicode, with tables that make the module for browsers
//! 5 KB larger; so nothing in the core asks the library for more than white space.

mod case;
mod kind;
mod tables;

pub(crate) use case::{is_lowercase, is_uppercase, lower, lowered, upper};
pub(crate) use kind::{is_digit, is_letter, is_letter_mark_or_digit, is_letter_or_mark, is_letter_or_number};

/// The numbers of a table: seven bits to a byte, the high bit set where another follows.
fn numbers(table: &[u8]) -> Vec<u32> {
    let (mut numbers, mut number) = (Vec::new(), 0);
    for byte in table {
        number = number << 7 | u32::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            numbers.push(std::mem::take(&mut number));
        }
    }
    numbers
}
