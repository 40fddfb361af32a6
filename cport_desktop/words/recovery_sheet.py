"""The sheet on which a recovery code is kept, and what is said when one is shown."""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.words.tongue import tr

CODE_LINE = "Code:"
"""The same in every language, so that a sheet made in one is read in another."""

SHOW_ONCE = tr(
    "This recovery code opens the vault when everything else is lost. It is shown this once: write it down, or print it, and keep it away from this machine."
)
TYPE_BACK = tr("Type it back, so that it is known to be right:") + " "
NOT_AS_SHOWN = tr("That is another code. The right one is above.")


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What stands on a sheet beside the code."""

    vault: str
    slot: str
    analyst: str
    made_at: str


def sheet(code: str, facts: SheetFacts) -> str:
    """The text for paper. Whoever has it can open the vault: it says so."""
    return tr(
        """RECOVERY CODE OF A VAULT (CPORT Desktop)

{code_line} {code}

Vault:   {vault}
Slot:    {slot}
Analyst: {analyst}
Made:    {made_at}

Whoever has this sheet and the vault’s folder can open it. Print it, put it in a sealed envelope
into a safe, and destroy this file. To open the vault with it:

    cport --vault VAULT --recovery-code vault status        (asks for the code)
    cport --vault VAULT --recovery-code-file FILE vault status

The letters I, L, O and U do not occur. The fifth character of each group checks the group. When
the code was used, remove its slot and make a new one: cport vault slots change "{slot}"
""",
        code_line=CODE_LINE,
        code=code,
        vault=facts.vault,
        slot=facts.slot,
        analyst=facts.analyst,
        made_at=facts.made_at,
    )


def code_in(text: str) -> str:
    """The code on a sheet; `text` itself if it is no sheet."""
    for line in text.splitlines():
        if line.strip().startswith(CODE_LINE):
            return line.strip().removeprefix(CODE_LINE)
    return text
