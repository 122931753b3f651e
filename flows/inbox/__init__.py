"""The watched inbox: what brokers drop becomes revisions of shipments, and the results go back to their outbox.

`watching.watch_once` is one look at the inbox, from the listing to the removal of what is done. Its parts in order:
`readiness` (which shipments are complete), `leases` and `tries` (one worker at a time, three tries), `taking` (archive,
then a revision), `outbox`, `removal`; `quarantine` holds what cannot be taken, `answers`
what is owed to brokers after a person's decision. No part sleeps or asks for the time.
"""
