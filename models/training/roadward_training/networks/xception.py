"""Xception without its last layer (Chollet 2016), names as in ``xception-43020ad28.pth`` and timm."""

from __future__ import annotations

from torch import Tensor, nn

# (input channels, output channels, separable convolutions, stride, starts with ReLU, widens first): figure 5
Plan = tuple[int, int, int, int, bool, bool]
ENTRY: tuple[Plan, ...] = (
    (64, 128, 2, 2, False, True),
    (128, 256, 2, 2, True, True),
    (256, 728, 2, 2, True, True),
)
MIDDLE: tuple[Plan, ...] = ((728, 728, 3, 1, True, True),) * 8
EXIT: tuple[Plan, ...] = ((728, 1024, 2, 2, True, False),)


class Separable(nn.Module):
    """Depthwise 3x3, then pointwise 1x1."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, inputs, 3, padding=1, groups=inputs, bias=False)
        self.pointwise = nn.Conv2d(inputs, outputs, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        y: Tensor = self.pointwise(self.conv1(x))
        return y


class Block(nn.Module):
    """ReLU, separable convolution and batch norm, a few times; a residual around all of it."""

    def __init__(self, inputs: int, outputs: int, repeats: int, stride: int, relu_first: bool, widen: bool) -> None:
        super().__init__()
        plain = inputs == outputs and stride == 1
        self.skip = None if plain else nn.Conv2d(inputs, outputs, 1, stride, bias=False)
        self.skipbn = None if plain else nn.BatchNorm2d(outputs)
        layers: list[nn.Module] = []
        for repeat in range(repeats):
            wide_in = outputs if widen and repeat > 0 else inputs
            wide_out = outputs if widen or repeat == repeats - 1 else inputs
            # The first one may not overwrite what the residual needs
            layers += [nn.ReLU(inplace=repeat > 0), Separable(wide_in, wide_out), nn.BatchNorm2d(wide_out)]
        if not relu_first:
            layers = layers[1:]
        if stride != 1:
            layers.append(nn.MaxPool2d(3, stride, 1))
        self.rep = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        shortcut = x if self.skip is None or self.skipbn is None else self.skipbn(self.skip(x))
        total: Tensor = self.rep(x) + shortcut
        return total


class Xception(nn.Module):
    """Pictures [B,3,H,W] -> [B,2048]."""

    def __init__(self, slim: int = 1) -> None:
        super().__init__()
        self.channels = 2048 // slim
        self.conv1 = nn.Conv2d(3, 32 // slim, 3, 2, bias=False)
        self.bn1 = nn.BatchNorm2d(32 // slim)
        self.conv2 = nn.Conv2d(32 // slim, 64 // slim, 3, bias=False)
        self.bn2 = nn.BatchNorm2d(64 // slim)
        self.relu = nn.ReLU(inplace=True)
        self.blocks = len(ENTRY + MIDDLE + EXIT)
        for number, (inputs, outputs, repeats, stride, relu_first, widen) in enumerate(ENTRY + MIDDLE + EXIT, 1):
            block = Block(inputs // slim, outputs // slim, repeats, stride, relu_first, widen)
            self.add_module(f"block{number}", block)
        self.conv3 = Separable(1024 // slim, 1536 // slim)
        self.bn3 = nn.BatchNorm2d(1536 // slim)
        self.conv4 = Separable(1536 // slim, self.channels)
        self.bn4 = nn.BatchNorm2d(self.channels)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.relu(self.bn2(self.conv2(x)))
        for number in range(1, self.blocks + 1):
            x = self.get_submodule(f"block{number}")(x)
        x = self.relu(self.bn3(self.conv3(x)))
        x = self.relu(self.bn4(self.conv4(x)))
        return x.mean((2, 3))
