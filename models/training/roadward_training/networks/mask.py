"""The report's second experiment: masks made of the features, multiplied with the picture, for Xception.

It is inside of the network, and so inside of the ONNX file: the application prepares a picture as for any other fold.
The report does not spell the mode out; ours, of each channel of each picture on its own:

1. quantise the feature image to ``LEVELS`` equal steps between its least and its greatest value;
2. mode pooling: each pixel takes the level that is most frequent in the 3x3 pixels around it (stride 1, pixels
   outside do not count, the lowest level wins a draw);
3. the mask is 1 where that level is above the mean level, 0 elsewhere;
4. the picture in 0..1 times the mask, normalised again: what is masked is black.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .xception import Xception
from .xvgg import FeatureImage

LEVELS = 8
WINDOW = 3


def quantise(x: Tensor, levels: int = LEVELS) -> Tensor:
    """Levels 0..levels-1 [B,C,H,W], as floats, of each channel between its least and its greatest value."""
    low, high = x.amin((2, 3), keepdim=True), x.amax((2, 3), keepdim=True)
    steps = (x - low) / (high - low + 1e-12) * levels
    return steps.floor().clamp(0, levels - 1)


def mode_pool(x: Tensor, levels: int = LEVELS) -> Tensor:
    """The most frequent level of the 3x3 pixels around each pixel; ``x`` as ``quantise`` makes it."""
    area = WINDOW * WINDOW
    best = torch.full_like(x, -1.0)
    mode = torch.zeros_like(x)
    for level in range(levels):
        # Zeros outside count for no level. Rounded, because an average of 9 is not exact.
        count = (F.avg_pool2d((x == level).float(), WINDOW, 1, WINDOW // 2) * area).round()
        more = count > best
        mode = torch.where(more, torch.full_like(x, level), mode)
        best = torch.where(more, count, best)
    return mode


def mask_of(features: Tensor) -> Tensor:
    """Mask [B,C,H,W] of zeros and ones."""
    mode = mode_pool(quantise(features))
    return (mode > mode.mean((2, 3), keepdim=True)).float()


class Masked(nn.Module):
    """Pictures [B,3,H,W] -> [B,2048]: Xception on the picture times the mask of its feature image.

    ``mean`` and ``std`` are those of the preparation. The mask has no gradient: the feature image is fixed, best
    taken from a trained xvgg fold.
    """

    black: Tensor

    def __init__(self, mean: Sequence[float], std: Sequence[float], slim: int = 1) -> None:
        super().__init__()
        self.image = FeatureImage(slim)
        self.xception = Xception(slim)
        self.channels = self.xception.channels
        black = -torch.tensor(mean) / torch.tensor(std)
        self.register_buffer("black", black[None, :, None, None], persistent=False)

    def masked(self, x: Tensor) -> Tensor:
        """The normalised picture with black where the mask is 0."""
        with torch.no_grad():
            mask = mask_of(self.image(x))
        return mask * x + (1 - mask) * self.black

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        vector: Tensor = self.xception(self.masked(x))
        return vector
