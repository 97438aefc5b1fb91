from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
import pytest
import torch

from roadward_training.cli import main
from roadward_training.data.kfold import read_folds
from roadward_training.data.statefarm import read_pictures
from roadward_training.errors import TrainingError
from roadward_training.export.onnx_file import export_in_parts, export_network, fuse, to_int8
from roadward_training.measure.folds import open_folds, out_of_fold, unseen_answers
from roadward_training.networks.efficientnet import (
    EfficientNetLite,
    FrozenNormConv,
    shared_blocks,
    short_network,
    tiny_network,
)
from roadward_training.options import TrainOptions

MakeSet = Callable[..., Path]


def shake(network: EfficientNetLite) -> EfficientNetLite:
    """Give the batch norms statistics and gains that a wrong fusion would betray."""
    generator = torch.Generator().manual_seed(2)
    for module in network.modules():
        if isinstance(module, FrozenNormConv):
            module.mean.normal_(generator=generator)
            module.variance.uniform_(0.2, 2, generator=generator)
            module.gain.data.uniform_(0.5, 1.5, generator=generator)
            module.bias.data.normal_(generator=generator)
    return network.eval()


def write_checkpoints(folder: Path, kfold: Path, **options: Any) -> Path:
    """Folds of a compact network that share their first blocks, always the same."""
    folder.mkdir()
    torch.manual_seed(6)
    network = shake(short_network())
    for number, drivers in enumerate(read_folds(kfold), 1):
        network.blocks[4].project.bias.data += 1
        content = {
            "network": network.state_dict(),
            "options": asdict(TrainOptions(network="short", pretrained=False, **options)),
            "valid_drivers": drivers,
            "steps": 1,
        }
        torch.save(content, folder / f"fold-{number}.best.pt")
    return folder


def test_fusing_batch_norms_changes_no_logit() -> None:
    network = shake(tiny_network())
    x = torch.randn(2, 3, 36, 48)
    with torch.inference_mode():
        assert torch.allclose(network(x), fuse(network)(x), atol=1e-5)


def test_the_exported_network_agrees_with_pytorch(tmp_path: Path) -> None:
    network = shake(tiny_network())
    assert export_network(network, tmp_path / "fold.onnx", 48, 36, "float32") < 1e-4
    session = ort.InferenceSession(str(tmp_path / "fold.onnx"))
    x = np.random.default_rng(3).standard_normal((1, 3, 36, 48)).astype(np.float32)
    with torch.inference_mode():
        expected = network(torch.from_numpy(x)).numpy()
    assert np.abs(session.run(["logits"], {"input": x})[0] - expected).max() < 1e-4
    assert session.get_inputs()[0].shape == [1, 3, 36, 48]


def test_weights_of_float16_halve_the_file_and_hardly_change_an_answer(tmp_path: Path) -> None:
    network = shake(short_network())
    half, full = tmp_path / "half.onnx", tmp_path / "full.onnx"
    assert export_network(network, half, 48, 36) < 1e-4
    assert export_network(network, full, 48, 36, "float32") < 1e-4
    assert half.stat().st_size < 0.56 * full.stat().st_size
    x = np.random.default_rng(3).standard_normal((1, 3, 36, 48)).astype(np.float32)
    answers = [ort.InferenceSession(str(file)).run(["logits"], {"input": x})[0] for file in (half, full)]
    assert 0 < np.abs(answers[0] - answers[1]).max() < 0.01 * np.abs(answers[1]).max()


def test_folds_with_the_same_first_blocks_share_them_in_a_file(tmp_path: Path) -> None:
    network = shake(short_network(frozen_blocks=2))
    frozen = [network, copy.deepcopy(network)]
    frozen[1].blocks[2].project.bias.data += 1
    assert shared_blocks(frozen) == 2
    trunk, file = tmp_path / "trunk.onnx", tmp_path / "fold.onnx"
    difference, shape = export_in_parts(frozen[0], 2, trunk, file, 48, 36)
    assert difference < 1e-4
    whole = tmp_path / "whole.onnx"
    export_network(frozen[0], whole, 48, 36)
    x = np.random.default_rng(3).standard_normal((1, 3, 36, 48)).astype(np.float32)
    (features,) = ort.InferenceSession(str(trunk)).run(None, {"input": x})
    assert features.shape == shape
    (in_parts,) = ort.InferenceSession(str(file)).run(None, {"features": features})
    (at_once,) = ort.InferenceSession(str(whole)).run(None, {"input": x})
    assert np.abs(in_parts - at_once).max() < 1e-4


