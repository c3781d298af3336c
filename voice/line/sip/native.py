"""What baresip-python leaves out: where an invitation came from, and refusing it with a reason.

The wheel exports libbaresip's own functions. `re_thread_enter` is the lock that libre gives other
threads, and the functions called under it take and give no structures whose layout could change.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

from baresip import _native

from voice.line.leg import LineError

_ADDRESS = 256
"""Octets; libre's `struct sa` takes fewer than 40."""

_SIGNATURES = {
    "re_thread_enter": (None, []),
    "re_thread_leave": (None, []),
    "uag_call_find": (ctypes.c_void_p, [ctypes.c_char_p]),
    "call_get_ua": (ctypes.c_void_p, [ctypes.c_void_p]),
    "call_msg_src": (ctypes.c_int, [ctypes.c_void_p, ctypes.c_void_p]),
    "sa_ntop": (ctypes.c_int, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]),
    "ua_hangup": (None, [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint16, ctypes.c_char_p]),
}


class NativeCalls:
    """The stack's own list of calls. Only while a Runtime runs."""

    def __init__(self) -> None:
        """Raises LineError with a build of baresip-python that can't tell where a call is from."""
        self._library = ctypes.CDLL(_native.__file__)
        try:
            for name, (result, arguments) in _SIGNATURES.items():
                function = getattr(self._library, name)
                function.restype, function.argtypes = result, arguments
        except AttributeError as error:
            raise LineError(
                "this build of baresip-python can't tell where a call comes from, so it can't be "
                "opened to callers: install the release that requirements/app.txt names"
            ) from error

    def source(self, call_id: str) -> str | None:
        """The address that the INVITE came from, as the socket saw it; None if the call is gone."""
        with self._locked():
            call = self._library.uag_call_find(call_id.encode())
            address = ctypes.create_string_buffer(_ADDRESS)
            if not call or self._library.call_msg_src(call, address):
                return None
            text = ctypes.create_string_buffer(64)
            if self._library.sa_ntop(address, text, len(text)):
                return None
            return text.value.decode("ascii")

    def refuse(self, call_id: str, status: int, reason: str) -> None:
        """Answers an invitation that rings with a SIP status; nothing if it is gone."""
        with self._locked():
            call = self._library.uag_call_find(call_id.encode())
            if call:
                agent = self._library.call_get_ua(call)
                self._library.ua_hangup(agent, call, status, reason.encode())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._library.re_thread_enter()
        try:
            yield
        finally:
            self._library.re_thread_leave()
