"""Areas: which of the codebook's six areas a measure belongs to.

`classify` codes the measures of segments with the bundled model; `AreaClassifier` is the scikit-learn estimator behind
it, in `policytext.areas.classifier`, and `load_classifier` loads the bundled one.
"""

from policytext.areas.coding import AreaCode, AreaModel, classify, load_classifier, load_model

__all__ = ["AreaCode", "AreaModel", "classify", "load_classifier", "load_model"]
