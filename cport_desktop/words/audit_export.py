"""What goes with an export of the audit log: how to read and verify it without this product."""

from __future__ import annotations

SCRIPT_BEGINS = "----- verify.py -----"
SCRIPT_ENDS = "----- end of verify.py -----"

_SCRIPT = """\
import base64, hashlib, json, sys

def sha(data):
    return hashlib.sha256(data).digest()

def refuse(why):
    print("NOT VERIFIED:", why)
    sys.exit(1)

def root_of(peaks):
    found = sha(b"")
    for place, (_, peak) in enumerate(reversed(peaks)):
        found = peak if place == 0 else sha(b"\\1" + peak + found)
    return found

anchors = [json.loads(line) for line in open("anchors.jsonl", encoding="utf-8")]
wanted = {anchor["size"] for anchor in anchors}
peaks, count, erased, roots = [], 0, 0, {0: sha(b"")}
for line in open("entries.jsonl", encoding="utf-8"):
    row = json.loads(line)
    entry, count = json.loads(row["canonical"]), count + 1
    if entry["sequence"] != count:
        refuse("entry %d is missing" % count)
    if row["payload"] is not None:
        if sha(bytes.fromhex(row["salt"]) + row["payload"].encode()).hex() != entry["payload_digest"]:
            refuse("the particulars of entry %d were changed" % count)
    elif entry["payload_digest"] is not None:
        if not row["erased_by"]:
            refuse("the particulars of entry %d are missing" % count)
        erased += 1
    size, node = 1, sha(b"\\0" + row["canonical"].encode("ascii"))
    while peaks and peaks[-1][0] == size:
        size, node = 2 * size, sha(b"\\1" + peaks.pop()[1] + node)
    peaks.append((size, node))
    if count in wanted:
        roots[count] = root_of(peaks)

origin, size, head = open("checkpoint.txt", encoding="utf-8").read().split("\\n")[:3]
if int(size) != count or base64.b64decode(head) != root_of(peaks):
    refuse("the entries are not those of the checkpoint")
for anchor in anchors:
    if roots.get(anchor["size"], b"").hex() != anchor["root"]:
        refuse("the entries are not those of the anchor at %d" % anchor["size"])
print("VERIFIED:", count, "entries,", len(anchors), "anchors,", erased, "with erased particulars")
print("Log", origin, "head", root_of(peaks).hex())
"""

HOW_TO_VERIFY = f"""\
Export of an audit log
======================

What is here
------------
entries.csv           one line for each entry, for reading (times are UTC)
entries.jsonl         the same entries with all that is needed to verify them
checkpoint.txt        the signed head of the log: origin, number of entries, root, signature
checkpoint-text.txt   the three lines of it that are signed
checkpoint.sig        the signature alone: Ed25519, 64 bytes
log-key.pem           the public key of the log
log-key.txt           the same as a verifier key (c2sp.org/signed-note)
anchors.jsonl         earlier heads that others keep too (a portal, recipients, paper)

The log is a Merkle tree after RFC 6962: the leaf of an entry is SHA-256 of a zero byte and its
canonical text; a node is SHA-256 of a one byte and its two children. An entry holds a salted
digest of its personal particulars (SHA-256 of salt and text), so that these could be erased on
record without the tree breaking. The last entry is the one that says that this export was made.

1. The entries are those of the checkpoint
------------------------------------------
Unpack the ZIP file, save the lines between the two marks as verify.py in the same folder, read
them, and run them with any Python 3 (nothing but its standard library is used):

    python3 -I verify.py

{SCRIPT_BEGINS}
{_SCRIPT}{SCRIPT_ENDS}

2. The checkpoint is signed with the key of the log
---------------------------------------------------
With OpenSSL 3, in the same folder:

    openssl pkeyutl -verify -pubin -inkey log-key.pem -rawin -in checkpoint-text.txt -sigfile checkpoint.sig
    cmp -n $(wc -c < checkpoint-text.txt) checkpoint-text.txt checkpoint.txt

3. The log is the one that others know
--------------------------------------
The key lies in the vault that the log is about: its signature shows where the export is from,
and not that nothing was rewritten before. That is shown by heads that others keep. Ask for one
(from the portal, which co-signs heads; from a recipient of a package, which holds one; from the
diary on paper) and look for the same number of entries and the same root in anchors.jsonl, or
give it to: cport audit verify --against FILE
"""
