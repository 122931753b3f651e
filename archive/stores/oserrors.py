"""The one place where what the operating system reports about the local store becomes an error of the archive."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from archive.errors import (
    ArchiveError,
    KeyInvalid,
    ObjectMissing,
    StoreFull,
    StoreRefused,
    StoreUnavailable,
)

# Error number → what it means for the store, and what to do.
MEANING: dict[int, tuple[type[ArchiveError], str]] = {
    errno.ENOENT: (ObjectMissing, "check the key, and that the archive's folder was not moved"),
    errno.ENOSPC: (StoreFull, "free space on the archive's disk, then run again"),
    errno.EDQUOT: (StoreFull, "free space or have the disk quota raised, then run again"),
    errno.EFBIG: (StoreFull, "the file system cannot hold a file of this size; put the archive on another one"),
    errno.EACCES: (StoreRefused, "give this user the right to write into the archive's folder"),
    errno.EPERM: (StoreRefused, "allow hard links and writing there, or put the archive on another file system"),
    errno.EROFS: (StoreRefused, "mount the archive's file system writable, or choose another folder"),
    errno.ENOTSUP: (StoreRefused, "put the archive on a file system with hard links (ext4, XFS, APFS, NFS)"),
    errno.EMLINK: (StoreRefused, "put the archive on a file system with hard links (ext4, XFS, APFS, NFS)"),
    errno.ELOOP: (StoreRefused, "remove the circle of symbolic links in the archive's path"),
    errno.ENAMETOOLONG: (KeyInvalid, "use a shorter reference, or an archive folder with a shorter path"),
    errno.ENOTDIR: (ObjectMissing, "check the key: an object stands where its folder would be"),
    errno.EISDIR: (ObjectMissing, "check the key: it is the folder of other objects"),
    errno.EIO: (StoreUnavailable, "run again; if it stays, check the disk"),
    errno.EMFILE: (StoreUnavailable, "run again with fewer files open at once"),
    errno.ENFILE: (StoreUnavailable, "run again when the machine has fewer files open"),
    errno.ESTALE: (StoreUnavailable, "run again; the network folder was mounted anew"),
    errno.ETIMEDOUT: (StoreUnavailable, "run again when the network folder answers"),
    errno.EAGAIN: (StoreUnavailable, "run again"),
    errno.EBUSY: (StoreUnavailable, "run again"),
}


def mapped(error: OSError, where: str) -> ArchiveError:
    """The archive's error for one of the operating system; an unknown number is refused, never retried blindly."""
    kind, remedy = MEANING.get(error.errno or 0, (StoreRefused, "see the reason; nothing half-written was left"))
    return kind(error.strerror or repr(error), where, remedy=remedy)


@contextmanager
def mapping(where: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise mapped(error, where) from error
