//! The lives of what the network does: street branches, committees' exchange and services, conferences, measures.

use gongjian_committees::branch::leadership::RotationChangeStatus;
use gongjian_committees::branch::need::NeedStatus;
use gongjian_committees::branch::work_item::WorkItemStatus;
use gongjian_kernel::lifecycle::matrix;
use gongjian_ledger::conference::ConferenceStatus;
use gongjian_ledger::conference::measure::MeasureStatus;

pub(super) fn page() -> String {
    format!(
        "# The network: branches, conferences, measures (Articles 16-19, 22)\n\nThe state after each action, or – where the \
         action is not open. Who may do it is in the policy matrix.\n\n## A conference\n\nA joint conference begins as \
         requested and is approved; a zone meeting begins as scheduled. `approve` sends the issues on its agenda before \
         it, `track` and `withdraw` bring them home.\n\n{}\n## A measure\n\nIt is open when the minutes are out; while \
         one is open its issue is not cancelled.\n\n{}\n## A change of a rotation\n\nThe last consent makes it take \
         effect; a change lapses when its term begins or is laid anew.\n\n{}\n## An item of a branch's yearly work\n\n{}\n\
         ## What a member needs\n\n{}",
        matrix::<ConferenceStatus>(),
        matrix::<MeasureStatus>(),
        matrix::<RotationChangeStatus>(),
        matrix::<WorkItemStatus>(),
        matrix::<NeedStatus>(),
    )
}
