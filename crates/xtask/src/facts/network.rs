//! The lives of what the network does: street branches.

use gongjian_committees::branch::leadership::RotationChangeStatus;
use gongjian_committees::branch::need::NeedStatus;
use gongjian_committees::branch::work_item::WorkItemStatus;
use gongjian_kernel::lifecycle::matrix;

pub(super) fn page() -> String {
    format!(
        "# The network: branches, meetings, measures (Articles 16-19, 22)\n\nThe state after each action, or – where the \
         action is not open. Who may do it is in the policy matrix.\n\n## A change of a rotation\n\nThe last consent \
         makes it take effect; a change lapses when its term begins or is laid anew.\n\n{}\n## An item of a branch's \
         yearly work\n\n{}\n## What a member needs\n\n{}",
        matrix::<RotationChangeStatus>(),
        matrix::<WorkItemStatus>(),
        matrix::<NeedStatus>(),
    )
}
