//! Article 18: street branches. Who presides beside the secretary is what the members agree on; turns follow each other
//! without gap; the eight duties are the year's work; members say what they need.

use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};
use uuid::Uuid;

mod leadership;
mod rotation;
mod work;

const STREET: &str = "990106003";
const OTHER_STREET: &str = "990106007";

/// A branch with its secretary and three members of its street.
struct Branch {
    app: App,
    id: Uuid,
    secretary: Persona,
    units: Vec<TestUnit>,
    people: Vec<Persona>,
}

async fn branch() -> Branch {
    let app = App::start().await;
    let secretary = app.branch(STREET).await;
    let id = app.branch_body(STREET).await;
    let (mut units, mut people) = (Vec::new(), Vec::new());
    for name in ["云栖材料科学研究院", "青禾实验学校", "东部实业有限公司"] {
        let unit = app.member_unit_in(STREET, name).await;
        people.push(app.representative_of(&unit).await);
        units.push(unit);
    }
    Branch { app, id, secretary, units, people }
}

impl Branch {
    async fn seen(&self) -> Thing {
        self.secretary.get(&format!("/v1/branches/{}", self.id)).await.ok()
    }

    async fn sets(&self, who: &Persona, new: Value) -> Reply {
        let path = format!("/v1/branches/{}/leadership", self.id);
        who.post(&path, new).seen(&self.seen().await).await
    }

    /// A consultation of all its members; each says this.
    async fn consultation(&self, positions: &[&str]) -> Thing {
        let new = json!({
            "body_id": self.id, "matter": "of_body", "subject": "关于会长制的协商", "text": "拟实行双会长制。",
        });
        let it = self.secretary.post("/v1/consultations", new).await.created();
        for (who, position) in self.people.iter().zip(positions) {
            let text = (*position != "support").then_some("尚有不同意见。");
            let said = json!({ "round_no": 1, "position": position, "text": text });
            who.post(&format!("/v1/consultations/{}/statements", it.id()), said).await.is(200);
        }
        it
    }

    async fn concluded(&self, positions: &[&str]) -> Thing {
        let it = self.consultation(positions).await;
        let url = format!("/v1/consultations/{}", it.id());
        let seen = self.secretary.get(&url).await.ok();
        self.secretary.post(&format!("{url}/conclude"), json!({})).seen(&seen).await.ok()
    }

    /// All its members agree.
    async fn consensus(&self) -> Thing {
        let it = self.concluded(&["support", "support", "support"]).await;
        assert_eq!(it["status"], "consensus");
        it
    }

    async fn dual(&self) -> Thing {
        let by = self.consensus().await;
        let new = json!({ "mode": "dual", "unit_ids": [self.units[0].id], "consultation_id": by.id() });
        self.sets(&self.secretary, new).await.ok()
    }

    /// The first two in turn, for six months each, from 1 January 2027.
    async fn rotating(&self) -> Thing {
        self.dual().await;
        let by = self.consensus().await;
        let new = json!({
            "mode": "dual_rotating", "unit_ids": [self.units[0].id, self.units[1].id], "since": "2026-11-20",
            "consultation_id": by.id(),
        });
        self.sets(&self.secretary, new).await.ok()
    }

    async fn rotation(&self) -> Thing {
        self.people[2].get(&format!("/v1/branches/{}/rotation?terms=8", self.id)).await.ok()
    }
}

/// The names and days of terms, in short.
fn turns(terms: &Value) -> Vec<(String, String)> {
    let of = |term: &Value, member: &str| term[member].as_str().unwrap_or_default().to_owned();
    terms.as_array().unwrap().iter().map(|term| (of(&term["unit"], "name"), of(term, "valid_from"))).collect()
}

/// A term, a proposal to swap it, an item of work, a need and a mass organisation of the unit's street.
pub(crate) struct Affairs {
    pub(crate) branch: Uuid,
    pub(crate) term: String,
    pub(crate) change: String,
    pub(crate) work: String,
    pub(crate) need: String,
    pub(crate) organisation: String,
}

pub(crate) async fn affairs(app: &App, unit: &TestUnit, other: &TestUnit) -> Affairs {
    let branch = app.branch_body(&unit.street).await;
    let (secretary, office) = (app.branch(&unit.street).await, app.secretariat().await);
    let url = format!("/v1/branches/{branch}");
    for (mode, units) in [("dual", vec![unit.id]), ("dual_rotating", vec![unit.id, other.id])] {
        let new = json!({ "mode": mode, "unit_ids": units, "basis": "会议纪要", "agreed_on": "2026-11-01" });
        let seen = office.get(&url).await.ok();
        office.post(&format!("{url}/leadership"), new).seen(&seen).await.is(200);
    }
    let terms = office.get(&format!("{url}/rotation")).await.ok()["terms"].clone();
    let of_unit = |at: usize| terms[at]["id"].as_str().unwrap().to_owned();
    assert_eq!(terms[2]["unit"]["id"], json!(unit.id));
    // It waits for the other unit, whatever the two others say.
    let swap = format!("/v1/branch-terms/{}/swap", of_unit(2));
    let with = json!({ "other_term_id": of_unit(1), "reason": "单位搬迁。" });
    let change = secretary.post(&swap, with).await.created();
    let work = json!({ "year": 2026, "duty": "resources", "title": "错时停车共享" });
    let work = secretary.post(&format!("{url}/work-items"), work).await.created();
    let need = json!({ "unit_id": unit.id, "category": "停车", "title": "车位不足", "detail": "希望共享车位。" });
    let need = app.representative_of(unit).await.post("/v1/branch-needs", need).await.created();
    let organisation = json!({ "kind": "trade_union", "name": "街道总工会" });
    let organisation = secretary.post(&format!("{url}/mass-organisations"), organisation).await.created();
    Affairs {
        branch,
        term: of_unit(2),
        change: change.id().to_owned(),
        work: work.id().to_owned(),
        need: need.id().to_owned(),
        organisation: organisation.id().to_owned(),
    }
}
