//! What the charter itself says: the bodies of which there is one, and which post holds which office. The
//! association may move an office to another post later.

use chrono::{DateTime, NaiveDate};
use sea_orm_migration::prelude::*;
use uuid::Uuid;

const SERIES: u128 = 0x0198_0000_0000_7000_8000_0000_0000_0000;
const COUNCIL: u128 = SERIES + 0x13;

/// Id, kind, code, name.
const BODIES: [(u128, &str, &str, &str); 3] = [
    (SERIES + 0x11, "general_meeting", "GM", "会员大会"),
    (COUNCIL, "council", "COUNCIL", "理事会"),
    (SERIES + 0x15, "expert_committee", "EXPERTS", "党建专家咨询委员会"),
];

pub(super) const PARTY_SECRETARY: u128 = SERIES + 0x1201;
pub(super) const GOVERNMENT_HEAD: u128 = SERIES + 0x1202;
pub(super) const ORGANISATION_HEAD: u128 = SERIES + 0x1203;
const ORGANISATION_DEPUTY: u128 = SERIES + 0x1204;

/// Articles 12 and 13. Id, kind, name.
const POSTS: [(u128, &str, &str); 4] = [
    (PARTY_SECRETARY, "party_secretary", "区委书记"),
    (GOVERNMENT_HEAD, "government_head", "区委副书记、区政府区长"),
    (ORGANISATION_HEAD, "organisation_head", "区委常委、组织部部长"),
    (ORGANISATION_DEPUTY, "organisation_deputy", "区委组织部分管党建工作的副部长"),
];

/// Id, office, post, article.
const OFFICES: [(u128, &str, u128, &str); 5] = [
    (SERIES + 0x1211, "president", PARTY_SECRETARY, "章程第十二条"),
    (SERIES + 0x1212, "standing_vice_president_government", GOVERNMENT_HEAD, "章程第十二条"),
    (SERIES + 0x1213, "standing_vice_president_organisation", ORGANISATION_HEAD, "章程第十二条"),
    (SERIES + 0x1214, "secretary_general", ORGANISATION_HEAD, "章程第十三条"),
    (SERIES + 0x1215, "office_director", ORGANISATION_DEPUTY, "章程第十三条"),
];

/// The charter was there before this software; nobody has told since when.
fn beginning() -> NaiveDate {
    NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default()
}

pub(super) async fn seed(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let (from, known) = (beginning(), DateTime::from_timestamp(946_684_800, 0).unwrap_or_default());
    let id = Uuid::from_u128;
    for (body, kind, code, name) in BODIES {
        let row = Query::insert()
            .into_table("body")
            .columns(["id", "kind", "code", "name", "version"])
            .values_panic([id(body).into(), kind.into(), code.into(), name.into(), 1.into()])
            .to_owned();
        manager.execute(row).await?;
    }
    for (post, kind, name) in POSTS {
        let row = Query::insert()
            .into_table("post")
            .columns(["id", "kind", "name", "recorded_at", "version"])
            .values_panic([id(post).into(), kind.into(), name.into(), known.into(), 1.into()])
            .to_owned();
        manager.execute(row).await?;
    }
    for (tenure, kind, post, basis) in OFFICES {
        let slot = format!("{kind}:{}", id(COUNCIL));
        let row = Query::insert()
            .into_table("office_tenure")
            .columns(["id", "version", "kind", "body_id", "post_id", "slot", "valid_from", "basis", "recorded_at"])
            .values_panic([
                id(tenure).into(),
                1.into(),
                kind.into(),
                id(COUNCIL).into(),
                id(post).into(),
                slot.into(),
                from.into(),
                basis.into(),
                known.into(),
            ])
            .to_owned();
        manager.execute(row).await?;
    }
    Ok(())
}
