"""What makes a phone offer to keep the page on its home screen: manifest and service worker."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, JSONResponse

from console.elder_page import HERE
from console.providers.page import page
from console.providers.site import PREFIX

MANIFEST = f"{PREFIX}/app.webmanifest"
WORKER = f"{PREFIX}/worker.js"
OFFLINE = f"{PREFIX}/offline"
OPEN = frozenset({MANIFEST, WORKER, OFFLINE})
"""Nothing of these is about anybody."""


def build_router() -> APIRouter:
    """Three small files."""
    router = APIRouter()

    @router.get(MANIFEST)
    def manifest() -> Response:
        icons = [
            {"src": f"/static/provider/icon-{size}.png", "sizes": f"{size}x{size}"}
            for size in (192, 512)
        ]
        content = {
            "name": "12349 服务商",
            "short_name": "12349 接单",
            "lang": "zh-CN",
            "start_url": PREFIX,
            "scope": PREFIX,
            "display": "standalone",
            "background_color": "#f4f6f5",
            "theme_color": "#0b6b5d",
            "icons": [{**icon, "type": "image/png"} for icon in icons],
        }
        return JSONResponse(content, media_type="application/manifest+json")

    @router.get(WORKER)
    def worker() -> Response:
        path = HERE / "static" / "provider" / "worker.js"
        # A script may look after its own folder only, and this one does so for /provider itself.
        scope = {"Service-Worker-Allowed": PREFIX}
        return FileResponse(path, media_type="text/javascript", headers=scope)

    @router.get(OFFLINE)
    def offline(request: Request) -> Response:
        return page(request, "provider/offline.html")

    return router
