//! What people do with an issue, in the words of Article 23. Each verb sends what it says with ordinary
//! contents; [`Persona::acts`] sends anything.

use serde_json::{Value, json};

use crate::persona::Persona;
use crate::reply::{Reply, Thing};
use crate::units::TestUnit;

/// A difficulty of a unit, ready to be submitted.
#[must_use]
pub fn difficulty() -> Value {
    json!({
        "kind": "difficulty",
        "category": "人才服务",
        "title": "引进博士子女入学难",
        "detail": "新引进12名博士的子女面临转学，希望协调学区学位。",
    })
}

#[must_use]
pub fn suggestion() -> Value {
    json!({
        "kind": "suggestion",
        "category": "城市管理",
        "title": "建议增设共享单车停放区",
        "detail": "地铁口早高峰停放混乱，建议划定停放区并派人疏导。",
    })
}

#[must_use]
pub fn opinion() -> Value {
    json!({
        "kind": "opinion",
        "category": "交通运输",
        "title": "公交线路调整通知不及时",
        "detail": "线路调整后站牌一周未更新，职工多次误车。",
    })
}

/// The same, kept as a draft.
#[must_use]
pub fn draft(mut submission: Value) -> Value {
    submission["draft"] = json!(true);
    submission
}

/// Where an action on an issue is sent.
#[must_use]
pub fn path_of(issue: &str, action: &str) -> String {
    format!("/v1/issues/{issue}/{}", action.replace('_', "-"))
}

impl Persona {
    /// Any action with any contents, on the version that was seen.
    pub async fn acts(&self, issue: &Thing, action: &str, body: Value) -> Reply {
        if action == "edit" {
            return self.patch(&format!("/v1/issues/{}", issue.id()), body).seen(issue).await;
        }
        self.post(&path_of(issue.id(), action), body).seen(issue).await
    }

    pub async fn reads(&self, issue: &Thing) -> Reply {
        self.get(&format!("/v1/issues/{}", issue.id())).await
    }

    pub async fn submits(&self, submission: Value) -> Reply {
        self.post("/v1/issues", submission).await
    }

    pub async fn edits(&self, issue: &Thing, change: Value) -> Reply {
        self.acts(issue, "edit", change).await
    }

    pub async fn submits_draft(&self, issue: &Thing) -> Reply {
        self.acts(issue, "submit", json!({})).await
    }

    pub async fn withdraws(&self, issue: &Thing) -> Reply {
        self.acts(issue, "withdraw", json!({ "reason": "情况已经变化，不再需要协调。" })).await
    }

    pub async fn registers(&self, issue: &Thing) -> Reply {
        self.acts(issue, "register", json!({})).await
    }

    pub async fn rejects(&self, issue: &Thing) -> Reply {
        let why = json!({
            "ground": "judicial_proceedings",
            "reason": "属劳动争议，依法应当先行仲裁。",
            "channel": "向劳动人事争议仲裁委员会申请仲裁。",
        });
        self.acts(issue, "reject", why).await
    }

    pub async fn merges(&self, issue: &Thing, master: &Thing) -> Reply {
        self.acts(issue, "merge", json!({ "into_issue_id": master.id() })).await
    }

    pub async fn dispatches(&self, issue: &Thing, lead: &TestUnit, assisting: &[&TestUnit]) -> Reply {
        let assisting: Vec<_> = assisting.iter().map(|unit| unit.id).collect();
        self.acts(issue, "dispatch", json!({ "lead_unit_id": lead.id, "assisting_unit_ids": assisting })).await
    }

    pub async fn signs(&self, issue: &Thing) -> Reply {
        self.acts(issue, "sign", json!({})).await
    }

    pub async fn returns(&self, issue: &Thing) -> Reply {
        self.acts(issue, "return", json!({ "reason": "电梯安全监管职责在市场监管部门。" })).await
    }

    pub async fn contributes(&self, issue: &Thing, text: &str) -> Reply {
        self.acts(issue, "contribute", json!({ "text": text })).await
    }

