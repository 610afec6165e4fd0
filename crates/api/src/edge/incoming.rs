//! The body on its way in. actix reads on and on in a chunked body that was let go of, so that a sender
//! who dribbles keeps the connection for ever. A body that is still held when the answer is out is cut,
//! and the connection with it.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::HttpMessage as _;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::Stream;

/// The body of one request, shared by whoever reads it and the answer that may have to hold it.
#[derive(Clone)]
pub(super) struct Incoming(Rc<RefCell<Source>>);

struct Source {
    payload: Payload,
    ended: bool,
}

impl Incoming {
    /// Puts itself before the body of the request.
    pub(super) fn of(request: &mut ServiceRequest) -> Self {
        let payload = request.take_payload();
        let ended = matches!(payload, Payload::None);
        let incoming = Self(Rc::new(RefCell::new(Source { payload, ended })));
        if !ended {
            request.set_payload(Payload::Stream { payload: Box::pin(incoming.clone()) });
        }
        incoming
    }

    /// The body of the answer; it holds what was not read.
    pub(super) fn held_by(self, answer: BoxBody) -> BoxBody {
        if self.0.borrow().ended { answer } else { BoxBody::new(Holding { answer, _unread: self }) }
    }
}

impl Stream for Incoming {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut source = self.0.borrow_mut();
        let polled = Pin::new(&mut source.payload).poll_next(cx);
        if matches!(polled, Poll::Ready(None)) {
            source.ended = true;
        }
        polled
    }
}

struct Holding {
    answer: BoxBody,
    _unread: Incoming,
}

impl MessageBody for Holding {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.answer.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.answer).poll_next(cx)
    }
}
