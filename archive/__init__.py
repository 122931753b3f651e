"""What must last: the object store (local folder, S3), its key layout, the records of shipments, the register.

Object storage is the truth, the register an index that can be rebuilt from it. Every failure is one of these
(`archive.errors`); an asterisk marks those that may pass by themselves, so that trying again is worth it:

    ArchiveError
    ├── KeyInvalid               a name or key that no store may hold
    │   └── NameTooLong          carries a shortened name that may be used instead
    ├── ContentUnreadable        the file to be archived cannot be read
    ├── StoreError
    │   ├── StoreUnavailable *   no answer, too many requests, a disk that stumbles
    │   ├── StoreRefused         permissions, credentials, settings: someone must change something
    │   │   ├── StoreFull        no space, quota used up
    │   │   ├── NotAnArchive     the folder or bucket is something else
    │   │   │   └── NotLockable  the bucket keeps no versions, or knows no locks
    │   │   └── NoLinks          this store cannot hand out links for reading
    │   ├── ObjectMissing        no object has this key
    │   ├── ObjectDamaged        the bytes read are not those that were written
    │   │   └── ObjectAltered    written anew or hidden; the first version is still there
    │   ├── ObjectLocked         under retention or legal hold: not removed
    │   ├── LockWeaker           shorter or weaker than the lock that stands
    │   └── ContentChanged       the bytes to be written are not those of the digest told
    ├── OriginalDamaged          an archived original no longer has its digest
    ├── RecordDamaged            an intake, result or other record that cannot be read back
    ├── Conflict                 what is to be written contradicts what stands
    ├── JournalError
    │   ├── JournalDamaged       the journal contradicts itself: see `tidewaiter journal verify`
    │   ├── NoteInvalid          a checkpoint, proof or public key that is malformed or not signed as it must be
    │   └── SigningKeyRefused    the private key is missing, malformed, or open to others
    ├── RegisterError
    │   ├── RegisterUnavailable * locked too long, or the database does not answer
    │   └── RegisterUnusable     damaged or of another version: delete it and rebuild it from the archive
    └── AccountsError
        ├── AccountsUnavailable * locked too long, or the database does not answer
        ├── AccountsUnusable     damaged, of another version or closed to us; no archive can rebuild them
        └── AccountRefused       a name that is taken or unknown, a broker without a slug
"""
