"""Figures of an exported ensemble, in the format of ``roadward evaluate --json``."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..data.statefarm import CLASSES, Picture
from ..errors import TrainingError
from .calibrate import apply_temperature
from .folds import all_folds, labels_of, open_folds, out_of_fold, read_manifest
from .metrics import confusion, scores


def evaluate(
    folder: Path,
    pictures: Sequence[Picture],
    only_unseen: bool,
    drivers: Sequence[str] | None = None,
    only_folds: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Measure an ensemble, or some of its folds; ``only_unseen`` judges by folds that had the driver in validation."""
    if drivers:
        missing = sorted(set(drivers) - {picture.driver for picture in pictures})
        if missing:
            raise TrainingError(
                f"Drivers {', '.join(missing)} have no pictures here. Choose drivers of driver_imgs_list.csv."
            )
        pictures = [picture for picture in pictures if picture.driver in drivers]
    folds = open_folds(folder, only_folds)
    start = time.perf_counter()
    raw = (out_of_fold if only_unseen else all_folds)(folds, pictures)
    seconds = time.perf_counter() - start
    labels = labels_of(pictures)
    probabilities = apply_temperature(raw, read_manifest(folder)["temperature"])
    table = confusion(probabilities, labels)
    overall = scores(probabilities, labels)
    owners = np.array([picture.driver for picture in pictures])
    held = [np.isin(owners, fold.valid_drivers) for fold in folds]
    return {
        **overall,
        "drivers": len(set(owners.tolist())),
        "perClass": {
            name: {"images": int(row.sum()), "recall": float(row[index] / row.sum()) if row.sum() else None}
            for index, (name, row) in enumerate(zip(CLASSES, table, strict=True))
        },
        "confusion": table.tolist(),
        "folds": [dict(scores(probabilities[own], labels[own])) for own in held if own.any()] if only_unseen else [],
        "msPerImage": seconds * 1000 / len(pictures),
    }
