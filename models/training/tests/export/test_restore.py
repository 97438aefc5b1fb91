from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest
import torch

from roadward_training.cli import main
from roadward_training.data.kfold import split_drivers
from roadward_training.data.statefarm import read_pictures
from roadward_training.data.store import shape_pictures
from roadward_training.errors import TrainingError
from roadward_training.export.manifest import fold_entry, trunk_entry, write_manifest
from roadward_training.export.method import describe_method, describe_preparations
from roadward_training.export.onnx_file import export_in_parts, export_network, to_int8
from roadward_training.export.restore import restore, restore_fold
from roadward_training.measure.folds import Trunk
from roadward_training.networks.build import build_network
from roadward_training.networks.efficientnet import short_network
from roadward_training.options import TrainOptions
from roadward_training.train.average import average, average_fold
from roadward_training.train.batches import class_shift
from roadward_training.train.checkpoints import load_checkpoint
from roadward_training.train.fold_run import FoldRun

from ..train.test_training import TINY
from .test_export import shake

OPTIONS = TrainOptions(width=48, height=36)


def test_a_restored_network_answers_as_the_exported_one(tmp_path: Path) -> None:
    network, whole, head, trunk = shake(short_network()), *(tmp_path / f"{n}.onnx" for n in ("whole", "head", "trunk"))
    export_network(network, whole, 48, 36, "float32")
    _, shape = export_in_parts(network, 2, trunk, head, 48, 36)
    drivers = {"valid_drivers": ["p001"]}
    entries = [
        fold_entry(whole, OPTIONS.preparation(), **drivers),
        fold_entry(head, OPTIONS.preparation(), trunk=trunk_entry(trunk, shape), **drivers),
    ]
    write_manifest(tmp_path, entries, identity="a", version="1", title="A", temperature=1, training={})
    assert main(["restore", "--ensemble", str(tmp_path), "--out", str(tmp_path / "back")]) == 0
    x = np.random.default_rng(3).standard_normal((1, 3, 36, 48)).astype(np.float32)
    (expected,) = ort.InferenceSession(str(whole)).run(None, {"input": x})
    for number, tolerance in ((1, 1e-4), (2, 0.01 * np.abs(expected).max())):  # the second was rounded to float16
        restored, options, content = load_checkpoint(tmp_path / "back" / f"fold-{number}.best.pt")
        with torch.inference_mode():
            assert np.abs(restored.eval()(torch.from_numpy(x)).numpy() - expected).max() < tolerance
        assert (options.network, options.width, options.height) == ("short", 48, 36)
        assert content["valid_drivers"] == ["p001"]
        new, old = {"options": asdict(OPTIONS), "steps": 1}, {"options": asdict(options), "steps": 0}
        told = describe_method([new, old])
        assert describe_method([old, new]).split("\n\n") == told.split("\n\n")[::-1]
        assert describe_preparations(entries) == "no crop, area resize to 48x36, RGB, (x - 127) / 128"
        assert "1 x EfficientNet-Lite0 up to its stage of 112 channels, taken over from a 1 as they were" in told


def test_the_card_tells_of_further_pictures_teachers_and_earlier_training() -> None:
    options = replace(
        OPTIONS, network="lite2", further=(".data/small",), further_share=0.4, start_from="earlier", teacher="large"
    )
    told = describe_method([{"options": asdict(options), "steps": 9}])
    assert "1 x EfficientNet-Lite2 with ImageNet weights; stem, first 3 blocks fixed" in told
    assert "went on from checkpoints that had been trained before" in told
    assert "A share of 0.5 of the loss is the divergence from a teacher's probabilities (T = 2)" in told
    assert "40% of the set's pictures in a batch replaced by others of the same class" in told


def test_a_network_in_int8_comes_back_as_the_numbers_that_it_computes_with(tmp_path: Path) -> None:
    head, trunk, again = (tmp_path / f"{name}.onnx" for name in ("head", "trunk", "again"))
    _, shape = export_in_parts(shake(short_network()), 2, trunk, head, 48, 36, "float32")
    rng = np.random.default_rng(5)
    pictures = [rng.standard_normal((1, 3, 36, 48)).astype(np.float32) for _ in range(8)]
    features = [Trunk(trunk, "input").run(picture) for picture in pictures]
    to_int8(head, features)
    entry = fold_entry(head, OPTIONS.preparation(), trunk=trunk_entry(trunk, shape), valid_drivers=["p001"])
    network = short_network()
    network.load_state_dict(restore_fold(tmp_path, entry, "a 1")["network"])
    export_in_parts(network, 2, trunk, again, 48, 36, "float32")
    to_int8(again, features)
    for each in features:
        first, second = (Trunk(file, "features").run(each) for file in (head, again))
        assert np.abs(first - second).max() < 0.05 * np.abs(first).max()


