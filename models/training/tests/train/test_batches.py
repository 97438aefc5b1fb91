from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from roadward_training.data.statefarm import Picture, read_pictures
from roadward_training.data.store import shape_pictures
from roadward_training.errors import TrainingError
from roadward_training.options import TrainOptions
from roadward_training.train.batches import BatchSource, Pool, draw_weights, prior_shift

MakeSet = Callable[..., Path]


def test_rare_pairs_of_driver_and_class_are_drawn_more_often() -> None:
    weights = draw_weights(np.array(["p1"] * 4 + ["p2"]), np.zeros(5, dtype=np.int64))
    assert weights[4] == pytest.approx(2 * weights[0])
    assert weights.sum() == pytest.approx(1)


def test_the_exported_prior_is_that_of_the_training_pictures() -> None:
    pictures = [Picture("p1", label, Path("a")) for label in [0] * 9 + [1]]
    # Drawn with 9/sqrt(9) against 1/sqrt(1): three to one, where the data say nine to one
    shift = prior_shift(pictures, np.arange(10), classes=3)
    assert shift.tolist() == pytest.approx([np.log(0.9 / 0.75), np.log(0.1 / 0.25), 0.0])


def source(root: Path, cache: Path, **more: object) -> BatchSource:
    chosen = TrainOptions(**{"width": 16, "height": 12, "sampling": "shuffle", "augment": (), **more})  # type: ignore[arg-type]
    pictures = read_pictures(root)
    shaped = shape_pictures(pictures, chosen.preparation(), cache, chosen.five_crops)
    return BatchSource(pictures, shaped, np.arange(len(pictures)), 1, chosen)


def test_a_shuffled_epoch_shows_every_picture_once(make_set: MakeSet, tmp_path: Path) -> None:
    batches = source(make_set(drivers=2, each=1), tmp_path)
    labels = np.concatenate([batches.batch(step, 5, 16, 12)[1].numpy() for step in range(8)])
    assert [np.bincount(part, minlength=10).tolist() for part in (labels[:20], labels[20:])] == [[2] * 10] * 2
    assert labels[:20].tolist() != labels[20:].tolist()


def test_five_crops_make_a_set_five_times_as_large(make_set: MakeSet, tmp_path: Path) -> None:
    root = make_set(drivers=2, each=1)
    batches = source(root, tmp_path, five_crops=True, crop=(24, 32))
    assert len(batches) == 100
    labels = batches.batch(0, 100, 16, 12)[1].numpy()
    assert np.bincount(labels).tolist() == [10] * 10


def test_auxiliary_drivers_have_their_share_of_a_batch(make_set: MakeSet, tmp_path: Path) -> None:
    pictures = read_pictures(make_set(drivers=2, each=1))
    chosen = TrainOptions(width=16, height=12, augment=(), auxiliary=("elsewhere",), auxiliary_share=0.25)
    own, strange = (np.full((20, 12, 16, 3), level, dtype=np.uint8) for level in (0, 255))
    pool = Pool(pictures, strange, np.arange(20))
    batches = BatchSource(pictures, own, np.arange(20), 1, chosen, pool)
    inputs, labels = batches.batch(0, 400, 16, 12)
    assert 0.18 < float((inputs[:, 0, 0, 0] > 0).float().mean()) < 0.32
    assert len(batches) == 20
    again = batches.batch(0, 400, 16, 12)
    assert torch.equal(inputs, again[0])
    assert torch.equal(labels, again[1])


def test_a_further_picture_takes_the_place_of_one_of_its_class(make_set: MakeSet, tmp_path: Path) -> None:
    pictures = read_pictures(make_set(drivers=2, each=1))
    chosen = TrainOptions(width=16, height=12, augment=(), further=("small",), further_share=0.5)
    own, more = (np.full((20, 12, 16, 3), level, dtype=np.uint8) for level in (0, 255))
    members = np.array([index for index, picture in enumerate(pictures) if picture.label not in (0, 1)])
    alone, both = (
        BatchSource(pictures, own, np.arange(20), 1, chosen, further=pool).batch(3, 400, 16, 12)
        for pool in (None, Pool(pictures, more, members))
    )
    assert torch.equal(alone[1], both[1])  # the classes of a batch are drawn from the set
    bright = both[0][:, 0, 0, 0] > 0
    assert not bright[both[1] < 2].any()  # of which there is no further picture
    assert 0.4 < float(bright[both[1] >= 2].float().mean()) < 0.6


def test_refuses_an_augmentation_that_it_does_not_know(make_set: MakeSet, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"no augmentation 'shear'\. Choose among: camera, affine"):
        source(make_set(drivers=1, each=1), tmp_path, augment=("affine", "shear"))
