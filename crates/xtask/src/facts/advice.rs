//! The lives of briefings, calls for opinion, enquiries.

use gongjian_governance::briefing::BriefingStatus;
use gongjian_governance::briefing::opinion::{CallStatus, OpinionStatus};
use gongjian_governance::expert::enquiry::{AssignmentStatus, EnquiryStatus};
use gongjian_kernel::lifecycle::matrix;

pub fn page() -> String {
    format!(
        "# Briefings, calls for opinion, expert advice (Articles 2 and 15)\n\nThe state after each action, or – where the \
         action is not open.\n\n\
         ## The life of a briefing\n\nThe table is `crates/governance/src/briefing/lifecycle.rs`.\n\n{}\n\
         ## The life of a call for opinion\n\n`close` waits for the deadline, `answer` for the result of every point. The \
         table is `crates/governance/src/briefing/opinion/lifecycle.rs`.\n\n{}\n\
         ## The life of an opinion\n\n`revise` and `withdraw` are open while the call is, `decide` when it is closed.\n\n{}\n\
         ## The life of an enquiry\n\n`complete` and `vacate` follow from what its experts do, nobody asks for them. The table \
         is `crates/governance/src/expert/enquiry/lifecycle.rs`.\n\n{}\n\
         ## An expert's part in an enquiry\n\n{}",
        matrix::<BriefingStatus>(),
        matrix::<CallStatus>(),
        matrix::<OpinionStatus>(),
        matrix::<EnquiryStatus>(),
        matrix::<AssignmentStatus>()
    )
}
