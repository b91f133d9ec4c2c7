"""Errors of policytext: each also inherits the built-in error that it refines."""


class PolicyTextError(Exception):
    """Root of all errors that policytext raises on purpose."""


class DocumentError(PolicyTextError, ValueError):
    """A document cannot be read; the message names the file, the cause and the remedy."""


class MetadataError(PolicyTextError, ValueError):
    """A metadata table is missing a column, repeats a document or cannot be parsed."""


class RuleError(PolicyTextError, ValueError):
    """A rule table or lexicon breaks its format; the message names file, row and allowed values."""


class ModelError(PolicyTextError, RuntimeError):
    """A trained model is missing, damaged or of the wrong version."""


class AnalysisError(PolicyTextError, ValueError):
    """The input of an analysis, comparison or report lacks what that step needs."""


class BatchError(PolicyTextError, RuntimeError):
    """A run over many documents cannot start, go on or be repeated."""


class GoldError(PolicyTextError, ValueError):
    """A file of hand-coded segments breaks its format; the message names the line."""


class TrainingError(PolicyTextError, ValueError):
    """Models cannot be trained on the given codes, or would find no more with them than without."""


class PolicyTextWarning(UserWarning):
    """Something a user should look at, such as a document without any measure."""
