"""`package template …`: how packages are put together again and again, kept under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.compose_choice import given_all, given_each, typed_part_size
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session
from cport_desktop.cli.signer_choice import chosen_recipients
from cport_desktop.crypto.recipients import Recipient
from cport_desktop.domain.package import Given
from cport_desktop.domain.package_template import PackageTemplate, TemplateShare
from cport_desktop.usecases import package_templates as templates
from cport_desktop.words import composing as words


def save(session: Session) -> Answer:
    """`cport package template save NAME --recipient R …`."""
    options = session.options
    with session.vault() as vault:
        recipients = chosen_recipients(session, vault)
        given = given_all(session)
        template = PackageTemplate(
            name=options.required("name"),
            title=options.text("title") or words.USUAL_TITLE,
            shares=_shares(recipients, given, given_each(session, recipients, given)),
            reason=options.text("reason"),
            part_size=typed_part_size(session),
        )
        templates.keep_template(vault, template, replaces=options.flag("replace"))
    return _answer(template)


def show_all(session: Session) -> Answer:
    """`cport package template list`."""
    with session.vault() as vault:
        found = templates.list_templates(vault)
    rows = [
        (each.name, each.title, ", ".join(share.name for share in each.shares), each.reason or "")
        for each in found
    ]
    items: list[Json] = [template_fields(each) for each in found]
    return Answer({"items": items}, table(("Name", "Title", "Recipients", "Reason"), rows))


def remove(session: Session) -> Answer:
    """`cport package template remove NAME`."""
    with session.vault() as vault:
        return _answer(templates.remove_template(vault, session.options.required("name")))


def give(session: Session) -> Answer:
    """`cport package template export NAME --out FILE`."""
    path = session.options.needed_path("out")
    with session.vault() as vault:
        found = templates.give_template(vault, session.options.required("name"), path)
    fields = {**template_fields(found), "file": str(path.absolute())}
    return Answer(fields, facts([("template", found.name), ("file", path.absolute())]))


def take(session: Session) -> Answer:
    """`cport package template import FILE`."""
    options = session.options
    with session.vault() as vault:
        found = templates.take_template(
            vault, options.needed_path("file"), replaces=options.flag("replace")
        )
    return _answer(found)


def template_fields(template: PackageTemplate) -> dict[str, Json]:
    """What the contract says of a template."""
    return {
        "name": template.name,
        "title": template.title,
        "reason": template.reason,
        "part_size": template.part_size,
        "recipients": [
            {
                "name": each.name,
                "key": each.public,
                "media": each.given.media.value,
                "without": sorted(each.given.without),
            }
            for each in template.shares
        ],
    }


def _answer(template: PackageTemplate) -> Answer:
    told = [("template", template.name), ("title", template.title)]
    told += [(each.name, words.LEVELS[each.given.media.value]) for each in template.shares]
    return Answer(template_fields(template), facts(told))


def _shares(
    recipients: Sequence[Recipient], given: Given, given_to: Mapping[str, Given]
) -> tuple[TemplateShare, ...]:
    return tuple(
        TemplateShare(each.name, each.public, given_to.get(each.public, given))
        for each in recipients
    )
