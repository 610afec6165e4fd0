//! What is refused about projects.

gongjian_kernel::faults! { FAULTS:
    PROJECT_NOT_FOUND = NotFound "project_not_found": "没有该项目", "No such project";
        "核对项目标识后重试。", "Check the id of the project.";
    OBJECTION_NOT_FOUND = NotFound "project_objection_not_found": "没有该异议", "No such objection";
        "核对异议标识后重试。", "Check the id of the objection.";
    PROJECT_NOT_OPEN = Conflict "project_not_open" art 21: "该项目不能这样办理", "This cannot be done with the project now";
        "查看 allowed_actions。", "See allowed_actions.";
    DECLARED_ALREADY = Conflict "project_declared_already" art 21: "本单位当年已申报同名项目", "The unit has declared a project of this name for the year";
        "查看已申报的项目，或改用其他名称。", "Look at the project that is there, or choose another name.";
    CLAIM_NOT_CONFIRMED = Conflict "claim_not_confirmed" art 14: "没有本单位已确认的该认领", "The unit has no such confirmed claim";
        "先认领重点项目并经确认。", "Claim the key project and have it confirmed first.";
    CORRECTED_ALREADY = Conflict "corrected_already" art 21: "已退回补正过", "It was returned for correction already";
        "通过或不予立项，并说明理由。", "Pass it, or do not approve it, with a reason.";
    PUBLICITY_RUNS = Conflict "publicity_runs" art 20: "公示期未满", "It is still being made public";
        "公示期满后办理立项。", "Approve it when the last day of publicity is over.";
    PUBLICITY_OVER = Conflict "publicity_over" art 20: "不在公示期内", "Objections are not taken now";
        "公示期内提出异议；其他情况向秘书处反映。", "Object while it is made public; otherwise tell the secretariat.";
    OBJECTIONS_OPEN = Conflict "objections_open" art 20: "异议尚未答复", "Objections are not answered yet";
        "逐条答复后办理立项。", "Answer each of them first.";
    OBJECTION_UPHELD = Conflict "objection_upheld" art 20: "有异议成立", "An objection was upheld";
        "不予立项，或由申报单位撤回。", "Do not approve it, or let the unit withdraw it.";
    ANSWERED_ALREADY = Conflict "objection_answered" art 20: "该异议已答复", "The objection is answered";
        "查看答复。", "Read the answer.";
}
