"""Batches as a pure function of (seed, fold, step), so that a resumed run repeats an uninterrupted one."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..data.augment import Rng, augment
from ..data.prepare import normalised
from ..data.statefarm import CLASSES, Picture, Pictures
from ..data.store import VIEWS
from ..data.variants import VARIANTS
from ..errors import TrainingError
from ..options import TrainOptions

CAMERA = "camera"  # the augmentation of the ensembles that ship (data/augment.py), which does everything at once


def draw_weights(drivers: NDArray[np.str_], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Chance of each picture: between picture-uniform and (driver, class)-uniform (inverse root of the count)."""
    groups = np.char.add(drivers, np.char.mod("/c%d", labels))
    _, inverse, counts = np.unique(groups, return_inverse=True, return_counts=True)
    weights = 1 / np.sqrt(counts[inverse])
    return np.asarray(weights / weights.sum())


def prior_shift(pictures: Sequence[Picture], members: NDArray[np.int64], classes: int) -> NDArray[np.float64]:
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


def class_shift(pictures: Sequence[Picture], valid_drivers: Sequence[str]) -> Tensor:
    """``prior_shift`` [classes] of a fold that was trained on all but ``valid_drivers``."""
    members = np.flatnonzero([picture.driver not in valid_drivers for picture in pictures])
    return torch.from_numpy(prior_shift(pictures, members, len(CLASSES))).float()


class Pool:
    """The pictures ``members`` of ``decoded`` to draw from, with what is known of them.

    ``decoded`` is as ``shape_pictures`` makes it, with as many ``views`` a picture.
    """

    def __init__(
        self, pictures: Sequence[Picture], decoded: Pictures, members: NDArray[np.int64], views: int = 1
    ) -> None:
        rows = len(pictures)
        self._decoded = decoded
        self._members = np.concatenate([members + view * rows for view in range(views)])
        self.drivers = np.array([pictures[index % rows].driver for index in self._members])
        self.labels = np.array([pictures[index % rows].label for index in self._members])
        self._weights = draw_weights(self.drivers, self.labels)

    def __len__(self) -> int:
        return len(self._members)

    def __getitem__(self, index: int) -> Pictures:
        picture: Pictures = self._decoded[self._members[index]]
        return picture

    def draw(self, size: int, rng: Rng) -> NDArray[np.int64]:
        """Indices [size], rare pairs of driver and class more often."""
        return rng.choice(len(self), size, p=self._weights)

    def draw_of(self, label: int, rng: Rng) -> int | None:
        """Index of a picture of class ``label``, rare drivers more often; None where there is none."""
        same = np.flatnonzero(self.labels == label)
        weights = self._weights[same]
        return int(rng.choice(same, p=weights / weights.sum())) if len(same) else None

    def partner(self, index: int, rng: Rng) -> Pictures:
        """A picture of another driver in the same class, or where there is none, the same picture."""
        same = np.flatnonzero((self.labels == self.labels[index]) & (self.drivers != self.drivers[index]))
        return self[int(rng.choice(same)) if len(same) else index]


class BatchSource:
    """Training batches of one fold, from the set's ``members`` and, by their shares, ``auxiliary`` and ``further``.

    A picture of ``further`` takes the place of one of the set in the same class: such pictures have less detail, or
    were chosen otherwise, and neither may tell the network what class to expect.
    """

    def __init__(
        self,
        pictures: list[Picture],
        decoded: Pictures,
        members: NDArray[np.int64],
        fold: int,
        options: TrainOptions,
        auxiliary: Pool | None = None,
        further: Pool | None = None,
    ) -> None:
        self._fold, self._options, self._auxiliary, self._further = fold, options, auxiliary, further
        self._prepare = options.preparation()
        self._pool = Pool(pictures, decoded, members, VIEWS if options.five_crops else 1)
        unknown = [name for name in options.augment if name not in (CAMERA, *VARIANTS)]
        if unknown:
            raise TrainingError(
                f"There is no augmentation {unknown[0]!r}. Choose among: {CAMERA}, {', '.join(VARIANTS)}."
            )

    def __len__(self) -> int:
        return len(self._pool)

    def _choose(self, step: int, size: int, rng: Rng) -> NDArray[np.int64]:
        """Members of one step: drawn by weight, or the next ones of a shuffled epoch."""
        if self._options.sampling == "balanced":
            return self._pool.draw(size, rng)
        epochs, places = np.divmod(np.arange(step * size, (step + 1) * size), len(self))
        orders = {
            epoch: np.random.default_rng([self._options.seed, self._fold, int(epoch), 1]).permutation(len(self))
            for epoch in np.unique(epochs)
        }
        return np.array([orders[epoch][place] for epoch, place in zip(epochs, places, strict=True)])

    def _vary(self, pool: Pool, index: int, width: int, height: int, rng: Rng) -> tuple[Pictures, int]:
        """An augmented picture [height,width,3] of the pool, and its class."""
        options, label = self._options, int(pool.labels[index])
        picture = pool[index]
        if CAMERA in options.augment:
            picture = augment(picture, pool.partner(index, rng), width, height, rng, options.half_mix)
        elif picture.shape[:2] != (height, width):
            picture = np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
        for name, vary in VARIANTS.items():
            if name in options.augment:
                picture, label = vary(picture, label, rng)
        return picture, label

    def batch(self, step: int, size: int, width: int, height: int) -> tuple[Tensor, Tensor]:
        """Pictures [size,3,height,width] and labels [size] of one training step."""
        rng = np.random.default_rng([self._options.seed, self._fold, step])
        chosen = [(self._pool, int(index)) for index in self._choose(step, size, rng)]
        if self._further:
            for row in np.flatnonzero(rng.random(size) < self._options.further_share):
                like = self._further.draw_of(int(self._pool.labels[chosen[row][1]]), rng)
                chosen[row] = chosen[row] if like is None else (self._further, like)
        if self._auxiliary:
            for row in np.flatnonzero(rng.random(size) < self._options.auxiliary_share):
                chosen[row] = (self._auxiliary, int(self._auxiliary.draw(1, rng)[0]))
        made = np.empty((size, height, width, 3), dtype=np.uint8)
        labels = np.empty(size, dtype=np.int64)
        for row, (pool, index) in enumerate(chosen):
            made[row], labels[row] = self._vary(pool, index, width, height, rng)
        return normalised(made, self._prepare), torch.from_numpy(labels)
