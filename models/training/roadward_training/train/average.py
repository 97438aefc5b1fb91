"""One network of the weights of several that started from the same: better on new drivers, and no slower.

Source: Wortsman et al. 2022, "Model soups". It only works where training never left the valley that the first one
found, as with ``--start-from``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from ..data.statefarm import Picture
from ..errors import TrainingError
from .batches import class_shift
from .checkpoints import load_checkpoint


def average_fold(paths: Sequence[Path], pictures: Sequence[Picture]) -> dict[str, Any]:
    """The content of a checkpoint with the mean weights of ``paths``, and the options of the last.

    All are first brought to the class shares of the last one's draws from ``pictures``. Raises TrainingError where they
    are not of the same network and validation drivers.
    """
    loaded = [load_checkpoint(path) for path in paths]
    _, options, content = loaded[-1]
    for path, (_, own, other) in zip(paths, loaded, strict=True):
        if own.network != options.network or sorted(other["valid_drivers"]) != sorted(content["valid_drivers"]):
            raise TrainingError(
                f"{path} is of another network or has other validation drivers than {paths[-1]}: their mean would mean "
                "nothing. Average trainings that went on from each other, on the same split."
            )
    shift = class_shift(pictures, content["valid_drivers"])
    for network, own, _ in loaded:
        network.shift_logits(shift * ((own.sampling == "balanced") - (options.sampling == "balanced")))
    states = [network.state_dict() for network, _, _ in loaded]
    mean = {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[-1]}
    others = tuple(str(path.parent) for path in paths[:-1])
    return {**content, "network": mean, "options": asdict(replace(options, averaged_with=others)), "scores": {}}


def average(folders: Sequence[Path], out: Path, pictures: Sequence[Picture]) -> list[Path]:
    """Write ``fold-k.best.pt`` with the mean weights of every fold of ``folders``. Raises TrainingError."""
    names = sorted(path.name for path in folders[0].glob("fold-*.best.pt"))
    if len(folders) < 2 or not names:
        raise TrainingError("--checkpoints: name two or more folders with fold-k.best.pt to average.")
    out.mkdir(parents=True, exist_ok=True)
    for name in names:
        torch.save(average_fold([folder / name for folder in folders], pictures), out / name)
    return [out / name for name in names]
