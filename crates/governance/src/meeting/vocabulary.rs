//! The words of meetings.

use crate::body::BodyKind;
use crate::decision::Matter;

gongjian_kernel::words! {
    /// Articles 11 and 13: held in principle every year, every half-year; or besides.
    pub enum MeetingKind as "meeting_kind" ("会议类别", "Kind of meeting") {
        Regular = "regular" ("例会", "Regular"),
        Extraordinary = "extraordinary" ("临时会议", "Extraordinary"),
    }
}

gongjian_kernel::words! {
    /// Articles 11 and 13: what stands on an agenda.
    pub enum AgendaKind as "agenda_kind" ("议程类别", "Kind of agenda item") {
        /// What became of earlier decisions; its contents are those of the execution book.
        ExecutionReport = "execution_report" ("决议执行情况报告", "Report on the execution of decisions"),
        MinutesApproval = "minutes_approval" ("审定会议纪要", "Approval of minutes"),
        CharterAmendment = "charter_amendment" ("制定修订章程", "Making or amending the charter"),
        WorkReport = "work_report" ("听取审议工作报告", "Hearing the work report"),
        PolicyAndPlan = "policy_and_plan" ("讨论决定方针和年度计划", "Policy and annual plan"),
        GeneralOther = "general_other" ("决定其他重要事项", "Other important matters"),
        SecretariatReport = "secretariat_report" ("听取秘书处汇报", "Hearing the secretariat"),
        CouncilWork = "council_work" ("研究理事会工作", "Work of the council"),
        MemberQuestion = "member_question" ("研究会员提出的重要问题", "Important questions of members"),
        InternalRule = "internal_rule" ("制定内部管理制度", "Internal rules"),
        AnnualVicePresident = "annual_vice_president" ("协商产生年度执行副会长", "Annual executive vice-presidents"),
        CouncilOther = "council_other" ("决定其他重大事项", "Other matters of the council"),
        OfBody = "of_body" ("本机构事项", "A matter of the body itself"),
        Information = "information" ("通报情况", "Information"),
    }
}

impl AgendaKind {
    /// The body that alone has such items, and the article that says so.
    #[must_use]
    pub fn only_of(self) -> Option<(BodyKind, u8)> {
        match self {
            Self::CharterAmendment | Self::WorkReport | Self::PolicyAndPlan | Self::GeneralOther => {
                Some((BodyKind::GeneralMeeting, 11))
            }
            Self::SecretariatReport
            | Self::CouncilWork
            | Self::MemberQuestion
            | Self::InternalRule
            | Self::AnnualVicePresident
            | Self::CouncilOther => Some((BodyKind::Council, 13)),
            Self::ExecutionReport | Self::MinutesApproval | Self::OfBody | Self::Information => None,
        }
    }
}

/// What a regular meeting of the body has on its agenda from the start (Articles 11 and 13).
#[must_use]
pub fn template(body: BodyKind) -> &'static [(AgendaKind, &'static str, Option<Matter>)] {
    match body {
        BodyKind::GeneralMeeting => &[
            (AgendaKind::WorkReport, "听取审议理事会工作报告", Some(Matter::WorkReport)),
            (AgendaKind::PolicyAndPlan, "讨论决定工作方针和年度计划", Some(Matter::AnnualPlan)),
        ],
        BodyKind::Council => &[
            (AgendaKind::SecretariatReport, "听取秘书处工作汇报", None),
            (AgendaKind::CouncilWork, "研究理事会工作", None),
        ],
        BodyKind::Committee | BodyKind::Branch | BodyKind::ExpertCommittee => &[],
    }
}

gongjian_kernel::words! {
    /// What became of a proposed topic.
    pub enum TopicStatus as "topic_status" ("议题状态", "Status of a topic") {
        Proposed = "proposed" ("待处理", "Proposed"),
        Accepted = "accepted" ("已列入议程", "On the agenda"),
        Declined = "declined" ("未列入", "Declined"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// Who was there for a voice.
    pub enum Capacity as "attendance_capacity" ("出席身份", "Capacity of whoever attends") {
        Voice = "voice" ("本人或固定代表", "The voice itself"),
        /// Checks the unit in; the vote stays with the representative.
        Liaison = "liaison" ("联络人", "Liaison"),
        Substitute = "substitute" ("受委托人", "Substitute by written mandate"),
    }
}

gongjian_kernel::words! {
    /// How it is known that somebody was there.
    pub enum AttendanceSource as "attendance_source" ("签到方式", "How attendance was recorded") {
        Code = "code" ("动态码签到", "Checked in by code"),
        Secretariat = "secretariat" ("会务登记", "Entered by those who keep the list"),
    }
}

gongjian_kernel::words! {
    /// Whether a voice was there.
    pub enum Presence as "presence" ("出席情况", "Presence") {
        Present = "present" ("出席", "Present"),
        Excused = "excused" ("请假", "Excused"),
        Absent = "absent" ("缺席", "Absent"),
    }
}

gongjian_kernel::words! {
    /// What a written mandate covers.
    pub enum MandateScope as "mandate_scope" ("委托权限", "Scope of a mandate") {
        Speak = "speak" ("出席并发言", "Attend and speak"),
        Vote = "vote" ("出席、发言并表决", "Attend, speak and vote"),
    }
}

gongjian_kernel::words! {
    /// Where a written mandate stands.
    pub enum MandateState as "mandate_state" ("委托状态", "State of a mandate") {
        Standing = "standing" ("有效", "Standing"),
        Used = "used" ("已行使", "Used"),
        Revoked = "revoked" ("已撤销", "Revoked"),
    }
}

gongjian_kernel::words! {
    /// What became of a correction to minutes.
    pub enum CorrectionStatus as "correction_status" ("纪要更正状态", "Status of a correction") {
        Proposed = "proposed" ("待处理", "Proposed"),
        Adopted = "adopted" ("已采纳", "Adopted"),
        Declined = "declined" ("未采纳", "Declined"),
    }
}
