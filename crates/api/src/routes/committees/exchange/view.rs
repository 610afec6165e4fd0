//! Exchange events and sign-ups in answers.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_committees::committee::action::{EXCHANGE_HOST, EXCHANGE_SIGN_UP};
use gongjian_committees::committee::exchange::{
    ExchangeAction, ExchangeKind, ExchangeOnFile, ExchangeStatus, SignUpAction, SignUpOnFile, SignUpStatus,
};
use gongjian_kernel::Actor;
use gongjian_kernel::lifecycle::Lifecycle as _;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::{Names, UnitRef, instant};
use crate::routes::offices::Named;

/// 交流活动 / An exchange event of a committee.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ExchangeEventView {
    /// 活动标识 / Id of the event.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1751"))]
    id: Uuid,
    /// 专委会 / The committee.
    committee: Named,
    /// 类别 / Kind.
    kind: ExchangeKind,
    /// 名称 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("科研院所党建经验交流会"))]
    title: String,
    /// 内容 / What it is about.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("三家院所介绍支部建在课题组上的做法。"))]
    detail: String,
    /// 开始时间 / When it starts.
    #[schema(value_type = DateTime<Utc>, examples("2026-12-10T01:00:00.000Z"))]
    starts_at: String,
    /// 地点 / Where.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("区委党校报告厅"))]
    place: String,
    /// 报名截止日期，含当日；空则至活动开始 / Last day for signing up, included; to its beginning where absent.
    #[schema(examples("2026-12-08"))]
    sign_up_until: Option<NaiveDate>,
    /// 名额；空则不限 / How many units can take part; any number where absent.
    #[schema(minimum = 1, maximum = 10_000, examples(30))]
    capacity: Option<i32>,
    /// 已报名单位数 / How many units have signed up.
    #[schema(minimum = 0, examples(12))]
    sign_up_count: i64,
    /// 剩余名额；不限名额的为空 / How many places are left, where they are limited.
    #[schema(minimum = 0, examples(18))]
    places_left: Option<i64>,
    /// 此刻是否接受报名 / Whether units can sign up now.
    takes_sign_ups: bool,
    /// 状态 / Status.
    status: ExchangeStatus,
    /// 成果 / What came of it.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("形成可推广做法四条，两家单位达成共建意向。"))]
    outcome: Option<String>,
    /// 参加人数 / How many people came.
    #[schema(minimum = 0, maximum = 100_000, examples(56))]
    attendance_count: Option<i32>,
    /// 取消的理由 / Why it was cancelled.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("与区里会议冲突。"))]
    reason: Option<String>,
    /// 发布时间 / Announced at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    announced_at: String,
    /// 登记成果或取消的时间 / When its outcome was entered, or it was cancelled.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-12-11T02:03:04.567Z"))]
    ended_at: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<ExchangeAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ExchangeEventView {
    pub(super) fn of(actor: &Actor, found: ExchangeOnFile, now: DateTime<Utc>) -> Self {
        let hosts = actor.may(&EXCHANGE_HOST, &found.affair());
        let ExchangeOnFile { event: it, body, sign_ups, .. } = found;
        let has_begun = now >= it.starts_at;
        let permitted = |action: &ExchangeAction| match action {
            ExchangeAction::Hold => hosts && has_begun,
            ExchangeAction::Cancel => hosts,
        };
        let stands = body.stands_on(gongjian_kernel::clock::day(now));
        let open = it.status.open_actions().filter(permitted).filter(|_| stands);
        Self {
            allowed_actions: open.collect(),
            takes_sign_ups: stands && it.takes_sign_ups(now),
            places_left: it.capacity.map(|places| (i64::from(places) - sign_ups).max(0)),
            id: it.id.0,
            committee: Named { id: body.id.0, name: body.name },
            kind: it.kind,
            title: it.title,
            detail: it.detail,
            starts_at: instant(it.starts_at),
            place: it.place,
            sign_up_until: it.sign_up_until,
            capacity: it.capacity,
            sign_up_count: sign_ups,
            status: it.status,
            outcome: it.outcome,
            attendance_count: it.attendance_count,
            reason: it.reason,
            announced_at: instant(it.announced_at),
            ended_at: it.ended_at.map(instant),
            version: it.version,
        }
    }
}

/// 交流活动报名 / A unit takes part in an exchange event.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ExchangeSignUpView {
    /// 报名标识 / Id of the sign-up.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1752"))]
    id: Uuid,
    /// 交流活动 / The event.
    exchange_event: Named,
    /// 报名单位 / The unit.
    unit: UnitRef,
    /// 状态 / Status.
    status: SignUpStatus,
    /// 报名时间 / Signed up at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-23T02:03:04.567Z"))]
    signed_up_at: String,
    /// 取消报名时间 / Taken back at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-25T02:03:04.567Z"))]
    withdrawn_at: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<SignUpAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ExchangeSignUpView {
    pub(super) fn of(actor: &Actor, found: SignUpOnFile, names: &Names, today: NaiveDate) -> Self {
        let is_open = found.event.status == ExchangeStatus::Announced
            && found.body.stands_on(today)
            && actor.may(&EXCHANGE_SIGN_UP, &found.affair());
        let SignUpOnFile { sign_up: it, event, .. } = found;
        Self {
            allowed_actions: it.status.open_actions().filter(|_| is_open).collect(),
            id: it.id.0,
            exchange_event: Named { id: event.id.0, name: event.title },
            unit: UnitRef::of(it.unit_id, names),
            status: it.status,
            signed_up_at: instant(it.signed_up_at),
            withdrawn_at: it.withdrawn_at.map(instant),
            version: it.version,
        }
    }
}
