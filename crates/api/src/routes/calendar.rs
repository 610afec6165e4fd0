//! The working-day calendar: the State Council's yearly notices, and deadlines counted by them.

use actix_web::{get, put, web};
use chrono::NaiveDate;
use gongjian_identity::configuration::{CALENDAR_IMPORT, CONFIGURATION_READ};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::calendar::{self, Holiday, Year, YearPlan};
use gongjian_kernel::fault::YEAR_NOT_FOUND;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Text};
use gongjian_ledger::duty;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use super::issues::instant;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFilter, Paging, Query};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_calendar_years)
        .service(get_calendar_year)
        .service(import_calendar_year)
        .service(compute_due_date);
}

/// 放假安排 / Days off of one festival.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct HolidaySpan {
    /// 节日名称 / Name of the festival.
    #[schema(value_type = String, min_length = 1, max_length = 40, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("国庆节"))]
    name: Text<1, 40>,
    /// 放假首日 / First day off.
    #[schema(examples("2026-10-01"))]
    start_on: NaiveDate,
    /// 放假末日 / Last day off.
    #[schema(examples("2026-10-07"))]
    end_on: NaiveDate,
}

/// 一个年度的放假通知 / The notice for one year.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CalendarYearImport {
    /// 通知文号 / Number of the notice.
    #[schema(value_type = String, min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("国办发明电〔2025〕7号"))]
    notice: Text<1, 100>,
    /// 发布日期 / Day of publication.
    #[schema(examples("2025-11-04"))]
    published_on: NaiveDate,
    /// 放假安排 / Days off.
    #[validate(length(max = 20, code = "too_many", message = "至多 20 项。 / At most 20 items."))]
    #[schema(max_items = 20)]
    holidays: Vec<HolidaySpan>,
    /// 调休上班日 / Weekend days that are worked.
    #[validate(length(max = 40, code = "too_many", message = "至多 40 项。 / At most 40 items."))]
    #[schema(max_items = 40, examples("2026-09-20"))]
    makeup_workdays: Vec<NaiveDate>,
}

impl From<CalendarYearImport> for YearPlan {
    fn from(import: CalendarYearImport) -> Self {
        let holiday = |span: HolidaySpan| Holiday { name: span.name.into(), start: span.start_on, end: span.end_on };
        Self {
            notice: import.notice.into(),
            published_on: import.published_on,
            holidays: import.holidays.into_iter().map(holiday).collect(),
            makeup_workdays: import.makeup_workdays,
        }
    }
}

/// 放假 / Days off.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HolidayView {
    /// 节日名称 / Name of the festival.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("国庆节"))]
    name: String,
    /// 放假首日 / First day off.
    #[schema(examples("2026-10-01"))]
    start_on: NaiveDate,
    /// 放假末日 / Last day off.
    #[schema(examples("2026-10-07"))]
    end_on: NaiveDate,
}

/// 年度工作日历 / The calendar of a year.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CalendarYearView {
    /// 年度 / The year.
    #[schema(minimum = 2000, maximum = 2100, examples(2026))]
    year: i32,
    /// 通知文号 / Number of the notice.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("国办发明电〔2025〕7号"))]
    notice: String,
    /// 发布日期 / Day of publication.
    #[schema(examples("2025-11-04"))]
    published_on: NaiveDate,
    /// 放假安排 / Days off.
    #[schema(max_items = 20)]
    holidays: Vec<HolidayView>,
    /// 调休上班日 / Weekend days that are worked.
    #[schema(max_items = 40, examples("2026-09-20"))]
    makeup_workdays: Vec<NaiveDate>,
    /// 版本，即 ETag 的数字 / Version, the number in the ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
    /// 导入时间 / Imported at.
    #[schema(value_type = DateTime<Utc>, examples("2026-01-02T02:03:04.567Z"))]
    imported_at: String,
}

impl CalendarYearView {
    fn of(year: i32, known: &Year) -> Self {
        let Year { plan, version, imported_at } = known;
        let holiday = |day: &Holiday| HolidayView { name: day.name.clone(), start_on: day.start, end_on: day.end };
        Self {
            year,
            notice: plan.notice.clone(),
            published_on: plan.published_on,
            holidays: plan.holidays.iter().map(holiday).collect(),
            makeup_workdays: plan.makeup_workdays.clone(),
            version: *version,
            imported_at: instant(*imported_at),
        }
    }
}

/// 导入结果 / An imported year, and what followed.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CalendarYearImported {
    /// 导入后的年度日历 / The year as it is now.
    calendar_year: CalendarYearView,
    /// 按新日历重算的办理时限数 / Deadlines that were counted again.
    #[schema(minimum = 0, maximum = 2_147_483_647, format = "int32", value_type = i32, examples(12))]
    recounted_deadlines: u32,
}

#[utoipa::path(
    operation_id = "listCalendarYears",
    tag = tag::REFERENCE,
    summary = "工作日历年度列表 / List calendar years",
    description = "已导入放假通知的年度，按年排列 / The years whose notice was imported, in order.",
    params(Paging),
    responses((status = 200, body = PageOf<CalendarYearView>, description = "一页 / One page")),
)]
#[get("/v1/calendar-years")]
pub(crate) async fn list_calendar_years(caller: Caller, query: Filter<NoFilter>) -> Answer {
    const BOUND_TO: &str = "calendar-years";
    caller.authorize(&CONFIGURATION_READ, &Association)?;
    let keys = &caller.store().keys;
    let cursor = query.page.cursor.as_deref();
    let after = cursor.map_or(Ok(i32::MIN), |cursor| page::open(keys, BOUND_TO, cursor))?;
    let calendar = calendar::load(caller.store().db.reader()).await?;
    let years = calendar.years().iter().filter(|(year, _)| **year > after);
    let rows = years.map(|(year, known)| CalendarYearView::of(*year, known)).collect();
    let page = Page::cut(rows, query.page.limit, keys, BOUND_TO, |view: &CalendarYearView| view.year)?;
    Ok(query.reply(&PageOf::of(page, |view| view))?)
}

