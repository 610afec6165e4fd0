//! What happens: projects.

gongjian_kernel::events! { EVENTS on "project" art 21:
    PROJECT_DRAFTED = "project.drafted" "申报书已起草" "a declaration was drafted";
    PROJECT_EDITED = "project.edited" "申报书已修改" "a declaration was edited";
    PROJECT_SUBMITTED = "project.submitted" "项目已申报" "a project was declared";
    PROJECT_RETURNED = "project.returned" "申报已退回补正" "a declaration was returned for correction";
    PROJECT_CHECKED = "project.checked" "形式审查已通过" "a declaration passed the check of form";
    PROJECT_PUBLICISED = "project.publicised" "项目已核准并公示" "a project was decided on and made public";
    PROJECT_OBJECTED = "project.objected" "已提出异议" "an objection to a project was made";
    OBJECTION_ANSWERED = "project.objection_answered" "异议已答复" "an objection was answered";
    PROJECT_APPROVED = "project.approved" "项目已立项" "a project was approved";
    PROJECT_REJECTED = "project.rejected" "项目未予立项" "a project was not approved";
    PROJECT_WITHDRAWN = "project.withdrawn" "项目已撤回" "a project was withdrawn";
}
