//! Why the ledger refuses.

gongjian_kernel::faults! { LEDGER_FAULTS:
    ISSUE_NOT_FOUND = NotFound "issue_not_found": "未找到该事项", "No such issue";
        "核对编号；只能查看本单位提出、承办或协助的事项。", "Check the id; you see issues that your unit raised, leads or assists.";
    TRANSITION_NOT_ALLOWED = Conflict "issue_transition_not_allowed" art 23: "事项当前状态不允许此操作", "Not open in the present status";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    RETURN_TOO_LATE = Conflict "issue_return_too_late": "已超过退回时限", "Too late to return it";
        "由本部门办理，或与秘书处协商。", "Handle it, or speak with the secretariat.";
    RETURN_LIMIT_REACHED = Conflict "issue_return_limit_reached": "已由秘书处指定承办，不再退回", "Designated by the secretariat; it cannot be returned again";
        "由指定部门办理。", "The designated department handles it.";
    EXTENSION_TOO_LATE = Conflict "issue_extension_too_late": "已超过办理时限，不能申请延期", "The deadline has passed; no extension can be asked for";
        "尽快答复。", "Reply as soon as possible.";
    EXTENSION_ALREADY_USED = Conflict "issue_extension_already_used": "本轮办理已申请过延期", "This round has had its extension";
        "按现有时限答复。", "Reply by the present deadline.";
    EXTENSION_PENDING = Conflict "issue_extension_pending": "延期申请正在审定", "An extension is waiting for its decision";
        "等待秘书处审定。", "Wait for the secretariat's decision.";
    NO_EXTENSION_PENDING = Conflict "issue_no_extension_pending": "没有待审定的延期申请", "No extension is waiting for a decision";
        "等待承办部门提出申请。", "The department must ask first.";
    REOPEN_TOO_LATE = Conflict "issue_reopen_too_late": "已超过重办期限", "Too late to reopen";
        "作为新事项提出，并注明原编号。", "Submit a new issue that names the old number.";
    NO_FEEDBACK = Conflict "issue_no_feedback": "没有可剔除的回访", "There is no feedback to exclude";
        "只有提出单位反馈过的事项才有回访。", "Only the submitter's own feedback counts.";
    HAS_DUPLICATES = Conflict "issue_has_duplicates" art 23: "另有事项已并入本事项，不能撤回", "Other issues were merged into this one; it cannot be withdrawn";
        "本单位不再需要协调的，请在答复后确认。", "If your unit needs it no more, confirm after the reply.";
    MERGE_TARGET = Invalid "issue_merge_target_invalid" art 23: "不能并入该事项", "Cannot be merged into that issue";
        "选择已编号登记、尚未办结的另一事项。", "Choose another issue that is registered and open.";
    LEAD_IS_SUBMITTER = Invalid "issue_lead_is_submitter" art 23: "提出单位不能承办自己提出的事项", "A unit cannot handle its own issue";
        "另选承办部门。", "Choose another department.";
    CONFERENCE_BRINGS_IT_BACK = Conflict "conference_brings_it_back" art 22: "由会议纪要带回办理", "The conference brings it back";
        "会议形成纪要并进入跟踪后，事项自动恢复办理。", "With the minutes of the conference, handling goes on by itself.";
    MEASURES_OPEN = Conflict "measures_open" art 22: "议定措施尚未办结，不能销号", "Agreed measures are not done; it cannot be cancelled";
        "待责任单位办结议定措施后再销号。", "Cancel it when the owners have done what was agreed.";
    NOT_OF_FORUM = Invalid "not_of_forum" art 22: "与会议形式不符", "It does not go with this kind of meeting";
        "联席会、地区事务协调会填会议标识；理事会、会员大会可填其议程。", "Name the conference, or an item of an agenda of the council or the general meeting.";
}