def test_chosen_folds_are_restored_from_one_on(tmp_path: Path) -> None:
    files = [tmp_path / f"fold-{number}.onnx" for number in (1, 2, 3)]
    for file in files:
        export_network(shake(short_network()), file, 48, 36)
    entries = [
        fold_entry(file, OPTIONS.preparation(), valid_drivers=[f"p00{number}"]) for number, file in enumerate(files)
    ]
    write_manifest(tmp_path, entries, identity="a", version="1", title="A", temperature=1, training={})
    paths = restore(tmp_path, tmp_path / "back", ["fold-3", "fold-1"])
    drivers = [torch.load(path, weights_only=True)["valid_drivers"] for path in paths]
    assert [path.name for path in paths] == ["fold-1.best.pt", "fold-2.best.pt"]
    assert drivers == [["p002"], ["p000"]]


def test_the_average_of_two_trainings_has_their_mean_weights_and_class_shares(
    make_set: Callable[..., Path], tmp_path: Path
) -> None:
    data = make_set(drivers=3, each=2)
    (data / "driver_imgs_list.csv").write_text(  # one rare class, or there would be nothing to shift
        "".join(line for line in (data / "driver_imgs_list.csv").read_text().splitlines(True) if "p002,c4" not in line)
    )
    pictures = read_pictures(data)
    networks = [shake(short_network()) for _ in range(2)]
    for name, network, sampling in zip(("first", "second"), networks, ("shuffle", "balanced"), strict=True):
        (tmp_path / name).mkdir()
        options = replace(OPTIONS, network="short", sampling=sampling)
        content = {"network": network.state_dict(), "options": asdict(options), "valid_drivers": ["p001"], "steps": 7}
        torch.save(content, tmp_path / name / "fold-1.best.pt")
    folders = [str(tmp_path / name) for name in ("first", "second")]
    common = ["average", "--data", str(data), "--out", str(tmp_path / "mean")]
    assert main([*common, "--checkpoints", *folders]) == 0
    mean, options, content = load_checkpoint(tmp_path / "mean" / "fold-1.best.pt")
    assert (options.sampling, options.averaged_with, content["steps"]) == ("balanced", (folders[0],), 7)
    shift = class_shift(pictures, ["p001"])
    assert shift.abs().max() > 0
    first, second = (network.classifier.bias.detach() for network in networks)
    torch.testing.assert_close(mean.classifier.bias.detach() + shift, ((first) + (second + shift)) / 2)
    for name in ("blocks.3.project.weight", "blocks.3.project.gain"):
        parts = [network.state_dict()[name] for network in networks]
        torch.testing.assert_close(mean.state_dict()[name], (parts[0] + parts[1]) / 2)
    assert "the mean of those of 2 such trainings" in describe_method([{"options": asdict(options), "steps": 7}])


def test_only_networks_of_one_kind_and_split_are_averaged(tmp_path: Path) -> None:
    paths = []
    for name, network, drivers in (("a", "short", "p001"), ("b", "tiny", "p001"), ("c", "short", "p002")):
        options = replace(OPTIONS, network=network, pretrained=False)
        content = {"network": build_network(options).state_dict(), "options": asdict(options), "steps": 1}
        paths.append(tmp_path / f"{name}.pt")
        torch.save({**content, "valid_drivers": [drivers]}, paths[-1])
    for other in paths[1:]:
        with pytest.raises(TrainingError, match=r"a\.pt is of another network or has other validation drivers"):
            average_fold([paths[0], other], [])
    with pytest.raises(TrainingError, match="name two or more folders"):
        average([tmp_path], tmp_path / "out", [])


def test_other_networks_are_not_restored(tmp_path: Path) -> None:
    file = tmp_path / "fold.onnx"
    export_network(torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(3 * 4 * 4, 10)), file, 4, 4)
    with pytest.raises(TrainingError, match=r"fold\.onnx is none of the networks that can be restored"):
        restore_fold(tmp_path, fold_entry(file, replace(OPTIONS, width=4, height=4).preparation()), "a 1")


def test_training_goes_on_from_a_checkpoint_of_the_same_split_only(
    make_set: Callable[..., Path], tmp_path: Path
) -> None:
    pictures = read_pictures(make_set(drivers=4, each=1))
    decoded = shape_pictures(pictures, TINY.preparation(), tmp_path / "cache")
    folds = split_drivers(pictures, 2, seed=1)
    first = replace(TINY, small_epochs=0, full_epochs=4)
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    FoldRun(first, pictures, decoded, folds[0], 1, tmp_path / "first").run()
    still = replace(first, start_from=str(tmp_path / "first"), body_rate=0.0, head_rate=0.0, average=0.0)
    FoldRun(still, pictures, decoded, folds[0], 1, tmp_path / "second").run()
    before, after = (torch.load(tmp_path / name / "fold-1.best.pt", weights_only=True) for name in ("first", "second"))
    assert all(torch.equal(after["network"][name], value) for name, value in before["network"].items())
    with pytest.raises(TrainingError, match=r"was trained on .*, who validate fold 1 here"):
        FoldRun(still, pictures, decoded, folds[1], 1, tmp_path / "second")
    with pytest.raises(TrainingError, match=r"fold-2\.best\.pt is missing"):
        FoldRun(still, pictures, decoded, folds[0], 2, tmp_path / "second")
