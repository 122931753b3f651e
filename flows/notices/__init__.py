"""Notices: somebody is told that a shipment was held, released or rejected.

A notice has the reference, the status, a link to the desk, and which codes hold how often: no value and no name of a
paper. It is owed before the result is filed and struck off once it was delivered, so that whoever is killed leaves
it to the next one: told twice now and then, which its id shows, and never not at all until its tries are used up.

    NoticeError             flows.errors.ClearingError
    ├── TargetRefusedError  the target is not allowed; no try will change that
    └── NotDeliveredError   nobody took it this time
"""
