"""Makes the language model of `data/speech/zh-compact`: python -m voice.model.language.build."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from care.data_files import DATA
from voice.model.language.arpa import read_arpa, singles
from voice.model.language.domain_text import read_domain
from voice.model.language.mixing import mix
from voice.model.language.ngrams import END, START, NGrams
from voice.model.language.patterns import Names, Patterns
from voice.model.language.perplexity import perplexity, unknown_share
from voice.model.language.pronunciation import pronounce, read_readings
from voice.model.language.pruning import prune
from voice.model.language.segmentation import Segmenter
from voice.model.language.smoothing import estimate
from voice.model.language.source import fetch_general
from voice.model.language.store import write_model
from voice.model.language.vocabulary import chances, choose
from voice.model.language.writing import write_graphs

out = Console(highlight=False)

HELD_OUT = 20
"""Every 20th utterance is kept aside in a tuning run."""


@dataclass(frozen=True)
class Recipe:
    """What was tuned on held-out utterances, numbers and everyday talk."""

    general_words: int = 46_000
    patterns: int = 100_000
    """Written sentences."""

    weights: tuple[float, float, float] = (0.4, 0.2, 0.4)
    """Utterances, patterns, general Chinese."""

    first_cut: float = 1e-9
    """Pruning of the general model before it is mixed, which keeps memory below 2 GB."""

    cut: float = 5e-8
    """Pruning of the result, as a relative change of perplexity."""


def build(arpa: Path, data: Path, recipe: Recipe, *, hold_out: bool) -> NGrams:
    """The mixed and pruned model; `hold_out` keeps some utterances aside and measures on them."""
    domain = read_domain(data)
    aside = domain.utterances[7::HELD_OUT] if hold_out else ()
    kept = frozenset(domain.utterances) - frozenset(aside)
    utterances = [text for text in domain.utterances if text in kept]
    folder = data / "speech" / "zh-compact" / "lm"
    names = Names(data / "lexicon" / "names.yml")
    made = Patterns(folder / "patterns.yml", places=domain.places, names=names).make(
        recipe.patterns
    )
    terms = [*domain.terms, *domain.places]
    general = singles(arpa)
    words = _sayable(
        choose(general, terms, [*utterances, *made, *terms], recipe.general_words), folder
    )
    out.print(f"{len(words)} words")
    segmenter = Segmenter(chances(words, general))
    all_words = (START, END, *words)
    number = {word: place for place, word in enumerate(all_words)}

    def numbers(texts: Sequence[str]) -> list[list[int]]:
        return [[number[word] for word in segmenter.cut(text) if word in number] for text in texts]

    models = [
        estimate(all_words, numbers(utterances)),
        estimate(all_words, numbers([*made, *terms, *terms, *terms])),
        prune(read_arpa(arpa, words), {3: recipe.first_cut, 2: recipe.first_cut}),
    ]
    mixed = mix(models, recipe.weights)
    pruned = prune(mixed, {3: recipe.cut, 2: recipe.cut})
    if aside:
        cut = [segmenter.cut(text) for text in aside]
        out.print(f"unknown words: {unknown_share(cut, number):.2%}")
        for name, model in (("mixed", mixed), ("pruned", pruned)):
            found = perplexity(model, numbers(aside))
            out.print(f"perplexity of {len(aside)} held-out utterances, {name}: {found:.1f}")
    return pruned


def _sayable(words: Sequence[str], folder: Path) -> list[str]:
    readings = read_readings(folder / "readings.yml")
    return [word for word in words if pronounce(word, readings)]


def main() -> None:
    """Command line of `script/language-model`."""
    parser = argparse.ArgumentParser(
        description="Make the language model of data/speech/zh-compact."
    )
    parser.add_argument("--output", type=Path, default=DATA / "speech" / "zh-compact")
    parser.add_argument("--scratch", type=Path, default=DATA.parent / "var" / "speech" / "general")
    parser.add_argument("--cut", type=float, default=Recipe.cut, help="pruning threshold")
    parser.add_argument("--hold-out", action="store_true", help="measure only: write nothing")
    given = parser.parse_args()
    recipe = Recipe(cut=given.cut)
    model = build(fetch_general(given.scratch), DATA, recipe, hold_out=given.hold_out)
    out.print(" + ".join(f"{len(order.keys)} {n}-grams" for n, order in enumerate(model.orders, 1)))
    if given.hold_out:
        return
    write_language(model, given.output)


def write_language(model: NGrams, folder: Path) -> None:
    """lm/ngrams.xz (for `hotline models adapt`) and graph/ in a model's folder."""
    readings = read_readings(DATA / "speech" / "zh-compact" / "lm" / "readings.yml")
    (folder / "lm").mkdir(parents=True, exist_ok=True)
    write_model(model, folder / "lm" / "ngrams.xz")
    sounds = {word: pronounce(word, readings) for word in model.words[2:]}
    write_graphs(model, sounds, folder / "graph", lambda name: out.print(f"graph: {name}"))
    for path in sorted([*(folder / "graph").iterdir(), *(folder / "lm").iterdir()]):
        out.print(f"{path.relative_to(folder)}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
