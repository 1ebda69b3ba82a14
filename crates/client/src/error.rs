use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use magewright::call::{Method, Request, UnexpectedReply};
use magewright::error::{Cause, StoreError};
use magewright::plan::Unplannable;
use magewright::profile::ProfileError;
use magewright::retry::Setback;
use magewright::search::PagingError;

use crate::network::NetworkFailure;
use crate::write::{LeftBehind, Unsettled};

/// Why a call gave no value.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The client cannot be set up so.
    Settings(String),
    /// The store refused or failed, and said so.
    Refused(Box<Refused>),
    /// The store said success in words that cannot be read; it may have done what was asked.
    Reply(Box<Failed<UnexpectedReply>>),
    /// No whole reply came.
    Network(Box<Failed<NetworkFailure>>),
    /// The login that the call needed failed; all calls that waited for it share the failure.
    Login(Arc<Error>),
    /// A new integration's handshake failed, and why.
    Handshake(String),
    /// The store has no customer with this id.
    NoSuchCustomer(i64),
    /// The store refused to create a customer and keeps it all the same.
    LeftBehind(Box<LeftBehind>),
    /// No request does what is asked and nothing else.
    Unplannable(Box<Unplannable>),
    /// An update was sent and does not hold.
    Unsettled(Box<Unsettled>),
    /// A search that cannot be read page by page.
    Paging(PagingError),
    /// The store says of itself what no store says.
    Profile(ProfileError),
    /// The journal of a sync cannot be used, and why.
    Journal(String),
}

/// A refusal of the store, and what may be behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// The method of the request.
    pub method: Method,
    /// Its path; values that are not numbers are named, not shown.
    pub path: String,
    /// What the store said.
    pub error: StoreError,
    /// The likely causes, the likeliest first.
    pub causes: Vec<Cause>,
    /// How long the store asks to wait.
    pub retry_after: Option<Duration>,
}

/// A call that failed for want of a reply that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed<R> {
    /// The method of the request.
    pub method: Method,
    /// Its path; values that are not numbers are named, not shown.
    pub path: String,
    /// Why.
    pub reason: R,
}

impl Error {
    pub(crate) fn network(request: &Request, reason: NetworkFailure) -> Self {
        Error::Network(Box::new(Failed::of(request, reason)))
    }

    /// The HTTP status, where the store gave one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Error::Refused(refused) => Some(refused.error.status()),
            Error::Reply(failed) => Some(failed.reason.status),
            Error::Network(failed) => match failed.reason {
                NetworkFailure::Redirect { status, .. } => Some(status),
                _ => None,
            },
            Error::Login(error) => error.status(),
            Error::LeftBehind(left) => Some(left.refused.error.status()),
            _ => None,
        }
    }

    /// Whether the store says that it has no such thing, rather than no such route.
    pub(crate) fn is_no_such_entity(&self) -> bool {
        let routed = |refused: &Refused| refused.causes.iter().all(|cause| !cause.code.starts_with("route_"));
        matches!(self, Error::Refused(refused) if refused.error.status() == 404 && routed(refused))
    }

    /// What the failure means for another attempt; `None` for one that another attempt would not change.
    ///
    /// A failed login is a setback before the call itself was made.
    #[must_use]
    pub fn setback(&self) -> Option<Setback> {
        match self {
            Error::Refused(refused) => Setback::of_status(refused.error.status(), refused.retry_after),
            Error::Reply(_) => Some(Setback::unclear()),
            Error::Network(failed) => failed.reason.setback(),
            Error::Login(error) => error.setback().map(|setback| Setback { may_be_done: false, ..setback }),
            _ => None,
        }
    }

    /// What the store said, where it refused.
    #[must_use]
    pub fn store(&self) -> Option<&StoreError> {
        match self {
            Error::Refused(refused) => Some(&refused.error),
            Error::LeftBehind(left) => Some(&left.refused.error),
            Error::Login(error) => error.store(),
            _ => None,
        }
    }

    /// The likely causes of a refusal, the likeliest first; empty for other failures.
    #[must_use]
    pub fn causes(&self) -> &[Cause] {
        match self {
            Error::Refused(refused) => &refused.causes,
            Error::LeftBehind(left) => &left.refused.causes,
            Error::Login(error) => error.causes(),
            _ => &[],
        }
    }
}

impl<R> Failed<R> {
    pub(crate) fn of(request: &Request, reason: R) -> Self {
        Failed { method: request.method, path: request.shown_path().to_owned(), reason }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Settings(problem) | Error::Handshake(problem) => f.write_str(problem),
            Error::Refused(refused) => refused.fmt(f),
            Error::Reply(failed) => failed.fmt(f),
            Error::Network(failed) => failed.fmt(f),
            Error::Login(error) => write!(f, "the login failed: {error}"),
            Error::NoSuchCustomer(id) => write!(f, "the store has no customer {id}"),
            Error::LeftBehind(left) => {
                write!(f, "{}; the customer was kept: mend it with an update, or delete it", left.refused)
            }
            Error::Unplannable(error) => error.fmt(f),
            Error::Unsettled(error) => error.fmt(f),
            Error::Paging(error) => error.fmt(f),
            Error::Profile(error) => write!(f, "what the store says of itself cannot be read: {error}"),
            Error::Journal(problem) => write!(f, "the journal: {problem}"),
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.method, self.path, self.error)?;
        for cause in &self.causes {
            write!(f, "; likely: {cause}")?;
        }
        Ok(())
    }
}

impl<R: fmt::Display> fmt::Display for Failed<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.method, self.path, self.reason)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Refused(refused) => Some(&refused.error),
            Error::LeftBehind(left) => Some(&left.refused.error),
            Error::Reply(failed) => Some(&failed.reason),
            Error::Login(error) => Some(&**error),
            Error::Unplannable(error) => Some(&**error),
            Error::Paging(error) => Some(error),
            Error::Profile(error) => Some(error),
            _ => None,
        }
    }
}

impl From<PagingError> for Error {
    fn from(error: PagingError) -> Self {
        Error::Paging(error)
    }
}

impl From<Unplannable> for Error {
    fn from(error: Unplannable) -> Self {
        Error::Unplannable(Box::new(error))
    }
}
