"""From checkpoints to an ensemble folder: ONNX folds, manifest with temperature, k-fold file, model card."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..data.kfold import check_folds, write_folds
from ..data.prepare import Preparation, normalised, shaped
from ..data.statefarm import Picture, read_original
from ..measure.calibrate import apply_temperature, fit_temperature
from ..measure.folds import (
    Fold,
    Trunk,
    labels_of,
    make_folds,
    milliseconds_per_frame,
    out_of_fold,
    read_manifest,
    unseen_answers,
)
from ..measure.metrics import Probabilities, scores
from ..measure.trials import Comparison, compare
from ..networks.efficientnet import EfficientNetLite, shared_blocks
from ..networks.registry import Network
from ..options import TrainOptions
from ..train.batches import class_shift
from ..train.checkpoints import load_checkpoint
from .card import Measurements, Originals, render_cabin_card, render_card
from .manifest import files_of, fold_entry, judges_of, split_files, trunk_entry, write_manifest
from .onnx_file import export_in_parts, export_network, to_int8

CALIBRATION = 150  # pictures that show int8 the range of every activation

log = logging.getLogger(__name__)

DATA_NOTE = "State Farm Distracted Driver Detection (Kaggle 2016), {images} pictures of {drivers} drivers, {size}"
LICENCE_NOTE = "Competition data: research and evaluation only, until the owner has settled the rights to the weights"
FURTHER_NOTE = "further pictures of the same drivers as smaller copies, of the same competition"
AUXILIARY_NOTE = "synthetic drivers of this repository (assets/cabin)"
CABIN_DATA_NOTE = "Synthetic cabin of this repository (assets/cabin), {images} pictures of {drivers} drivers, {seeds}"
CABIN_LICENCE_NOTE = "MIT like the code; initialised with the ImageNet weights of EfficientNet-Lite0 (Apache 2.0)"


@dataclass(frozen=True)
class Training:
    """The checkpoints of one training, a fold each, and the size (width, height) of the exported inputs."""

    checkpoints: Sequence[Path]
    size: tuple[int, int] | None = None  # that of the options


@dataclass
class _Exported:
    """What has been written: rows of the manifest, training records, and the largest difference to PyTorch."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    training: list[dict[str, Any]] = field(default_factory=list)
    difference: float = 0.0


_Loaded = list[tuple[Network, TrainOptions, dict[str, Any]]]


def _load(training: Training, pictures: list[Picture]) -> _Loaded:
    """The networks of a training. Raises TrainingError unless each driver of ``pictures`` validates one of them."""
    loaded = [load_checkpoint(path) for path in training.checkpoints]
    check_folds([content["valid_drivers"] for _, _, content in loaded], pictures)
    return loaded


def _export_training(
    loaded: _Loaded,
    size: tuple[int, int] | None,
    number: int,
    out: Path,
    pictures: list[Picture],
    precision: str,
    exported: _Exported,
) -> None:
    """Add the folds of a training to ``exported``."""
    blocks = shared_blocks([network for network, _, _ in loaded])
    trunk: dict[str, Any] | None = None
    for network, options, content in loaded:
        if options.sampling == "balanced":
            network.shift_logits(class_shift(pictures, content["valid_drivers"]))
        width, height = size or (options.width, options.height)
        prepare = replace(options, width=width, height=height).preparation()
        file = out / f"fold-{len(exported.entries) + 1}.onnx"
        stored = "float32" if precision == "int8" else precision
        if blocks and isinstance(network, EfficientNetLite):
            fresh = out / "trunk.part.onnx"
            difference, shape = export_in_parts(network, blocks, fresh, file, width, height, stored)
            if trunk is None:
                if precision == "int8":  # with pictures of all drivers, or equal trunks would be told apart
                    to_int8(fresh, _calibration(pictures, prepare))
                name = "trunk.onnx" if number == 1 else f"trunk-{number}.onnx"
                trunk = _keep_trunk(fresh, out / name, shape, exported.entries)
            fresh.unlink(missing_ok=True)
            if precision == "int8":
                known = [picture for picture in pictures if picture.driver not in content["valid_drivers"]]
                first = Trunk(out / trunk["file"], "input")
                change = to_int8(file, [first.run(picture) for picture in _calibration(known, prepare)])
                log.info("%s: int8 moves a logit by %.3f on average", file, change)
        else:
            difference = export_network(network, file, width, height, stored)
        exported.difference = max(exported.difference, difference)
        exported.entries.append(fold_entry(file, prepare, trunk=trunk, valid_drivers=content["valid_drivers"]))
        exported.training.append({"steps": content["steps"], "options": asdict(options)})
        log.info("%s: logits within %.1e of PyTorch, %d blocks of a trunk", file, difference, blocks)


