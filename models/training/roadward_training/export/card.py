"""MODEL_CARD.md, written from measurements and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..data.statefarm import CLASSES
from ..measure.metrics import Labels, Probabilities, Scores, confusion, scores, scores_by_driver
from ..measure.trials import Trial
from .manifest import judges_of, split_files
from .method import describe_epochs, describe_method, describe_preparations

MEANINGS = (
    "safe driving", "texting, right hand", "phone, right hand", "texting, left hand", "phone, left hand",
    "operating the radio", "drinking", "reaching behind", "hair and makeup", "talking to a passenger",
)  # fmt: skip


COPIES_SIZE = "224x168"  # of the small copies that models/statefarm is trained on
COPIES_NOTE = (
    f"The {COPIES_SIZE} pictures are a subset of the labelled set, scaled down by Lanczos and recompressed (JPEG 74)."
)


@dataclass(frozen=True)
class Originals:
    """Pictures of their original size, and the same pictures as small copies; one driver, out of fold."""

    driver: str
    labels: Labels
    probabilities: Probabilities
    copies: Probabilities
    copies_labels: Labels


@dataclass(frozen=True)
class Measurements:
    """What ``export`` has measured; probabilities are out of fold, before and after the temperature."""

    drivers: list[str]
    labels: Labels
    before: Probabilities
    after: Probabilities
    temperature: float
    entries: list[dict[str, Any]]
    training: list[dict[str, Any]]
    difference: float  # largest, of logits, between ONNX and PyTorch
    megabytes: float
    precision: str  # of the stored weights
    milliseconds: float
    originals: Originals | None


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _cells(found: Scores) -> list[str]:
    return [
        str(found["images"]),
        f"{found['accuracy']:.4f}",
        f"{found['logLoss']:.4f}",
        f"{found['ece']:.4f}",
    ]


SCORE_HEAD = ["pictures", "accuracy", "log loss", "ECE (15 bins)"]


def _precision(name: str) -> str:
    if name == "int8":
        return "computed in int8 after a first block in float32"
    return f"weights in {name}"


def _folds(measured: Measurements) -> str:
    rows = []
    for entry, training in zip(measured.entries, measured.training, strict=True):
        found = entry["metrics"]
        rows.append(
            [
                entry["name"], " ".join(entry["validDrivers"]), found["images"],
                f"{found['accuracy']:.4f}", f"{found['logLoss']:.4f}", training["steps"] or "taken over",
            ]
        )  # fmt: skip
    return _table(["fold", "validation drivers", "pictures", "accuracy", "log loss", "steps"], rows)


def _classes(measured: Measurements) -> str:
    table = confusion(measured.after, measured.labels)
    true, predicted = table.sum(axis=1), table.sum(axis=0)
    rows = [
        [name, MEANINGS[index], true[index], f"{table[index, index] / max(1, true[index]):.3f}",
         f"{table[index, index] / max(1, predicted[index]):.3f}"]
        for index, name in enumerate(CLASSES)
    ]  # fmt: skip
    return _table(["class", "meaning", "pictures", "recall", "precision"], rows)


def _confusion(measured: Measurements) -> str:
    table = confusion(measured.after, measured.labels)
    rows = [[f"**{name}**", *table[index]] for index, name in enumerate(CLASSES)]
    return _table(["true \\ predicted", *CLASSES], rows)


def _drivers(measured: Measurements) -> str:
    found = scores_by_driver(measured.after, measured.labels, measured.drivers)
    return _table(["driver", *SCORE_HEAD], [[driver, *_cells(row)] for driver, row in found.items()])


def _originals(originals: Originals | None) -> str:
    if originals is None:
        return "Not measured: no pictures of original size were given to `export --originals`."
    rows = [
        ["640x480 originals, area resize", *_cells(scores(originals.probabilities, originals.labels))],
        ["224x168 copies (Lanczos, JPEG 74)", *_cells(scores(originals.copies, originals.copies_labels))],
    ]
    note = f"Driver {originals.driver}, by folds that never saw this driver, after the temperature."
    return f"{note}\n\n{_table(['source', *SCORE_HEAD], rows)}"


def _trials(trials: Sequence[Trial]) -> str:
    if not trials:
        return "Not compared: no synthetic drivers were given to `export --holdout`."
    rows = [[trial.ensemble, trial.pictures, trial.judged, *_cells(trial.found)] for trial in trials]
    return _table(["ensemble", "shown", "judged by", *SCORE_HEAD], rows)


def _shares(measured: Measurements) -> str:
    counts = np.bincount(measured.labels, minlength=len(CLASSES))
    return ", ".join(f"{name} {count}" for name, count in zip(CLASSES, counts, strict=True))


def _safe_or_not(measured: Measurements) -> str:
    """How the two answers that matter for an alert come out, at even odds."""
    unsafe, alarmed = measured.labels != 0, measured.after[:, 0] < 0.5
    missed = float(np.mean(~alarmed[unsafe])) if unsafe.any() else 0.0
    false = float(np.mean(alarmed[~unsafe])) if (~unsafe).any() else 0.0
    return (
        f"Taken as safe (c0) or not at P(c0) = 0.5, one picture at a time: {missed:.1%} of unsafe pictures pass as safe, "
        f"{false:.1%} of safe pictures count as unsafe. The temporal filter and the alert policy come after this."
    )


def render_card(measured: Measurements, title: str, data: str, licence: str, trials: Sequence[Trial]) -> str:
    """The card's Markdown."""
    copies = f"{COPIES_NOTE} " if COPIES_SIZE in data else ""
    judges = judges_of(measured.entries)
    splits = ", ".join(f"`{file}`" for file in split_files(judges))
    overall = [
        ["before", "1", *_cells(scores(measured.before, measured.labels))],
        ["after", measured.temperature, *_cells(scores(measured.after, measured.labels))],
    ]
    return f"""# {title}

Written by `python -m roadward_training export` from what it measured on the exported files.

## Use and rights

Ten states of a driver, c0 to c9, in a single picture from the passenger's side of the dashboard. {licence}. No
picture of the data is in this repository. Not for decisions about a person, and not a safety device by itself.

## Data

{data}. {copies}The folds
are split by driver ({splits}): a picture of a validation driver never trains its fold.

## Method

{describe_method(measured.training)}

Preparation at run time: {describe_preparations(measured.entries)}. Size of all folds {measured.megabytes:.1f} MB, {_precision(measured.precision)};
{measured.milliseconds:.1f} ms of one core a frame for all folds together, ONNX Runtime, one thread. Logits of the exported
folds agree with PyTorch within {measured.difference:.1e}{" before they were made int8" if measured.precision == "int8" else ""}.

## Out of fold

Every picture is judged only by folds that had its driver in validation: {judges} of {len(measured.entries)} networks.

{_table(["temperature", "T", *SCORE_HEAD], overall)}

{_folds(measured)}

(The folds' figures are before the temperature.) {_safe_or_not(measured)}

{_classes(measured)}

Confusion (pictures):

{_confusion(measured)}

By driver, after the temperature:

{_drivers(measured)}

## Real pictures of original size

{_originals(measured.originals)}

## Real and synthetic drivers

{_trials(trials)}

## Limits

- One camera position, a few cabins, daylight, posed actions, {len(set(measured.drivers))} drivers. Expect much worse elsewhere, and nothing at night.
- The checkpoint and the temperature were chosen on the same validation drivers that are reported here, so the
  figures are a little too good. The Kaggle test set was not used.
- The temperature is fitted for {judges} networks; the mean of all {len(measured.entries)}, used in the application, is by nature
  less sure of itself, so its confidence on a new driver is not exactly calibrated.
- Neighbouring pictures are near-duplicates: {len(measured.labels)} pictures are far fewer independent trials, and the table by
  driver says more about a new driver than the mean does.
- The class shares are those of this set, not of a real drive: {_shares(measured)}.
- Right-hand drive needs the application's mirror option; c1 to c4 then keep their meaning for the driver's hands only
  as far as the mirrored cabin looks like the training cabin.
"""


