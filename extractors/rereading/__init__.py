"""Values read a second time, brought back into the papers they stand in.

`verdicts` says what the second look makes of each doubted value, `supported` and `taken` bring it in. Agreement of two
engines says that the print is so; whether the value stands in the right place is never asked here.
"""

from extractors.rereading.merging import field_is_agreed, supported, taken
from extractors.rereading.verdicts import Verdict, field_of, verdicts

__all__ = ["Verdict", "field_is_agreed", "field_of", "supported", "taken", "verdicts"]
