//! Records by the line: a text at hand, or a stream of chunks.

use std::ops::AddAssign;

use super::{MAX_BYTES, Validator, accept, record};
use crate::report::Report;

/// What a thread takes at a time, in bytes.
const PIECE: usize = 256 << 10;

/// How many records there were, and how they fared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Lines that are not blank.
    pub records: u64,
    /// Records without a violation.
    pub clean: u64,
    /// Records the store refuses.
    pub refused: u64,
    /// Blank lines: they count as lines, and are otherwise passed over.
    pub blank: u64,
}

impl Tally {
    fn lines(&self) -> u64 {
        self.records + self.blank
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.records += other.records;
        self.clean += other.clean;
        self.refused += other.refused;
        self.blank += other.blank;
    }
}

impl Validator<'_> {
    /// Checks a text with one record on each line.
    ///
    /// `each` is called for every record that is not clean, in order, with the
    /// number of its line counted from 1. Blank lines count and are passed over.
    /// A line that is no JSON is that line's violation. `threads` is the most
    /// threads to use, where there are threads; one needs no memory beyond the
    /// reports, more keep the reports of the text until all is read.
    ///
    /// ```
    /// use magewright::validate::{Operation, Validator};
    /// let text = b"{\"email\":\"ada@example.com\",\"firstname\":\"Ada\",\"lastname\":\"Lovelace\"}\n\n{oops\n";
    /// let mut bad = Vec::new();
    /// let tally = Validator::stock(Operation::Record).ndjson(text, 1, |line, report| bad.push((line, report)));
    /// assert_eq!((tally.records, tally.clean, tally.blank), (2, 1, 1));
    /// assert_eq!((bad[0].0, bad[0].1.violations[0].code), (3, "not_json"));
    /// ```
    pub fn ndjson(&self, text: &[u8], threads: usize, mut each: impl FnMut(u64, Report)) -> Tally {
        if threads < 2 || text.len() <= PIECE {
            return self.lines(text, 0, &mut each);
        }
        let mut tally = Tally::default();
        for (part, reports) in in_parallel(self, &pieces(text), threads) {
            reports.into_iter().for_each(|(line, report)| each(tally.lines() + line, report));
            tally += part;
        }
        tally
    }

    /// Checks the lines of a text that follows `before` other lines.
    fn lines(&self, mut text: &[u8], before: u64, each: &mut impl FnMut(u64, Report)) -> Tally {
        let mut tally = Tally::default();
        while !text.is_empty() {
            if let Some(rest) = self.pass_line(text) {
                text = rest;
                tally.records += 1;
                tally.clean += 1;
                continue;
            }
            let line;
            (line, text) = split_line(text);
            if line.trim_ascii().is_empty() {
                tally.blank += 1;
                continue;
            }
            let report = self.explain(line);
            tally.records += 1;
            tally.refused += u64::from(!report.is_accepted());
            if report.is_clean() {
                tally.clean += 1;
            } else {
                each(before + tally.lines(), report);
            }
        }
        tally
    }

    /// A stream that takes records as they come, in chunks of any size.
    #[must_use]
    pub fn stream(&self, threads: usize) -> Stream<'_> {
        Stream { validator: self, threads, begun: Vec::new(), overlong: false, tally: Tally::default() }
    }
}

/// The first line without its end, and what follows.
fn split_line(text: &[u8]) -> (&[u8], &[u8]) {
    let end = accept::place_of(text, b'\n').unwrap_or(text.len());
    let (line, rest) = text.split_at_checked(end).unwrap_or_default();
    (line, rest.get(1..).unwrap_or_default())
}

/// A text in pieces of about [`PIECE`] bytes that end where lines do.
fn pieces(mut text: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::with_capacity(text.len() / PIECE + 1);
    while !text.is_empty() {
        let full = text.get(PIECE..).unwrap_or_default();
        let (_, rest) = split_line(full);
        let piece;
        (piece, text) = text.split_at_checked(text.len() - rest.len()).unwrap_or_default();
        pieces.push(piece);
    }
    pieces
}

type Part = (Tally, Vec<(u64, Report)>);

