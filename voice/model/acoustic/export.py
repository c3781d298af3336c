"""Writes a trained network as the folder that Vosk loads, but for its graph."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from voice.model.acoustic import kaldi_binary as kaldi
from voice.model.acoustic.kaldi_binary import Floats, token
from voice.model.acoustic.network import CONTEXT
from voice.model.acoustic.nnet3_file import Component, Nnet3File
from voice.model.acoustic.topology import transition_model
from voice.model.units import UNITS

_MFCC = """--use-energy=false
--num-mel-bins=40
--num-ceps=40
--low-freq=20
--high-freq=7600
--allow-upsample=true
--allow-downsample=true
"""


def export(
    base: Nnet3File,
    weights: Mapping[str, Floats],
    folder: Path,
    *,
    blank_penalty: float,
    decoding: str,
) -> None:
    """Writes `am/final.mdl` and `conf/`.

    `weights` is the state of an AcousticNetwork. `blank_penalty` is taken off the logarithm of
    the blank, which CTC makes too sure of itself. `decoding` is Vosk's `model.conf`.
    """
    components = [
        _trained(component, weights)
        for component in base.components
        if "-xent" not in component.name
    ]
    outputs = len(UNITS) + 1
    bias = np.zeros(outputs, np.float32)
    bias[0] = -blank_penalty
    components += [_log_softmax(outputs), _bias(bias)]
    (folder / "am").mkdir(parents=True, exist_ok=True)
    (folder / "conf").mkdir(exist_ok=True)
    (folder / "am" / "final.mdl").write_bytes(
        b"\0B"
        + transition_model(len(UNITS))
        + _description(base.description).encode("latin1")
        + token("<NumComponents>")
        + kaldi.integer(len(components))
        + b"".join(components)
        + token("</Nnet3>")
        + token("<LeftContext>")
        + kaldi.integer(CONTEXT)
        + token("<RightContext>")
        + kaldi.integer(CONTEXT)
        + token("<Priors>")
        + kaldi.vector(np.zeros(0, np.float32))
    )
    (folder / "conf" / "mfcc.conf").write_text(_MFCC)
    (folder / "conf" / "model.conf").write_text(decoding)


def _description(lines: str) -> str:
    """Without i-vector and cross-entropy branch; with a log-softmax and a bias at the end."""
    kept = []
    for line in lines.split("\n"):
        if "name=ivector" in line or "-xent" in line:
            continue
        if "component-node name=lda" in line:
            spliced = "Append(Offset(input, -1), input, Offset(input, 1))"
            kept.append(f"component-node name=lda component=lda input={spliced}")
        elif line.startswith("output-node name=output "):
            for name, source in (("logsoftmax", "affine"), ("bias", "logsoftmax")):
                kept.append(
                    f"component-node name=output.{name} component=output.{name} "
                    f"input=output.{source}"
                )
            kept.append("output-node name=output input=output.bias objective=linear")
        else:
            kept.append(line)
    return "\n".join(kept)


def _trained(component: Component, weights: Mapping[str, Floats]) -> bytes:
    """The component's bytes with the weights of our network."""
    name = component.name
    layer, _, part = name.partition(".")
    if name == "lda":
        return _fixed_affine(name, weights["lda"], weights["lda_bias"])
    if name == "output.affine":
        return _fixed_affine(name, weights["output.weight"], weights["output.bias"])
    single = {
        "prefinal-l": "prefinal",
        "prefinal-chain.linear": "narrow",
    }
    if name in single:
        return component.replaced({"<Params>": kaldi.matrix(weights[f"{single[name]}.weight"])})
    prefix = {"tdnn1.affine": "first", "prefinal-chain.affine": "chain"}.get(name, "")
    if layer.startswith("tdnnf") and part in ("linear", "affine"):
        prefix = f"layers.{int(layer.removeprefix('tdnnf')) - 2}.{part}"
    if not prefix:
        return component.raw
    arrays = {"<LinearParams>": kaldi.matrix(weights[f"{prefix}.weight"])}
    if f"{prefix}.bias" in weights:
        arrays["<BiasParams>"] = kaldi.vector(weights[f"{prefix}.bias"])
    return component.replaced(arrays)


def _fixed_affine(name: str, matrix: Floats, bias: Floats) -> bytes:
    return (
        token("<ComponentName>")
        + token(name)
        + token("<FixedAffineComponent>")
        + token("<LinearParams>")
        + kaldi.matrix(matrix)
        + token("<BiasParams>")
        + kaldi.vector(bias)
        + token("</FixedAffineComponent>")
    )


def _log_softmax(outputs: int) -> bytes:
    nothing = kaldi.vector(np.zeros(0, np.float32))
    return (
        token("<ComponentName>")
        + token("output.logsoftmax")
        + token("<LogSoftmaxComponent>")
        + token("<Dim>")
        + kaldi.integer(outputs)
        + token("<ValueAvg>")
        + nothing
        + token("<DerivAvg>")
        + nothing
        + b"".join(
            token(field) + kaldi.double(0)
            for field in ("<Count>", "<NumDimsSelfRepaired>", "<NumDimsProcessed>")
        )
        + token("</LogSoftmaxComponent>")
    )


def _bias(bias: Floats) -> bytes:
    return (
        token("<ComponentName>")
        + token("output.bias")
        + token("<FixedBiasComponent>")
        + token("<Bias>")
        + kaldi.vector(bias)
        + token("</FixedBiasComponent>")
    )