def test_int8_answers_nearly_the_same_from_a_smaller_file(tmp_path: Path) -> None:
    torch.manual_seed(6)
    network, file, trunk = short_network().eval(), tmp_path / "fold.onnx", tmp_path / "trunk.onnx"
    torch.nn.init.normal_(network.classifier.weight)
    export_in_parts(network, 2, trunk, file, 64, 48, "float32")
    size, random = file.stat().st_size, np.random.default_rng(3)
    first = ort.InferenceSession(str(trunk))
    pictures = random.standard_normal((8, 1, 3, 48, 64)).astype(np.float32)
    features = [first.run(None, {"input": picture})[0] for picture in pictures]
    before = [ort.InferenceSession(str(file)).run(None, {"features": each})[0] for each in features]
    change = to_int8(file, features)
    after = [ort.InferenceSession(str(file)).run(None, {"features": each})[0] for each in features]
    assert file.stat().st_size < 0.4 * size
    assert 0 < change < 0.1 * np.std(before)
    assert np.abs(np.array(after) - before).mean() == pytest.approx(change, rel=1e-3)


def test_a_trunk_in_int8_keeps_its_stem_and_first_block_in_float32(tmp_path: Path) -> None:
    trunk, file = tmp_path / "trunk.onnx", tmp_path / "fold.onnx"
    export_in_parts(shake(short_network()), 3, trunk, file, 64, 48, "float32")
    pictures = np.random.default_rng(3).standard_normal((8, 1, 3, 48, 64)).astype(np.float32)
    features = ort.InferenceSession(str(trunk)).run(None, {"input": pictures[0]})[0]
    to_int8(trunk, list(pictures))
    stored = {each.name for each in onnx.load(str(trunk)).graph.initializer}
    assert {"_network.stem.0.weight", "_network.blocks.0.project.weight"} <= stored
    assert {f"_network.blocks.{at}.project.weight_quantized" for at in (1, 2)} <= stored
    (rounded,) = ort.InferenceSession(str(trunk)).run(None, {"input": pictures[0]})
    assert 0 < np.abs(rounded - features).mean() < 0.1 * np.std(features)


def test_blocks_after_one_that_differs_are_not_shared() -> None:
    network = short_network()
    for change, shared in ((lambda other: other.stem, 0), (lambda other: other.blocks[1].project, 1)):
        other = copy.deepcopy(network)
        change(other).bias.data += 1
        assert shared_blocks([network, other]) == shared
    assert shared_blocks([network]) == 0
    assert shared_blocks([network, torch.nn.Linear(1, 1)]) == 0


