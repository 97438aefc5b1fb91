"""The report's augmentations as torchvision defines them; options, all off unless a recipe or --augment names them.

The flip is off in every recipe: it turns the right hand into the left one (c1 into c3, c2 into c4), moves the radio
to the other side, and shows a cabin that the camera never sees. With --augment flip the labels are exchanged along.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from .augment import Rng
from .statefarm import Pictures

FLIPPED = (0, 3, 4, 1, 2, 5, 6, 7, 8, 9)  # class of a mirrored picture, by class

Variant = tuple[Pictures, int]


def affine(picture: Pictures, label: int, rng: Rng) -> Variant:
    """RandomAffine: 10 degrees, a tenth of the size, scale 0.9 to 1.1; black around."""
    rows, columns = picture.shape[:2]
    angle, scale = rng.uniform(-10, 10), rng.uniform(0.9, 1.1)
    matrix = cv2.getRotationMatrix2D(((columns - 1) / 2, (rows - 1) / 2), angle, scale)
    matrix[:, 2] += np.array([columns, rows]) * rng.uniform(-0.1, 0.1, 2)  # type: ignore[arg-type]  # stubs of cv2
    return np.asarray(cv2.warpAffine(picture, matrix, (columns, rows)), dtype=np.uint8), label


def resized_crop(picture: Pictures, label: int, rng: Rng) -> Variant:
    """RandomResizedCrop: half to all of the area, ratio 3/4 to 4/3 of the picture's, back at its size."""
    rows, columns = picture.shape[:2]
    area, ratio = rng.uniform(0.5, 1), np.exp(rng.uniform(np.log(3 / 4), np.log(4 / 3)))
    high, wide = min(rows, round(rows * np.sqrt(area / ratio))), min(columns, round(columns * np.sqrt(area * ratio)))
    top, left = rng.integers(rows - high + 1), rng.integers(columns - wide + 1)
    part = np.ascontiguousarray(picture[top : top + high, left : left + wide])
    return np.asarray(cv2.resize(part, (columns, rows), interpolation=cv2.INTER_LINEAR), dtype=np.uint8), label


def flip(picture: Pictures, label: int, rng: Rng) -> Variant:
    """RandomHorizontalFlip of half of the pictures, with the class that the mirrored picture has."""
    return (picture[:, ::-1], FLIPPED[label]) if rng.random() < 0.5 else (picture, label)


VARIANTS: dict[str, Callable[[Pictures, int, Rng], Variant]] = {
    "affine": affine,
    "resized-crop": resized_crop,
    "flip": flip,
}
