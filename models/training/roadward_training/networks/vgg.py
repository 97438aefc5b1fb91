"""VGG16 without its last layer (Simonyan & Zisserman 2014), names as in torchvision's ``vgg16-397923af.pth``."""

from __future__ import annotations

import torch
from torch import Tensor, nn

# Convolutions of 3x3 between the five poolings: (channels, how many)
STAGES: tuple[tuple[int, int], ...] = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
HIDDEN = 4096
GRID = 7  # cells of the last feature map at 224 pixels


def convolutions(slim: int) -> nn.Sequential:
    """The thirteen convolutions; each of the five stages ends with a MaxPool2d."""
    layers: list[nn.Module] = []
    channels = 3
    for wide, repeats in STAGES:
        for _ in range(repeats):
            layers += [nn.Conv2d(channels, wide // slim, 3, padding=1), nn.ReLU(inplace=True)]
            channels = wide // slim
        layers.append(nn.MaxPool2d(2))
    for layer in layers:
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
            nn.init.zeros_(layer.get_parameter("bias"))
    return nn.Sequential(*layers)


class Vgg16(nn.Module):
    """Pictures [B,3,H,W] -> [B,4096]: the input of the layer that transfer learning replaces."""

    def __init__(self, slim: int = 1) -> None:
        super().__init__()
        self.channels = HIDDEN // slim
        self.features = convolutions(slim)
        self.grid = nn.AdaptiveAvgPool2d(GRID)
        self.classifier = nn.Sequential(
            nn.Linear(STAGES[-1][0] // slim * GRID * GRID, self.channels), nn.ReLU(inplace=True), nn.Dropout(0.5),
            nn.Linear(self.channels, self.channels), nn.ReLU(inplace=True),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        vector: Tensor = self.classifier(torch.flatten(self.grid(self.features(x)), 1))
        return vector
