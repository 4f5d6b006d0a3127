"""Coordinates as pages write them, in degrees.

Pure; called by `reading` for {{coord}} and by `infobox` for its parameters.
"""

# ruff: noqa: RUF001 - the minus sign

from __future__ import annotations

from article_data.wikitext.arguments import Arguments

Coordinates = tuple[float, float]
_DECIMALS = 6
_SIGNS = {"N": 1, "S": -1, "E": 1, "W": -1, "O": 1}


def of_template(arguments: Arguments) -> Coordinates | None:
    """{{coord|48|12|N|16|21|E}}, with degrees alone, minutes or seconds, or {{coord|48.2|-16.35}}."""
    numbers: list[float] = []
    halves: list[tuple[list[float], int]] = []
    for text in arguments.all():
        sign = _SIGNS.get(text.upper())
        if sign is not None and numbers:
            halves.append((numbers, sign))
            numbers = []
        elif (number := _number(text)) is not None:
            numbers.append(number)
        elif text:
            break
    if len(halves) == 2:
        return _checked(_degrees(*halves[0]), _degrees(*halves[1]))
    return _checked(numbers[0], numbers[1]) if not halves and len(numbers) == 2 else None


def of_infobox(values: dict[str, str]) -> Coordinates | None:
    """`latd`, `latm`, `lats`, `latNS` and their like, or `latitude` and `longitude` in decimals."""
    for latitude, longitude in _NAMES:
        north, east = _half(values, latitude, "NS"), _half(values, longitude, "EW")
        if north is not None and east is not None:
            return _checked(north, east)
    return None


_NAMES = (("lat", "long"), ("lat_", "long_"), ("lat_", "lon_"), ("lat", "lon"), ("latitude", "longitude"))
_DEGREES = ("d", "deg", "degrees", "")
_MINUTES = ("m", "min", "minutes")
_SECONDS = ("s", "sec", "seconds")


def _half(values: dict[str, str], name: str, sides: str) -> float | None:
    degrees = _part(values, name, _DEGREES)
    if degrees is None:
        return None
    parts = [degrees, _part(values, name, _MINUTES) or 0.0, _part(values, name, _SECONDS) or 0.0]
    side = values.get(name + sides.lower()) or values.get(f"{name}direction") or ""
    return _degrees(parts, _SIGNS.get(side.strip().upper()[:1], 1))


def _part(values: dict[str, str], name: str, endings: tuple[str, ...]) -> float | None:
    for ending in endings:
        value = values.get(name + ending)
        if value and (number := _number(value)) is not None:
            return number
    return None


def _number(text: str) -> float | None:
    text = text.strip().replace("−", "-").rstrip("°")
    if len(text) > 20 or not text.lstrip("+-").replace(".", "", 1).isdecimal():
        return None
    return float(text)


def _degrees(parts: list[float], sign: int) -> float:
    whole = abs(parts[0]) + sum(part / divisor for part, divisor in zip(parts[1:3], (60, 3600), strict=False))
    return sign * (-whole if parts[0] < 0 else whole)


def _checked(north: float, east: float) -> Coordinates | None:
    if abs(north) > 90 or abs(east) > 360:
        return None
    return round(north, _DECIMALS), round(east, _DECIMALS)
