//! Whether a file can be imported: each line by itself, against the others, against what is on file.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::fault::Locator;
use gongjian_kernel::{Actor, FaultEntry, Result, Say, Store, policy};
use sea_orm::{ConnectionTrait, QuerySelect, entity::prelude::*};

use super::columns::{self, COLUMNS, Column};
use super::line::Reader;
use super::store::import;
use super::{File, Line, Report, RowFault};
use crate::action::{UNIT_IMPORT, UNIT_READ};
use crate::association::AssociationPolicy;
use crate::fault::{UNIT_CREDIT_CODE_TAKEN, UNIT_MEMBER_NO_TAKEN, UNIT_NAME_TAKEN};
use crate::unit::contact::Filing;
use crate::unit::model::Faults;
use crate::unit::store::unit;
use crate::unit::{Consent, ContactKind, Unit, UnitId, UnitStatus};

/// What an import of the file would do; nothing is written.
pub async fn preview(store: &Store, actor: &Actor, file: &File) -> Result<Report> {
    authorize(actor, &UNIT_IMPORT, &UNIT_READ, &Association)?;
    let db = store.db.reader();
    if let Some(report) = imported_before(db, file).await? {
        return Ok(report);
    }
    let association = policy::current::<AssociationPolicy>(store).await?;
    let checked = check(db, file, &association.value, store.now()).await?;
    Ok(checked.report(file))
}

/// The very same file, imported earlier: none of its units is new.
pub(super) async fn imported_before(db: &impl ConnectionTrait, file: &File) -> Result<Option<Report>> {
    let known = import::Entity::find().filter(import::Column::Digest.eq(&file.digest)).one(db).await?;
    Ok(known.map(|_| Report {
        row_count: file.lines.len(),
        unchanged_rows: file.lines.iter().map(|line| line.row).collect(),
        imported_before: true,
        ..Report::default()
    }))
}

/// A unit that can be put on file.
pub(super) struct Ready {
    pub(super) row: u32,
    pub(super) unit: Unit,
    pub(super) consent: Consent,
    pub(super) contacts: Vec<(ContactKind, Filing)>,
}

#[derive(Default)]
pub(super) struct Checked {
    pub(super) ready: Vec<Ready>,
    pub(super) unchanged: Vec<u32>,
    pub(super) faults: Vec<RowFault>,
}

impl Checked {
    pub(super) fn report(self, file: &File) -> Report {
        Report {
            row_count: file.lines.len(),
            added_count: if self.faults.is_empty() { self.ready.len() } else { 0 },
            unchanged_rows: self.unchanged,
            faults: self.faults,
            imported_before: false,
        }
    }
}

pub(super) async fn check(
    db: &impl ConnectionTrait,
    file: &File,
    association: &AssociationPolicy,
    now: DateTime<Utc>,
) -> Result<Checked> {
    let mut checked = Checked::default();
    let header = header(file, &mut checked.faults);
    if !checked.faults.is_empty() {
        return Ok(checked);
    }
    let read = |line| read(&header, line, association, now);
    let mut lines = Vec::new();
    for line in &file.lines {
        match read(line) {
            Ok(ready) => lines.push(ready),
            Err(faults) => checked.faults.extend(faults),
        }
    }
    let on_file = OnFile::of(db, &lines).await?;
    let mut seen = HashMap::new();
    for ready in lines {
        if let Some((column, first)) = twin(&ready.unit, ready.row, &mut seen) {
            let detail = Say::new(format!("与第 {first} 行重复。"), format!("Row {first} has the same."));
            checked.faults.push(RowFault { row: ready.row, column, code: "duplicate_row", detail });
            continue;
        }
        match on_file.holds(&ready.unit) {
            Standing::New => checked.ready.push(ready),
            Standing::Unchanged => checked.unchanged.push(ready.row),
            Standing::Taken(pointer, entry) => {
                let fault = (columns::at(pointer), entry.code, entry.title.clone());
                checked.faults.push(RowFault { row: ready.row, column: fault.0, code: fault.1, detail: fault.2 });
            }
        }
    }
    checked.faults.sort_by_key(|fault| fault.row);
    Ok(checked)
}

const HEADER_ROW: u32 = 1;

/// The columns in the order of the file.
fn header(file: &File, faults: &mut Vec<RowFault>) -> Vec<Option<&'static Column>> {
    let mut header: Vec<Option<&'static Column>> = Vec::new();
    for (at, cell) in file.header.iter().enumerate() {
        let column = columns::named(cell);
        let empty = cell.trim().is_empty();
        let again = column.is_some_and(|column| header.iter().flatten().any(|known| known.header == column.header));
        let n = at + 1;
        if column.is_none() && !empty {
            let detail =
                Say::new(format!("模板中没有第 {n} 列。"), format!("The template has no column like column {n}."));
            faults.push(RowFault { row: HEADER_ROW, column: None, code: "unknown_column", detail });
        } else if again {
            let detail = Say::fixed("该列出现两次。", "The column occurs twice.");
            faults.push(RowFault { row: HEADER_ROW, column, code: "duplicate_column", detail });
        }
        header.push(column);
    }
    for column in COLUMNS.iter().filter(|column| column.required) {
        if !header.iter().flatten().any(|known| known.header == column.header) {
            let detail = Say::fixed("缺少该列。", "The column is missing.");
            faults.push(RowFault { row: HEADER_ROW, column: Some(column), code: "missing_column", detail });
        }
    }
    header
}

