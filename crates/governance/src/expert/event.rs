//! What happens: the expert advisory committee.

gongjian_kernel::events! { EVENTS on "expert" art 15:
    EXPERT_FILED = "expert.filed" "专家已聘任入库" "an expert was appointed";
    EXPERT_EDITED = "expert.edited" "专家信息已变更" "an expert's profile was changed";
    EXPERT_TIED = "expert.tied" "专家与单位的关系已登记" "an expert's tie to a unit was entered";
    ENQUIRY_ASKED = "enquiry.asked" "咨询已提出" "an enquiry was made";
    ENQUIRY_RETURNED = "enquiry.returned" "咨询已退回补充" "an enquiry was returned for clarification";
    ENQUIRY_CLARIFIED = "enquiry.clarified" "咨询已补充" "an enquiry was clarified";
    ENQUIRY_AGREED = "enquiry.agreed" "咨询方已表明公开范围" "the asker said how widely it may be told";
    ENQUIRY_ASSIGNED = "enquiry.assigned" "咨询已指派专家" "an enquiry was assigned";
    ENQUIRY_ANSWERED = "enquiry.answered" "专家已答复" "an expert gave his opinion";
    ENQUIRY_DECLINED = "enquiry.declined" "专家已回避或谢绝" "an expert declined";
    ENQUIRY_RELEASED = "enquiry.released" "专家指派已解除" "an expert was released";
    ENQUIRY_OPINION_RETURNED = "enquiry.opinion_returned" "专家意见已退回说明" "an opinion was returned for clarification";
    ENQUIRY_CONCLUDED = "enquiry.concluded" "咨询已办结" "an enquiry was concluded";
    ENQUIRY_PUBLISHED = "enquiry.published" "咨询结果已公布" "an enquiry was published";
    ENQUIRY_WITHDRAWN = "enquiry.withdrawn" "咨询已撤回" "an enquiry was withdrawn";
}
