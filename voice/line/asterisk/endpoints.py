"""What Asterisk dials for a telephone that is to be called."""

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"\+?[0-9]{1,20}")
_ADDRESS = re.compile(r"sips?:[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,255}(:[0-9]{1,5})?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True)
class Endpoints:
    """Patterns of dial strings; `{}` is the target."""

    number: str = "PJSIP/{}@trunk"
    """For a number: the carrier's endpoint in pjsip.conf."""

    address: str = "PJSIP/trunk/{}"
    """For a SIP address."""

    name: str = "PJSIP/{}"
    """For a telephone that pjsip.conf names, such as `operator`."""

    def of(self, target: str) -> str | None:
        """The dial string for a number, a SIP address or a name; None for anything else.

        A target may come from a database or a person: nothing that dials more than one
        telephone (`&`), or adds options (`/`, `,`), gets through.
        """
        plain = target.strip()
        kinds = ((_NUMBER, self.number), (_ADDRESS, self.address), (_NAME, self.name))
        for pattern, endpoint in kinds:
            if pattern.fullmatch(plain):
                return endpoint.format(plain)
        return None
