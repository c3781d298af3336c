"""`[scaip.tls]` of `hotline.toml`: home units that come over a network which others are in too."""

import ssl
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from voice.line.sip.settings import Port


class TlsSettings(BaseModel):
    """Without this section nobody listens for TLS."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    certificate: Path
    """PEM: ours first, then those of whoever signed it."""
    key: Path
    """PEM, without a password: nobody is there to type it when the machine starts at night."""
    port: Port = 5071

    @model_validator(mode="after")
    def _is_usable(self) -> Self:
        self.context()
        return self

    def context(self) -> ssl.SSLContext:
        """For TLS 1.2 and later (RFC 8996). Raises ValueError with a sentence about the files."""
        for path in (self.certificate, self.key):
            try:
                path.open("rb").close()
            except OSError as error:
                raise ValueError(f"{path} can't be read ({error.strerror})") from error
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            context.load_cert_chain(self.certificate, self.key, password="")  # or it would be asked
        except ssl.SSLError as error:
            if error.reason == "KEY_VALUES_MISMATCH":
                told = f"the key in {self.key} is not the one of {self.certificate}"
            else:
                told = (
                    f"expected a PEM certificate in {self.certificate} and its key, without a "
                    f"password, in {self.key}"
                )
            raise ValueError(told) from error
        return context
