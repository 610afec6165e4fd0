//! The columns of a file of units: of the template, of an import, and, but for the phones, of an export.

use gongjian_kernel::Say;

/// One column. `pointer` is where a unit that is put on file by itself has the value.
#[derive(Debug)]
pub struct Column {
    pub pointer: &'static str,
    pub header: &'static str,
    pub required: bool,
    pub note: Say,
}

const fn column(pointer: &'static str, header: &'static str, required: bool, note: Say) -> Column {
    Column { pointer, header, required, note }
}

const DAY: Say = Say::fixed("格式 2026-01-05", "Like 2026-01-05");
const NOTHING: Say = Say::fixed("", "");

pub static COLUMNS: &[Column] = &[
    column("/member_no", "会员编号", false, Say::fixed("不填由系统编号", "From the series where it is empty")),
    column("/name", "单位名称", true, Say::fixed("证书上的全称", "Full name, as on the certificate")),
    column(
        "/unit_type",
        "单位类型",
        true,
        Say::fixed(
            "机关单位、事业单位、高等院校、国有企业、非公企业、社会组织、部队、科研院所",
            "One of the eight types (Article 8)",
        ),
    ),
    column(
        "/affiliation_level",
        "隶属层级",
        true,
        Say::fixed("中直、省直、市直、区属、街道所属、无隶属、部队系统", "Level of affiliation"),
    ),
    column(
        "/credit_code",
        "统一社会信用代码",
        false,
        Say::fixed("18 位；与免填代码理由二者填一", "18 characters; this or the reason for having none"),
    ),
    column(
        "/credit_code_exempt_reason",
        "免填代码理由",
        false,
        Say::fixed("部队等没有代码的单位填写", "For military units and others without a code"),
    ),
    column("/street_code", "街道代码", true, Say::fixed("9 位数字", "Nine digits")),
    column("/zone_codes", "功能区代码", false, Say::fixed("多个以顿号分隔", "Several with 、 between them")),
    column("/address", "地址", true, NOTHING),
    column("/party_org_name", "党组织名称", true, NOTHING),
    column(
        "/party_org_kind",
        "党组织类别",
        true,
        Say::fixed("党组、党委、党工委、党总支、党支部、联合党支部", "Kind of party organisation"),
    ),
    column("/party_member_count", "党员人数", false, Say::fixed("整数", "A whole number")),
    column("/handles_issues", "承办意见", false, Say::fixed("是或否，不填为否", "是 or 否 (yes or no)")),
    column("/status", "会员状态", false, Say::fixed("在会、申请中、已退会，不填为在会", "Active where it is empty")),
    column("/applied_on", "申请日期", false, DAY),
    column("/joined_on", "入会日期", false, DAY),
    column("/withdrawn_on", "退会日期", false, DAY),
    column(
        "/consent/basis",
        "入会意愿依据",
        true,
        Say::fixed("自愿入会的书面依据，如入会申请书及其日期", "What shows that the unit joins of its own will"),
    ),
    column("/consent/consented_on", "入会意愿日期", false, DAY),
    column("/representative/name", "固定代表姓名", true, NOTHING),
    column("/representative/post", "固定代表职务", true, NOTHING),
    column("/representative/phone", "固定代表电话", false, NOTHING),
    column("/representative/email", "固定代表邮箱", false, NOTHING),
    column("/representative/filed_on", "固定代表备案日期", false, DAY),
    column("/liaison/name", "联络人姓名", true, NOTHING),
    column("/liaison/post", "联络人职务", true, NOTHING),
    column("/liaison/phone", "联络人电话", false, NOTHING),
    column("/liaison/email", "联络人邮箱", false, NOTHING),
    column("/liaison/filed_on", "联络人备案日期", false, DAY),
];

/// The column that a pointer into a unit lies in.
pub(super) fn at(pointer: &str) -> Option<&'static Column> {
    COLUMNS.iter().filter(|column| pointer.starts_with(column.pointer)).max_by_key(|column| column.pointer.len())
}

/// The column that a header names: in Chinese, or by its pointer.
pub(super) fn named(header: &str) -> Option<&'static Column> {
    let header = header.trim().trim_start_matches('\u{FEFF}').trim_end_matches(['*', '＊']).trim();
    COLUMNS.iter().find(|column| column.header == header || column.pointer.trim_start_matches('/') == header)
}
