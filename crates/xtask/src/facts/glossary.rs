//! 中文 ↔ English: the terms of the charter, then the words of every list that the code declares.

use std::collections::BTreeSet;

use gongjian_api::faults::words;

use super::table;

/// Terms of the charter, with the article that they come from and the name that the code uses.
const TERMS: &[(&str, &str, u8, &str)] = &[
    ("党建促进会（本会）", "party-building promotion association", 1, "association"),
    ("六共目标", "six shared goals", 1, "goal"),
    ("五联方式", "five joint methods", 1, ""),
    ("会员单位", "member unit", 8, "unit"),
    ("驻区单位", "unit located in the district", 8, ""),
    ("部队", "military unit", 8, "military"),
    ("优先权", "right of priority", 9, ""),
    ("知情权", "right to know", 9, ""),
    ("入会自愿、退会自由", "free to join, free to leave", 9, ""),
    ("入会申请", "application for membership", 9, "application"),
    ("查询码", "tracking code", 9, "tracking_code"),
    ("退会", "withdrawal of a member", 9, "withdraw"),
    ("待移交事项", "open issues to be handed over", 9, "handover"),
    ("承继单位", "successor of a unit", 8, "successor"),
    ("会员大会", "general meeting", 11, ""),
    ("会长", "president", 12, "president"),
    ("常务副会长", "standing vice-president", 12, "vice_president"),
    ("年度执行副会长", "annual executive vice-president", 12, "vice_president"),
    ("理事会", "council", 13, "council"),
    ("秘书处", "secretariat", 13, "secretariat"),
    ("秘书长", "secretary-general", 13, "secretary_general"),
    ("秘书处办公室", "office of the secretariat", 13, "secretariat_office"),
    ("理事单位", "council unit", 14, ""),
    ("认领", "claim: a council unit takes shares of a key project on", 14, "project_claim"),
    ("年度重点项目", "key project of the year", 17, "key_project"),
    ("党建专家咨询委员会", "expert advisory committee", 15, ""),
    ("分支机构", "branch body", 16, ""),
    ("专业研究委员会", "professional research committee", 17, "committee"),
    ("双主任制", "two directors of different origin", 17, ""),
    ("牵头单位", "lead unit of a committee", 17, ""),
    ("街道分会", "street branch", 18, "branch"),
    ("分会会长", "president of a street branch", 18, "branch_president"),
    ("双会长制", "two presidents of a branch", 18, ""),
    ("轮值制", "rotation of the unit president", 18, "dual_rotating"),
    ("轮值任期", "term of a rotation", 18, "branch_term"),
    ("交接报告", "report on a term that is handed over", 18, "handover"),
    ("让过、对调", "to skip a turn, to swap two", 18, "rotation_change"),
    ("分会年度工作", "yearly work of a branch by its eight duties", 18, "branch_work"),
    ("会员需求", "what a member needs of its branch", 18, "branch_need"),
    ("群众组织", "mass organisation: union, youth league, women's federation", 18, "mass_organisation"),
    ("功能区", "functional zone", 19, "zone"),
    ("地区事务协调会", "zone coordination meeting", 19, "zone_meeting"),
    ("评选表彰", "commendation", 20, ""),
    ("项目申报、核准、实施、验收", "project: declaration, approval, implementation, acceptance", 21, "project"),
    ("申报书", "declaration", 21, "declaration"),
    ("公示", "publicity: made public for objections", 20, "publicise"),
    ("立项", "approval of a project, under a number", 21, "approve"),
    ("任务书", "task book: the declaration as it was approved", 21, "baseline_revision"),
    ("联席会", "joint meeting, joint conference", 22, "joint_meeting"),
    ("会议批准", "the secretariat's approval of a joint conference", 22, "conference"),
    ("批准权委托", "delegation of that approval for a street", 22, "conference_delegation"),
    ("议定措施", "measure that a conference agreed on, with owner and day", 22, "measure"),
    ("分会先行研究", "first look of a branch at issues of its level", 18, "branch_review"),
    ("意见台账", "issue ledger", 23, "ledger"),
    ("困难、建议、意见", "difficulty, suggestion, opinion", 23, "issue"),
    ("收件号", "intake number", 23, "intake_no"),
    ("台账编号", "ledger number", 23, "ledger_no"),
    ("编号登记", "registration under a number", 23, "register"),
    ("责成（交办）", "dispatch to a lead department", 23, "dispatch"),
    ("牵头承办部门", "lead department", 23, "lead"),
    ("协助单位", "assisting unit", 23, "assisting"),
    ("一事一号，一办一销", "one matter, one number; handled once, cancelled once", 23, ""),
    ("销号", "cancellation from the ledger", 23, "cancel"),
    ("会报", "bulletin", 24, ""),
    ("公文流转", "exchange of official documents", 24, ""),
    ("固定代表", "fixed representative", 25, "representative"),
    ("联络人", "liaison", 25, "liaison"),
    ("自然更替", "natural succession", 25, ""),
    ("备案", "filing (takes effect by itself; no approval)", 25, "file"),
    ("报备", "to file with the secretariat", 25, "submit"),
    ("回执编号", "number of the receipt", 25, "receipt_no"),
    ("接替人选", "successor whom the unit designates", 25, ""),
    ("履职记录", "passbook: rights used, duties met", 10, "standing"),
    ("贡献", "contribution: information, research result, resource, suggestion", 10, "contribution"),
    ("承办项目", "support by taking on a project", 26, ""),
    ("会员单位名册", "list of member units", 9, "export"),
    ("入会意愿依据", "evidence of consent to join", 9, "consent_basis"),
    ("拼音首字母", "initials of the pinyin", 9, "initials"),
];

