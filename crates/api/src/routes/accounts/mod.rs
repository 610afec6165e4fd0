//! Accounts, for the system administrator; who administers, for the security administrator.

mod guard;
mod input;
mod manage;
mod open;
mod view;

use actix_web::{get, web};
use gongjian_identity::account::{self, AccountFilter, AccountId};
use gongjian_kernel::actor::authorize;
use gongjian_kernel::{Permission, Result};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::document::tag;
use crate::extract::{Caller, Filter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use input::AccountQuery;
use view::AccountView;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_accounts)
        .configure(open::configure)
        .service(get_account)
        .configure(manage::configure)
        .configure(guard::configure);
}

#[utoipa::path(
    operation_id = "listAccounts",
    tag = tag::ADMINISTRATION,
    summary = "账号列表 / List accounts",
    description = "全部账号及其现任职务，按开立先后 / All accounts with the offices they hold, in the order in which they were opened.",
    params(Paging, AccountQuery),
    responses((status = 200, body = PageOf<AccountView>, description = "一页 / One page")),
)]
#[get("/v1/accounts")]
pub(crate) async fn list_accounts(caller: Caller, query: Filter<AccountQuery>) -> Answer {
    let filter = AccountFilter { state: query.by.state };
    let cursor = query.page.cursor.as_deref();
    let page =
        account::list(caller.store(), caller.identity(), &caller.act.actor, &filter, cursor, query.page.limit).await?;
    Ok(query.reply(&PageOf::of(page, AccountView::from))?)
}

#[utoipa::path(
    operation_id = "getAccount",
    tag = tag::ADMINISTRATION,
    summary = "查看账号 / Read an account",
    description = "账号、人员与现任职务；电话号码隐去中段 / The account, its person and the offices it holds; the phone number is masked.",
    params(("account_id" = Uuid, Path, description = "账号标识 / Id of the account", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06")),
    responses((status = 200, body = AccountView, description = "账号 / The account")),
)]
#[get("/v1/accounts/{account_id}")]
pub(crate) async fn get_account(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let known =
        account::get(caller.store(), caller.identity(), &caller.act.actor, AccountId(path.into_inner())).await?;
    let version = known.account.version;
    Ok(Reply::ok(&AccountView::from(known))?.etag(version))
}

/// May the caller do this to the account, as far as office goes?
async fn may(caller: &Caller, id: AccountId, wanted: &Permission) -> Result<()> {
    let known = account::get(caller.store(), caller.identity(), &caller.act.actor, id).await?;
    authorize(&caller.act.actor, wanted, &gongjian_identity::action::ACCOUNT_READ, &known.account)
}
