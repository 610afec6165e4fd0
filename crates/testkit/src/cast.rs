//! The people and units of one issue, and issues brought to a state by them.

use gongjian_ledger::vocabulary::{IssueAction, IssueStatus};
use serde_json::{Value, json};

use crate::app::App;
use crate::persona::Persona;
use crate::reply::Thing;
use crate::units::TestUnit;
use crate::verbs::{difficulty, draft};

/// One submitting unit, one department, one unit that assists, and the secretariat.
#[derive(Debug, Clone)]
pub struct Cast {
    pub app: App,
    pub unit: TestUnit,
    pub representative: Persona,
    pub liaison: Persona,
    pub bureau: TestUnit,
    pub handler: Persona,
    pub school: TestUnit,
    pub helper: Persona,
    pub office: Persona,
    pub general: Persona,
    /// Of the branch of the unit's street.
    pub president: Persona,
}

impl App {
    pub async fn cast(&self) -> Cast {
        let unit = self.member_unit("云栖材料科学研究院").await;
        let bureau = self.department_unit("青禾区教育局").await;
        let school = self.member_unit("青禾实验学校").await;
        Cast {
            app: self.clone(),
            representative: self.representative_of(&unit).await,
            liaison: self.liaison_of(&unit).await,
            handler: self.department(&bureau).await,
            helper: self.liaison_of(&school).await,
            office: self.secretariat().await,
            general: self.secretary_general().await,
            president: self.branch(&unit.street).await,
            unit,
            bureau,
            school,
        }
    }
}

impl Cast {
    pub async fn submitted(&self) -> Thing {
        self.representative.submits(difficulty()).await.created()
    }

    /// Of the branch's level: the branch of its street looks first.
    pub async fn before_its_branch(&self) -> Thing {
        self.app.branch_body(&self.unit.street).await;
        let mut submission = difficulty();
        submission["level"] = json!("branch");
        self.representative.submits(submission).await.created()
    }

    pub async fn registered(&self) -> Thing {
        self.office.registers(&self.submitted().await).await.ok()
    }

    pub async fn dispatched(&self) -> Thing {
        self.office.dispatches(&self.registered().await, &self.bureau, &[&self.school]).await.ok()
    }

    pub async fn signed(&self) -> Thing {
        self.handler.signs(&self.dispatched().await).await.ok()
    }

    pub async fn in_progress(&self) -> Thing {
        self.handler.reports(&self.signed().await, "已与三所学校对接学位。").await.ok()
    }

    pub async fn replied(&self) -> Thing {
        self.handler.replies(&self.in_progress().await, "resolved").await.ok()
    }

    pub async fn confirmed(&self) -> Thing {
        self.representative.confirms(&self.replied().await, true, "satisfied").await.ok()
    }

    pub async fn closed(&self) -> Thing {
        self.office.cancels(&self.confirmed().await).await.ok()
    }

    /// The submitter objects twice.
    pub async fn disputed(&self) -> Thing {
        let again = self.representative.confirms(&self.replied().await, false, "dissatisfied").await.ok();
        let replied = self.handler.replies(&again, "resolved").await.ok();
        self.representative.confirms(&replied, false, "dissatisfied").await.ok()
    }

    /// An issue in that state, brought there by those whose business it is.
    pub async fn issue_in(&self, status: IssueStatus) -> Thing {
        let issue = match status {
            IssueStatus::Draft => self.representative.submits(draft(difficulty())).await.created(),
            IssueStatus::BranchReview => self.before_its_branch().await,
            IssueStatus::BranchSettled => {
                let issue = self.before_its_branch().await;
                let answer = json!({ "reason": "分会已协调共享车位。" });
                self.app.branch(&self.unit.street).await.acts(&issue, "settle", answer).await.ok()
            }
            IssueStatus::Submitted => self.submitted().await,
            IssueStatus::Registered => self.registered().await,
            IssueStatus::Dispatched => self.dispatched().await,
            IssueStatus::Returned => self.handler.returns(&self.dispatched().await).await.ok(),
            IssueStatus::Signed => self.signed().await,
            IssueStatus::InProgress => self.in_progress().await,
            IssueStatus::JointMeeting => self.office.escalates(&self.in_progress().await, 0).await.ok(),
            IssueStatus::Suspended => self.general.suspends(&self.in_progress().await, &self.review_day()).await.ok(),
            IssueStatus::AwaitingConfirmation => self.replied().await,
            IssueStatus::Disputed => self.disputed().await,
            IssueStatus::Confirmed => self.confirmed().await,
            IssueStatus::Closed => self.closed().await,
            IssueStatus::Rejected => self.office.rejects(&self.submitted().await).await.ok(),
            IssueStatus::Merged => self.office.merges(&self.submitted().await, &self.registered().await).await.ok(),
            IssueStatus::Withdrawn => self.representative.withdraws(&self.registered().await).await.ok(),
        };
        assert_eq!(issue["status"], status.as_str());
        issue
    }