/// Terms that the law and practice bring, not the charter.
const PRACTICE: &[(&str, &str, &str)] = &[
    ("统一社会信用代码", "unified social credit code (GB 32100)", "credit_code"),
    ("形式审核", "check of the form, not of the substance", "check"),
    ("退回补正", "return for correction", "returned_for_correction"),
    ("异议", "dispute", "dispute"),
    ("工作日", "working day, by the State Council's calendar with make-up days", "workdays"),
    ("调休补班日", "make-up working day", "makeup_workdays"),
    ("办理时限", "deadline; day 0 does not count", "due_on"),
    ("挂账", "suspension with a review date; the clock stops", "suspend"),
    ("灯色", "light", "light"),
    ("催办", "urging", "urge"),
    ("督办单", "supervision sheet", "sheet"),
    ("回访剔除", "exclusion of feedback from the rates, with a reason", "exclude_feedback"),
    (
        "响应率、解决率、满意率",
        "rates of response, solution, satisfaction",
        "response_rate, solution_rate, satisfaction_rate",
    ),
    ("邀请码、重置码", "one-time codes of an invitation, of a reset", "code"),
    ("第二验证因素（双因素认证）", "second factor (TOTP, RFC 6238)", "second_factor"),
    ("恢复码", "recovery code", "recovery_code"),
    ("等保三级", "level 3 of the multi-level protection scheme (GB/T 22239)", "mlps"),
    ("三员分立", "three administrators who exclude each other", "system_, security_, audit_administrator"),
    ("个人信息处理规则", "privacy notice (个人信息保护法 17)", "privacy_notice"),
    ("隐去中段", "masked: the middle is not shown", "masked"),
    ("查看完整电话号码", "see a phone number in full, with a reason, on record", "reveal"),
    ("查阅、复制", "read and export one's own data (个人信息保护法 45)", "personal_data"),
    ("更正", "correction of one's own data (个人信息保护法 46)", "correction"),
    ("注销", "erasure of who somebody was; history stays by id (个人信息保护法 47)", "deletion"),
];

pub fn page() -> String {
    let code = |name: &str| if name.is_empty() { String::new() } else { format!("`{}`", name.replace(", ", "`, `")) };
    let charter = TERMS.iter().map(|(zh, en, article, name)| {
        vec![(*zh).to_owned(), (*en).to_owned(), code(name), format!("Article {article}")]
    });
    let practice = PRACTICE
        .iter()
        .map(|(zh, en, name)| vec![(*zh).to_owned(), (*en).to_owned(), code(name), "practice".to_owned()]);
    let words = words().flat_map(|list| {
        let title = (list.title)();
        let word = move |(word, label): (&str, gongjian_kernel::Say)| {
            vec![
                label.zh.into_owned(),
                label.en.into_owned(),
                format!("`{word}`"),
                format!("{} `{}`", title.zh, list.name),
            ]
        };
        (list.words)().into_iter().map(word)
    });
    let mut seen = BTreeSet::new();
    let rows = charter.chain(practice).chain(words).filter(|row| seen.insert(row.clone()));
    format!(
        "# Glossary 术语表\n\nOne word for one thing. The code uses the third column: names of fields, states, actions, roles. \
         The last column says where the term comes from: an article of the charter, practice and law, or a list of the \
         dictionary that the API publishes.\n\n{}",
        table::of(&["中文", "English", "in the code", "from"], rows)
    )
}
