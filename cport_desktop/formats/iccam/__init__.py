"""The ICCAM v3 dialect: reports and their content as hotlines' own systems write them as JSON.

`record` reads and prints any record with all that this version does not know; `shapes` has the
three documents (a submitted report, a report as it is given out, a content item as it is given
out); `files` reads whole files of them; `mapping` turns them into the portal's report document
and back; `codes` names the codes that no list knows. See `docs/formats/iccam.md`.
"""
