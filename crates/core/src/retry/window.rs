//! How many requests are under way at once.

/// The number of requests that may be under way at once: it grows by one with each
/// windowful of successes, and is halved by a sign of overload (429, 503, a time that is up).
///
/// ```
/// use magewright::retry::Window;
/// let mut window = Window::new(8);
/// assert_eq!(window.size(), 8);
/// window.overloaded();
/// assert_eq!(window.size(), 4);
/// for _ in 0..4 { window.succeeded(); }
/// assert_eq!(window.size(), 5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    size: u32,
    most: u32,
    successes: u32,
}

impl Window {
    /// A window that begins at its greatest size; at least 1.
    #[must_use]
    pub const fn new(most: u32) -> Self {
        let most = if most == 0 { 1 } else { most };
        Window { size: most, most, successes: 0 }
    }

    /// How many requests may be under way.
    #[must_use]
    pub const fn size(&self) -> u32 {
        self.size
    }

    /// Takes note of a request that the store answered without complaint.
    pub const fn succeeded(&mut self) {
        if self.size == self.most {
            return;
        }
        self.successes += 1;
        if self.successes >= self.size {
            self.size += 1;
            self.successes = 0;
        }
    }

    /// Takes note of a sign of overload; those of requests that were under way together count as one.
    pub const fn overloaded(&mut self) {
        self.size = if self.size < 2 { 1 } else { self.size / 2 };
        self.successes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_between_one_and_the_most() {
        let mut window = Window::new(3);
        (0..9).for_each(|_| window.overloaded());
        assert_eq!(window.size(), 1);
        (0..99).for_each(|_| window.succeeded());
        assert_eq!(window.size(), 3);
        assert_eq!(Window::new(0).size(), 1);
    }
}
