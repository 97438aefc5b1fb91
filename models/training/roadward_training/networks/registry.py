"""Every network by name: how to build it, its picture size, and which of its parts ImageNet files fill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from torch import nn

from ..options import TrainOptions
from .efficientnet import LITE1_STAGES, LITE2_STAGES, EfficientNetLite, short_network, tiny_network
from .heads import BranchHead, LinearHead, Transfer
from .mask import Masked
from .pnasnet import PnasNet5Large
from .resnet import ResNet152
from .vgg import Vgg16
from .xception import Xception
from .xvgg import Xvgg

Network = EfficientNetLite | Transfer

DROPOUT = 0.5  # where neither a recipe nor --dropout says otherwise; the report's least


@dataclass(frozen=True)
class Part:
    """A module that a file of ImageNet weights fills."""

    path: str
    file: str  # by what name the public file is known
    surplus: tuple[str, ...]  # prefixes of what the file has beyond it: its head
    prefix: str = ""  # what the file's names have before ours


@dataclass(frozen=True)
class Architecture:
    """A row of the registry."""

    title: str
    build: Callable[[TrainOptions], Network]
    width: int
    height: int
    parts: dict[str, Part] = field(default_factory=dict)
    fixed: tuple[str, ...] = ()  # modules that never learn
    imagenet: str = ""  # whose weights of the imagenet extra a compact network starts from


def _transfer(trunk: Callable[[TrainOptions], nn.Module], branches: bool = False) -> Callable[[TrainOptions], Network]:
    """A builder: the trunk and a fresh head."""

    def build(options: TrainOptions) -> Network:
        made = trunk(options)
        channels, dropout = made.channels, DROPOUT if options.dropout is None else options.dropout
        assert isinstance(channels, int)
        return Transfer(made, BranchHead(channels, dropout) if branches else LinearHead(channels, dropout))

    return build


def _lite(make: Callable[..., EfficientNetLite]) -> Callable[[TrainOptions], Network]:
    def build(options: TrainOptions) -> Network:
        network = make(
            frozen_blocks=options.frozen_blocks if options.pretrained else 0,
            frozen_kernels=options.frozen_kernels and options.pretrained,
        )
        if options.dropout is not None:
            network.dropout.p = options.dropout
        return network

    return build


def _masked(options: TrainOptions) -> nn.Module:
    prepare = options.preparation()
    return Masked(prepare["mean"], prepare["std"], options.slim)


VGG_FILE, XCEPTION_FILE = "vgg16-397923af.pth", "xception-43020ad28.pth"
HEADS = ("fc.", "last_linear.")
XCEPTION_TRUNK = Part("trunk", XCEPTION_FILE, HEADS)
XCEPTION_INSIDE = Part("trunk.xception", XCEPTION_FILE, HEADS)
VGG_INSIDE = Part("trunk.image.features", VGG_FILE, ("classifier.",), "features.")
XVGG_FOLD = Part("trunk.image", "fold-k.best.pt of an xvgg", ("trunk.xception.", "head."), "trunk.image.")

ARCHITECTURES: dict[str, Architecture] = {
    "lite0": Architecture("EfficientNet-Lite0", _lite(EfficientNetLite), 224, 168, imagenet="lite0"),
    "lite1": Architecture(
        "EfficientNet-Lite1", _lite(partial(EfficientNetLite, stages=LITE1_STAGES)), 224, 168, imagenet="lite1"
    ),
    "lite2": Architecture(
        "EfficientNet-Lite2", _lite(partial(EfficientNetLite, stages=LITE2_STAGES)), 224, 168, imagenet="lite2"
    ),
    "short": Architecture(
        "EfficientNet-Lite0 up to its stage of 112 channels", _lite(short_network), 160, 120, imagenet="lite0"
    ),
    "tiny": Architecture("a tiny network for tests", lambda options: tiny_network(), 48, 36),
    "vgg16": Architecture(
        "VGG16", _transfer(lambda options: Vgg16(options.slim)), 224, 224,
        {"vgg16": Part("trunk", VGG_FILE, ("classifier.6.",))},
    ),
    "xception": Architecture(
        "Xception", _transfer(lambda options: Xception(options.slim)), 299, 299, {"xception": XCEPTION_TRUNK}
    ),
    "resnet152": Architecture(
        "ResNet-152", _transfer(lambda options: ResNet152(options.slim)), 224, 224,
        {"resnet152": Part("trunk", "resnet152-394f9c45.pth", HEADS)},
    ),
    "pnasnet5large": Architecture(
        "PNASNet-5-Large", _transfer(lambda options: PnasNet5Large(options.slim)), 331, 331,
        {"pnasnet5large": Part("trunk", "pnasnet5large-bf079911.pth", HEADS)},
    ),
    # 288 is the multiple of 32 nearest to Xception's 299
    "xvgg": Architecture(
        "VGG16 features as a picture for Xception", _transfer(lambda options: Xvgg(options.slim)), 288, 288,
        {"vgg16": VGG_INSIDE, "xception": XCEPTION_INSIDE},
    ),
    "mask": Architecture(
        "Xception on pictures masked by VGG16 features", _transfer(_masked), 288, 288,
        {"vgg16": VGG_INSIDE, "xception": XCEPTION_INSIDE, "xvgg": XVGG_FOLD}, fixed=("trunk.image",),
    ),
    "branch": Architecture(
        "Xception with one small head per class",
        _transfer(lambda options: Xception(options.slim), branches=True), 299, 299, {"xception": XCEPTION_TRUNK},
    ),
}  # fmt: skip
