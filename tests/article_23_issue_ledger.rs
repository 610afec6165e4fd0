//! Article 23 「对会员单位提出的困难、建议和意见进行编号登记，责成相关党政部门处理，协调会员单位协助；一事一号，一办一销」

mod clock;
mod confirmation;
mod duties;
mod handling;
mod intake;
mod journey;
mod lifecycle;
mod lists;
mod numbers;
mod statistics;

use gongjian_testkit::App;
use serde_json::Value;

/// Changes members of the ledger's policy.
async fn change_policy(app: &App, change: Value) {
    app.administrator().await.patch("/v1/policies/ledger", change).header("if-match", "*").await.is(200);
}
