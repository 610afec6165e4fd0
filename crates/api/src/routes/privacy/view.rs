//! What people see of their own data.

use chrono::NaiveDate;
use gongjian_governance::office::OfficeKind;
use gongjian_governance::own::{OwnExpertise, OwnService};
use gongjian_identity::privacy::consent::Consent;
use gongjian_identity::privacy::request::{self, Request, RequestKind, RequestStatus};
use gongjian_identity::privacy::reveal::{self, RevealPurpose};
use gongjian_identity::{Account, AccountState, Role, Session};
use gongjian_membership::appointment::Appointment;
use gongjian_membership::own::OwnFiling;
use gongjian_membership::unit::ContactKind;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::instant;

/// 查看记录 / A look at a number.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RevealView {
    /// 记录标识 / Id of the look.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a0a"))]
    id: Uuid,
    /// 查看人姓名 / Who looked.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("王芳"))]
    by_name: String,
    /// 查看人所凭职务 / The office that permitted it.
    #[schema(examples("secretariat_office"))]
    by_role: Role,
    /// 用途 / Purpose.
    #[schema(examples("issue_handling"))]
    purpose: RevealPurpose,
    /// 具体事由 / Reason.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("核实 QHYJ-2026-0012 号事项的现场情况"))]
    reason: String,
    /// 查看时间 / When.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    revealed_at: String,
}

impl From<reveal::RevealView> for RevealView {
    fn from(look: reveal::RevealView) -> Self {
        let reveal::RevealView { reveal, by_name } = look;
        Self {
            id: reveal.id.0,
            by_name,
            by_role: reveal.by_role,
            purpose: reveal.purpose,
            reason: reveal.reason,
            revealed_at: instant(reveal.revealed_at),
        }
    }
}

/// 个人信息权利请求 / A request about personal data.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PrivacyRequestView {
    /// 请求标识 / Id of the request.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a0b"))]
    pub(super) id: Uuid,
    /// 人员标识 / Id of the person.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    person_id: Uuid,
    /// 姓名 / Name of the person.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("李敏"))]
    name: String,
    /// 类别 / Kind.
    #[schema(examples("name_correction"))]
    kind: RequestKind,
    /// 状态 / Status.
    #[schema(examples("submitted"))]
    status: RequestStatus,
    /// 要求更正为 / The name that is asked for.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("李旻"))]
    new_name: Option<String>,
    /// 理由 / Reason.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("与身份证件不一致"))]
    reason: Option<String>,
    /// 提出时间 / Made at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    submitted_at: String,
    /// 答复期限 / Last day for the answer.
    #[schema(examples("2026-03-23"))]
    due_on: NaiveDate,
    /// 是否逾期 / Whether the answer came late, or is.
    #[schema(examples(false))]
    is_late: bool,
    /// 办结时间 / Closed at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-03-13T02:03:04.567Z"))]
    closed_at: Option<String>,
    /// 答复 / Answer.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("已核对身份证件，予以更正。"))]
    answer: Option<String>,
    /// 版本，即 ETag 的数字 / Version, the number in the ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    pub(super) version: i32,
}

impl PrivacyRequestView {
    pub(super) fn of(seen: request::RequestView, today: NaiveDate) -> Self {
        let request::RequestView { request, name } = seen;
        Self {
            id: request.id.0,
            person_id: request.person_id.0,
            name,
            kind: request.kind,
            status: request.status,
            is_late: request.is_late(today),
            new_name: request.new_name,
            reason: request.reason,
            submitted_at: instant(request.submitted_at),
            due_on: request.due_on,
            closed_at: request.closed_at.map(instant),
            answer: request.answer,
            version: request.version,
        }
    }

    pub(super) fn own(request: Request, name: &str, today: NaiveDate) -> Self {
        Self::of(request::RequestView { request, name: name.to_owned() }, today)
    }
}

/// 同意记录 / A consent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ConsentView {
    /// 同意记录标识 / Id of the consent.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a0c"))]
    id: Uuid,
    /// 所同意的版本 / Version of the notice.
    #[schema(minimum = 1, maximum = 1_000_000, examples(1))]
    notice_version: i32,
    /// 同意时间 / Given at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    given_at: String,
    /// 撤回时间 / Taken back at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-03-13T02:03:04.567Z"))]
    withdrawn_at: Option<String>,
}

impl From<Consent> for ConsentView {
    fn from(consent: Consent) -> Self {
        Self {
            id: consent.id.0,
            notice_version: consent.notice_version,
            given_at: instant(consent.given_at),
            withdrawn_at: consent.withdrawn_at.map(instant),
        }
    }
}

/// 本人的账号 / One's own account.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OwnAccount {
    /// 账号标识 / Id of the account.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"))]
    id: Uuid,
    /// 用户名 / User name.
    #[schema(max_length = 64, pattern = r"^[^\x00]*$", examples("limin"))]
    username: String,
    /// 状态 / State.
    state: AccountState,
    /// 开立时间 / Opened at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    created_at: String,
}

