"""train and plot."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch

from ..data.kfold import check_folds, read_folds
from ..data.statefarm import read_pictures
from ..data.store import shape_pictures
from ..data.variants import VARIANTS
from ..errors import TrainingError
from ..networks.registry import ARCHITECTURES
from ..options import TrainOptions
from ..train.batches import CAMERA, Pool
from ..train.fold_run import KEPT, FoldRun
from ..train.optimizers import OPTIMIZERS
from ..train.plots import plot_history
from ..train.recipes import RECIPES
from .common import PLOTS_HINT, Subparsers, add_command, parse_crop, parse_list, parse_size

log = logging.getLogger(__name__)


def options_of(args: argparse.Namespace) -> TrainOptions:
    """The recipe with what the arguments change of it."""
    recipe = RECIPES[args.recipe]
    given: dict[str, Any] = {
        name: getattr(args, name) for name in TrainOptions.__dataclass_fields__ if hasattr(args, name)
    }
    for kind in ("small_", "full_", ""):
        if hasattr(args, f"{kind}size"):
            given[f"{kind}width"], given[f"{kind}height"] = getattr(args, f"{kind}size")
    row = ARCHITECTURES[given.get("network", recipe.network)]
    if "network" in given and row.parts:  # the compact networks take any size, and keep the recipe's
        given = {"width": row.width, "height": row.height, **given}
    if "width" in given:
        given = {"full_width": None, "full_height": None, **given}  # another input: the second phase is at its size
    if "body_rate" in given and recipe.body_rate == recipe.head_rate:
        given.setdefault("head_rate", given["body_rate"])  # the report knows one rate
    for name in ("weights", "auxiliary", "further"):
        if name in given:
            given[name] = tuple(given[name])
    return replace(recipe, **given)


def _auxiliary(options: TrainOptions, cache: Path) -> Pool | None:
    """The pictures of all auxiliary folders, if there are any."""
    if not options.auxiliary:
        return None
    pictures = [
        replace(picture, driver=f"{folder}/{picture.driver}")
        for folder in options.auxiliary
        for picture in read_pictures(Path(folder))
    ]
    decoded = shape_pictures(pictures, options.preparation(), cache)
    return Pool(pictures, decoded, np.arange(len(pictures)))


def _further(options: TrainOptions, cache: Path) -> Callable[[list[str]], Pool | None]:
    """The pictures of all further folders, but for those of the drivers whom the pool is asked to leave out."""
    if not options.further:
        return lambda valid: None
    pictures = [picture for folder in options.further for picture in read_pictures(Path(folder))]
    enlarged = replace(options, interpolation="bilinear").preparation()  # area would leave blocks
    decoded = shape_pictures(pictures, enlarged, cache)

    def without(valid: list[str]) -> Pool:
        members = [index for index, picture in enumerate(pictures) if picture.driver not in valid]
        return Pool(pictures, decoded, np.array(members, dtype=np.int64))

    return without


def _train(args: argparse.Namespace) -> None:
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(1)  # its pool would fight with that of PyTorch
    pictures = read_pictures(args.data)
    folds = read_folds(args.kfold)
    check_folds(folds, pictures)
    options = options_of(args)
    args.out.mkdir(parents=True, exist_ok=True)
    decoded = shape_pictures(pictures, options.preparation(), args.out, options.five_crops)
    auxiliary, further = _auxiliary(options, args.out), _further(options, args.out)
    for index in args.only or range(1, len(folds) + 1):
        if not 1 <= index <= len(folds):
            raise TrainingError(f"--only {index}: {args.kfold} has the folds 1 to {len(folds)}.")
        valid = folds[index - 1]
        run = FoldRun(options, pictures, decoded, valid, index, args.out, args.device, auxiliary, further(valid))
        best = run.run()
        log.info("fold %d is done: best validation %s %.4f", index, KEPT[options.keep], best)


def _plot(args: argparse.Namespace) -> None:
    histories = sorted(args.checkpoints.glob("fold-*.csv"))
    if not histories:
        raise TrainingError(f"{args.checkpoints} has no fold-k.csv. Train first: python -m roadward_training train.")
    for history in histories:
        plot_history(history, history.with_suffix(".png"))
        log.info("%s", history.with_suffix(".png"))


def add_train(commands: Subparsers, data: argparse.ArgumentParser, kfold: argparse.ArgumentParser) -> None:
    """Add ``train`` and ``plot``."""
    train = add_command(
        commands, "train", "train the folds one after the other; resumes by itself", _train, data, kfold
    )
    train.add_argument(
        "--out", type=Path, default=Path(".data/train"), help="folder of checkpoints (default .data/train)"
    )
    train.add_argument("--only", type=int, nargs="+", help="numbers of the folds to train (default all)")
    train.add_argument(
        "--recipe", choices=list(RECIPES), default="statefarm", help="where all that follows starts from"
    )
    train.add_argument("--threads", type=int, default=2, help="threads of PyTorch (default 2)")
    train.add_argument("--device", default="auto", help="auto, cpu, cuda (all), or cuda:0,1 (default auto)")

    def option(flag: str, words: str, **more: Any) -> None:
        # Without a default: what is not given comes from the recipe
        train.add_argument(flag, default=argparse.SUPPRESS, help=words, **more)

    option("--network", "instead of the recipe's; tiny is for tests", choices=list(ARCHITECTURES))
    option("--weights", "ImageNet weights (.pth, .safetensors), as FILE or PART=FILE", nargs="+", metavar="FILE")
    option("--random-weights", "start without ImageNet weights", action="store_false", dest="pretrained")
    option("--start-from", "folder of fold-k.best.pt of the same split, instead of ImageNet weights", metavar="DIR")
    option("--teacher", "folder of fold-k.best.pt of the same split: learn its probabilities as well", metavar="DIR")
    option("--teacher-share", "share of the loss that is the teacher's", type=float)
    option("--frozen-trunk", "what came with weights does not learn", action=argparse.BooleanOptionalAction)
    option("--frozen-kernels", "5x5 kernels of a compact network do not learn", action=argparse.BooleanOptionalAction)
    option("--frozen-blocks", "first blocks of a compact network that keep their ImageNet weights", type=int)
    option("--dropout", "share of the head's inputs that are dropped", type=float)
    option("--slim", "divides every width, for trials of the report's networks", type=int)
    option("--small-epochs", "epochs at the small size", type=float)
    option("--full-epochs", "epochs at the full size", type=float)
    option("--small-size", "WIDTHxHEIGHT of the first phase", type=parse_size)
    option("--full-size", "WIDTHxHEIGHT of the second phase (default: --size)", type=parse_size)
    option("--size", "WIDTHxHEIGHT of the network's input and of validation", type=parse_size)
    option("--batch", "pictures a step", type=int)
    option("--optimizer", "instead of the recipe's", choices=list(OPTIMIZERS))
    option("--rate", "peak learning rate", type=float, dest="body_rate")
    option("--head-rate", "peak learning rate of the head", type=float)
    option("--momentum", "of SGD with momentum or Nesterov's", type=float)
    option("--weight-decay", "of all optimisers", type=float)
    option("--schedule", "of the rate", choices=["cosine", "constant"])
    option("--budget-minutes", "wall time a fold; the schedule shortens itself to keep it", type=float)
    option("--keep", "by what the best checkpoint is chosen", choices=list(KEPT))
    option("--sampling", "favour rare pairs of driver and class, or each picture once", choices=["balanced", "shuffle"])
    option("--half-mix", "share of pictures with the right part of another driver's", type=float)
    option(
        "--augment", f"none, or names separated by commas: {CAMERA}, {', '.join(VARIANTS)}; think twice about flip",
        type=parse_list,
    )  # fmt: skip
    option(
        "--auxiliary", "folders of further drivers, who train every fold and validate none", nargs="+", metavar="DIR"
    )
    option("--auxiliary-share", "share of a batch that comes from --auxiliary", type=float)
    option(
        "--further", "folders of more pictures of the same drivers, smaller ones too; they stay in their folds",
        nargs="+", metavar="DIR",
    )  # fmt: skip
    option("--further-share", "share of the set's pictures in a batch that one of --further replaces", type=float)
    option("--average", "decay of the moving average of the weights; 0 for none", type=float)
    option("--five-crops", "train on the four corners beside the centre", action=argparse.BooleanOptionalAction)
    option("--crop", "HEIGHTxWIDTH of the centre crop, or none", type=parse_crop, metavar="HxW")
    option("--extra", "gradient: the report's Sobel step", choices=["none", "gradient"])

    plot = add_command(commands, "plot", f"draw loss and accuracy of each fold ({PLOTS_HINT})", _plot)
    plot.add_argument("--checkpoints", type=Path, default=Path(".data/train"), help="folder of fold-k.csv")
