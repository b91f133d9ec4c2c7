"""Fitting the models to a researcher's own codes, and saying what that is worth."""

from policytext.training.fitting import Training, train

__all__ = ["Training", "train"]
