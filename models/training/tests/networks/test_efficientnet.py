from __future__ import annotations

import pytest
import torch

from roadward_training.networks.efficientnet import (
    LITE0_STAGES,
    LITE1_STAGES,
    LITE2_STAGES,
    EfficientNetLite,
    Stages,
    load_imagenet,
    short_network,
)


@pytest.mark.parametrize(("stages", "millions"), [(LITE0_STAGES, 4.652), (LITE1_STAGES, 5.417), (LITE2_STAGES, 6.092)])
def test_scaled_networks_have_the_published_number_of_parameters(stages: Stages, millions: float) -> None:
    network = EfficientNetLite(1000, stages=stages)
    assert sum(each.numel() for each in network.parameters()) / 1e6 == pytest.approx(millions, abs=5e-4)


def test_imagenet_weights_find_their_places() -> None:
    network = EfficientNetLite()
    source = {name: torch.full_like(value, 2.0) for name, value in _package_layout(network).items()}
    load_imagenet(network, source)
    assert network.blocks[15].project.weight.unique().tolist() == [2.0]
    assert network.stem.variance.unique().tolist() == [2.0]
    assert network.classifier.weight.abs().max() < 1


def test_the_short_network_takes_imagenet_weights_for_all_but_its_head() -> None:
    network = short_network()
    head = network.head.weight.detach().clone()
    load_imagenet(network, {name: torch.full_like(value, 2.0) for name, value in _package_layout(network).items()})
    assert (len(network.blocks), network.blocks[10].project.weight.unique().tolist()) == (11, [2.0])
    assert torch.equal(network.head.weight, head)


def _package_layout(network: EfficientNetLite) -> dict[str, torch.Tensor]:
    """The names of efficientnet_lite_pytorch's state dict, written out from its own conventions."""
    layout = {}

    def norm(name: str, like: torch.nn.Module) -> None:
        for ours, theirs in zip(
            ("gain", "bias", "mean", "variance"), ("weight", "bias", "running_mean", "running_var"), strict=True
        ):
            layout[f"{name}.{theirs}"] = getattr(like, ours).detach()

    for conv, bn, part in (("_conv_stem", "_bn0", network.stem), ("_conv_head", "_bn1", network.head)):
        layout[f"{conv}.weight"] = part.weight.detach()
        norm(bn, part)
    for index, block in enumerate(network.blocks):
        for conv, bn, part in (
            ("_expand_conv", "_bn0", block.expand),
            ("_depthwise_conv", "_bn1", block.depthwise),
            ("_project_conv", "_bn2", block.project),
        ):
            if not isinstance(part, torch.nn.Identity):
                layout[f"_blocks.{index}.{conv}.weight"] = part.weight.detach()
                norm(f"_blocks.{index}.{bn}", part)
    return layout
