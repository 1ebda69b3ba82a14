//! A list whose first items take no allocation.

/// A list of usually no more than `N` items.
#[derive(Debug, Clone)]
pub(crate) struct Few<T, const N: usize> {
    first: [T; N],
    count: usize,
    /// All items, once there are more than `N`.
    all: Vec<T>,
}

impl<T: Copy + Default, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Few { first: [T::default(); N], count: 0, all: Vec::new() }
    }
}

impl<T: Copy + Default, const N: usize> Few<T, N> {
    /// Another item, to be filled in.
    #[inline(always)]
    pub(super) fn add(&mut self) -> Option<&mut T> {
        if self.count < N {
            self.count += 1;
            return self.first.get_mut(self.count - 1);
        }
        self.add_beyond()
    }

    #[cold]
    #[inline(never)]
    fn add_beyond(&mut self) -> Option<&mut T> {
        if self.all.is_empty() {
            self.all.extend_from_slice(&self.first);
        }
        self.all.push(T::default());
        self.all.last_mut()
    }

    #[inline(always)]
    pub(crate) fn as_slice(&self) -> &[T] {
        match self.all.is_empty() {
            true => self.first.get(..self.count).unwrap_or_default(),
            false => &self.all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_in_their_order_however_many_there_are() {
        let mut few: Few<u8, 2> = Few::default();
        for number in 1..6 {
            *few.add().unwrap() = number;
            assert_eq!(few.as_slice(), (1..=number).collect::<Vec<_>>());
        }
        assert!(Few::<u8, 0>::default().as_slice().is_empty());
    }
}
