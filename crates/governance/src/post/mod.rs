//! Public posts (区委书记, a street's party secretary, the head of a unit) and who holds them over time
//! (Articles 12, 13, 25). Valid time is civil days of Shanghai, the end excluded; record time is instants. What was
//! wrong is superseded by what is right; nothing is deleted or overwritten.

pub mod action;
pub mod commands;
pub mod event;
pub mod fault;
mod moment;
pub mod queries;
pub(crate) mod store;

pub use action::PostInQuestion;
pub use commands::{Correction, NewHolder, NewPost};
pub use moment::Moment;
pub use queries::{HolderOnFile, PostFilter, PostOnFile};
pub use store::holding::Model as Holding;
pub use store::row::Model as Post;

pub const WORDS: &[gongjian_kernel::words::WordList] = &[PostKind::WORDS];

gongjian_kernel::ids! {
    /// A public post.
    PostId;
    /// A person's time in a post.
    HoldingId;
}

/// The posts that the charter itself names; they are on file from the beginning.
pub const PARTY_SECRETARY: PostId = PostId(uuid::Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_1201));
pub const GOVERNMENT_HEAD: PostId = PostId(uuid::Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_1202));
pub const ORGANISATION_HEAD: PostId = PostId(uuid::Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_1203));
pub const ORGANISATION_DEPUTY: PostId = PostId(uuid::Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_1204));

gongjian_kernel::words! {
    /// Articles 12, 13, 18: the posts that offices rest on.
    pub enum PostKind as "post_kind" ("公职类别", "Kind of post") {
        PartySecretary = "party_secretary" ("区委书记", "Secretary of the district party committee"),
        GovernmentHead = "government_head" ("区委副书记、区长", "Head of the district government"),
        OrganisationHead = "organisation_head" ("区委常委、组织部部长", "Head of the organisation department"),
        OrganisationDeputy = "organisation_deputy" ("组织部分管党建工作的副部长", "Deputy head for party building"),
        StandingCommitteeMember = "standing_committee_member" ("区委常委", "Member of the district standing committee"),
        StreetSecretary = "street_secretary" ("街道党工委书记", "Party secretary of a street"),
        UnitHead = "unit_head" ("单位负责人", "Head of a unit"),
        Other = "other" ("其他公职", "Another post"),
    }
}
