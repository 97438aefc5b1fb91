"""From options to a network with its weights."""

from __future__ import annotations

from pathlib import Path

import torch

from ..errors import TrainingError
from ..options import TrainOptions
from .efficientnet import EfficientNetLite, load_imagenet
from .registry import ARCHITECTURES, Architecture, Network
from .weights import load_part, read_weights


def find_architecture(name: str) -> Architecture:
    """A row of the registry. Raises TrainingError for an unknown name."""
    if name not in ARCHITECTURES:
        raise TrainingError(f"There is no network {name!r}. Choose one of: {', '.join(ARCHITECTURES)}.")
    return ARCHITECTURES[name]


def _files_by_part(name: str, weights: tuple[str, ...]) -> dict[str, Path]:
    """The files of --weights by part; with a single part its name may be left out."""
    parts = ARCHITECTURES[name].parts
    files: dict[str, Path] = {}
    for text in weights:
        part, equals, file = text.partition("=")
        if not equals and len(parts) == 1:
            part, file = next(iter(parts)), text
        if part not in parts or not file:
            raise TrainingError(
                f"--weights {text} names no part of {name}. Write PART=FILE with PART one of: {', '.join(parts)}."
            )
        files[part] = Path(file)
    return files


def build_network(options: TrainOptions) -> Network:
    """The network that ``options`` name, with weights from files or seeded random ones."""
    torch.manual_seed(options.seed)
    row = find_architecture(options.network)
    network = row.build(options)
    if isinstance(network, EfficientNetLite):
        if options.pretrained and row.imagenet:
            load_imagenet(network, read_weights(Path(options.weights[0])) if options.weights else None, row.imagenet)
        return network
    loaded = []
    if options.pretrained:
        files = _files_by_part(options.network, options.weights)
        if not files:
            expected = ", ".join(f"{name}=FILE ({part.file})" for name, part in row.parts.items())
            raise TrainingError(
                f"{options.network} needs weights: --weights {expected}. To start without any: --random-weights."
            )
        for name, file in files.items():
            load_part(network, row.parts[name], read_weights(file), file)
            loaded.append(row.parts[name].path)
    network.freeze([*row.fixed, *(loaded if options.frozen_trunk else [])])
    return network
