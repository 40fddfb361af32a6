"""`field:value` as SQL about a report `r`, one small maker for each kind of column."""

from __future__ import annotations

from cport_desktop.domain.query import Field
from cport_desktop.domain.query_language import PAGE_KIND
from cport_desktop.vault.search import plain
from cport_desktop.vault.sieve import Sieve, Sql, from_source, marks, numbers, only_test

_CLASSIFICATION = (
    "ifnull((SELECT o.classification FROM report_overlay AS o WHERE o.row = r.row),"
    " r.classification)"
)
_COLUMNS = {
    Field.HOST: ("hosting_country", "report_by_hosting"),
    Field.ASSIGNED: ("assigned_country", "report_by_assignment"),
    Field.SITE: ("site_type", "report_by_site"),
    Field.ASN: ("autonomous_system", "report_by_system"),
    Field.PROVIDER: ("provider", "report_by_provider"),
}
_NUMBERED = (Field.SITE, Field.ASN, Field.COMMERCIAL)
_UNINDEXED = {Field.COMMERCIAL: "commerciality", Field.STATUS: "status"}
_CODED = {
    Field.PAYMENT: ("report_payment", "payment_method"),
    Field.ACTION: ("report_action", "action"),
}
_DIGESTS = {Field.SHA256: "announced_sha256", Field.SHA1: "sha1", Field.MD5: "md5"}
MEDIA_OF_REPORT = "FROM report_media AS l CROSS JOIN media_item AS m ON m.media_id = l.media_id"
"""The media of a report; `l.row` is still to be bound."""


def field_is(  # noqa: PLR0911 - one line for each kind of column
    field: Field, values: tuple[str, ...], *, has_overlay: bool
) -> Sieve:
    """The report has one of `values` in `field`."""
    if field is Field.CLASS:
        return class_as_seen(values, has_overlay=has_overlay)
    if field in (Field.AGE, Field.GENDER):
        return _code_as_seen(field.value, numbers(values), has_overlay=has_overlay)
    if field in _COLUMNS or field in _UNINDEXED:
        return _column(field, values)
    if field in _CODED:
        return _coded(*_CODED[field], numbers(values))
    if field is Field.HOTLINE:
        return _hotlines(values)
    if field is Field.KIND:
        return _kinds(values)
    return from_source(_source(field, values))


def classification_as_seen(*, has_overlay: bool) -> str:
    """The expression on `r` for its classification as seen."""
    return _CLASSIFICATION if has_overlay else "r.classification"


def class_as_seen(values: tuple[str, ...], *, has_overlay: bool) -> Sieve:
    """The report is seen as having one of these classifications."""
    codes = numbers(values)
    test = Sql(f"{classification_as_seen(has_overlay=has_overlay)} IN {marks(codes)}", codes)
    portal = (
        f"SELECT row FROM report INDEXED BY report_by_class WHERE classification IN {marks(codes)}"  # noqa: S608 - constant names
    )
    if not has_overlay:
        return only_test(test, Sql(portal, codes))
    own = f"SELECT row FROM report_overlay WHERE classification IN {marks(codes)}"  # noqa: S608 - constant names
    return Sieve(test, test, Sql(f"{portal} UNION ALL {own}", codes + codes), is_exact=False)


def _code_as_seen(column: str, codes: tuple[int, ...], *, has_overlay: bool) -> Sieve:
    portal = f"r.{column} IN {marks(codes)}"
    if not has_overlay:
        return only_test(Sql(portal, codes))
    overlaid = (
        "CASE WHEN EXISTS (SELECT 1 FROM report_overlay AS o WHERE o.row = r.row)"  # noqa: S608 - constant names
        f" THEN (SELECT o.{column} FROM report_overlay AS o WHERE o.row = r.row)"
        f" IN {marks(codes)} ELSE {portal} END"
    )
    return only_test(Sql(overlaid, codes + codes))


