//! The turns of a rotation as a pure function: who comes next, and on which days.

use std::collections::HashSet;

use chrono::{Months, NaiveDate};
use gongjian_membership::UnitId;

/// A turn: whose it is, and which place of the agreed order it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    pub position: usize,
    pub unit: UnitId,
}

/// A turn with its days: the first, and the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub slot: Slot,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// Adds turns in the agreed order, after that place, until there are as many as wanted. Who is no member of the street
/// is passed over; where nobody is left there are no turns.
pub fn extend(slots: &mut Vec<Slot>, order: &[UnitId], last: Option<usize>, members: &HashSet<UnitId>, wanted: usize) {
    let mut position = slots.last().map(|slot| slot.position).or(last).map_or(0, |last| last + 1);
    let mut passed_over = 0;
    while slots.len() < wanted && passed_over < order.len() {
        let at = position % order.len();
        if members.contains(&order[at]) {
            slots.push(Slot { position: at, unit: order[at] });
            passed_over = 0;
        } else {
            passed_over += 1;
        }
        position = at + 1;
    }
}

/// The days of turns that follow each other from a day on. Counted from that day, so that the last day of a month
/// loses nothing on the way.
#[must_use]
pub fn lay(slots: &[Slot], from: NaiveDate, months: u32) -> Vec<Span> {
    let begins = |turn: usize| {
        let months = u32::try_from(turn).unwrap_or(u32::MAX).saturating_mul(months);
        from.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
    };
    slots
        .iter()
        .enumerate()
        .map(|(turn, slot)| Span { slot: *slot, from: begins(turn), until: begins(turn + 1) })
        .collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn unit(n: u128) -> UnitId {
        UnitId(Uuid::from_u128(n))
    }

    fn turns(slots: &[Slot]) -> Vec<u128> {
        slots.iter().map(|slot| slot.unit.0.as_u128()).collect()
    }

    #[test]
    fn the_order_begins_again_and_passes_over_who_has_left() {
        let order = [unit(1), unit(2), unit(3)];
        let mut slots = Vec::new();
        extend(&mut slots, &order, None, &order.into(), 5);
        assert_eq!(turns(&slots), [1, 2, 3, 1, 2]);
        let mut slots = Vec::new();
        extend(&mut slots, &order, Some(0), &[unit(1), unit(3)].into(), 4);
        assert_eq!(turns(&slots), [3, 1, 3, 1], "after the first comes the third");
        let mut slots = Vec::new();
        extend(&mut slots, &order, None, &HashSet::new(), 4);
        assert!(slots.is_empty(), "nobody is left");
    }

    #[test]
    fn turns_follow_each_other_without_gap_or_overlap() {
        let mut slots = Vec::new();
        extend(&mut slots, &[unit(1), unit(2)], None, &[unit(1), unit(2)].into(), 24);
        let spans = lay(&slots, NaiveDate::from_ymd_opt(2026, 8, 31).unwrap(), 1);
        assert!(spans.windows(2).all(|two| two[0].until == two[1].from));
        assert_eq!(spans[1].from.to_string(), "2026-09-30");
        assert_eq!(spans[2].from.to_string(), "2026-10-31");
        assert_eq!(spans[23].until.to_string(), "2028-08-31");
    }
}
