"""Tokenizer for Mandarin: a Han character is a token, a run of digits or letters is one."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[A-Za-z]+|[\u3400-\u9fff]")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class CharTokenizer(Tokenizer):
    """Words are not cut: a recogniser's blanks and a wrong character would move every border."""

    @staticmethod
    def supported_languages() -> list[str]:
        """Mandarin only."""
        return ["zh"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's own switches, all off."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CharTokenizer:
        """Called by Rasa."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute; a text without any becomes one token."""
        text = message.get(attribute)
        tokens = [Token(token, start) for start, token in tokens_of(text)]
        return self._apply_token_pattern(tokens or [Token(text, 0)])


def tokens_of(text: str) -> list[tuple[int, str]]:
    """Each token with where it starts; punctuation belongs to none."""
    return [(found.start(), found.group()) for found in _TOKEN.finditer(text)]
