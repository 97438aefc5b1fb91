"""The command line: one parser over the commands."""

from __future__ import annotations

import argparse
import logging
import sys

from .commands.common import data_arguments, kfold_arguments
from .commands.dataset import add_dataset
from .commands.ensemble import add_ensemble
from .commands.train import add_train
from .errors import TrainingError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="roadward_training", description="Train fold ensembles on a State Farm folder."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    data, kfold = data_arguments(), kfold_arguments()
    add_dataset(commands, data, kfold)
    add_train(commands, data, kfold)
    add_ensemble(commands, data)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 failed, 2 usage."""
    args = _parser().parse_args(arguments)
    logging.basicConfig(format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger(__package__).setLevel(logging.INFO)  # not that of torch and onnx
    try:
        args.run(args)
    except (TrainingError, ModuleNotFoundError) as error:
        print(f"roadward_training: {error}", file=sys.stderr)
        return 1
    return 0
