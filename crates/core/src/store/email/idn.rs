//! The alphabets of international names by top-level domain.
//!
//! Facts from the tables of `laminas-validator` `Hostname`, as characters and
//! `first-last` runs. Domains whose alphabet is a list of ideographs (CN, HK,
//! JP, TW) or of scripts (COM, NET, NU, BIZ) are taken for all letters.

use crate::unicode;

const LATIN_1: &str = "à-öø-ÿ";
const LATIN_A: &str = "à-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĸĺļľłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżž";
const SAMI: &str = "àáä-éêñ-ôöøüčđńŋšŧž";
const SPANISH: &str = "áéíñóúü";
const RUSSIAN: &str = "а-яё";
const NORDIC: &str = "äåæéöøü";
const HUNGARIAN: &str = "áéíóöúüőű";
const LITHUANIAN: &str = "ąčėęįšūųž";
const LATVIAN: &str = "āčēģīķļņōŗšūž";
const POLISH: &str = "óąćęłńśźż";
const ICELANDIC: &str = "áäåæéëíðóöøúüýþ";
const HANGUL: &str = "가-힣";
const THAI: &str = "\u{e01}-\u{e3a}\u{e40}-\u{e4d}\u{e50}-\u{e59}";
const GREEK: &str = "ΆΈΉΊΌΎ-ΡΣ-ώἀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-ώᾀ-ᾴᾶ-ᾼῂῃῄῆ-ῌῐ-ΐῖ-Ίῠ-Ῥῲῳῴῶ-ῼ";
const UKRAINIAN: &str = "а-яѐёђѓєѕіїјљњћќѝўџґӂʼ";
const GERMAN: &str =
    "áàăâåäãąāæćĉčċçďđéèĕêěëėęēğĝġģĥħíìĭîïĩįīıĵķĺľļłńňñņŋóòŏôöőõøōœĸŕřŗśŝšşßťţŧúùŭûůüűũųūŵýŷÿźžżðþ";
const IO: &str = "à-öø-ÿăąāćĉčċďđĕěėęēğĝġģĥħĭĩįīıĵķĺľļłńňņŋŏőōœĸŕřŗśŝšşťţŧŭůűũųūŵŷźžż";
const AC: &str = "à-öø-ÿāăąćĉċčďđēėęěĝġģĥħīįĵķĺļľŀłńņňŋőœŕŗřśŝşšţťŧūŭůűųŵŷźżž";
const EU: &str = "āăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľŀłńņňŉŋōŏőœŕŗřśŝšťŧũūŭůűųŵŷźżž";

const ALPHABETS: &[(&str, &[&str])] = &[
    ("AC", &[AC]),
    ("AR", &["à-ãç-êìíñ-õü"]),
    ("AS", &[LATIN_A]),
    ("AT", &["à-öø-ÿœšž"]),
    ("BR", &["à-ãçéíó-õúü"]),
    ("BV", &[SAMI]),
    ("CAT", &["·àç-éíïòóúü"]),
    ("CH", &["à-öø-ÿœ"]),
    ("CL", &[SPANISH]),
    ("DE", &[GERMAN]),
    ("DK", &[NORDIC]),
    ("EE", &["äõöüšž"]),
    ("ES", &["àáçèéíïñòóúü·"]),
    ("EU", &[LATIN_1, EU, "șț", "ΐάέήίΰα-ωϊϋόύώ", "а-я", "ἀ-ώᾀ-ῷ"]),
    ("FI", &["äåö"]),
    ("GR", &[GREEK]),
    ("HR", &["žćčđš"]),
    ("HU", &[HUNGARIAN]),
    ("IL", &["א-ת"]),
    ("INFO", &[NORDIC, HUNGARIAN, "áæéíðóöúýþ", HANGUL, LATVIAN, LITHUANIAN, POLISH, SPANISH]),
    ("IO", &[IO]),
    ("IS", &["áéýúíóþæöð"]),
    ("IT", &["àâäèéêëìîïòôöùûüæœçÿß"]),
    ("KR", &[HANGUL]),
    ("LI", &["à-öø-ÿœ"]),
    ("LT", &[LITHUANIAN]),
    ("MD", &["ăâîşţ"]),
    ("NO", &[SAMI]),
    ("ORG", &[SPANISH, POLISH, ICELANDIC, HUNGARIAN, LITHUANIAN, HANGUL, LATVIAN]),
    ("PE", &[SPANISH]),
    ("PL", &[LATIN_A, RUSSIAN, GREEK, UKRAINIAN, "א-ת", "çëßâîăşţ"]),
    ("PR", &["áéíóúñäëïüöâêîôûàèùæçœãõ"]),
    ("PT", &["áàâãçéêíóôõú"]),
    ("RS", &["ßáâäçéëíîóôöúüýăąćčďđęěĺľłńňőŕřśşšţťůűźżž"]),
    ("RU", &[RUSSIAN]),
    ("SA", &["\u{621}-\u{63a}\u{641}-\u{64a}\u{660}-\u{669}"]),
    ("SE", &["äåéöü"]),
    ("SH", &[IO]),
    ("SI", &[LATIN_1, EU, "șț"]),
    ("SJ", &[SAMI]),
    ("TH", &[THAI]),
    ("TM", &[AC]),
    ("TR", &["ğıüşöç"]),
    ("UA", &[UKRAINIAN]),
    ("VE", &[SPANISH]),
    ("VN", &["à-ýĂăĐđĨĩŨũƠơƯư\u{1ea0}-\u{1ef9}"]),
    ("рф", &[RUSSIAN]),
];

/// Top-level domains whose alphabet is taken for all letters.
const ANY_LETTERS: [&str; 8] = ["BIZ", "CN", "COM", "HK", "JP", "NET", "NU", "TW"];

/// Whether a label of international letters is in an alphabet of the top-level domain.
pub(super) fn allows(top: &str, label: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if ANY_LETTERS.contains(&top) {
        return label.chars().all(|c| plain(c) || unicode::is_letter_or_mark(c));
    }
    let alphabets = ALPHABETS.iter().find(|(name, _)| *name == top).map_or(&[][..], |(_, found)| *found);
    let lower = unicode::lowered(label);
    alphabets.iter().any(|alphabet| lower.chars().all(|c| plain(c) || holds(alphabet, c)))
}

/// Whether an alphabet of characters and `first-last` runs holds a character.
fn holds(alphabet: &str, wanted: char) -> bool {
    let mut chars = alphabet.chars().peekable();
    while let Some(first) = chars.next() {
        let last = match chars.next_if_eq(&'-') {
            Some(_) => chars.next().unwrap_or(first),
            None => first,
        };
        if (first..=last).contains(&wanted) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alphabets_are_runs_and_characters() {
        assert!(allows("DE", "müller") && allows("AT", "šé-1") && allows("COM", "例え"));
        assert!(!allows("DE", "пример") && !allows("TEST", "exämple") && !allows("SE", "ñ"));
    }
}
