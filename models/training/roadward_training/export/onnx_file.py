"""One network as an ONNX file: batch norms fused, weights stored as float16, checked against PyTorch."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from torch import Tensor, nn

from ..errors import TrainingError
from ..measure.folds import open_session
from ..networks.efficientnet import EfficientNetLite, FrozenNormConv

OPSET = 18  # the lowest that torch's exporter writes without converting; ONNX Runtime reads it since 1.14
TOLERANCE = 1e-4  # of logits, against PyTorch
PRECISIONS = ("float16", "float32", "int8")  # of the weights; int8 computes in it, the others in float32
SMALL = 256  # numbers; a constant below that is not worth a node


def fuse(network: nn.Module) -> nn.Module:
    """A copy whose convolutions carry their batch norm, as plain layers that exporters know."""
    fused = copy.deepcopy(network).eval()
    convolutions = [(name, module) for name, module in fused.named_modules() if isinstance(module, FrozenNormConv)]
    for name, module in convolutions:
        weight, bias = (tensor.detach() for tensor in module.folded())
        outputs, per_group, kernel, _ = weight.shape
        plain = nn.Conv2d(
            per_group * module.groups, outputs, kernel, module.stride, module.padding, groups=module.groups
        )
        plain.load_state_dict({"weight": weight, "bias": bias})
        fused.set_submodule(name, nn.Sequential(plain, nn.ReLU6()) if module.activate else plain)
    return fused


def _round_to_half(network: nn.Module) -> None:
    """Give all weights values that float16 can hold. Batch statistics stay: their inverse is sensitive."""
    with torch.no_grad():
        for weight in network.parameters():
            if weight.numel() >= SMALL:
                weight.copy_(weight.half().float())


def _store_as_half(file: Path) -> None:
    """Store as float16 what float16 holds exactly, each with a cast that ONNX Runtime folds when it loads the file."""
    model = onnx.load(str(file))
    graph = model.graph
    kept, casts = [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        halves = values.astype(np.float16) if values.dtype == np.float32 and values.size >= SMALL else None
        if halves is None or not np.array_equal(halves.astype(np.float32), values):
            kept.append(tensor)
            continue
        name = f"{tensor.name}.float16"
        kept.append(numpy_helper.from_array(halves, name))
        casts.append(helper.make_node("Cast", [name], [tensor.name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    for field, content in (("initializer", kept), ("node", nodes)):
        graph.ClearField(field)
        getattr(graph, field).extend(content)
    onnx.save(model, str(file))


def _rounded(network: nn.Module, precision: str) -> nn.Module:
    fused = fuse(network)
    if precision == "float16":
        _round_to_half(fused)
    return fused


def _write(module: nn.Module, example: Tensor, file: Path, names: tuple[str, str], precision: str) -> Tensor:
    """Write ``module`` with the input and output of these names; its output for ``example``."""
    torch.onnx.export(
        module, (example,), str(file), input_names=[names[0]], output_names=[names[1]],
        opset_version=OPSET, dynamo=True, external_data=False, verbose=False,
    )  # fmt: skip
    if precision == "float16":
        _store_as_half(file)
    with torch.inference_mode():
        output: Tensor = module(example)
    return output


def _picture(width: int, height: int) -> Tensor:
    return torch.randn(1, 3, height, width, generator=torch.Generator().manual_seed(1))


def _difference(file: Path, expected: Tensor, found: NDArray[np.float32]) -> float:
    difference = float(np.abs(expected.numpy() - found).max())
    if not difference <= TOLERANCE:
        raise TrainingError(
            f"{file}: logits differ from PyTorch by {difference:.2e}, more than {TOLERANCE}. "
            "Report this with the version of torch."
        )
    return difference


def export_network(network: nn.Module, file: Path, width: int, height: int, precision: str = "float16") -> float:
    """Write ONNX with input [1,3,height,width] and output logits; the largest difference to PyTorch.

    With ``precision`` float16 the weights are rounded first, in PyTorch too; arithmetic is in float32 all the same.
    Raises TrainingError where the difference exceeds 1e-4.
    """
    picture = _picture(width, height)
    expected = _write(_rounded(network, precision), picture, file, ("input", "logits"), precision)
    (found,) = open_session(file).run(None, {"input": picture.numpy()})
    return _difference(file, expected, found)


class _Part(nn.Module):
    """The ``early`` or the ``late`` layers of a network."""

    def __init__(self, network: nn.Module, name: Literal["early", "late"], blocks: int) -> None:
        super().__init__()
        self._network, self._name, self._blocks = network, name, blocks

    def forward(self, x: Tensor) -> Tensor:
        output: Tensor = getattr(self._network, self._name)(x, self._blocks)
        return output


def export_in_parts(
    network: EfficientNetLite, blocks: int, trunk: Path, file: Path, width: int, height: int, precision: str = "float16"
) -> tuple[float, tuple[int, ...]]:
    """As ``export_network``, the first ``blocks`` in the file ``trunk``: input -> features, and ``file``: -> logits.

    Returns the largest difference of logits to PyTorch, and the shape of the features.
    """
    picture, fused = _picture(width, height), _rounded(network, precision)
    features = _write(_Part(fused, "early", blocks).eval(), picture, trunk, ("input", "features"), precision)
    expected = _write(_Part(fused, "late", blocks).eval(), features.clone(), file, ("features", "logits"), precision)
    (handed,) = open_session(trunk).run(None, {"input": picture.numpy()})
    (found,) = open_session(file).run(None, {"features": handed})
    return _difference(file, expected, found), tuple(features.shape)


class _Examples(CalibrationDataReader):
    """Inputs of a network, one after the other."""

    def __init__(self, name: str, examples: Iterable[NDArray[np.float32]]) -> None:
        self._name, self._rest = name, iter(examples)

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        example = next(self._rest, None)
        return None if example is None else {self._name: example}


def _early_nodes(file: Path, block: int) -> list[str]:
    """Names of the nodes before the first that computes with weights of ``block``; none where it has no such block."""
    nodes = onnx.load(str(file)).graph.node
    own = [any(f"blocks.{block}." in name for name in node.input) for node in nodes]
    return [node.name for node in nodes[: own.index(True)]] if any(own) else []


def to_int8(file: Path, examples: Sequence[NDArray[np.float32]]) -> float:
    """Let a float32 network compute in int8 (QDQ, a scale a channel), its ranges from ``examples`` of its input.

    Stem and first block, where the file has them, stay as they are: they see the picture's full range.
    `models/statefarm/EXPERIMENTS.md` has what it costs. Returns the mean change of an output over the examples.
    Only for networks whose activations are bounded (ReLU6).
    """
    whole = open_session(file)
    name = whole.get_inputs()[0].name
    before = [whole.run(None, {name: example})[0] for example in examples]
    partial = file.with_suffix(".partial")
    quantize_static(
        str(file), str(partial), _Examples(name, examples), quant_format=QuantFormat.QDQ, per_channel=True,
        weight_type=QuantType.QInt8, activation_type=QuantType.QUInt8, nodes_to_exclude=_early_nodes(file, 1),
    )  # fmt: skip
    partial.replace(file)
    quick = open_session(file)
    after = [quick.run(None, {name: example})[0] for example in examples]
    return float(np.abs(np.array(after) - np.array(before)).mean())
