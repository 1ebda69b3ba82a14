//! Time zones by name and by offset.
//!
//! A time is shown in the zone it was written in, so that a zone changes
//! nothing; it only has to be one. (It would move what is taken from the clock:
//! `noon Asia/Tokyo` may be another day there, which is not modelled.)

/// The abbreviations PHP knows; one letter but `j` is a military zone.
const ABBREVIATIONS: &str = "\
    acdt acst addt adt aedt aest ahdt ahst akdt akst amt apt ast awdt awst awt bdst bdt bmt bst cast cat cddt \
    cdt cemt cest cet cmt cpt cst cwt chst dmt eat eddt edt eest eet emt ept est ewt ffmt fmt gdt gmt gst hdt \
    hkst hkt hmt hpt hst hwt iddt idt imt ist jdt jmt jst kdt kmt kst lst mddt mdst mdt mest met mmt mpt msd \
    msk mst mwt nddt ndt npt nst nwt nzdt nzmt nzst pddt pdt pkst pkt plmt pmt ppmt ppt pst pwt qmt rmt sast \
    sdmt sjmt smt sst tbmt tmt uct utc wast wat wemt west wet wib wita wit wmt yddt ydt ypt yst ywt";

/// Identifiers that consist of letters only.
const SINGLE: &str = "cuba egypt eire gb iran israel japan libya navajo nz poland prc roc rok turkey zulu";

/// What identifiers such as `Europe/Berlin` begin with; the place after it is not looked up.
const AREAS: &str = "africa america antarctica arctic asia atlantic australia brazil canada chile etc europe \
    indian mexico pacific us";

/// Whether this is an offset or the name of a zone, with brackets or not.
pub(super) fn is_known(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let text = text.trim_matches([' ', '\t', '(', ')', '\0']);
    let name = text.to_ascii_lowercase();
    let is_one_of = |list: &str, name: &str| list.split_ascii_whitespace().any(|known| known == name);
    if text.trim_start_matches("GMT").starts_with(['+', '-']) {
        return true;
    }
    match name.split_once('/') {
        Some((area, _)) => is_one_of(AREAS, area),
        None if name.len() == 1 => name != "j",
        None => name == "nz-chat" || is_one_of(ABBREVIATIONS, &name) || is_one_of(SINGLE, &name),
    }
}
