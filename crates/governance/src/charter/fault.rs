//! What is refused about the charter.

gongjian_kernel::faults! { FAULTS:
    CHARTER_VERSION_NOT_FOUND = NotFound "charter_version_not_found": "没有该章程版本", "No such version of the charter";
        "核对版本标识后重试。", "Check the id of the version.";
    CHARTER_ARTICLE_NOT_FOUND = NotFound "charter_article_not_found": "章程没有该条", "The charter has no such article";
        "查看该版本的条目。", "See which articles the version has.";
    CHARTER_NOT_OPEN = Conflict "charter_not_open" art 11: "该章程版本当前状态不允许此操作", "Not open in the present status of this version";
        "已通过的版本不得改动；修订须另行起草。", "An adopted version never changes; an amendment is a draft of its own.";
    CHARTER_DAY_TAKEN = Conflict "charter_day_taken" art 11: "同日或其后已有版本施行", "Another version takes effect on that day or later";
        "任何一日只有一个现行版本；另定施行日期。", "One version is in force on any day; choose a later day.";
    CHARTER_BASE_SUPERSEDED = Conflict "charter_base_superseded" art 11: "起草所依据的版本已被修订", "The version that the draft rests on has been amended";
        "以最新通过的版本为基础重新起草。", "Draft it again from the version adopted last.";
    CHARTER_TEXT_LOADED_ALREADY = Conflict "charter_text_loaded_already" art 11: "该版本的正文已载入", "The text of this version has been loaded";
        "正文只载入一次；修订须经会员大会。", "It is loaded once; the general meeting amends it.";
    CHARTER_DRAFT_AFTER_DECISION = Conflict "charter_draft_after_decision" art 11: "草案提交在决议之后", "The draft was submitted after the decision";
        "会员大会所通过的是其审议的文本；请将该文本提交大会。", "The general meeting adopts what lay before it; submit the text to it.";
}
