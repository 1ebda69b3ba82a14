//! Sends what the core has planned.