@pytest.mark.parametrize("precision", ["float16", "int8"])
def test_two_trainings_answer_together(make_set: MakeSet, tmp_path: Path, precision: str) -> None:
    data, kfold, ensemble = make_set(drivers=4, each=1), tmp_path / "kfold.json", tmp_path / "trial"
    common = ["--data", str(data), "--kfold", str(kfold)]
    assert main(["kfold", *common, "--folds", "2"]) == 0
    pictures = read_pictures(data)
    checkpoints = [tmp_path / "one", tmp_path / "two"]
    for seed, folder in enumerate(checkpoints):
        write_checkpoints(folder, kfold, seed=seed, further=("small",) * seed)
    export = ["export", *common[:2], "--checkpoints", *map(str, checkpoints), "--out", str(ensemble)]
    assert main([*export, "--size", "64x48", "--precision", precision]) == 0
    assert sorted(path.name for path in ensemble.glob("*.onnx")) == [
        *(f"fold-{n}.onnx" for n in range(1, 5)),
        "trunk.onnx",
    ]
    manifest = json.loads((ensemble / "manifest.json").read_text())
    assert [fold["name"] for fold in manifest["folds"]] == ["fold-1", "fold-2", "fold-3", "fold-4"]
    assert {fold["trunk"]["file"] for fold in manifest["folds"]} == {"trunk.onnx"}
    assert read_folds(ensemble / "kfold-2.json") == read_folds(ensemble / "kfold.json") == read_folds(kfold)
    assert manifest["folds"][0]["validDrivers"] == manifest["folds"][2]["validDrivers"]
    card = (ensemble / "MODEL_CARD.md").read_text()
    assert "2 of 4 networks" in card
    assert "2 x the same, with seed 1, further small." in card
    learned_from = manifest["training"]["data"]
    assert learned_from.endswith("; further pictures of the same drivers as smaller copies, of the same competition")
    assert f"{learned_from}. " in card
    folds = open_folds(ensemble)
    by_fold, mean = unseen_answers(folds, pictures), out_of_fold(folds, pictures)
    judged = ~np.isnan(by_fold[:, :, 0])
    assert (judged.sum(0) == 2).all()
    np.testing.assert_allclose(mean[0], by_fold[judged[:, 0], 0].mean(0))


