"""Formulas in running text: a letter, a number, a short equation are words of a sentence, anything more is a hole.

Pure. Used by `tags` for `<math>` and by the tellers of templates for {{math}}.
"""

# ruff: noqa: RUF001 - signs of mathematics look like letters

from __future__ import annotations

import re

from article_data.wikitext.extract import HOLE
from article_data.wikitext.scripts import lowered, raised

_COMMANDS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ",
    "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    "times": "×", "cdot": "·", "pm": "±", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠",
    "approx": "≈", "infty": "∞", "hbar": "ħ", "ell": "ℓ", "circ": "°", "to": "→", "rightarrow": "→",
}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
_SPACING = re.compile(r"\\[,;:! ]|~|\\(?:displaystyle|textstyle|quad|left|right)\b")
_LETTERING = re.compile(
    r"\\(?:mathrm|mathbf|mathit|text|textrm|mathcal|mathbb|boldsymbol|operatorname)\s*\{([\w ]{1,20})\}"
)
_BRACED = re.compile(r"([_^])\{([\w+\-]{1,6})\}")
_SCRIPT = re.compile(r"([_^])([\w+\-]{1,6})")
_PLAIN = re.compile(r"[\w\s+\-−=*/.,:()°!'⁰-₎¹²³ⁿ×·±≤≥≠≈∞→ħℓ]*")
LONGEST_CHARS = 80
"""A longer formula is never words of a sentence."""


def told(source: str) -> str:
    """Write a short TeX formula as plain text ("E = mc²", "π"), or a HOLE if that would lose its meaning."""
    if len(source) > LONGEST_CHARS:
        return HOLE
    text = _LETTERING.sub(r"\1", _SPACING.sub(" ", source))
    text = _COMMAND.sub(lambda command: _COMMANDS.get(command[1], "\\"), text)
    text = _SCRIPT.sub(_script, _BRACED.sub(_script, text))
    text = " ".join(text.replace("-", "−").split())
    return text if text and HOLE not in text and _PLAIN.fullmatch(text) else HOLE


def _script(match: re.Match[str]) -> str:
    # TeX gives a bare ^ or _ one character only; more of them without braces are ordinary text after it.
    braced = match.re is _BRACED
    content, rest = (match[2], "") if braced else (match[2][0], match[2][1:])
    if match[1] == "_":
        return lowered(content) + rest
    return raised(content if len(content) == 1 or not content.isalpha() else "?") + rest
