"""Everything that Vosk reads of a language model: a graph/ folder."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from voice.model.language.grammar_graph import grammar_graph
from voice.model.language.lexicon_graph import lexicon_graph
from voice.model.language.lookahead import write_grammar, write_lexicon
from voice.model.language.ngrams import NGrams
from voice.model.language.pronunciation import Units

Step = Callable[[str], None]
"""Told what begins now."""

_SIGNS = ("#0", "<s>", "</s>")


def write_graphs(
    model: NGrams,
    sounds: Mapping[str, Mapping[Units, float]],
    folder: Path,
    step: Step = lambda _: None,
    kind: str = "ngram",
) -> None:
    """HCLr.fst, Gr.fst, disambig_tid.int and words.txt; all words of `model` have `sounds`."""
    folder.mkdir(parents=True, exist_ok=True)
    words = model.words[2:]
    before = {word: place for place, word in enumerate(words, start=1)}
    step("lexicon")
    renumbered = write_lexicon(lexicon_graph(before, sounds), folder)
    step("grammar")
    # The look-ahead form has its own numbers: G and words.txt must follow, or grammars set at run
    # time decode nonsense.
    labels = np.zeros(len(model.words), np.int64)
    labels[2:] = [renumbered[before[word]] for word in words]
    write_grammar(grammar_graph(model, labels), folder, kind)
    rows = sorted(zip(labels[2:].tolist(), words, strict=True))
    last = rows[-1][0]
    rows = [
        (0, "<eps>"),
        *rows,
        *((last + more, sign) for more, sign in enumerate(_SIGNS, start=1)),
    ]
    text = "".join(f"{word} {number}\n" for number, word in rows)
    (folder / "words.txt").write_text(text, encoding="utf-8")
