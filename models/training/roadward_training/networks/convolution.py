"""Convolutions (+ ReLU6) whose every tensor is channels-last, for training on a CPU.

Through PyTorch's own ``conv2d`` the gradients of a mobile network arrive in changing layouts: copies, slow elementwise
passes and oneDNN's slow path for depthwise kernels took more than half of a step (EXPERIMENTS.md has the figures).
The arithmetic is the same; tests compare values and gradients with ``conv2d``.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

_relu6_backward = torch.ops.aten.hardtanh_backward
_backward = torch.ops.aten.convolution_backward


def _channels_last(x: Tensor) -> Tensor:
    return x.contiguous(memory_format=torch.channels_last)


def _rows(x: Tensor) -> Tensor:
    """[B,C,H,W] in channels-last -> [B*H*W,C], the same memory."""
    return x.permute(0, 2, 3, 1).reshape(-1, x.shape[1])


def _pictures(rows: Tensor, like: Tensor) -> Tensor:
    """[B*H*W,C] -> [B,C,H,W] in channels-last, the same memory; B, H and W are those of ``like``."""
    batch, _, height, width = like.shape
    return rows.view(batch, height, width, rows.shape[1]).permute(0, 3, 1, 2)


class _Pointwise(torch.autograd.Function):
    """1x1 convolution as one product of matrices."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor, activate: bool) -> Tensor:
        x = _channels_last(x)
        rows = torch.addmm(bias, _rows(x), weight.t())
        if activate:
            rows.clamp_(0.0, 6.0)
        ctx.save_for_backward(x, weight, rows if activate else None)
        return _pictures(rows, x)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor | None, ...]:
        x, weight, activated = ctx.saved_tensors
        rows = _rows(_channels_last(grad))
        if activated is not None:
            rows = _relu6_backward(rows, activated, 0.0, 6.0)
        for_input, for_weight, for_bias, _ = ctx.needs_input_grad
        return (
            _pictures(rows @ weight, x) if for_input else None,
            rows.t() @ _rows(x) if for_weight else None,
            rows.sum(0) if for_bias else None,
            None,
        )


class _Depthwise(torch.autograd.Function):
    """Depthwise convolution and ReLU6; the gradient of a fixed kernel is not computed, though its bias learns."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int) -> Tensor:
        x = _channels_last(x)
        y = _channels_last(F.conv2d(x, weight, bias, stride, padding, groups=x.shape[1])).clamp_(0.0, 6.0)
        ctx.save_for_backward(x, weight, y)
        ctx.stride, ctx.padding = stride, padding
        return y

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor | None, ...]:
        x, weight, y = ctx.saved_tensors
        grad = _relu6_backward(_channels_last(grad), y, 0.0, 6.0)
        for_input, for_weight, for_bias, *_ = ctx.needs_input_grad
        # oneDNN computes the gradients of weight and bias together, so the bias is summed here
        to_input, to_weight, _ = _backward(
            grad, x, weight, None, [ctx.stride] * 2, [ctx.padding] * 2, [1, 1], False, [0, 0], x.shape[1],
            [for_input, for_weight, False],
        )  # fmt: skip
        return to_input, to_weight, _rows(grad).sum(0) if for_bias else None, None, None


def pointwise(x: Tensor, weight: Tensor, bias: Tensor, activate: bool) -> Tensor:
    """[B,Cin,H,W], weight [Cout,Cin,1,1], bias [Cout] -> [B,Cout,H,W], through ReLU6 if ``activate``."""
    y: Tensor = _Pointwise.apply(x, weight[:, :, 0, 0].contiguous(), bias, activate)
    return y


def depthwise(x: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int) -> Tensor:
    """[B,C,H,W], weight [C,1,k,k], bias [C] -> [B,C,ceil(H/stride),ceil(W/stride)], through ReLU6."""
    y: Tensor = _Depthwise.apply(x, weight.contiguous(), bias, stride, padding)
    return y
