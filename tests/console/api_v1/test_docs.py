"""Every example of docs/api.md works as it stands there."""

import json
import os
import re
import subprocess
from datetime import date

from care.api_keys.scope import Scope
from care.elders.model import Elder
from care.settings import ROOT
from care.storage.engine import Sessions
from care.visits.model import Visit
from tests.conftest import NOW
from tests.console.api_v1.setting import Api

_SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
_CURL = re.compile(r"^curl .*?(?=^curl |\Z)", re.DOTALL | re.MULTILINE)


def test_the_examples_do_what_they_show(embedded: Sessions) -> None:
    with embedded.begin() as session:
        session.add(Elder(name="王秀英", phone="13800000001", region="达来呼布镇", added_at=NOW))
        session.flush()
        month = date(2026, 11, 1)
        session.add(
            Visit(
                elder_id=1, month=month, nth=1, rule="alashan", by_phone=True,
                due_from=month, due_on=date(2026, 11, 30), state="planned",
            )
        )  # fmt: skip
    api = Api(embedded)
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    examples = [each for block in _SHELL.findall(text) for each in _CURL.findall(block)]
    assert len(examples) == 10
    with api.serving(api.key(*Scope)) as client:
        key = client.headers["authorization"].removeprefix("Bearer ")
        told = os.environ | {"API": str(client.base_url).rstrip("/"), "KEY": key, "no_proxy": "*"}
        for example in examples:
            done = subprocess.run(
                ["sh", "-c", example.replace("curl -sS", "curl -sS --fail-with-body")],
                env=told, capture_output=True, text=True, check=False, timeout=60,
            )  # fmt: skip
            assert done.returncode == 0, (example, done.stdout, done.stderr)
            assert json.loads(done.stdout), example


def test_every_code_is_listed() -> None:
    sources = "".join(
        each.read_text("utf-8") for each in (ROOT / "console" / "api" / "v1").glob("*.py")
    )
    raised = set(re.findall(r'ProblemError\(\s*\d+,\s*"(\w+)"', sources))
    assert len(raised) > 12
    assert raised <= set(re.findall(r"`(\w+)`", (ROOT / "docs" / "api.md").read_text("utf-8")))
