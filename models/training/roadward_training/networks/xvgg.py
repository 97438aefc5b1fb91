"""The report's first experiment: VGG16's features become a picture again, which Xception classifies.

The way up adds every pooling stage to the transposed convolution of its size, as in fully convolutional networks
(Long et al. 2015), of which 512-512-256-128-64-32 with batch norm is the usual shape.
"""

from __future__ import annotations

from itertools import pairwise

from torch import Tensor, nn

from .vgg import convolutions
from .xception import Xception

UP = (512, 512, 256, 128, 64, 32)


class FeatureImage(nn.Module):
    """Pictures [B,3,H,W] -> feature images [B,3,H,W]; H and W must be multiples of 32."""

    def __init__(self, slim: int = 1) -> None:
        super().__init__()
        self.features = convolutions(slim)
        widths = [width // slim for width in UP]
        self.up = nn.ModuleList(
            nn.Sequential(
                nn.ConvTranspose2d(inputs, outputs, 3, 2, 1, output_padding=1),
                nn.ReLU(inplace=True),
                nn.BatchNorm2d(outputs),
            )
            for inputs, outputs in pairwise(widths)
        )
        self.to_picture = nn.Conv2d(widths[-1], 3, 1)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        stages = []
        for layer in self.features:
            x = layer(x)
            if isinstance(layer, nn.MaxPool2d):
                stages.append(x)
        x = stages.pop()
        for up in self.up:
            x = up(x)
            if stages:
                x = x + stages.pop()
        picture: Tensor = self.to_picture(x)
        return picture


class Xvgg(nn.Module):
    """Pictures [B,3,H,W] -> [B,2048] by way of a feature image."""

    def __init__(self, slim: int = 1) -> None:
        super().__init__()
        self.image = FeatureImage(slim)
        self.xception = Xception(slim)
        self.channels = self.xception.channels

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        vector: Tensor = self.xception(self.image(x))
        return vector
