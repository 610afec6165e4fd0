//! The whole network on one page (Articles 16–19, 22).

use actix_web::get;
use gongjian_kernel::Result;
use gongjian_ledger::network::{Network, Open, network};
use gongjian_membership::unit::queries::all_names;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::branches::BranchView;
use super::committees::CommitteeView;
use super::issues::Names;
use super::zones::ZoneView;
use crate::document::tag;
use crate::extract::Caller;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_network);
}

/// 未办结事项 / What is open.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenMatters {
    /// 台账上未销号的事项 / Issues of the ledger that are not cancelled.
    #[schema(minimum = 0, examples(3))]
    issues: u64,
    /// 未结束的联席会、地区事务协调会 / Conferences that are not over.
    #[schema(minimum = 0, examples(1))]
    conferences: u64,
}

impl From<Open> for OpenMatters {
    fn from(it: Open) -> Self {
        Self { issues: it.issues, conferences: it.conferences }
    }
}

/// 专委会及其未办结事项 / A committee with what is open.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NetworkCommittee {
    /// 专委会 / The committee.
    committee: CommitteeView,
    /// 未办结 / What is open.
    open: OpenMatters,
}

/// 街道分会及其未办结事项 / A branch with what is open.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NetworkBranch {
    /// 街道分会 / The branch.
    branch: BranchView,
    /// 未办结 / What is open.
    open: OpenMatters,
}

/// 功能区及其未办结事项 / A zone with what is open.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NetworkZone {
    /// 功能区 / The zone.
    zone: ZoneView,
    /// 未办结；事项为其街道的事项 / What is open; issues are those of its streets.
    open: OpenMatters,
}

/// 工作网络 / The network that does the work.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NetworkView {
    /// 专业研究委员会 / Committees.
    #[schema(max_items = 1000)]
    committees: Vec<NetworkCommittee>,
    /// 街道分会 / Street branches.
    #[schema(max_items = 1000)]
    branches: Vec<NetworkBranch>,
    /// 功能区 / Functional zones.
    #[schema(max_items = 1000)]
    zones: Vec<NetworkZone>,
}

impl NetworkView {
    fn of(found: Network, names: &Names, today: chrono::NaiveDate) -> Self {
        let committee =
            |(it, open): (_, Open)| NetworkCommittee { committee: CommitteeView::from(it), open: open.into() };
        let branch = |(it, open): (_, Open)| NetworkBranch { branch: BranchView::of(it, names), open: open.into() };
        let zone = |(it, open): (_, Open)| NetworkZone { zone: ZoneView::of(it, names, today), open: open.into() };
        Self {
            committees: found.committees.into_iter().map(committee).collect(),
            branches: found.branches.into_iter().map(branch).collect(),
            zones: found.zones.into_iter().map(zone).collect(),
        }
    }
}

#[utoipa::path(
    operation_id = "getNetwork",
    tag = tag::BODIES,
    summary = "查看工作网络 / Read the whole network",
    description = "第十六至十九条：今日的专业研究委员会、街道分会、功能区及其负责人和未办结事项，一次取得 / Articles 16 to 19: the committees, branches and zones of today with who leads them and what is open, in one answer.",
    responses((status = 200, body = NetworkView, description = "工作网络 / The network")),
)]
#[get("/v1/network")]
pub(crate) async fn get_network(caller: Caller) -> Answer {
    let store = caller.store();
    let found = network(store, &caller.act.actor).await?;
    Ok(shown(found, &*all_names(store).await?, store.today())?)
}

fn shown(found: Network, names: &Names, today: chrono::NaiveDate) -> Result<Reply> {
    Reply::ok(&NetworkView::of(found, names, today))
}
