"""Puts the entities that care.language finds into Rasa's messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from care.language.extractor import Extractor


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DomainEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Places, benefits, services, ages, dates, numbers: by rule and by sound, never learnt."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`lexicon`: the data folder, relative to where Rasa runs."""
        return {"lexicon": "data"}

    @staticmethod
    def required_packages() -> list[str]:
        """Checked by Rasa at the start."""
        return ["pypinyin", "rapidfuzz"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DomainEntityExtractor:
        """Called by Rasa, for training and for serving alike."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        self._extractor = Extractor.load(Path(config["lexicon"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities to every message with a text."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                found = [
                    {
                        "entity": entity.kind,
                        "value": entity.value,
                        "start": entity.start,
                        "end": entity.end,
                        "confidence_entity": entity.score,
                        "extractor": "DomainEntityExtractor",
                    }
                    for entity in self._extractor.extract(text)
                ]
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
