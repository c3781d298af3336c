"""Headers on everything of providers' pages: as the desk's, and the camera."""

from console.desk.headers import HEADERS as DESK

HEADERS = {
    **DESK,
    "Content-Security-Policy": DESK["Content-Security-Policy"]
    + "; manifest-src 'self'; worker-src 'self'",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=()",
}
