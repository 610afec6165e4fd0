//! The list of units, to be taken away in one file.

use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::work::Store;
use gongjian_kernel::{Act, Actor, Event, Refusal, Result, Say, write};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use super::contact::{ContactKind, ContactOnFile};
use super::queries::{self, UnitFilter};
use super::store::unit;
use super::{Unit, UnitId, UnitType};
use crate::action::{UNIT_EXPORT, UNIT_READ, UNIT_READ_IN_FULL};
use crate::event::UNITS_EXPORTED;
use crate::fault::EXPORT_TOO_LONG;

pub const ROWS_AT_MOST: usize = 20_000;
const ROWS_AT_ONCE: u64 = 200;

pub static HEADER: [&str; 20] = [
    "会员编号",
    "单位名称",
    "单位类型",
    "隶属层级",
    "统一社会信用代码",
    "免填代码理由",
    "街道代码",
    "功能区代码",
    "地址",
    "党组织名称",
    "党组织类别",
    "党员人数",
    "承办意见",
    "会员状态",
    "入会日期",
    "退会日期",
    "固定代表",
    "固定代表电话",
    "联络人",
    "联络人电话",
];

/// The cells of the units that pass the filter, by member number.
pub async fn rows(store: &Store, actor: &Actor, filter: &UnitFilter) -> Result<Vec<Vec<String>>> {
    authorize(actor, &UNIT_EXPORT, &UNIT_READ, &Association)?;
    let db = store.db.reader();
    let (mut rows, mut cursor) = (Vec::new(), None);
    loop {
        let page = queries::list(store, actor, filter, ROWS_AT_ONCE, cursor.as_deref()).await?;
        let ids: Vec<UnitId> = page.rows.iter().map(|card| card.id).collect();
        let units = unit::Entity::find().filter(unit::Column::Id.is_in(ids.iter().copied()));
        let units = units.order_by_asc(unit::Column::MemberNo).limit(ROWS_AT_ONCE).all(db).await?;
        let contacts = queries::contacts_of(db, ids).await?;
        rows.extend(units.iter().map(|unit| cells(unit, &contacts, is_shown(actor, unit))));
        if rows.len() > ROWS_AT_MOST {
            let detail = Say::new(
                format!("一次至多导出 {ROWS_AT_MOST} 行。"),
                format!("An export has at most {ROWS_AT_MOST} rows."),
            );
            return Err(Refusal::new(&EXPORT_TOO_LONG, detail));
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(rows);
        }
    }
}

/// Of a military unit, no more than which one it is for those who do not keep the files (domain.md §6.5).
fn is_shown(actor: &Actor, unit: &Unit) -> bool {
    unit.unit_type != UnitType::Military || actor.may(&UNIT_READ_IN_FULL, unit)
}

/// Phones are masked, as everywhere.
fn cells(unit: &Unit, contacts: &[ContactOnFile], is_shown: bool) -> Vec<String> {
    let shown = |text: String| if is_shown { text } else { String::new() };
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut cells = vec![
        unit.member_no.clone(),
        unit.name.clone(),
        unit.unit_type.label().zh.into_owned(),
        unit.affiliation_level.label().zh.into_owned(),
        unit.credit_code.as_ref().map(ToString::to_string).unwrap_or_default(),
        unit.credit_code_exempt_reason.clone().unwrap_or_default(),
        unit.street_code.clone(),
        unit.zone_codes.0.join("、"),
        shown(unit.address.clone()),
        shown(unit.party_org_name.clone()),
        shown(unit.party_org_kind.label().zh.into_owned()),
        shown(unit.party_member_count.map(|count| count.to_string()).unwrap_or_default()),
        if unit.handles_issues { "是" } else { "否" }.to_owned(),
        unit.status.label().zh.into_owned(),
        day(unit.joined_on),
        day(unit.withdrawn_on),
    ];
    for kind in [ContactKind::Representative, ContactKind::Liaison] {
        let contact = contacts.iter().find(|contact| contact.unit_id == unit.id && contact.kind == kind);
        let person = contact.filter(|_| is_shown).map(|contact| &contact.person);
        cells.push(person.map(|person| person.name.clone()).unwrap_or_default());
        cells.push(person.and_then(|person| person.phone_masked.clone()).unwrap_or_default());
    }
    cells
}

/// Puts on record who took how much away, in which form and by which filter.
pub async fn record(store: &Store, act: &Act, filter: &UnitFilter, format: &str, row_count: usize) -> Result<()> {
    write(store, act, async |work| {
        let data = serde_json::json!({ "format": format, "filter": filter, "row_count": row_count });
        work.record(Event::new(&UNITS_EXPORTED, work.new_id::<uuid::Uuid>(), data));
        Ok(())
    })
    .await
}
