"""What kinds of canteens there are: `data/canteens/kinds.yml`."""

from functools import cache

from pydantic import RootModel

from care.data_files import DATA, load_model


class _Kinds(RootModel[dict[str, str]]):
    pass


@cache
def kinds() -> dict[str, str]:
    """Chinese names by their codes. Raises DataFileError."""
    return load_model(DATA / "canteens" / "kinds.yml", _Kinds).root
