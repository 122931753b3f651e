"""The whole archive looked at anew: objects against the journal, locks against the law, register against archive."""
