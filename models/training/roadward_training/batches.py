"""Batches as a pure function of (seed, fold, step), so that a resumed run repeats an uninterrupted one."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from .augment import HALF_MIX, augment
from .statefarm import Picture, Pictures

# The ImageNet weights of EfficientNet-Lite0 expect (x - 127) / 128 on 0..255, alike in all channels.
MEAN = (127 / 255, 127 / 255, 127 / 255)
STD = (128 / 255, 128 / 255, 128 / 255)


def normalise(pictures: Pictures) -> Tensor:
    """uint8 RGB [B,H,W,3] -> float32 [B,3,H,W] in channels-last memory."""
    scaled = torch.from_numpy(np.ascontiguousarray(pictures)).float().div_(255)
    scaled.sub_(torch.tensor(MEAN)).div_(torch.tensor(STD))
    return scaled.permute(0, 3, 1, 2)


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
    """Augmented training batches of one fold."""

    def __init__(
        self,
        pictures: list[Picture],
        decoded: Pictures,
        members: NDArray[np.int64],
        seed: int,
        fold: int,
        half_mix: float = HALF_MIX,
    ) -> None:
        self._half_mix = half_mix
        self._decoded, self._members, self._seed, self._fold = decoded, members, seed, fold
        self._drivers = np.array([pictures[index].driver for index in members])
        self._labels = np.array([pictures[index].label for index in members])
        self._weights = draw_weights(self._drivers, self._labels)

    def __len__(self) -> int:
        return len(self._members)

    def _partner(self, index: int, rng: np.random.Generator) -> int:
        same = np.flatnonzero((self._labels == self._labels[index]) & (self._drivers != self._drivers[index]))
        return int(rng.choice(same)) if len(same) else index

    def batch(self, step: int, size: int, width: int, height: int) -> tuple[Tensor, Tensor]:
        """Pictures [size,3,height,width] and labels [size] of one training step."""
        rng = np.random.default_rng([self._seed, self._fold, step])
        chosen = rng.choice(len(self._members), size, p=self._weights)
        made = np.empty((size, height, width, 3), dtype=np.uint8)
        for row, index in enumerate(chosen):
            picture, other = (self._decoded[self._members[at]] for at in (index, self._partner(index, rng)))
            made[row] = augment(picture, other, width, height, rng, self._half_mix)
        return normalise(made), torch.from_numpy(self._labels[chosen])
