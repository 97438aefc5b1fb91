"""Which processors train: the CPU, one CUDA device, or several side by side."""

from __future__ import annotations

import torch
from torch import nn

from ..errors import TrainingError


def choose_devices(wish: str, cuda_devices: int) -> list[torch.device]:
    """Devices for a wish ("auto", "cpu", "cuda" for all, or "cuda:0,2"), given how many CUDA devices there are."""
    every = [torch.device("cuda", index) for index in range(cuda_devices)]
    if wish == "cpu" or (wish == "auto" and not every):
        return [torch.device("cpu")]
    if wish in ("auto", "cuda") and every:
        return every
    kind, _, numbers = wish.partition(":")
    if kind != "cuda":
        raise TrainingError(f"There is no device {wish!r}. Write auto, cpu, cuda, or cuda:0,1.")
    chosen = [int(number) for number in numbers.split(",") if number.isdigit()]
    if not chosen or max(chosen) >= cuda_devices:
        raise TrainingError(f"--device {wish}: torch sees {cuda_devices} CUDA devices here. Use --device cpu or auto.")
    return [every[index] for index in dict.fromkeys(chosen)]


def spread(network: nn.Module, devices: list[torch.device]) -> nn.Module:
    """The network, which is on the first device; on several, each batch is divided among them."""
    return nn.DataParallel(network, devices) if len(devices) > 1 else network
