//! A list whose first items take no allocation.

/// So many items can be compared each with each in less time than they took to read.
const MANY: usize = 128;

/// A list of usually no more than `N` items, and of a bounded number. Room for those that never come is not filled.
#[derive(Debug, Clone)]
pub(crate) struct Few<T, const N: usize> {
    first: [Option<T>; N],
    count: usize,
    others: Vec<T>,
}

impl<T, const N: usize> Default for Few<T, N> {
    #[inline(always)]
    fn default() -> Self {
        Few { first: [const { None }; N], count: 0, others: Vec::new() }
    }
}

impl<T: Default, const N: usize> Few<T, N> {
    /// Another item, to be filled in; `None` when there are many already.
    #[inline(always)]
    pub(super) fn add(&mut self) -> Option<&mut T> {
        let place = self.count;
        self.count += 1;
        match self.first.get_mut(place) {
            Some(place) => Some(place.insert(T::default())),
            None => other(&mut self.others),
        }
    }

    /// The items in their order.
    #[inline(always)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.first.iter().map_while(Option::as_ref).chain(&self.others)
    }

    #[inline(always)]
    pub(crate) const fn is_empty(&self) -> bool {
        self.count == 0
    }
}

#[cold]
#[inline(never)]
fn other<T: Default>(others: &mut Vec<T>) -> Option<&mut T> {
    if others.len() == MANY {
        return None;
    }
    others.push(T::default());
    others.last_mut()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_in_their_order_however_many_there_are() {
        let mut few: Few<u8, 2> = Few::default();
        assert!(few.is_empty());
        for number in 1..6 {
            *few.add().unwrap() = number;
            assert!(few.iter().copied().eq(1..=number) && !few.is_empty());
        }
        assert_eq!(Few::<u8, 0>::default().iter().count(), 0);
    }

    #[test]
    fn there_is_an_end_to_them() {
        let mut few: Few<u8, 2> = Few::default();
        let taken = std::iter::from_fn(|| few.add().map(drop)).take(10 * MANY).count();
        assert_eq!((taken, few.iter().count()), (MANY + 2, MANY + 2));
    }
}
