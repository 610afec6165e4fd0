use std::process::ExitCode;

/// Gives memory back that the system's allocator keeps: what a password hash takes, for one.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[actix_web::main]
async fn main() -> ExitCode {
    gongjian::cli::main().await
}
