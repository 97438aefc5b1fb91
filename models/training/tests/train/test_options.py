from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import torch

from roadward_training.cli import _parser
from roadward_training.commands.train import options_of
from roadward_training.errors import TrainingError
from roadward_training.options import TrainOptions
from roadward_training.train.devices import choose_devices, spread
from roadward_training.train.optimizers import OPTIMIZERS, make_optimizer
from roadward_training.train.recipes import RECIPES
from roadward_training.train.schedule import Schedule

MakeSet = Callable[..., Path]


def options(*flags: str) -> TrainOptions:
    return options_of(_parser().parse_args(["train", "--data", "somewhere", *flags]))


def test_without_flags_the_recipe_is_what_ships() -> None:
    assert options() == RECIPES["statefarm"]


def test_flags_change_the_recipe_and_nothing_else() -> None:
    made = options("--recipe", "report-xception", "--dropout", "0.85", "--optimizer", "adadelta", "--crop", "320x440")
    expected = replace(RECIPES["report-xception"], dropout=0.85, optimizer="adadelta", crop=(320, 440))
    assert made == expected
    assert options("--recipe", "report-vgg16", "--crop", "none").crop is None


def test_the_report_has_one_rate_for_body_and_head() -> None:
    made = options("--recipe", "report-resnet152", "--rate", "1e-5")
    assert (made.body_rate, made.head_rate) == (1e-5, 1e-5)
    assert options("--rate", "1e-5").head_rate == TrainOptions().head_rate


def test_another_network_comes_with_its_size() -> None:
    made = options("--recipe", "report-xception", "--network", "pnasnet5large")
    assert (made.width, made.height) == (331, 331)
    assert options("--network", "vgg16", "--size", "112x96").full_size == (112, 96)


@pytest.mark.parametrize("name", [name for name in RECIPES if name.startswith("report-")])
def test_every_report_recipe_keeps_to_the_values_of_the_report(name: str) -> None:
    recipe = RECIPES[name]
    assert 0.5 <= (recipe.dropout or 0) <= 0.85
    assert recipe.batch in (8, 32)
    assert 1e-5 <= recipe.body_rate == recipe.head_rate <= 1e-3
    assert recipe.optimizer in ("adam", "adadelta")
    assert "flip" not in recipe.augment


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimiser_goes_down_hill(name: str) -> None:
    weight = torch.nn.Parameter(torch.tensor([3.0, -2.0]))
    optimizer = make_optimizer([{"params": [weight]}, {"params": []}], TrainOptions(optimizer=name, weight_decay=0))
    for group in optimizer.param_groups:
        group["lr"] = 0.1
    before = float(weight.detach().square().sum())
    for _ in range(5):
        optimizer.zero_grad()
        weight.square().sum().backward()
        optimizer.step()
    assert float(weight.detach().square().sum()) < before


def test_names_the_optimisers_that_there_are() -> None:
    with pytest.raises(TrainingError, match=r"no optimiser 'lion'\. Choose one of: adamw, adam"):
        make_optimizer([], TrainOptions(optimizer="lion"))


@pytest.mark.parametrize(
    ("wish", "available", "chosen"),
    [
        ("auto", 0, ["cpu"]),
        ("auto", 2, ["cuda:0", "cuda:1"]),
        ("cpu", 4, ["cpu"]),
        ("cuda", 3, ["cuda:0", "cuda:1", "cuda:2"]),
        ("cuda:2,0", 3, ["cuda:2", "cuda:0"]),
    ],
)
def test_chooses_devices(wish: str, available: int, chosen: list[str]) -> None:
    assert [str(device) for device in choose_devices(wish, available)] == chosen


@pytest.mark.parametrize(("wish", "available"), [("cuda", 0), ("cuda:1", 1), ("tpu", 2)])
def test_says_which_devices_are_not_there(wish: str, available: int) -> None:
    with pytest.raises(TrainingError, match=f"{wish}"):
        choose_devices(wish, available)


def test_one_device_needs_no_spreading_and_several_share_a_batch() -> None:
    network = torch.nn.Linear(2, 2)
    assert spread(network, [torch.device("cpu")]) is network
    assert isinstance(spread(network, choose_devices("cuda", 2)), torch.nn.DataParallel)


def test_validates_after_every_epoch_at_a_constant_rate() -> None:
    recipe = replace(RECIPES["report-vgg16"], full_epochs=4.0)
    plan = Schedule(recipe, 100)
    marks = [at / 40 for at in range(41)]
    passed = [now for before, now in pairwise(marks) if plan.validates(before, now)]
    assert passed == [0.25, 0.5, 0.75, 1.0]
    assert {plan.rate(mark) for mark in marks} == {1.0}
    assert plan.progress(224 * 224 * 200, seconds=1e9) == 0.5


def test_the_phases_have_their_sizes_and_the_input_its_own() -> None:
    made = options("--small-size", "32x24", "--full-size", "52x39", "--size", "60x45", "--small-epochs", "1")
    plan = Schedule(replace(made, full_epochs=1.0), 100)
    assert (plan.size(0.0), plan.size(0.9)) == ((32, 24), (52, 39))
    assert made.preparation()["resize"]["width"] == 60
    assert plan.progress(100 * (32 * 24 + 52 * 39), 0) == 1.0
