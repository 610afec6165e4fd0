//! What clients ask of files.

use gongjian_kernel::Text;
use gongjian_membership::unit::{AffiliationLevel, UnitFilter, UnitStatus, UnitType};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::extract::AnyOf;
use crate::table::FileFormat;

/// 导入方式 / What an import does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ImportMode {
    Preview,
    Commit,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportQuery {
    /// preview 仅检查，commit 导入；默认 preview / Check only, or import; preview where it is absent.
    #[param(inline, example = "preview")]
    pub(super) mode: Option<ImportMode>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct TemplateQuery {
    /// 文件格式，默认 xlsx / Form of the file; xlsx where it is absent.
    #[param(inline, example = "xlsx")]
    pub(super) format: Option<FileFormat>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ExportQuery {
    /// 文件格式，默认 xlsx / Form of the file; xlsx where it is absent.
    #[param(inline, example = "xlsx")]
    pub(super) format: Option<FileFormat>,
    /// 会员状态，逗号分隔 / Membership status, any of.
    #[param(style = Form, explode = false, example = json!(["active"]))]
    status: Option<AnyOf<UnitStatus>>,
    /// 单位类型，逗号分隔 / Type, any of.
    #[param(style = Form, explode = false, example = json!(["research", "university"]))]
    unit_type: Option<AnyOf<UnitType>>,
    /// 隶属层级，逗号分隔 / Level of affiliation, any of.
    #[param(style = Form, explode = false, example = json!(["district"]))]
    affiliation_level: Option<AnyOf<AffiliationLevel>>,
    /// 街道代码，逗号分隔 / Street, any of.
    #[param(style = Form, explode = false, value_type = Option<Vec<String>>, max_items = 50, example = json!(["990106007"]))]
    street_code: Option<AnyOf<Text<9, 9>>>,
    /// 是否承办意见的职能部门 / Whether issues are dispatched to it.
    #[param(example = true)]
    handles_issues: Option<bool>,
    /// 名称的一部分、拼音首字母，或信用代码、会员编号的开头 / A part of the name, initials of its pinyin, or the beginning of the credit code or member number.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", example = "jyj")]
    q: Option<Text<1, 100>>,
}

impl From<&ExportQuery> for UnitFilter {
    fn from(query: &ExportQuery) -> Self {
        fn words<T: Clone>(any: Option<&AnyOf<T>>) -> Vec<T> {
            any.map(|any| any.0.clone()).unwrap_or_default()
        }
        Self {
            status: words(query.status.as_ref()),
            unit_type: words(query.unit_type.as_ref()),
            affiliation_level: words(query.affiliation_level.as_ref()),
            street_code: words(query.street_code.as_ref()).into_iter().map(Text::into_string).collect(),
            handles_issues: query.handles_issues,
            q: query.q.clone().map(Text::into_string),
        }
    }
}
