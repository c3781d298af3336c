"""What an utterance names as features: 老饭桌 and 社区食堂 are one thing to the classifier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.components.gram_featurizer import GramFeaturizer
from care.language.extractor import Extractor

_NAMED = {"benefit", "service", "meal", "diet", "category", "ability", "residence", "pension"}
"""Kinds whose value tells the intent; of the others (a place, a number) only the kind does."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class EntityFeaturizer(GramFeaturizer):
    """Kinds and canonical values of the entities, and their order."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`lexicon`: the data folder, relative to where Rasa runs."""
        return {**GramFeaturizer.get_default_config(), "lexicon": "data"}

    def __init__(self, config: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(config, *args, **kwargs)
        self._extractor = Extractor.load(Path(config["lexicon"]))

    def grams(self, text: str) -> list[str]:
        """benefit, benefit=高龄津贴, region, …"""
        found = self._extractor.extract(text)
        kinds = [entity.kind for entity in found]
        values = [f"{e.kind}={e.value}" for e in found if e.kind in _NAMED]
        return [*kinds, *values, "+".join(kinds), *(["<alone>"] if _alone(text, found) else [])]


def _alone(text: str, found: list[Any]) -> bool:
    return bool(found) and sum(entity.end - entity.start for entity in found) >= len(text) - 1
