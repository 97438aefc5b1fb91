"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

Subparsers = Any  # argparse has no public name for it
Run = Callable[[argparse.Namespace], None]

PLOTS_HINT = "needs the plots extra"


def add_command(commands: Subparsers, name: str, words: str, run: Run, *parents: argparse.ArgumentParser) -> Any:
    """A subcommand with its help and the function that carries it out."""
    parser = commands.add_parser(name, parents=list(parents), help=words, description=words)
    parser.set_defaults(run=run)
    return parser


def data_arguments() -> argparse.ArgumentParser:
    """The parent of every command that reads a set: --data and --seed."""
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument("--data", type=Path, required=True, help="State Farm folder (driver_imgs_list.csv, imgs/train)")
    parent.add_argument("--seed", type=int, default=7, help="seed of split, sampling and augmentation (default 7)")
    return parent


def kfold_arguments() -> argparse.ArgumentParser:
    """The parent of every command that reads or writes the split: --kfold."""
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument(
        "--kfold",
        type=Path,
        default=Path("models/statefarm/kfold.json"),
        help="k-fold file in the report's format (default %(default)s)",
    )
    return parent


def parse_size(text: str) -> tuple[int, int]:
    """Both numbers of WIDTHxHEIGHT; argparse turns the ValueError of anything else into usage."""
    width, height = map(int, text.split("x"))
    return width, height


def parse_crop(text: str) -> tuple[int, int] | None:
    """Height and width of HEIGHTxWIDTH; "none" for no crop."""
    return None if text == "none" else parse_size(text)


def parse_list(text: str) -> tuple[str, ...]:
    """Names separated by commas; "none" for no name."""
    return () if text == "none" else tuple(text.split(","))
