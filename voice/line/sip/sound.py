"""The sound of one call, at one rate from its answer to its end."""

from contextlib import suppress

import numpy as np
from baresip import AudioNotActive, AudioRestarted, CallAudio

from voice.audio.pcm import from_int16, to_int16
from voice.audio.resampling import Resampler
from voice.line.leg import Pcm16

_MOST = 32_768
"""Octets read at once: all that the stack keeps."""


class CallSound:
    """Reads and writes what the stack has ready; nothing here blocks.

    Another codec may be agreed on in the middle of a call (a transfer inside an exchange does it):
    then what goes in and out is resampled, for the rate of a leg is fixed.
    """

    def __init__(self, audio: CallAudio) -> None:
        """The call is up. Raises AudioNotActive while its sound isn't."""
        info = audio.info()
        if not (info.rx_ready and info.tx_ready):
            raise AudioNotActive("the sound of this call does not flow yet")
        self._audio = audio
        self.rate = info.rx_sample_rate
        """Hz, of all that is read and written here."""
        self._bind(info.rx_sample_rate, info.tx_sample_rate)

    def read(self) -> Pcm16:
        """What came since the last read."""
        octets = b""
        try:
            octets = self._audio.read(_MOST)
        except AudioRestarted:
            self._bind_again()
        except AudioNotActive:
            pass
        samples = np.frombuffer(octets, np.int16)
        if self._in is None or not len(samples):
            return samples
        return to_int16(self._in.push(from_int16(samples)))

    def write(self, samples: Pcm16) -> bool:
        """Whether the stack took them; it doesn't while the call is negotiated anew."""
        sent = samples if self._out is None else to_int16(self._out.push(from_int16(samples)))
        try:
            taken: int = self._audio.write(np.ascontiguousarray(sent).tobytes())
            return taken > 0
        except AudioRestarted:
            self._bind_again()
        except AudioNotActive:
            pass
        return False

    def unsent(self) -> int:
        """Samples that were written and haven't left, at the rate of the leg."""
        with suppress(AudioNotActive):
            octets: int = self._audio.info().tx_buffered
            return int(octets // 2 * self.rate / self._tx_rate)
        return 0

    def flush(self) -> None:
        """Forgets what was written and hasn't left; done within one packet (20 ms)."""
        with suppress(AudioNotActive, AudioRestarted):
            self._audio.flush_tx()

    def _bind_again(self) -> None:
        with suppress(AudioNotActive):
            info = self._audio.info()
            if info.rx_ready and info.tx_ready:
                self._bind(info.rx_sample_rate, info.tx_sample_rate)

    def _bind(self, rx_rate: int, tx_rate: int) -> None:
        self._tx_rate = tx_rate
        same_in, same_out = rx_rate == self.rate, tx_rate == self.rate
        self._in = None if same_in else Resampler(rx_rate, self.rate, quick=True)
        self._out = None if same_out else Resampler(self.rate, tx_rate, quick=True)
