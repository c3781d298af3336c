"""The operators' desk under `/desk`.

A page of the desk is one file with `build_router()`, named in console/desk/pages.py:

    Taker = Annotated[SignedIn, Depends(may(Right.TAKE_CALLERS))]

    def build_router() -> APIRouter:
        router = APIRouter()

        @router.get("/desk/queue")
        def queue(request: Request, who: Taker) -> Response:
            desk = desk_of(request)
            with desk.reading() as session:
                ...
            return page(request, "desk/queue.html", callers=callers)

- Every route asks for `signed_in` or `may(right)` (console.desk.access). That also refuses a POST
  without the token against forged requests: htmx sends it by itself (base.html), a plain form
  has `{{ csrf_field() }}` in it.
- Templates extend `desk/base.html` and fill its blocks (title, main, scripts, …); `who`, `csrf`,
  `links` and `roles` are there without being passed. What htmx swaps in extends nothing.
- No inline script, style or on… attribute: the Content-Security-Policy refuses them. What scripts
  set through `element.style` is fine; tips of ECharts need `tooltip: {renderMode: "richText"}`.
- A stream (SSE, WebSocket) outlives the check at its start: it asks `still_signed_in` again every
  few seconds and ends when that is False.
- A route that asks nobody who they are stops the start (console.desk.guarded).
- A link in the bar at the top, or under 更多 there, is one line in console/desk/links.py.
"""
