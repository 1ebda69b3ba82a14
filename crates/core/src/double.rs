//! Doubles read from decimal text and written as decimal text, rounded as IEEE 754 asks.
//!
//! The standard library does the same faster, with 12 KB of tables that no compression makes
//! smaller: a seventh of what a browser may download. What is usual, up to 15 digits and a small
//! exponent, is exact in one multiplication or division here too.

/// The exact value `0.d₁d₂d₃… × 10^point`: no zero in front and none at the end, empty for zero.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

/// More digits than these decide nothing but whether a tie is one (767 are the most that a double has).
const MOST_DIGITS: usize = 800;

/// Bits moved at once: what a digit times that still fits in 64.
const STEP: u32 = 32;

/// The double nearest to `[+-]digits[.digits][e[+-]digits]`; nothing for any other text.
pub(crate) fn parse(text: &str) -> Option<f64> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, self::exponent(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    if digits().next().is_none() || !digits().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let scale = exponent.saturating_sub(i32::try_from(fraction.len()).ok()?);
    let size = quick(digits(), scale).unwrap_or_else(|| Decimal::read(digits(), scale).to_double());
    Some(if negative { -size } else { size })
}

/// A power of ten; what is beyond any double is as good as its limit.
fn exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse().unwrap_or(i32::MAX / 4).min(i32::MAX / 4);
    Some(if text.starts_with('-') { -size } else { size })
}

/// The double, where number and power of ten are exact doubles, so that only one rounding happens.
fn quick(mut digits: impl Iterator<Item = u8>, scale: i32) -> Option<f64> {
    let number = digits.try_fold(0_u64, |sum, digit| {
        sum.checked_mul(10)?.checked_add(u64::from(digit - b'0')).filter(|sum| *sum < 1 << 53)
    })?;
    let power = (0..scale.unsigned_abs().min(23)).fold(1.0, |power, _| power * 10.0);
    #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
    let number = number as f64;
    match scale {
        0..=22 => Some(number * power),
        -22..0 => Some(number / power),
        _ => None,
    }
}

/// The digits of a finite number other than zero, rounded to so many, zeros at the end left out,
/// and the power of ten of the first.
pub(crate) fn significant(value: f64, count: i32) -> (String, i32) {
    let rounded = Decimal::of(value.abs()).rounded(count);
    (rounded.digits.iter().map(|digit| char::from(digit + b'0')).collect(), rounded.point - 1)
}

impl Decimal {
    fn read(digits: impl Iterator<Item = u8>, scale: i32) -> Self {
        let mut all: Vec<u8> = digits.map(|digit| digit - b'0').skip_while(|digit| *digit == 0).collect();
        let point = i32::try_from(all.len()).unwrap_or(i32::MAX).saturating_add(scale);
        let more = all.iter().skip(MOST_DIGITS).any(|digit| *digit != 0);
        all.truncate(MOST_DIGITS);
        all.extend(more.then_some(1));
        Decimal { digits: all, point }.trimmed()
    }

    /// A finite number that is not negative.
    fn of(value: f64) -> Self {
        let bits = value.to_bits();
        let (fraction, exponent) = (bits & ((1 << 52) - 1), i32::try_from(bits >> 52).unwrap_or(0));
        let (number, exponent) = match exponent {
            0 => (fraction, -1074),
            _ => (fraction | 1 << 52, exponent - 1075),
        };
        Decimal::read(number.to_string().bytes(), 0).shifted(exponent)
    }

    fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        self
    }

    /// Times two to that power.
    fn shifted(mut self, mut bits: i32) -> Self {
        while bits != 0 && !self.digits.is_empty() {
            let step = bits.unsigned_abs().min(STEP);
            self = if bits > 0 { self.doubled(step) } else { self.halved(step) };
            bits -= bits.signum() * step.cast_signed();
        }
        self
    }

    fn doubled(mut self, bits: u32) -> Self {
        let mut carry = 0;
        for digit in self.digits.iter_mut().rev() {
            carry += u64::from(*digit) << bits;
            *digit = u8::try_from(carry % 10).unwrap_or(0);
            carry /= 10;
        }
        if carry > 0 {
            let front = carry.to_string();
            self.point += i32::try_from(front.len()).unwrap_or(0);
            self.digits.splice(..0, front.bytes().map(|digit| digit - b'0'));
        }
        self.trimmed()
    }

    fn halved(self, bits: u32) -> Self {
        let mut out = Vec::with_capacity(self.digits.len() + STEP as usize);
        let (mut rest, mut point) = (0_u64, self.point);
        let mut digits = self.digits.into_iter();
        loop {
            let next = digits.next();
            if next.is_none() && rest == 0 {
                return Decimal { digits: out, point }.trimmed();
            }
            rest = rest * 10 + u64::from(next.unwrap_or(0));
            match u8::try_from(rest >> bits).unwrap_or(0) {
                0 if out.is_empty() => point -= 1,
                digit => out.push(digit),
            }
            rest &= (1 << bits) - 1;
        }
    }

    /// To so many digits, a tie to the even one.
    fn rounded(mut self, count: i32) -> Self {
        let Ok(count) = usize::try_from(count) else { return Decimal { digits: Vec::new(), point: 0 } };
        let (kept, cut) = self.digits.split_at(count.min(self.digits.len()));
        let odd = kept.last().is_some_and(|digit| digit % 2 == 1);
        let up = match cut {
            [5] => odd,
            [first, ..] => *first >= 5,
            [] => false,
        };
        self.digits.truncate(count);
        if up {
            self.increment();
        }
        self.trimmed()
    }

    /// One more in the last digit.
    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            *digit += 1;
            if *digit < 10 {
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }

    /// The nearest double, a tie to the even one; infinity beyond the largest.
    fn to_double(&self) -> f64 {
        match self.point {
            _ if self.digits.is_empty() => return 0.0,
            311.. => return f64::INFINITY,
            ..=-330 => return 0.0,
            _ => (),
        }
        let (unit, exponent) = self.clone().normal();
        // Below the least normal number there are fewer bits to keep.
        let bits = 53.min(exponent + 1074);
        let mantissa = unit.shifted(bits).nearest_integer();
        let biased = u64::try_from(exponent - 1 + 1022).unwrap_or(0);
        match f64::from_bits(if bits < 53 { mantissa } else { (biased << 52) + mantissa }) {
            number if number.is_finite() && biased < 2047 => number,
            _ => f64::INFINITY,
        }
    }

    /// The number as one from a half to one, and the power of two to multiply it with.
    fn normal(mut self) -> (Self, i32) {
        let mut exponent = 0;
        while self.point > 0 {
            let step = (self.point * 3).min(STEP.cast_signed());
            exponent += step;
            self = self.shifted(-step);
        }
        while self.point < 0 || self.digits.first().is_some_and(|digit| *digit < 5) {
            let step = (-self.point * 3).clamp(1, STEP.cast_signed());
            exponent -= step;
            self = self.shifted(step);
        }
        (self, exponent)
    }

    fn nearest_integer(self) -> u64 {
        let whole = self.point;
        let rounded = self.rounded(whole);
        let digit = |at| u64::from(rounded.digits.get(at).copied().unwrap_or(0));
        let places = usize::try_from(rounded.point).unwrap_or(0);
        (0..places).fold(0, |number, at| number * 10 + digit(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(text: &str) {
        let (ours, theirs) = (parse(text), text.parse::<f64>().ok());
        assert_eq!(ours.map(f64::to_bits), theirs.map(f64::to_bits), "{text}");
    }

    #[test]
    fn what_is_hard_to_read_is_read() {
        for text in [
            "0",
            "-0",
            "1",
            "+1.",
            ".5",
            "1e22",
            "1e23",
            "9007199254740993",
            "9007199254740993.0000000000001",
            "1.7976931348623157e308",
            "1.7976931348623159e308",
            "2e308",
            "1e400",
            "1e99999999999",
            "1e-99999999999",
            "5e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "0.1",
            "123456789012345678901234567890",
            "0e999",
            "0.000e-5",
        ] {
            same(text);
        }
        same(&format!("1{}", "0".repeat(400)));
        same(&format!("0.{}1", "0".repeat(400)));
        same(&format!("9007199254740993.{}1", "0".repeat(1000)));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", "+", ".", "e5", "1e", "1e+", "1x", "0x10", " 1", "1 ", "--1", "1.2.3", "1_0", "é", "inf",
            "NaN",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn ties_are_written_to_the_even_digit() {
        assert_eq!(significant(0.125, 2), ("12".to_owned(), -1));
        assert_eq!(significant(0.375, 2), ("38".to_owned(), -1));
        assert_eq!(significant(9.999_95, 5), ("1".to_owned(), 1));
        assert_eq!(significant(1e23, 14), ("1".to_owned(), 23));
        assert_eq!(significant(-0.000_123_4, 14), ("1234".to_owned(), -4));
    }

    proptest! {
        #[test]
        fn any_double_is_read_as_the_library_reads_it(bits: u64) {
            let value = f64::from_bits(bits);
            if value.is_finite() {
                for text in [format!("{value}"), format!("{value:e}"), format!("{value:.17e}"), format!("{value:.3}")] {
                    same(&text);
                }
            }
        }

        #[test]
        fn any_number_is_read_as_the_library_reads_it(text in "[+-]?[0-9]{0,25}(\\.[0-9]{0,25})?([eE][+-]?[0-9]{1,3})?") {
            same(&text);
        }

        #[test]
        fn any_double_is_written_as_the_library_writes_it(bits: u64) {
            let value = f64::from_bits(bits);
            if value.is_finite() && value != 0.0 {
                let (digits, exponent) = significant(value, 14);
                let (mantissa, power) = format!("{:.13e}", value.abs()).split_once('e').map(|(m, p)| (m.replace('.', ""), p.to_owned())).unwrap();
                prop_assert_eq!((digits, exponent.to_string()), (mantissa.trim_end_matches('0').to_owned(), power));
            }
        }
    }
}
