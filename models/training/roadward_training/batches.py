"""Batches as a pure function of (seed, fold, step), so that a resumed run repeats an uninterrupted one."""

from __future__ import annotations

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from .augment import Rng, augment
from .errors import TrainingError
from .options import TrainOptions
from .prepare import normalised
from .statefarm import Picture, Pictures
from .store import VIEWS
from .variants import VARIANTS

CAMERA = "camera"  # the augmentation of the ensembles that ship (augment.py), which does everything at once


def draw_weights(drivers: NDArray[np.str_], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Chance of each picture: between picture-uniform and (driver, class)-uniform (inverse root of the count)."""
    groups = np.char.add(drivers, np.char.mod("/c%d", labels))
    _, inverse, counts = np.unique(groups, return_inverse=True, return_counts=True)
    weights = 1 / np.sqrt(counts[inverse])
    return np.asarray(weights / weights.sum())


def prior_shift(pictures: list[Picture], members: NDArray[np.int64], classes: int) -> NDArray[np.float64]:
    """What to add to the logits [classes] so that they answer for the data's class shares, not for the draws'.

    Training draws rare classes more often, so the network expects them more often (Menon et al. 2021, "Long-tail
    learning via logit adjustment"). Computed from the training pictures alone.
    """
    drivers = np.array([pictures[index].driver for index in members])
    labels = np.array([pictures[index].label for index in members])
    drawn = np.bincount(labels, draw_weights(drivers, labels), classes)
    real = np.bincount(labels, minlength=classes) / len(labels)
    present = real > 0
    return np.where(present, np.log(np.where(present, real, 1) / np.where(present, drawn, 1)), 0.0)


class BatchSource:
    """Training batches of one fold; ``decoded`` as ``shape_pictures`` makes it, five views a picture or one."""

    def __init__(
        self,
        pictures: list[Picture],
        decoded: Pictures,
        members: NDArray[np.int64],
        fold: int,
        options: TrainOptions,
    ) -> None:
        self._decoded, self._fold, self._options = decoded, fold, options
        self._prepare = options.preparation()
        views = VIEWS if options.five_crops else 1
        rows = len(pictures)
        self._members = np.concatenate([members + view * rows for view in range(views)])
        self._drivers = np.array([pictures[index % rows].driver for index in self._members])
        self._labels = np.array([pictures[index % rows].label for index in self._members])
        self._weights = draw_weights(self._drivers, self._labels)
        unknown = [name for name in options.augment if name not in (CAMERA, *VARIANTS)]
        if unknown:
            raise TrainingError(
                f"There is no augmentation {unknown[0]!r}. Choose among: {CAMERA}, {', '.join(VARIANTS)}."
            )

    def __len__(self) -> int:
        return len(self._members)

    def _partner(self, index: int, rng: Rng) -> int:
        same = np.flatnonzero((self._labels == self._labels[index]) & (self._drivers != self._drivers[index]))
        return int(rng.choice(same)) if len(same) else index

    def _choose(self, step: int, size: int, rng: Rng) -> NDArray[np.int64]:
        """Members of one step: drawn by weight, or the next ones of a shuffled epoch."""
        if self._options.sampling == "balanced":
            return rng.choice(len(self._members), size, p=self._weights)
        epochs, places = np.divmod(np.arange(step * size, (step + 1) * size), len(self._members))
        orders = {
            epoch: np.random.default_rng([self._options.seed, self._fold, int(epoch), 1]).permutation(
                len(self._members)
            )
            for epoch in np.unique(epochs)
        }
        return np.array([orders[epoch][place] for epoch, place in zip(epochs, places, strict=True)])

    def _vary(self, index: int, width: int, height: int, rng: Rng) -> tuple[Pictures, int]:
        """An augmented picture [height,width,3] of a member, and its class."""
        options, label = self._options, int(self._labels[index])
        picture = self._decoded[self._members[index]]
        if CAMERA in options.augment:
            other = self._decoded[self._members[self._partner(index, rng)]]
            picture = augment(picture, other, width, height, rng, options.half_mix)
        elif picture.shape[:2] != (height, width):
            picture = np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
        for name, vary in VARIANTS.items():
            if name in options.augment:
                picture, label = vary(picture, label, rng)
        return picture, label

    def batch(self, step: int, size: int, width: int, height: int) -> tuple[Tensor, Tensor]:
        """Pictures [size,3,height,width] and labels [size] of one training step."""
        rng = np.random.default_rng([self._options.seed, self._fold, step])
        chosen = self._choose(step, size, rng)
        made = np.empty((size, height, width, 3), dtype=np.uint8)
        labels = np.empty(size, dtype=np.int64)
        for row, index in enumerate(chosen):
            made[row], labels[row] = self._vary(int(index), width, height, rng)
        return normalised(made, self._prepare), torch.from_numpy(labels)
