"""Why something cannot be computed. Every message is a sentence that a clerk can act on.

DeclarationError
├── NotComputable            a value, duty or tax that what is known does not give
│   ├── ExpressionInvalid    a duty expression that is none
│   ├── ExpressionRefused    one whose meaning needs more than the declaration holds (entry price, yield of sugar)
│   ├── QuantityMissing      a quantity that the expression asks for is not declared
│   ├── SeasonUnknown        the rate depends on a day that is not given, or no season holds it
│   ├── RateMissing          no exchange rate for the day
│   ├── TariffSilent         the tariff has no single rate for these goods, this origin and this claim
│   ├── ReliefRefused        a relief that its conditions do not allow, or a procedure that is not known here
│   └── ValueOpen            the customs value cannot be built from what the papers give
└── FileNotUnderstood        a tariff or rate file that is not in a form known here
"""

from __future__ import annotations


class DeclarationError(Exception):
    """Base of all."""


class NotComputable(DeclarationError):  # noqa: N818 - it is a fact of the case, not a fault
    """Raised instead of a guess; the value stays null, and the message is its reason."""


class ExpressionInvalid(NotComputable):
    pass


class ExpressionRefused(NotComputable):
    pass


class QuantityMissing(NotComputable):
    pass


class SeasonUnknown(NotComputable):
    pass


class RateMissing(NotComputable):
    pass


class TariffSilent(NotComputable):
    pass


class ReliefRefused(NotComputable):
    pass


class ValueOpen(NotComputable):
    pass
