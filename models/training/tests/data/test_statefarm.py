from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from roadward_training.data.statefarm import read_pictures
from roadward_training.data.store import shape_pictures
from roadward_training.errors import TrainingError
from roadward_training.options import TrainOptions

from ..conftest import write_table

MakeSet = Callable[..., Path]
SMALL = TrainOptions(width=32, height=24).preparation()


def test_reads_the_rows_in_the_order_of_the_csv(make_set: MakeSet) -> None:
    pictures = read_pictures(make_set(drivers=2, each=2))
    assert [(picture.driver, picture.label) for picture in pictures[:3]] == [("p000", 0), ("p000", 0), ("p000", 1)]
    assert len(pictures) == 40


def test_decodes_once_and_reads_the_copy_afterwards(make_set: MakeSet, tmp_path: Path) -> None:
    pictures = read_pictures(make_set(drivers=1, each=1))
    first = np.array(shape_pictures(pictures, SMALL, tmp_path / "cache"))
    for picture in pictures:
        picture.path.write_bytes(b"gone")
    assert first.shape == (10, 24, 32, 3)
    assert np.array_equal(first, shape_pictures(pictures, SMALL, tmp_path / "cache"))


def test_a_red_picture_is_red_first(make_set: MakeSet, tmp_path: Path) -> None:
    pictures = read_pictures(make_set(drivers=1, each=1))
    red = shape_pictures(pictures, SMALL, tmp_path / "cache")[0].mean((0, 1))
    assert red[0] > 120 > red[2]


def test_names_the_missing_csv_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"driver_imgs_list\.csv is missing\. Point --data at"):
        read_pictures(tmp_path)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("p000", "c10", "img_000.jpg"), r"csv:2: unknown class 'c10'\. .*correct the row"),
        (("p000", "c0", "img_lost.jpg"), r"img_lost\.jpg is missing .*csv:2\)\. Unpack the archive again"),
    ],
)
def test_names_the_bad_row(make_set: MakeSet, row: tuple[str, str, str], words: str) -> None:
    root = make_set(drivers=1, each=1)
    write_table(root, [row])
    with pytest.raises(TrainingError, match=words):
        read_pictures(root)


def test_refuses_other_columns_and_an_empty_list(make_set: MakeSet) -> None:
    root = make_set(drivers=1, each=1)
    write_table(root, [])
    with pytest.raises(TrainingError, match="lists no picture"):
        read_pictures(root)
    (root / "driver_imgs_list.csv").write_text("driver,class,file\n")
    with pytest.raises(TrainingError, match="first line must be subject,classname,img"):
        read_pictures(root)


def test_names_the_picture_that_cannot_be_decoded(make_set: MakeSet, tmp_path: Path) -> None:
    pictures = read_pictures(make_set(drivers=1, each=1))
    pictures[4].path.write_bytes(b"not a jpeg")
    with pytest.raises(TrainingError, match=rf"{pictures[4].path.name} cannot be decoded"):
        shape_pictures(pictures, SMALL, tmp_path / "cache")
