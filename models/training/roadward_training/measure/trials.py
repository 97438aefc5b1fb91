"""Two ensembles side by side, on real and on synthetic drivers, so that nobody takes the one for the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from ..data.statefarm import Picture
from .evaluate import evaluate
from .metrics import Scores


@dataclass(frozen=True)
class Trial:
    """One ensemble tried on one kind of pictures, after its temperature."""

    ensemble: str
    pictures: str
    judged: str
    found: Scores


@dataclass(frozen=True)
class Comparison:
    """What to try: ``holdout`` shows synthetic drivers that no ensemble was trained on."""

    holdout: Sequence[Picture]
    real: Sequence[Picture]
    other: Path  # the ensemble to compare with; it is of real drivers where the exported one is not, and the reverse


def _trial(folder: Path, pictures: Sequence[Picture], kind: str, unseen: bool) -> Trial:
    found = cast(Scores, evaluate(folder, pictures, unseen))
    return Trial(folder.name, kind, "unseen folds" if unseen else "all folds", found)


def compare(exported: Path, synthetic: bool, wish: Comparison) -> list[Trial]:
    """Both ensembles on both kinds, real pictures out of fold where the ensemble is of real drivers.

    ``synthetic`` says that ``exported`` is an ensemble of synthetic drivers.
    """
    return [
        trial
        for folder, of_real in ((exported, not synthetic), (wish.other, synthetic))
        for trial in (
            _trial(folder, wish.holdout, "synthetic, held out", unseen=False),
            _trial(folder, wish.real, "**real**, State Farm sample", unseen=of_real),
        )
    ]
