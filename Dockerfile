# syntax=docker/dockerfile:1

FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --package gongjian \
    && cp target/release/gongjian /gongjian

FROM debian:bookworm-slim
# The PostgreSQL client is for `gongjian backup`; its major version must be the server's or newer.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl postgresql-common \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install --yes --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /var/lib/gongjian gongjian
COPY --from=build /gongjian /usr/local/bin/gongjian
USER gongjian
WORKDIR /var/lib/gongjian
VOLUME /var/lib/gongjian
ENV GONGJIAN_LISTEN=0.0.0.0:8080 \
    GONGJIAN_METRICS_LISTEN=0.0.0.0:9090 \
    GONGJIAN_LOG_FORMAT=json
EXPOSE 8080 9090
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["gongjian"]
CMD ["serve"]
