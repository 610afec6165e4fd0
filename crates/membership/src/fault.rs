//! What this crate refuses, and why.

gongjian_kernel::faults! { FAULTS:
    UNIT_NOT_FOUND = NotFound "unit_not_found": "没有该单位", "No such unit";
        "核对单位标识后重试。", "Check the id of the unit.";
    UNIT_CREDIT_CODE_TAKEN = Conflict "unit_credit_code_taken" art 8: "该统一社会信用代码已有单位使用", "Another unit has this credit code";
        "查看已入册的单位；一个代码只对应一个在会或申请中的单位。", "Look at the unit on file; one code stands for one living unit.";
    UNIT_NAME_TAKEN = Conflict "unit_name_taken" art 8: "已有同名单位", "Another unit has this name";
        "查看已入册的单位，或使用证书上的全称。", "Look at the unit on file, or use the full name of the certificate.";
    UNIT_MEMBER_NO_TAKEN = Conflict "unit_member_no_taken" art 8: "会员编号已被使用", "Another unit has this member number";
        "换用其他编号，或不填由系统编号。", "Choose another number, or leave it to the series.";
    UNIT_NOT_ACTIVE = Conflict "unit_not_active" art 9: "该单位不是在会单位", "The unit is not an active member";
        "在会单位方可办理；退会单位可重新申请入会。", "Only an active member can; one that has left may join again.";
    NOT_A_DEPARTMENT = Invalid "not_a_department" art 23: "该单位不是承办部门", "The unit does not handle issues";
        "选择承办部门。", "Choose a department that handles issues.";
    APPOINTMENT_NOT_FOUND = NotFound "appointment_not_found": "没有该任职备案", "No such appointment";
        "核对任职标识后重试。", "Check the id of the appointment.";
    APPOINTED_ALREADY = Conflict "appointed_already" art 25: "该人员已任这一职务", "The person holds this office already";
        "无需重复备案。", "There is nothing to file.";
    APPOINTMENT_ENDED_ALREADY = Conflict "appointment_ended" art 25: "该任职已终止", "The appointment has ended";
        "查看现任职务。", "See the offices held now.";
    OFFICE_NOT_APPOINTED = Invalid "office_not_appointed" art 25: "该职务不由任职备案产生", "This office is not appointed to";
        "固定代表、联络人由单位备案产生，管理员由两名管理员共同授权。", "Representatives and liaisons are filed by their unit; two administrators agree on each administrator.";
    OFFICE_FOLLOWS_POST = Invalid "office_follows_post" art 25: "该职务随公职产生，不办理任职备案", "This office follows from a post and is not appointed to";
        "登记相应公职的任职人，职务自当日起自然更替。", "Record the holder of the post (`POST /v1/posts/{post_id}/holders`): the office passes from that day.";
    OWN_APPOINTMENT = Conflict "own_appointment" art 25: "不能为本人办理任职备案", "Nobody files his own appointment";
        "由另一名有权人员办理。", "Somebody else who may must file it.";
    UNKNOWN_PERSON = Invalid "unknown_person": "该人员不存在", "No such person";
        "先登记人员。", "Put the person on file first.";
    IMPORT_HAS_FAULTS = Invalid "import_has_faults" art 8: "导入文件有错误", "The file to import has faults";
        "按行、列提示修改文件后重新导入；预览可查看全部错误。", "Correct the rows and columns named; a preview shows all faults.";
    EXPORT_TOO_LONG = Invalid "export_too_long": "名册过长，不能一次导出", "The list is too long for one export";
        "用筛选条件分批导出。", "Narrow it with the filters and export it in parts.";
}
