"""The servers that are evaluated."""


class ServerError(RuntimeError):
    """A server is away; says which address and why. Nothing can be measured without it."""


class AnswerError(RuntimeError):
    """A server that is there gave no usable answer: that is a result, and a bad one."""
