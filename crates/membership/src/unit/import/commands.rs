//! Putting the units of a file on file, in one transaction.

use gongjian_kernel::actor::Association;
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Say, Work, policy};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _};

use super::check::{check, imported_before};
use super::store::{import, import_row};
use super::{File, Report, RowFault};
use crate::action::{UNIT_IMPORT, UNIT_READ};
use crate::association::AssociationPolicy;
use crate::directory;
use crate::event::UNITS_IMPORTED;
use crate::fault::IMPORT_HAS_FAULTS;
use crate::unit::commands::{next_member_no, put_on_file};
use crate::unit::contact::Filing;
use crate::unit::{Consent, ContactKind, Unit, queries};

/// Article 8: puts all units of the file on file that are not there yet, or none. The same file adds its
/// units once, however often and by whomever it is sent.
pub async fn commit(work: &mut Work<'_>, file: &File) -> Result<Report> {
    work.authorize(&UNIT_IMPORT, &UNIT_READ, &Association)?;
    if let Some(report) = imported_before(work.tx(), file).await? {
        return Ok(report);
    }
    let association = policy::within::<AssociationPolicy>(work).await?;
    let mut checked = check(work.tx(), file, &association.value, work.now()).await?;
    if !checked.faults.is_empty() {
        return Err(refused(&checked.faults));
    }
    let import = import::Model {
        id: work.new_id(),
        digest: file.digest.clone(),
        account_id: work.actor().account,
        imported_at: work.now(),
        row_count: count(file.lines.len()),
        added_count: count(checked.ready.len()),
        unchanged_count: count(checked.unchanged.len()),
    };
    // First of all: whoever sends the same file at once waits here, and finds it imported.
    let row: import::ActiveModel = import.clone().into();
    import::Entity::insert(row.reset_all()).exec_without_returning(work.tx()).await?;
    let ready = std::mem::take(&mut checked.ready);
    let (mut units, mut rows) = (Vec::new(), Vec::new());
    for line in ready {
        let unit = Unit { id: work.new_id(), ..line.unit };
        rows.push(import_row::Model {
            unit_id: unit.id,
            import_id: import.id,
            row_number: i32::try_from(line.row).unwrap_or_default(),
        });
        units.push((unit, line.consent, line.contacts));
    }
    let units = number(work, units, &association.value.member_prefix).await?;
    for (unit, consent, contacts) in &units {
        put_on_file(work, unit, consent.clone(), contacts.clone()).await?;
    }
    let units: Vec<Unit> = units.into_iter().map(|(unit, ..)| unit).collect();
    directory::add(work, &units).await?;
    for some in rows.chunks(500) {
        let rows = some.iter().map(|row| import_row::ActiveModel::from(row.clone()).reset_all());
        import_row::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    }
    work.forget_document(queries::NAMES);
    record(work, &import);
    let report = checked.report(file);
    Ok(Report { added_count: units.len(), ..report })
}

type Filed = (Unit, Consent, Vec<(ContactKind, Filing)>);

/// Numbers that the file gives are taken before the series counts.
async fn number(work: &Work<'_>, mut units: Vec<Filed>, prefix: &str) -> Result<Vec<Filed>> {
    let given: std::collections::HashSet<String> =
        units.iter().map(|(unit, ..)| unit.member_no.clone()).filter(|number| !number.is_empty()).collect();
    for (unit, ..) in units.iter_mut().filter(|(unit, ..)| unit.member_no.is_empty()) {
        unit.member_no = loop {
            let number = next_member_no(work, prefix).await?;
            if !given.contains(&number) {
                break number;
            }
        };
    }
    Ok(units)
}

fn record(work: &mut Work<'_>, import: &import::Model) {
    work.record(Event::new(
        &UNITS_IMPORTED,
        import.id.0,
        serde_json::json!({
            "digest": import.digest,
            "row_count": import.row_count,
            "added_count": import.added_count,
            "unchanged_count": import.unchanged_count,
        }),
    ));
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// A preview shows all of them; a problem document has room for a hundred.
const FAULTS_SHOWN: usize = 100;

fn refused(faults: &[RowFault]) -> Refusal {
    let n = faults.len();
    let detail = Say::new(
        format!("文件有 {n} 处错误，未导入任何单位；以 mode=preview 查看全部。"),
        format!("The file has {n} faults and nothing was imported; mode=preview shows them all."),
    );
    let shown = faults.iter().take(FAULTS_SHOWN).map(|fault| {
        let column = fault.column.map_or("", |column| column.pointer);
        FieldFault::body(format!("/rows/{}{column}", fault.row), fault.code, fault.detail.clone())
    });
    Refusal { fields: shown.collect(), ..Refusal::new(&IMPORT_HAS_FAULTS, detail) }
}
