"""N-grams of toneless pinyin, so that a homophone keeps its features."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.components.gram_featurizer import GramFeaturizer, joined_tokens, ngrams
from care.language.sound import syllables


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class PinyinFeaturizer(GramFeaturizer):
    """Grams of one to `max_ngram` syllables, with marks for beginning and end."""

    @staticmethod
    def required_packages() -> list[str]:
        """Checked by Rasa at the start."""
        return ["pypinyin"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """One to three syllables."""
        return {**GramFeaturizer.get_default_config(), "max_ngram": 3}

    def sentence(self, message: Message) -> str:
        """Without punctuation."""
        return joined_tokens(message)

    def grams(self, text: str) -> list[str]:
        """din, din_fan, ^_din, …"""
        return ngrams(["^", *syllables(text), "$"], 1, self._config["max_ngram"])
