"""Which speech models are compared: ours, and every other one that is present."""

from pathlib import Path

from voice.recognition.model_folder import SpeechModelError, read_model_folder


def candidates(chosen: Path, folder: Path) -> dict[str, Path]:
    """By name: the model in use first, then what stands complete in `folder`/models."""
    found = {chosen.name: chosen}
    for path in sorted((folder / "models").glob("[!.]*")):
        if path.is_dir() and path.resolve() != chosen.resolve() and _is_whole(path):
            name = path.name if path.name not in found else str(path)
            found[name] = path
    return found


def _is_whole(path: Path) -> bool:
    try:
        read_model_folder(path)
    except SpeechModelError:
        return False
    return True