def _column(field: Field, values: tuple[str, ...]) -> Sieve:
    typed: tuple[str | int, ...] = numbers(values) if field in _NUMBERED else values
    if field in _UNINDEXED:
        return only_test(Sql(f"r.{_UNINDEXED[field]} IN {marks(typed)}", typed))
    column, index = _COLUMNS[field]
    return only_test(
        Sql(f"r.{column} IN {marks(typed)}", typed),
        Sql(
            f"SELECT row FROM report INDEXED BY {index} WHERE {column} IN {marks(typed)}",  # noqa: S608 - constant names
            typed,
        ),
    )


def _source(field: Field, values: tuple[str, ...]) -> Sql:
    if field is Field.DOMAIN:
        return _domain_source(values)
    if field is Field.REF:
        return _reference_source(values)
    if field is Field.IP:
        return _address_source(values)
    return _media_source(_DIGESTS[field], values)


def _address_source(values: tuple[str, ...]) -> Sql:
    return Sql(
        "SELECT row FROM report_text WHERE ip_address <> ''"  # noqa: S608 - placeholders
        f" AND ip_address IN {marks(values)}",
        values,
    )


def _coded(table: str, column: str, codes: tuple[int, ...]) -> Sieve:
    chosen = f"FROM {table} AS x WHERE x.{column} IN {marks(codes)}"
    return only_test(
        Sql(f"EXISTS (SELECT 1 {chosen} AND x.row = r.row)", codes),
        Sql(f"SELECT x.row {chosen}", codes),
    )


def _hotlines(values: tuple[str, ...]) -> Sieve:
    numbers = tuple(int(value) for value in values if _is_number(value))
    names = tuple(plain(value) for value in values if not _is_number(value))
    named = " OR ".join("instr(plain(name), ?)" for _ in names) or "0"
    chosen = Sql(
        "SELECT hotline_id FROM hotline"  # noqa: S608 - placeholders
        f" WHERE hotline_id IN {marks(numbers)} OR {named}",
        numbers + names,
    )
    return only_test(
        Sql(f"r.hotline IN ({chosen.text})", chosen.parameters),
        Sql(
            f"SELECT row FROM report INDEXED BY report_by_hotline WHERE hotline IN ({chosen.text})",  # noqa: S608 - constant names
            chosen.parameters,
        ),
    )


def _domain_source(values: tuple[str, ...]) -> Sql:
    return Sql(
        f"SELECT row FROM content_item WHERE domain IN {marks(values)}"  # noqa: S608 - placeholders
        f" UNION ALL SELECT row FROM content_item WHERE host IN {marks(values)}",
        values + values,
    )


def _reference_source(values: tuple[str, ...]) -> Sql:
    numbers = tuple(int(value) for value in values if _is_number(value))
    return Sql(
        f"SELECT row FROM report WHERE report_id IN {marks(numbers)}"  # noqa: S608 - placeholders
        " UNION ALL SELECT row FROM report_text WHERE hotline_reference <> ''"
        f" AND hotline_reference IN {marks(values)}",
        numbers + values,
    )


def _media_source(column: str, values: tuple[str, ...]) -> Sql:
    return Sql(
        "SELECT l.row FROM media_item AS m CROSS JOIN report_media AS l"  # noqa: S608 - constant names
        f" ON l.media_id = m.media_id WHERE m.{column} IN {marks(values)}",
        values,
    )


def _kinds(values: tuple[str, ...]) -> Sieve:
    kinds = tuple(value for value in values if value != PAGE_KIND)
    tests = [has_kind(kinds)] if kinds else []
    if PAGE_KIND in values:
        tests.append(
            Sql(
                "EXISTS (SELECT 1 FROM content_item AS c WHERE c.row = r.row AND c.content_type = 2)"
            )
        )
    return only_test(
        Sql(
            "(" + " OR ".join(test.text for test in tests) + ")",
            tuple(value for test in tests for value in test.parameters),
        )
    )


def has_kind(kinds: tuple[str, ...]) -> Sql:
    """Some media item of the report was recognised as one of `kinds`."""
    return Sql(
        f"EXISTS (SELECT 1 {MEDIA_OF_REPORT} WHERE l.row = r.row AND m.kind IN {marks(kinds)})",
        kinds,
    )


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 18
