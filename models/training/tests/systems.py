"""The report's systems, slimmed: every width divided by 8 (9 for PNASNet, whose widths are multiples of 54)."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import nn

from roadward_training.networks.build import build_network
from roadward_training.networks.heads import Transfer
from roadward_training.networks.registry import ARCHITECTURES
from roadward_training.options import TrainOptions
from roadward_training.train.recipes import RECIPES

SIZE = 64
REPORT = [name for name, row in ARCHITECTURES.items() if row.parts]


def slim(name: str, **more: object) -> TrainOptions:
    recipe = RECIPES[f"report-{name}"]
    options = {"slim": 9 if name == "pnasnet5large" else 8, "width": SIZE, "height": SIZE, "pretrained": False}
    return replace(recipe, **{**options, **more})  # type: ignore[arg-type]


def build(options: TrainOptions) -> Transfer:
    network = build_network(options)
    assert isinstance(network, Transfer)
    return network


def wake(network: Transfer) -> Transfer:
    """Statistics, gains and a head that tell pictures apart, as after training.

    The statistics are not those of the pictures: with such, a deep network of random weights is so ill-conditioned
    that PyTorch's own float32 is 1e-3 from its float64.
    """
    generator = torch.Generator().manual_seed(4)
    for norm in network.modules():
        if isinstance(norm, nn.BatchNorm2d):
            assert norm.running_mean is not None
            assert norm.running_var is not None
            norm.running_mean.normal_(0, 0.1, generator=generator)
            norm.running_var.uniform_(0.5, 1.5, generator=generator)
            norm.weight.data.uniform_(0.5, 1.5, generator=generator)
    with torch.inference_mode():
        features = network.eval().trunk(torch.randn(8, 3, SIZE, SIZE, generator=generator))
    for module in network.head.modules():
        if isinstance(module, nn.Linear):
            scale = float(features.std()) * module.in_features**0.5
            module.weight.data.normal_(0, 1 / scale, generator=generator)
    return network