def render_cabin_card(measured: Measurements, title: str, data: str, licence: str, trials: Sequence[Trial]) -> str:
    """The Markdown of an ensemble of synthetic drivers; ``trials`` are all ensembles on synthetic and real pictures."""
    options = measured.training[0]["options"]
    steps = ", ".join(str(each["steps"]) for each in measured.training)
    return f"""# {title}

Written by `python -m roadward_training export --synthetic` from what it measured on the exported files.

**Not for real drivers.** This ensemble has seen nothing but drawn crash-test dummies. It is there so that the demo drive
(`assets/demo`), the tests and a first start need no picture of a person. On real pictures it is as good as worthless:

{_trials(trials)}

## Use and rights

{licence}. For the demo drive and for tests; for nothing else.

## Data

{data}. The folds are split by driver (`kfold.json`). Driver and cabin of the demo drive are not in the set, nor are
the drivers of the held-out set, which has another seed.

## Method

{len(measured.entries)} x EfficientNet-Lite0 up to its stage of 112 channels, with ImageNet weights, and a head of 256 of its own; stem and
first {options["frozen_blocks"]} blocks fixed, batch norms with ImageNet statistics. {describe_epochs(measured.training)}
({steps} steps); peak rate {options["body_rate"]:g}, batches of {options["batch"]}, seed {options["seed"]}.
Halves exchanged in {options["half_mix"]:.0%} of the pictures, everything else as in `models/statefarm/MODEL_CARD.md`.
Runs that were resumed count as one, with the options of the last sitting; `models/training/README.md` tells of them.

Preparation at run time: {describe_preparations(measured.entries)}. Size of all folds {measured.megabytes:.1f} MB, {_precision(measured.precision)};
{measured.milliseconds:.1f} ms of one core a frame for all folds together, ONNX Runtime, one thread. Logits of the exported
folds agree with PyTorch within {measured.difference:.1e}{" before they were made int8" if measured.precision == "int8" else ""}.

## Out of fold

Every synthetic picture is judged only by the fold that had its driver in validation; temperature {measured.temperature}, fitted
on the same pictures.

{_table(SCORE_HEAD, [_cells(scores(measured.after, measured.labels))])}

{_folds(measured)}

(The folds' figures are before the temperature.) {_safe_or_not(measured)}

{_classes(measured)}

Confusion (pictures):

{_confusion(measured)}
"""
