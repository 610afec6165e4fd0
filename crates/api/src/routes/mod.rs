//! The routes. Each resource has a module with `configure`, and one line here.
//!
//! A handler is a few lines: take what was sent, call one command or query, answer. The [`Caller`] is
//! its first argument, so that strangers get 401 before anything else. It is registered with `service()`
//! only, which puts it into the document too; a route without `#[utoipa::path]` does not compile.
//! Handlers state what is theirs (path, body, view); headers, errors, examples and the parameters that
//! every operation of a kind takes are added by [`crate::document`].
//!
//! # One thing
//! ```ignore
//! #[utoipa::path(
//!     operation_id = "getUnit",
//!     tag = tag::UNITS,
//!     summary = "查看单位 / Read a unit",
//!     description = "单位档案，含当前可进行的操作 / The unit, with what the caller may do now.",
//!     params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit")),
//!     responses((status = 200, body = UnitView, description = "单位 / The unit")),
//! )]
//! #[get("/v1/units/{unit_id}")]
//! pub(crate) async fn get_unit(caller: Caller, path: web::Path<Uuid>) -> Answer {
//!     let unit = units::get(caller.store(), &caller.act.actor, path.into_inner().into()).await?;
//!     Ok(Reply::ok(&UnitView::of(&unit))?.etag(unit.version))
//! }
//! ```
//! `etag` is for views that are the row; `etag_of_view` for those with allowed actions or lights.
//! A refused read is put on record by the edge where its refusal asks for it.
//!
//! # A collection
//! ```ignore
//! #[derive(Debug, Deserialize, IntoParams)]
//! #[serde(deny_unknown_fields)]
//! #[into_params(parameter_in = Query)]
//! pub(crate) struct UnitFilter {
//!     /// 类别，逗号分隔 / Kinds, any of.
//!     #[param(style = Form, explode = false)]
//!     kind: Option<AnyOf<UnitKind>>,
//! }
//!
//! #[utoipa::path(…, params(Paging, UnitFilter), responses((status = 200, body = PageOf<UnitView>, description = "一页 / One page")))]
//! #[get("/v1/units")]
//! pub(crate) async fn list_units(caller: Caller, filter: Filter<UnitFilter>) -> Answer {
//!     // `filter.by`, `filter.page.limit`, `filter.page.cursor`; `filter.text` is what a cursor is bound to.
//!     let page = units::list(caller.store(), &caller.act.actor, &filter.by, &filter.page, &filter.text).await?;
//!     Ok(filter.reply(&PageOf::of(page, UnitView::from))?)
//! }
//! ```
//!
//! # Creating
//! ```ignore
//! #[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
//! #[serde(deny_unknown_fields)]
//! pub(crate) struct UnitCreate { name: Text<2, 100> }
//!
//! #[utoipa::path(…, request_body = UnitCreate, responses((status = 201, body = UnitView, description = "已建立 / Made")))]
//! #[post("/v1/units")]
//! pub(crate) async fn create_unit(caller: Caller, body: Body<UnitCreate>) -> Answer {
//!     let allowed = async { caller.authorize(&CREATE, &Association) };
//!     caller.command(body, allowed, async |work, new| {
//!         let unit = units::create(work, new.clone().into()).await?;
//!         Ok(Reply::ok(&UnitView::of(&unit))?.created(format!("/v1/units/{}", unit.id)).etag(unit.version))
//!     }).await
//! }
//! ```
//! The future in the middle is awaited only where the body is not valid: 403 and 404 come before 422.
//! The command authorizes in any case.
//!
//! # An action, a merge patch
//! ```ignore
//! #[utoipa::path(…, request_body = Assignment, responses((status = 200, body = IssueView, description = "已交办 / Assigned")))]
//! #[post("/v1/issues/{issue_id}/assign")]
//! pub(crate) async fn assign_issue(caller: Caller, path: web::Path<Uuid>, if_match: IfMatch, body: Body<Assignment>) -> Answer {
//!     let id = IssueId(path.into_inner());
//!     caller.act_on(id, if_match, body, issues::may(&caller, &ASSIGN, id), async |work, target, order| {
//!         let issue = issues::assign(work, target, order.clone().into()).await?;
//!         Ok(Reply::ok(&IssueView::of(work.actor(), &issue))?.etag_of_view(issue.version))
//!     }).await
//! }
//! ```
//! `#[patch]` has `request_body(content = UnitUpdate, content_type = "application/merge-patch+json")`, and
//! its members are `Option<T>` or, where null clears, [`Patch<T>`](crate::extract::Patch); both say how.
//! A public operation says `security(())` and takes a [`Visitor`](crate::extract::Visitor). An action without fields takes `Body<NoFields>`. A handler with `IfMatch` among its
//! arguments names it in the document with `params(…, IfMatch)`. Tokens are given out with
//! `gongjian_kernel::write` and `Reply::no_store`: `act_on` and `command` keep the answer for the
//! `Idempotency-Key`.
//!
//! [`Caller`]: crate::extract::Caller

mod accounts;
mod applications;
mod appointments;
mod audit;
mod auth;
mod authority;
mod ballots;
mod bodies;
mod branches;
mod briefings;
mod calendar;
mod charter;
mod committees;
mod compliance;
mod conferences;
mod consents;
mod consultations;
mod contributions;
mod decisions;
mod dictionary;
mod directory;
mod experts;
mod filings;
mod grant_proposals;
mod health;
mod invitations;
mod issues;
mod key_projects;
mod me;
mod meetings;
mod network;
mod offices;
mod password_resets;
mod persons;
mod plans;
mod policies;
mod posts;
mod privacy;
mod problems;
mod projects;
mod second_factor;
mod sessions;
mod shown_once;
mod standing;
mod units;
mod zones;

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use compliance::without_secret;
pub(crate) use directory::{FILES, IMPORTS};
pub(crate) use health::{HEALTH_JSON, Pulse};
pub(crate) use meetings::PRINTED;
pub use standing::kinds as standing_kinds;

/// Everything under `/v1/`. Literal paths before those with parameters.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .configure(auth::configure)
        .configure(me::configure)
        .configure(sessions::configure)
        .configure(issues::configure)
        .configure(directory::configure)
        .configure(units::configure)
        .configure(applications::configure)
        .configure(appointments::configure)
        .configure(accounts::configure)
        .configure(invitations::configure)
        .configure(password_resets::configure)
        .configure(second_factor::configure)
        .configure(policies::configure)
        .configure(calendar::configure)
        .configure(dictionary::configure)
        .configure(grant_proposals::configure)
        .configure(audit::configure)
        .configure(authority::configure)
        .configure(privacy::configure)
        .configure(filings::configure)
        .configure(standing::configure)
        .configure(contributions::configure)
        .configure(posts::configure)
        .configure(offices::configure)
        .configure(bodies::configure)
        .configure(meetings::configure)
        .configure(ballots::configure)
        .configure(consultations::configure)
        .configure(consents::configure)
        .configure(committees::configure)
        .configure(decisions::configure)
        .configure(charter::configure)
        .configure(plans::configure)
        .configure(compliance::configure)
        .configure(briefings::configure)
        .configure(experts::configure)
        .configure(key_projects::configure)
        .configure(projects::configure)
        .configure(zones::configure)
        .configure(branches::configure)
        .configure(conferences::configure)
        .configure(network::configure);
}

/// What stands outside the document.
pub(crate) fn outside(config: &mut web::ServiceConfig) {
    config.configure(health::configure).configure(problems::configure);
}
