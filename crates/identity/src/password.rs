//! Passwords: what is accepted (NIST SP 800-63B-4: length and guessability, no rules of composition; or the
//! profile of 等保), and Argon2id behind a limit on hashes at a time.
//!
//! The blocklist is that of zxcvbn: 30,000 passwords that were found in leaks, beside names and words of
//! English and film, all of them also in parts, with digits and signs for letters, and backwards.

use std::sync::Arc;

use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use gongjian_kernel::fault::BUSY;
use gongjian_kernel::{Refusal, Result, keys::random_token};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization as _;

use crate::password_rules::{MAX_CHARACTERS, PasswordRules, refusal};
use crate::policy::AccountPolicy;
use crate::settings::IdentitySettings;

/// Looked at before any work is done.
const MAX_BYTES: usize = 1024;
/// Of 0..=4: safely unguessable offline against a slow hash.
const MIN_SCORE: u8 = 3;
/// Words that are near at hand in this association.
const CONTEXT: &[&str] =
    &["gongjian", "共建", "党建", "促进会", "区域化党建", "dangjian", "cujinhui", "admin", "administrator"];

/// A password that was accepted, as a PHC string. Made before the transaction that stores it opens: no
/// transaction waits for a hash.
#[derive(Clone, PartialEq, Eq, sea_orm::DeriveValueType)]
pub struct PasswordHash(pub(crate) String);

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(***)")
    }
}

/// A password that was drawn at random: its text is for one pair of eyes, once.
#[derive(Clone, PartialEq, Eq)]
pub struct IssuedPassword {
    pub text: String,
    pub hash: PasswordHash,
}

impl std::fmt::Debug for IssuedPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IssuedPassword(***)")
    }
}

