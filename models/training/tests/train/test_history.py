from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import pytest

from roadward_training.cli import main
from roadward_training.train.history import History, read_history

MakeSet = Callable[..., Path]


def test_a_resumed_log_forgets_what_came_after_the_checkpoint(tmp_path: Path) -> None:
    first = History(tmp_path / "fold-1.csv", 0)
    for step in (25, 50, 75):
        first.add({"step": step, "loss": 1 / step, "valid_loss": None})
    History(tmp_path / "fold-1.csv", 50).add({"step": 75, "loss": 0.5, "valid_loss": 0.25})
    rows = read_history(tmp_path / "fold-1.csv")
    assert [(row["step"], row["loss"], row["valid_loss"]) for row in rows] == [
        (25, 0.04, None),
        (50, 0.02, None),
        (75, 0.5, 0.25),
    ]


def test_a_log_becomes_a_picture_and_no_log_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plot", "--checkpoints", str(tmp_path)]) == 1
    assert "has no fold-k.csv. Train first" in capsys.readouterr().err
    log = History(tmp_path / "fold-1.csv", 0)
    log.add({"step": 25, "epoch": 1, "loss": 2, "accuracy": 0.3, "valid_loss": 2.1, "valid_accuracy": 0.2})
    log.add({"step": 50, "epoch": 2, "loss": 1, "accuracy": 0.6})
    assert main(["plot", "--checkpoints", str(tmp_path)]) == 0
    assert cv2.imread(str(tmp_path / "fold-1.png")).shape[1] > 1000
