"""The direction of imports, and what must never be in the repository."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_imports_run_one_way() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    found = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert found.returncode == 0, found.stdout


def test_only_the_components_import_rasa() -> None:
    guilty = [
        path.relative_to(ROOT)
        for path in _tracked()
        if path.suffix == ".py"
        and path.is_file()
        and "components" not in path.parts
        and path.name not in {"rasa_cli.py", "test_architecture.py"}
        and any(line.startswith(("import rasa.", "from rasa.")) for line in path.open())
    ]
    assert guilty == []


def test_language_loads_in_rasas_environment() -> None:
    code = (
        "from pathlib import Path\n"
        "from care.language.extractor import Extractor\n"
        "found = Extractor.load(Path('data')).extract('我八十三了在额济纳旗')\n"
        "print(sorted(f'{e.kind}={e.value}' for e in found))"
    )
    python = ROOT / ".venv-rasa" / "bin" / "python"
    ran = subprocess.run([python, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "['age=83', 'region=额济纳旗']"


@pytest.mark.parametrize(
    "lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda p: p.name
)
def test_locks_have_hashes_and_no_addresses(lock: Path) -> None:
    text = lock.read_text("utf-8")
    pinned = [line for line in text.splitlines() if "==" in line and not line.startswith(" ")]
    assert pinned
    assert all(line.endswith("\\") for line in pinned), "every requirement needs its hashes"
    assert "://" not in text


def test_the_lock_of_the_scripts_has_checksums_and_no_addresses() -> None:
    text = (ROOT / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text
    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert packages.pop("")
    assert all(each["integrity"].startswith("sha512-") for each in packages.values())
