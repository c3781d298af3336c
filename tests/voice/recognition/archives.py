"""ZIP archives of speech models, sound and hostile."""

import hashlib
import io
import random
import stat
import zipfile

from tests.voice.recognition.test_model_folder import FILES

TOP = "vosk-model-test"


def archive(files: dict[str, bytes] | None = None, links: dict[str, str] | None = None) -> bytes:
    """By default a whole model of 300 kB."""
    if files is None:
        filling = random.Random(1).randbytes(300_000)  # noqa: S311 - a filling
        files = {f"{TOP}/{name}": content.encode() for name, content in FILES.items()}
        files[f"{TOP}/am/final.mdl"] = filling
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
        for name, target in (links or {}).items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            made.writestr(entry, target)
    return buffer.getvalue()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
