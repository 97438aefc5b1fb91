"""PNASNet-5-Large without its last layer (Liu et al. 2017), names as in Cadene's ``pnasnet5large-bf079911.pth``.

The same structure as timm's ``pnasnet5large`` (Apache 2.0), paddings and the odd shift of FactorizedReduction
included, so that the public weights compute the same features.
"""

from __future__ import annotations

from collections import OrderedDict

import torch
from torch import Tensor, nn

EPSILON = 1e-3
PARTS = 5  # pairs of operations in a cell; their results are concatenated

# (left channels, right channels in, width, reduces, left must be reduced too), for a width of 1
Plan = tuple[int, int, int, bool, bool]
CELLS: tuple[Plan, ...] = (
    (270, 540, 216, False, True),
    (540, 1080, 216, False, False),
    (1080, 1080, 216, False, False),
    (1080, 1080, 216, False, False),
    (1080, 1080, 432, True, False),
    (1080, 2160, 432, False, True),
    (2160, 2160, 432, False, False),
    (2160, 2160, 432, False, False),
    (2160, 2160, 864, True, False),
    (2160, 4320, 864, False, True),
    (4320, 4320, 864, False, False),
    (4320, 4320, 864, False, False),
)


def _conv(inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> nn.Conv2d:
    padding = (stride - 1 + kernel - 1) // 2
    return nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False)


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=EPSILON)


def _pool(stride: int) -> nn.MaxPool2d:
    return nn.MaxPool2d(3, stride, (stride + 1) // 2)


class Separable(nn.Module):
    """Depthwise, then pointwise."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int) -> None:
        super().__init__()
        self.depthwise_conv2d = _conv(inputs, inputs, kernel, stride, groups=inputs)
        self.pointwise_conv2d = _conv(inputs, outputs, 1)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        y: Tensor = self.pointwise_conv2d(self.depthwise_conv2d(x))
        return y


class Separables(nn.Module):
    """ReLU, separable convolution, batch norm: twice, the stride in the first."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1) -> None:
        super().__init__()
        self.separable_1 = Separable(inputs, outputs, kernel, stride)
        self.bn_sep_1 = _norm(outputs)
        self.separable_2 = Separable(outputs, outputs, kernel, 1)
        self.bn_sep_2 = _norm(outputs)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        x = self.bn_sep_1(self.separable_1(x.relu()))
        y: Tensor = self.bn_sep_2(self.separable_2(x.relu()))
        return y


class ActConvNorm(nn.Module):
    """ReLU, 1x1 convolution, batch norm."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
        self.bn = _norm(outputs)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        y: Tensor = self.bn(self.conv(x.relu()))
        return y


class FactorizedReduction(nn.Module):
    """Half the size: two strided views, one shifted by a pixel, side by side."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.path_1 = nn.Sequential(OrderedDict(conv=nn.Conv2d(inputs, outputs // 2, 1, bias=False)))
        self.path_2 = nn.Sequential(OrderedDict(conv=nn.Conv2d(inputs, outputs // 2, 1, bias=False)))
        self.final_path_bn = _norm(outputs // 2 * 2)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        x = x.relu()
        shifted = nn.functional.pad(x[:, :, 1:, 1:], (0, 1, 0, 1))
        halves = [self.path_1(x[:, :, ::2, ::2]), self.path_2(shifted[:, :, ::2, ::2])]
        y: Tensor = self.final_path_bn(torch.cat(halves, 1))
        return y


class Cell(nn.Module):
    """Two feature maps (the one before the last, the last) -> one of 5 x ``width`` channels."""

    def __init__(self, left: int, right: int, width: int, reduce: bool = False, reduce_left: bool = False) -> None:
        super().__init__()
        stride = 2 if reduce else 1
        self.conv_prev_1x1 = FactorizedReduction(left, width) if reduce_left else ActConvNorm(left, width)
        self.conv_1x1 = ActConvNorm(right, width)
        self._operations(width, width, stride)
        self.comb_iter_0_right: nn.Module = _pool(stride)
        self.comb_iter_4_left = Separables(width, width, 3, stride)
        self.comb_iter_4_right: nn.Module = ActConvNorm(width, width, stride) if reduce else nn.Identity()

    def _operations(self, left: int, width: int, stride: int) -> None:
        """The operations that all cells share."""
        self.comb_iter_0_left = Separables(left, width, 5, stride)
        self.comb_iter_1_left = Separables(width, width, 7, stride)
        self.comb_iter_1_right = _pool(stride)
        self.comb_iter_2_left = Separables(width, width, 5, stride)
        self.comb_iter_2_right = Separables(width, width, 3, stride)
        self.comb_iter_3_left = Separables(width, width, 3)
        self.comb_iter_3_right = _pool(stride)

    def combine(self, left: Tensor, right: Tensor) -> Tensor:
        """The five pairs of figure 2, concatenated."""
        third = self.comb_iter_2_left(right) + self.comb_iter_2_right(right)
        parts = [
            self.comb_iter_0_left(left) + self.comb_iter_0_right(left),
            self.comb_iter_1_left(right) + self.comb_iter_1_right(right),
            third,
            self.comb_iter_3_left(third) + self.comb_iter_3_right(right),
            self.comb_iter_4_left(left) + self.comb_iter_4_right(right),
        ]
        return torch.cat(parts, 1)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """See the class."""
        return self.combine(self.conv_prev_1x1(left), self.conv_1x1(right))


class StemCell(Cell):
    """The first cell, which has the stem's output on both sides."""

    def __init__(self, inputs: int, width: int) -> None:
        nn.Module.__init__(self)
        self.conv_1x1 = ActConvNorm(inputs, width)
        self._operations(inputs, width, 2)
        self.comb_iter_0_right = nn.Sequential(
            OrderedDict(max_pool=_pool(2), conv=nn.Conv2d(inputs, width, 1, bias=False), bn=_norm(width))
        )
        self.comb_iter_4_left = Separables(inputs, width, 3, 2)
        self.comb_iter_4_right = ActConvNorm(width, width, 2)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """``right`` is ``left``."""
        return self.combine(left, self.conv_1x1(right))


class PnasNet5Large(nn.Module):
    """Pictures [B,3,H,W] -> [B,4320]."""

    def __init__(self, slim: int = 1) -> None:
        super().__init__()
        self.channels = 864 // slim * PARTS
        stem = 96 // slim
        self.conv_0 = nn.Sequential(OrderedDict(conv=nn.Conv2d(3, stem, 3, 2, bias=False), bn=_norm(stem)))
        self.cell_stem_0 = StemCell(stem, 54 // slim)
        self.cell_stem_1 = Cell(stem, 54 // slim * PARTS, 108 // slim, reduce=True, reduce_left=True)
        for number, (left, right, width, reduce, reduce_left) in enumerate(CELLS):
            before, last = (side // PARTS // slim * PARTS for side in (left, right))
            self.add_module(f"cell_{number}", Cell(before, last, width // slim, reduce, reduce_left))
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        left: Tensor = self.conv_0(x)
        right: Tensor = self.cell_stem_0(left, left)
        left, right = right, self.cell_stem_1(left, right)
        for number in range(len(CELLS)):
            left, right = right, self.get_submodule(f"cell_{number}")(left, right)
        return right.relu().mean((2, 3))
