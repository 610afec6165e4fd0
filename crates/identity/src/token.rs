//! Access tokens: signed JWTs of the profile of RFC 9068 that live ten minutes at most. They say which
//! account and session asks, never what it may do: offices are read from the database.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use gongjian_kernel::{Refusal, Result};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::AccountId;
use crate::fault::INVALID_TOKEN;
use crate::session::SessionId;
use crate::settings::{IdentitySettings, MAX_ACCESS_TOKEN_SECONDS};

/// How far the clocks of two instances may be apart.
const LEEWAY_SECONDS: i64 = 30;
const TYPE: &str = "at+jwt";
const CLIENT: &str = "gongjian";

/// Plain types: a claim that is missing, null or of another type is refused while reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) iss: String,
    pub(crate) sub: AccountId,
    pub(crate) aud: String,
    pub(crate) client_id: String,
    pub(crate) sid: SessionId,
    pub(crate) jti: Uuid,
    pub(crate) iat: i64,
    pub(crate) nbf: i64,
    pub(crate) exp: i64,
}

/// The only header that there is. Any other member (`crit`, `jwk`, `x5c` …) or a repeated one is refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Protected {
    typ: String,
    alg: String,
    kid: String,
}

pub(crate) struct AccessTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    header: Header,
    kid: String,
    validation: Validation,
    settings: IdentitySettings,
}

/// RFC 8410: what stands before the 32 bytes of an Ed25519 seed in PKCS #8.
const PKCS8_PREFIX: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

impl AccessTokens {
    pub(crate) fn new(seed: &[u8; 32], settings: &IdentitySettings) -> Result<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(Refusal::internal)?;
        let public = pair.public_key().as_ref();
        let jwk = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, BASE64URL_NOPAD.encode(public));
        let kid = BASE64URL_NOPAD.encode(digest(&SHA256, jwk.as_bytes()).as_ref()); // RFC 7638
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(kid.clone());
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
        validation.set_audience(&[&settings.audience]);
        validation.set_issuer(&[&settings.issuer]);
        // The library reads the system's clock; ours is injected. `verify` checks the times.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        Ok(Self {
            encoding: EncodingKey::from_ed_der(&[&PKCS8_PREFIX[..], seed].concat()),
            decoding: DecodingKey::from_ed_der(public),
            header,
            kid,
            validation,
            settings: settings.clone(),
        })
    }

    /// Equal arguments give an equal token, to the letter: Ed25519 is deterministic.
    pub(crate) fn issue(&self, sub: AccountId, sid: SessionId, jti: Uuid, at: DateTime<Utc>) -> Result<String> {
        let iat = at.timestamp();
        let claims = Claims {
            iss: self.settings.issuer.clone(),
            sub,
            aud: self.settings.audience.clone(),
            client_id: CLIENT.to_owned(),
            sid,
            jti,
            iat,
            nbf: iat,
            exp: iat + self.settings.access_life().num_seconds(),
        };
        jsonwebtoken::encode(&self.header, &claims, &self.encoding).map_err(Refusal::internal)
    }

    pub(crate) fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Claims> {
        let refused = || Refusal::of(&INVALID_TOKEN);
        if !self.header_is_ours(token) {
            return Err(refused());
        }
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation)
            .map_err(|error| Refusal { source: Some(Box::new(error)), ..refused() })?
            .claims;
        let Claims { iat, nbf, exp, .. } = claims;
        let now = now.timestamp();
        let in_force = iat.max(nbf) <= now + LEEWAY_SECONDS && now < exp;
        let as_issued = iat <= nbf && exp.saturating_sub(iat) <= MAX_ACCESS_TOKEN_SECONDS.into();
        if !in_force || !as_issued || claims.client_id != CLIENT {
            return Err(refused());
        }
        Ok(claims)
    }

    fn header_is_ours(&self, token: &str) -> bool {
        let Some(raw) = token.split('.').next().and_then(|part| BASE64URL_NOPAD.decode(part.as_bytes()).ok()) else {
            return false;
        };
        serde_json::from_slice::<Protected>(&raw)
            .is_ok_and(|header| header.typ == TYPE && header.alg == "EdDSA" && header.kid == self.kid)
    }
}
