from __future__ import annotations

import numpy as np
import pytest

from roadward_training.data.augment import (
    add_noise,
    augment,
    camera_detail,
    erase,
    light_slope,
    mix_parts,
    recolour,
    tint,
    warp,
)
from roadward_training.data.prepare import normalised
from roadward_training.options import TrainOptions


def picture(left: int = 20, right: int = 220) -> np.ndarray:
    made = np.full((48, 64, 3), left, dtype=np.uint8)
    made[:, 32:] = right
    return made


def test_never_flips_left_and_right() -> None:
    for seed in range(300):
        made = augment(picture(), picture(), 64, 48, np.random.default_rng(seed)).astype(float)
        assert made[:, 44:].mean() > made[:, :20].mean()


def test_the_same_seed_makes_the_same_picture() -> None:
    first, second = (augment(picture(), picture(), 40, 30, np.random.default_rng(9)) for _ in range(2))
    assert first.shape == (30, 40, 3)
    assert np.array_equal(first, second)


@pytest.mark.parametrize("step", [recolour, camera_detail, add_noise, erase, tint, light_slope])
def test_each_step_keeps_shape_and_type(step: object) -> None:
    for seed in range(20):
        made = step(picture(), np.random.default_rng(seed))  # type: ignore[operator]
        assert (made.shape, made.dtype) == ((48, 64, 3), np.uint8)


def test_warp_scales_to_the_wanted_size() -> None:
    assert warp(picture(), 32, 24, np.random.default_rng(1)).shape == (24, 32, 3)


def test_parts_come_from_the_places_they_had() -> None:
    other = picture(200, 250)
    for seed in range(40):
        mixed = mix_parts(picture(10, 10), other, np.random.default_rng(seed))
        taken = (mixed != 10).any(axis=2)
        assert np.array_equal(mixed[taken], other[taken])
        assert 0.08 < taken.mean() < 0.75


def test_a_tint_changes_colours_and_hardly_the_brightness() -> None:
    grey, red = np.full((4, 4, 3), 120, dtype=np.uint8), np.zeros((4, 4, 3), dtype=np.uint8)
    red[..., 0] = 120
    for seed in range(20):
        assert np.abs(tint(grey, np.random.default_rng(seed)).astype(int) - 120).max() <= 1
    made = {tuple(tint(red, np.random.default_rng(seed))[0, 0]) for seed in range(20)}
    assert len(made) == 20


def test_light_from_a_side_leaves_the_middle_as_it_was() -> None:
    lit = light_slope(np.full((49, 65, 3), 60, dtype=np.uint8), np.random.default_rng(2))
    assert lit[24, 32].tolist() == [60] * 3
    assert int(lit.max()) - int(lit.min()) > 10


def test_without_half_mix_no_other_driver_shows() -> None:
    for seed in range(20):
        made = augment(picture(), picture(90, 90), 64, 48, np.random.default_rng(seed), half_mix=0)
        assert np.array_equal(made, augment(picture(), picture(), 64, 48, np.random.default_rng(seed), half_mix=0))


def test_normalises_as_the_imagenet_weights_expect() -> None:
    tensor = normalised(np.full((1, 2, 3, 3), 255, dtype=np.uint8), TrainOptions().preparation())
    assert tensor.shape == (1, 3, 2, 3)
    assert tensor.flatten().tolist() == pytest.approx([1.0] * 18)
