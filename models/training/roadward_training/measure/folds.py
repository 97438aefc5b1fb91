"""Exported folds in ONNX Runtime: the files that ship, measured as they ship."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from ..data.prepare import normalised, shaped
from ..data.statefarm import CLASSES, Picture, read_original
from ..errors import TrainingError
from .metrics import Labels, Probabilities, softmax


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of an ensemble."""
    path = folder / "manifest.json"
    if not path.is_file():
        raise TrainingError(f"{path} is missing. Export the ensemble first: python -m roadward_training export.")
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def open_session(file: Path, threads: int = 1) -> ort.InferenceSession:
    """A CPU session with ``threads`` threads."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return ort.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


class Trunk:
    """The first layers that folds share, in a file of their own."""

    def __init__(self, file: Path, input_name: str, threads: int = 1) -> None:
        self._input = input_name
        self._session = open_session(file, threads)

    def run(self, tensor: NDArray[np.float32]) -> NDArray[np.float32]:
        """Features of one prepared picture."""
        (features,) = self._session.run(None, {self._input: tensor})
        return np.asarray(features)


class Fold:
    """One fold of an ensemble: pictures from disk to probabilities."""

    def __init__(self, folder: Path, entry: dict[str, Any], trunk: Trunk | None = None, threads: int = 1) -> None:
        self.name: str = entry["name"]
        self.valid_drivers: list[str] = entry["validDrivers"]
        self._prepare: dict[str, Any] = entry["preparation"]
        self._kind: str = entry["output"]["kind"]
        self.trunk = trunk
        self._input: str = entry["trunk"]["output"]["name"] if trunk else entry["input"]["name"]
        self._session = open_session(folder / entry["file"], threads)

    def tensor(self, picture: Picture) -> NDArray[np.float32]:
        """float32 [1,3,H,W], prepared as the manifest says."""
        pixels = shaped(read_original(picture.path), self._prepare)
        return np.ascontiguousarray(normalised(pixels[None], self._prepare).numpy())

    def run(self, tensor: NDArray[np.float32]) -> Probabilities:
        """Probabilities [classes] of one prepared picture, or where there is a trunk, of its features."""
        (output,) = self._session.run(None, {self._input: tensor})
        return softmax(output[0]) if self._kind == "logits" else np.asarray(output[0], dtype=np.float64)


def answers(folds: Sequence[Fold], tensors: Sequence[NDArray[np.float32]]) -> list[Probabilities]:
    """What each fold says of one picture, prepared for each; folds share the run of a trunk, as in the application."""
    features: dict[Trunk, NDArray[np.float32]] = {}
    said = []
    for fold, tensor in zip(folds, tensors, strict=True):
        if fold.trunk and fold.trunk not in features:
            features[fold.trunk] = fold.trunk.run(tensor)
        said.append(fold.run(features[fold.trunk] if fold.trunk else tensor))
    return said


def bagged(folds: Sequence[Fold], picture: Picture) -> Probabilities:
    """Probabilities [classes] of one picture: each fold's softmax over the classes, averaged over the folds.

    (The report's test script took the softmax over the pictures of a batch.)
    """
    return np.asarray(np.mean(answers(folds, [fold.tensor(picture) for fold in folds]), axis=0))


def unseen_answers(folds: Sequence[Fold], pictures: Sequence[Picture]) -> Probabilities:
    """Probabilities [folds, N, classes] of the folds that had the picture's driver in validation; NaN of the others."""

    def judge(picture: Picture) -> Probabilities:
        unseen = np.array([picture.driver in fold.valid_drivers for fold in folds])
        if not unseen.any():
            raise TrainingError(
                f"Driver {picture.driver} validated no fold. Choose other drivers, or leave out --out-of-fold."
            )
        judges = [fold for fold, asked in zip(folds, unseen, strict=True) if asked]
        found = np.full((len(folds), len(CLASSES)), np.nan)
        found[unseen] = answers(judges, [fold.tensor(picture) for fold in judges])
        return found

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return np.stack(list(pool.map(judge, pictures)), axis=1)


def out_of_fold(folds: Sequence[Fold], pictures: Sequence[Picture]) -> Probabilities:
    """Probabilities [N, classes], the mean over those folds that had the picture's driver in validation."""
    return np.asarray(np.nanmean(unseen_answers(folds, pictures), axis=0))


def fold_rows(folder: Path, only: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """The manifest's rows of an exported ensemble's folds, or of only those of these names, in their order."""
    entries = {entry["name"]: entry for entry in read_manifest(folder)["folds"]}
    unknown = [name for name in only or () if name not in entries]
    if unknown:
        raise TrainingError(f"{folder} has no fold {unknown[0]!r}. Choose among: {', '.join(entries)}.")
    return [entries[name] for name in only or entries]


def open_folds(folder: Path, only: Sequence[str] | None = None) -> list[Fold]:
    """The folds of an exported ensemble (or only those of these names), one thread each."""
    return make_folds(folder, fold_rows(folder, only))


def make_folds(folder: Path, entries: Sequence[dict[str, Any]]) -> list[Fold]:
    """The folds of these rows of a manifest, one thread each; those of the same trunk share it."""
    trunks: dict[tuple[str, str], Trunk] = {}
    folds = []
    for entry in entries:
        trunk = None
        if "trunk" in entry:
            file, prepare = entry["trunk"]["file"], json.dumps(entry["preparation"])
            trunk = trunks.get((file, prepare)) or Trunk(folder / file, entry["input"]["name"])
            trunks[file, prepare] = trunk
        folds.append(Fold(folder, entry, trunk))
    return folds


def all_folds(folds: Sequence[Fold], pictures: Sequence[Picture]) -> Probabilities:
    """Probabilities [N, classes], the mean over all folds."""
    return np.array([bagged(folds, picture) for picture in pictures])


def milliseconds_per_frame(folds: Sequence[Fold], picture: Picture, runs: int = 40) -> float:
    """Median processor time of all folds on one prepared picture, without the preparation.

    Processor time, not wall time: with one thread they are the same, and other programs do not count.
    """
    tensors = [fold.tensor(picture) for fold in folds]
    times = []
    for _ in range(runs):
        start = time.process_time()
        answers(folds, tensors)
        times.append((time.process_time() - start) * 1000)
    return float(np.median(times))


def labels_of(pictures: Sequence[Picture]) -> Labels:
    """True classes [N]."""
    return np.array([picture.label for picture in pictures], dtype=np.int64)
