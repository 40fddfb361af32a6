"""Every use case asks for a role at its door, or stands on the list of those that need none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.roles import ROLE_FOR, Role

USECASES = Path(__file__).resolve().parents[2] / "cport_desktop" / "usecases"

NEEDS_NO_ROLE = {
    "dossier_acts.record_change": "what a gated use case did with a dossier goes on record",
    "dossier_acts.require_short": "measures a text for a gated use case",
    "dossier_acts.stated": "asks for a text, behind a gate",
    "dossier_acts.unfit": "makes a refusal",
    "import_entries.changes_of": "puts a report of a package into the form of a change, behind a gate",
    "import_entries.items_of": "puts the items of a package into the form of entries, behind a gate",
    "package_order.require_fields": "compares names with those of fields, behind a gate",
    "package_order.require_part_size": "compares a number with two others, behind a gate",
    "package_signers.fit_name": "puts a name into its form, behind a gate",
    "package_signers.kept_entry": "puts a change into its form, behind a gate",
    "package_signers.require_current": "compares the dates of a certificate with now",
    "package_signers.require_room": "compares a number with another, behind a gate",
    "package_standing.files_there": "reads files at paths that a gated use case was given",
    "package_standing.standing_package": "compares a file with the register, in a gated transaction",
    "stamp_package.stamp_path": "the name of a file beside another",
    "stamp_package.stamp_there": "reads a file beside another, for those who verify it",
    "stamp_package.stamp_package": "of a sealed file that left already; nothing but its digest goes, and no vault is open",
    "stamp_package.take_answer": "as stamp_package",
    "stamp_package.write_question": "as stamp_package",
    "asking.asked_of": "puts the text of a question into its form, behind a gated use case",
    "apply_retention.standing_of": "until when one report may be kept, and by which clause",
    "diagnose.diagnose": "looks at the machine, and at a vault's label that anybody can read",
    "diagnose_vault.diagnose_vault": "how the vault is kept, without content, for whoever opened it",
    "disclosing.enter_operations": "enters what a gated exchange sends",
    "disclosing.new_disclosure_id": "a random number",
    "erase.by_order": "puts a reason into its form",
    "erase.certificate_of": "numbers of what was erased, and why; handing it out is gated",
    "erase.finish": "takes away what an erasure left in files",
    "erase.list_erasures": "when something was erased and why, in numbers",
    "erase.new_erasure_id": "a random number",
    "exposure.avoided": "one's own views avoided, sealed with one's own key",
    "exposure.clear": "one's own looking, sealed with one's own key",
    "exposure.count_look": "one's own looking, sealed with one's own key",
    "exposure.own_exposure": "one's own looking, sealed with one's own key",
    "exposure.require_ledger": "asks for a personal key",
    "exposure_breaks.cause_of": "puts figures into a sentence",
    "exposure_breaks.choose_figures": "one's own figures, sealed with one's own key",
    "exposure_breaks.end_of": "puts a moment into a sentence",
    "exposure_breaks.put_off": "one's own break",
    "exposure_breaks.require_no_break": "a gate of the unit's own, behind that of a role",
    "exposure_breaks.standing_now": "one's own looking, sealed with one's own key",
    "exposure_weeks.givable": "one's own looking, sealed with one's own key",
    "exposure_weeks.give_week": "one's own looking, given without a name",
    "exposure_weeks.last_week": "counts days",
    "exposure_weeks.unit_weeks": "sums that name nobody, of five givers at least",
    "freshness.freshness_now": "when the portal was last heard",
    "freshness.hearing_of": "when the portal was last heard",
    "freshness.survey_freshness": "when the portal was last heard, and of what",
    "hold_items.holds_on": "whoever is kept from erasing must see why, and by whom",
    "hold_items.list_holds": "whoever is kept from erasing must see why, and by whom",
    "inspect_vault.status_of": "counts and sizes of what somebody has opened already",
    "inspect_vault.check_vault": "whoever opens a vault may find out that it is damaged",
    "inspect_vault.digest_of": "one value that tells nothing but whether two vaults are equal",
    "keep_aside.keep_aside": "seals rubbish that a gated exchange received",
    "keep_checkpoint.give_diary_code": "a head of the log tells how many entries there are",
    "keep_checkpoint.write_checkpoint": "a head of the log tells how many entries there are",
    "keep_drafts.keep_draft": "one's own words, sealed with one's own key",
    "keep_drafts.end_with_act": "one's own draft, in the transaction of a gated act",
    "keep_drafts.drafts": "one's own words, sealed with one's own key",
    "known_by_sight.by_sight": "compares digests that a gated use case read",
    "list_kinds.kinds_of": "kinds of files, for a gated use case",
    "list_kinds.way_of": "looks at the beginning of a file, for a gated use case",
    "list_screen.no_pictures": "an empty index",
    "list_screen.pictures_of": "an index of digests that a gated use case read",
    "match_known.looked_up": "digests in, numbers of entries out; for a gated use case",
    "manage_analysts.list_analysts": "whoever is refused something must see whom to ask",
    "manage_slots.list_slots": "anybody may see which ways in there are, and whose they are",
    "manage_slots.add_slot": "one's own slots; an administrator's role is asked for others'",
    "manage_slots.opens": "one's own slots; an administrator's role is asked for others'",
    "manage_slots.rename_slot": "one's own slots; an administrator's role is asked for others'",
    "manage_slots.change_secret": "one's own slots; an administrator's role is asked for others'",
    "manage_slots.remove_slot": "one's own slots; an administrator's role is asked for others'",
    "overview.enrolment_of": "the bond itself: each exchange is gated where it speaks",
    "overview.freshness": "when the portal was last heard",
    "overview.tallies": "counters of the rail, without content",
    "permission.require": "the gate itself",
    "permission.require_one_of": "the gate itself",
    "permission.require_purpose": "asks for a purpose, behind a gate",
    "agreement_state.age_of": "counts days",
    "agreement_state.agreement_notice": "whoever is kept from something must see why",
    "agreement_state.agreement_state": "whoever is kept from something must see why",
    "agreement_state.all_versions": "whoever is kept from something must see why",
    "agreement_state.functions_allowed": "what to offer, without content",
    "agreement_state.levels_allowed": "what to offer, without content",
    "agreement_state.levels_with_reason": "what to offer, without content",
    "explain_agreement.explain_action": "whoever is kept from something must see why",
    "media_leave.may_come": "the agreement's gate before a gated exchange",
    "package_choice.chosen_reports": "chooses for a gated use case, by one that is gated itself",
    "package_choice.chosen_without": "takes parts away from what a gated use case found",
    "package_choice.may_go": "looks at an item that a gated use case found",
    "package_forecast.foreseen_package": "counts what a gated use case found",
    "package_leave.foresee": "asks for a gated use case",
    "package_leave.kinds_of": "sorts words",
    "package_leave.leave_for": "the agreement's gate behind a gated use case",
    "package_media.packed_media": "gathers files for a gated use case",
    "package_order.require_sound": "looks at an order by itself",
    "package_redacting.draw_anew": "draws copies for a gated use case",
    "package_redacting.original_of": "reads a file for a gated use case",
    "package_redacting.applied": "takes parts away from what a gated use case found",
    "package_entries.departure_entry": "puts into the register's form what a gated use case lets go",
    "redaction_reach.reaches_nothing": "whether any redaction is kept at all",
    "redaction_reach.reach_of": "looks at an order and at what a gated use case found",
    "redaction_reach.spread": "looks at an order and at what a gated use case found",
    "redaction_reach.require_drawable": "looks at one item for a gated use case",
    "package_writing.require_free": "looks at a folder",
    "package_writing.written_package": "writes for a gated use case that has leave",
    "allowance.require_allowed": "the agreement's gate itself",
    "allowance.require_answer": "the agreement's gate itself",
    "apply_update.apply_update": "what this account runs and came with; no vault is open",
    "apply_update.check_update": "as apply_update",
    "apply_update.file_name": "what a file is called",
    "prove_version.prove_version": "tries itself out with a vault of its own that nobody has",
    "update_place.place_here": "what this account runs and came with; no vault is open",
    "update_standing.roll_back": "as apply_update",
    "update_standing.update_standing": "as apply_update",
    "freshness.portal_said": "when the portal was last heard",
    "unit_rules.decoding_terms": "what a decoder may decode: everybody keeps to it",
    "unit_rules.formats_allowed": "what a decoder may decode: everybody keeps to it",
    "unit_rules.list_rules": "everybody may read the rules that bind them",
    "unit_rules.media_rules": "what a decoder may decode: everybody keeps to it",
    "work_record.entry_of": "puts an entry into its form, behind a gated use case",
    "tag_things.tag_name": "puts a name into its form",
    "withhold.dossier_without": "takes parts away from what a gated use case found",
    "withhold.is_askable": "compares a field with an agreement that a gated use case holds",
    "withhold.is_countable": "compares a column with an agreement that a gated use case holds",
    "withhold.without_asking": "compares a query with an agreement that a gated use case holds",
    "allowance.withheld_from": "reads an agreement that a gated use case holds",
    "permission.stated_reason": "asks for a reason, behind a gate",
    "read_audit.latest_anchors": "who keeps heads of the log, and of which length",
    "read_audit.verify_audit": "whoever opens a vault may check that its log was not altered",
    "rekey_vault.rekey_vault": "no vault is open yet: it asks for the role of the slot inside",
    "restore_vault.restore_vault": "no vault is open yet: it asks as soon as the copy is",
    "rebuild_derivatives.missing_of": "what could be made again, in numbers of media items",
    "rebuild_derivatives.rebuild_one": "makes again what can be derived; shows nothing",
    "rebuild_derivatives.rebuild_derivatives": "makes again what can be derived; shows nothing",
    "reveal_media.end_reveal": "records the end of a look that was granted",
    "share_hands.put_on_record": "enters what a gated exchange tells",
    "check_domain.decision_on": "what the portal decided about one domain, behind a gate",
    "check_domain.pauses": "what gives pause about one domain, behind a gate",
    "domain_rules.settle_domain_rules": "puts in the public lists that came with the program",
    "list_dossiers.first_reviewer": "the agency of the agreement, behind a gate",
    "list_dossiers.shown": "one dossier within a transaction, behind a gate",
    "view_media.end_viewing": "records the end of a look that was granted",
}


def use_cases() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(USECASES.glob("*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{path.stem}.{node.name}", node


def role_asked_for(function: ast.FunctionDef) -> str | None:
    """`X` of `require(…, Role.X)`, if that is the first thing that the function does."""
    first = function.body[1] if ast.get_docstring(function) else function.body[0]
    match first:
        case ast.Expr(
            ast.Call(
                func=ast.Name(id="require" | "require_one_of"),
                args=[_, ast.Attribute(value=ast.Name(id="Role"), attr=role), *_],
            )
        ):
            return role
    return None


@pytest.mark.parametrize(
    ("name", "function"), [pytest.param(name, node, id=name) for name, node in use_cases()]
)
def test_a_use_case_asks_for_a_role_before_it_does_anything(name, function):
    role = role_asked_for(function)
    if name in NEEDS_NO_ROLE:
        assert role is None, (
            f"{name} stands on the list of those that need no role, and asks for one"
        )
    else:
        assert role is not None, f"{name} has no gate: require(vault, Role.…) comes first"
        assert role in Role.__members__


def test_the_list_of_those_without_a_gate_names_nobody_that_is_gone():
    assert set(NEEDS_NO_ROLE) <= {name for name, _ in use_cases()}


@pytest.mark.parametrize(
    "source",
    [
        "def f(vault):\n    x = 1\n    require(vault, Role.ANALYST)",
        "def f(vault):\n    'says so'\n    return vault",
        "def f(vault):\n    if vault:\n        require(vault, Role.ANALYST)",
        "def f(vault):\n    require(vault)",
    ],
)
def test_a_gate_that_is_missing_late_or_conditional_is_noticed(source):
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    assert role_asked_for(function) is None


def test_every_role_is_needed_for_something():
    assert set(ROLE_FOR.values()) == set(Role)
