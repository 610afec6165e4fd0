//! What happens to the charter.

gongjian_kernel::events! { EVENTS on "charter_version" art 11:
    CHARTER_BROUGHT_ALONG = "charter.brought_along" "现行章程入库" "the charter in force was brought along";
    CHARTER_DRAFTED = "charter.drafted" "章程修订已起草" "an amendment of the charter was drafted";
    CHARTER_EDITED = "charter.edited" "章程草案已修改" "a draft of the charter was changed";
    CHARTER_TEXT_LOADED = "charter.text_loaded" "章程正文已载入" "the official text was loaded";
    CHARTER_SUBMITTED = "charter.submitted" "章程草案已提交审议" "a draft of the charter was submitted";
    CHARTER_RETURNED = "charter.returned" "章程草案已退回修改" "a draft of the charter was returned";
    CHARTER_DISCARDED = "charter.discarded" "章程草案已撤销" "a draft of the charter was discarded";
    CHARTER_ENACTED = "charter.enacted" "章程修订已通过" "an amended charter was adopted";
}
