"""How surprised a model is by text: lower is better."""

from collections.abc import Container, Sequence

import numpy as np

from voice.model.language.ngrams import NGrams


def perplexity(model: NGrams, sentences: Sequence[Sequence[int]]) -> float:
    """e to the mean −ln p of each word and each sentence's end."""
    highest = len(model.orders)
    grams: dict[int, list[list[int]]] = {}
    for sentence in sentences:
        row = [0, *sentence, 1]
        for end in range(2, len(row) + 1):
            gram = row[max(0, end - highest) : end]
            grams.setdefault(len(gram), []).append(gram)
    scores = [model.score(np.array(rows, np.int64)) for rows in grams.values()]
    if not scores:
        raise ValueError("no sentence to measure")
    return float(np.exp(-np.concatenate(scores).mean()))


def unknown_share(sentences: Sequence[Sequence[str]], known: Container[str]) -> float:
    """Share of words that are not in the vocabulary, 0–1."""
    words = [word for sentence in sentences for word in sentence]
    return sum(word not in known for word in words) / max(1, len(words))
