from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from roadward_training.data.prepare import extra_step, five_crops, normalised, preparation, shaped
from roadward_training.data.statefarm import Picture, read_original
from roadward_training.data.store import VIEWS, shape_pictures
from roadward_training.errors import TrainingError
from roadward_training.train.recipes import RECIPES

FIXTURES = Path(__file__).parents[4] / "test" / "fixtures" / "preparation"
CASES: list[dict[str, Any]] = json.loads((FIXTURES / "index.json").read_text())["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_prepares_as_the_references_that_the_application_is_tested_with(case: dict[str, Any]) -> None:
    raw = zlib.decompress((FIXTURES / case["file"]).read_bytes())
    expected = np.frombuffer(raw, dtype=case["dtype"]).reshape(case["shape"])
    pixels = shaped(read_original(FIXTURES / "picture.png"), case["preparation"])
    if expected.dtype == np.uint8:
        assert np.array_equal(extra_step(pixels, case["preparation"]), expected)
    else:
        assert np.allclose(normalised(pixels[None], case["preparation"]).numpy(), expected, atol=1e-5)


def test_gradient_pictures_are_made_of_what_the_network_is_fed() -> None:
    prepare = RECIPES["report-gradient"].preparation()
    flat = np.full((1, 299, 299, 3), 90, dtype=np.uint8)
    black = -np.array(prepare["mean"]) / np.array(prepare["std"])
    assert normalised(flat, prepare).numpy()[0, :, 150, 150] == pytest.approx(black, abs=1e-5)


def test_the_report_crops_the_centre_and_keeps_its_mean_and_deviation() -> None:
    prepare = RECIPES["report-vgg16"].preparation()
    assert prepare["crop"] == {"height": 320, "width": 480}
    assert (prepare["mean"], prepare["std"]) == (
        [0.31633861, 0.38164441, 0.37510719],
        [0.28836174, 0.32873901, 0.33058995],
    )
    assert prepare["resize"] == {"width": 224, "height": 224, "interpolation": "bilinear", "antialias": True}


def test_five_crops_are_the_centre_and_the_corners() -> None:
    rows, columns = np.mgrid[0:6, 0:8]
    picture = np.stack([rows, columns, rows], 2).astype(np.uint8)
    starts = [tuple(int(value) for value in crop[0, 0, :2]) for crop in five_crops(picture, 4, 4)]
    assert starts == [(1, 2), (0, 0), (0, 4), (2, 0), (2, 4)]


def one_picture(folder: Path) -> list[Picture]:
    picture = np.zeros((60, 80, 3), dtype=np.uint8)
    picture[:30, :40] = 255
    cv2.imwrite(str(folder / "one.png"), picture)
    return [Picture("p1", 0, folder / "one.png")]


def test_a_five_crop_set_holds_every_view_of_every_picture(tmp_path: Path) -> None:
    prepare = preparation(8, 8, (0,) * 3, (1,) * 3, crop={"height": 20, "width": 20})
    views = shape_pictures(one_picture(tmp_path), prepare, tmp_path, five=True)
    assert len(views) == VIEWS
    assert [int(view.mean()) for view in views[1:]] == [255, 0, 0, 0]
    assert 0 < views[0].mean() < 255


def test_refuses_a_crop_that_is_mostly_border(tmp_path: Path) -> None:
    prepare = preparation(8, 8, (0,) * 3, (1,) * 3, crop={"height": 320, "width": 480})
    with pytest.raises(TrainingError, match=r"80x60, smaller than the crop of 480x320\. Train on pictures"):
        shape_pictures(one_picture(tmp_path), prepare, tmp_path)
    with pytest.raises(TrainingError, match="Five crops need the size of a crop"):
        shape_pictures(one_picture(tmp_path), preparation(8, 8, (0,) * 3, (1,) * 3), tmp_path, five=True)
