"""From exported ONNX files back to checkpoints, to train on from what ships: checkpoints are not in the repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from ..errors import TrainingError
from ..measure.folds import fold_rows, read_manifest
from ..networks.build import build_network
from ..networks.efficientnet import BATCH_NORM_EPSILON, EfficientNetLite
from ..options import TrainOptions

COMPACT = ("lite0", "lite1", "lite2", "short")  # networks whose exported names lead back to their own


def _constants(graph: onnx.GraphProto) -> dict[str, NDArray[Any]]:
    """The graph's stored tensors, those in int8 as the numbers that they stand for."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    made = dict(stored)
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and node.input[0] in stored:
            whole, scale, zero = (stored[name] for name in node.input)
            along = [1] * whole.ndim
            if scale.ndim:
                along[onnx.helper.get_node_attr_value(node, "axis")] = -1
            made[node.input[0].removesuffix("_quantized")] = (
                whole.astype(np.float32) - zero.reshape(along).astype(np.float32)
            ) * scale.reshape(along)
    return made


def _weights(files: Sequence[Path]) -> dict[str, Tensor]:
    """Weights by the name they had before they were exported, whole or in parts, in any precision."""
    found = {}
    for file in files:
        for stored, value in _constants(onnx.load(str(file)).graph).items():
            name = stored.removeprefix("_network.").removesuffix(".float16").replace(".0.weight", ".weight")
            found[name.replace(".0.bias", ".bias")] = torch.from_numpy(np.array(value, dtype=np.float32))
    return found


def _fill(network: EfficientNetLite, weights: Mapping[str, Tensor]) -> None:
    """Load fused convolutions: their batch norm becomes one that changes nothing. Raises KeyError, RuntimeError."""
    state = {}
    for name, value in network.state_dict().items():
        field = name.rsplit(".", 1)[1]
        if field == "bias" and name not in weights:
            state[name] = torch.zeros_like(value)  # the exporter leaves out a bias of zeros
        elif field in ("weight", "bias"):
            state[name] = weights[name].view(value.shape)
        else:
            neutral = {"gain": 1.0, "mean": 0.0, "variance": 1.0 - BATCH_NORM_EPSILON}
            state[name] = torch.full_like(value, neutral[field])
    network.load_state_dict(state)


def restore_fold(folder: Path, entry: Mapping[str, Any], origin: str) -> dict[str, Any]:
    """The content of a checkpoint of one fold of a manifest.

    Its options say what the file can tell, network and size, and that it was taken over from ``origin``. The
    classifier's bias has been moved to the class shares of the training pictures already, so ``sampling`` is not
    "balanced", or an export would move it again.
    """
    files = [folder / entry["file"], *([folder / entry["trunk"]["file"]] if "trunk" in entry else [])]
    weights = _weights(files)
    height, width = entry["input"]["shape"][2:]
    for name in COMPACT:
        options = TrainOptions(
            network=name, width=width, height=height, pretrained=False, sampling="shuffle", start_from=origin
        )
        network = build_network(options)
        assert isinstance(network, EfficientNetLite)
        if len(network.blocks) != len({part.split(".")[1] for part in weights if part.startswith("blocks.")}):
            continue
        try:
            _fill(network, weights)
        except (KeyError, RuntimeError):
            continue
        return {
            "network": network.state_dict(),
            "options": asdict(options),
            "valid_drivers": list(entry["validDrivers"]),
            "scores": dict(entry.get("metrics", {})),
            "progress": 1.0,
            "steps": 0,
        }
    raise TrainingError(
        f"{files[0]} is none of the networks that can be restored ({', '.join(COMPACT)}). Train it again instead."
    )


def restore(ensemble: Path, out: Path, only: Sequence[str] | None = None) -> list[Path]:
    """Write ``fold-k.best.pt`` for the folds of an exported ensemble, or ``only`` those of these names, from 1 on."""
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    manifest = read_manifest(ensemble)
    origin = f"{manifest['id']} {manifest['version']}"
    for number, entry in enumerate(fold_rows(ensemble, only), 1):
        path = out / f"fold-{number}.best.pt"
        torch.save(restore_fold(ensemble, entry, origin), path)
        paths.append(path)
    return paths
