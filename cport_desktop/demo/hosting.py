"""Where things were hosted: sites, addresses and URLs, all from ranges set aside for examples.

A site is a number; its name, country, provider, addresses and the shape of its paths follow
from the seed and that number, and low numbers come up far more often than high ones. So the
same domains, addresses and path patterns return in report after report, as they do in life,
and remembering across reports has something to find.

Names end in `.example`, `.test` or `.invalid` (RFC 2606); addresses are those of RFC 5737 and
RFC 3849, autonomous systems those of RFC 5398.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cport_desktop.demo.dice import Dice
from cport_desktop.demo.names import WORDS
from cport_desktop.demo.proportions import COUNTRIES_ABROAD
from cport_desktop.domain.report import Hosting

SITES: Final = 20_000
"""How many sites there are."""

_HEAD: Final = 20
"""The first so many sites have a tenth of all reports, the first of them 0.7 %."""

_V4_RANGES: Final = ("192.0.2", "198.51.100", "203.0.113")
_FIRST_AS: Final = 64496
_AS_COUNT: Final = 16
_ENDINGS: Final = ("example", "example", "example", "example", "test", "test", "invalid")

_SCRIPT_NAMES: Final = ("דוגמה", "مثال", "مبنى", "שלט", "параграф", "δείγμα", "見本", "beispiel-ä")
"""Words for «example», «sample», «building», «sign», «paragraph»; the first four are written
from right to left."""

_SHARE_AT_HOME: Final = 0.76


@dataclass(frozen=True, slots=True)
class Site:
    """A site as reports meet it; `domain` as URLs spell it (A-label or U-label)."""

    number: int
    domain: str
    country: str | None
    provider_number: int
    is_delivery_network: bool
    has_v6: bool
    path_shape: int


def site_number(dice: Dice) -> int:
    """A site, as popularity goes: each is met about as often as its number is low (Zipf)."""
    return int(_HEAD * ((SITES + _HEAD) / _HEAD) ** dice.fraction()) - _HEAD


def site(seed: int, number: int, jurisdiction: str) -> Site:
    """Site `number` of the scenario with `seed`, as seen from `jurisdiction`."""
    dice = Dice(seed, "site", number)
    at_home = dice.happens(_SHARE_AT_HOME)
    abroad = dice.pick(COUNTRIES_ABROAD)
    return Site(
        number=number,
        domain=_domain(dice, number),
        country=None if dice.happens(0.01) else jurisdiction if at_home else abroad,
        provider_number=dice.between(1, 24),
        is_delivery_network=dice.happens(0.08),
        has_v6=dice.happens(0.18),
        path_shape=dice.below(len(_PATHS)),
    )


def hosting(site: Site, dice: Dice) -> Hosting:
    """Where one URL of `site` was hosted; each part is unknown now and then."""
    knows_network = not dice.happens(0.04)
    autonomous_system = _FIRST_AS + site.provider_number % _AS_COUNT
    provider = f"Test Net {site.provider_number}"
    return Hosting(
        country=site.country,
        ip_address=None if dice.happens(0.03) else _address(site, dice),
        provider=provider if knows_network else None,
        autonomous_system=autonomous_system if knows_network else None,
        organization=_organization(site, provider) if knows_network else None,
        is_delivery_network=site.is_delivery_network,
    )


def page_url(site: Site, dice: Dice) -> str:
    """The address of a page on `site`."""
    return f"{_scheme(dice)}://{_host(site, dice)}{_path(site, dice)}"


def file_url(site: Site, dice: Dice, extension: str) -> str:
    """The address of a file embedded in a page of `site`."""
    folder = dice.of(("img", "images", "i", "media", "upload", "static/full", "cdn-cgi/i"))
    name = f"{dice.bits():016x}"[: dice.of((8, 10, 12, 16))]
    host = f"img{dice.between(1, 4)}.{site.domain}" if dice.happens(0.4) else site.domain
    return f"{_scheme(dice)}://{host}/{folder}/{dice.of(WORDS)}/{name}{extension}"


def _domain(dice: Dice, number: int) -> str:
    ending = dice.of(_ENDINGS)
    if number % 40 == 7:
        label = f"{dice.of(_SCRIPT_NAMES)}{number}"
        return f"{label}.{ending}" if dice.happens(0.5) else f"{a_label(label)}.{ending}"
    joint = dice.of(("-", "", ""))
    return f"{dice.of(WORDS)}{joint}{dice.of(WORDS)}{number or ''}.{ending}"


def a_label(label: str) -> str:
    """`label` as the name system writes it: `xn--…` (RFC 3492)."""
    return "xn--" + label.encode("punycode").decode("ascii")


def _address(site: Site, dice: Dice) -> str:
    last = site.number * 7 % 254 + 1
    if site.has_v6 and dice.happens(0.7):
        return f"2001:db8:{site.provider_number:x}:{site.number % 65536:x}::{last:x}"
    return f"{_V4_RANGES[site.provider_number % 3]}.{last}"


def _organization(site: Site, provider: str) -> str:
    return f"{provider} Delivery" if site.is_delivery_network else f"{provider} Hosting B.V."


def _scheme(dice: Dice) -> str:
    return "http" if dice.happens(0.12) else "https"


def _host(site: Site, dice: Dice) -> str:
    kind = dice.below(10)
    if kind < 4:
        return f"www.{site.domain}"
    if kind == 9:
        return f"{dice.of(WORDS)}.{site.domain}"
    return site.domain


_PATHS: Final = (
    "/gallery/{word}/{small}/",
    "/view.php?id={large}",
    "/forum/viewtopic.php?f={small}&t={large}",
    "/{word}/{other}/{large}.html",
    "/b/res/{large}",
    "/album/{hex}",
    "/?page={small}&tag={word}%20{other}",
    "/u/{word}{small}/posts/{large}#item-{small}",
    "/download/{hex}/{word}_{other}.zip",
)


def _path(site: Site, dice: Dice) -> str:
    # Most pages of a site look alike; one in nine does not.
    shape = dice.below(len(_PATHS)) if dice.happens(0.11) else site.path_shape
    path = _PATHS[shape].format(
        word=dice.of(WORDS),
        other=dice.of(WORDS),
        small=dice.between(1, 60),
        large=dice.between(1_000, 999_999),
        hex=f"{dice.bits():016x}",
    )
    if dice.happens(0.01):
        # As long as addresses get: many tools stop at 2,048 characters.
        return f"{path}{'&' if '?' in path else '?'}trace={'synthetic' * 200}"
    return path