    pub async fn reports(&self, issue: &Thing, text: &str) -> Reply {
        self.acts(issue, "report_progress", json!({ "text": text })).await
    }

    pub async fn asks_for(&self, issue: &Thing, workdays: u32) -> Reply {
        self.acts(issue, "request_extension", json!({ "workdays": workdays, "reason": "需与市级部门会商。" })).await
    }

    pub async fn grants_extension(&self, issue: &Thing) -> Reply {
        self.acts(issue, "decide_extension", json!({ "granted": true })).await
    }

    pub async fn refuses_extension(&self, issue: &Thing) -> Reply {
        self.acts(issue, "decide_extension", json!({ "granted": false, "note": "请按期答复。" })).await
    }

    pub async fn suspends(&self, issue: &Thing, review_on: &str) -> Reply {
        let order = json!({
            "reason": "涉及历史遗留，需市级部门明确政策。",
            "plan": "每季度与市规划部门会商一次。",
            "review_on": review_on,
        });
        self.acts(issue, "suspend", order).await
    }

    pub async fn resumes(&self, issue: &Thing) -> Reply {
        self.acts(issue, "resume", json!({})).await
    }

    pub async fn escalates(&self, issue: &Thing, extension_workdays: u32) -> Reply {
        let order = json!({
            "forum": "council",
            "meeting_no": "理事会〔2026〕2次",
            "reason": "需多部门共同解决。",
            "extension_workdays": extension_workdays,
        });
        self.acts(issue, "escalate", order).await
    }

    pub async fn concludes_meeting(&self, issue: &Thing) -> Reply {
        self.acts(issue, "conclude_meeting", json!({ "reason": "由教育局牵头落实。" })).await
    }

    pub async fn replies(&self, issue: &Thing, outcome: &str) -> Reply {
        let reply = json!({
            "outcome": outcome,
            "text": "12名学生已全部安排入学。",
            "measures": "协调三所学校增加转学学位。",
            "signed_by": "张××",
        });
        self.acts(issue, "reply", reply).await
    }

    pub async fn confirms(&self, issue: &Thing, solved: bool, satisfaction: &str) -> Reply {
        let feedback = json!({ "contacted": true, "solved": solved, "satisfaction": satisfaction });
        self.acts(issue, "confirm", feedback).await
    }

    pub async fn rules_on(&self, issue: &Thing) -> Reply {
        self.acts(issue, "rule", json!({ "reason": "两轮办理已尽职，予以核定。" })).await
    }

    pub async fn reopens(&self, issue: &Thing) -> Reply {
        self.acts(issue, "reopen", json!({ "reason": "问题再次出现。" })).await
    }

    /// 销号
    pub async fn cancels(&self, issue: &Thing) -> Reply {
        self.acts(issue, "cancel", json!({})).await
    }

    pub async fn urges(&self, issue: &Thing) -> Reply {
        self.acts(issue, "urge", json!({ "reason": "请抓紧办理。" })).await
    }

    pub async fn supervises(&self, issue: &Thing, level: &str) -> Reply {
        self.acts(issue, "supervise", json!({ "level": level, "reason": "请于三日内报告进展。" })).await
    }

    pub async fn excludes_feedback(&self, issue: &Thing) -> Reply {
        self.acts(issue, "exclude_feedback", json!({ "reason": "不属于承办部门职责。" })).await
    }

    /// What happened to the issue, oldest first.
    pub async fn history_of(&self, issue: &Thing) -> Vec<Value> {
        self.get(&format!("/v1/issues/{}/events?limit=200", issue.id())).await.rows()
    }

    /// The same by the kind of event alone.
    pub async fn events_of(&self, issue: &Thing) -> Vec<String> {
        let kinds = self.history_of(issue).await;
        kinds.iter().map(|event| event["kind"].as_str().unwrap().trim_start_matches("issue.").to_owned()).collect()
    }
}
