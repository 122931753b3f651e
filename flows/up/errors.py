"""What keeps the stack from running; the tree is drawn in the package's docstring."""

from __future__ import annotations

from flows.errors import ClearingError


class StackError(ClearingError):
    """Nothing is lost: the papers wait in the inbox."""


class AlreadyUpError(StackError):
    """The message names the folder."""


class FolderRefusedError(StackError):
    """The message names the folder and the reason of the operating system."""


class PortTakenError(StackError):
    """The message names the port."""


class MissingServerError(StackError):
    """The message names the package to install."""


class ServerDiedError(StackError):
    """The message names the server, and holds the last lines that it wrote."""
