from __future__ import annotations

import json
from pathlib import Path

import pytest

from roadward_training.data.kfold import check_folds, read_folds, read_strata, split_drivers, write_folds
from roadward_training.data.statefarm import Picture
from roadward_training.errors import TrainingError

PICTURES = [
    Picture(f"p{driver:03d}", 0, Path(f"{driver}-{number}.jpg"))
    for driver in range(22)
    for number in range(200 + 37 * (driver % 7))
]


def test_every_driver_validates_exactly_one_fold() -> None:
    folds = split_drivers(PICTURES, 4, seed=7)
    assert sorted(driver for fold in folds for driver in fold) == sorted({picture.driver for picture in PICTURES})
    assert sorted(map(len, folds)) == [5, 5, 6, 6]
    check_folds(folds, PICTURES)


def test_folds_hold_nearly_equal_numbers_of_pictures() -> None:
    folds = split_drivers(PICTURES, 4, seed=7)
    sizes = [sum(picture.driver in fold for picture in PICTURES) for fold in folds]
    assert max(sizes) - min(sizes) < 0.1 * sum(sizes) / 4


def test_the_seed_decides() -> None:
    assert split_drivers(PICTURES, 4, seed=7) == split_drivers(PICTURES, 4, seed=7)
    assert split_drivers(PICTURES, 4, seed=7) != split_drivers(PICTURES, 4, seed=8)


def test_each_stratum_is_spread_over_the_folds(tmp_path: Path) -> None:
    drivers = sorted({picture.driver for picture in PICTURES})
    file = tmp_path / "cabins.json"
    file.write_text(json.dumps({"grey": drivers[:8], "black": drivers[8:14]}))
    folds = split_drivers(PICTURES, 4, seed=7, strata=read_strata(file))
    assert sorted(driver for fold in folds for driver in fold) == drivers
    for members, each in ((drivers[:8], {2}), (drivers[8:14], {1, 2}), (drivers[14:], {2})):
        assert {len(set(fold) & set(members)) for fold in folds} == each


@pytest.mark.parametrize(
    ("strata", "words"),
    [
        ({"grey": ["p000", "p099"]}, "Driver p099 of the strata has no pictures"),
        ({"grey": ["p000"], "black": ["p000"]}, "Driver p000 of the strata is in two of them"),
    ],
)
def test_names_the_driver_that_fits_no_stratum(strata: dict[str, list[str]], words: str) -> None:
    with pytest.raises(TrainingError, match=words):
        split_drivers(PICTURES, 4, seed=7, strata=strata)


@pytest.mark.parametrize("content", [None, "[1]", '{"grey": 5}', "{"])
def test_says_what_a_file_of_strata_is(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "cabins.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(TrainingError, match=r"cabins\.json cannot be read as strata"):
        read_strata(file)


def test_writes_the_format_of_the_report(tmp_path: Path) -> None:
    write_folds([["p002", "p014"], ["p052"]], tmp_path / "kfold.json")
    assert json.loads((tmp_path / "kfold.json").read_text()) == {
        "number_models": 2,
        "number_valids": [2, 1],
        "valid_drivers": {"model_1": ["p002", "p014"], "model_2": ["p052"]},
    }
    assert read_folds(tmp_path / "kfold.json") == [["p002", "p014"], ["p052"]]


def test_refuses_more_folds_than_drivers() -> None:
    with pytest.raises(TrainingError, match="2 drivers cannot make 3 folds"):
        split_drivers([Picture("p1", 0, Path("a")), Picture("p2", 0, Path("b"))], 3, seed=1)


@pytest.mark.parametrize(
    ("folds", "words"),
    [
        ([["p1", "p9"], ["p2"]], "Driver p9 of the k-fold file has no pictures"),
        ([["p1"], ["p2", "p1"]], "Driver p1 validates 2 folds"),
        ([["p1"]], "Drivers p2 are in no fold"),
    ],
)
def test_names_the_driver_that_does_not_fit(folds: list[list[str]], words: str) -> None:
    with pytest.raises(TrainingError, match=words):
        check_folds(folds, [Picture("p1", 0, Path("a")), Picture("p2", 0, Path("b"))])


@pytest.mark.parametrize("text", ["not json", '{"number_models": 2}', '{"number_models": 1, "valid_drivers": {}}'])
def test_says_how_to_replace_a_broken_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "kfold.json"
    with pytest.raises(TrainingError, match="Make the split first"):
        read_folds(path)
    path.write_text(text)
    with pytest.raises(TrainingError, match="is not a k-fold file"):
        read_folds(path)
