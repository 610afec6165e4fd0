//! What is refused: decisions and the execution book.

gongjian_kernel::faults! { FAULTS:
    DECISION_NOT_FOUND = NotFound "decision_not_found": "没有该决议", "No such decision";
        "核对决议标识后重试。", "Check the id of the decision.";
    DECISION_NOT_OPEN = Conflict "decision_not_open" art 11: "决议当前状态不允许此操作", "Not open in the present status of the decision";
        "按 allowed_actions 中列出的操作办理；已印发的决议由新决议取代或撤销。", "Do one of allowed_actions; what is issued is superseded or revoked by another decision.";
    NOT_THE_BODYS_MATTER = Conflict "not_the_bodys_matter" art 11: "该事项不由该机构决定", "The charter gives this matter to another body";
        "由章程规定的机构作出决定。", "The body that the charter names decides it.";
    RESULT_NOT_CARRIED = Conflict "result_not_carried" art 11: "表决、协商或双签未通过", "The vote, consultation or consent was not carried";
        "未通过的事项不能形成决议。", "What was not carried is no decision.";
    RESULT_NOT_CONCLUDED = Conflict "result_not_concluded" art 11: "表决、协商或双签尚未结束", "The vote, consultation or consent has not ended";
        "结束并得出结果后再办理。", "Wait until it has ended.";
    RESULT_OF_ANOTHER_BODY = Conflict "result_of_another_body" art 11: "该结果属于其他机构", "The result is that of another body";
        "引用本机构的表决、协商或双签。", "Name a vote, consultation or consent of this body.";
    RESULT_ON_ANOTHER_MATTER = Conflict "result_on_another_matter" art 11: "该结果针对其他事项", "The result is about another matter";
        "引用就该事项作出的结果。", "Name the result on this matter.";
    RESULT_USED = Conflict "result_used" art 11: "该结果已形成决议", "The result has become a decision already";
        "一次表决、协商或双签只形成一项决议。", "A vote, a consultation, a consent serves for one decision.";
    RESULT_NOT_FOUND = Invalid "result_not_found": "没有该表决、协商或双签", "No such vote, consultation or consent";
        "核对标识后重试。", "Check the id.";
    DECISION_NOT_EFFECTIVE = Conflict "decision_not_effective" art 11: "决议尚未生效", "The decision is not effective yet";
        "印发且到生效日期后再办理。", "Wait until it is issued and its day has come.";
    DECISION_ENDED = Conflict "decision_ended" art 11: "决议已被取代或撤销", "The decision is superseded or revoked";
        "依据现行有效的决议办理。", "Name the decision that is in force.";
    DECISION_ON_ANOTHER_MATTER = Conflict "decision_on_another_matter" art 11: "该决议不是就此事项作出的", "The decision is about another matter";
        "引用就该事项作出的决议。", "Name the decision on this matter.";
    DECISION_USED_ALREADY = Conflict "decision_used_already" art 11: "该决议已据以办理", "The decision has been used already";
        "一项决议就同一事只办理一次。", "A decision is good for that act once.";
    DECISION_OF_ANOTHER_BODY = Conflict "decision_of_another_body" art 11: "取代或撤销只能由同一机构决定", "Only the body itself supersedes or revokes its decision";
        "由作出原决议的机构另行决议。", "The body that made it decides anew.";
    ITEM_NOT_FOUND = NotFound "execution_item_not_found": "没有该执行事项", "No such item of the execution book";
        "核对执行事项标识后重试。", "Check the id of the item.";
    ITEM_NOT_OPEN = Conflict "execution_item_not_open" art 13: "执行事项当前状态不允许此操作", "Not open in the present status of the item";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
}
