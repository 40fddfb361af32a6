"""Fills the window's desk from the workstation: each intention is one use case.

This is the only room of the window that knows use cases. A session owns what it opened (the
vault, the decoders' children) and lets go of all of it when it is locked.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftKind, DraftPlace
from cport_desktop.domain.enrolment import EnrolmentAnswer
from cport_desktop.domain.ids import ContentId, MediaId, ReportId
from cport_desktop.domain.media_item import RevealLevel
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.errors import Cancelled, NotEnrolled
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.media.self_test import self_test
from cport_desktop.settings import scale
from cport_desktop.ui import app
from cport_desktop.ui.acting_opening import hotline_acts_of
from cport_desktop.ui.buses import buses_of
from cport_desktop.ui.charting_opening import charting_of
from cport_desktop.ui.code_lists import spoken
from cport_desktop.ui.desk import Desk, Reveal, RevealTerms, Session, Tallies
from cport_desktop.ui.exchanging_opening import exchanging_of
from cport_desktop.ui.exchanging_roads import freshness_of
from cport_desktop.ui.exposing_opening import exposing_of, rules_of_unit
from cport_desktop.ui.finding_opening import finding_of
from cport_desktop.ui.foundry_opening import PROGRAM
from cport_desktop.ui.keeping_opening import keeping_of
from cport_desktop.ui.keys import DoorSlot, Key, KeyKind, OpeningOrder
from cport_desktop.ui.keys_opening import secret_of
from cport_desktop.ui.knowing_opening import knowing_of
from cport_desktop.ui.likening_opening import likening_of
from cport_desktop.ui.memory_use import give_back
from cport_desktop.ui.named_files import path_named
from cport_desktop.ui.packing_opening import Packages
from cport_desktop.ui.playing_opening import OpenItems
from cport_desktop.ui.portal_acts_opening import portal_acts_of
from cport_desktop.ui.recalling_opening import recalling_of
from cport_desktop.ui.redacting_opening import redacting_of
from cport_desktop.ui.rehearsing import Rehearsal
from cport_desktop.ui.renewal import VARIABLE, Renewal, parse_remains, reap_the_dead
from cport_desktop.ui.searching_opening import Searches
from cport_desktop.ui.settling_opening import settling_of
from cport_desktop.ui.shell import Frame
from cport_desktop.ui.signing_opening import signing_of
from cport_desktop.ui.surveying_opening import surveying_of
from cport_desktop.ui.tabling_opening import tabling_of
from cport_desktop.ui.theme import theme_named
from cport_desktop.ui.triaging_opening import triaging_of
from cport_desktop.ui.updating_opening import updating_of
from cport_desktop.ui.working_opening import working_of
from cport_desktop.ui.worst_opening import worst_of
from cport_desktop.usecases import (
    act,
    browse_media,
    keep_drafts,
    overview,
    package_recipients,
    package_templates,
    reveal_media,
    show_report,
    unit_rules,
)
from cport_desktop.usecases.domain_rules import settle_domain_rules
from cport_desktop.usecases.manage_links import link_in_use
from cport_desktop.usecases.rekey_vault import rekey_vault
from cport_desktop.usecases.report_arrays import ReportColumns
from cport_desktop.usecases.synchronise import Exchange, SyncResult, synchronise
from cport_desktop.usecases.take_in import HTTPS
from cport_desktop.vault import header_files
from cport_desktop.vault.label import read_label
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.vault import Vault, open_vault


def open_window(
    workstation: Workstation,
    directory: Path,
    passphrase: str | None,
    *,
    renewal: Renewal,
    environment: Mapping[str, str],
    rehearsal: Rehearsal | None = None,
) -> int:
    """The window on the vault in `directory`; returns when it was closed.

    With a `passphrase` (the demo's) it opens unlocked. `renewal` is how it goes on once it was
    locked; `environment` says where the image before this one stood, and where the buses are.
    `rehearsal` is how to practise.

    Raises:
        NotAVault, VaultDamaged, VaultNewer: there is nothing to unlock.
    """
    app.enlarge(scale(environment))
    label = read_label(directory)
    desk = make_desk(workstation, directory, label.nature, environment=environment)
    settings = workstation.settings
    remains = parse_remains(environment.get(VARIABLE))
    frame = Frame(
        theme=theme_named(settings.theme if remains is None else remains.theme),
        styles=settings.resources / "styles",
        renewal=renewal,
        remains=remains,
        buses=buses_of(environment),
        lock_after_seconds=settings.lock_after_seconds,
        rehearsal=rehearsal,
        manual=settings.manual,
    )
    if remains is not None:
        reap_the_dead()
    return app.run(desk, frame, settings=settings, passphrase=passphrase)


def is_vacant(directory: Path) -> bool:
    """There is nothing in the folder but what an attempt to make or restore a vault there may
    have left.
    """
    layout = Layout(directory)
    if layout.unfinished_restore.is_dir() and not header_files.exist(layout):
        return True
    return layout.unfinished.exists() or not any(directory.iterdir())


def make_desk(
    workstation: Workstation,
    directory: Path,
    nature: Nature,
    *,
    environment: Mapping[str, str] | None = None,
) -> Desk:
    """What a locked window may ask for. `environment` says where this machine keeps its settings."""
    return Desk(
        vault_name=directory.name,
        nature=nature,
        clock=workstation.clock,
        taxonomy=spoken(workstation.taxonomy),
        sandbox_level=partial(_sandbox_level, workstation),
        slots=lambda: tuple(
            DoorSlot(slot.name, KeyKind(slot.kind)) for slot in read_label(directory).slots
        ),
        open=partial(_open, workstation, directory, environment),
        rekey=partial(_rekey, workstation, directory),
    )


class _OpenVault:
    """What one unlocking opened. Every method may be called from any lane."""

    def __init__(
        self,
        workstation: Workstation,
        vault: Vault,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._workstation = workstation
        self._environment = environment
        self._look_for = workstation.settings.reveal_seconds
        self._vault = vault
        self._columns = ReportColumns(vault)
        self._sandbox: Sandbox | None = None
        self._guard = threading.Lock()
        self._is_locked = threading.Event()
        self._items = OpenItems(
            vault,
            decoders=self._decoders,
            or_locked=self._or_locked,
            seconds=workstation.settings.viewing_seconds,
        )

    def session(self) -> Session:
        vault, taxonomy = self._vault, self._workstation.taxonomy
        searches = Searches(
            self._workstation, vault, self._columns, is_locked=self._is_locked.is_set
        )
        packages = Packages(self._workstation, vault, or_locked=self._or_locked)
        return Session(
            nature=vault.nature,
            analyst=vault.actor,
            enrolment=self._bond(),
            terms=RevealTerms(RevealLevel.GREY, self._workstation.settings.reveal_seconds),
            lock=self.lock,
            prepare=searches.prepare,
            tallies=self.tallies,
            freshness=partial(freshness_of, self._workstation, vault),
            hotlines=partial(overview.list_hotlines, vault),
            search=searches.search,
            count=searches.count,
            facets=searches.facets,
            dossier=partial(show_report.show_report, vault),
            media_page=lambda text, limit, after: browse_media.list_media(
                vault, text, limit=limit, after=after, taxonomy=taxonomy, now=self._now()
            ),
            media_item=partial(browse_media.show_media, vault),
            veils=partial(browse_media.veils_of, vault),
            reveal=self.reveal,
            end_reveal=lambda grant, seconds: reveal_media.end_reveal(
                vault, grant, seconds=seconds
            ),
            assess=self.assess,
            feedback=self.feedback,
            hotline_acts=hotline_acts_of(self._workstation, vault),
            portal_acts=portal_acts_of(self._workstation, vault),
            synchronise=self.synchronise,
            recipients=partial(package_recipients.recipients_typed, vault, path_of=path_named),
            preview=packages.preview,
            package_templates=partial(package_templates.list_templates, vault),
            keep_package_template=partial(package_templates.keep_template, vault),
            remove_package_template=partial(package_templates.remove_template, vault),
            give_package_template=partial(package_templates.give_template, vault),
            take_package_template=lambda path, replaces: package_templates.take_template(
                vault, path, replaces=replaces
            ),
            foresee=packages.foresee,
            compose=packages.compose,
            signing=signing_of(self._workstation, vault),
            drafts=keep_drafts.drafts(vault),
            keep_draft=lambda place, content: keep_drafts.keep_draft(
                vault, place, content, now=self._now()
            ),
            keeps_drafts=vault.drafts.can_keep,
            keeping=keeping_of(self._workstation, vault, self._decoders),
            exchanging=exchanging_of(
                self._workstation, vault, decoders=self._decoders, or_locked=self._or_locked
            ),
            playing=self._items.playing(),
            likening=likening_of(self._workstation, vault),
            exposing=exposing_of(self._workstation, vault),
            rules_of_unit=rules_of_unit(vault),
            knowing=knowing_of(vault, self._workstation.signer, taxonomy),
            working=working_of(self._workstation, vault),
            tabling=tabling_of(self._workstation, vault, or_locked=self._or_locked),
            triaging=triaging_of(self._workstation, vault),
            finding=finding_of(self._workstation, vault),
            recalling=recalling_of(self._workstation, vault),
            worst=worst_of(self._workstation, vault),
            redacting=redacting_of(vault),
            settling=settling_of(
                self._workstation.settings,
                self._environment,
                look_for=self._look_so_long,
                updating=updating_of(self._workstation, vault),
            ),
            charting=charting_of(self._workstation, vault, self._columns),
            surveying=surveying_of(self._workstation, vault),
        )

    def lock(self) -> None:
        """The vault is closed and its decoders are gone. What still works ends by itself."""
        self._is_locked.set()
        # First, since a decoder at work may take a while to come to its end.
        self._vault.close()
        self._items.close_all()
        with self._guard:
            if self._sandbox is not None:
                self._sandbox.close()
                self._sandbox = None

    def tallies(self) -> Tallies:
        counted = overview.tallies(self._vault)
        return Tallies(
            counted.reports,
            counted.media,
            counted.hotlines,
            counted.unsettled,
            counted.needing,
        )

    def reveal(self, media_id: MediaId, level: RevealLevel, reason: str | None) -> Reveal:
        seconds = min(self._look_for, self._workstation.settings.reveal_seconds)
        grant, picture = reveal_media.reveal_media(
            self._vault, self._decoders(), media_id, level, seconds=seconds, reason=reason
        )
        return Reveal(grant, picture)

    def _look_so_long(self, seconds: float) -> None:
        self._look_for = seconds

    def assess(self, report: ReportId, content: ContentId, classification: int) -> Changes:
        _, changes = act.assess(
            self._vault,
            report,
            content,
            classification,
            operation_id=self._workstation.new_id(),
        )
        return changes

    def feedback(self, report: ReportId, text: str) -> Changes:
        _, changes = act.give_feedback(
            self._vault,
            report,
            text,
            operation_id=self._workstation.new_id(),
            draft=DraftPlace(DraftKind.FEEDBACK, report=report),
        )
        return changes

    def synchronise(
        self, metadata_only: bool, announce: Announce, is_cancelled: IsCancelled
    ) -> SyncResult:
        enrolment = overview.enrolment_of(self._vault)
        if enrolment is None:
            raise NotEnrolled
        stop = self._or_locked(is_cancelled)
        link = link_in_use(self._vault)
        transport = self._workstation.road(enrolment, stop, link)
        try:
            return synchronise(
                Exchange(
                    vault=self._vault,
                    transport=transport,
                    sandbox=self._decoders(),
                    road=HTTPS,
                    changes_per_batch=self._workstation.settings.changes_per_batch,
                    announce=announce,
                    is_cancelled=stop,
                ),
                metadata_only=metadata_only,
            )
        finally:
            transport.close()
            give_back()

    def _bond(self) -> EnrolmentAnswer | None:
        enrolment = overview.enrolment_of(self._vault)
        return None if enrolment is None else enrolment.answer

    def _decoders(self) -> Sandbox:
        with self._guard:
            if self._is_locked.is_set():
                raise Cancelled
            if self._sandbox is None:
                self._sandbox = self._workstation.sandbox(unit_rules.media_rules(self._vault))
            return self._sandbox

    def _or_locked(self, is_cancelled: IsCancelled) -> IsCancelled:
        return lambda: self._is_locked.is_set() or is_cancelled()

    def _now(self) -> datetime:
        return self._workstation.clock.now()


def _open(
    workstation: Workstation,
    directory: Path,
    environment: Mapping[str, str] | None,
    order: OpeningOrder,
    announce: Announce,
) -> Session:
    vault = open_vault(
        directory,
        secret=secret_of(order.key, vault=directory),
        slot=order.key.slot,
        clock=workstation.clock,
        program=PROGRAM,
        announce=announce,
        marks=workstation.settings.marks,
        acknowledge_rollback=order.acknowledged,
    )
    settle_domain_rules(vault, workstation.settings.domain_rules)
    return _OpenVault(workstation, vault, environment).session()


def _rekey(workstation: Workstation, directory: Path, key: Key, announce: Announce) -> int:
    done = rekey_vault(
        directory,
        secret=secret_of(key, vault=directory),
        slot=key.slot,
        clock=workstation.clock,
        program=PROGRAM,
        announce=announce,
    )
    return done.slots


def _sandbox_level(workstation: Workstation) -> str:
    sandbox = workstation.sandbox()
    try:
        return self_test(sandbox).confinement.code
    finally:
        sandbox.close()
