//! The items of an annual plan: what is to be done, for which goals, by whom, until when.

use chrono::{Datelike as _, NaiveDate};
use gongjian_kernel::{FieldFault, Refusal, Result, Say, Text, Work, policy};
use gongjian_membership::{AssociationPolicy, UnitId, unit};
use sea_orm::{ConnectionTrait, QueryOrder as _, entity::prelude::*};

use super::{Goal, InstrumentId, Method, PlanItemId};

pub(crate) mod row {
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::plan::{Goal, InstrumentId, PlanItemId};

    /// An item. Its methods are words joined by commas.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PlanItemId,
        pub instrument_id: InstrumentId,
        pub seq: i32,
        pub title: String,
        pub detail: Option<String>,
        pub goal: Goal,
        pub methods: String,
        pub unit_id: Option<UnitId>,
        pub committee_code: Option<String>,
        pub quarter: Option<i32>,
        pub due_on: Option<Date>,
        pub is_key: bool,
        pub budget_note: Option<String>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as Item;

impl Item {
    #[must_use]
    pub fn methods(&self) -> Vec<Method> {
        self.methods.split(',').filter_map(Method::parse).collect()
    }
}

/// An item as it is asked for.
#[derive(Debug, Clone)]
pub struct NewItem {
    pub title: Text<2, 100>,
    pub detail: Option<Text<1, 1000>>,
    pub goal: Goal,
    pub methods: Vec<Method>,
    /// Who is responsible: a unit or a committee.
    pub unit: Option<UnitId>,
    pub committee_code: Option<Text<1, 20>>,
    pub quarter: Option<i32>,
    pub due_on: Option<NaiveDate>,
    pub is_key: bool,
    pub budget_note: Option<Text<1, 200>>,
}

/// All items of a plan, in order.
pub type Items = Vec<NewItem>;

/// The item with this id.
pub async fn find(db: &impl ConnectionTrait, id: PlanItemId) -> Result<Option<Item>> {
    Ok(row::Entity::find_by_id(id).one(db).await?)
}

/// The items of a plan, in order.
pub async fn of(db: &impl ConnectionTrait, instrument: InstrumentId) -> Result<Vec<Item>> {
    let all = row::Entity::find().filter(row::Column::InstrumentId.eq(instrument));
    Ok(all.order_by_asc(row::Column::Seq).all(db).await?)
}

/// Writes the items in the place of those that the plan has. The plan is held.
pub(super) async fn replace(work: &Work<'_>, instrument: InstrumentId, year: Option<i32>, items: Items) -> Result<()> {
    check(work, year, &items).await?;
    row::Entity::delete_many().filter(row::Column::InstrumentId.eq(instrument)).exec(work.tx()).await?;
    let rows = (1..).zip(items).map(|(seq, item)| {
        let mut methods: Vec<Method> = item.methods;
        methods.sort();
        methods.dedup();
        Item {
            id: work.new_id(),
            instrument_id: instrument,
            seq,
            title: item.title.into_string(),
            detail: item.detail.map(Text::into_string),
            goal: item.goal,
            methods: methods.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(","),
            unit_id: item.unit,
            committee_code: item.committee_code.map(Text::into_string),
            quarter: item.quarter,
            due_on: item.due_on,
            is_key: item.is_key,
            budget_note: item.budget_note.map(Text::into_string),
        }
    });
    insert(work, rows).await
}

/// The items of one plan as the first ones of another.
pub(super) async fn copy(work: &Work<'_>, from: InstrumentId, to: InstrumentId) -> Result<()> {
    let items = of(work.tx(), from).await?;
    insert(work, items.into_iter().map(|item| Item { id: work.new_id(), instrument_id: to, ..item })).await
}

async fn insert(work: &Work<'_>, rows: impl Iterator<Item = Item>) -> Result<()> {
    let rows: Vec<_> = rows.map(|row| row::ActiveModel::from(row).reset_all()).collect();
    // Thirteen columns a row; both databases take some thousands of values in a statement.
    for some in rows.chunks(100) {
        row::Entity::insert_many(some.to_vec()).exec_without_returning(work.tx()).await?;
    }
    Ok(())
}

/// Whoever is responsible is there, and what is due is due in the year.
async fn check(work: &Work<'_>, year: Option<i32>, items: &[NewItem]) -> Result<()> {
    let association = policy::within::<AssociationPolicy>(work).await?;
    let units = unit::queries::names(work.tx(), items.iter().filter_map(|item| item.unit)).await?;
    let mut faults = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let mut fault = |member: &str, code: &'static str, zh: &'static str, en: &'static str| {
            faults.push(FieldFault::body(format!("/items/{at}/{member}"), code, Say::fixed(zh, en)));
        };
        match (&item.unit, &item.committee_code) {
            (Some(unit), None) if !units.contains_key(unit) => {
                fault("unit_id", "unit_not_found", "没有该单位。", "No such unit.");
            }
            (None, Some(code)) if association.value.committee(code).is_none() => {
                fault("committee_code", "unknown_committee", "没有该专业研究委员会。", "No such committee.");
            }
            (Some(_), None) | (None, Some(_)) => {}
            (Some(_), Some(_)) | (None, None) => fault(
                "unit_id",
                "one_responsible",
                "责任方为一个单位或一个专业研究委员会。",
                "One unit or one committee is responsible.",
            ),
        }
        if item.methods.is_empty() {
            fault("methods", "required", "至少选择一种五联方式。", "Name at least one joint method.");
        }
        if item.quarter.is_some_and(|quarter| !(1..=4).contains(&quarter)) {
            fault("quarter", "out_of_range", "应为 1 至 4。", "Give 1 to 4.");
        }
        match item.due_on {
            Some(day) if Some(day.year()) != year => {
                fault("due_on", "out_of_range", "应在计划年度之内。", "It lies in the year of the plan.");
            }
            Some(_) => {}
            None if item.quarter.is_none() => {
                fault("due_on", "required", "应写明季度或期限。", "Give a quarter or a day.");
            }
            None => {}
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
}
