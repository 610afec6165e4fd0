//! The clock of an issue as a list of segments: running with an allowance, or paused. A change appends a
//! segment; nothing is recomputed from the creation. Day 0 does not count (民法典 201).

use chrono::NaiveDate;
use gongjian_kernel::Result;
use gongjian_kernel::calendar::Calendar;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Issue;

gongjian_kernel::words! {
    /// Why a segment of the clock began.
    pub enum ClockReason as "clock_reason" ("计时原因", "Reason of a clock segment") {
        Registered = "registered" ("编号登记", "Registered"),
        Extended = "extended" ("延期", "Extended"),
        Escalated = "escalated" ("提请会议研究", "Escalated"),
        Suspended = "suspended" ("挂账停表", "Suspended"),
        Resumed = "resumed" ("恢复计时", "Resumed"),
        Reopened = "reopened" ("重办", "Reopened"),
        CalendarChanged = "calendar_changed" ("日历更新", "Calendar changed"),
    }
}

/// 一段计时。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Segment {
    /// 计时原因。
    pub reason: ClockReason,
    /// 起始日（当日不计）。
    #[schema(example = "2026-03-03")]
    pub started_on: NaiveDate,
    /// 自起始日起的工作日数；停表时为空。
    #[schema(minimum = 0, maximum = 1000, example = 10)]
    pub workdays: Option<u32>,
    /// 停表时剩余的工作日数，负数为已超期；计时中为空。
    #[serde(default)]
    #[schema(minimum = -10000, maximum = 10000, example = 6)]
    pub remaining_workdays: Option<i64>,
    /// 该段确定的办理时限；停表时为空。
    #[schema(example = "2026-03-17")]
    pub due_on: Option<NaiveDate>,
    /// 依据的日历版本，`~` 表示该年度放假通知尚未发布。
    #[schema(max_length = 80, example = "2026v1")]
    pub calendar: String,
    /// 写入该段的日期。
    #[schema(example = "2026-03-03")]
    pub recorded_on: NaiveDate,
}

impl Issue {
    pub fn segments(&self) -> Result<Vec<Segment>> {
        Ok(serde_json::from_str(&self.clock)?)
    }

    /// Appends a running segment and takes its deadline over.
    pub(super) fn run(
        &mut self,
        calendar: &Calendar,
        reason: ClockReason,
        started_on: NaiveDate,
        workdays: u32,
        today: NaiveDate,
    ) -> Result<()> {
        let due = calendar.add(started_on, workdays);
        self.due_on = Some(due.on);
        self.due_estimated = due.estimated;
        self.append(Segment {
            reason,
            started_on,
            workdays: Some(workdays),
            remaining_workdays: None,
            due_on: Some(due.on),
            calendar: calendar.basis(started_on, due.on),
            recorded_on: today,
        })
    }

    /// Stops the clock and keeps what is left.
    pub(super) fn pause(&mut self, calendar: &Calendar, today: NaiveDate) -> Result<()> {
        let remaining_workdays = self.due_on.map(|due_on| calendar.between(today, due_on));
        self.append(Segment {
            reason: ClockReason::Suspended,
            started_on: today,
            workdays: None,
            remaining_workdays,
            due_on: None,
            calendar: calendar.basis(today, today),
            recorded_on: today,
        })
    }

    /// Starts the clock again with what was left when it stopped. What was overdue stays overdue: its
    /// segment is anchored at the deadline that was missed.
    pub(super) fn unpause(&mut self, calendar: &Calendar, today: NaiveDate) -> Result<()> {
        let left = self.segments()?.last().and_then(|paused| paused.remaining_workdays).unwrap_or(0);
        match (u32::try_from(left), self.due_on) {
            (Ok(left), _) => self.run(calendar, ClockReason::Resumed, today, left, today),
            (Err(_), Some(missed_on)) => self.run(calendar, ClockReason::Resumed, missed_on, 0, today),
            (Err(_), None) => Ok(()),
        }
    }

    /// More working days in the running segment, counted from where it began.
    pub(super) fn lengthen(
        &mut self,
        calendar: &Calendar,
        reason: ClockReason,
        by: u32,
        today: NaiveDate,
    ) -> Result<()> {
        let Some((started_on, workdays)) = self.running()? else { return Ok(()) };
        self.run(calendar, reason, started_on, workdays + by, today)
    }

    /// The deadline under another calendar, where it is another one.
    pub(super) fn recount(&mut self, calendar: &Calendar, today: NaiveDate) -> Result<()> {
        let Some((started_on, workdays)) = self.running()? else { return Ok(()) };
        let due = calendar.add(started_on, workdays);
        if Some(due.on) == self.due_on && due.estimated == self.due_estimated {
            return Ok(());
        }
        self.run(calendar, ClockReason::CalendarChanged, started_on, workdays, today)
    }

    /// Working days that the clock ran in this round, up to a day.
    pub(super) fn worked(&self, calendar: &Calendar, until: NaiveDate) -> Result<i64> {
        let round_started_on = self.round_started_on.unwrap_or(until);
        let mut paused = 0;
        let mut stopped_on = None;
        for segment in self.segments()?.iter().filter(|segment| segment.recorded_on >= round_started_on) {
            match (stopped_on, segment.workdays) {
                (None, None) => stopped_on = Some(segment.started_on),
                (Some(from), Some(_)) => {
                    paused += calendar.between(from, segment.recorded_on);
                    stopped_on = None;
                }
                (None, Some(_)) | (Some(_), None) => {}
            }
        }
        Ok(calendar.between(round_started_on, until) - paused)
    }

    fn running(&self) -> Result<Option<(NaiveDate, u32)>> {
        let segments = self.segments()?;
        Ok(segments.last().and_then(|last| last.workdays.map(|workdays| (last.started_on, workdays))))
    }

    fn append(&mut self, segment: Segment) -> Result<()> {
        let mut segments = self.segments()?;
        segments.push(segment);
        self.clock = serde_json::to_string(&segments)?;
        Ok(())
    }
}
