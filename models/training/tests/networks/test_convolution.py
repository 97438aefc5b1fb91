"""Values and gradients of our convolutions are those of PyTorch's conv2d."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from roadward_training.networks.convolution import depthwise, pointwise
from roadward_training.networks.efficientnet import EfficientNetLite


def relu6(x: Tensor, activate: bool = True) -> Tensor:
    return F.hardtanh(x, 0.0, 6.0) if activate else x


def assert_alike(
    ours: Callable[..., Tensor], theirs: Callable[..., Tensor], x: Tensor, weight: Tensor, bias: Tensor
) -> None:
    found = []
    for function in (ours, theirs):
        leaves = [each.clone().requires_grad_() for each in (x, weight, bias)]
        y = function(*leaves)
        (y * torch.linspace(-1, 2, y.numel()).view(y.shape)).sum().backward()
        found.append([y, *(leaf.grad for leaf in leaves)])
    for mine, reference in zip(*found, strict=True):
        torch.testing.assert_close(mine, reference, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("activate", [True, False])
@pytest.mark.parametrize("memory", [torch.contiguous_format, torch.channels_last])
def test_pointwise_is_conv2d_of_one_pixel(activate: bool, memory: torch.memory_format) -> None:
    torch.manual_seed(1)
    x, weight, bias = 4 * torch.randn(3, 5, 6, 7), torch.randn(4, 5, 1, 1), torch.randn(4)
    assert_alike(
        lambda x, w, b: pointwise(x, w, b, activate),
        lambda x, w, b: relu6(F.conv2d(x, w, b), activate),
        x.contiguous(memory_format=memory), weight, bias,
    )  # fmt: skip


@pytest.mark.parametrize("kernel", [3, 5])
@pytest.mark.parametrize("stride", [1, 2])
def test_depthwise_is_conv2d_in_groups(kernel: int, stride: int) -> None:
    torch.manual_seed(2)
    x, weight, bias = 4 * torch.randn(3, 8, 9, 11), torch.randn(8, 1, kernel, kernel), torch.randn(8)
    assert_alike(
        lambda x, w, b: depthwise(x, w, b, stride, kernel // 2),
        lambda x, w, b: relu6(F.conv2d(x, w, b, stride, kernel // 2, groups=8)),
        x, weight, bias,
    )  # fmt: skip


def test_frozen_kernels_stay_and_their_biases_learn() -> None:
    torch.manual_seed(3)
    network = EfficientNetLite(stages=((1, 3, 2, 8, 1), (2, 5, 2, 16, 1)), stem=8, head=32, frozen_kernels=True)
    network.train()
    network(torch.randn(4, 3, 32, 32)).sum().backward()
    narrow, wide = network.blocks[0].depthwise, network.blocks[1].depthwise
    assert narrow.weight.grad is not None
    assert wide.weight.grad is None
    assert wide.bias.grad is not None
    assert wide.bias.grad.abs().sum() > 0


def test_learning_and_judging_see_the_same_logits() -> None:
    torch.manual_seed(4)
    network = EfficientNetLite(dropout=0.0, frozen_blocks=3)
    pictures = torch.randn(5, 3, 48, 64)
    learning = network.train()(pictures)
    with torch.inference_mode():
        torch.testing.assert_close(network.eval()(pictures), learning.detach(), rtol=1e-4, atol=1e-5)
