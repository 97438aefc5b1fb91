"""Plots: a fold's loss and accuracy, and bars of counts. They need the ``plots`` extra."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import TrainingError
from .history import read_history

GROUPS = (("loss", "log loss"), ("accuracy", "accuracy"))


def _pyplot() -> Any:
    try:
        matplotlib = importlib.import_module("matplotlib")
    except ImportError as error:
        raise TrainingError("Plots need matplotlib. Run: pip install 'models/training[plots]'.") from error
    matplotlib.use("Agg")
    return importlib.import_module("matplotlib.pyplot")


def plot_history(history: Path, target: Path) -> None:
    """A PNG with the loss and the accuracy of training and validation over the epochs of one fold."""
    rows = read_history(history)
    if not rows:
        raise TrainingError(f"{history} has no rows yet. Train for a while first.")
    figure, axes = _pyplot().subplots(1, len(GROUPS), figsize=(11, 4), layout="constrained")
    for axis, (name, title) in zip(axes, GROUPS, strict=True):
        for column, label, style in ((name, "training", "-"), (f"valid_{name}", "validation", "o-")):
            points = [(row["epoch"], row[column]) for row in rows if row[column] is not None]
            if points:
                axis.plot(*zip(*points, strict=True), style, label=label)
        axis.set(xlabel="epoch", title=title)
        axis.grid(alpha=0.3)
        axis.legend()
    figure.suptitle(history.stem)
    figure.savefig(target, dpi=110)
    _pyplot().close(figure)


def plot_counts(counts: Mapping[str, Mapping[str, int]], target: Path) -> None:
    """A PNG with one bar chart for each group of counts, one above the other."""
    figure, axes = _pyplot().subplots(len(counts), 1, figsize=(11, 3.2 * len(counts)), layout="constrained")
    for axis, (title, bars) in zip(axes, counts.items(), strict=True):
        axis.bar(list(bars), list(bars.values()))
        axis.set(title=f"pictures by {title}")
        axis.tick_params(axis="x", labelrotation=45)
        axis.grid(axis="y", alpha=0.3)
    figure.savefig(target, dpi=110)
    _pyplot().close(figure)
