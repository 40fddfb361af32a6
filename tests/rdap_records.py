"""Records of registration as RDAP has them (RFC 9083), synthetic: reserved names, nobody in them."""

from __future__ import annotations

import json
from typing import Final

REGISTRANT: Final = "Synthetic Registrant 17"


def card(*lines: tuple[str, str]) -> list[object]:
    """A jCard (RFC 7095)."""
    return [
        "vcard",
        [["version", {}, "text", "4.0"], *([name, {}, "text", told] for name, told in lines)],
    ]


def a_record(domain: str, **members: object) -> bytes:
    """What a registrar might say of `domain`."""
    abuse = {
        "objectClassName": "entity",
        "roles": ["abuse"],
        "vcardArray": card(
            ("fn", "Misuse Desk"), ("email", "abuse@registrar.example"), ("tel", "tel:+1.5550100")
        ),
    }
    record = {
        "rdapConformance": ["rdap_level_0"],
        "objectClassName": "domain",
        "handle": "D-17",
        "ldhName": domain.upper(),
        "status": ["active", "client transfer prohibited"],
        "events": [
            {"eventAction": "registration", "eventDate": "2020-01-01T00:00:00Z"},
            {"eventAction": "expiration", "eventDate": "2027-01-01T00:00:00Z"},
        ],
        "nameservers": [{"objectClassName": "nameserver", "ldhName": "ns1.host.example"}],
        "entities": [
            {
                "objectClassName": "entity",
                "roles": ["registrant"],
                "vcardArray": card(("fn", REGISTRANT)),
            },
            {
                "objectClassName": "entity",
                "roles": ["registrar"],
                "vcardArray": card(
                    ("fn", "Example Registrar"), ("email", "sales@registrar.example")
                ),
                "entities": [abuse],
            },
        ],
    }
    return json.dumps({**record, **members}).encode()
