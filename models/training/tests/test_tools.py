from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest

TOOLS = Path(__file__).parent.parent / "tools"

# Runs a statement, and fails where ONNX Runtime is loaded while it may still report.
GUARD = """
import os, sys

class Guard:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "onnxruntime":
            print("loads onnxruntime")
            assert os.environ.get("ORT_DISABLE_TELEMETRY") == "1"

sys.meta_path.insert(0, Guard)
exec(sys.argv[1])
"""


@pytest.fixture
def ensembles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "argv", ["make_test_ensembles.py", str(tmp_path)])
    runpy.run_path(str(TOOLS / "make_test_ensembles.py"), run_name="__main__")
    return tmp_path


def test_every_tiny_fold_names_the_class_of_a_plain_colour(ensembles: Path) -> None:
    manifest = json.loads((ensembles / "tiny" / "manifest.json").read_text())
    colours = json.loads((ensembles / "tiny" / "colours.json").read_text())
    for fold in manifest["folds"]:
        session = ort.InferenceSession(str(ensembles / "tiny" / fold["file"]))
        prepare = fold["preparation"]
        found = []
        for colour in colours.values():
            ordered = np.array(colour[::-1] if prepare["colorOrder"] == "BGR" else colour) * prepare["scale"]
            pixel = ((ordered - prepare["mean"]) / prepare["std"]).astype(np.float32)
            tensor = np.ascontiguousarray(np.broadcast_to(pixel[None, :, None, None], fold["input"]["shape"]))
            found.append(int(session.run([fold["output"]["name"]], {"input": tensor})[0].argmax()))
        assert found == list(range(10))


def test_every_broken_network_loads_and_has_its_fault_listed(ensembles: Path) -> None:
    index = json.loads((ensembles / "broken" / "index.json").read_text())
    assert {entry["file"] for entry in index} == {file.name for file in (ensembles / "broken").glob("*.onnx")}
    for entry in index:
        ort.InferenceSession(str(ensembles / "broken" / entry["file"]))


def test_the_committed_fixtures_are_what_the_tool_makes(ensembles: Path) -> None:
    committed = TOOLS.parents[2] / "test" / "fixtures" / "ensembles"
    for made in ensembles.rglob("*.*"):
        assert made.read_bytes() == (committed / made.relative_to(ensembles)).read_bytes(), made.name


@pytest.mark.parametrize(
    "statement",
    ["import roadward_training.measure.folds", "import runpy; runpy.run_path('tools/make_expected_outputs.py')"],
)
def test_telemetry_is_off_before_onnx_runtime_is_loaded(statement: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    runs = {"cwd": TOOLS.parent, "env": environment, "capture_output": True, "text": True}
    done = subprocess.run([sys.executable, "-c", GUARD, statement], check=False, **runs)
    assert (done.returncode, done.stdout) == (0, "loads onnxruntime\n"), done.stderr
