"""Compare the report's networks with timm's and torchvision's: names, shapes and features, for the same weights.

    pip install --no-deps timm==1.0.31 torchvision==0.28.0   # and what they need; in an environment of its own
    python models/training/tools/compare_with_timm.py

Prints for each network the number of tensors, the SHA-256 over their names and shapes (which
tests/networks/test_architectures.py keeps) and the largest difference of the features of one random picture.
"""

from __future__ import annotations

import hashlib
import importlib

import torch
from torch import nn

from roadward_training.networks.pnasnet import PnasNet5Large
from roadward_training.networks.resnet import ResNet152
from roadward_training.networks.vgg import Vgg16
from roadward_training.networks.xception import Xception

OURS = {
    "vgg16": (Vgg16, 224),
    "resnet152": (ResNet152, 224),
    "legacy_xception": (Xception, 299),
    "pnasnet5large": (PnasNet5Large, 331),
}


def digest(network: nn.Module) -> str:
    """SHA-256 over the names and shapes of a state dict."""
    lines = sorted(f"{name} {list(value.shape)}" for name, value in network.state_dict().items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def theirs(name: str) -> nn.Module:
    """The library's network without its last layer."""
    if name == "vgg16":
        network: nn.Module = importlib.import_module("torchvision").models.vgg16(weights=None)
        network.get_submodule("classifier")[6] = nn.Identity()  # type: ignore[operator]
        return network
    made: nn.Module = importlib.import_module("timm").create_model(name, num_classes=0)
    return made


def main() -> None:
    for operator in ("nms", "qnms"):  # a CUDA build of torchvision beside a CPU build of torch wants them
        torch.library.define(f"torchvision::{operator}", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    generator = torch.Generator().manual_seed(1)
    for name, (make, size) in OURS.items():
        reference = theirs(name).eval()
        for key, value in reference.state_dict().items():
            if key.endswith("running_var"):
                value.uniform_(0.5, 2, generator=generator)
            elif key.endswith("running_mean"):
                value.normal_(0, 0.1, generator=generator)
        ours = make().eval()
        ours.load_state_dict(reference.state_dict())
        picture = torch.randn(1, 3, size, size, generator=generator)
        with torch.inference_mode():
            difference = (reference(picture) - ours(picture)).abs().max()
        print(f"{name}: {len(reference.state_dict())} tensors, {digest(reference)}, difference {difference:.1e}")


if __name__ == "__main__":
    main()
