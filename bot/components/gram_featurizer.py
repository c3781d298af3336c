"""What the project's own featurizers share: a vocabulary of grams that is learnt and kept."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections import Counter
from typing import Any

import rasa.shared.utils.io
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_VOCABULARY = "vocabulary.json"


class GramFeaturizer(SparseFeaturizer, GraphComponent, ABC):
    """Sentence features: a row (1 × vocabulary) of length `weight`, one equal part a known gram.

    A chatty sentence and a short one weigh alike, and the views (characters, sounds, entities)
    weigh as their `weight` says. There are no token features: the classifier reads none.
    """

    @abstractmethod
    def grams(self, text: str) -> list[str]:
        """The features of a sentence, by name."""

    def sentence(self, message: Message) -> str:
        """What the grams are taken from: the text as it came."""
        return str(message.get(TEXT))

    @classmethod
    def required_components(cls) -> list[type]:
        """A tokenizer has to come before."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`min_examples`: in how many examples a gram has to occur to become a feature."""
        return {**SparseFeaturizer.get_default_config(), "min_examples": 2, "weight": 1.0}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises ValueError for a setting that makes no sense."""
        if config["min_examples"] < 1 or config["weight"] <= 0:
            raise ValueError(f"{cls.__name__} needs min_examples >= 1 and a positive weight")

    def __init__(
        self,
        config: dict[str, Any],
        resource: Resource,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        vocabulary: dict[str, int] | None = None,
    ) -> None:
        super().__init__(execution_context.node_name, config)
        self._resource, self._model_storage = resource, model_storage
        self._is_finetuning = execution_context.is_finetuning
        self.vocabulary = vocabulary or {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GramFeaturizer:
        """Called by Rasa for training."""
        return cls(config, resource, model_storage, execution_context)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> GramFeaturizer:
        """Called by Rasa when a model is loaded."""
        with model_storage.read_from(resource) as folder:
            vocabulary = rasa.shared.utils.io.read_json_file(folder / _VOCABULARY)
        return cls(config, resource, model_storage, execution_context, vocabulary)

    def train(self, training_data: TrainingData) -> Resource:
        """Collects the grams; the vocabulary stays frozen when a model is finetuned."""
        if not self._is_finetuning:
            seen: Counter[str] = Counter()
            for example in training_data.training_examples:
                if example.get(TEXT):
                    seen.update(set(self.grams(self.sentence(example))))
            kept = sorted(gram for gram, n in seen.items() if n >= self._config["min_examples"])
            self.vocabulary = {gram: column for column, gram in enumerate(kept)}
        with self._model_storage.write_to(self._resource) as folder:
            rasa.shared.utils.io.dump_obj_as_json_to_file(folder / _VOCABULARY, self.vocabulary)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds features to every example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds sentence features to every message with a text."""
        for message in messages:
            if message.get(TEXT) and message.get(TOKENS_NAMES[TEXT]):
                row = self._row(self.grams(self.sentence(message)))
                self.add_features_to_message(None, row, TEXT, message)
        return messages

    def _row(self, grams: list[str]) -> scipy.sparse.coo_matrix:
        known = sorted({self.vocabulary[gram] for gram in grams if gram in self.vocabulary})
        value = self._config["weight"] / math.sqrt(len(known)) if known else 0.0
        cells = ([value] * len(known), ([0] * len(known), known))
        return scipy.sparse.coo_matrix(
            cells, shape=(1, max(len(self.vocabulary), 1)), dtype="float32"
        )


def joined_tokens(message: Message) -> str:
    """The text without punctuation: a recogniser writes none."""
    return "".join(token.text for token in message.get(TOKENS_NAMES[TEXT]) or ())


def ngrams(sequence: list[str], low: int, high: int) -> list[str]:
    """All runs of `low` to `high` neighbours."""
    return [
        "_".join(sequence[start : start + width])
        for width in range(low, high + 1)
        for start in range(len(sequence) - width + 1)
    ]
