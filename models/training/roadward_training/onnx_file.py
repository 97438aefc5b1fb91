"""One network as an ONNX file: batch norms fused, weights stored as float16, checked against PyTorch."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn

from .errors import TrainingError
from .folds import open_session
from .network import FrozenNormConv

OPSET = 18  # the lowest that torch's exporter writes without converting; ONNX Runtime reads it since 1.14
TOLERANCE = 1e-4  # of logits, against PyTorch
PRECISIONS = ("float16", "float32")  # of the stored weights
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


def export_network(network: nn.Module, file: Path, width: int, height: int, precision: str = "float16") -> float:
    """Write ONNX with input [1,3,height,width] and output logits; the largest difference to PyTorch.

    With ``precision`` float16 the weights are rounded first, in PyTorch too; arithmetic is in float32 all the same.
    Raises TrainingError where the difference exceeds 1e-4.
    """
    example = torch.randn(1, 3, height, width, generator=torch.Generator().manual_seed(1))
    fused = fuse(network)
    if precision == "float16":
        _round_to_half(fused)
    torch.onnx.export(
        fused, (example,), str(file), input_names=["input"], output_names=["logits"],
        opset_version=OPSET, dynamo=True, external_data=False, verbose=False,
    )  # fmt: skip
    if precision == "float16":
        _store_as_half(file)
    with torch.inference_mode():
        expected = fused(example).numpy()
    (found,) = open_session(file).run(None, {"input": example.numpy()})
    difference = float(np.abs(expected - found).max())
    if not difference <= TOLERANCE:
        raise TrainingError(
            f"{file}: logits differ from PyTorch by {difference:.2e}, more than {TOLERANCE}. "
            "Report this with the version of torch."
        )
    return difference
