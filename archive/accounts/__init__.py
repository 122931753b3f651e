"""Who may sign in at the desk: users, their sessions, and the tries of those who do not get in.

Unlike the register's rows these cannot be rebuilt from the archive: they have a file of their own beside the register,
or tables of their own in its database, and need a backup. No password, session id or recovery code is kept, only what
it can be compared with; the secret of a second factor is kept as it is, as its codes are computed from it.
"""
