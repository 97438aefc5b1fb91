"""Measures over probabilities [N, classes] and labels [N]."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

CLIP = 1e-15  # Kaggle's multi-class log loss clips probabilities here
ECE_BINS = 15  # Guo et al. 2017, "On Calibration of Modern Neural Networks"

Probabilities = NDArray[np.float64]
Labels = NDArray[np.int64]


class Scores(TypedDict):
    """What a manifest and a table row carry; log loss in nats."""

    accuracy: float
    logLoss: float
    ece: float
    images: int


def softmax(logits: NDArray[np.floating]) -> Probabilities:
    """Softmax over the classes (the last axis), in double precision."""
    shifted = logits.astype(np.float64) - logits.max(axis=-1, keepdims=True)
    powers = np.exp(shifted)
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def accuracy(probabilities: Probabilities, labels: Labels) -> float:
    """Share of pictures whose most probable class is the true one."""
    return float(np.mean(probabilities.argmax(axis=1) == labels))


def log_loss(probabilities: Probabilities, labels: Labels) -> float:
    """Kaggle's multi-class log loss: rows rescaled to sum 1, clipped at 1e-15."""
    rows = probabilities / probabilities.sum(axis=1, keepdims=True)
    true = np.clip(rows[np.arange(len(labels)), labels], CLIP, 1 - CLIP)
    return float(-np.log(true).mean())


def calibration_error(probabilities: Probabilities, labels: Labels, bins: int = ECE_BINS) -> float:
    """Expected calibration error: mean gap of confidence and accuracy over equal bins of confidence (low, high]."""
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == labels
    which = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    gaps = [abs(float(np.sum(confidence[which == index] - correct[which == index]))) for index in range(bins)]
    return sum(gaps) / len(labels)


def confusion(probabilities: Probabilities, labels: Labels) -> NDArray[np.int64]:
    """Counts [true class, predicted class]."""
    classes = probabilities.shape[1]
    table = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(table, (labels, probabilities.argmax(axis=1)), 1)
    return table


def scores(probabilities: Probabilities, labels: Labels) -> Scores:
    """Accuracy, log loss and calibration error together."""
    return {
        "accuracy": accuracy(probabilities, labels),
        "logLoss": log_loss(probabilities, labels),
        "ece": calibration_error(probabilities, labels),
        "images": len(labels),
    }


def scores_by_driver(probabilities: Probabilities, labels: Labels, drivers: Sequence[str]) -> dict[str, Scores]:
    """Scores of every driver, sorted by name."""
    names = np.asarray(drivers)
    return {str(name): scores(probabilities[names == name], labels[names == name]) for name in np.unique(names)}
