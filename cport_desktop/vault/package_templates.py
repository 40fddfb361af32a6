"""Templates of packages, as documents under their names; letter case makes no other name."""

from __future__ import annotations

from cport_desktop.domain.package_template import PackageTemplate
from cport_desktop.errors import UnknownReference
from cport_desktop.formats.package_template_file import parse_template, print_template
from cport_desktop.vault.transaction import Reader, Transaction


def listing(reader: Reader) -> tuple[PackageTemplate, ...]:
    """All, by name."""
    found = reader.connection.execute("SELECT document FROM package_template ORDER BY folded")
    return tuple(parse_template(document) for (document,) in found)


def find(reader: Reader, name: str) -> PackageTemplate:
    """The one of this name.

    Raises:
        UnknownReference: there is none.
    """
    row = reader.connection.execute(
        "SELECT document FROM package_template WHERE folded = ?", (name.casefold(),)
    ).fetchone()
    if row is None:
        raise UnknownReference(kind="template of packages", reference=name)
    return parse_template(row[0])


def keep(tx: Transaction, template: PackageTemplate) -> None:
    """It is kept, in the place of one of the same name. The caller adds the entry."""
    tx.connection.execute(
        "INSERT OR REPLACE INTO package_template (folded, document) VALUES (?, ?)",
        (template.name.casefold(), print_template(template)),
    )


def remove(tx: Transaction, name: str) -> None:
    """None of this name is kept any more. The caller adds the entry."""
    tx.connection.execute("DELETE FROM package_template WHERE folded = ?", (name.casefold(),))
