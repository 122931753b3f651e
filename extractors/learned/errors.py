"""What may be wrong with a trained model.

LearnedError
├── ModelMissingError    the installation lacks the file
├── ModelAlteredError    its bytes are not those that were trained and measured
└── ModelFormError       it is of a form that this version does not read
"""


class LearnedError(Exception):
    """A trained model cannot be used; nothing is read with another one in its place."""


class ModelMissingError(LearnedError):
    """A packaged model is not there."""


class ModelAlteredError(LearnedError):
    """A model's bytes have another digest than the one noted when it was trained."""


class ModelFormError(LearnedError):
    """A model is not of the form that this version reads."""
