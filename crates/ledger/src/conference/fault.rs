//! What is refused: joint conferences, zone meetings, measures.

gongjian_kernel::faults! { FAULTS:
    CONFERENCE_NOT_FOUND = NotFound "conference_not_found": "没有该会议", "No such conference";
        "核对会议标识后重试。", "Check the id of the conference.";
    CONFERENCE_NOT_OPEN = Conflict "conference_not_open" art 22: "会议当前状态不允许此操作", "Not open in the present status of the conference";
        "按 allowed_actions 中列出的操作办理；联席会须经秘书处批准后方可安排。", "Do one of allowed_actions; a joint conference is scheduled after the secretariat has approved it.";
    INVITEE_OUT_OF_SCOPE = Conflict "invitee_out_of_scope" art 22: "该单位不在会议的会员范围内", "The unit is not among those whom this conference may invite";
        "街道级邀请本分会会员和区属职能部门，区级邀请会员单位和区属职能部门。", "A street invites members of its branch and departments; the district invites members and departments.";
    STREET_OUT_OF_ZONE = Conflict "street_out_of_zone" art 19: "该街道不在本功能区内", "The street does not lie in the zone";
        "邀请功能区内的相关街道。", "Invite streets of the zone.";
    OWN_REQUEST = Conflict "own_request" art 22: "不能批准本人提出的申请", "Nobody approves what he has requested";
        "由另一名有权人员批准。", "Somebody else who may must approve it.";
    ISSUE_OUT_OF_SCOPE = Conflict "issue_out_of_scope" art 22: "该事项不在会议范围内", "The issue is not one for this conference";
        "街道级会议研究本街道的事项；功能区召集单位可提交本单位承办的事项。", "A street takes up issues of its own; who convenes a zone brings what it leads.";
    NOT_ATTENDING = Invalid "not_invited" art 22: "该单位未被邀请", "The unit was not invited";
        "只登记受邀单位的到会情况。", "Tell of those who were invited.";
    NOT_ON_AGENDA = Invalid "issue_not_on_agenda" art 22: "该事项不在会议议程上", "The issue is not on the agenda";
        "只对会议议程上的事项作出结论、议定措施。", "Conclude on what is on the agenda.";
    CONCLUSION_MISSING = Conflict "conclusion_missing" art 22: "尚有事项没有结论", "An issue has no conclusion yet";
        "纪要须写明每一事项的结论。", "The minutes conclude on every issue.";
    CONFERENCE_MEASURES_OPEN = Conflict "conference_measures_open" art 22: "尚有议定措施未办结", "Agreed measures are not done";
        "待全部措施办结后再办结会议。", "Close it when all of them are.";
    DELEGATION_NOT_FOUND = NotFound "conference_delegation_not_found": "没有该委托", "No such delegation";
        "核对委托标识后重试。", "Check the id of the delegation.";
    DELEGATION_OVERLAPS = Conflict "conference_delegation_overlaps" art 22: "该街道在此期间已有委托", "The street has a delegation in that time";
        "先收回原委托。", "Revoke the one there is.";
    DELEGATION_OVER = Conflict "conference_delegation_over" art 22: "该委托已终止", "The delegation is over";
        "无须收回。", "There is nothing to revoke.";
    MEASURE_NOT_FOUND = NotFound "measure_not_found": "没有该措施", "No such measure";
        "核对措施标识后重试。", "Check the id of the measure.";
    MEASURE_NOT_OPEN = Conflict "measure_not_open" art 22: "措施当前状态不允许此操作", "Not open in the present status of the measure";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
}
