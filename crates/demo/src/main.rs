//! The main job on recorded cases.

fn main() {}
