//! The life of an instrument. Whether it is in force on a day follows from days, not from here.

use gongjian_kernel::lifecycle::Lifecycle;

use crate::decision::Matter;

gongjian_kernel::words! {
    /// Articles 11(2), 11(3), 13(5).
    pub enum InstrumentKind as "instrument_kind" ("文稿类别", "Kind of instrument") {
        AnnualPlan = "annual_plan" ("年度计划", "Annual plan"),
        WorkReport = "work_report" ("工作报告", "Work report"),
        InternalRule = "internal_rule" ("内部管理制度", "Internal rule"),
    }
}

impl InstrumentKind {
    /// What a decision must be about to adopt it; the matter tells the body and the article.
    #[must_use]
    pub fn matter(self) -> Matter {
        match self {
            Self::AnnualPlan => Matter::AnnualPlan,
            Self::WorkReport => Matter::WorkReport,
            Self::InternalRule => Matter::InternalRule,
        }
    }

    #[must_use]
    pub fn article(self) -> Option<u8> {
        self.matter().decided_by().map(|(_, article)| article)
    }
}

gongjian_kernel::words! {
    /// How far an instrument has come.
    pub enum InstrumentStatus as "instrument_status" ("文稿状态", "Status of an instrument") {
        Draft = "draft" ("起草", "Draft"),
        Submitted = "submitted" ("提交审议", "In deliberation"),
        Adopted = "adopted" ("通过", "Adopted"),
        Published = "published" ("公布", "Published"),
        Discarded = "discarded" ("撤销", "Discarded"),
    }
}

gongjian_kernel::words! {
    /// What is done with an instrument.
    pub enum InstrumentAction as "instrument_action" ("文稿办理", "Action on an instrument") {
        Edit = "edit" ("修改", "Change"),
        Submit = "submit" ("提交审议", "Submit"),
        Comment = "comment" ("提出意见", "Comment"),
        Return = "return" ("退回修改", "Return"),
        Adopt = "adopt" ("登记通过", "Adopt"),
        Publish = "publish" ("公布", "Publish"),
        Abolish = "abolish" ("废止", "Abolish"),
        Discard = "discard" ("撤销", "Discard"),
    }
}

impl Lifecycle for InstrumentStatus {
    type Action = InstrumentAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [InstrumentAction] = InstrumentAction::ALL;

    /// What lies before a body is frozen. `Abolish` is for rules alone, see `rule.rs`.
    fn next(self, action: InstrumentAction) -> Option<Self> {
        match (self, action) {
            (Self::Draft, InstrumentAction::Edit) | (Self::Submitted, InstrumentAction::Return) => Some(Self::Draft),
            (Self::Draft, InstrumentAction::Submit) | (Self::Submitted, InstrumentAction::Comment) => {
                Some(Self::Submitted)
            }
            (Self::Draft, InstrumentAction::Discard) => Some(Self::Discarded),
            (Self::Submitted, InstrumentAction::Adopt) | (Self::Adopted, InstrumentAction::Abolish) => {
                Some(Self::Adopted)
            }
            (Self::Adopted, InstrumentAction::Publish) | (Self::Published, InstrumentAction::Abolish) => {
                Some(Self::Published)
            }
            (
                Self::Draft,
                InstrumentAction::Comment
                | InstrumentAction::Return
                | InstrumentAction::Adopt
                | InstrumentAction::Publish
                | InstrumentAction::Abolish,
            )
            | (
                Self::Submitted,
                InstrumentAction::Edit
                | InstrumentAction::Submit
                | InstrumentAction::Publish
                | InstrumentAction::Abolish
                | InstrumentAction::Discard,
            )
            | (
                Self::Adopted,
                InstrumentAction::Edit
                | InstrumentAction::Submit
                | InstrumentAction::Comment
                | InstrumentAction::Return
                | InstrumentAction::Adopt
                | InstrumentAction::Discard,
            )
            | (
                Self::Published,
                InstrumentAction::Edit
                | InstrumentAction::Submit
                | InstrumentAction::Comment
                | InstrumentAction::Return
                | InstrumentAction::Adopt
                | InstrumentAction::Publish
                | InstrumentAction::Discard,
            )
            | (
                Self::Discarded,
                InstrumentAction::Edit
                | InstrumentAction::Submit
                | InstrumentAction::Comment
                | InstrumentAction::Return
                | InstrumentAction::Adopt
                | InstrumentAction::Publish
                | InstrumentAction::Abolish
                | InstrumentAction::Discard,
            ) => None,
        }
    }
}
