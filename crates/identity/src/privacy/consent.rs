//! Consent to the notice, by account and version, until it is taken back (个人信息保护法 14, 15).

use gongjian_kernel::{Event, Refusal, Result, Work, policy};
use sea_orm::sea_query::Expr;
use sea_orm::{QuerySelect as _, entity::prelude::*};
use serde_json::json;

use super::event::{CONSENT_GIVEN, CONSENT_WITHDRAWN};
use super::fault::{CONSENT_NOT_FOUND, NOTICE_OUTDATED};
use super::{PrivacyPolicy, person_of};
use crate::account::{AccountId, store as accounts};
use crate::session::account_of;

gongjian_kernel::ids! {
    /// A consent.
    ConsentId;
}

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use super::ConsentId;
    use crate::account::AccountId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "consent")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ConsentId,
        pub account_id: AccountId,
        pub notice_version: i32,
        pub given_at: DateTimeUtc,
        pub withdrawn_at: Option<DateTimeUtc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as Consent;

/// Consents to the notice in its present version. Whoever has done so already has done so.
pub async fn give(work: &mut Work<'_>, notice_version: i32) -> Result<Consent> {
    let (account_id, person) = (account_of(work.actor())?, person_of(work.actor())?);
    if policy::within::<PrivacyPolicy>(work).await?.value.notice_version != notice_version {
        return Err(Refusal::of(&NOTICE_OUTDATED));
    }
    accounts::lock(work, account_id).await?;
    let standing = row::Entity::find()
        .filter(row::Column::AccountId.eq(account_id))
        .filter(row::Column::NoticeVersion.eq(notice_version))
        .filter(row::Column::WithdrawnAt.is_null())
        .one(work.tx())
        .await?;
    if let Some(standing) = standing {
        return Ok(standing);
    }
    let consent = Consent { id: work.new_id(), account_id, notice_version, given_at: work.now(), withdrawn_at: None };
    let active: row::ActiveModel = consent.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    work.record(Event::new(&CONSENT_GIVEN, person.0, said(&consent)));
    Ok(consent)
}

/// Takes one's own consent back. Another's is not there.
pub async fn withdraw(work: &mut Work<'_>, id: ConsentId) -> Result<Consent> {
    let (account_id, person) = (account_of(work.actor())?, person_of(work.actor())?);
    let found = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    let own = found.filter(|consent| consent.account_id == account_id && consent.withdrawn_at.is_none());
    let before = own.ok_or_else(|| Refusal::of(&CONSENT_NOT_FOUND))?;
    end_all(work, account_id).await?;
    let consent = Consent { withdrawn_at: Some(work.now()), ..before };
    work.record(Event::new(&CONSENT_WITHDRAWN, person.0, said(&consent)));
    Ok(consent)
}

fn said(consent: &Consent) -> serde_json::Value {
    json!({ "consent": consent.id, "notice_version": consent.notice_version })
}

/// Ends whatever an account has consented to: taking back the present consent leaves no older one.
pub(super) async fn end_all(work: &Work<'_>, account: AccountId) -> Result<()> {
    row::Entity::update_many()
        .col_expr(row::Column::WithdrawnAt, Expr::val(work.now()))
        .filter(row::Column::AccountId.eq(account))
        .filter(row::Column::WithdrawnAt.is_null())
        .exec(work.tx())
        .await?;
    Ok(())
}
