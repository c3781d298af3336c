"""What goes wrong while graphs are made."""


class OpenFstError(RuntimeError):
    """OpenFst is missing or failed; one sentence for the person at the keyboard."""
