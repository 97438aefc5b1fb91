"""Weights from files: what fits is loaded, what does not is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from ..errors import TrainingError
from .registry import Part

NAMED = 4  # how many names an error shows


def read_weights(path: Path) -> dict[str, Tensor]:
    """The state dict of a .pth, .pt or .safetensors file, or the network of one of our checkpoints."""
    if not path.is_file():
        raise TrainingError(f"{path} is missing. Name a file of weights with --weights, or use --random-weights.")
    if path.suffix == ".safetensors":
        try:
            from safetensors.torch import load_file
        except ImportError as error:
            raise TrainingError(
                f"{path} needs a package that is not installed. Run: pip install safetensors==0.8.0."
            ) from error
        return dict(load_file(path))
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # pickle, zip and torch raise whatever they like
        raise TrainingError(f"{path} is no file of weights that torch reads ({type(error).__name__}).") from error
    for key in ("network", "state_dict"):
        if isinstance(content, dict) and isinstance(content.get(key), dict):
            content = content[key]
    if not isinstance(content, dict) or not all(isinstance(value, Tensor) for value in content.values()):
        raise TrainingError(f"{path} holds no state dict. Save one with torch.save(network.state_dict(), file).")
    return content


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def load_part(network: nn.Module, part: Part, weights: Mapping[str, Tensor], source: Path) -> None:
    """Fill ``part`` of the network. Raises TrainingError that names what is missing, unknown or of another shape."""
    module = network.get_submodule(part.path)
    wanted = module.state_dict()
    inside = {name for name in weights if name.startswith(part.prefix)} if part.prefix else set(weights)
    given = {
        name.removeprefix(part.prefix): weights[name]
        for name in inside
        if name.removeprefix(part.prefix) in wanted or not name.startswith(part.surplus)
    }
    counters = {name for name in wanted if name.endswith("num_batches_tracked")}  # old files have none
    missing = [name for name in wanted if name not in given and name not in counters]
    unknown = sorted(name for name in given if name not in wanted)
    unknown += sorted(name for name in weights if name not in inside and not name.startswith(part.surplus))
    shapes = [
        f"{name} {list(given[name].shape)} instead of {list(wanted[name].shape)}"
        for name in wanted
        if name in given and given[name].shape != wanted[name].shape
    ]
    faults = [
        f"{kind}: {_some(names)}"
        for kind, names in (("missing", missing), ("unknown", unknown), ("of another shape", shapes))
        if names
    ]
    if faults:
        raise TrainingError(f"{source} does not fit {part.path} (expected: {part.file}). {'; '.join(faults)}.")
    module.load_state_dict(given, strict=False)
