use std::process::ExitCode;

#[actix_web::main]
async fn main() -> ExitCode {
    gongjian::cli::main().await
}
