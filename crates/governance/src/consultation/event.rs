//! What happens: consultation as a way to decide.

gongjian_kernel::events! { EVENTS on "consultation" art 13:
    CONSULTATION_OPENED = "consultation.opened" "协商已发起" "a consultation was opened";
    CONSULTATION_STATED = "consultation.stated" "协商意见已发表" "a party stated its position";
    CONSULTATION_REVISED = "consultation.revised" "协商文本已修改" "the text was revised and a new round begun";
    CONSULTATION_CONCLUDED = "consultation.concluded" "协商已得出结论" "a consultation was concluded";
    CONSULTATION_WITHDRAWN = "consultation.withdrawn" "协商已撤回" "a consultation was withdrawn";
    CONSULTATION_CONFIRMED = "consultation.confirmed" "协商结果已确认" "a party confirmed the outcome";
}
