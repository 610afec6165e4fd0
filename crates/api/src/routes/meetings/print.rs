//! The attendance list and the minutes, to be printed, signed and kept.

use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use gongjian_governance::meeting::queries::{MeetingOnFile, MinutesOnFile, RollLine};
use gongjian_governance::meeting::{MeetingId, MeetingStatus, Presence, queries};
use gongjian_kernel::clock::shanghai;
use gongjian_kernel::{Refusal, Result};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::document::tag;
use crate::extract::Caller;
use crate::print::{Paper, attachment};
use crate::problem::Problem;

/// Documents in PDF, whatever `Accept` says of JSON.
pub(crate) const PRINTED: [&str; 2] = ["/attendance-list", "/minutes-document"];

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(print_attendance_list).service(print_minutes);
}

fn moment(at: DateTime<Utc>) -> String {
    shanghai(at).format("%Y年%-m月%-d日 %H:%M").to_string()
}

fn clock(at: DateTime<Utc>) -> String {
    shanghai(at).format("%H:%M").to_string()
}

#[utoipa::path(
    operation_id = "printAttendanceList",
    tag = tag::MEETINGS,
    summary = "出席名单（PDF） / The attendance list as PDF",
    description = "可打印的出席名单，内嵌中文字体；闭会前为此刻情况，闭会后为固定的名单 / To be printed, with the Chinese font embedded: as it is now, or as the close has fixed it.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301")),
    responses((status = 200, description = "名单文件 / The file", content_type = "application/pdf", body = String)),
)]
#[get("/v1/meetings/{meeting_id}/attendance-list")]
pub(crate) async fn print_attendance_list(caller: Caller, path: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    let id = MeetingId(path.into_inner());
    let (found, lines) = queries::roll(caller.store(), &caller.act.actor, id, None).await?;
    let (working, now) = (caller.files()?, caller.store().now());
    let printing = tokio::task::spawn_blocking(move || {
        let bytes = attendance_list(&found, &lines, now);
        drop(working);
        bytes
    });
    let bytes = printing.await.map_err(Refusal::internal)??;
    Ok(attachment("出席名单", "attendance-list", bytes))
}

#[utoipa::path(
    operation_id = "printMinutes",
    tag = tag::MEETINGS,
    summary = "会议纪要（PDF） / The minutes as PDF",
    description = "可打印的会议纪要，内嵌中文字体；未审定的注明 / To be printed, with the Chinese font embedded; it says so where they are not approved.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301")),
    responses((status = 200, description = "纪要文件 / The file", content_type = "application/pdf", body = String), (status = 409, description = "尚无可查看的纪要 / There are none to be read yet")),
)]
#[get("/v1/meetings/{meeting_id}/minutes-document")]
pub(crate) async fn print_minutes(caller: Caller, path: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    let found = queries::minutes(caller.store(), &caller.act.actor, MeetingId(path.into_inner())).await?;
    let working = caller.files()?;
    let printing = tokio::task::spawn_blocking(move || {
        let bytes = minutes(&found);
        drop(working);
        bytes
    });
    let bytes = printing.await.map_err(Refusal::internal)??;
    Ok(attachment("会议纪要", "minutes", bytes))
}

/// What stands above both: when, where, who chaired, how many were there.
fn facts(paper: &mut Paper, found: &MeetingOnFile) {
    let it = &found.meeting;
    paper.paragraph(&format!("机构：{}", it.body_name));
    paper.paragraph(&format!("时间：{}", moment(it.opened_at.unwrap_or(it.starts_at))));
    let place = [it.place.as_deref(), it.online_url.as_ref().map(|_| "线上")];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    paper.paragraph(&format!("地点：{}", place.join("、")));
    paper.paragraph(&format!("主持人：{}", it.chair));
    let count = &found.count;
    let at_close = count.present_at_close.map(|there| format!("，闭会时在会 {there}")).unwrap_or_default();
    paper.paragraph(&format!(
        "应到 {}，出席 {}，请假 {}，缺席 {}{at_close}",
        count.electors, count.present, count.excused, count.absent
    ));
}

fn attendance_list(found: &MeetingOnFile, lines: &[RollLine], now: DateTime<Utc>) -> Result<Vec<u8>> {
    let mut paper = Paper::new(&format!("{}出席名单", found.meeting.title))?;
    facts(&mut paper, found);
    let rows: Vec<Vec<String>> = (1..).zip(lines).map(|(number, line): (usize, _)| row(number, line)).collect();
    paper.table(&[("序号", 1.0), ("成员", 5.0), ("情况", 1.4), ("出席人", 2.6), ("时段或事由", 4.0)], &rows);
    let state = if found.meeting.closed_at.is_some() { "闭会时固定" } else { "会议未结束，随时变动" };
    paper.paragraph(&format!("名单{state}；{}印制。", moment(now)));
    paper.finish()
}

fn row(number: usize, line: &RollLine) -> Vec<String> {
    let times = line.intervals.iter().map(|it| match it.until_at {
        Some(until) => format!("{}–{}", clock(it.from_at), clock(until)),
        None => format!("{}起", clock(it.from_at)),
    });
    let times: Vec<String> = times.collect();
    let who = line.intervals.last().map(|last| format!("{}（{}）", last.person_name, last.capacity.label().zh));
    let told = match line.state {
        Presence::Present | Presence::Absent => times.join("，"),
        Presence::Excused => line.reason.clone().unwrap_or_default(),
    };
    let state = line.state.label().zh.to_string();
    vec![number.to_string(), line.name.clone(), state, who.unwrap_or_default(), told]
}

fn minutes(it: &MinutesOnFile) -> Result<Vec<u8>> {
    let meeting = &it.found.meeting;
    let mut paper = Paper::new(&format!("{}纪要", meeting.title))?;
    if meeting.status != MeetingStatus::Approved {
        paper.paragraph(&format!("（{}，未经审定）", meeting.status.label().zh));
    }
    facts(&mut paper, &it.found);
    paper.space(8.0);
    paper.indented(&it.minutes.summary);
    for (number, item) in &it.found.agenda {
        paper.heading(&format!("{number} {}", item.title));
        if let Some(speaker) = &item.speaker {
            paper.paragraph(&format!("汇报人：{speaker}"));
        }
        if let Some(said) = it.items.iter().find(|said| said.agenda_item_id == item.id) {
            paper.indented(&said.content);
        }
    }
    if let Some(approved_at) = meeting.approved_at {
        paper.space(16.0);
        paper.paragraph(&format!("本纪要于{}经{}审定。", moment(approved_at), meeting.body_name));
    }
    paper.finish()
}
