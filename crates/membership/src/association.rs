//! Which association this is: its name, its district, and the places that its documents refer to. The
//! codes change by decree, so they are policy and not code (domain.md §6.2).

use std::collections::BTreeSet;

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 本会信息：名称、区划、街道、功能区与专业研究委员会 / The association, its district, and its places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssociationPolicy {
    /// 本会名称 / Name of the association.
    #[schema(min_length = 1, max_length = 60, pattern = r"^[^\u0000-\u001F]*$", example = "青禾区区域化党建促进会")]
    pub name: String,
    /// 会员编号代字，如 HY → HY-0001 / What member numbers begin with.
    #[schema(pattern = "^[A-Z]{1,10}$", min_length = 1, max_length = 10, example = "HY")]
    pub member_prefix: String,
    /// 本区 / The district.
    pub district: District,
    /// 街道 / Streets.
    #[schema(max_items = 500)]
    pub streets: Vec<Street>,
    /// 功能区（第十九条）/ Functional zones (Article 19).
    #[schema(max_items = 200)]
    pub zones: Vec<Zone>,
    /// 专业研究委员会（第十七条）/ Professional committees (Article 17).
    #[schema(max_items = 50)]
    pub committees: Vec<Committee>,
}

/// 本区（GB/T 2260）/ The district, by GB/T 2260.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// 行政区划代码；未设定时为空串 / Six digits; empty where nobody has set it.
    #[schema(pattern = "^([0-9]{6})?$", max_length = 6, example = "990106")]
    pub code: String,
    /// 区名 / Name of the district.
    #[schema(min_length = 1, max_length = 60, pattern = r"^[^\u0000-\u001F]*$", example = "青禾区")]
    pub name: String,
    /// 市名 / Name of its city.
    #[schema(max_length = 60, pattern = r"^[^\u0000-\u001F]*$", example = "云栖市")]
    pub city: String,
}

/// 街道（GB/T 10114）/ A street, by GB/T 10114.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Street {
    /// 街道代码 / Nine digits, the first six being those of the district.
    #[schema(pattern = "^[0-9]{9}$", min_length = 9, max_length = 9, example = "990106007")]
    pub code: String,
    /// 街道名称 / Name of the street.
    #[schema(min_length = 1, max_length = 60, pattern = r"^[^\u0000-\u001F]*$", example = "松涛街道")]
    pub name: String,
}

/// 功能区（第十九条）/ A functional zone (Article 19): some streets or parts of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// 功能区代码 / Code of the zone.
    #[schema(pattern = "^[A-Za-z0-9_-]{1,20}$", min_length = 1, max_length = 20, example = "Z1")]
    pub code: String,
    /// 功能区名称 / Name of the zone.
    #[schema(min_length = 1, max_length = 60, pattern = r"^[^\u0000-\u001F]*$", example = "金融中心")]
    pub name: String,
    /// 所含街道代码 / Codes of its streets.
    #[schema(max_items = 500, max_length = 9, pattern = "^[0-9]{9}$", example = json!(["990106007"]))]
    pub street_codes: Vec<String>,
}

/// 专业研究委员会（第十七条）/ A professional committee (Article 17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Committee {
    /// 委员会代码 / Code of the committee.
    #[schema(pattern = "^[A-Za-z0-9_-]{1,20}$", min_length = 1, max_length = 20, example = "C2")]
    pub code: String,
    /// 委员会名称 / Name of the committee.
    #[schema(min_length = 1, max_length = 60, pattern = r"^[^\u0000-\u001F]*$", example = "人才与科技创新研究委员会")]
    pub name: String,
}

impl Default for AssociationPolicy {
    fn default() -> Self {
        Self {
            name: "党建促进会".to_owned(),
            member_prefix: "HY".to_owned(),
            district: District { code: String::new(), name: "本区".to_owned(), city: String::new() },
            streets: Vec::new(),
            zones: Vec::new(),
            committees: Vec::new(),
        }
    }
}

impl AssociationPolicy {
    #[must_use]
    pub fn street(&self, code: &str) -> Option<&Street> {
        self.streets.iter().find(|street| street.code == code)
    }

    #[must_use]
    pub fn zone(&self, code: &str) -> Option<&Zone> {
        self.zones.iter().find(|zone| zone.code == code)
    }

    #[must_use]
    pub fn committee(&self, code: &str) -> Option<&Committee> {
        self.committees.iter().find(|committee| committee.code == code)
    }

    /// Whether a unit may give this street: one of the list, or any code of the form while there is none.
    #[must_use]
    pub fn accepts_street(&self, code: &str) -> bool {
        if self.streets.is_empty() { is_digits(code, 9) } else { self.street(code).is_some() }
    }
}

