"""Which keys sign the journal, by the settings; secrets stay out of every message."""

from __future__ import annotations

from archive.journal.keyring import keys_from, keys_in
from archive.journal.notes import SigningKey
from flows.settings import Settings


def signing_keys(settings: Settings) -> tuple[SigningKey, ...]:
    """In the order in which they are written; without any, events are entered and nobody vouches for them.

    Raises:
        SigningKeyRefused: what is set is no key, or a file that others may read.
    """
    if settings.journal_key is not None:
        return keys_in(settings.journal_key.get_secret_value(), "TIDEWAITER_JOURNAL_KEY")
    return keys_from(settings.journal_key_file) if settings.journal_key_file else ()
