//! A ledger of years: issues as a district has them, in bulk. Most are closed; the last weeks are open
//! and in time, so that the server's own rules leave them alone. Always the same rows for the same number.

use std::path::Path;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use gongjian_kernel::search;
use serde_json::Value;
use uuid::Uuid;

use super::database::Kind;
use super::load::{Random, request};
use super::ours;
use crate::Result;

/// A unit of the demo that issues can be about.
#[derive(Debug)]
pub struct Unit {
    id: Uuid,
    street_code: String,
    handles_issues: bool,
}

/// Loads the demo into an empty database, through the server, and says who is in it.
pub async fn district(url: &str, secret: &Path) -> Result<Vec<Unit>> {
    let server = ours::start(url, secret)?;
    let token = ours::log_in("secretariat").await?;
    let path = "/v1/units?limit=200&status=active";
    let page = ours::call(ours::ADDRESS, &request("GET", path, Some(&token), "", "")).await?;
    let rows = page.get("data").and_then(Value::as_array).ok_or_else(|| format!("no units: {page}"))?;
    let units = rows.iter().map(|row| {
        let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
        Ok(Unit {
            id: text("id").parse()?,
            street_code: text("street_code").to_owned(),
            handles_issues: row.get("handles_issues").and_then(Value::as_bool).unwrap_or_default(),
        })
    });
    let units = units.collect::<Result<Vec<_>>>()?;
    server.stop()?;
    Ok(units)
}

const PLACES: [&str; 12] = [
    "书院街道",
    "学府路",
    "科创园东区",
    "云栖大道",
    "青禾广场",
    "滨河社区",
    "中心小学北门",
    "地铁三号线口",
    "文体中心",
    "人才公寓",
    "产业园二期",
    "老城菜市场",
];
const MATTERS: [&str; 12] = [
    "停车难",
    "夜间照明不足",
    "污水井盖塌陷",
    "子女入学",
    "企业用工",
    "适老化改造",
    "公交接驳",
    "食堂共享",
    "占道经营",
    "志愿服务时长互认",
    "噪声扰民",
    "垃圾分类投放",
];
const WISHES: [&str; 6] =
    ["问题亟待解决", "希望协调办理", "建议统筹研究", "请予支持", "建议联合整治", "希望开放共享资源"];
const DETAILS: [&str; 8] = [
    "早晚高峰期间人流车流集中，存在安全隐患，单位职工和周边居民多次反映。",
    "我单位党组织在走访中了解到，该问题涉及多个产权单位，单靠一家难以解决。",
    "恳请牵头部门会同街道实地查看，明确责任分工和完成时限，并向会员单位反馈。",
    "去年曾作临时处理，但因管线老化、资金渠道不明，入冬以来情况又有反复。",
    "建议纳入共建项目统筹安排，由区域内高校、医院和企业共同参与。",
    "涉及新引进人才及其家属四十余人，影响队伍稳定，请优先研究。",
    "相关材料已随附件提交，可随时配合现场勘察和座谈。",
    "如需会员单位提供场地、人员或设备支持，我单位愿意承担。",
];
const CATEGORIES: [&str; 8] =
    ["城市管理", "住房城乡建设", "交通运输", "教育", "医疗卫生", "营商环境", "人才服务", "党建共建"];
const KINDS: [&str; 3] = ["difficulty", "suggestion", "opinion"];
const GOALS: [&str; 6] = ["g1", "g2", "g3", "g4", "g5", "g6"];
const OPEN: [&str; 5] = ["submitted", "registered", "dispatched", "in_progress", "awaiting_confirmation"];

/// Numbers below belong to the demo's own issues.
const FIRST_NUMBER: u32 = 1000;
const ROWS_AT_ONCE: u32 = 500;
/// The demo's day; the newest rows are from the day before.
const TODAY: (i32, u32, u32) = (2026, 11, 20);
const LEDGER_OPENED: (i32, u32, u32) = (2024, 1, 2);
const OPEN_DAYS: u64 = 10;

