"""How far people who coded the same answers agree. See `docs/methods/agreement.md`."""

from folkmoot.core.agreement.alpha import Distance, krippendorff_alpha, masi_distance
from folkmoot.core.agreement.pairs import (
    Agreement,
    ThemeAgreement,
    cohen_kappa,
    theme_agreement,
)

__all__ = [
    "Agreement",
    "Distance",
    "ThemeAgreement",
    "cohen_kappa",
    "krippendorff_alpha",
    "masi_distance",
    "theme_agreement",
]
