"""The journal: every event of the archive as one leaf of a Merkle tree that only grows, whose heads are signed.

`merkle`, `tiles`, `notes`, `checkpoints` and `batches` are pure and are what docs/journal.md describes for those who
check without this program. `index` is the journal in the register, `book` what the program writes and asks, `verifying`
the proof that nothing was touched.
"""
