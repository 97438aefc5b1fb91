"""Writing of models/<id>/manifest.json, schema roadward-ensemble/1 (electron/contract/manifest.ts reads it)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..data.statefarm import CLASSES

SCHEMA = "roadward-ensemble/1"


def _file(file: Path) -> dict[str, str]:
    return {"file": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}


def trunk_entry(file: Path, shape: Sequence[int]) -> dict[str, Any]:
    """The first layers of a fold, in a file of their own that gives "features" of this shape."""
    return {**_file(file), "output": {"name": "features", "shape": list(shape)}}


def fold_entry(
    file: Path,
    prepare: dict[str, Any],
    *,
    trunk: Mapping[str, Any] | None = None,
    kind: str = "logits",
    weight: float = 1,
    valid_drivers: Sequence[str] = (),
    metrics: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """One fold; its name is the file's stem, its input and output are named "input" and ``kind``."""
    size = prepare["resize"]
    return {
        "name": file.stem,
        **_file(file),
        **({"trunk": dict(trunk)} if trunk else {}),
        "input": {
            "name": "input",
            "shape": [1, 3, size["height"], size["width"]],
            "dtype": "float32",
            "layout": "NCHW",
        },
        "preparation": prepare,
        "output": {"name": kind, "kind": kind},
        "weight": weight,
        "validDrivers": list(valid_drivers),
        **({"metrics": dict(metrics)} if metrics else {}),
    }


def files_of(folds: Sequence[Mapping[str, Any]]) -> set[str]:
    """Names of the network files behind these folds."""
    return {entry["file"] for entry in folds} | {entry["trunk"]["file"] for entry in folds if "trunk" in entry}


def judges_of(folds: Sequence[Mapping[str, Any]]) -> int:
    """How many of these folds judge a driver: those of every training that had the driver in validation."""
    return max(Counter(driver for entry in folds for driver in entry["validDrivers"]).values(), default=0)


def split_files(trainings: int) -> list[str]:
    """Names of the k-fold files of so many trainings, one or more."""
    return ["kfold.json", *(f"kfold-{number}.json" for number in range(2, trainings + 1))]


def write_manifest(
    folder: Path,
    folds: Sequence[dict[str, Any]],
    *,
    identity: str,
    version: str,
    title: str,
    temperature: float,
    training: Mapping[str, Any],
) -> None:
    """Write ``folder``/manifest.json; probabilities are averaged over the folds."""
    document = {
        "schema": SCHEMA,
        "id": identity,
        "version": version,
        "title": title,
        "classes": list(CLASSES),
        "combination": "mean-probabilities",
        "temperature": temperature,
        "folds": list(folds),
        "training": dict(training),
    }
    (folder / "manifest.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
