//! The three rates and the other figures of the ledger (domain.md §3.2). Valid call-backs are the
//! denominator; an empty denominator gives null, not 0 and not 100. A merged issue counts with its master.

use chrono::NaiveDate;
use gongjian_kernel::actor::Association;
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::work::Store;
use gongjian_kernel::{Actor, Refusal, Result, policy};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait as _, Func, SimpleExpr};
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect, entity::prelude::*};
use uuid::Uuid;

use super::store::issue::{Column as C, Entity};
use crate::action::STATISTICS;
use crate::policy::LedgerPolicy;
use crate::vocabulary::{ClosureBasis, IssueStatus, Satisfaction, SupervisionLevel};

gongjian_kernel::words! {
    /// What the figures are broken down by.
    pub enum GroupBy as "statistics_group" ("统计分组", "Group of statistics") {
        Total = "total" ("合计", "Total"),
        Month = "month" ("按登记月份", "By month of registration"),
        Category = "category" ("按事项分类", "By category"),
        Kind = "kind" ("按事项类别", "By kind"),
        Department = "department" ("按承办部门", "By lead department"),
        Street = "street" ("按街道", "By street"),
    }
}

/// The counts of one group.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Tally {
    pub group: Option<String>,
    pub unit: Option<Uuid>,
    pub registered: i64,
    pub open: i64,
    pub suspended: i64,
    pub closed: i64,
    pub withdrawn: i64,
    pub overdue: i64,
    pub dispatched: i64,
    pub returned: i64,
    pub reopened: i64,
    pub urged: i64,
    pub supervised: i64,
    pub sign_due: i64,
    pub signed: i64,
    pub signed_in_time: i64,
    pub reply_due: i64,
    pub replied: i64,
    pub replied_in_time: i64,
    pub handling_workdays: i64,
    pub auto_confirmed: i64,
    pub excluded: i64,
    pub valid: i64,
    pub contacted: i64,
    pub solved: i64,
    pub satisfied: i64,
    pub basically_satisfied: i64,
}

/// Percentages with two decimals; `None` where there is nothing to divide by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    pub response: Option<f64>,
    pub solution: Option<f64>,
    pub satisfaction: Option<f64>,
    pub score: Option<f64>,
    pub sign_in_time: Option<f64>,
    pub reply_in_time: Option<f64>,
    pub cancelled: Option<f64>,
    pub returned: Option<f64>,
    pub reopened: Option<f64>,
    pub average_workdays: Option<f64>,
}

/// `part` of `whole`, in hundredths of a percent, rounded half up.
fn basis_points(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 20_000 + whole) / (2 * whole))
}

fn percent(part: i64, whole: i64) -> Option<f64> {
    basis_points(part, whole).map(hundredths)
}

fn hundredths(n: i64) -> f64 {
    f64::from(i32::try_from(n).unwrap_or(i32::MAX)) / 100.0
}

impl Tally {
    #[must_use]
    pub fn rates(&self, policy: &LedgerPolicy) -> Rates {
        let weight = i64::from(policy.basically_satisfied_percent);
        let content = self.satisfied * 100 + weight * self.basically_satisfied;
        let weighted = [
            (self.contacted * 100, policy.response_weight),
            (self.solved * 100, policy.solution_weight),
            (content, policy.satisfaction_weight),
        ];
        let score: i64 = weighted.iter().map(|(part, weight)| part * i64::from(*weight)).sum();
        Rates {
            response: percent(self.contacted, self.valid),
            solution: percent(self.solved, self.valid),
            satisfaction: percent(content, self.valid * 100),
            score: percent(score, self.valid * 10_000),
            sign_in_time: percent(self.signed_in_time, self.sign_due),
            reply_in_time: percent(self.replied_in_time, self.reply_due),
            cancelled: percent(self.closed, self.registered),
            returned: percent(self.returned, self.dispatched),
            reopened: percent(self.reopened, self.registered),
            average_workdays: basis_points(self.handling_workdays, self.replied * 100).map(hundredths),
        }
    }
}

