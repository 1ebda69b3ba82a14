//! Where JavaScript writes what a handle is to read, so that nothing is allocated for it.

/// Bytes that JavaScript writes at [`Buffer::place`] and a handle reads.
#[derive(Default)]
pub(crate) struct Buffer(Vec<u8>);

impl Buffer {
    /// Where to write so many bytes; they stay until the next call.
    pub(crate) fn place(&mut self, length: usize) -> *const u8 {
        if self.0.len() < length {
            self.0.resize(length, 0);
        }
        self.0.as_ptr()
    }

    /// The first bytes; all of them when there are fewer.
    pub(crate) fn written(&self, length: usize) -> &[u8] {
        self.0.get(..length).unwrap_or(&self.0)
    }
}
