//! Personal data: who is shown a number, what one can ask about oneself (个人信息保护法).

mod consents;
mod own;
mod requests;
mod reveals;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .configure(reveals::configure)
        .configure(own::configure)
        .configure(requests::configure)
        .configure(consents::configure);
}
