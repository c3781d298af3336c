"""The cookie of somebody at the desk; the browser forgets it when it is closed."""

from console.cookie import SignInCookie

_COOKIE = SignInCookie("desk")

read_cookie = _COOKIE.read
set_cookie = _COOKIE.put
drop_cookie = _COOKIE.drop
