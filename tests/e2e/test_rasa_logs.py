"""When actions fail Rasa would log the whole conversation: here no word of it is logged."""

from pathlib import Path

import httpx

from evaluation.system import ROOT, free_port, running


def test_a_failing_action_leaves_no_word_of_the_caller_in_the_log(tmp_path: Path) -> None:
    port = free_port()
    settings = {
        "RASA_PORT": str(port),
        "HOTLINE_ACTION_URL": "http://127.0.0.1:9/",
        "HOTLINE_ACTION_TOKEN": "",
        "HOTLINE_DIALOGUE_DATABASE": str(tmp_path / "dialogue.db"),
    }
    log, url = tmp_path / "log", f"http://127.0.0.1:{port}"
    with running([str(ROOT / "script" / "rasa")], f"{url}/status", settings, log):
        for text in ("我叫王桂兰电话13800138000想订饭", "王桂兰的高龄津贴多少"):
            body = {"sender": "caller", "message": text}
            answer = httpx.post(
                f"{url}/webhooks/rest/webhook", json=body, trust_env=False, timeout=30
            )
            assert answer.json() == []  # the failure that the conversation takes for one
    written = log.read_text("utf-8")
    assert "ERROR in rasa.core" in written
    assert "王桂兰" not in written
    assert "138001" not in written
