from __future__ import annotations

import math

import numpy as np
import pytest

from roadward_training.measure.calibrate import apply_temperature, fit_temperature
from roadward_training.measure.metrics import (
    accuracy,
    calibration_error,
    confusion,
    log_loss,
    scores_by_driver,
    softmax,
)

PROBABILITIES = np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.5, 0.4, 0.1], [0.0, 0.0, 1.0]])
LABELS = np.array([0, 1, 1, 2])


def test_softmax_runs_over_the_classes_and_bears_large_logits() -> None:
    rows = softmax(np.array([[1000.0, 1000.0 + math.log(3)], [0.0, 0.0]]))
    assert rows == pytest.approx(np.array([[0.25, 0.75], [0.5, 0.5]]))


def test_accuracy_by_hand() -> None:
    assert accuracy(PROBABILITIES, LABELS) == 0.75


def test_log_loss_by_hand() -> None:
    expected = -(math.log(0.7) + math.log(0.6) + math.log(0.4) + math.log(1 - 1e-15)) / 4
    assert log_loss(PROBABILITIES, LABELS) == pytest.approx(expected)


def test_log_loss_is_clipped_as_kaggle_does() -> None:
    assert log_loss(np.array([[1.0, 0.0]]), np.array([1])) == pytest.approx(-math.log(1e-15))


def test_log_loss_rescales_rows() -> None:
    assert log_loss(np.array([[2.0, 6.0]]), np.array([1])) == pytest.approx(-math.log(0.75))


def test_confusion_counts_true_in_rows() -> None:
    assert confusion(PROBABILITIES, LABELS).tolist() == [[1, 0, 0], [1, 1, 0], [0, 0, 1]]


def test_calibration_error_by_hand() -> None:
    # Bins of a fifth: 0.7 and (0.6 in the bin below), 0.5, 1.0; each picture alone but for 0.5 and 0.6
    expected = (abs(0.7 - 1) + abs(0.5 + 0.6 - 1) + abs(1.0 - 1)) / 4
    assert calibration_error(PROBABILITIES, LABELS, bins=5) == pytest.approx(expected)


def test_scores_by_driver_keep_drivers_apart() -> None:
    found = scores_by_driver(PROBABILITIES, LABELS, ["p2", "p1", "p2", "p1"])
    assert list(found) == ["p1", "p2"]
    assert (found["p1"]["accuracy"], found["p2"]["accuracy"], found["p2"]["images"]) == (1.0, 0.5, 2)


def test_temperature_one_changes_nothing_and_two_takes_the_root() -> None:
    assert apply_temperature(PROBABILITIES[:3], 1.0) == pytest.approx(PROBABILITIES[:3])
    roots = np.sqrt(PROBABILITIES[0])
    assert apply_temperature(PROBABILITIES[:1], 2.0)[0] == pytest.approx(roots / roots.sum())


def test_fits_the_temperature_that_made_the_labels() -> None:
    rng = np.random.default_rng(5)
    honest = softmax(rng.normal(0, 2, (4000, 5)))
    labels = np.array([rng.choice(5, p=row) for row in honest])
    proud = apply_temperature(honest, 1 / 1.7)
    assert fit_temperature(proud, labels) == pytest.approx(1.7, rel=0.06)
