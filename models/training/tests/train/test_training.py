from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from roadward_training.cli import main
from roadward_training.data.kfold import split_drivers
from roadward_training.data.statefarm import read_pictures
from roadward_training.data.store import shape_pictures
from roadward_training.errors import TrainingError
from roadward_training.networks.efficientnet import (
    tiny_network,
)
from roadward_training.options import TrainOptions
from roadward_training.train.batches import Pool
from roadward_training.train.checkpoints import Teacher
from roadward_training.train.fold_run import FoldRun

MakeSet = Callable[..., Path]

TINY = TrainOptions(
    width=48,
    height=36,
    small_width=32,
    small_height=24,
    small_epochs=20,
    full_epochs=20,
    batch=16,
    body_rate=5e-3,
    head_rate=1e-2,
    weight_decay=0.0,
    network="tiny",
    pretrained=False,
    average=0.9,
    checkpoint_steps=5,
    augment=(),  # the set's classes are told apart by nothing but their hue
)


@pytest.fixture
def make_run(make_set: MakeSet, tmp_path: Path) -> Callable[[str, TrainOptions], FoldRun]:
    pictures = read_pictures(make_set(drivers=4, each=2))
    decoded = shape_pictures(pictures, TINY.preparation(), tmp_path / "cache")
    folds = split_drivers(pictures, 2, seed=1)

    def make(name: str, options: TrainOptions) -> FoldRun:
        (tmp_path / name).mkdir(exist_ok=True)
        return FoldRun(options, pictures, decoded, folds[0], 1, tmp_path / name)

    return make


def test_a_tiny_network_learns_a_tiny_set(make_run: Callable[[str, TrainOptions], FoldRun]) -> None:
    run = make_run("learn", TINY)
    assert run.run() < 0.5
    scores = torch.load(run.best_path, weights_only=True)["scores"]
    assert scores["accuracy"] > 0.9


def test_a_resumed_run_ends_as_an_uninterrupted_one(make_run: Callable[[str, TrainOptions], FoldRun]) -> None:
    short = replace(TINY, small_epochs=2, full_epochs=2, augment=("camera",))
    whole, parts = make_run("whole", short), make_run("parts", short)
    loss = whole.run()
    parts.run(stop_after_steps=5)
    assert make_run("parts", short).run() == loss
    ends = [torch.load(run.last_path, weights_only=True) for run in (whole, parts)]
    assert all(torch.equal(value, ends[1]["network"][name]) for name, value in ends[0]["network"].items())


def test_a_budget_that_is_spent_ends_the_run_with_a_checkpoint(
    make_run: Callable[[str, TrainOptions], FoldRun],
) -> None:
    run = make_run("hurry", replace(TINY, small_epochs=1e6, budget_minutes=1e-9))
    run.run()
    assert torch.load(run.best_path, weights_only=True)["steps"] == 1


def test_refuses_a_fold_without_training_pictures(make_set: MakeSet, tmp_path: Path) -> None:
    pictures = read_pictures(make_set(drivers=2, each=1))
    decoded = shape_pictures(pictures, TINY.preparation(), tmp_path / "cache")
    with pytest.raises(TrainingError, match=r"Fold 1 \(drivers p000, p001\) leaves no pictures"):
        FoldRun(TINY, pictures, decoded, ["p000", "p001"], 1, tmp_path)


def test_a_teacher_without_labels_is_enough_to_learn_from(
    make_run: Callable[[str, TrainOptions], FoldRun], tmp_path: Path
) -> None:
    taught = replace(TINY, teacher=str(tmp_path / "teacher"), teacher_share=1.0)
    make_run("teacher", TINY).run()
    assert make_run("student", taught).run() < 0.6
    with pytest.raises(TrainingError, match=r"nowhere/fold-1\.best\.pt is missing\. --teacher names a folder"):
        make_run("orphan", replace(TINY, teacher="nowhere"))


def test_a_teacher_is_content_with_its_own_answers() -> None:
    torch.manual_seed(4)
    network, pictures = tiny_network(), torch.randn(6, 3, 36, 48)
    teacher = Teacher(network, 2.0)
    answers = network(pictures).detach()
    assert teacher.loss(pictures, answers).item() == pytest.approx(0, abs=1e-6)
    other = torch.randn(6, 10)
    wanted, given = ((each / 2).softmax(1) for each in (answers, other))
    expected = 4 * (wanted * (wanted / given).log()).sum(1).mean()
    assert teacher.loss(pictures, other).item() == pytest.approx(expected.item(), rel=1e-4)


def test_refuses_further_pictures_of_drivers_who_validate(make_set: MakeSet, tmp_path: Path) -> None:
    pictures = read_pictures(make_set(drivers=2, each=1))
    decoded = shape_pictures(pictures, TINY.preparation(), tmp_path / "cache")
    pool = Pool(pictures, decoded, np.arange(len(pictures)))
    with pytest.raises(TrainingError, match=r"p001 would train and validate fold 1\. Leave them out of --further"):
        FoldRun(TINY, pictures, decoded, ["p001"], 1, tmp_path, further=pool)


def test_further_folders_train_without_the_drivers_who_validate(make_set: MakeSet, tmp_path: Path) -> None:
    data = make_set(drivers=2, each=1)
    kfold, common = tmp_path / "kfold.json", ["--data", str(data)]
    assert main(["kfold", *common, "--folds", "2", "--kfold", str(kfold)]) == 0
    train = ["train", *common, "--kfold", str(kfold), "--out", str(tmp_path / "out"), "--network", "tiny"]
    sizes = ["--size", "48x36", "--small-epochs", "0", "--full-epochs", "0.1", "--batch", "2"]
    assert main([*train, *sizes, "--further", str(data), "--further-share", "1"]) == 0
    assert len(list((tmp_path / "out").glob("fold-*.best.pt"))) == 2
