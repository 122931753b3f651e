"""The whole stack on one machine: an S3 server, a Prefect server, and the worker that watches the inbox.

    ClearingError
    └── StackError
        ├── AlreadyUpError        another one runs on this folder
        ├── FolderRefusedError    the folder of the stack cannot be written
        ├── PortTakenError        another program has a port that was asked for, or none is free
        ├── MissingServerError    the program of the S3 server is not installed
        └── ServerDiedError       a server ended, or never answered; the message shows the end of its log

Each server is a process of its own that listens on 127.0.0.1 alone and dies with the command that started it. The
store is the truth: whatever is killed, and whenever, the next start goes on from what is in the inbox.
"""
