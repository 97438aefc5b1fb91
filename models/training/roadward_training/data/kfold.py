"""Split by driver, in the report's k-fold JSON: number_models, number_valids, valid_drivers {model_1: [..]}.

Never by picture: pictures of one driver are near-duplicates, and a split by picture reports nonsense.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ..errors import TrainingError
from .statefarm import Picture

TRIALS = 2000  # random partitions looked at; the best of them is within a few pictures of equal folds

Folds = list[list[str]]
Strata = Mapping[str, Sequence[str]]  # drivers who have something in common, for example their cabin, by its name


def read_strata(path: Path) -> Strata:
    """Read ``{"name": ["driver", ...]}``."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): [str(driver) for driver in drivers] for name, drivers in document.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise TrainingError(
            f'{path} cannot be read as strata ({error!r}). It is a JSON file {{"name": ["driver", ...], ...}}.'
        ) from error


def _in_strata(drivers: list[str], strata: Strata) -> list[list[str]]:
    """The drivers by stratum; those whom none names make one of their own."""
    listed = Counter(driver for each in strata.values() for driver in each)
    for driver, times in listed.items():
        if driver not in drivers or times > 1:
            trouble = "has no pictures in the data" if driver not in drivers else "is in two of them"
            raise TrainingError(f"Driver {driver} of the strata {trouble}. Correct the file of --strata.")
    rest = [driver for driver in drivers if driver not in listed]
    return [sorted(each) for each in (*strata.values(), rest) if each]


def split_drivers(pictures: Sequence[Picture], folds: int, seed: int, strata: Strata | None = None) -> Folds:
    """Disjoint validation drivers for each fold, together all drivers, nearly equal in number of pictures.

    Each of ``strata`` is divided among the folds as evenly as its number of drivers allows.
    """
    counts = Counter(picture.driver for picture in pictures)
    drivers = sorted(counts)
    if folds < 2 or len(drivers) < folds:
        raise TrainingError(
            f"{len(drivers)} drivers cannot make {folds} folds. Choose between 2 and {len(drivers)} folds."
        )
    grouped = _in_strata(drivers, strata or {})
    rng = np.random.default_rng(seed)
    best: Folds = []
    least = float("inf")
    for _ in range(TRIALS):
        shuffled = [group[index] for group in grouped for index in rng.permutation(len(group))]
        parts = [sorted(shuffled[start::folds]) for start in range(folds)]
        spread = float(np.std([sum(counts[driver] for driver in part) for part in parts]))
        if spread < least:
            best, least = parts, spread
    return best


def check_folds(folds: Folds, pictures: Sequence[Picture]) -> None:
    """Raise TrainingError unless the folds are disjoint, cover all drivers, and every driver has pictures."""
    known = {picture.driver for picture in pictures}
    listed = Counter(driver for fold in folds for driver in fold)
    for driver, times in listed.items():
        if driver not in known:
            raise TrainingError(
                f"Driver {driver} of the k-fold file has no pictures in the data. Remove it or add its pictures."
            )
        if times > 1:
            raise TrainingError(
                f"Driver {driver} validates {times} folds. Each driver may be in one fold only; make the split again."
            )
    missing = sorted(known - set(listed))
    if missing:
        raise TrainingError(
            f"Drivers {', '.join(missing)} are in no fold. Make the split again from this data, or train the folds "
            "that are missing."
        )


def write_folds(folds: Folds, path: Path) -> None:
    """Write the report's JSON format."""
    document = {
        "number_models": len(folds),
        "number_valids": [len(fold) for fold in folds],
        "valid_drivers": {f"model_{index}": fold for index, fold in enumerate(folds, 1)},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def read_folds(path: Path) -> Folds:
    """Read the report's JSON format."""
    if not path.is_file():
        raise TrainingError(f"{path} is missing. Make the split first: python -m roadward_training kfold.")
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return [list(document["valid_drivers"][f"model_{index}"]) for index in range(1, document["number_models"] + 1)]
    except (ValueError, KeyError, TypeError) as error:
        raise TrainingError(
            f"{path} is not a k-fold file ({error!r}). Make it again: python -m roadward_training kfold."
        ) from error
