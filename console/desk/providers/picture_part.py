"""`/desk/pictures/NUMBER`: the picture that shows what was done, for whoever works on orders."""

from fastapi import APIRouter, Response

from care.calls.keys import KeyFileError
from care.calls.sealed import SealedError
from care.proofs.model import ProofPicture
from console.desk.answers import refuse
from console.desk.providers.shared import Operator, ProviderDesk


def build_router(desk: ProviderDesk) -> APIRouter:
    """The picture itself."""
    router = APIRouter()

    @router.get("/desk/pictures/{number:int}")
    def picture(_who: Operator, number: int) -> Response:
        with desk.floor.reading() as session:
            row = session.get(ProofPicture, number)
        if row is None:
            raise refuse("没有这张照片。", 404)
        try:
            return Response(desk.proofs.read(row), media_type="image/jpeg")
        except (SealedError, KeyFileError) as error:
            raise refuse("这张照片打不开了。", 404) from error

    return router
