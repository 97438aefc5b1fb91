from __future__ import annotations

import numpy as np
import pytest

from roadward_training.data.variants import VARIANTS, flip


def test_a_flip_exchanges_the_hands_and_their_classes() -> None:
    picture = np.zeros((4, 6, 3), dtype=np.uint8)
    picture[:, :3] = 200
    made = [flip(picture, 1, np.random.default_rng(seed)) for seed in range(20)]
    assert {label for _, label in made} == {1, 3}
    assert all((varied[0, 0, 0] == 0) == (label == 3) for varied, label in made)


@pytest.mark.parametrize("name", ["affine", "resized-crop"])
def test_variants_keep_the_size_the_class_and_the_sides(name: str) -> None:
    picture = np.full((48, 64, 3), 20, dtype=np.uint8)
    picture[:, 32:] = 220
    for seed in range(40):
        varied, label = VARIANTS[name](picture, 2, np.random.default_rng(seed))
        assert (varied.shape, varied.dtype, label) == ((48, 64, 3), np.uint8, 2)
        assert varied[12:36, 54:].mean() >= varied[12:36, :10].mean()
