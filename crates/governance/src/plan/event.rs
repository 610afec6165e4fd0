//! What happens to plans, reports and rules.

gongjian_kernel::events! { EVENTS on "instrument" art 13:
    INSTRUMENT_DRAFTED = "instrument.drafted" "文稿已起草" "an instrument was drafted";
    INSTRUMENT_EDITED = "instrument.edited" "文稿已修改" "an instrument was changed";
    INSTRUMENT_SUBMITTED = "instrument.submitted" "文稿已提交审议" "an instrument was submitted for deliberation";
    INSTRUMENT_RETURNED = "instrument.returned" "文稿已退回修改" "an instrument was returned";
    INSTRUMENT_DISCARDED = "instrument.discarded" "文稿已撤销" "an instrument was discarded";
    INSTRUMENT_COMMENTED = "instrument.commented" "审议意见已提出" "a comment was made on an instrument";
    COMMENT_ANSWERED = "instrument.comment_answered" "审议意见已答复" "a comment on an instrument was answered";
    INSTRUMENT_ADOPTED = "instrument.adopted" "文稿已通过" "an instrument was adopted";
    INSTRUMENT_PUBLISHED = "instrument.published" "文稿已公布" "an instrument was published";
    RULE_ABOLISHED = "instrument.rule_abolished" "内部管理制度已废止" "an internal rule was abolished";
}
