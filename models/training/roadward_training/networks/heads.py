"""What replaces the last layer: one linear layer, or one small head per class; and the network around it."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class LinearHead(nn.Module):
    """Dropout and a linear layer: [B,channels] -> logits [B,classes]; the report's head."""

    def __init__(self, channels: int, dropout: float, classes: int = 10) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.linear = nn.Linear(channels, classes)
        nn.init.normal_(self.linear.weight, std=0.01)
        nn.init.zeros_(self.linear.bias)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        logits: Tensor = self.linear(self.dropout(x))
        return logits

    def shift(self, shift: Tensor) -> None:
        """Add ``shift`` [classes] to the logits from now on."""
        self.linear.bias.data += shift


class BranchHead(nn.Module):
    """One small head per class, each with a hidden layer of its own: [B,channels] -> logits [B,classes].

    The report proposes it as the next step. The branches meet only in the softmax of the loss.
    """

    def __init__(self, channels: int, dropout: float, classes: int = 10, hidden: int = 32) -> None:
        super().__init__()
        self.branches = nn.ModuleList(
            nn.Sequential(nn.Linear(channels, hidden), nn.ReLU(inplace=True), nn.Dropout(dropout), nn.Linear(hidden, 1))
            for _ in range(classes)
        )

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        return torch.cat([branch(x) for branch in self.branches], 1)

    def shift(self, shift: Tensor) -> None:
        """Add ``shift`` [classes] to the logits from now on."""
        for branch, value in zip(self.branches, shift, strict=True):
            last = branch.get_submodule("3")
            assert isinstance(last, nn.Linear)
            last.bias.data += value


class Transfer(nn.Module):
    """Trunk and head: pictures [B,3,H,W] (normalised RGB) -> logits [B,classes]."""

    fresh = ("head.",)

    def __init__(self, trunk: nn.Module, head: LinearHead | BranchHead) -> None:
        super().__init__()
        self.trunk, self.head = trunk, head
        self._frozen: list[nn.Module] = []

    def freeze(self, paths: list[str]) -> None:
        """Keep the modules at ``paths`` as they are: no gradients, and no new batch statistics."""
        self._frozen = [self.get_submodule(path).requires_grad_(False) for path in paths]
        self.train(self.training)

    def train(self, mode: bool = True) -> Transfer:
        """As nn.Module, but what is frozen stays in evaluation mode."""
        super().train(mode)
        for module in self._frozen:
            module.eval()
        return self

    def shift_logits(self, shift: Tensor) -> None:
        """Add ``shift`` [classes] to the logits from now on."""
        self.head.shift(shift)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        logits: Tensor = self.head(self.trunk(x))
        return logits
