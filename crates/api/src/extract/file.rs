//! A file as a body: raw bytes, taken only after the handler has authorized the caller.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use gongjian_kernel::{Refusal, Say};

use super::body::receive;
use crate::faults::UNSUPPORTED_MEDIA_TYPE;
use crate::problem::Problem;
use crate::state::ApiState;
use crate::table::XLSX;

/// A file that is still on its way. What it is, its bytes tell; its type only has to be one of a file.
pub struct FileBody {
    request: HttpRequest,
    payload: Payload,
}

impl std::fmt::Debug for FileBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileBody").finish_non_exhaustive()
    }
}

impl FromRequest for FileBody {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self { request: request.clone(), payload: payload.take() }))
    }
}

impl FileBody {
    /// The bytes. To be called after authorization.
    pub async fn bytes(self) -> Result<Vec<u8>, Refusal> {
        if self.request.headers().contains_key(header::CONTENT_ENCODING) {
            let detail = Say::fixed("请求体不得压缩。", "A body is not compressed.");
            return Err(Refusal::new(&UNSUPPORTED_MEDIA_TYPE, detail));
        }
        if !["application/octet-stream", "text/csv", XLSX].contains(&self.request.content_type()) {
            let detail =
                Say::fixed("文件以 application/octet-stream 发送。", "A file is sent as application/octet-stream.");
            return Err(Refusal::new(&UNSUPPORTED_MEDIA_TYPE, detail));
        }
        let state = self.request.app_data::<web::Data<ApiState>>();
        let settings = &state.ok_or_else(|| Refusal::internal("the application has no state"))?.settings;
        receive(self.payload, settings, settings.file_limit_bytes).await
    }
}
