"""From a recipe of the report to figures: trained here, exported, measured here and by the application."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from roadward_training.cli import main
from roadward_training.data.statefarm import read_pictures
from roadward_training.export.manifest import fold_entry, trunk_entry, write_manifest
from roadward_training.export.onnx_file import export_in_parts, export_network
from roadward_training.measure.folds import bagged, open_folds
from roadward_training.networks.efficientnet import short_network
from roadward_training.options import TrainOptions
from roadward_training.train.history import read_history
from roadward_training.train.recipes import RECIPES

from .conftest import make_set_in
from .systems import SIZE, build, slim, wake

ROOT = Path(__file__).parents[3]
ROADWARD = ROOT / "electron" / "setup" / "roadward.mjs"  # what `npx roadward` starts


def needs_application(test: Callable[..., None]) -> Callable[..., None]:
    """Skips where `roadward evaluate` cannot run."""
    conditions = {
        "needs Node": shutil.which("node") is None,
        "needs dist/: npm run build": not (ROOT / "dist").is_dir(),
        "needs node_modules: npm install": not (ROOT / "node_modules" / "onnxruntime-node").is_dir(),
    }
    for reason, missing in conditions.items():
        test = pytest.mark.skipif(missing, reason=reason)(test)
    return test


@pytest.fixture(scope="module")
def ensemble(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A State Farm folder, and two folds of a slim Xception that have learned of it."""
    folder = tmp_path_factory.mktemp("report")
    data = make_set_in(folder, drivers=4, each=2)
    common = ["--data", str(data), "--kfold", str(folder / "kfold.json")]
    checkpoints, out = str(folder / "checkpoints"), folder / "xception"
    assert main(["kfold", *common, "--folds", "2"]) == 0
    recipe = ["--recipe", "report-xception", "--random-weights", "--slim", "8", "--size", "64x64"]
    chosen = ["--crop", "40x56", "--rate", "1e-3", "--batch", "8", "--dropout", "0", "--augment", "none"]
    trained = [
        "train",
        *common,
        "--out",
        checkpoints,
        *recipe,
        *chosen,
        "--full-epochs",
        "30",
        "--threads",
        "1",
        "--device",
        "cpu",
    ]
    assert main(trained) == 0
    assert main(["export", *common[:2], "--checkpoints", checkpoints, "--out", str(out)]) == 0
    return data, out


def test_a_report_network_learns_a_tiny_set(ensemble: tuple[Path, Path]) -> None:
    rows = read_history(ensemble[1].parent / "checkpoints" / "fold-1.csv")
    assert len([row for row in rows if row["valid_loss"] is not None]) == 30
    assert max(row["accuracy"] or 0 for row in rows) > 0.5  # chance is 0.1; smoothed over 20 steps


def test_the_manifest_and_the_card_tell_of_the_recipe(ensemble: tuple[Path, Path]) -> None:
    fold = json.loads((ensemble[1] / "manifest.json").read_text())["folds"][0]
    assert fold["preparation"]["crop"] == {"height": 40, "width": 56}
    assert fold["preparation"]["resize"] == {"width": 64, "height": 64, "interpolation": "bilinear", "antialias": True}
    card = (ensemble[1] / "MODEL_CARD.md").read_text()
    assert "2 x Xception from random weights" in card
    assert "adam, rate 0.001, constant schedule" in card
    assert "centre 56x40, bilinear resize to 64x64" in card
    assert "Lanczos" not in card.split("## Method")[0]


def test_softmax_runs_over_the_classes_so_that_the_neighbours_of_a_picture_do_not_matter(
    ensemble: tuple[Path, Path],
) -> None:
    pictures, folds = read_pictures(ensemble[0]), open_folds(ensemble[1])
    alone = bagged(folds, pictures[7])
    assert alone.sum() == pytest.approx(1)
    parts = [fold.run(fold.tensor(pictures[7])) for fold in folds]
    assert alone == pytest.approx(np.mean(parts, axis=0))
    # The report's script: over the pictures. Two copies of one picture then get one half everywhere.
    assert not np.allclose(alone, 0.5)


def test_one_fold_can_be_judged_alone(ensemble: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    data, folder = ensemble
    found = {}
    for names in ("fold-1", "fold-2", "fold-1,fold-2"):
        capsys.readouterr()
        assert main(["evaluate", "--data", str(data), "--ensemble", str(folder), "--folds", names]) == 0
        found[names] = json.loads(capsys.readouterr().out)["logLoss"]
    assert len(set(found.values())) == 3
    assert main(["evaluate", "--data", str(data), "--ensemble", str(folder), "--folds", "fold-9"]) == 1
    assert "has no fold 'fold-9'. Choose among: fold-1, fold-2" in capsys.readouterr().err


def application_figures(data: Path, folder: Path, *flags: str) -> dict[str, Any]:
    """What `roadward evaluate` prints."""
    command = ["node", str(ROADWARD), "evaluate", str(data), "--ensemble", str(folder), "--json", *flags]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=300)
    assert run.returncode == 0, run.stderr
    figures: dict[str, Any] = json.loads(run.stdout)
    return figures


@needs_application
def test_every_system_of_the_report_runs_in_the_application(
    tmp_path: Path, make_set: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """One ensemble of all recipes, each prepared in its own way, and of two networks with a trunk."""
    data, folder = make_set(drivers=2, each=1), tmp_path / "all"
    folder.mkdir()
    entries = []
    for recipe in (name.removeprefix("report-") for name in RECIPES if name.startswith("report-")):
        options, file = slim(recipe), folder / f"{recipe}.onnx"
        export_network(wake(build(options)), file, SIZE, SIZE)
        entries.append(fold_entry(file, options.preparation()))
    compact, network, trunk = TrainOptions(width=SIZE, height=48), short_network(), folder / "trunk.onnx"
    for name in ("one", "other"):
        torch.nn.init.normal_(network.classifier.weight)
        _, shape = export_in_parts(network, 2, trunk, folder / f"{name}.onnx", SIZE, 48)
        entries.append(fold_entry(folder / f"{name}.onnx", compact.preparation(), trunk=trunk_entry(trunk, shape)))
    write_manifest(folder, entries, identity="all", version="1", title="All", temperature=1, training={})
    capsys.readouterr()
    assert main(["evaluate", "--data", str(data), "--ensemble", str(folder)]) == 0
    ours, theirs = json.loads(capsys.readouterr().out), application_figures(data, folder)
    assert len(entries) >= 10
    assert theirs["confusion"] == ours["confusion"]
    assert theirs["logLoss"] == pytest.approx(ours["logLoss"], abs=1e-4)


@needs_application
@pytest.mark.parametrize("flags", [[], ["--out-of-fold"]], ids=["bagged", "out of fold"])
def test_the_application_measures_the_same(
    ensemble: tuple[Path, Path], flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    data, folder = ensemble
    capsys.readouterr()
    assert main(["evaluate", "--data", str(data), "--ensemble", str(folder), *flags]) == 0
    ours = json.loads(capsys.readouterr().out)
    theirs = application_figures(data, folder, *flags)
    assert theirs["confusion"] == ours["confusion"]
    assert theirs["logLoss"] == pytest.approx(ours["logLoss"], abs=1e-4)
