//! What is refused about bodies.

gongjian_kernel::faults! { FAULTS:
    BODY_NOT_FOUND = NotFound "body_not_found": "没有该机构", "No such body";
        "核对机构标识后重试。", "Check the id of the body.";
    BODY_EXISTS = Conflict "body_exists" art 16: "该机构已设立", "The body exists already";
        "查看已设立的机构；一个街道一个分会，代码不重复。", "Look at the body that is there; a street has one branch, a code stands for one body.";
    COMMITTEE_NEEDS_COUNCIL = Conflict "committee_needs_council" art 17: "设置专业研究委员会须经理事会研究同意", "The council agrees to the set of committees";
        "填写理事会决定，或本系统启用前的决定文件及其日期。", "Name the decision, or the document of one from before with its day.";
    BODY_DISSOLVED = Conflict "body_dissolved" art 17: "该机构已撤销", "The body is dissolved";
        "撤销、合并后的机构只供查阅；办理请找承接的机构。", "It is there to be read; turn to the one it was merged into, if there is one.";
    COMMITTEE_MEMBER_ALREADY = Conflict "committee_member_already" art 9: "该单位已是本专委会成员", "The unit is a member of the committee";
        "无须再次申请。", "It need not apply again.";
    COMMITTEE_MEMBERSHIP_NOT_FOUND = NotFound "committee_membership_not_found": "没有该专委会成员记录", "No such membership of a committee";
        "核对成员记录标识后重试。", "Check the id of the membership.";
    COMMITTEE_MEMBERSHIP_OVER = Conflict "committee_membership_over" art 9: "该成员资格已终止", "The membership is over";
        "查看现有成员。", "Look at the members of today.";
}
