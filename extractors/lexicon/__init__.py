"""The words that papers use for their fields, in every language read: data in TOML, matched by spaCy."""

from extractors.lexicon.labels import Label, Lexicon, language_of, lexicon

__all__ = ["Label", "Lexicon", "language_of", "lexicon"]
