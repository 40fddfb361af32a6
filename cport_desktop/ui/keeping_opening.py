"""Fills `ui.keeping.Keeping` from the workstation and an open vault: each intention is one use
case, its answer in the window's terms. What they do stands in the four rooms beside this one.
"""

from __future__ import annotations

from collections.abc import Callable

from cport_desktop.bootstrap import Workstation
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.ui.keeping import Keeping
from cport_desktop.ui.keeping_erasures import HoldsAndErasures
from cport_desktop.ui.keeping_keys import KeysAndPeople
from cport_desktop.ui.keeping_log import LogAndAnchors
from cport_desktop.ui.keeping_soundness import Soundness
from cport_desktop.ui.keys_opening import new_recovery_code
from cport_desktop.vault.vault import Vault


def keeping_of(workstation: Workstation, vault: Vault, decoders: Callable[[], Sandbox]) -> Keeping:
    """All that may be asked about one open vault, from any lane."""
    keys = KeysAndPeople(workstation, vault)
    soundness = Soundness(workstation, vault, decoders)
    erasures = HoldsAndErasures(workstation, vault)
    log = LogAndAnchors(vault)
    return Keeping(
        roles=vault.roles,
        health=soundness.health,
        concerns=soundness.concerns,
        slots=keys.slots,
        new_recovery_code=new_recovery_code,
        write_sheet=keys.write_sheet,
        add_slot=keys.add_slot,
        change_secret=keys.change_secret,
        test_slot=keys.test_slot,
        rename_slot=keys.rename_slot,
        remove_slot=keys.remove_slot,
        reseal=keys.reseal,
        kept=soundness.kept,
        back_up=soundness.back_up,
        drill=soundness.drill,
        check=soundness.check,
        rebuild=soundness.rebuild,
        analysts=keys.analysts,
        add_analyst=keys.add_analyst,
        give_roles=keys.give_roles,
        retire=keys.retire,
        due=erasures.due,
        erase_due=erasures.erase_due,
        preview_erasure=erasures.preview_erasure,
        erase=erasures.erase,
        holds=erasures.holds,
        holds_on=erasures.holds_on,
        place_hold=erasures.place_hold,
        release_hold=erasures.release_hold,
        erasures=erasures.erasures,
        save_certificate=erasures.save_certificate,
        save_register=erasures.save_register,
        apply_register=erasures.apply_register,
        anchors=log.anchors,
        diary_code=log.diary_code,
        write_checkpoint=log.write_checkpoint,
        read_audit=log.read_audit,
        verify_audit=log.verify_audit,
        export_audit=log.export_audit,
        erase_particulars=log.erase_particulars,
    )