const COLUMNS: &str = "id, status, intake_no, ledger_no, kind, urgency, category, title, detail, goal, level, street_code, \
     attachments, submitter_unit_id, submitter_name, created_at, submitted_on, registered_on, registered_month, \
     lead_unit_id, dispatched_on, sign_due_on, signed_on, designated, return_count, round, round_started_on, \
     limit_workdays, base_due_on, due_on, due_estimated, extension_workdays, extension_count, clock, review_on, \
     suspension_reason, replied_on, outcome, reply, measures, reply_signed_by, handling_workdays, confirm_due_on, \
     contacted, solved, satisfaction, closure_basis, confirmed_on, closed_on, reject_ground, reject_reason, \
     reject_channel, urge_count, version, updated_at, automatic_reopenings, meeting_workdays";

fn date((year, month, day): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The text of the title and the detail.
fn story(random: &mut Random) -> (String, String) {
    let mut pick = |from: &[&'static str]| random.pick(from).copied().unwrap_or_default();
    let title = format!("{}{}{}", pick(&PLACES), pick(&MATTERS), pick(&WISHES));
    let detail = format!("{}{}{}", pick(&DETAILS), pick(&DETAILS), pick(&DETAILS));
    (title, detail)
}

/// A text as SQL writes it; ours hold no quotes.
fn quoted(text: impl std::fmt::Display) -> String {
    format!("'{text}'")
}

fn or_null<T>(is: bool, value: T, write: impl FnOnce(T) -> String) -> String {
    if is { write(value) } else { "NULL".to_owned() }
}

impl Kind {
    fn id(self, id: Uuid) -> String {
        match self {
            Self::Sqlite => format!("X'{}'", id.simple()),
            Self::Postgres => quoted(id),
        }
    }
}

/// The statements that fill the ledger, some hundred rows each.
pub fn statements(issues: u32, units: &[Unit], kind: Kind) -> impl Iterator<Item = String> + '_ {
    let batches = (0..issues).step_by(ROWS_AT_ONCE as usize);
    let rows = batches.map(move |from| {
        let (mut ledger, mut texts) = (Vec::new(), Vec::new());
        for number in from..issues.min(from + ROWS_AT_ONCE) {
            let (row, text) = issue(number, issues, units, kind);
            ledger.push(row);
            texts.push(text);
        }
        format!(
            "BEGIN; INSERT INTO issue ({COLUMNS}) VALUES {}; INSERT INTO issue_search (issue_id, tokens) VALUES {}; COMMIT",
            ledger.join(","),
            texts.join(",")
        )
    });
    let last = FIRST_NUMBER + issues;
    // PostgreSQL's text index is built at the end: row by row it takes minutes.
    let (before, after): (&[&str], &[&str]) = match kind {
        Kind::Sqlite => (&[], &[]),
        Kind::Postgres => (
            &["DROP INDEX ix_issue_search"],
            &["CREATE INDEX ix_issue_search ON issue_search USING gin (to_tsvector('simple', tokens))"],
        ),
    };
    let as_they_are = |statements: &'static [&'static str]| statements.iter().map(ToString::to_string);
    let numbers =
        format!("UPDATE number_series SET last = {last} WHERE body = '{}' AND year = {}", ours::BODY, TODAY.0);
    as_they_are(before).chain(rows).chain([numbers]).chain(as_they_are(after))
}