/// The issues that were registered in a period.
#[derive(Debug, Clone, Copy, Default)]
pub struct Period {
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

/// The figures, a row for each group, with the policy that weighs them.
pub async fn tally(store: &Store, actor: &Actor, period: Period, by: GroupBy) -> Result<Vec<(Tally, Rates)>> {
    if !actor.may(&STATISTICS, &Association) {
        return Err(Refusal::of(&FORBIDDEN).with_article(STATISTICS.article));
    }
    let today = store.today();
    let mut query = Entity::find().select_only().filter(C::LedgerNo.is_not_null()).filter(C::MergedInto.is_null());
    if let Some(from) = period.from {
        query = query.filter(C::RegisteredOn.gte(from));
    }
    if let Some(until) = period.until {
        query = query.filter(C::RegisteredOn.lte(until));
    }
    let group = match by {
        GroupBy::Total | GroupBy::Department => None,
        GroupBy::Month => Some(C::RegisteredMonth),
        GroupBy::Category => Some(C::Category),
        GroupBy::Kind => Some(C::Kind),
        GroupBy::Street => Some(C::StreetCode),
    };
    query = match group {
        Some(column) => query.column_as(column, "group").group_by(column).order_by_asc(column),
        None => query.expr_as(Expr::val(None::<String>), "group"),
    };
    query = match by {
        GroupBy::Department => {
            query.column_as(C::LeadUnitId, "unit").group_by(C::LeadUnitId).order_by_asc(C::LeadUnitId)
        }
        GroupBy::Total | GroupBy::Month | GroupBy::Category | GroupBy::Kind | GroupBy::Street => {
            query.expr_as(Expr::val(None::<Uuid>), "unit")
        }
    };

    let running = || C::Status.is_in(IssueStatus::RUNNING);
    let open = running().or(C::Status.is_in(IssueStatus::ANSWERED)).or(C::Status.eq(IssueStatus::Suspended));
    let unsigned = C::Status.eq(IssueStatus::Dispatched).and(C::SignDueOn.lt(today));
    let final_feedback = || {
        C::Satisfaction
            .is_not_null()
            .and(C::Status.is_in([IssueStatus::Confirmed, IssueStatus::Closed]))
            .and(C::FeedbackExcluded.is_null())
    };
    let sheets = [SupervisionLevel::Sheet, SupervisionLevel::Circular];
    let replied_in_time = Expr::col(C::RepliedOn).lte(Expr::col(C::DueOn));
    let signed_in_time = Expr::col(C::SignedOn).lte(Expr::col(C::SignDueOn));
    let counts: [(&str, SimpleExpr); 24] = [
        ("registered", C::LedgerNo.is_not_null()),
        ("open", open),
        ("suspended", C::Status.eq(IssueStatus::Suspended)),
        ("closed", C::Status.eq(IssueStatus::Closed)),
        ("withdrawn", C::Status.eq(IssueStatus::Withdrawn)),
        ("overdue", running().and(C::DueOn.lt(today))),
        ("dispatched", C::DispatchedOn.is_not_null()),
        ("returned", C::ReturnCount.gt(0)),
        ("reopened", C::Round.gt(1)),
        ("urged", C::UrgeCount.gt(0)),
        ("supervised", C::SupervisionLevel.is_in(sheets)),
        ("sign_due", C::SignedOn.is_not_null().or(unsigned)),
        ("signed", C::SignedOn.is_not_null()),
        ("signed_in_time", signed_in_time),
        ("reply_due", C::RepliedOn.is_not_null().or(running().and(C::DueOn.lt(today)))),
        ("replied", C::RepliedOn.is_not_null()),
        ("replied_in_time", replied_in_time),
        ("auto_confirmed", C::ClosureBasis.eq(ClosureBasis::AutoConfirmed)),
        ("excluded", C::FeedbackExcluded.is_not_null()),
        ("valid", final_feedback()),
        ("contacted", final_feedback().and(C::Contacted.eq(true))),
        ("solved", final_feedback().and(C::Solved.eq(true))),
        ("satisfied", final_feedback().and(C::Satisfaction.eq(Satisfaction::Satisfied))),
        ("basically_satisfied", final_feedback().and(C::Satisfaction.eq(Satisfaction::BasicallySatisfied))),
    ];
    for (name, condition) in counts {
        let one: SimpleExpr = CaseStatement::new().case(condition, Expr::val(1)).finally(Expr::val(0)).into();
        query = query.expr_as(Func::coalesce([Func::sum(one).into(), Expr::val(0)]), name);
    }
    query = query
        .expr_as(Func::coalesce([Func::sum(Expr::col(C::HandlingWorkdays)).into(), Expr::val(0)]), "handling_workdays");
    let rows = query.into_model::<Tally>().all(store.db.reader()).await?;
    let policy = policy::current::<LedgerPolicy>(store).await?;
    Ok(rows.into_iter().map(|row| (row.rates(&policy.value), row)).map(|(rates, row)| (row, rates)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(valid: i64, contacted: i64, solved: i64, satisfied: i64, basically: i64) -> Tally {
        Tally {
            group: None,
            unit: None,
            registered: valid,
            open: 0,
            suspended: 0,
            closed: 0,
            withdrawn: 0,
            overdue: 0,
            dispatched: 0,
            returned: 0,
            reopened: 0,
            urged: 0,
            supervised: 0,
            sign_due: 0,
            signed: 0,
            signed_in_time: 0,
            reply_due: 0,
            replied: 0,
            replied_in_time: 0,
            handling_workdays: 0,
            auto_confirmed: 0,
            excluded: 0,
            valid,
            contacted,
            solved,
            satisfied,
            basically_satisfied: basically,
        }
    }

    #[test]
    fn the_vector_of_the_sample() {
        let rates = tally(20, 19, 19, 16, 3).rates(&LedgerPolicy::default());
        assert_eq!((rates.response, rates.solution, rates.satisfaction), (Some(95.0), Some(95.0), Some(93.5)));
        assert_eq!(rates.score, Some(94.4));
    }

    #[test]
    fn an_empty_denominator_is_null() {
        let rates = tally(0, 0, 0, 0, 0).rates(&LedgerPolicy::default());
        assert_eq!((rates.response, rates.score, rates.average_workdays), (None, None, None));
        assert_eq!(percent(1, 3), Some(33.33));
        assert_eq!(percent(2, 3), Some(66.67));
    }
}
