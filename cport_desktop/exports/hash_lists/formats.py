"""The formats that hash lists leave in, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.exports.hash_lists.lines import MD5SUM, PDQ
from cport_desktop.exports.hash_lists.misp import MISP
from cport_desktop.exports.hash_lists.stix import STIX
from cport_desktop.exports.hash_lists.tables import CSV, ICSE
from cport_desktop.exports.hash_lists.tally import ListFormat
from cport_desktop.exports.hash_lists.vics import VICS_1_3, VICS_2_0

FORMATS: Final[Mapping[str, ListFormat]] = {
    one.name: one for one in (MD5SUM, CSV, ICSE, VICS_2_0, VICS_1_3, STIX, MISP, PDQ)
}
