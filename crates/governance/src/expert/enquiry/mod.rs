//! Enquiries (咨询): what the expert advisory committee is asked, and what each expert thinks of it (Article 15).

pub mod answering;
pub mod asking;
pub mod assigning;
mod lifecycle;
pub mod queries;
mod sight;
pub(crate) mod store;

pub use asking::{Agreement, Asker, AskerChoice, NewEnquiry};
pub use lifecycle::{
    AskerKind, AssignmentAction, AssignmentStatus, DeclineGround, EnquiryAction, EnquiryLight, EnquiryStatus, Publicity,
};
pub use queries::{EnquiryFilter, EnquiryOnFile, light};
pub use sight::Sight;
pub use store::assignment::Model as Assignment;
pub use store::opinion::Model as ExpertOpinion;
pub use store::row::Model as Enquiry;

gongjian_kernel::ids! {
    /// An enquiry.
    EnquiryId;
}