def _calibration(pictures: Sequence[Picture], prepare: Preparation) -> list[NDArray[np.float32]]:
    """Prepared pictures [1,3,H,W] evenly over the rows."""
    sample = pictures[:: max(1, len(pictures) // CALIBRATION)][:CALIBRATION]
    pixels = (shaped(read_original(picture.path), prepare)[None] for picture in sample)
    return [np.ascontiguousarray(normalised(each, prepare).numpy()) for each in pixels]


def _keep_trunk(fresh: Path, file: Path, shape: tuple[int, ...], entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The row of the trunk ``fresh``, moved to ``file`` unless an earlier training has the same: both run once then."""
    row = trunk_entry(fresh, shape)
    for earlier in (entry["trunk"] for entry in entries if "trunk" in entry):
        if {**earlier, "file": ""} == {**row, "file": ""}:
            return dict(earlier)
    fresh.replace(file)
    return {**row, "file": file.name}


def _write_splits(trainings: Sequence[Training], entries: Sequence[dict[str, Any]], out: Path) -> None:
    """``kfold.json`` of the first training, ``kfold-2.json`` of the next."""
    rest = iter(entries)
    for file, training in zip(split_files(len(trainings)), trainings, strict=True):
        write_folds([next(rest)["validDrivers"] for _ in training.checkpoints], out / file)


def _data_note(pictures: Sequence[Picture], training: Sequence[dict[str, Any]], seeds: str | None) -> str:
    """What the networks learned from; ``seeds`` are those of synthetic drivers."""
    height, width, _ = read_original(pictures[0].path).shape
    drivers = len({picture.driver for picture in pictures})
    note = CABIN_DATA_NOTE if seeds else DATA_NOTE
    words = [note.format(images=len(pictures), drivers=drivers, size=f"{width}x{height}", seeds=seeds)]
    for option, also in (("further", FURTHER_NOTE), ("auxiliary", AUXILIARY_NOTE)):
        if any(each["options"][option] for each in training):
            words.append(also)
    return "; ".join(words)


def _written(entries: Sequence[dict[str, Any]]) -> set[str]:
    """Names of the networks and splits that an export of these folds writes."""
    return files_of(entries) | set(split_files(judges_of(entries)))


def _measure_originals(
    folds: Sequence[Fold],
    originals: Sequence[Picture],
    pictures: Sequence[Picture],
    raw: Probabilities,
    temperature: float,
) -> Originals | None:
    if not originals:
        return None
    driver = originals[0].driver
    originals = [picture for picture in originals if picture.driver == driver]
    held = np.array([picture.driver == driver for picture in pictures])
    return Originals(
        driver=driver,
        labels=labels_of(originals),
        probabilities=apply_temperature(out_of_fold(folds, originals), temperature),
        copies=apply_temperature(raw[held], temperature),
        copies_labels=labels_of(pictures)[held],
    )


def export_ensemble(
    trainings: Sequence[Training],
    out: Path,
    pictures: list[Picture],
    originals: list[Picture],
    comparison: Comparison | None = None,
    seeds: str | None = None,
    version: str = "1.0.0",
    precision: str = "float16",
) -> Measurements:
    """Export these trainings, measure them out of fold, fit the temperature, write manifest and card.

    Networks and splits of an earlier export to ``out`` that are not written anew are removed.

    ``seeds`` (of the generator) make it an ensemble of synthetic drivers, with a card that says so. ``precision`` is
    that of the stored weights.
    """
    loaded = [_load(each, pictures) for each in trainings]  # what is wrong with one shows before anything is written
    out.mkdir(parents=True, exist_ok=True)
    before = _written(read_manifest(out)["folds"]) if (out / "manifest.json").is_file() else set()
    exported = _Exported()
    for number, (each, networks) in enumerate(zip(trainings, loaded, strict=True), 1):
        _export_training(networks, each.size, number, out, pictures, precision, exported)
    entries = exported.entries
    _write_splits(trainings, entries, out)
    opened = make_folds(out, entries)
    drivers = [picture.driver for picture in pictures]
    labels = labels_of(pictures)
    by_fold = unseen_answers(opened, pictures)
    raw = np.asarray(np.nanmean(by_fold, axis=0))
    for entry, own in zip(entries, by_fold, strict=True):
        held = np.isin(drivers, entry["validDrivers"])
        found = scores(own[held], labels[held])
        entry["metrics"] = {key: round(found[key], 5) for key in ("accuracy", "logLoss", "images")}
    temperature = round(fit_temperature(raw, labels), 4)
    data = _data_note(pictures, exported.training, seeds)
    licence = CABIN_LICENCE_NOTE if seeds else LICENCE_NOTE
    title = f"{'Demo: synthetic drivers' if seeds else 'State Farm'}, {len(entries)} folds by driver"
    write_manifest(
        out, entries, identity=out.name, version=version, title=title, temperature=temperature,
        training={"data": data, "licence": licence},
    )  # fmt: skip
    for name in before - _written(entries):
        (out / name).unlink(missing_ok=True)
    measured = Measurements(
        drivers=drivers,
        labels=labels,
        before=raw,
        after=apply_temperature(raw, temperature),
        temperature=temperature,
        entries=entries,
        training=exported.training,
        difference=exported.difference,
        megabytes=sum((out / name).stat().st_size for name in files_of(entries)) / 1e6,
        precision=precision,
        milliseconds=milliseconds_per_frame(opened, pictures[0]),
        originals=_measure_originals(opened, originals, pictures, raw, temperature),
    )
    trials = compare(out, seeds is not None, comparison) if comparison else []
    render = render_cabin_card if seeds else render_card
    (out / "MODEL_CARD.md").write_text(render(measured, title, data, licence, trials), encoding="utf-8")
    return measured
