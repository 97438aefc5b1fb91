"""Reader of a State Farm folder: ``driver_imgs_list.csv`` and ``imgs/train/c0..c9/*.jpg``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ..errors import TrainingError

CLASSES: tuple[str, ...] = tuple(f"c{index}" for index in range(10))
COLUMNS = ["subject", "classname", "img"]

Pictures = NDArray[np.uint8]


@dataclass(frozen=True)
class Picture:
    """One row of the csv; ``label`` is the index into ``CLASSES``."""

    driver: str
    label: int
    path: Path


def read_pictures(root: Path) -> list[Picture]:
    """All rows in the csv's order, which follows the recording within one driver and class.

    Raises TrainingError for a missing csv, wrong columns, an unknown class, a missing picture or an empty list.
    """
    table = root / "driver_imgs_list.csv"
    if not table.is_file():
        raise TrainingError(f"{table} is missing. Point --data at a State Farm folder (csv and imgs/train inside).")
    pictures: list[Picture] = []
    with table.open(newline="", encoding="utf-8") as stream:
        rows = csv.DictReader(stream)
        if rows.fieldnames != COLUMNS:
            raise TrainingError(
                f"{table} has the columns {rows.fieldnames}; the first line must be {','.join(COLUMNS)}."
            )
        for row in rows:
            driver, name, image = (row[column] for column in COLUMNS)
            if name not in CLASSES:
                raise TrainingError(
                    f"{table}:{rows.line_num}: unknown class {name!r}. Only c0 to c9 may occur; correct the row."
                )
            path = root / "imgs" / "train" / name / image
            if not path.is_file():
                raise TrainingError(
                    f"{path} is missing ({table}:{rows.line_num}). Unpack the archive again or drop the row."
                )
            pictures.append(Picture(driver, CLASSES.index(name), path))
    if not pictures:
        raise TrainingError(f"{table} lists no picture. Use a set with at least one row per driver.")
    return pictures


def read_original(path: Path) -> Pictures:
    """One picture as RGB [height, width, 3] in its own size."""
    bgr = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if bgr is None:
        raise TrainingError(f"{path} cannot be decoded. Unpack the archive again or drop its row from the csv.")
    return np.ascontiguousarray(bgr[:, :, ::-1], dtype=np.uint8)