/// A turn at hashing. Held by the hash itself as well, so that a caller who goes away frees nothing early.
#[derive(Clone)]
pub(crate) struct Turn(#[expect(dead_code, reason = "held, never read")] Arc<[OwnedSemaphorePermit; 2]>);

/// Who may wait for a turn. A longer queue would only outlast the callers' patience.
const WAITING: usize = 64;
const RETRY_SECONDS: u64 = 5;

pub(crate) struct Passwords {
    argon2: Argon2<'static>,
    turns: Arc<Semaphore>,
    /// Turns and places to wait for one.
    places: Arc<Semaphore>,
    /// Verified for unknown users, so that they cost what known ones cost.
    nobody: PasswordHash,
    min_characters: usize,
}

impl Passwords {
    pub(crate) fn new(settings: &IdentitySettings) -> Result<Self> {
        let params = Params::new(settings.argon2_memory_kib, settings.argon2_iterations, settings.argon2_lanes, None)
            .map_err(|error| Refusal::internal(error.to_string()))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hash(&argon2, &random_token::<32>().map_err(Refusal::internal)?)?;
        let permits = usize::try_from(settings.hash_permits).unwrap_or(1).max(1);
        let min_characters = usize::try_from(settings.password_min_length).unwrap_or(15).clamp(8, MAX_CHARACTERS);
        let (turns, places) = (Arc::new(Semaphore::new(permits)), Arc::new(Semaphore::new(permits + WAITING)));
        Ok(Self { argon2, turns, places, nobody, min_characters })
    }

    /// The hash of a password that was drawn at the start and forgotten.
    pub(crate) fn nobody(&self) -> PasswordHash {
        self.nobody.clone()
    }

    /// Whether a password that is in use keeps the rules.
    pub(crate) fn keeps(&self, rules: PasswordRules, password: &str) -> bool {
        rules.refuse("", &normal(password)).is_ok()
    }

    /// Waits for a turn; where too many wait already, the caller comes back later.
    pub(crate) async fn turn(&self) -> Result<Turn> {
        let place = self.places.clone().try_acquire_owned().map_err(|_| Refusal::of(&BUSY).after(RETRY_SECONDS))?;
        let turn = self.turns.clone().acquire_owned().await.map_err(Refusal::internal)?;
        Ok(Turn(Arc::new([place, turn])))
    }

    /// Whether it is the password; for an unknown user it takes as long and is not.
    pub(crate) async fn verify(&self, turn: &Turn, password: &str, known: Option<PasswordHash>) -> Result<bool> {
        if password.len() > MAX_BYTES {
            return Ok(false);
        }
        let is_known = known.is_some();
        let hash = known.unwrap_or_else(|| self.nobody.clone());
        let (argon2, turn, password) = (self.argon2.clone(), turn.clone(), normal(password));
        let holds = blocking(move || {
            let _turn = turn;
            phc::PasswordHash::new(&hash.0).is_ok_and(|hash| argon2.verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await?;
        Ok(holds && is_known)
    }

    pub(crate) async fn hash(&self, turn: &Turn, password: &str) -> Result<PasswordHash> {
        let (argon2, turn, password) = (self.argon2.clone(), turn.clone(), normal(password));
        blocking(move || {
            let _turn = turn;
            hash(&argon2, &password)
        })
        .await?
    }

    /// Whether the hash was made with other parameters than those in force.
    pub(crate) fn is_outdated(&self, hash: &PasswordHash) -> bool {
        let made_with = phc::PasswordHash::new(&hash.0).ok().and_then(|hash| Params::try_from(&hash).ok());
        let wanted = self.argon2.params();
        made_with.is_none_or(|made| {
            (made.m_cost(), made.t_cost(), made.p_cost()) != (wanted.m_cost(), wanted.t_cost(), wanted.p_cost())
        })
    }

    /// The rules in force.
    pub(crate) fn rules(&self, policy: &AccountPolicy, has_second_factor: bool) -> PasswordRules {
        PasswordRules::of(policy, self.min_characters, has_second_factor)
    }

    /// Refuses what is short, long or easily guessed. `words` are those that an attacker would try first.
    pub(crate) async fn check(
        &self,
        turn: &Turn,
        rules: PasswordRules,
        pointer: &str,
        password: &str,
        words: &[&str],
    ) -> Result<()> {
        if password.len() > MAX_BYTES {
            let zh = format!("密码至多 {MAX_CHARACTERS} 个字符。");
            return Err(refusal(pointer, "too_long", zh, format!("At most {MAX_CHARACTERS} characters.")));
        }
        rules.refuse(pointer, &normal(password))?;
        let words: Vec<String> = CONTEXT.iter().chain(words).map(|word| word.to_lowercase()).collect();
        let (turn, password) = (turn.clone(), normal(password));
        let score = blocking(move || {
            let _turn = turn;
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let score = |password: &str| u8::from(zxcvbn::zxcvbn(password, &words).score());
            // What is left without the words that are known must be hard to guess by itself.
            let known = words.iter().filter(|word| word.chars().count() > 1);
            let rest = known.fold(password.to_lowercase(), |rest, word| rest.replace(word, ""));
            score(&password).min(score(&rest))
        })
        .await?;
        if score < MIN_SCORE {
            return Err(refusal(
                pointer,
                "weak_password",
                "密码容易被猜中：请勿使用常见密码、姓名、用户名、重复或连续字符，可改用一句较长的话。".to_owned(),
                "It is easily guessed: avoid common passwords, names, repetitions and sequences; a longer phrase is fine."
                    .to_owned(),
            ));
        }
        Ok(())
    }

    /// 120 random bits, for a first password or a reset.
    pub(crate) async fn issue(&self) -> Result<IssuedPassword> {
        let text = random_token::<15>().map_err(Refusal::internal)?;
        let hash = self.hash(&self.turn().await?, &text).await?;
        Ok(IssuedPassword { text, hash })
    }
}

/// The same password from every keyboard.
fn normal(password: &str) -> String {
    password.nfc().collect()
}

fn hash(argon2: &Argon2<'_>, password: &str) -> Result<PasswordHash> {
    let hash = argon2.hash_password(password.as_bytes()).map_err(|error| Refusal::internal(error.to_string()))?;
    Ok(PasswordHash(hash.to_string()))
}

async fn blocking<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(run).await.map_err(Refusal::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passwords() -> Passwords {
        let cheap = IdentitySettings { argon2_memory_kib: 64, argon2_iterations: 1, ..IdentitySettings::default() };
        Passwords::new(&cheap).unwrap()
    }

    #[tokio::test]
    async fn weak_passwords_are_refused_and_phrases_pass() {
        let passwords = passwords();
        let turn = passwords.turn().await.unwrap();
        let words = ["zhangwei", "张伟", "青禾区第一小学"];
        let rules = passwords.rules(&AccountPolicy::default(), false);
        for (weak, code) in [
            ("12345678", "too_short"),
            ("Password1!", "too_short"),
            ("123456789012345678", "weak_password"),
            ("passwordpassword", "weak_password"),
            ("zhangweizhangwei", "weak_password"),
            ("zhangwei.@zhangwei-2026", "weak_password"),
            ("我是青禾区第一小学的张伟没错就是我青禾区第一小学", "weak_password"),
            ("aaaaaaaaaaaaaaaaaaaa", "weak_password"),
            ("qwertyuiopasdfghjkl", "weak_password"),
            (&"长".repeat(129), "too_long"),
            (&"x".repeat(1 << 20), "too_long"),
        ] {
            let refusal = passwords.check(&turn, rules, "/password", weak, &words).await.unwrap_err();
            assert_eq!(refusal.fields[0].code, code, "{}", weak.chars().take(30).collect::<String>());
        }
        for good in [
            "correct horse battery staple",
            "春眠不觉晓处处闻啼鸟夜来风雨声",
            "🌾 four lanterns over the canal",
            "vN2-kQ8_xW4tRz7LmP1a",
            "the long way round the lake is a good way home on sunday evening",
        ] {
            passwords.check(&turn, rules, "/password", good, &words).await.unwrap();
        }
    }

    #[tokio::test]
    async fn who_finds_the_queue_full_comes_back_later() {
        let passwords = Arc::new(passwords());
        let held = [passwords.turn().await.unwrap(), passwords.turn().await.unwrap()];
        let wait = async |passwords: Arc<Passwords>| passwords.turn().await.map(drop);
        let waiting: Vec<_> = (0..WAITING).map(|_| tokio::spawn(wait(passwords.clone()))).collect();
        while passwords.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let refusal = passwords.turn().await.map(drop).unwrap_err();
        assert_eq!((refusal.entry, refusal.retry_after_seconds), (&BUSY, Some(RETRY_SECONDS)));
        drop(held);
        for waiting in waiting {
            waiting.await.unwrap().unwrap();
        }
        passwords.turn().await.map(drop).unwrap();
    }

    #[tokio::test]
    async fn every_character_counts_and_normal_forms_are_equal() {
        let passwords = passwords();
        let turn = passwords.turn().await.unwrap();
        let long = "é".repeat(128);
        let hash = passwords.hash(&turn, &long).await.unwrap();
        assert!(passwords.verify(&turn, &"e\u{301}".repeat(128), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify(&turn, &"é".repeat(127), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify(&turn, &long, None).await.unwrap());
        assert!(!passwords.is_outdated(&hash));
        let stronger = IdentitySettings { argon2_memory_kib: 128, ..IdentitySettings::default() };
        assert!(Passwords::new(&stronger).unwrap().is_outdated(&hash));
    }
}
