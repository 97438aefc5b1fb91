"""ResNet-152 without its last layer (He et al. 2015), names as in torchvision's ``resnet152-394f9c45.pth`` and timm."""

from __future__ import annotations

from torch import Tensor, nn

STAGES: tuple[tuple[int, int], ...] = ((64, 3), (128, 8), (256, 36), (512, 3))  # (width, blocks)
EXPANSION = 4


class Bottleneck(nn.Module):
    """Narrow 1x1, 3x3 (with the stride, as torchvision has it), widen 1x1, and a residual."""

    def __init__(self, inputs: int, width: int, stride: int) -> None:
        super().__init__()
        outputs = width * EXPANSION
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = (
            nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
            if stride != 1 or inputs != outputs
            else None
        )

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        shortcut = x if self.downsample is None else self.downsample(x)
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.relu(self.bn2(self.conv2(y)))
        total: Tensor = self.relu(self.bn3(self.conv3(y)) + shortcut)
        return total


class ResNet152(nn.Module):
    """Pictures [B,3,H,W] -> [B,2048]."""

    def __init__(self, slim: int = 1) -> None:
        super().__init__()
        stem = STAGES[0][0] // slim
        self.conv1 = nn.Conv2d(3, stem, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(stem)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        channels = stem
        for number, (width, blocks) in enumerate(STAGES, 1):
            layers = []
            for block in range(blocks):
                stride = 2 if block == 0 and number > 1 else 1
                layers.append(Bottleneck(channels, width // slim, stride))
                channels = width // slim * EXPANSION
            self.add_module(f"layer{number}", nn.Sequential(*layers))
        self.channels = channels
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
            elif isinstance(module, Bottleneck):
                nn.init.zeros_(module.bn3.weight)  # each block starts as the identity (Goyal et al. 2017)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        for number in range(1, len(STAGES) + 1):
            x = self.get_submodule(f"layer{number}")(x)
        return x.mean((2, 3))
