"""Verbs of holds, periods and erasures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from cport_desktop.cli import records
from cport_desktop.cli.answer import Answer, Json, listing
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session, media_id, report_id
from cport_desktop.cli.short_lists import page_by
from cport_desktop.clock import iso_utc
from cport_desktop.domain.erasure import ErasureId, ErasureRecord
from cport_desktop.domain.hold import HeldItem, HeldKind, Hold, HoldId
from cport_desktop.domain.ids import MEDIA_PREFIX, report_reference
from cport_desktop.domain.retention import Verdict
from cport_desktop.errors import ValueUnknown
from cport_desktop.exports.output_files import write_new
from cport_desktop.usecases import apply_retention, erase, hold_items
from cport_desktop.usecases.apply_retention import RetentionPlan
from cport_desktop.usecases.erase import Done, Preview
from cport_desktop.vault.vault import Vault
from cport_desktop.words import retention as words

Row = TypeVar("Row")


def place(session: Session) -> Answer:
    """`cport vault hold place REF --reason R`."""
    options = session.options
    item = _item(options.required("reference"))
    with session.vault() as vault:
        hold, _ = hold_items.place_hold(vault, item, reason=options.required("reason"))
    return Answer({"hold": records.hold(hold)}, f"{item.reference} is held ({hold.hold_id}).")


def release(session: Session) -> Answer:
    """`cport vault hold release HOLD --reason R`."""
    options = session.options
    hold_id = HoldId(options.required("hold"))
    with session.vault() as vault:
        hold, _ = hold_items.release_hold(vault, hold_id, reason=options.required("reason"))
        left = hold_items.holds_on(vault, hold.item)
    text = f"{hold_id} is released; on {hold.item.reference} {len(left)} other holds are in force."
    return Answer(
        {"hold": records.hold(hold), "others": [records.hold(other) for other in left]}, text
    )


def show_holds(session: Session) -> Answer:
    """`cport vault hold list [--released]`."""
    with session.vault() as vault:
        found = hold_items.list_holds(vault, with_released=session.options.flag("released"))
    shown, following = _page(session, found, _hold_id)
    text = table(
        ("Hold", "Item", "Since", "By", "Reason", "Released"),
        [
            (
                hold.hold_id,
                hold.item.reference,
                iso_utc(hold.placed_at),
                hold.placed_by,
                hold.reason,
                "" if hold.released_at is None else iso_utc(hold.released_at),
            )
            for hold in shown
        ],
    )
    items = [records.hold(hold) for hold in shown]
    return listing(
        items, text=text, total=len(found), next_cursor=following, elapsed_ms=session.elapsed_ms
    )


def retention(session: Session) -> Answer:
    """`cport vault retention [--run --count N [--date D] [--certificate FILE]]`."""
    options, now = session.options, session.workstation.clock.now()
    with session.vault() as vault:
        plan = apply_retention.plan_retention(vault, now=now)
        if not options.flag("run"):
            return _planned(plan)
        done = apply_retention.run_retention(
            vault, count=_typed(session), now=now, date_read=_date(options.text("date"))
        )
        _hand_out(vault, options.path("certificate"), done)
    return Answer({"erasures": [_done(one) for one in done]}, _told(done))


def erase_reports(session: Session) -> Answer:
    """`cport vault erase (--report REF … | --query Q) [--reason R --count N]`.

    Without `--count` it tells what would go and changes nothing.
    """
    options, workstation = session.options, session.workstation
    named = tuple(report_id(text) for text in options.texts("report"))
    choice = named or options.required("chosen")
    with session.vault() as vault:
        chosen = erase.choose(
            vault, choice, taxonomy=workstation.taxonomy, now=workstation.clock.now()
        )
        if options.text("count") is None:
            return _previewed(erase.preview_erasure(vault, chosen))
        ordered = erase.Order(
            reports=chosen,
            ground=erase.by_order(options.text("reason")),
            count=_typed(session),
            takes_back_unsettled=options.flag("force"),
            with_searches=options.flag("search_texts"),
            with_kept_searches=options.flag("kept_searches"),
            with_kept_aside=options.flag("kept_aside"),
        )
        done = erase.erase(vault, ordered)
        _hand_out(vault, options.path("certificate"), [done])
    return Answer(_done(done), _told([done]))


def show_erasures(session: Session) -> Answer:
    """`cport vault erasures list`."""
    with session.vault() as vault:
        found = erase.list_erasures(vault)
    shown, following = _page(session, found, _erasure_id)
    text = table(
        ("Erasure", "When", "By", "Reports", "Media", "Rule", "Reason", "Finished"),
        [
            (
                record.erasure_id,
                iso_utc(record.at),
                record.actor,
                str(record.reports),
                str(record.media),
                _rule(record),
                record.ground.reason,
                "yes" if record.is_finished else "no",
            )
            for record in shown
        ],
    )
    items = [_record(record) for record in shown]
    return listing(
        items, text=text, total=len(found), next_cursor=following, elapsed_ms=session.elapsed_ms
    )


def show_erasure(session: Session) -> Answer:
    """`cport vault erasures show ERASURE [--certificate FILE]`."""
    options = session.options
    with session.vault() as vault:
        record, certificate = erase.certificate_of(vault, ErasureId(options.required("erasure")))
        if path := options.path("certificate"):
            write_new(path, b"".join(erase.hand_out(vault, [record.erasure_id])))
    text = words.NOT_FINISHED if certificate is None else certificate.decode()
    fields: dict[str, Json] = {
        **_record(record),
        "certificate": None if certificate is None else certificate.decode(),
    }
    return Answer(fields, text)


def export_erasures(session: Session) -> Answer:
    """`cport vault erasures export FILE`."""
    path = session.options.needed_path("file")
    with session.vault() as vault:
        register = erase.export_register(vault)
        count = len(erase.list_erasures(vault))
    write_new(path, register)
    fields: dict[str, Json] = {"register": str(path.absolute()), "erasures": count}
    return Answer(fields, f"{count} erasures are in {path}. Keep it where the backups are kept.")


def apply_erasures(session: Session) -> Answer:
    """`cport vault erasures apply FILE`: what another copy of this vault erased goes here, too."""
    untrusted = read_key_file(session.options.needed_path("file"))
    with session.vault() as vault:
        applied, _ = erase.apply_register(vault, untrusted)
    fields: dict[str, Json] = {
        "reports": applied.reports,
        "absent": applied.absent,
        "held": [report_reference(number) for number in applied.held],
    }
    return Answer(fields, facts(list(fields.items())))


def _page(
    session: Session, newest_first: Sequence[Row], name: Callable[[Row], str]
) -> tuple[Sequence[Row], str | None]:
    """A page of a short list as `--sort`, `--after` and `--limit` ask, and where the next begins.

    Raises:
        ValueUnknown: an order that these lists do not have.
        UnknownReference: `--after` names nothing in the list.
    """
    order = session.options.text("sort") or "-at"
    if order not in ("at", "-at"):
        raise ValueUnknown(what="order", value=order, accepted="at, -at")
    rows = list(newest_first) if order == "-at" else list(reversed(newest_first))
    return page_by(session, rows, name)


def _hold_id(hold: Hold) -> str:
    return hold.hold_id


def _erasure_id(record: ErasureRecord) -> str:
    return record.erasure_id


def _item(text: str) -> HeldItem:
    if text.strip().upper().startswith(MEDIA_PREFIX):
        return HeldItem(HeldKind.MEDIA, media_id(text))
    return HeldItem(HeldKind.REPORT, report_id(text))


def _typed(session: Session) -> int:
    """The count that a person typed; without one nothing matches."""
    return session.options.number("count") if session.options.text("count") else 0


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a date has no zone
    except ValueError as error:
        raise ValueUnknown(what="date", value=text, accepted="2026-05-17") from error


def _hand_out(vault: Vault, path: Path | None, done: Sequence[Done]) -> None:
    """The certificates of these erasures are in the file that was asked for."""
    if path is not None and done:
        write_new(path, b"".join(erase.hand_out(vault, [one.erasure_id for one in done])))


def _planned(plan: RetentionPlan) -> Answer:
    fields: dict[str, Json] = {
        "agreement": plan.agreement,
        "periods": [
            {"scope": period.scope, "days": period.days, "clause": period.clause}
            for period in plan.periods
        ],
        "unknown": [period.scope for period in plan.unknown],
        "due": len(plan.due),
        "is_all": plan.is_all,
        "clock": None if plan.doubt is None else words.DOUBTS[plan.doubt.value],
        "items": [_verdict(verdict) for verdict in plan.ripe],
    }
    rows = [
        (
            report_reference(verdict.report_id),
            words.STANDINGS[verdict.standing.value],
            "" if verdict.period is None else verdict.period.scope,
            "" if verdict.period is None else verdict.period.clause,
            "" if verdict.ends_at is None else iso_utc(verdict.ends_at),
        )
        for verdict in plan.ripe
    ]
    text = table(("Report", "Standing", "Period", "Clause", "Ended"), rows)
    notes = [words.due(len(plan.due), is_all=plan.is_all)]
    notes += [words.unknown_scope(period.scope, period.clause) for period in plan.unknown]
    notes += [] if plan.doubt is None else [words.DOUBTS[plan.doubt.value].capitalize()]
    return Answer(fields, "\n".join([text, "", *notes]))


def _previewed(preview: Preview) -> Answer:
    fields: dict[str, Json] = {
        "dry_run": True,
        "reports": [report_reference(number) for number in preview.reports],
        "count": len(preview.reports),
        "media": preview.media,
        "media_bytes": preview.media_bytes,
        "media_kept": preview.media_kept,
        "held": [report_reference(number) for number in preview.held],
        "unsettled": preview.unsettled,
        "search_texts": len(preview.searches),
        "kept_searches": preview.kept_searches,
        "kept_aside": preview.kept_aside,
    }
    shown: list[tuple[str, object]] = [
        ("reports", len(preview.reports)),
        ("media that go with them", preview.media),
        ("bytes of these", preview.media_bytes),
        ("media that others keep", preview.media_kept),
        ("under a legal hold", len(preview.held)),
        ("operations that wait for the portal", preview.unsettled),
        ("search texts in the log that name them (--search-texts)", len(preview.searches)),
        ("kept searches that name them (--kept-searches)", preview.kept_searches),
        ("messages kept aside, unread (--kept-aside)", preview.kept_aside),
    ]
    return Answer(fields, f"{facts(shown)}\n\n{words.dry_run(len(preview.reports))}")


def _told(done: Sequence[Done]) -> str:
    if not done:
        return words.NOTHING_DUE
    lines = [words.erased(one.erasure_id, one.reports, one.media) for one in done]
    lines += [words.NOT_FINISHED] if any(one.certificate is None for one in done) else []
    return "\n".join(lines)


def _done(done: Done) -> dict[str, Json]:
    return {
        "id": done.erasure_id,
        "reports": done.reports,
        "media": done.media,
        "search_texts": done.searches,
        "kept_searches": done.kept_searches,
        "is_finished": done.certificate is not None,
        "is_known_here": done.is_known_here,
    }


def _record(record: ErasureRecord) -> dict[str, Json]:
    return {
        "id": record.erasure_id,
        "at": iso_utc(record.at),
        "actor": record.actor,
        "rule": record.ground.rule,
        "clause": record.ground.clause,
        "reason": record.ground.reason,
        "reports": record.reports,
        "media": record.media,
        "is_finished": record.is_finished,
    }


def _rule(record: ErasureRecord) -> str:
    ground = record.ground
    return ground.rule if ground.clause is None else f"{ground.rule} ({ground.clause})"


def _verdict(verdict: Verdict) -> dict[str, Json]:
    period = verdict.period
    return {
        "id": report_reference(verdict.report_id),
        "standing": verdict.standing.value,
        "scope": None if period is None else period.scope,
        "clause": None if period is None else period.clause,
        "days": None if period is None else period.days,
        "ended_at": None if verdict.ends_at is None else iso_utc(verdict.ends_at),
    }
