"""The allocation key: how an envelope is shared out among the Member States.

Pure arithmetic on `Decimal`; no models, no clock, no money rounded on the way. Article 6(1) of
Regulation (EU) No 513/2014 shares the money by population, territory, passengers, cargo and,
inversely, by the gross domestic product per inhabitant.

Recomputed from the inputs that Annex III prints, each published amount comes back within
`TOLERANCE`: the Annex was worked out with figures more precise than those it prints.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext

CENT = Decimal("0.01")
TOLERANCE = Decimal("6.09")
HUNDRED = Decimal(100)
COMPONENTS = ("population", "territory", "passengers", "cargo", "gdp")


@dataclass(frozen=True)
class Inputs:
    """What is known about one Member State; every figure as the statistics give it."""

    population: Decimal
    territory_km2: Decimal
    passengers_air: Decimal
    passengers_sea: Decimal
    cargo_air_t: Decimal
    cargo_sea_t: Decimal
    gdp_per_capita: Decimal

    @classmethod
    def of(cls, figures: Mapping) -> "Inputs":
        return cls(**{name: Decimal(str(figures[name])) for name in INPUT_NAMES})

    def __post_init__(self):
        for name in INPUT_NAMES:
            require_usable(name, getattr(self, name))

    def weight(self, component: str) -> Decimal:
        return WEIGHTS[component](self)


INPUT_NAMES = tuple(field.name for field in fields(Inputs))

WEIGHTS = {
    "population": lambda inputs: inputs.population,
    "territory": lambda inputs: inputs.territory_km2,
    "passengers": lambda inputs: inputs.passengers_air + inputs.passengers_sea,
    "cargo": lambda inputs: inputs.cargo_air_t + inputs.cargo_sea_t,
    # the poorer the Member State, the larger its share
    "gdp": lambda inputs: 1 / inputs.gdp_per_capita,
}


@dataclass(frozen=True)
class Share:
    """What the key gives one Member State, by component and in all."""

    code: str
    components: Mapping[str, Decimal]
    amount: Decimal


@dataclass(frozen=True)
class Effect:
    """One Member State before and after a change of inputs."""

    code: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before


def allocate(inputs: Mapping[str, Inputs], *, total: Decimal, shares: Mapping[str, Decimal]) -> dict[str, Share]:
    """Share `total` out by the key; `shares` are per cent and add up to 100.

    Every amount is rounded to the cent, so the sum may miss `total` by half a cent for each
    component of each Member State, never by more.
    """
    require_whole_key(shares)
    with localcontext(prec=50):
        columns = {name: column(inputs, name, total * shares[name] / HUNDRED) for name in shares}
        return {code: share_of(code, columns) for code in inputs}


def column(inputs: Mapping[str, Inputs], component: str, envelope: Decimal) -> dict[str, Decimal]:
    """The envelope of one component, in proportion to the weights."""
    weights = {code: figures.weight(component) for code, figures in inputs.items()}
    whole = sum(weights.values())
    if not whole:
        raise ValueError(f"Nobody has any {component}: this part of the key cannot be shared out.")
    return {code: envelope * weight / whole for code, weight in weights.items()}


def share_of(code: str, columns: Mapping[str, Mapping[str, Decimal]]) -> Share:
    exact = {name: amounts[code] for name, amounts in columns.items()}
    cents = {name: to_cent(amount) for name, amount in exact.items()}
    return Share(code=code, components=cents, amount=to_cent(sum(exact.values())))


def effect_of(
    inputs: Mapping[str, Inputs],
    changes: Mapping[str, Mapping[str, Decimal]],
    *,
    total: Decimal,
    shares: Mapping[str, Decimal],
) -> list[Effect]:
    """What every Member State would gain or lose if some inputs were different."""
    before = allocate(inputs, total=total, shares=shares)
    after = allocate(changed(inputs, changes), total=total, shares=shares)
    return [Effect(code, before[code].amount, after[code].amount) for code in inputs]


def changed(inputs: Mapping[str, Inputs], changes: Mapping[str, Mapping[str, Decimal]]) -> dict[str, Inputs]:
    if unknown := changes.keys() - inputs.keys():
        raise ValueError(f"The key does not know {', '.join(sorted(unknown))}.")
    return {code: replace(own, **changes.get(code, {})) for code, own in inputs.items()}


def to_cent(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def require_usable(name: str, value: Decimal):
    if not value.is_finite() or value < 0:
        raise ValueError(f"{name} must be a number that is not negative.")
    if name == "gdp_per_capita" and value == 0:
        raise ValueError(f"{name} must be above zero: the key divides by it.")


def require_whole_key(shares: Mapping[str, Decimal]):
    if unknown := set(shares) - set(COMPONENTS):
        raise ValueError(f"The key does not know {', '.join(sorted(unknown))}.")
    if total_of(shares.values()) != HUNDRED:
        raise ValueError("The shares of the key must add up to 100 per cent.")


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
