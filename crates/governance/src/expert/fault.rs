//! What is refused: the expert advisory committee.

gongjian_kernel::faults! { FAULTS:
    EXPERT_NOT_FOUND = NotFound "expert_not_found": "没有该专家", "No such expert";
        "核对专家标识后重试。", "Check the id of the expert.";
    EXPERT_EXISTS = Conflict "expert_exists" art 15: "该人员已有专家信息", "The person has a profile already";
        "修改已有的专家信息，续聘另行登记职务。", "Change the profile; a further term is an office of its own.";
    EXPERT_OUT_OF_TERM = Conflict "expert_out_of_term" art 15: "专家不在聘期内", "The expert is not in office";
        "续聘后再指派，或指派其他专家。", "Appoint him again, or assign another.";
    EXPERT_UNAVAILABLE = Conflict "expert_unavailable" art 15: "专家暂不接受咨询", "The expert takes no enquiries now";
        "指派其他专家。", "Assign another expert.";
    EXPERT_RECUSED = Conflict "expert_recused" art 15: "专家应当回避", "The expert is recused";
        "指派与咨询方没有现任、曾任或利害关系的专家。", "Assign one who is not, was not and has no interest with the asker.";
    EXPERT_ASSIGNED = Conflict "expert_already_assigned" art 15: "该专家已被指派", "The expert was assigned already";
        "查看已有的指派。", "Look at the assignments that there are.";
    ENQUIRY_NOT_FOUND = NotFound "enquiry_not_found": "没有该咨询", "No such enquiry";
        "核对咨询标识后重试。", "Check the id of the enquiry.";
    ENQUIRY_NOT_OPEN = Conflict "enquiry_not_open" art 15: "咨询当前状态不允许此操作", "Not open in the present status of the enquiry";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    ASSIGNMENT_NOT_FOUND = NotFound "assignment_not_found": "该专家未被指派", "The expert is not assigned";
        "核对专家标识后重试。", "Check the id of the expert.";
    ASSIGNMENT_NOT_OPEN = Conflict "assignment_not_open" art 15: "该指派当前状态不允许此操作", "Not open in the present status of the assignment";
        "已答复的，待退回说明后方可再次答复。", "An opinion is given once; again when it was returned.";
    WIDER_THAN_AGREED = Conflict "wider_than_agreed" art 15: "公布范围超出咨询方同意的范围", "Wider than the asker agreed to";
        "先征得咨询方同意，或缩小公布范围。", "Ask the asker first, or tell fewer.";
}
