"""Emergencies in words that are still being spoken."""

from dataclasses import dataclass, field

from voice.call.actions import RaiseAlarm
from voice.call.scene import Scene


@dataclass
class Watch:
    """One call's: raises each kind of emergency once."""

    scene: Scene
    fresh: bool = False
    """Something alarming was said in the turn that is going on."""
    owned_up: bool = False
    """The caller was told that the alarm isn't kept yet, and whom to telephone themselves."""
    _raised: set[str] = field(default_factory=set)

    def listen(self, text: str) -> bool:
        """Whether these words raise an alarm that wasn't raised yet."""
        found = self.scene.setting.detect(text)
        if found is None or found.category in self._raised:
            return False
        self._raised.add(found.category)
        self.fresh = True
        self.scene.silence.alarming()
        self.scene.do(RaiseAlarm(text))
        self.scene.note("alarm", category=found.category, severity=found.severity)
        return True
