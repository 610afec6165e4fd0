//! Path parameters: ids are UUIDs; anything else is a 400 that names the parameter.

use actix_web::HttpRequest;
use actix_web::web::PathConfig;
use gongjian_kernel::fault::Locator;
use gongjian_kernel::{FieldFault, Refusal, Say};

use crate::faults::INVALID_PARAMETER;
use crate::problem::Problem;

/// A parameter that cannot be read.
pub(super) fn invalid(name: &str, detail: Say) -> Refusal {
    let fault = FieldFault { at: Locator::Parameter(name.chars().take(100).collect()), code: "invalid_value", detail };
    Refusal { fields: vec![fault], ..Refusal::of(&INVALID_PARAMETER) }
}

/// The words of an enumeration.
pub(super) fn one_of(words: &[&str]) -> Say {
    Say::new(format!("应为 {} 之一。", words.join("、")), format!("One of {}.", words.join(", ")))
}

/// For `app_data`: the error of `web::Path` in our form.
pub(crate) fn path_config() -> PathConfig {
    PathConfig::default().error_handler(|_, request: &HttpRequest| {
        let detail = Say::fixed("标识应为 UUID。", "An id is a UUID.");
        let ids = request.match_info().iter().filter(|(name, _)| name.ends_with("_id"));
        let faults = ids.filter(|(_, value)| uuid::Uuid::try_parse(value).is_err());
        let mut refusal = Refusal::of(&INVALID_PARAMETER);
        refusal.fields = faults.flat_map(|(name, _)| invalid(name, detail.clone()).fields).collect();
        Problem(refusal).into()
    })
}
