"""N-grams of characters; every number is one and the same sign."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.components.char_tokenizer import tokens_of
from bot.components.gram_featurizer import GramFeaturizer, joined_tokens, ngrams

_NUMBER = "#"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class CharFeaturizer(GramFeaturizer):
    """Grams of one to `max_ngram` tokens."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """One to three."""
        return {**GramFeaturizer.get_default_config(), "max_ngram": 3}

    def sentence(self, message: Message) -> str:
        """Without punctuation."""
        return joined_tokens(message)

    def grams(self, text: str) -> list[str]:
        """订, 订_饭, #_岁, …"""
        tokens = [_NUMBER if token[0].isdigit() else token.lower() for _, token in tokens_of(text)]
        return ngrams(tokens, 1, self._config["max_ngram"])