fn issue(number: u32, issues: u32, units: &[Unit], kind: Kind) -> (String, String) {
    let mut random = Random(number.into());
    let (opened, today) = (date(LEDGER_OPENED), date(TODAY));
    let days = (today - opened).num_days().unsigned_abs();
    let age = days - u64::from(number) * days / u64::from(issues.max(1));
    let submitted_on = today - Days::new(age.max(1));
    let after = |days: u64| submitted_on + Days::new(days);
    let millis = u64::try_from(submitted_on.and_hms_opt(1, 0, 0).unwrap_or_default().and_utc().timestamp_millis());
    let millis = millis.unwrap_or_default() + u64::from(number % 3600) * 1000;
    let mut noise = [0; 10];
    noise[..8].copy_from_slice(&random.next().to_be_bytes());
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &noise).into_uuid();
    let created_at = DateTime::<Utc>::from_timestamp_millis(i64::try_from(millis).unwrap_or_default());
    let created_at = created_at.unwrap_or_default().to_rfc3339();

    let status = match random.below(100) {
        _ if age <= OPEN_DAYS => random.pick(&OPEN).copied().unwrap_or_default(),
        0..3 => "rejected",
        3..5 => "withdrawn",
        5 => "suspended",
        _ => "closed",
    };
    let closed = status == "closed";
    let numbered = !matches!(status, "submitted" | "rejected");
    let replied = closed || status == "awaiting_confirmation";
    let dispatched = replied || matches!(status, "dispatched" | "in_progress" | "suspended");
    let rejected = status == "rejected";
    let unit = |unit: Option<&Unit>| kind.id(unit.map(|unit| unit.id).unwrap_or_default());
    let departments: Vec<&Unit> = units.iter().filter(|unit| unit.handles_issues).collect();
    let (submitter, lead) = (random.pick(units), random.pick(&departments).copied());
    let (title, detail) = story(&mut random);
    let (year, serial) = (submitted_on.year(), FIRST_NUMBER + number);
    // Nothing that is open falls due while the demo's day lasts.
    let due_on = after(18).max(if closed { submitted_on } else { today + Days::new(7) });
    let day = |is: bool, day: NaiveDate| or_null(is, day, quoted);
    let said = |is: bool, text: &str| or_null(is, text, quoted);
    let flag = |is: bool| or_null(is, true, |yes| yes.to_string());
    let registered_on = after(1);
    let clock = format!(
        r#"[{{"reason":"registered","started_on":"{registered_on}","workdays":10,"due_on":"{due_on}","calendar":"{year}v1","recorded_on":"{registered_on}"}}]"#
    );
    let values = [
        kind.id(id),
        quoted(status),
        quoted(format_args!("{}-{year}-{serial}", ours::INTAKE)),
        or_null(numbered, format!("{}-{year}-{serial}", ours::LEDGER), quoted),
        quoted(random.pick(&KINDS).copied().unwrap_or_default()),
        quoted(if random.below(20) == 0 { "urgent" } else { "normal" }),
        quoted(random.pick(&CATEGORIES).copied().unwrap_or_default()),
        quoted(&title),
        quoted(&detail),
        quoted(random.pick(&GOALS).copied().unwrap_or_default()),
        quoted("district"),
        quoted(submitter.map_or("", |unit| &unit.street_code)),
        quoted("[]"),
        unit(submitter),
        quoted(format_args!("联络员{:03}", random.below(60) + 1)),
        quoted(&created_at),
        quoted(submitted_on),
        day(numbered, registered_on),
        or_null(numbered, registered_on.format("%Y-%m"), quoted),
        or_null(dispatched, lead, unit),
        day(dispatched, after(1)),
        day(dispatched, after(2).max(if closed { submitted_on } else { today })),
        day(dispatched && status != "dispatched", after(2)),
        "FALSE".to_owned(),
        "0".to_owned(),
        "1".to_owned(),
        day(numbered, registered_on),
        "10".to_owned(),
        day(numbered, due_on),
        day(numbered, due_on),
        "FALSE".to_owned(),
        "0".to_owned(),
        "0".to_owned(),
        if numbered { quoted(clock) } else { quoted("[]") },
        day(status == "suspended", date((2027, 3, 31))),
        said(status == "suspended", "涉及历史遗留问题，需上级部门明确政策。"),
        day(replied, after(8)),
        said(replied, "resolved"),
        said(replied, "经研究协调，现将办理情况答复如下：所提事项已按方案落实，相关责任单位将持续跟进。"),
        said(replied, "现场核实，会同协助单位制定并落实方案。"),
        said(replied, "主要负责人"),
        or_null(replied, 6, |days| days.to_string()),
        day(replied, after(40)),
        flag(closed),
        flag(closed),
        said(closed, if random.below(5) == 0 { "basically_satisfied" } else { "satisfied" }),
        said(closed, "submitter_confirmed"),
        day(closed, after(9)),
        day(closed, after(10)),
        said(rejected, "judicial_proceedings"),
        said(rejected, "属劳动争议，依法应当先行仲裁。"),
        said(rejected, "向劳动人事争议仲裁委员会申请仲裁。"),
        "0".to_owned(),
        if closed { "7".to_owned() } else { "2".to_owned() },
        quoted(&created_at),
        "0".to_owned(),
        "0".to_owned(),
    ];
    let tokens = search::tokens(&format!("{title}\n{detail}"));
    (format!("({})", values.join(",")), format!("({},{})", kind.id(id), quoted(tokens)))
}

/// The id of one of the seeded issues is not known without asking; a submission is.
pub fn submission() -> String {
    let (title, detail) = story(&mut Random(1));
    serde_json::json!({ "kind": "difficulty", "category": "城市管理", "title": title, "detail": detail }).to_string()
}
