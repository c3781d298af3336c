"""Units that prove who they are over real sockets, and sipp."""

import shutil
import subprocess
from pathlib import Path

import pytest

from evaluation.system import free_port
from tests.care.devices.setting import House
from tests.voice.line.scaip.unit import CID, Unit, credentials, mrq, raised, running, scenario


@pytest.mark.parametrize("algorithm", ["SHA-256", "MD5"])
@pytest.mark.parametrize("user", [CID, "H-1"])
def test_a_unit_proves_who_it_is(house: House, port: int, algorithm: str, user: str) -> None:
    with running(house, port, passwords=True):
        unit = Unit(port)
        asked = unit.ask(mrq())
        assert (asked.status, raised(house)) == (401, [])
        [challenge] = [each for each in asked.all("www-authenticate") if algorithm in each]
        known = credentials(challenge, house.secrets["H-1"], user=user)
        assert unit.ask(mrq(), cseq=2, authorization=known).status == 200
        assert "<snu>0</snu>" in unit.told()
        # The same digest under another alarm: a copy of it is worth nothing.
        copied = unit.ask(mrq("2"), cseq=3, authorization=known)
        assert copied.status == 401
        assert "stale=true" in copied.one("www-authenticate")
    assert len(raised(house)) == 1


def test_a_wrong_password_and_another_unit_s_are_refused(house: House, port: int) -> None:
    house.add("H-2", "controller", controller="222")
    with running(house, port, passwords=True):
        unit = Unit(port)
        challenge = unit.ask(mrq()).one("www-authenticate")
        wrong = credentials(challenge, "A" * 32)
        assert unit.ask(mrq(), cseq=2, authorization=wrong).status == 403
        nobody = credentials(challenge, "A" * 32, user="nobody")
        assert unit.ask(mrq(), cseq=3, authorization=nobody).status == 403
        other = credentials(challenge, house.secrets["H-2"], user="222")
        assert unit.ask(mrq(), cseq=4, authorization=other).status == 200
        assert "<snu>5</snu>" in unit.told()
    assert raised(house) == []


SIPP = f"""<?xml version="1.0" encoding="UTF-8"?>
<scenario name="unit">
  <send retrans="500"><![CDATA[
    MESSAGE sip:12349@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    Max-Forwards: 70
    From: <sip:{CID}@[local_ip]:[local_port]>;tag=[call_number]
    To: <sip:12349@[remote_ip]>
    Call-ID: [call_id]
    CSeq: 1 MESSAGE
    Content-Type: application/scaip+xml
    Content-Length: [len]

    <mrq><ref>s[call_number]</ref><cid>{CID}</cid><dty>0003</dty></mrq>
  ]]></send>
  <recv response="401" auth="true"/>
  <send retrans="500"><![CDATA[
    MESSAGE sip:12349@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    Max-Forwards: 70
    From: <sip:{CID}@[local_ip]:[local_port]>;tag=[call_number]
    To: <sip:12349@[remote_ip]>
    Call-ID: [call_id]
    CSeq: 2 MESSAGE
    [authentication username={CID} password=PASSWORD]
    Content-Type: application/scaip+xml
    Content-Length: [len]

    <mrq><ref>s[call_number]</ref><cid>{CID}</cid><dty>0003</dty></mrq>
  ]]></send>
  <recv response="200"/>
</scenario>
"""


@pytest.mark.skipif(shutil.which("sipp") is None, reason="Debian's sip-tester isn't installed")
@pytest.mark.parametrize("transport", ["u1", "t1"])
def test_sipp_gets_through_with_its_password(
    house: House, port: int, tmp_path: Path, transport: str
) -> None:
    """Another implementation of SIP and of Digest; replies in the 200, which sipp can follow."""
    text = SIPP.replace("PASSWORD", house.secrets["H-1"])
    file = scenario(tmp_path, "unit.xml", text)
    with running(house, port, passwords=True, reply="response"):
        done = subprocess.run(
            ["sipp", f"127.0.0.1:{port}", "-sf", file, "-t", transport, "-i", "127.0.0.1",
             "-p", str(free_port()), "-m", "20", "-r", "40", "-timeout", "60s", "-nostdin"],
            cwd=tmp_path, capture_output=True, text=True, check=False, timeout=90,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert len(raised(house)) == 20
