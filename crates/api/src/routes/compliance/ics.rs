//! The calendar as other calendars read it: RFC 5545. An event on the day on which something is due, because the
//! common programs show no `VTODO` of a calendar that they subscribe to.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use gongjian_governance::compliance::Duty;
use gongjian_kernel::Lang;
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};

/// How often subscribers ask again (RFC 7986 §5.7).
const REFRESH: &str = "PT6H";

pub(super) fn write(duties: &[Duty], now: DateTime<Utc>, lang: Lang, base_url: &str) -> String {
    let name = match lang {
        Lang::Zh => "章程合规日历",
        Lang::En => "Compliance calendar",
    };
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Gongjian//Compliance calendar//ZH"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", name),
        ("X-WR-CALNAME", name),
        ("X-WR-TIMEZONE", "Asia/Shanghai"),
        ("X-PUBLISHED-TTL", REFRESH),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.append_property(Property::new("REFRESH-INTERVAL", REFRESH).add_parameter("VALUE", "DURATION").done());
    let host = base_url.split_once("://").map_or(base_url, |(_, host)| host);
    for duty in duties {
        calendar.push(event(duty, now, lang, base_url, host));
    }
    calendar.to_string()
}

fn event(duty: &Duty, now: DateTime<Utc>, lang: Lang, base_url: &str, host: &str) -> Event {
    let (known, state) = (duty.obligation, duty.state.label());
    let mut summary = format!("{}【{}】", known.label.in_lang(lang), state.in_lang(lang));
    if duty.subject.id.is_some() {
        let _ = write!(summary, " {}", duty.subject.name);
    }
    let strength = known.strength.label();
    let mut description = match lang {
        Lang::Zh => format!("章程第{}条，{}；期间 {}", known.article, strength.zh, duty.period.key),
        Lang::En => format!("Article {}, {}; period {}", known.article, strength.en, duty.period.key),
    };
    if let Some(reason) = &duty.explanation {
        let _ = write!(description, "\n{}", reason.reason);
    }
    for fact in &duty.facts {
        let _ = write!(description, "\n{} {} {base_url}{}", fact.on, fact.title, fact.path);
    }
    let url = format!("{base_url}/v1/compliance?obligation={}&year={}", known.key, duty.due_on.format("%Y"));
    let mut event = Event::new();
    event
        .uid(&format!("{}@{host}", duty.id().replace(':', "/")))
        .timestamp(now)
        .summary(&summary)
        .description(&description)
        .url(&url)
        .all_day(duty.due_on)
        // Nobody's time is taken by it.
        .add_property("TRANSP", "TRANSPARENT")
        .add_property("CATEGORIES", duty.state.as_str());
    event.done()
}
