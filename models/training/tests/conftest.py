"""A synthetic State Farm folder: plain colours with a little noise, one colour a class, one shade a driver."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

import roadward_training  # noqa: F401  # turns ONNX Runtime's telemetry off before a test loads it

torch.set_num_threads(1)

Rows = list[tuple[str, str, str]]


def class_colour(label: int) -> tuple[int, int, int]:
    hue = np.array([[[label * 18, 220, 200]]], dtype=np.uint8)
    blue, green, red = (int(value) for value in cv2.cvtColor(hue, cv2.COLOR_HSV2BGR)[0, 0])
    return blue, green, red


def write_table(root: Path, rows: Rows) -> None:
    with (root / "driver_imgs_list.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([("subject", "classname", "img"), *rows])


def make_set_in(folder: Path, drivers: int = 4, each: int = 2, width: int = 64, height: int = 48) -> Path:
    root = folder / "statefarm"
    rng = np.random.default_rng(3)
    rows: Rows = []
    for driver in range(drivers):
        for label in range(10):
            pictures = root / "imgs" / "train" / f"c{label}"
            pictures.mkdir(parents=True, exist_ok=True)
            for number in range(each):
                picture = np.full((height, width, 3), class_colour(label)) + rng.normal(0, 6, (height, width, 3))
                picture = np.clip(picture * (0.85 + 0.05 * driver), 0, 255).astype(np.uint8)
                name = f"img_{driver}{label}{number}.jpg"
                cv2.imwrite(str(pictures / name), picture)
                rows.append((f"p{driver:03d}", f"c{label}", name))
    write_table(root, rows)
    return root


@pytest.fixture
def make_set(tmp_path: Path) -> Callable[..., Path]:
    return partial(make_set_in, tmp_path)
