//! Names beyond ASCII: RFC 3492, as far as an e-mail's host needs it.

use crate::unicode;

const BASE: u32 = 36;
const FIRST_BIAS: u32 = 72;
const FIRST_CODE: u32 = 0x80;

/// A host as `idn_to_ascii` gives it; nothing when a label cannot be written so.
///
/// Lower-cases and encodes; mapping and normalization of UTS 46 beyond that are not done.
pub(super) fn to_ascii(host: &str) -> Option<String> {
    let lower = unicode::lowered(host);
    let mut labels = Vec::new();
    for label in lower.split('.') {
        labels.push(label_to_ascii(label)?);
    }
    Some(labels.join("."))
}

fn label_to_ascii(label: &str) -> Option<String> {
    let dashes = label.starts_with('-') || label.ends_with('-') || label.get(2..4) == Some("--");
    if label.is_ascii() {
        return (label.len() <= 63 && (!dashes || label.starts_with("xn--"))).then(|| label.to_owned());
    }
    let encoded = format!("xn--{}", encode(label)?);
    (!dashes && encoded.len() <= 63).then_some(encoded)
}

fn encode(label: &str) -> Option<String> {
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(out.len()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let total = u32::try_from(label.chars().count()).ok()?;
    let (mut code, mut delta, mut bias, mut done) = (FIRST_CODE, 0u32, FIRST_BIAS, basic);
    while done < total {
        let next = label.chars().map(u32::from).filter(|c| *c >= code).min()?;
        delta = delta.checked_add((next - code).checked_mul(done + 1)?)?;
        code = next;
        for c in label.chars().map(u32::from) {
            if c < code {
                delta = delta.checked_add(1)?;
            }
            if c == code {
                push_number(&mut out, delta, bias)?;
                bias = adapted(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.checked_add(1)?;
        code += 1;
    }
    Some(out)
}

fn push_number(out: &mut String, mut number: u32, bias: u32) -> Option<()> {
    let mut key = BASE;
    loop {
        let threshold = threshold(key, bias);
        if number < threshold {
            out.push(digit(number)?);
            return Some(());
        }
        out.push(digit(threshold + (number - threshold) % (BASE - threshold))?);
        number = (number - threshold) / (BASE - threshold);
        key += BASE;
    }
}

/// The label that `xn--` and this text stand for.
pub(super) fn decode(encoded: &str) -> Option<String> {
    if encoded.is_empty() || !encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return None;
    }
    let (basic, rest) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut code, mut index, mut bias) = (FIRST_CODE, 0u32, FIRST_BIAS);
    let mut digits = rest.chars();
    while !digits.as_str().is_empty() {
        let (before, mut weight, mut key) = (index, 1u32, BASE);
        loop {
            let value = digits.next()?.to_digit(36).map(|d| (d + 26) % 36)?;
            index = index.checked_add(value.checked_mul(weight)?)?;
            let threshold = threshold(key, bias);
            if value < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            key += BASE;
        }
        let length = u32::try_from(out.len()).ok()? + 1;
        bias = adapted(index - before, length, before == 0);
        code = code.checked_add(index / length)?;
        index %= length;
        out.insert(usize::try_from(index).ok()?, char::from_u32(code)?);
        index += 1;
    }
    Some(out.into_iter().collect())
}

fn threshold(key: u32, bias: u32) -> u32 {
    key.saturating_sub(bias).clamp(1, 26)
}

fn adapted(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count.max(1);
    let mut key = 0;
    while delta > 455 {
        delta /= 35;
        key += BASE;
    }
    key + 36 * delta / (delta + 38)
}

/// a to z are 0 to 25, the digits 26 to 35.
fn digit(value: u32) -> Option<char> {
    char::from_digit((value + 10) % 36, 36).filter(|_| value < 36)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_round_trip() {
        for (name, encoded) in [("exämple", "exmple-cua"), ("bücher", "bcher-kva"), ("例え", "r8jz45g")] {
            assert_eq!(encode(name).unwrap(), encoded);
            assert_eq!(decode(encoded).unwrap(), name);
        }
        assert_eq!(to_ascii("EXÄMPLE.Test").unwrap(), "xn--exmple-cua.test");
    }

    #[test]
    fn nonsense_decodes_to_nothing() {
        for nonsense in ["", "a b", "é", "99999999999"] {
            assert_eq!(decode(nonsense), None, "{nonsense}");
        }
    }
}