#[utoipa::path(
    operation_id = "getCalendarYear",
    tag = tag::REFERENCE,
    summary = "查看年度工作日历 / Read a calendar year",
    description = "该年度的放假与调休安排；通知尚未发布或尚未导入为 404 / Days off and make-up days of the year; 404 while its notice is not out or not imported.",
    params(("year" = i32, Path, description = "年度 / The year", minimum = 2000, maximum = 2100, example = 2026)),
    responses((status = 200, body = CalendarYearView, description = "年度工作日历 / The calendar of the year")),
)]
#[get("/v1/calendar-years/{year}")]
pub(crate) async fn get_calendar_year(caller: Caller, path: web::Path<CalendarYear>) -> Answer {
    caller.authorize(&CONFIGURATION_READ, &Association)?;
    let CalendarYear(year) = path.into_inner();
    let calendar = calendar::load(caller.store().db.reader()).await?;
    let known = calendar.years().get(&year).ok_or_else(|| Refusal::of(&YEAR_NOT_FOUND))?;
    Ok(Reply::ok(&CalendarYearView::of(year, known))?.etag(known.version))
}

/// A year that a notice can be of: the range of the schema.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "i32")]
pub(crate) struct CalendarYear(i32);

impl TryFrom<i32> for CalendarYear {
    type Error = &'static str;

    fn try_from(year: i32) -> Result<Self, Self::Error> {
        if (2000..=2100).contains(&year) { Ok(Self(year)) } else { Err("a year from 2000 to 2100") }
    }
}

#[utoipa::path(
    operation_id = "importCalendarYear",
    tag = tag::REFERENCE,
    summary = "导入年度工作日历 / Import a calendar year",
    description = "导入或更正国务院办公厅放假通知，并在同一事务中重算未结事项的办理时限；首次导入用 `If-Match: *` / Imports or corrects the State Council's notice and counts the deadlines of open issues again, in one transaction; the first import takes `If-Match: *`.",
    params(("year" = i32, Path, description = "年度 / The year", minimum = 2000, maximum = 2100, example = 2026), IfMatch),
    request_body = CalendarYearImport,
    responses((status = 200, body = CalendarYearImported, description = "已导入 / Imported")),
)]
#[put("/v1/calendar-years/{year}")]
pub(crate) async fn import_calendar_year(
    caller: Caller,
    path: web::Path<CalendarYear>,
    if_match: IfMatch,
    body: Body<CalendarYearImport>,
) -> Answer {
    let CalendarYear(year) = path.into_inner();
    let allowed = async { authorize(&caller.act.actor, &CALENDAR_IMPORT, &CONFIGURATION_READ, &Association) };
    caller
        .act_on(year, if_match, body, allowed, async |work, target, new| {
            work.authorize(&CALENDAR_IMPORT, &CONFIGURATION_READ, &Association)?;
            let known = calendar::import(work, target, new.clone().into()).await?;
            let recounted_deadlines = duty::recount_deadlines(work).await?;
            let view = CalendarYearImported { calendar_year: CalendarYearView::of(year, &known), recounted_deadlines };
            Ok(Reply::ok(&view)?.etag(known.version))
        })
        .await
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DueQuery {
    /// 起算日，当日不计入 / The day that the count starts after.
    #[param(example = "2026-02-13")]
    from: NaiveDate,
    /// 工作日数 / Working days.
    #[param(minimum = 0, maximum = 255, value_type = i32, example = 5)]
    workdays: u8,
}

/// 依据 / What a day that was counted out rests on.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum CalendarStatus {
    /// 所涉年度的放假通知均已导入。
    Published,
    /// 所涉年度的放假通知尚未发布，结果为预估。
    Estimated,
}

/// 期限 / A deadline.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DueDateView {
    /// 期限届满日 / The day on which it ends.
    #[schema(examples("2026-02-27"))]
    due_on: NaiveDate,
    /// 依据是否为已发布的放假通知 / Whether the notices that it rests on are out.
    calendar_status: CalendarStatus,
    /// 所依据的各年度日历版本，`~` 为预估 / Versions of the calendar years that it rests on; `~` is an estimate.
    #[schema(max_length = 200, pattern = "^[0-9v~,]+$", examples("2026v1"))]
    calendar: String,
}

#[utoipa::path(
    operation_id = "computeDueDate",
    tag = tag::REFERENCE,
    summary = "计算期限届满日 / Compute a due date",
    description = "自起算日次日起数若干工作日（《民法典》第二百零一条、第二百零三条）/ Counts working days from the day after the given one (Civil Code, Articles 201 and 203).",
    params(DueQuery),
    responses((status = 200, body = DueDateView, description = "期限 / The deadline")),
)]
#[get("/v1/working-days/due-date")]
pub(crate) async fn compute_due_date(caller: Caller, query: Query<DueQuery>) -> Answer {
    caller.authorize(&CONFIGURATION_READ, &Association)?;
    let Query(DueQuery { from, workdays }) = query;
    let calendar = calendar::current(caller.store()).await?;
    let due = calendar.add(from, workdays.into());
    let view = DueDateView {
        due_on: due.on,
        calendar_status: if due.estimated { CalendarStatus::Estimated } else { CalendarStatus::Published },
        calendar: calendar.basis(from, due.on),
    };
    Ok(Reply::ok(&view)?)
}