fn read(
    header: &[Option<&'static Column>],
    line: &Line,
    association: &AssociationPolicy,
    now: DateTime<Utc>,
) -> Result<Ready, Vec<RowFault>> {
    let mut reader = Reader { header, line, faults: Vec::new() };
    let today = gongjian_kernel::clock::day(now);
    let Some(new) = reader.unit(today) else { return Err(reader.faults) };
    let mut faults = Faults::default();
    let unit = new.read(UnitId(uuid::Uuid::nil()), now, association, &mut faults);
    new.consent.read("/consent", today, &mut faults);
    let contacts = [
        (ContactKind::Representative, "/representative", &new.representative),
        (ContactKind::Liaison, "/liaison", &new.liaison),
    ];
    let contacts = contacts
        .into_iter()
        .filter_map(|(kind, at, contact)| Some((kind, contact.as_ref()?.read(at, today, &mut faults))))
        .collect();
    for fault in faults.0 {
        if let Locator::Pointer(pointer) = &fault.at {
            reader.fault(pointer, fault.code, fault.detail);
        }
    }
    if reader.faults.is_empty() {
        Ok(Ready { row: line.row, unit, consent: new.consent, contacts })
    } else {
        Err(reader.faults)
    }
}

type Seen = HashMap<(&'static str, String), u32>;

/// The row before this one that tells of the same unit, and by what.
fn twin(unit: &Unit, row: u32, seen: &mut Seen) -> Option<(Option<&'static Column>, u32)> {
    let living = unit.credit_code.as_ref().filter(|_| unit.status.is_living()).map(ToString::to_string);
    let numbered = Some(unit.member_no.clone()).filter(|member_no| !member_no.is_empty());
    let keys = [("/credit_code", living), ("/name", Some(unit.name_key.clone())), ("/member_no", numbered)];
    let keys: Vec<_> = keys.into_iter().filter_map(|(at, key)| Some((at, key?))).collect();
    if let Some(key) = keys.iter().find(|key| seen.contains_key(*key)) {
        return Some((columns::at(key.0), seen.get(key).copied().unwrap_or_default()));
    }
    seen.extend(keys.into_iter().map(|key| (key, row)));
    None
}

enum Standing {
    New,
    Unchanged,
    Taken(&'static str, &'static FaultEntry),
}

type Known = (String, String, Option<String>, UnitStatus);

/// The units on file that share a number, a name or a code with a line.
#[derive(Default)]
struct OnFile {
    units: Vec<Known>,
    by_name: HashMap<String, usize>,
    by_number: HashMap<String, usize>,
    by_code: HashMap<String, Vec<usize>>,
}

const AT_ONCE: usize = 500;

impl OnFile {
    async fn of(db: &impl ConnectionTrait, lines: &[Ready]) -> Result<Self> {
        use unit::Column as C;
        let mut on_file = Self::default();
        for some in lines.chunks(AT_ONCE) {
            let units = || some.iter().map(|line| &line.unit);
            let names = C::NameKey.is_in(units().map(|unit| unit.name_key.clone()));
            let numbers = C::MemberNo.is_in(units().map(|unit| unit.member_no.clone()));
            let codes = C::CreditCode.is_in(units().filter_map(|unit| unit.credit_code.clone()));
            // One index each; a disjunction would read the table.
            for condition in [names, numbers, codes] {
                let found = unit::Entity::find().filter(condition).select_only();
                let found = found.columns([C::MemberNo, C::NameKey, C::CreditCode, C::Status]);
                for known in found.into_tuple::<Known>().all(db).await? {
                    on_file.add(known);
                }
            }
        }
        Ok(on_file)
    }

    fn add(&mut self, known: Known) {
        let (number, name, code, _) = &known;
        if self.by_number.contains_key(number) {
            return;
        }
        let at = self.units.len();
        self.by_number.insert(number.clone(), at);
        self.by_name.insert(name.clone(), at);
        if let Some(code) = code {
            self.by_code.entry(code.clone()).or_default().push(at);
        }
        self.units.push(known);
    }

    /// A line is the unit on file if it has its name and its code, and no other number.
    fn holds(&self, unit: &Unit) -> Standing {
        let code = unit.credit_code.as_ref().map(ToString::to_string);
        let get = |at: Option<&usize>| at.and_then(|at| self.units.get(*at));
        let same_name = get(self.by_name.get(&unit.name_key));
        if let Some((number, _, known_code, _)) = same_name {
            let same_number = unit.member_no.is_empty() || unit.member_no == *number;
            return if *known_code == code && same_number {
                Standing::Unchanged
            } else {
                Standing::Taken("/name", &UNIT_NAME_TAKEN)
            };
        }
        if self.by_number.contains_key(&unit.member_no) {
            return Standing::Taken("/member_no", &UNIT_MEMBER_NO_TAKEN);
        }
        let mut same_code = code.iter().filter_map(|code| self.by_code.get(code)).flatten();
        if unit.status.is_living() && same_code.any(|at| get(Some(at)).is_some_and(|known| known.3.is_living())) {
            return Standing::Taken("/credit_code", &UNIT_CREDIT_CODE_TAKEN);
        }
        Standing::New
    }
}
