from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from roadward_training.cli import main
from roadward_training.data.dataset import channel_statistics

MakeSet = Callable[..., Path]


def flat(red: int, green: int, blue: int) -> np.ndarray:
    return np.broadcast_to(np.array([red, green, blue], dtype=np.uint8), (4, 6, 3))


def test_pooled_deviation_sees_the_differences_between_pictures_and_the_other_does_not() -> None:
    found = channel_statistics([flat(0, 51, 255), flat(255, 51, 0)])
    assert found.mean == pytest.approx([0.5, 0.2, 0.5])
    assert found.pooled_std == pytest.approx([0.5, 0, 0.5])
    assert found.picture_std == pytest.approx([0, 0, 0])


def test_statistics_are_those_of_numpy(make_set: MakeSet, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_set(drivers=2, each=1)
    assert main(["statistics", "--data", str(root)]) == 0
    found = json.loads(capsys.readouterr().out)
    every = np.stack([cv2.imread(str(path))[..., ::-1] for path in root.rglob("*.jpg")]) / 255
    assert found["images"] == 20
    assert found["mean"] == pytest.approx(every.mean((0, 1, 2)).tolist())
    assert found["pooledStd"] == pytest.approx(every.std((0, 1, 2)).tolist())
    assert found["meanOfPictureStd"] == pytest.approx(every.std((1, 2)).mean(0).tolist())


def test_histograms_count_every_pair_and_draw_them(
    make_set: MakeSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "counts.png"
    assert main(["histograms", "--data", str(make_set(drivers=2, each=3)), "--png", str(target)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["driver", *(f"c{label}" for label in range(10)), "all"]
    assert lines[1:] == [["p000", *["3"] * 10, "30"], ["p001", *["3"] * 10, "30"], ["all", *["6"] * 10, "60"]]
    assert cv2.imread(str(target)) is not None


def test_a_contact_sheet_has_a_row_a_driver_and_the_classes_side_by_side(make_set: MakeSet, tmp_path: Path) -> None:
    root, target = make_set(drivers=3, each=2), tmp_path / "sheet.png"
    command = ["sheet", "--data", str(root), "--out", str(target), "--each", "2", "--width", "40"]
    assert main([*command, "--drivers", "p000,p002"]) == 0
    sheet = cv2.imread(str(target))
    assert sheet.shape == (2 * 30, 10 * 2 * 40, 3)
    original = cv2.imread(str(root / "imgs" / "train" / "c4" / "img_240.jpg"))
    assert sheet[30:60, 8 * 40 : 9 * 40][20:].mean((0, 1)) == pytest.approx(original.mean((0, 1)), abs=4)


def test_a_sheet_under_a_name_that_is_no_picture_is_refused(
    make_set: MakeSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "sheet.txt"
    assert main(["sheet", "--data", str(make_set(drivers=1, each=1)), "--out", str(target)]) == 1
    assert "sheet.txt is no name of a picture. Choose one that ends in .png or .jpg" in capsys.readouterr().err