    /// A month from now.
    #[must_use]
    pub fn review_day(&self) -> String {
        (self.app.store().today() + chrono::Days::new(30)).to_string()
    }

    /// Whose business the action is.
    #[must_use]
    pub fn whose(&self, action: IssueAction) -> &Persona {
        match action {
            IssueAction::Edit
            | IssueAction::Submit
            | IssueAction::Withdraw
            | IssueAction::Insist
            | IssueAction::Confirm => &self.representative,
            IssueAction::PassOn | IssueAction::Settle => &self.president,
            IssueAction::Sign
            | IssueAction::Return
            | IssueAction::ReportProgress
            | IssueAction::RequestExtension
            | IssueAction::Reply => &self.handler,
            IssueAction::Contribute => &self.helper,
            IssueAction::Suspend => &self.general,
            IssueAction::Register
            | IssueAction::Reject
            | IssueAction::Merge
            | IssueAction::Dispatch
            | IssueAction::Reassign
            | IssueAction::DecideExtension
            | IssueAction::Resume
            | IssueAction::Escalate
            | IssueAction::ConcludeMeeting
            | IssueAction::AutoConfirm
            | IssueAction::Refer
            | IssueAction::Dispute
            | IssueAction::Rule
            | IssueAction::Reopen
            | IssueAction::Cancel
            | IssueAction::Urge
            | IssueAction::Supervise
            | IssueAction::ExcludeFeedback => &self.office,
        }
    }

    /// What the action is sent with; `None` where nobody can send it.
    #[must_use]
    pub fn contents(&self, action: IssueAction, master: &Thing) -> Option<Value> {
        let reason = || json!({ "reason": "按程序办理。" });
        Some(match action {
            IssueAction::AutoConfirm | IssueAction::Dispute | IssueAction::Refer => return None,
            IssueAction::Edit => json!({ "title": "引进博士子女入学难（补充）" }),
            IssueAction::Submit
            | IssueAction::PassOn
            | IssueAction::Register
            | IssueAction::Sign
            | IssueAction::Resume
            | IssueAction::Cancel => json!({}),
            IssueAction::Withdraw
            | IssueAction::Return
            | IssueAction::Settle
            | IssueAction::Insist
            | IssueAction::ConcludeMeeting
            | IssueAction::Rule
            | IssueAction::Reopen
            | IssueAction::Urge
            | IssueAction::ExcludeFeedback => reason(),
            IssueAction::Reject => {
                json!({ "ground": "judicial_proceedings", "reason": "属劳动争议。", "channel": "申请仲裁。" })
            }
            IssueAction::Merge => json!({ "into_issue_id": master.id() }),
            IssueAction::Dispatch => json!({ "lead_unit_id": self.bureau.id, "assisting_unit_ids": [self.school.id] }),
            IssueAction::Reassign => json!({ "lead_unit_id": self.bureau.id }),
            IssueAction::Contribute | IssueAction::ReportProgress => json!({ "text": "已对接。" }),
            IssueAction::RequestExtension => json!({ "workdays": 5, "reason": "需会商。" }),
            IssueAction::DecideExtension => json!({ "granted": true }),
            IssueAction::Suspend => {
                json!({ "reason": "待政策。", "plan": "每季会商。", "review_on": self.review_day() })
            }
            IssueAction::Escalate => json!({ "forum": "council", "reason": "需会商。" }),
            IssueAction::Reply => {
                json!({ "outcome": "resolved", "text": "已安排。", "measures": "已协调。", "signed_by": "张××" })
            }
            IssueAction::Confirm => json!({ "contacted": true, "solved": true, "satisfaction": "satisfied" }),
            IssueAction::Supervise => json!({ "level": "l3_sheet", "reason": "请报告进展。" }),
        })
    }
}
