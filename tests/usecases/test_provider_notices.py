"""What a provider is told is enough to find the page, and nothing of the people behind the report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.provider_notice import XarfClass, XarfCodes, located
from cport_desktop.domain.roles import Role
from cport_desktop.errors import AgreementForbids, RoleMissing
from cport_desktop.usecases.notify_provider import NoticeOrder, draft_provider_notice
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import a_clause, an_agreement
from tests.builders import a_vault
from tests.report_builders import a_report, an_assessment, an_item, new
from tests.usecases.agreeing import bind
from tests.usecases.test_reading_audit import without
from tests.vault.erasing import apply

CODES = XarfCodes("1", "iccam-v3", {1: XarfClass.BASELINE})


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        bind(vault)
        yield vault


def drafted(vault: Vault, directory: Path, url: str, **hosting: Any) -> dict[str, Any]:
    item = an_item(10, url, assessments=(an_assessment(1),), memo="seen by the person next door")
    item = replace(item, hosting=replace(item.hosting, **hosting))
    report = a_report(
        1,
        contents=(item,),
        memo="told by Person Example, 555-0100",
        referrer="https://start.example/?from=person",
        source_username="person",
        source_password="synthetic-word",
    )
    apply(vault, new(report))
    path = directory / "notice.json"
    draft_provider_notice(vault, NoticeOrder(ReportId(1), path, "unit@agency.example"), CODES)
    told = path.read_text()
    for secret in ("person", "Person", "synthetic-word", "555-0100", "start.example", "Analyst A"):
        assert secret not in told
    found: dict[str, Any] = json.loads(told)
    return found


def test_nothing_of_who_reported_or_of_who_logged_in_is_in_it(vault: Vault, tmp_path: Path) -> None:
    url = "https://person:synthetic-word@files-1.example:8443/a/1.png?at=me@x.example#top"
    notice = drafted(vault, tmp_path, url)
    assert notice["url"] == "https://files-1.example:8443/a/1.png?at=me@x.example#top"
    assert notice["domain"] == "files-1.example"


def test_an_address_is_no_domain_and_an_unknown_country_no_code(
    vault: Vault, tmp_path: Path
) -> None:
    notice = drafted(vault, tmp_path, "http://192.0.2.7/a.png", country="XKX")
    assert notice["source_identifier"] == "192.0.2.7"
    assert "domain" not in notice
    assert "country_code" not in notice


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/@b/c@d", "https://a.example/@b/c@d"),
        ("https://a.example?x=@", "https://a.example?x=@"),
        ("https://u@v@a.example/", "https://a.example/"),
        ("ftp://u:p@[2001:db8::1]:21/x", "ftp://[2001:db8::1]:21/x"),
        ("http:\\\\u:p@a.example\\x", "http:\\\\a.example\\x"),
        ("a.example/u@v", "a.example/u@v"),
    ],
)
def test_a_url_is_told_without_a_user(url: str, expected: str) -> None:
    assert located(url) == expected


def test_it_takes_a_role_and_the_agreement(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        bind(vault, an_agreement(a_clause("1.1", "reports.read")))
        apply(vault, new(a_report(1, contents=(an_item(10, assessments=(an_assessment(1),)),))))
        order = NoticeOrder(ReportId(1), tmp_path / "notice.json", "unit@agency.example")
        with pytest.raises(AgreementForbids):
            draft_provider_notice(vault, order, CODES)
        without(vault, Role.EXPORTER)
        with pytest.raises(RoleMissing):
            draft_provider_notice(vault, order, CODES)
        assert not order.path.exists()
