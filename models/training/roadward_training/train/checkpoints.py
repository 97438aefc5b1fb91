"""Checkpoints of earlier trainings: read back, started from, and learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from ..errors import TrainingError
from ..networks.build import build_network
from ..networks.registry import Network
from ..options import TrainOptions

PICTURES = 4  # at a time through a teacher: its activations stay in the processor's cache


def load_checkpoint(path: Path) -> tuple[Network, TrainOptions, dict[str, Any]]:
    """Network, options and the whole content of a ``fold-k.best.pt``."""
    if not path.is_file():
        raise TrainingError(f"{path} is missing. Train this fold first: python -m roadward_training train.")
    content: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    try:
        options = TrainOptions(**content["options"])
    except TypeError as error:
        raise TrainingError(f"{path} is of another version of this program ({error}). Train the fold again.") from error
    network = build_network(replace(options, pretrained=False))
    network.load_state_dict(content["network"])
    return network, options, content


def unseen_checkpoint(
    folder: Path, fold: int, valid: Sequence[str], flag: str
) -> tuple[Network, TrainOptions, dict[str, Any]]:
    """What ``load_checkpoint`` makes of a fold's file in the folder of ``flag``.

    Raises TrainingError where there is none, or where it has seen a driver of ``valid``.
    """
    path = folder / f"fold-{fold}.best.pt"
    if not path.is_file():
        raise TrainingError(f"{path} is missing. {flag} names a folder with a checkpoint of every fold.")
    network, options, content = load_checkpoint(path)
    seen = sorted(set(valid) - set(content["valid_drivers"]))
    if seen:
        raise TrainingError(
            f"{path} was trained on {', '.join(seen)}, who validate fold {fold} here. "
            "Use the k-fold file that it was trained with."
        )
    return network, options, content


class Teacher:
    """A trained network whose probabilities another one learns to give for the same pictures.

    Source: Hinton et al. 2015, "Distilling the knowledge in a neural network".
    """

    def __init__(self, network: Network, temperature: float) -> None:
        self._network = network.eval().requires_grad_(False)
        self._temperature = temperature

    def loss(self, inputs: Tensor, logits: Tensor) -> Tensor:
        """Divergence of ``logits`` [B,classes] from the teacher's for ``inputs`` [B,3,H,W], times T squared."""
        with torch.no_grad():
            answers = torch.cat([self._network(part) for part in inputs.split(PICTURES)])
            wanted = answers / self._temperature
        return (
            F.kl_div(
                (logits / self._temperature).log_softmax(1), wanted.log_softmax(1), log_target=True,
                reduction="batchmean",
            )
            * self._temperature**2
        )  # fmt: skip


def make_teacher(options: TrainOptions, fold: int, valid: list[str], device: torch.device) -> Teacher | None:
    """The teacher that ``options`` name, if any. Raises TrainingError where it has seen a driver of ``valid``."""
    if not options.teacher:
        return None
    network, _, _ = unseen_checkpoint(Path(options.teacher), fold, valid, "--teacher")
    return Teacher(network.to(device).to(memory_format=torch.channels_last), options.teacher_temperature)
