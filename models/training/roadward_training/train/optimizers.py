"""Optimisers by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import optim

from ..errors import TrainingError
from ..options import TrainOptions

Groups = list[dict[str, Any]]

# The rate is set at every step (see schedule in train), so that the one given here does not matter.
OPTIMIZERS: dict[str, Callable[[Groups, TrainOptions], optim.Optimizer]] = {
    "adamw": lambda groups, options: optim.AdamW(groups, weight_decay=options.weight_decay),
    "adam": lambda groups, options: optim.Adam(groups, weight_decay=options.weight_decay),
    "adadelta": lambda groups, options: optim.Adadelta(groups, weight_decay=options.weight_decay),
    "sgd": lambda groups, options: optim.SGD(groups, weight_decay=options.weight_decay),
    "momentum": lambda groups, options: optim.SGD(groups, momentum=options.momentum, weight_decay=options.weight_decay),
    "nesterov": lambda groups, options: optim.SGD(
        groups, momentum=options.momentum, nesterov=True, weight_decay=options.weight_decay
    ),
    "rmsprop": lambda groups, options: optim.RMSprop(groups, weight_decay=options.weight_decay),
    "adagrad": lambda groups, options: optim.Adagrad(groups, weight_decay=options.weight_decay),
}


def make_optimizer(groups: Groups, options: TrainOptions) -> optim.Optimizer:
    """The optimiser that ``options`` name, over groups of parameters with their ``peak`` rates."""
    if options.optimizer not in OPTIMIZERS:
        raise TrainingError(f"There is no optimiser {options.optimizer!r}. Choose one of: {', '.join(OPTIMIZERS)}.")
    return OPTIMIZERS[options.optimizer]([group for group in groups if group["params"]], options)
