//! One line of a file, read into the unit that it tells of.

use chrono::NaiveDate;
use gongjian_kernel::text::TextFault;
use gongjian_kernel::{Say, Text};

use super::RowFault;
use super::columns::{self, Column};
use crate::unit::{AffiliationLevel, Consent, Membership, NewContact, NewUnit, PartyOrgKind, UnitStatus, UnitType};

/// A line as it stands in the file.
#[derive(Debug, Clone)]
pub struct Line {
    /// As spreadsheets count: the header is row 1.
    pub row: u32,
    pub cells: Vec<String>,
}

/// Reads the cells of one line, and keeps what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) header: &'a [Option<&'static Column>],
    pub(super) line: &'a Line,
    pub(super) faults: Vec<RowFault>,
}

impl Reader<'_> {
    /// The first fault of a cell is enough.
    pub(super) fn fault(&mut self, pointer: &str, code: &'static str, detail: Say) {
        let Some(column) = columns::at(pointer) else { return };
        if !self.faults.iter().any(|fault| fault.column.is_some_and(|known| known.pointer == column.pointer)) {
            self.faults.push(RowFault { row: self.line.row, column: Some(column), code, detail });
        }
    }

    fn cell(&self, pointer: &str) -> Option<String> {
        let at = self.header.iter().position(|column| column.is_some_and(|column| column.pointer == pointer))?;
        self.line.cells.get(at).map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty())
    }

    fn text<const MIN: usize, const MAX: usize>(&mut self, pointer: &str) -> Option<Text<MIN, MAX>> {
        let Some(cell) = self.cell(pointer) else {
            if columns::at(pointer).is_some_and(|column| column.required) {
                self.fault(pointer, "required", Say::fixed("必填。", "It is required."));
            }
            return None;
        };
        match Text::parse(&cell) {
            Ok(text) => Some(text),
            Err(fault) => {
                self.fault(pointer, TextFault::code(fault), fault.detail());
                None
            }
        }
    }

    /// A word of a list, in Chinese or as the API writes it.
    fn word<T: Copy>(&mut self, pointer: &str, all: &[T], words: impl Fn(T) -> (Say, &'static str)) -> Option<T> {
        let cell: Text<1, 40> = self.text(pointer)?;
        let known = all.iter().copied().find(|word| {
            let (label, wire) = words(*word);
            label.zh == cell.as_str() || wire == cell.as_str()
        });
        if known.is_none() {
            let labels: Vec<_> = all.iter().map(|word| words(*word)).collect();
            let zh: Vec<_> = labels.iter().map(|(label, _)| label.zh.as_ref()).collect();
            let en: Vec<_> = labels.iter().map(|(_, wire)| *wire).collect();
            let detail = Say::new(format!("应为：{}。", zh.join("、")), format!("One of {}.", en.join(", ")));
            self.fault(pointer, "unknown_word", detail);
        }
        known
    }

    fn day(&mut self, pointer: &str) -> Option<NaiveDate> {
        let cell: Text<1, 20> = self.text(pointer)?;
        let plain = cell.as_str().replace(['年', '月', '/', '.'], "-").replace('日', "");
        let day = plain.parse::<NaiveDate>().ok().filter(|day| (1900..=2200).contains(&chrono::Datelike::year(day)));
        if day.is_none() {
            self.fault(pointer, "invalid_date", Say::fixed("日期应如 2026-01-05。", "A day is like 2026-01-05."));
        }
        day
    }

    fn number(&mut self, pointer: &str) -> Option<i32> {
        let cell: Text<1, 20> = self.text(pointer)?;
        let number = cell.as_str().parse().ok();
        if number.is_none() {
            self.fault(pointer, "invalid_number", Say::fixed("应为整数。", "It is no whole number."));
        }
        number
    }

    fn yes(&mut self, pointer: &str) -> bool {
        let Some(cell): Option<Text<1, 10>> = self.text(pointer) else { return false };
        match cell.as_str() {
            "是" | "true" => return true,
            "否" | "false" => {}
            _ => self.fault(pointer, "unknown_word", Say::fixed("应为：是、否。", "是 or 否.")),
        }
        false
    }

    fn contact(&mut self, at: &str) -> Option<NewContact> {
        let (name, post) = (self.text(&format!("{at}/name")), self.text(&format!("{at}/post")));
        let phone: Option<Text<1, 32>> = self.text(&format!("{at}/phone"));
        let email: Option<Text<1, 254>> = self.text(&format!("{at}/email"));
        let filed_on = self.day(&format!("{at}/filed_on"));
        let (phone, email) = (phone.map(Text::into_string), email.map(Text::into_string));
        let (name, post) = (name.or_else(stand_in)?, post.or_else(stand_in)?);
        Some(NewContact { name, post, phone, email, filed_on })
    }

    fn status(&mut self) -> UnitStatus {
        let known = [UnitStatus::Active, UnitStatus::Withdrawn];
        self.word("/status", &known, |word| (word.label(), word.as_str())).unwrap_or(UnitStatus::Active)
    }

    /// Every cell is read before anything is given up, so that all faults are told at once. What is missing
    /// has something in its place, for the checks that look at the whole.
    pub(super) fn unit(&mut self, today: NaiveDate) -> Option<NewUnit> {
        let (member_no, name) = (self.text("/member_no"), self.text("/name"));
        let unit_type = self.word("/unit_type", UnitType::ALL, |word| (word.label(), word.as_str()));
        let level = self.word("/affiliation_level", AffiliationLevel::ALL, |word| (word.label(), word.as_str()));
        let credit_code: Option<Text<1, 64>> = self.text("/credit_code");
        let credit_code_exempt_reason = self.text("/credit_code_exempt_reason");
        let street_code: Option<Text<9, 9>> = self.text("/street_code");
        let zone_codes: Option<Text<1, 200>> = self.text("/zone_codes");
        let (address, party_org_name) = (self.text("/address"), self.text("/party_org_name"));
        let party_org_kind = self.word("/party_org_kind", PartyOrgKind::ALL, |word| (word.label(), word.as_str()));
        let party_member_count = self.number("/party_member_count");
        let handles_issues = self.yes("/handles_issues");
        let membership = Membership {
            status: self.status(),
            applied_on: self.day("/applied_on"),
            joined_on: self.day("/joined_on"),
            withdrawn_on: self.day("/withdrawn_on"),
        };
        let (basis, on) = (self.text("/consent/basis"), self.day("/consent/consented_on"));
        let (representative, liaison) = (self.contact("/representative"), self.contact("/liaison"));
        let zones = zone_codes.map(Text::into_string).unwrap_or_default();
        let zones = zones.split(['、', ',', '，', ';', '；', ' ']).map(str::trim).filter(|zone| !zone.is_empty());
        // Who gives no day consented at the latest when it joined.
        let on = on.or(membership.joined_on).unwrap_or(today);
        Some(NewUnit {
            member_no,
            name: name.or_else(stand_in)?,
            unit_type: unit_type.unwrap_or(UnitType::Private),
            affiliation_level: level.unwrap_or(AffiliationLevel::None),
            credit_code: credit_code.map(Text::into_string),
            credit_code_exempt_reason,
            street_code: street_code.or_else(stand_in)?.into_string(),
            zone_codes: zones.map(str::to_owned).collect(),
            address: address.or_else(stand_in)?,
            party_org_name: party_org_name.or_else(stand_in)?,
            party_org_kind: party_org_kind.unwrap_or(PartyOrgKind::PartyBranch),
            party_member_count,
            handles_issues,
            membership,
            consent: Consent { basis: basis.or_else(stand_in)?, on },
            representative: Some(representative?),
            liaison: Some(liaison?),
        })
    }
}

fn stand_in<const MIN: usize, const MAX: usize>() -> Option<Text<MIN, MAX>> {
    Text::parse(&"无".repeat(MIN.max(1))).ok()
}