impl Policy for AssociationPolicy {
    const NAME: &'static str = "association";

    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        let mut fault = |pointer: String, code: &'static str, zh: &'static str, en: &'static str| {
            faults.push(FieldFault::body(pointer, code, Say::fixed(zh, en)));
        };
        let names = [("/name".to_owned(), &self.name), ("/district/name".to_owned(), &self.district.name)]
            .into_iter()
            .chain(self.streets.iter().enumerate().map(|(at, street)| (format!("/streets/{at}/name"), &street.name)))
            .chain(self.zones.iter().enumerate().map(|(at, zone)| (format!("/zones/{at}/name"), &zone.name)))
            .chain(self.committees.iter().enumerate().map(|(at, c)| (format!("/committees/{at}/name"), &c.name)));
        for (pointer, name) in names {
            if name.trim().is_empty() {
                fault(pointer, "blank", "不能为空白。", "It must not be blank.");
            }
        }
        if self.member_prefix.is_empty() || !self.member_prefix.bytes().all(|b| b.is_ascii_uppercase()) {
            fault(
                "/member_prefix".to_owned(),
                "invalid_prefix",
                "会员编号前缀应为大写字母。",
                "The prefix consists of capital letters.",
            );
        }
        if !self.district.code.is_empty() && !is_digits(&self.district.code, 6) {
            fault(
                "/district/code".to_owned(),
                "invalid_region_code",
                "应为 GB/T 2260 的 6 位行政区划代码。",
                "A region has six digits (GB/T 2260).",
            );
        }
        for (at, street) in self.streets.iter().enumerate() {
            if !is_digits(&street.code, 9) || !street.code.starts_with(&self.district.code) {
                fault(
                    format!("/streets/{at}/code"),
                    "invalid_street_code",
                    "应为 GB/T 10114 的 9 位代码，前 6 位与本区代码一致。",
                    "A street has nine digits (GB/T 10114), the first six being those of the district.",
                );
            }
        }
        let lists: [(&str, Vec<&str>); 3] = [
            ("streets", self.streets.iter().map(|street| street.code.as_str()).collect()),
            ("zones", self.zones.iter().map(|zone| zone.code.as_str()).collect()),
            ("committees", self.committees.iter().map(|committee| committee.code.as_str()).collect()),
        ];
        for (list, codes) in lists {
            let mut seen = BTreeSet::new();
            for (at, code) in codes.into_iter().enumerate() {
                if code.trim().is_empty() {
                    fault(format!("/{list}/{at}/code"), "blank", "不能为空白。", "It must not be blank.");
                } else if !seen.insert(code) {
                    fault(format!("/{list}/{at}/code"), "duplicate", "代码重复。", "The code occurs twice.");
                }
            }
        }
        for (at, zone) in self.zones.iter().enumerate() {
            for (place, street) in zone.street_codes.iter().enumerate() {
                if self.street(street).is_none() {
                    fault(
                        format!("/zones/{at}/street_codes/{place}"),
                        "unknown_street",
                        "街道列表中没有该代码。",
                        "The list of streets does not have it.",
                    );
                }
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

fn is_digits(code: &str, length: usize) -> bool {
    code.len() == length && code.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn street(code: &str) -> Street {
        Street { code: code.to_owned(), name: "松涛街道".to_owned() }
    }

    #[test]
    fn the_default_holds_and_takes_any_street() {
        let policy = AssociationPolicy::default();
        policy.check().unwrap();
        assert!(policy.accepts_street("990106001") && !policy.accepts_street("9901"));
    }

    #[test]
    fn all_contradictions_are_named_at_once() {
        let policy = AssociationPolicy {
            member_prefix: "hy".to_owned(),
            district: District {
                code: "990106".to_owned(), name: "青禾区".to_owned(), city: "云栖市".to_owned()
            },
            streets: vec![street("990106001"), street("990106001"), street("110101001")],
            zones: vec![Zone {
                code: "Z1".to_owned(),
                name: "金融中心".to_owned(),
                street_codes: vec!["990106001".to_owned(), "990106099".to_owned()],
            }],
            ..AssociationPolicy::default()
        };
        let refusal = policy.check().unwrap_err();
        let codes: Vec<_> = refusal.fields.iter().map(|field| field.code).collect();
        assert_eq!(codes, ["invalid_prefix", "invalid_street_code", "duplicate", "unknown_street"]);
        assert!(!policy.accepts_street("990106002") && policy.accepts_street("990106001"));
    }
}
