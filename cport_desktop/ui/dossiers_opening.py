"""Fills `ui.dossiers.Dossiers` from the workstation and an open vault: each intention is one use case."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.criteria import Reviewer
from cport_desktop.domain.dossier import DossierEdit, DossierLine, DossierOrder, WrittenDossiers
from cport_desktop.domain.operation import Criterion
from cport_desktop.domain.progress import never
from cport_desktop.domain.rows import Page
from cport_desktop.ui.dossiers import Dossiers, ListLine
from cport_desktop.usecases import (
    check_domain,
    domain_rules,
    dossier_officers,
    enclose,
    iwol_dossier,
    list_dossiers,
)
from cport_desktop.usecases.compare_list import compare_with_file
from cport_desktop.usecases.compose_package import own_signer
from cport_desktop.usecases.iwol_export import export_dossiers
from cport_desktop.usecases.suggest_removal import suggest_removal
from cport_desktop.vault.domain_rules import RuleFile
from cport_desktop.vault.vault import Vault
from cport_desktop.words import suffixes as words

MOST_DIFFERENCES = 500
"""Domains that are written out in the window; how many there are stands above them."""


def dossiers_of(workstation: Workstation, vault: Vault) -> Dossiers:
    """All that may be asked about dossiers in one open vault, from any lane."""
    acts = _Acts(workstation, vault)
    return Dossiers(
        page=lambda limit, after: list_dossiers.list_dossiers(vault, limit=limit, after=after),
        due=acts.due,
        show=partial(list_dossiers.show_dossier, vault),
        check=partial(check_domain.check_domain, vault),
        compare=lambda limit, after: list_dossiers.compare_with_list(
            vault, limit=limit, after=after
        ),
        compare_with=lambda path: compare_with_file(vault, path, limit=MOST_DIFFERENCES),
        texts=partial(domain_rules.criteria_titles, vault),
        begin=lambda domain, version: iwol_dossier.open_dossier(
            vault, domain, criteria_version=version or None
        ),
        change=acts.change,
        submit=partial(dossier_officers.submit_dossier, vault),
        confirm=acts.confirm,
        send=acts.send,
        review=partial(dossier_officers.review_dossier, vault),
        remove=acts.remove,
        withdraw=lambda domain, why: dossier_officers.withdraw_dossier(vault, domain, reason=why),
        enclose=lambda domain, brought: enclose.enclose(vault, domain, brought)[1],
        read_enclosed=partial(enclose.read_enclosed, vault),
        take_out=partial(enclose.take_out, vault),
        export=acts.export,
        lists=acts.lists,
        replace=acts.replace,
    )


class _Acts:
    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault

    def due(self, limit: int, _after: str | None) -> Page[DossierLine]:
        return Page(list_dossiers.reviews_due(self._vault, limit=limit), None, 0.0)

    def change(self, domain: str, edit: DossierEdit, judged: tuple[Criterion, ...]) -> Changes:
        changes = iwol_dossier.change_dossier(self._vault, domain, edit)
        for criterion in judged:
            changes |= iwol_dossier.judge_criterion(self._vault, domain, criterion)
        return changes

    def confirm(self, domain: str, second: Reviewer | None) -> Changes:
        return dossier_officers.confirm_dossier(self._vault, domain, second=second)

    def send(self, domain: str) -> Changes:
        number = self._workstation.new_id()
        return dossier_officers.send_dossier(self._vault, domain, operation_id=number)[1]

    def remove(self, domain: str, why: str) -> Changes:
        number = self._workstation.new_id()
        return suggest_removal(self._vault, domain, reason=why, operation_id=number)[1]

    def export(self, order: DossierOrder) -> WrittenDossiers:
        documents = self._workstation.documents()
        try:
            return export_dossiers(
                self._vault,
                order,
                signer=own_signer(self._vault, self._workstation.signer),
                make=lambda document: documents.make(document, is_cancelled=never, has_place=True),
            )
        finally:
            documents.close()

    def lists(self) -> tuple[ListLine, ...]:
        return tuple(
            ListLine(one.name.value, one.rules.version, one.rules.is_own)
            if one.rules is not None
            else ListLine(one.name.value, "", is_own=False)
            for one in domain_rules.domain_rules_in_force(self._vault)
        )

    def replace(self, name: str, path: Path) -> str:
        told, _ = domain_rules.replace_domain_rules(self._vault, RuleFile(name), path)
        return words.replaced(told.before, told.after, told.divided)
