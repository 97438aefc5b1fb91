"""Arguments of the command line."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path

import cv2
import torch

from .errors import TrainingError
from .evaluate import evaluate
from .export import CabinTrials, export_ensemble
from .kfold import check_folds, read_folds, split_drivers, write_folds
from .metrics import scores
from .statefarm import decode_pictures, read_pictures
from .train import FoldRun, TrainOptions

log = logging.getLogger(__name__)

REAL_SAMPLE = 1000  # pictures, evenly over the rows, on which the demo ensemble shows that it is none for real drivers


def _kfold(args: argparse.Namespace) -> None:
    pictures = read_pictures(args.data)
    folds = split_drivers(pictures, args.folds, args.seed)
    write_folds(folds, args.kfold)
    for index, fold in enumerate(folds, 1):
        log.info(
            "model_%d: %s (%d pictures)",
            index,
            " ".join(fold),
            sum(picture.driver in fold for picture in pictures),
        )


def _train(args: argparse.Namespace) -> None:
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(1)  # its pool would fight with that of PyTorch
    pictures = read_pictures(args.data)
    folds = read_folds(args.kfold)
    check_folds(folds, pictures)
    (small_width, small_height), (width, height) = args.small_size, args.full_size
    options = TrainOptions(
        width=width,
        height=height,
        small_width=small_width,
        small_height=small_height,
        small_epochs=args.small_epochs,
        full_epochs=args.full_epochs,
        batch=args.batch,
        seed=args.seed,
        body_rate=args.rate,
        budget_minutes=args.budget_minutes,
        network=args.network,
        pretrained=not args.random_weights,
        frozen_blocks=args.frozen_blocks,
        half_mix=args.half_mix,
    )
    args.out.mkdir(parents=True, exist_ok=True)
    decoded = decode_pictures(pictures, options.width, options.height, args.out)
    for index in args.only or range(1, len(folds) + 1):
        best = FoldRun(options, pictures, decoded, folds[index - 1], index, args.out).run()
        log.info("fold %d is done: validation log loss %.4f", index, best)


def _evaluate(args: argparse.Namespace) -> None:
    print(json.dumps(evaluate(args.ensemble, read_pictures(args.data), args.out_of_fold, args.drivers)))


def _export(args: argparse.Namespace) -> None:
    pictures = read_pictures(args.data)
    folds = read_folds(args.kfold)
    check_folds(folds, pictures)
    originals = read_pictures(args.originals) if args.originals else []
    cabin = None
    if args.holdout:
        real = read_pictures(args.real)
        sample = real[:: max(1, len(real) // REAL_SAMPLE)]
        cabin = CabinTrials(read_pictures(args.holdout), sample, args.real_ensemble, args.seeds)
    measured = export_ensemble(args.checkpoints, args.kfold, len(folds), args.out, pictures, originals, cabin)
    log.info("out of fold, T = %g: %s", measured.temperature, scores(measured.after, measured.labels))
    log.info("%.1f MB, %.1f ms a frame on one thread", measured.megabytes, measured.milliseconds)


def _size(text: str) -> tuple[int, int]:
    """Width and height of WIDTHxHEIGHT; argparse turns the ValueError of anything else into usage."""
    width, height = map(int, text.split("x"))
    return width, height


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="roadward_training", description="Train fold ensembles on a State Farm folder."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, required=True, help="State Farm folder (driver_imgs_list.csv, imgs/train)")
    common.add_argument(
        "--kfold",
        type=Path,
        default=Path("models/statefarm/kfold.json"),
        help="k-fold file in the report's format",
    )
    common.add_argument("--seed", type=int, default=7, help="seed of split, sampling and augmentation (default 7)")

    kfold = commands.add_parser("kfold", parents=[common], help="split the drivers into folds")
    kfold.add_argument("--folds", type=int, default=4, help="number of folds (default 4)")
    kfold.set_defaults(run=_kfold)

    defaults = TrainOptions()
    train = commands.add_parser(
        "train", parents=[common], help="train the folds one after the other; resumes by itself"
    )
    train.add_argument(
        "--out", type=Path, default=Path(".data/train"), help="folder of checkpoints (default .data/train)"
    )
    train.add_argument("--only", type=int, nargs="+", help="numbers of the folds to train (default all)")
    train.add_argument(
        "--small-epochs",
        type=float,
        default=defaults.small_epochs,
        help="epochs at the small size (default %(default)s)",
    )
    train.add_argument(
        "--full-epochs",
        type=float,
        default=defaults.full_epochs,
        help="epochs at the full size (default %(default)s)",
    )
    for name, width, height in (
        ("small", defaults.small_width, defaults.small_height),
        ("full", defaults.width, defaults.height),
    ):
        train.add_argument(
            f"--{name}-size", type=_size, default=(width, height), help=f"WIDTHxHEIGHT (default {width}x{height})"
        )
    train.add_argument("--batch", type=int, default=defaults.batch, help="pictures a step (default %(default)s)")
    train.add_argument(
        "--rate", type=float, default=defaults.body_rate, help="peak learning rate (default %(default)s)"
    )
    train.add_argument("--budget-minutes", type=float, help="wall time a fold; the schedule shortens itself to keep it")
    train.add_argument("--threads", type=int, default=2, help="threads of PyTorch (default 2)")
    train.add_argument(
        "--network",
        choices=["lite0", "short", "tiny"],
        default=defaults.network,
        help="short: lite0 without its last two stages; tiny is for tests (default %(default)s)",
    )
    train.add_argument(
        "--frozen-blocks",
        type=int,
        default=defaults.frozen_blocks,
        help="first blocks that keep their ImageNet weights (default %(default)s)",
    )
    train.add_argument(
        "--half-mix",
        type=float,
        default=defaults.half_mix,
        help="share of pictures with the right part of another driver's (default %(default)s)",
    )
    train.add_argument("--random-weights", action="store_true", help="start without ImageNet weights")
    train.set_defaults(run=_train)

    judge = commands.add_parser("evaluate", parents=[common], help="measure an exported ensemble; prints JSON")
    judge.add_argument("--ensemble", type=Path, default=Path("models/statefarm"), help="folder of the ensemble")
    judge.add_argument(
        "--out-of-fold",
        action="store_true",
        help="judge each picture only by folds that validated its driver",
    )
    judge.add_argument("--drivers", type=lambda text: text.split(","), help="only these, separated by commas")
    judge.set_defaults(run=_evaluate)

    export = commands.add_parser("export", parents=[common], help="write ONNX folds, manifest and model card")
    export.add_argument("--checkpoints", type=Path, default=Path(".data/train"), help="folder of fold-k.best.pt")
    export.add_argument(
        "--out",
        type=Path,
        default=Path("models/statefarm"),
        help="folder of the ensemble; its name is the id",
    )
    export.add_argument(
        "--originals", type=Path, help="State Farm folder with originals of one driver, for the model card"
    )
    export.add_argument(
        "--holdout", type=Path, help="synthetic drivers of another seed; makes it a demo ensemble, and its card says so"
    )
    export.add_argument("--seeds", default="seed unknown", help="with --holdout: seeds of both sets, for the card")
    export.add_argument(
        "--real", type=Path, default=Path(".data/statefarm"), help="with --holdout: real pictures to compare with"
    )
    export.add_argument(
        "--real-ensemble", type=Path, default=Path("models/statefarm"), help="with --holdout: ensemble to compare with"
    )
    export.set_defaults(run=_export)
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
