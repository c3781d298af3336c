"""N-grams of toneless pinyin, so that a homophone keeps its features."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.components.gram_featurizer import GramFeaturizer
from care.language.sound import syllables


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class PinyinFeaturizer(GramFeaturizer):
    """Grams of `min_ngram` to `max_ngram` syllables, with marks for beginning and end."""

    @staticmethod
    def required_packages() -> list[str]:
        """Checked by Rasa at the start."""
        return ["pypinyin"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """One to three syllables."""
        return {**GramFeaturizer.get_default_config(), "min_ngram": 1, "max_ngram": 3}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises ValueError when the n-gram range is empty."""
        super().validate_config(config)
        if not 1 <= config["min_ngram"] <= config["max_ngram"]:
            raise ValueError("PinyinFeaturizer needs 1 <= min_ngram <= max_ngram")

    def grams(self, text: str) -> list[str]:
        """zhe_lao, lao_ren, …"""
        sequence = ["^", *syllables(text), "$"]
        low, high = self._config["min_ngram"], self._config["max_ngram"]
        return [
            "_".join(sequence[start : start + width])
            for width in range(low, high + 1)
            for start in range(len(sequence) - width + 1)
        ]
