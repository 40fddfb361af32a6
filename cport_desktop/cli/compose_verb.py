"""`cport package create`: what goes to whom is worked out, told, and composed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.compose_choice import given_all, given_each, typed_part_size
from cport_desktop.cli.printing import facts
from cport_desktop.cli.session import Session, media_id, report_id
from cport_desktop.cli.signer_choice import chosen_recipients, chosen_signer
from cport_desktop.cli.stamp_verbs import asking
from cport_desktop.crypto.recipients import Recipient
from cport_desktop.crypto.signing import Signer
from cport_desktop.crypto.stamping import StampedSigner
from cport_desktop.domain.about import case_number
from cport_desktop.domain.ids import media_reference
from cport_desktop.domain.package import ComposedPackage
from cport_desktop.domain.package_template import PackageTemplate
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.redaction import Redacted, Redaction
from cport_desktop.errors import (
    ArgumentsUnclear,
    InputUnreadable,
    UnknownReference,
)
from cport_desktop.formats import region_profiles
from cport_desktop.formats.redaction_file import LARGEST_FILE, parse_redactions
from cport_desktop.usecases import package_templates, read_cases
from cport_desktop.usecases.compose_package import (
    Choice,
    Order,
    compose_package,
    foresee_package,
)
from cport_desktop.usecases.package_forecast import Forecast, ForeseenPackage
from cport_desktop.usecases.package_leave import Foreseen
from cport_desktop.usecases.unit_rules import media_rules
from cport_desktop.vault.vault import Vault
from cport_desktop.words import composing as words
from cport_desktop.words import redactions as redaction_words
from cport_desktop.words.measures import size
from cport_desktop.words.package_along import goes_along


def create(session: Session) -> Answer:
    """`cport package create (--query Q | --case CASE | --stack ID | --report ID …) --recipient R … --out FILE`."""
    options, workstation = session.options, session.workstation
    with session.vault() as vault, session.progress() as announce:
        template = _template(session, vault)
        recipients = _recipients(session, vault, template)
        signer = chosen_signer(session, vault)
        given = given_all(session)
        order = Order(
            choice=_choice(session, vault),
            title=options.text("title") or template.title,
            recipients=recipients,
            signer=_stamping(session, signer),
            path=options.needed_path("out"),
            reason=options.text("reason") or template.reason,
            given=given,
            given_to={
                **{each.public: each.given for each in template.shares},
                **given_each(session, recipients, given),
            },
            redactions=_redactions(options.path("redact")),
            region_profile=(
                workstation.region_profile()
                if (profile := options.path("region_profile")) is None
                else region_profiles.load(profile)
            ),
            part_size=typed_part_size(session) or template.part_size,
            resumes=options.flag("resume"),
            unredacted=frozenset(map(media_id, options.texts("unredacted"))),
        )
        if options.flag("preview"):
            now = workstation.clock.now()
            return preview_answer(
                foresee_package(vault, order, taxonomy=workstation.taxonomy, now=now)
            )
        composed = compose(
            workstation, vault, order, announce=announce, is_cancelled=session.is_cancelled
        )
    fields = composed_fields(composed[0])
    fields["packages"] = [composed_fields(each) for each in composed]
    lines = [facts(list(composed_fields(each).items())) for each in composed]
    return Answer(fields, "\n\n".join(lines))


def compose(
    workstation: Workstation,
    vault: Vault,
    order: Order,
    *,
    announce: Announce,
    is_cancelled: IsCancelled,
) -> tuple[ComposedPackage, ...]:
    """Compose by the parts of `workstation`; the children that serve it end with it."""
    with (
        closing(workstation.documents()) as documents,
        closing(workstation.sandbox(media_rules(vault))) as sandbox,
    ):
        return compose_package(
            vault,
            order,
            documents=documents,
            sandbox=sandbox,
            taxonomy=workstation.taxonomy,
            announce=announce,
            is_cancelled=is_cancelled,
        )


def composed_fields(composed: ComposedPackage) -> dict[str, Json]:
    """What the contract says of a composed package."""
    path = composed.path.absolute()
    return {
        "package": str(path),
        "sha256": composed.sha256,
        "size": composed.size,
        "items": composed.items,
        "media": composed.media,
        "recipients": list(composed.recipients),
        "signer": composed.signer,
        "parts": [str(path.with_name(name)) for name in composed.parts],
        "was_there": composed.was_there,
    }


def _template(session: Session, vault: Vault) -> PackageTemplate:
    """The one that was named; one without anybody in it where none was."""
    named = session.options.text("template")
    if named is None:
        return PackageTemplate("", words.USUAL_TITLE, ())
    return package_templates.show_template(vault, named)


def _recipients(session: Session, vault: Vault, template: PackageTemplate) -> list[Recipient]:
    """Those of the template, and those that were typed.

    Raises:
        ArgumentsUnclear: nobody.
    """
    found = [Recipient(each.name, each.public) for each in template.shares]
    found += chosen_recipients(session, vault)
    if not found:
        raise ArgumentsUnclear(cause=words.NOBODY, command="cport package create")
    return found


def _choice(session: Session, vault: Vault) -> Choice:
    """The query that was typed, the one for the reports of a case or a stack, or reports one by one.

    Raises:
        UnknownReference: there is no such case.
    """
    options = session.options
    named, stack, numbers = options.text("case"), options.text("stack"), options.texts("report")
    if stack is not None:
        return f"stack:{media_reference(media_id(stack))}"
    if numbers:
        return tuple(report_id(text) for text in numbers)
    if named is None:
        return options.required("query")
    number = case_number(named)
    if number is None:
        raise UnknownReference(kind="case", reference=named)
    row = read_cases.show_case(vault, number, now=session.workstation.clock.now())
    return f"case:{row.case.reference}"


def _stamping(session: Session, signer: Signer) -> Signer:
    """`signer`, whose signatures are stamped if an authority of time stamps was named."""
    url = session.options.text("tsa")
    return signer if url is None else StampedSigner(signer, asking(session.workstation, url))


def _redactions(path: Path | None) -> tuple[Redaction, ...]:
    if path is None:
        return ()
    try:
        with path.open("rb") as file:
            return parse_redactions(file.read(LARGEST_FILE + 1))
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error


def preview_answer(forecast: Forecast) -> Answer:
    """Exactly what each recipient would get, and each package."""
    fields: dict[str, Json] = {
        "allowed": forecast.is_allowed,
        "recipients": [_recipient_fields(each) for each in forecast.recipients],
        "packages": [_package_fields(each) for each in forecast.packages],
        "redactions": [_redaction_fields(each) for each in forecast.redactions],
        "kept_redactions": [
            {"media": media_reference(each.media_id), "done": each.is_done}
            for each in forecast.kept
        ],
    }
    return Answer(fields, "\n".join(preview_lines(forecast)))


def preview_lines(forecast: Forecast) -> list[str]:
    """The same, for people."""
    lines: list[str] = []
    for foreseen in forecast.recipients:
        name = foreseen.recipient.name
        if foreseen.refusal is not None:
            lines.append(words.gets_nothing(name, foreseen.refusal))
            continue
        package = next((p for p in forecast.packages if name in p.recipients), None)
        if package is not None:
            lines += [
                words.gets(
                    name,
                    package.reports,
                    package.media.value,
                    package.files,
                    size(package.media_bytes),
                )
            ]
        lines.append(f"  {words.allowed_by(foreseen.clauses)}")
        lines += [
            f"  {words.field_out(out.field, out.clause, is_chosen=out.is_chosen)}"
            for out in foreseen.out
        ]
        if foreseen.is_unknown_out:
            lines.append(f"  {words.LATER_FIELDS_OUT}")
        lines += [f"  {line}" for line in goes_along(foreseen.given.media.value)]
    for package in forecast.packages:
        lines += ["", words.file_for(package.path.name, package.recipients)]
        lines.append(f"  {words.about_size(size(package.size), package.parts)}")
        reasons = [why for _, why in package.omitted]
        lines += [f"  {words.files_out(reasons.count(why), why)}" for why in dict.fromkeys(reasons)]
    if forecast.redactions:
        lines.append("")
    lines += [
        words.redaction(each.what, each.how, each.where, each.reason)
        for each in forecast.redactions
    ]
    return lines + undone_lines(forecast)


def undone_lines(forecast: Forecast) -> list[str]:
    """A line for each item that goes as it is although a redaction of it is kept."""
    return [
        redaction_words.kept_undone(
            media_reference(each.media_id),
            redaction_words.how_in_words(each.redaction.way.value, len(each.redaction.burned)),
            each.redaction.reasons,
        )
        for each in forecast.kept
        if not each.is_done
    ]


def _recipient_fields(each: Foreseen) -> dict[str, Json]:
    return {
        "name": each.recipient.name,
        "key": each.recipient.public,
        "allowed": each.refusal is None,
        "media": each.given.media.value,
        "levels": [level.value for level in each.levels],
        "clauses": list(each.clauses),
        "withheld": list(each.withheld),
        "goes_along": [] if each.refusal else list(goes_along(each.given.media.value)),
        "fields_out": [
            {"field": out.field, "clause": out.clause, "chosen": out.is_chosen} for out in each.out
        ],
        "later_fields_out": each.is_unknown_out,
        "refusal": each.refusal,
    }


def _package_fields(each: ForeseenPackage) -> dict[str, Json]:
    return {
        "package": str(each.path.absolute()),
        "recipients": list(each.recipients),
        "media": each.media.value,
        "reports": each.reports,
        "content_items": each.content_items,
        "files": each.files,
        "media_bytes": each.media_bytes,
        "omitted": [{"media": media, "reason": reason} for media, reason in each.omitted],
        "estimated_size": each.size,
        "estimated_parts": each.parts,
    }


def _redaction_fields(each: Redacted) -> dict[str, Json]:
    return {
        "what": each.what,
        "how": each.how,
        "where": list(each.where),
        "reason": each.reason,
    }