impl From<Account> for OwnAccount {
    fn from(account: Account) -> Self {
        Self {
            id: account.id.0,
            username: account.username,
            state: account.state,
            created_at: instant(account.created_at),
        }
    }
}

/// 本人的登录会话，含已结束的 / One's own session, ended or not.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OwnSession {
    /// 会话标识 / Id of the session.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a05"))]
    id: Uuid,
    /// 设备名称 / Name of the device.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("办公室电脑"))]
    device_name: Option<String>,
    /// 登录地址 / Address of the sign-in.
    #[schema(max_length = 45, pattern = "^[0-9a-f.:]+$", examples("192.0.2.1"))]
    ip: Option<String>,
    /// 登录时的客户端标识 / Client that signed in.
    #[schema(max_length = 512, pattern = r"^[^\x00]*$", examples("Mozilla/5.0"))]
    user_agent: Option<String>,
    /// 登录时间 / Signed in at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    created_at: String,
    /// 结束时间 / Revoked at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-03-02T03:03:04.567Z"))]
    revoked_at: Option<String>,
}

impl From<Session> for OwnSession {
    fn from(session: Session) -> Self {
        Self {
            id: session.id.0,
            device_name: session.device_name,
            ip: session.ip,
            user_agent: session.user_agent,
            created_at: instant(session.created_at),
            revoked_at: session.revoked_at.map(instant),
        }
    }
}

/// 本人的备案 / A filing of oneself.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OwnFilingView {
    /// 单位标识 / Id of the unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Uuid,
    /// 单位名称 / Name of the unit.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    unit_name: String,
    /// 类别 / Kind.
    #[schema(examples("representative"))]
    kind: ContactKind,
    /// 职务 / Post in the unit.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("党委副书记"))]
    post: String,
    /// 备案日期 / Filed on.
    #[schema(examples("2026-01-12"))]
    filed_on: NaiveDate,
    /// 任职起始 / Since.
    #[schema(value_type = DateTime<Utc>, examples("2026-01-12T02:03:04.567Z"))]
    since: String,
    /// 任职终止；现任为空 / Until; null while it lasts.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-10-01T02:03:04.567Z"))]
    until: Option<String>,
}

impl From<OwnFiling> for OwnFilingView {
    fn from(filing: OwnFiling) -> Self {
        Self {
            unit_id: filing.unit_id.0,
            unit_name: filing.unit_name,
            kind: filing.kind,
            post: filing.post,
            filed_on: filing.filed_on,
            since: instant(filing.since),
            until: filing.until.map(instant),
        }
    }
}

/// 本人的公职或本会职务 / A time of one's own in a post, or in an office of the association.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OwnServiceView {
    /// 本会职务；公职为空 / The office; null of a public post.
    kind: Option<OfficeKind>,
    /// 公职或机构名称 / What the post or the body is called.
    #[schema(max_length = 130, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院院长"))]
    of: String,
    /// 任职之日 / First day.
    #[schema(examples("2026-01-08"))]
    since: NaiveDate,
    /// 离任之日（当日不再任职）；未定为空 / The first day after; null where none is known.
    #[schema(examples("2026-11-20"))]
    until: Option<NaiveDate>,
    /// 任职依据 / What it rests on.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("青党干〔2026〕18号"))]
    basis: String,
}

impl From<OwnService> for OwnServiceView {
    fn from(it: OwnService) -> Self {
        Self { kind: it.kind, of: it.of, since: it.since, until: it.until, basis: it.basis }
    }
}

/// 作为咨询专家的本人资料 / Oneself on the list of experts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OwnExpertiseView {
    /// 工作单位 / Employer.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("青禾大学"))]
    employer_name: String,
    /// 简历 / Biography.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("长期从事党建研究。"))]
    biography: String,
    /// 专业领域 / Fields.
    #[schema(max_items = 100, max_length = 40, pattern = r"^[^\x00]*$", examples("党的建设"))]
    fields: Vec<String>,
}

impl From<OwnExpertise> for OwnExpertiseView {
    fn from(it: OwnExpertise) -> Self {
        Self { employer_name: it.employer_name, biography: it.biography, fields: it.fields }
    }
}

/// 本人的任职 / An appointment of oneself.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OwnAppointment {
    /// 任职标识 / Id of the appointment.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a08"))]
    id: Uuid,
    /// 职务 / Office.
    #[schema(examples("department_handler"))]
    role: Role,
    /// 任职单位 / The unit that it is held for.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 任职街道 / The street that it is held for.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: Option<String>,
    /// 任职依据 / What it rests on.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("青党干〔2026〕18号"))]
    basis: String,
    /// 任职起始 / Since.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    since: String,
    /// 任职终止；现任为空 / Until; null while it is held.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-13T02:03:04.567Z"))]
    until: Option<String>,
}

impl From<Appointment> for OwnAppointment {
    fn from(appointment: Appointment) -> Self {
        Self {
            id: appointment.id.0,
            role: appointment.role,
            unit_id: appointment.unit_id.map(|unit| unit.0),
            street_code: appointment.street_code,
            basis: appointment.basis,
            since: instant(appointment.since),
            until: appointment.until.map(instant),
        }
    }
}
