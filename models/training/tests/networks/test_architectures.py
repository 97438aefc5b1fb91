"""The report's networks, slimmed: every width divided by 8 (9 for PNASNet, whose widths are multiples of 54)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from roadward_training.errors import TrainingError
from roadward_training.export.onnx_file import export_network
from roadward_training.networks.build import build_network
from roadward_training.networks.heads import BranchHead
from roadward_training.networks.mask import mask_of, mode_pool, quantise
from roadward_training.networks.pnasnet import PnasNet5Large
from roadward_training.networks.resnet import ResNet152
from roadward_training.networks.vgg import Vgg16
from roadward_training.networks.xception import Xception
from roadward_training.options import TrainOptions
from roadward_training.train.recipes import RECIPES

from ..systems import REPORT, SIZE, build, slim, wake

# SHA-256 over names and shapes of timm 1.0.31's and torchvision 0.28.0's networks: tools/compare_with_timm.py
PUBLIC = {
    Vgg16: "abfc1b1f824cd7def88cf6639766e041ed04b2ebf902489bbc7671db492f1d27",
    ResNet152: "d12ee6d999c9f096249981501ac57f4ce24e0dde3a4180ed6ef0b202445d5aae",
    Xception: "24b88ea06e5d9352650705d0c459253368b51bcfdc2e8f7efb1fd37a8fc700aa",
    PnasNet5Large: "422a004c5196b7c71ba0aa07ad23bdc02de55154d1d510eb8e7055c711ab47fc",
}


@pytest.mark.parametrize("make", PUBLIC, ids=lambda make: make.__name__)
def test_a_network_has_the_names_and_shapes_of_the_public_weights(make: type[nn.Module]) -> None:
    with torch.device("meta"):
        state = make().state_dict()
    lines = sorted(f"{name} {list(value.shape)}" for name, value in state.items())
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == PUBLIC[make]


@pytest.mark.parametrize("name", REPORT)
def test_every_system_takes_steps_towards_its_labels(name: str) -> None:
    network = build(slim(name, dropout=0.0)).train()
    pictures, labels = torch.randn(4, 3, SIZE, SIZE), torch.arange(4)
    optimizer = torch.optim.Adam([each for each in network.parameters() if each.requires_grad], 3e-4)
    losses = []
    for _ in range(12):
        loss = nn.functional.cross_entropy(network(pictures), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert np.mean(losses[-3:]) < losses[0]  # VGG16 has dropout of its own


@pytest.mark.parametrize("name", REPORT)
def test_every_exported_system_agrees_with_pytorch(name: str, tmp_path: Path) -> None:
    """The two largest as they are, at their own size; it takes a while."""
    options = slim(name)
    if name in ("vgg16", "pnasnet5large"):
        options = replace(RECIPES[f"report-{name}"], pretrained=False)
    network = wake(build(options))
    with torch.inference_mode():
        logits = network(torch.randn(4, 3, SIZE, SIZE))
    assert logits.std(0).max() > 1e-3  # or agreement would be too easy
    assert export_network(network, tmp_path / "fold.onnx", options.width, options.height) < 1e-4
    (tmp_path / "fold.onnx").unlink()  # up to 540 MB


def test_a_frozen_trunk_keeps_its_weights_and_its_statistics(tmp_path: Path) -> None:
    trunk = build(slim("xception")).trunk
    torch.save(trunk.state_dict(), tmp_path / "xception.pth")
    weights = {"pretrained": True, "weights": (str(tmp_path / "xception.pth"),)}
    network = build(slim("xception", frozen_trunk=True, seed=8, **weights)).train()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    assert torch.equal(before["trunk.conv1.weight"], trunk.get_parameter("conv1.weight"))
    optimizer = torch.optim.Adam([each for each in network.parameters() if each.requires_grad], 1e-2)
    nn.functional.cross_entropy(network(torch.randn(4, 3, SIZE, SIZE)), torch.arange(4)).backward()
    optimizer.step()
    changed = {name for name, value in network.state_dict().items() if not torch.equal(value, before[name])}
    assert changed == {"head.linear.weight", "head.linear.bias"}


def test_a_head_of_imagenet_is_left_over_and_a_wrong_file_is_named(tmp_path: Path) -> None:
    state = build(slim("xception")).trunk.state_dict()
    save_file({**state, "fc.weight": torch.zeros(1000, 256)}, tmp_path / "good.safetensors")
    good = {"pretrained": True, "weights": (f"xception={tmp_path / 'good.safetensors'}",)}
    assert torch.equal(build(slim("xception", **good)).trunk.get_parameter("bn1.weight"), state["bn1.weight"])
    wrong = {name: value for name, value in state.items() if name != "bn1.weight"}
    torch.save({**wrong, "odd.weight": torch.zeros(1), "bn2.bias": torch.zeros(3)}, tmp_path / "wrong.pth")
    with pytest.raises(
        TrainingError,
        match=r"missing: bn1\.weight; unknown: odd\.weight; of another shape: bn2\.bias \[3\] instead of \[8\]",
    ):
        build(slim("xception", pretrained=True, weights=(str(tmp_path / "wrong.pth"),)))


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ((), r"xvgg needs weights: --weights vgg16=FILE .*xception=FILE"),
        (("some.pth",), r"--weights some\.pth names no part of xvgg. Write PART=FILE with PART one of: vgg16"),
        (("vgg16=lost.pth",), r"lost\.pth is missing"),
    ],
)
def test_says_which_weights_a_network_needs(weights: tuple[str, ...], words: str) -> None:
    with pytest.raises(TrainingError, match=words):
        build_network(slim("xvgg", pretrained=True, weights=weights))


def test_text_is_no_file_of_weights(tmp_path: Path) -> None:
    (tmp_path / "page.pth").write_text("<html>")
    with pytest.raises(TrainingError, match="is no file of weights that torch reads"):
        build_network(slim("vgg16", pretrained=True, weights=(str(tmp_path / "page.pth"),)))


def test_a_mask_takes_its_features_from_a_trained_xvgg_fold_and_never_trains_them(tmp_path: Path) -> None:
    xvgg = build(slim("xvgg"))
    torch.save({"network": xvgg.state_dict(), "options": {}}, tmp_path / "fold-1.best.pt")
    mask = build(slim("mask", pretrained=True, weights=(f"xvgg={tmp_path / 'fold-1.best.pt'}",)))
    name = "trunk.image.to_picture.weight"
    assert torch.equal(mask.get_parameter(name), xvgg.get_parameter(name))
    assert not any(each.requires_grad for each in mask.get_submodule("trunk.image").parameters())


def test_mode_pooling_takes_the_most_frequent_level_and_the_lower_one_of_two() -> None:
    levels = torch.tensor([[0, 0, 5, 5], [0, 3, 5, 5], [7, 7, 5, 2]], dtype=torch.float32)[None, None]
    # Draws: at (1,1) there are three of 0 and of 5, at (2,1) two of 5 and of 7
    assert mode_pool(levels)[0, 0].tolist() == [[0, 0, 5, 5], [0, 0, 5, 5], [7, 5, 5, 5]]


def test_quantises_each_channel_between_its_own_ends() -> None:
    picture = torch.stack([torch.linspace(0, 1, 16), torch.linspace(-50, 50, 16)]).reshape(1, 2, 4, 4)
    levels = quantise(picture)
    assert torch.equal(levels[0, 0], levels[0, 1])
    assert levels[0, 0].flatten().tolist() == [float(level) for level in np.repeat(range(8), 2)]


def test_what_is_masked_is_black_and_the_rest_is_the_picture() -> None:
    network = build(slim("mask"))
    picture = torch.randn(1, 3, SIZE, SIZE)
    masked = network.trunk.masked(picture)  # type: ignore[operator]
    mask = mask_of(network.get_submodule("trunk.image")(picture))
    assert 0.01 < mask.mean() < 0.99
    prepare = slim("mask").preparation()
    black = (-torch.tensor(prepare["mean"]) / torch.tensor(prepare["std"]))[None, :, None, None]
    assert torch.allclose(masked, torch.where(mask == 1, picture, black))


def test_each_class_has_a_branch_of_its_own() -> None:
    head = BranchHead(16, 0.0)
    features = torch.randn(3, 16)
    before = head(features)
    head.branches[4].get_submodule("3").bias.data += 2  # type: ignore[operator, union-attr]
    assert torch.allclose(head(features) - before, 2 * nn.functional.one_hot(torch.tensor(4), 10).float(), atol=1e-6)
    head.shift(torch.arange(10.0))
    assert torch.allclose((head(features) - before)[:, 1], torch.ones(3), atol=1e-6)


def test_names_the_networks_that_there_are() -> None:
    with pytest.raises(TrainingError, match=r"no network 'alexnet'\. Choose one of: lite0, lite1, lite2, short"):
        build_network(TrainOptions(network="alexnet"))
