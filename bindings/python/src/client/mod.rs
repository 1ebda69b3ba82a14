//! The client and the sandbox, driven from Python: every call is a task of one runtime.

mod connection;
mod failure;
mod flow;
mod rows;
mod sandbox;
mod task;
mod written;

pub(crate) use connection::Connection;
pub(crate) use flow::Flow;
pub(crate) use sandbox::Sandbox;
pub(crate) use task::Task;