def test_trainings_may_have_splits_of_their_own_but_each_of_all_drivers(
    make_set: MakeSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, ensemble = make_set(drivers=4, each=1), tmp_path / "trial"
    checkpoints = [tmp_path / "two", tmp_path / "four"]
    for folder, folds in zip(checkpoints, ("2", "4"), strict=True):
        split = folder.with_suffix(".json")
        assert main(["kfold", "--data", str(data), "--kfold", str(split), "--folds", folds]) == 0
        write_checkpoints(folder, split)
    export = ["export", "--data", str(data), "--out", str(ensemble), "--size", "64x48", "--checkpoints"]
    assert main([*export, *map(str, checkpoints)]) == 0
    assert [len(read_folds(ensemble / name)) for name in ("kfold.json", "kfold-2.json")] == [2, 4]
    assert "2 of 6 networks" in (ensemble / "MODEL_CARD.md").read_text()
    (checkpoints[1] / "fold-4.best.pt").unlink()
    capsys.readouterr()
    assert main([*export, *map(str, checkpoints)]) == 1
    assert "are in no fold" in capsys.readouterr().err


def test_a_smaller_ensemble_leaves_nothing_of_a_larger_one_before_it(make_set: MakeSet, tmp_path: Path) -> None:
    data, kfold, ensemble = make_set(drivers=4, each=1), tmp_path / "kfold.json", tmp_path / "trial"
    common = ["--data", str(data), "--kfold", str(kfold)]
    assert main(["kfold", *common, "--folds", "2"]) == 0
    checkpoints = str(write_checkpoints(tmp_path / "checkpoints", kfold))
    export = ["export", *common[:2], "--out", str(ensemble), "--size", "64x48", "--checkpoints"]
    assert main([*export, checkpoints, checkpoints]) == 0
    (ensemble / "EXPERIMENTS.md").write_text("kept")
    (ensemble / "kfold-of-mine.json").write_text("kept")
    assert len(list(ensemble.iterdir())) == 11
    assert main([*export, checkpoints]) == 0
    kept = [
        "EXPERIMENTS.md",
        "MODEL_CARD.md",
        "fold-1.onnx",
        "fold-2.onnx",
        "kfold-of-mine.json",
        "kfold.json",
        "manifest.json",
        "trunk.onnx",
    ]
    assert sorted(path.name for path in ensemble.iterdir()) == kept


def test_a_size_for_every_training_or_one_for_all(
    make_set: MakeSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, kfold = make_set(drivers=2, each=1), tmp_path / "kfold.json"
    common = ["--data", str(data), "--kfold", str(kfold)]
    assert main(["kfold", *common, "--folds", "2"]) == 0
    assert main(["export", *common[:2], "--checkpoints", "one", "two", "three", "--size", "64x48", "80x60"]) == 1
    assert "--size: give one for all, or one for each of the 3 --checkpoints." in capsys.readouterr().err


def test_an_export_that_differs_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadward_training.export.onnx_file.TOLERANCE", -1.0)
    with pytest.raises(TrainingError, match="logits differ from PyTorch"):
        export_network(tiny_network(), tmp_path / "fold.onnx", 48, 36)


def test_from_pictures_to_an_evaluated_ensemble(
    make_set: MakeSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, kfold, ensemble = make_set(drivers=3, each=1), tmp_path / "kfold.json", tmp_path / "trial"
    common = ["--data", str(data), "--kfold", str(kfold)]
    checkpoints = str(tmp_path / "checkpoints")
    assert main(["kfold", *common, "--folds", "2"]) == 0
    small = ["--small-epochs", "1", "--full-epochs", "1", "--batch", "8", "--threads", "1"]
    assert main(["train", *common, "--out", checkpoints, "--network", "tiny", "--random-weights", *small]) == 0
    export = ["export", *common[:2], "--checkpoints", checkpoints, "--out", str(ensemble), "--originals", str(data)]
    compared = ["--holdout", str(data), "--real", str(data), "--other", str(ensemble)]
    assert main([*export, "--size", "240x180", *compared]) == 0
    manifest = json.loads((ensemble / "manifest.json").read_text())
    assert (manifest["id"], [fold["name"] for fold in manifest["folds"]]) == ("trial", ["fold-1", "fold-2"])
    assert manifest["folds"][0]["input"]["shape"] == [1, 3, 180, 240]
    card = (ensemble / "MODEL_CARD.md").read_text()
    assert "| p002 | 10 |" in card
    assert "research and evaluation only" in card
    assert "| trial | **real**, State Farm sample | unseen folds | 30 |" in card
    assert "| trial | synthetic, held out | all folds | 30 |" in card
    capsys.readouterr()
    assert main(["evaluate", *common[:2], "--ensemble", str(ensemble), "--out-of-fold", "--drivers", "p000,p002"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["images"], found["drivers"], sum(map(sum, found["confusion"]))) == (20, 2, 20)
    assert 0 <= found["ece"] <= 1


def test_an_ensemble_of_drawn_drivers_says_that_it_is_not_for_real_ones(make_set: MakeSet, tmp_path: Path) -> None:
    data, kfold, demo = make_set(drivers=2, each=1), tmp_path / "kfold.json", tmp_path / "demo"
    common = ["--data", str(data), "--kfold", str(kfold)]
    checkpoints = str(tmp_path / "checkpoints")
    assert main(["kfold", *common, "--folds", "2"]) == 0
    train = ["train", *common, "--out", checkpoints, "--network", "short", "--random-weights", "--batch", "4"]
    sizes = ["--small-size", "32x24", "--size", "48x36", "--small-epochs", "1", "--full-epochs", "1"]
    assert main([*train, *sizes, "--threads", "1"]) == 0
    export = ["export", *common[:2], "--checkpoints", checkpoints, "--out", str(demo), "--synthetic", "seed a"]
    assert main([*export, "--holdout", str(data), "--real", str(data), "--other", str(demo)]) == 0
    assert json.loads((demo / "manifest.json").read_text())["folds"][0]["input"]["shape"] == [1, 3, 36, 48]
    card = (demo / "MODEL_CARD.md").read_text()
    assert "**Not for real drivers.**" in card
    assert "| demo | **real**, State Farm sample | all folds | 20 |" in card
    assert "| demo | **real**, State Farm sample | unseen folds | 20 |" in card


def test_errors_are_one_line_with_exit_code_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kfold", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_names_the_checkpoint_that_is_missing(
    make_set: MakeSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ["--data", str(make_set(drivers=2, each=1)), "--kfold", str(tmp_path / "kfold.json")]
    assert main(["kfold", *common, "--folds", "2"]) == 0
    assert main(["export", *common[:2], "--checkpoints", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "fold-1.best.pt is missing. Train this fold first" in capsys.readouterr().err
