//! What happens: decisions and the execution book.

gongjian_kernel::events! { EVENTS on "decision" art 11:
    DECISION_ADOPTED = "decision.adopted" "决议已通过" "a decision was put on file as adopted";
    DECISION_CORRECTED = "decision.corrected" "决议文稿已更正" "a decision was corrected before it was issued";
    DECISION_ISSUED = "decision.issued" "决议已编号印发" "a decision was numbered and issued";
    DECISION_WITHDRAWN = "decision.withdrawn" "误录决议已撤回" "a decision entered by mistake was withdrawn";
    DECISION_SUPERSEDED = "decision.superseded" "决议被新决议取代" "a decision is superseded by another";
    DECISION_REVOKED = "decision.revoked" "决议被撤销" "a decision is revoked by another";
    DECISION_RESTORED = "decision.restored" "取代、撤销不再发生" "the decision that would end this one was itself ended first";
    DECISION_USED = "decision.used" "决议已据以办理" "something was done on the strength of a decision";
    EXECUTION_ASSIGNED = "execution.assigned" "执行事项已交办" "an item of the execution book was assigned";
    EXECUTION_REPORTED = "execution.reported" "执行进展已报告" "progress was reported";
    EXECUTION_FINISHED = "execution.finished" "执行事项报告办结" "an item was reported done";
    EXECUTION_VERIFIED = "execution.verified" "执行事项已核验" "an item was verified as done";
    EXECUTION_RETURNED = "execution.returned" "执行事项退回续办" "an item was returned as not done";
    EXECUTION_EXTENDED = "execution.extended" "执行期限已延长" "the deadline of an item was extended";
    EXECUTION_CANCELLED = "execution.cancelled" "执行事项已取消" "an item was cancelled";
}
