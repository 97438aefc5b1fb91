"""What a set is made of: channel statistics, counts by class and driver, contact sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ..errors import TrainingError
from .statefarm import CLASSES, Picture, Pictures, read_original

Channels = NDArray[np.float64]  # [3], RGB, on the scale 0..1


@dataclass(frozen=True)
class ChannelStatistics:
    """Mean and standard deviation of the channels; the deviation in both of its usual definitions."""

    images: int
    mean: Channels
    pooled_std: Channels  # of all pixels of all pictures together
    picture_std: Channels  # of each picture's pixels, averaged over the pictures


def channel_statistics(pictures: Iterable[Pictures]) -> ChannelStatistics:
    """Statistics of uint8 RGB pictures; every picture counts alike, whatever its size.

    ``pooled_std`` is what reproduces the report's IMG_STD; see README.
    """
    count, total, squares, deviations = 0, np.zeros(3), np.zeros(3), np.zeros(3)
    levels = np.arange(256) / 255
    for picture in pictures:
        shares = np.stack([np.bincount(picture[..., channel].ravel(), minlength=256) for channel in range(3)])
        shares = shares / (picture.shape[0] * picture.shape[1])
        mean, square = shares @ levels, shares @ levels**2
        count, total, squares = count + 1, total + mean, squares + square
        deviations += np.sqrt(np.maximum(square - mean**2, 0))
    if not count:
        raise TrainingError("There are no pictures to compute statistics of.")
    mean = total / count
    return ChannelStatistics(count, mean, np.sqrt(np.maximum(squares / count - mean**2, 0)), deviations / count)


def count_pictures(pictures: Sequence[Picture]) -> dict[str, dict[str, int]]:
    """Pictures by class (all of c0 to c9) and by driver (sorted)."""
    by_class = Counter(CLASSES[picture.label] for picture in pictures)
    by_driver = Counter(picture.driver for picture in pictures)
    return {"class": {name: by_class[name] for name in CLASSES}, "driver": dict(sorted(by_driver.items()))}


def table_of_counts(pictures: Sequence[Picture]) -> str:
    """Drivers in rows, classes in columns, sums at the end of both."""
    drivers = sorted({picture.driver for picture in pictures})
    counts = Counter((picture.driver, picture.label) for picture in pictures)
    rows = [[counts[driver, label] for label in range(len(CLASSES))] for driver in drivers]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    lines: list[list[object]] = [["driver", *CLASSES, "all"]]
    for name, row in zip([*drivers, "all"], rows, strict=True):
        lines.append([name, *row, sum(row)])
    return "\n".join(" ".join(f"{cell!s:>7}" for cell in line) for line in lines)


def contact_sheet(pictures: Sequence[Picture], target: Path, columns: int, width: int, seed: int) -> int:
    """A picture with one row per driver and ``columns`` random pictures of each class in it; how many it shows."""
    if target.suffix not in (".png", ".jpg"):
        raise TrainingError(f"{target} is no name of a picture. Choose one that ends in .png or .jpg.")
    rng = np.random.default_rng(seed)
    rows, shown = [], 0
    for driver in sorted({picture.driver for picture in pictures}):
        row: list[Pictures] = []
        for label, name in enumerate(CLASSES):
            fitting = [picture for picture in pictures if (picture.driver, picture.label) == (driver, label)]
            chosen = rng.permutation(len(fitting))[:columns]
            shown += len(chosen)
            row += [_thumbnail(read_original(fitting[index].path), width, f"{driver} {name}") for index in chosen]
            row += [np.zeros((width * 3 // 4, width, 3), np.uint8)] * (columns - len(chosen))
        rows.append(np.hstack(row))
    target.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(target), np.ascontiguousarray(np.vstack(rows)[:, :, ::-1]))
    return shown


def _thumbnail(picture: Pictures, width: int, text: str) -> Pictures:
    small = cv2.resize(picture, (width, width * 3 // 4), interpolation=cv2.INTER_AREA)
    for colour, thickness in (((0, 0, 0), 3), ((255, 255, 255), 1)):
        cv2.putText(small, text, (3, 12), cv2.FONT_HERSHEY_SIMPLEX, 0.4, colour, thickness, cv2.LINE_AA)
    return np.asarray(small, dtype=np.uint8)
