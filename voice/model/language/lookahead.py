"""Vosk's pair of graphs, HCLr.fst and Gr.fst, by OpenFst's command-line tools.

The two are joined while listening, so their sizes add instead of multiplying, and a call can be
narrowed to some phrases.
"""

import os
import shutil
import subprocess
from pathlib import Path

from voice.model.language import topology
from voice.model.language.fst_error import OpenFstError
from voice.model.language.fst_file import Acceptor, write_acceptor
from voice.model.language.lexicon_graph import Graph

TOOLS = ("fstcompile", "fstarcsort", "fstconvert")
_PLUGIN = "olabel_lookahead-fst.so"


def plugin_folder() -> Path:
    """Where OpenFst's plug-ins lie (Debian: /usr/lib/<architecture>/fst/<version>)."""
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        raise OpenFstError(_ADVICE.format(f"the command {missing[0]} is missing"))
    paths = [Path(part) for part in os.environ.get("LD_LIBRARY_PATH", "").split(":") if part]
    for root in (Path("/usr/lib"), Path("/usr/local/lib")):
        paths += sorted({path.parent for path in root.glob(f"**/fst/**/{_PLUGIN}")}, reverse=True)
    for path in paths:
        if (path / _PLUGIN).is_file():
            return path
    raise OpenFstError(_ADVICE.format(f"the plug-in {_PLUGIN} is missing"))


_ADVICE = (
    "OpenFst is not complete: {}. Install it: apt-get install libfst-tools libfst22-plugins-base"
)


def write_lexicon(graph: Graph, folder: Path) -> dict[int, int]:
    """Writes HCLr.fst and disambig_tid.int; → the new number of each word that has one.

    The look-ahead form renumbers the words so that what can be reached from a state is a range.
    """
    tools = _Tools(folder)
    tools.file("lexicon.txt").write_text(graph.text())
    tools.run("fstcompile", "lexicon.txt", "lexicon.fst")
    tools.run("fstarcsort", "--sort_type=olabel", "lexicon.fst", "sorted.fst")
    tools.run(
        "fstconvert",
        "--fst_type=olabel_lookahead",
        "--save_relabel_opairs=relabel.txt",
        "sorted.fst",
        "HCLr.fst",
    )
    rows = tools.file("relabel.txt").read_text().split()
    marks = [str(topology.LAST + 1 + mark) for mark in range(graph.marks)]
    (folder / "disambig_tid.int").write_text("\n".join(marks) + "\n")
    tools.tidy()
    return dict(zip(map(int, rows[::2]), map(int, rows[1::2]), strict=True))


def write_grammar(graph: Acceptor, folder: Path, kind: str = "ngram") -> None:
    """Writes Gr.fst; `kind` is OpenFst's type: `ngram` is half as large as `const`."""
    tools = _Tools(folder)
    write_acceptor(graph, tools.file("grammar.fst"))
    tools.run("fstconvert", f"--fst_type={kind}", "grammar.fst", "Gr.fst")
    tools.tidy()


class _Tools:
    """Runs OpenFst's commands in a folder; what they leave there beside results is tidied away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        plugins = str(plugin_folder())
        self._environment = {**os.environ, "LD_LIBRARY_PATH": plugins}

    def file(self, name: str) -> Path:
        return self._folder / name

    def run(self, *command: str) -> None:
        done = subprocess.run(  # noqa: S603 - the commands are this file's own
            command,
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or "ERROR" in done.stderr:
            first = (done.stderr.strip().splitlines() or ["no message"])[0]
            raise OpenFstError(f"{command[0]} failed: {first}")

    def tidy(self) -> None:
        for name in ("lexicon.txt", "lexicon.fst", "sorted.fst", "relabel.txt", "grammar.fst"):
            self.file(name).unlink(missing_ok=True)
