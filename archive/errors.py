"""What can go wrong in the archive: one tree, drawn in the package's docstring."""

# ruff: noqa: N818 -- the names say what happened; that it is an error is said by the base class.
from __future__ import annotations

from typing import ClassVar

from typing_extensions import override


class ArchiveError(Exception):
    """`what` happened, `where` (key, folder, address), and the `remedy`: what a person can do about it."""

    may_pass: ClassVar[bool] = False

    def __init__(self, what: str, where: str, *, remedy: str) -> None:
        super().__init__(what, where)
        self.what = what
        self.where = where
        self.remedy = remedy

    @override
    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.remedy}"

    @override
    def __reduce__(self) -> tuple[object, ...]:
        """Errors travel between processes; `remedy` is keyword-only, which the inherited form cannot pass on."""
        return _remade, (type(self), self.what, self.where, self.remedy), self.__dict__


def _remade(kind: type[ArchiveError], what: str, where: str, remedy: str) -> ArchiveError:
    return kind(what, where, remedy=remedy)


class KeyInvalid(ArchiveError):
    """A name or key that no store may hold: empty, `.`, `..`, or with characters outside the layout."""


class NameTooLong(KeyInvalid):
    """The name does not fit into a key part; `shortened` does, and is distinct through a digest of the whole."""

    shortened: str = ""


class ContentUnreadable(ArchiveError):
    """The file to be archived cannot be read."""


class StoreError(ArchiveError):
    """The object store did not do what it was asked."""


class StoreUnavailable(StoreError):
    """No answer, too many requests, a disk that stumbles: the same call may succeed later."""

    may_pass = True


class StoreRefused(StoreError):
    """Permissions, credentials or settings: the same call fails until someone changes something."""


class StoreFull(StoreRefused):
    """No space is left, or a quota is used up."""


class NotAnArchive(StoreRefused):
    """The folder or bucket is something else; nothing was written to it."""


class NotLockable(NotAnArchive):
    """The bucket keeps no versions or knows no locks: what is archived there could be altered or removed."""


class NoLinks(StoreRefused):
    """This store cannot hand out links for reading."""


class ObjectMissing(StoreError):
    """No object has this key."""


class ObjectDamaged(StoreError):
    """The bytes read are not those that were written."""


class ObjectAltered(ObjectDamaged):
    """Somebody wrote the key anew, or hid it under a delete marker; the version first written is still there."""


class ObjectLocked(StoreError):
    """The object is under retention or legal hold and was not removed."""


class LockWeaker(StoreError):
    """The lock would be shorter or weaker than the one that the object has, which stands."""


class ContentChanged(StoreError):
    """The bytes to be written are not those of the digest told; nothing was written."""


class OriginalDamaged(ArchiveError):
    """An archived original no longer has the digest that names it."""


class RecordDamaged(ArchiveError):
    """A record that stands in the store and is none of its kind that this version can read."""


class Conflict(ArchiveError):
    """What is to be written contradicts what stands: another submission, decision, digest, or an object in the way."""


class RegisterError(ArchiveError):
    """The register did not do what it was asked; the archive is untouched."""


class RegisterUnavailable(RegisterError):
    """The register was locked too long, or its database does not answer."""

    may_pass = True


class RegisterUnusable(RegisterError):
    """The register is damaged or of another version. It is an index only: delete it and rebuild it."""


class JournalError(ArchiveError):
    """The journal, or what is needed to sign or check it, is not as it must be."""


class JournalDamaged(JournalError):
    """What stands in the journal contradicts itself; `tidewaiter journal verify` names what was touched."""


class NoteInvalid(JournalError):
    """A signed note, checkpoint, proof or public key that is malformed, or that no trusted key signed."""


class SigningKeyRefused(JournalError):
    """The journal's private key is missing, malformed, or open to others. The message never quotes it."""


class AccountsError(ArchiveError):
    """The accounts of the desk did not do what they were asked."""


class AccountsUnavailable(AccountsError):
    """They were locked too long, or their database does not answer."""

    may_pass = True


class AccountsUnusable(AccountsError):
    """They are damaged, of another version, or may not be opened. Unlike the register they cannot be rebuilt."""


class AccountRefused(AccountsError):
    """What was asked for cannot be: a name that is taken or unknown, a broker without a slug."""