fn one(validator: &Validator<'_>, piece: &[u8]) -> Part {
    let mut reports = Vec::new();
    let tally = validator.lines(piece, 0, &mut |line, report| reports.push((line, report)));
    (tally, reports)
}

/// Each piece's part, in order. Threads take the next piece when they are done
/// with one, so that a piece full of bad records holds nobody up.
#[cfg(not(target_arch = "wasm32"))]
fn in_parallel(validator: &Validator<'_>, pieces: &[&[u8]], threads: usize) -> Vec<Part> {
    use std::sync::atomic::{AtomicUsize, Ordering};

    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = pieces.get(at) else { return done };
            done.push((at, one(validator, piece)));
        }
    };
    let mut parts = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(pieces.len())).map(|_| scope.spawn(work)).collect();
        let mut parts = work();
        for other in others {
            match other.join() {
                Ok(done) => parts.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        parts
    });
    parts.sort_unstable_by_key(|(at, _)| *at);
    parts.into_iter().map(|(_, part)| part).collect()
}

#[cfg(target_arch = "wasm32")]
fn in_parallel(validator: &Validator<'_>, pieces: &[&[u8]], _threads: usize) -> Vec<Part> {
    pieces.iter().map(|piece| one(validator, piece)).collect()
}

/// Records that come in chunks, as from a file or a socket.
///
/// It keeps a line that has begun, up to [`MAX_BYTES`](super::MAX_BYTES), and
/// nothing else: memory does not grow with the number of records. A longer
/// line is a violation of its own and is passed over as it comes.
///
/// ```
/// use magewright::validate::{Operation, Validator};
/// let validator = Validator::stock(Operation::Record);
/// let mut stream = validator.stream(1);
/// let mut bad = Vec::new();
/// for chunk in [&b"{\"email\":\"ada@exam"[..], b"ple.com\",\"firstname\":\"Ada\",", b"\"lastname\":7}\n[]"] {
///     stream.push(chunk, |line, report| bad.push((line, report.violations[0].code)));
/// }
/// let tally = stream.finish(|line, report| bad.push((line, report.violations[0].code)));
/// assert_eq!(tally.records, 2);
/// assert_eq!(bad, [(1, "coerced"), (2, "wrong_root")]);
/// ```
#[derive(Debug)]
pub struct Stream<'v> {
    validator: &'v Validator<'v>,
    threads: usize,
    begun: Vec<u8>,
    overlong: bool,
    tally: Tally,
}

impl Stream<'_> {
    /// Takes the next chunk; `each` is called as by [`Validator::ndjson`].
    pub fn push(&mut self, chunk: &[u8], mut each: impl FnMut(u64, Report)) {
        let whole = chunk.iter().rposition(|&b| b == b'\n').map_or(0, |end| end + 1);
        let (mut lines, tail) = chunk.split_at_checked(whole).unwrap_or_default();
        if !lines.is_empty() && (self.overlong || !self.begun.is_empty()) {
            let line;
            (line, lines) = split_line(lines);
            self.begin(line);
            self.complete(&mut each);
        }
        let before = self.tally.lines();
        self.tally += self.validator.ndjson(lines, self.threads, |line, report| each(before + line, report));
        self.begin(tail);
    }

    /// Takes the end of the records.
    pub fn finish(mut self, mut each: impl FnMut(u64, Report)) -> Tally {
        if self.overlong || !self.begun.is_empty() {
            self.complete(&mut each);
        }
        self.tally
    }

    fn begin(&mut self, text: &[u8]) {
        self.overlong |= self.begun.len() + text.len() > MAX_BYTES;
        if self.overlong {
            self.begun = Vec::new();
        } else {
            self.begun.extend_from_slice(text);
        }
    }

    fn complete(&mut self, each: &mut impl FnMut(u64, Report)) {
        let before = self.tally.lines();
        if std::mem::take(&mut self.overlong) {
            self.tally += Tally { records: 1, refused: 1, ..Tally::default() };
            each(before + 1, record::too_large());
        } else if self.begun.is_empty() {
            self.tally.blank += 1;
        } else {
            self.tally += self.validator.lines(&self.begun, before, each);
        }
        self.begun.clear();
    }
}
