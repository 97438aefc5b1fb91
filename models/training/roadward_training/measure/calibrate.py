"""Temperature: p is replaced by p^(1/T), rescaled; T above 1 makes a proud network humbler (Guo et al. 2017)."""

from __future__ import annotations

import math

import numpy as np

from .metrics import CLIP, Labels, Probabilities, log_loss, softmax

LOWEST, HIGHEST = 0.2, 5.0
GOLDEN = (math.sqrt(5) - 1) / 2


def apply_temperature(probabilities: Probabilities, temperature: float) -> Probabilities:
    """Probabilities [N, classes] after the temperature, as the application does it after combining folds."""
    return softmax(np.log(np.clip(probabilities, CLIP, None)) / temperature)


def fit_temperature(probabilities: Probabilities, labels: Labels, tolerance: float = 1e-4) -> float:
    """The temperature of least log loss, by golden section: the loss is convex in 1/T, so it has one valley."""

    def loss(log_temperature: float) -> float:
        return log_loss(apply_temperature(probabilities, math.exp(log_temperature)), labels)

    low, high = math.log(LOWEST), math.log(HIGHEST)
    while high - low > tolerance:
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if loss(left) < loss(right):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)
