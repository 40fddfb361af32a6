"""From an error to what a person is told: what happened, and what to do next.

One entry for each code of `errors`; a test holds the two together. Sentences are filled from
the error's facts, which never hold secrets or the content of a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cport_desktop.errors import CportError, QueryError
from cport_desktop.words.labels import SANDBOX_UNPROVEN
from cport_desktop.words.queries import FAULTS


@dataclass(frozen=True, slots=True)
class Sentence:
    """`message` says what happened, `hint` what to do; `code` is stable and can be copied."""

    code: str
    message: str
    hint: str


_SENTENCES: Mapping[str, tuple[str, str]] = {
    "usage": ("The request could not be understood.", "See the help of this command (-h)."),
    "usage.arguments": (
        "Not understood by {command}: {cause}.",
        "For the help of this command: {command} -h.",
    ),
    "usage.vault": (
        "No vault was named.",
        "Name one with --vault DIR, or set CPORT_VAULT.",
    ),
    "usage.passphrase": (
        "No passphrase was given, or the two that were typed differ.",
        "Use --passphrase-file or --passphrase-fd, or run this at a terminal to be asked.",
    ),
    "usage.secret_missing": (
        "Nothing says where the {what} is.",
        "Name a file or descriptor for it, or run this at a terminal to be asked.",
    ),
    "usage.secret": (
        "The {what} is too short: at least {least} characters that are not all blank are needed.",
        "Choose a longer one. Several words in a row are easy to keep in mind and hard to guess.",
    ),
    "usage.recovery_code": (
        "Group {group} of the {groups} groups of the recovery code is not as it was printed.",
        "Compare this group with the sheet: a wrong, missing or swapped character is in it or beside it.",
    ),
    "usage.recovery_undecided": (
        "A recovery code was asked for, and there is no terminal to show it on.",
        "Say where to write the sheet: --recovery-out FILE.",
    ),
    "usage.query": (
        "The query cannot be read at character {position}: {found}.",
        "Accepted here: {accepted}.",
    ),
    "usage.unknown_reference": (
        "There is no {kind} {reference} in this vault.",
        "Check the number; a sync may bring it if it is new.",
    ),
    "usage.output": (
        "{path} cannot be written: {cause}.",
        "Choose a folder that exists and that you may write to, or put the medium in again.",
    ),
    "usage.choice": (
        "The choice has {count} reports; a package holds between 1 and {limit}.",
        "Change the query or the selection; a large choice can go out in several packages.",
    ),
    "usage.text": (
        "The text has {length} characters; between 1 and {limit} can be sent.",
        "Shorten it, or send it in two parts.",
    ),
    "usage.value": ("“{value}” is no {what}.", "Accepted here: {accepted}."),
    "usage.entries": (
        "There are {count} entries; between 1 and {limit} can be sent at once.",
        "Leave out what is not needed, or send it in several parts.",
    ),
    "usage.kept_text": (
        "The {what} has {length} characters; between 1 and {limit} can be kept here.",
        "Shorten it, or put it down in two parts. Nothing of what was typed is lost.",
    ),
    "usage.act_too_large": (
        "These are {count} things; one act takes between 1 and {limit}.",
        "Choose fewer: a narrower query, or several acts.",
    ),
    "usage.erasure": (
        "{count} reports are chosen; one erasure takes {limit} at most.",
        "Erase them in parts, for instance by received:.",
    ),
    "refused.held": (
        "{reference} is under a legal hold ({count} of those chosen are). Nothing was erased.",
        "See who placed it and why: cport vault hold list. A supervisor can release it.",
    ),
    "refused.erased": (
        "{reference} was erased and does not come back.",
        "When and why: cport vault erasures list. Nothing of its content is left here.",
    ),
    "refused.unsettled": (
        "{count} operations on these reports wait for the portal or for an analyst, the first on {reference}.",
        "Sync first. With --force they are taken back unsent, and their texts are erased too.",
    ),
    "refused.act": (
        "This cannot be right any more: {reason}",
        "Look at the report as it stands now. What you wrote was not queued.",
    ),
    "refused.hash_list": (
        "The hash list stays as it is: {rule}.",
        "Lists of one's own are withdrawn here; with the owner of any other, raise a false positive.",
    ),
    "refused.operation_closed": (
        "This cannot be done with operation {operation}: its state is “{state}”.",
        "What was rejected, needs you or is still queued can be revised or set aside; what needs you can be sent all the same.",
    ),
    "refused.domain": (
        "{domain} cannot be suggested: {rule}.",
        "Suggest the domain itself, as it stands behind the last dot but one.",
    ),
    "refused.stack": (
        "The stack cannot be changed so: {rule}",
        "Look at the stack first: what is in it, and why.",
    ),
    "refused.case": (
        "Case {case} stays as it is: {rule}",
        "Look at the case first: whether it is open, and what is in it.",
    ),
    "refused.note": (
        "This note is by {by}. Whoever wrote a note changes it or takes it back.",
        "Write a note of your own beside it.",
    ),
    "refused.nothing_to_turn": (
        "There is nothing to {what}.",
        "What you did here, newest first: cport deeds. Each analyst undoes their own acts.",
    ),
    "refused.deed_stays": (
        "What was done with {reference} stays as it is: {reason}",
        "An older act can be undone by its number: cport deeds, cport undo NUMBER.",
    ),
    "refused.in_hand": (
        "{holder} has {reference} in hand until {until}. Nothing was decided.",
        "Read on, take the next one, or decide all the same (--despite-lease).",
    ),
    "refused.second_reading": (
        "This reading is not taken: {rule}",
        "What waits for a second reader: cport second list.",
    ),
    "refused.copy_settled": (
        "What became of the copy {reference} is on record already: {handling}.",
        "If the hotline says something new about it, the copy is listed anew by itself.",
    ),
    "refused.count": (
        "{typed} was typed as the count, but {found} reports are meant. Nothing was erased.",
        "Look at them again without --count, then type the number that is shown.",
    ),
    "refused.clock": (
        "Nothing is due by this machine's clock, which says {date}: {cause}",
        "Sync, or set the clock. If the date is right, read it off elsewhere and give it: --date {date}.",
    ),
    "refused": ("This is not allowed here.", "Ask the person who administers this vault."),
    "refused.workflow": (
        "The workflow of the network does not allow this assessment: {rule}.",
        "Actions and feedback to the hotline remain possible.",
    ),
    "refused.role": (
        "This needs the role “{role}”.",
        "An administrator of this vault can give it ({givers}): cport vault analysts role NAME --add {role}",
    ),
    "refused.last_administrator": (
        "Without {name} no administrator would be left who can open this vault with a passphrase or a recovery code.",
        "Make somebody else an administrator first, or add such a slot for one.",
    ),
    "refused.secret_in_use": (
        "This passphrase cannot be taken.",
        "Choose another, longer one, made of words that nobody else would put together.",
    ),
    "refused.slot_exists": (
        "There is a key slot called “{name}” already.",
        "Choose another name; the slots are listed by: cport vault slots list",
    ),
    "refused.search_exists": (
        "There is a saved search called “{name}” already.",
        "Choose another name, or say that it is to be replaced (cport searches save --replace).",
    ),
    "refused.searches_full": (
        "No more than {limit} searches are kept for one analyst, and as many for the unit.",
        "Remove one that is not used any more: cport searches remove NAME",
    ),
    "refused.slots_full": (
        "A vault holds {limit} key slots, and this one has them all.",
        "Remove a slot that nobody uses, then try again.",
    ),
    "refused.analyst_exists": (
        "An analyst named {name} is or was in this vault.",
        "Choose a name that tells the two apart: the audit log keeps what each of them did under it.",
    ),
    "refused.agreement": (
        "The agreement {reference} does not allow {action}: {cause}.",
        "{who} can change it. Why, and what would be allowed: cport portal agreement explain {function}",
    ),
    "refused.agreement_lapsed": (
        "The agreement {reference} ended on {date}; {action} is not allowed any more.",
        "{who} can renew it. The renewal comes with the next exchange, by either road; what is here stays readable.",
    ),
    "refused.agreement_unsigned": (
        "The agreement {reference} came before agreements were signed by themselves: there is no signature to hand over.",
        "A renewed enrolment, or the next version, brings a signed one.",
    ),
    "refused.nothing_waits": (
        "No version of the agreement waits to be accepted.",
        "Versions come with an exchange, by either road: cport portal agreement shows what is in force.",
    ),
    "refused.nature": (
        "This vault is {ours} and the portal is {theirs}: they never exchange anything.",
        "Use a {theirs} vault for this portal, or the {ours} portal for this vault.",
    ),
    "refused.not_enrolled": (
        "This vault is not enrolled with a portal yet.",
        "Enrol first: cport portal enrol --url … --ca … --code …",
    ),
    "refused.already_enrolled": (
        "This vault is already enrolled with the portal {portal}.",
        "A vault belongs to one portal for its whole life; create another vault for another portal.",
    ),
    "refused.enrolment_code": (
        "The portal does not take this enrolment code.",
        "A code can be used once and for some days. Check it letter by letter, or ask for a new one.",
    ),
    "refused.policy": (
        "The portal refuses this by its policy (clause {clause}): {reason}.",
        "Repeating does not help. See the agreement: cport portal agreement; the national hotline can explain or change it.",
    ),
    "refused.request_under_way": (
        "An enrolment request of {made_at} waits for its answer. A new one makes new keys, and that answer will not fit any more.",
        "Wait for the answer, or say that you mean it: cport portal request --replace …",
    ),
    "refused.no_request": (
        "No enrolment request waits for an answer in this vault.",
        "The answer belongs to another vault, or its request was replaced. Make one: cport portal request --out FILE …",
    ),
    "refused.courier_unready": (
        "This vault was enrolled before bundles could be carried, and has no keys for them.",
        "Enrol it again with a code from the portal; it stays the same station: cport portal request … or cport portal enrol --url …",
    ),
    "refused.sandbox": (
        "Media cannot be decoded here: the confinement reached is “{level}”, demanded is “{demanded}”.",
        "Media wait; everything else was done. Run cport doctor to see what this machine lacks.",
    ),
    "refused.sandbox_unproven": (
        f"Media cannot be decoded here: {SANDBOX_UNPROVEN}.",
        "Media wait; everything else was done. Look at media on a workstation with Linux.",
    ),
    "refused.look_not_granted": (
        "This look is not granted: {cause}.",
        "Let go, and hold again: each look is put on record anew.",
    ),
    "refused.key_file_in_vault": (
        "{path} lies in the folder of the vault that it is to open; there it protects nothing.",
        "Keep key files elsewhere, on a stick that is not left with the machine.",
    ),
    "refused.keyring": (
        "The keyring that this session offers does not protect what it keeps: {backend}.",
        "A slot needs Secret Service, KWallet, the Windows Credential Manager or the macOS keychain. Passphrase and recovery slots need none of them.",
    ),
    "refused.last_slot": (
        "This slot cannot be removed: {rule}",
        "Add another slot first, and try whether it opens.",
    ),
    "refused.backup_unfit": (
        "{file} does not fit: {cause}",
        "Choose another backup file, or make a full backup.",
    ),
    "refused.under_way": (
        "This has to wait: {what} is under way.",
        "Try again when it has ended.",
    ),
    "refused.purpose": (
        "{what} is done for a stated purpose only.",
        "Say what for: --purpose “…”. The purpose is kept in the audit log.",
    ),
    "refused.ledger": (
        "Nothing is kept of your looking: the key slot that opened the vault carries no personal key.",
        "Open the vault with a slot that you made yourself, or that was made when you were added.",
    ),
    "refused.break": (
        "Nothing is shown now. {cause}",
        "{until} It can be put off once, for some minutes: cport exposure breaks --put-off",
    ),
    "refused.figure": (
        "The unit’s rule binds: {figure} {limit} minutes.",
        "Choose something at least as strict. A supervisor can change the unit’s rules.",
    ),
    "refused.week": (
        "Nothing of the week {week} can be given: {cause}",
        "Choose another week. A week can be given when it is over, until its sum was shown.",
    ),
    "refused.output_exists": (
        "{path} exists already and is not overwritten.",
        "Choose another name or remove the file first.",
    ),
    "vault": ("The vault could not be used.", "Run cport doctor."),
    "vault.not_a_vault": (
        "There is no vault in {path}.",
        "Check the folder, or create one: cport vault create",
    ),
    "vault.exists": (
        "{path} holds a vault already.",
        "Choose an empty folder; an existing vault is never overwritten.",
    ),
    "vault.wrong_passphrase": (
        "No key slot of this vault opens with this secret.",
        "Check the keyboard layout and Caps Lock, or whether it is the right file or code, and try again. The vault locks nothing by trying.",
    ),
    "vault.slot_revoked": (
        "This key slot was removed or given another secret; it does not open the vault any more.",
        "Open with a slot that is left. An administrator of the vault can make a new one.",
    ),
    "vault.keyring_missing": (
        "The secret of this slot was kept in {kept_in}; this session offers {offered}, and it is not there.",
        "Open the vault with a passphrase or the recovery code; then remove this slot and add a new one.",
    ),
    "vault.keyring": (
        "The keyring {backend} does not do what it should: {cause}.",
        "Unlock it and try again, or open the vault with a passphrase or the recovery code.",
    ),
    "vault.token_module": (
        "The program part that talks to the token is not on this machine: {module}.",
        "Install it, or name its file: --token MODULE. A passphrase or the recovery code opens the vault without it.",
    ),
    "vault.token_absent": (
        "The token “{label}” (serial number {serial}) is not plugged in.",
        "Plug it in and try again. A passphrase or the recovery code opens the vault without it.",
    ),
    "vault.token_pin": (
        "The token “{label}” does not take this PIN. {tries}",
        "Check the PIN before trying again: a token locks itself after some wrong ones.",
    ),
    "vault.token_locked": (
        "The token “{label}” has locked itself after wrong PINs.",
        "Whoever issued the token can unlock it. A passphrase or the recovery code opens the vault without it.",
    ),
    "vault.token_key": (
        "There is no key “{key}” that decrypts on the token “{label}”.",
        "Check that it is the token that was enrolled; another copy of it may hold other keys.",
    ),
    "vault.token": (
        "The token or the program part that talks to it reports a fault: {cause}.",
        "Take the token out and plug it in again. A passphrase or the recovery code opens the vault without it.",
    ),
    "vault.held": (
        "The vault is in use by {holder} (process {pid}).",
        "Close it there first; one program uses a vault at a time. If it hangs, end that process: what was committed is safe.",
    ),
    "vault.lock_unsupported": (
        "The file system under this vault knows no locks ({cause}), so that two programs could write at once.",
        "Move the vault's folder to a disk of this machine.",
    ),
    "vault.newer": (
        "This vault was written by a newer version (schema {found}; this version knows {known}).",
        "Update this program. The vault was not touched.",
    ),
    "vault.damaged": (
        "A check of the vault failed: {where}.",
        "Keep a copy of the folder as it is, then run cport vault check --deep.",
    ),
    "vault.backup_damaged": (
        "The backup {file} is cut or was changed: {where}.",
        "Use another backup, and make a new one soon. Nothing was taken from this file.",
    ),
    "vault.restore_unfinished": (
        "A restore into {path} was cut off; what lies there is no vault.",
        "Restore into the same folder again: it begins anew.",
    ),
    "vault.database_put_back": (
        "The database of this vault is older than its header ({found} against {known}): it was put back to an earlier copy, or lost what was written last.",
        "Find the newer copy of the folder and open that. If there is none: cport audit acknowledge-rollback --reason “…” opens it and puts the gap on record.",
    ),
    "vault.rolled_back": (
        "This vault is older than what this machine has seen of it: its audit log has {found} entries, and {known} were seen here. It was put back to an earlier copy, or its log was changed.",
        "Find the newer copy of the folder and open that. If there is none: cport audit acknowledge-rollback --reason “…” opens it and puts the gap on record.",
    ),
    "vault.storage_full": (
        "The disk took no more: {where}.",
        "Free some space and try again. What was committed is safe; the rest was undone.",
    ),
    "vault.storage_unwritable": (
        "The vault cannot be written here: {where} ({cause}).",
        "Check that the medium is not write-protected and that the folder is yours to write in.",
    ),
    "vault.document": (
        "The summary document could not be made: {cause}.",
        "Nothing was written. Try again with fewer reports, and run cport doctor if it repeats.",
    ),
    "road": ("The portal could not be reached.", "Try again later, or use the other road."),
    "road.unreachable": (
        "The portal gave no answer: {cause}.",
        "Try again in a while, or go by removable media; what you did waits in the outbox and nothing is lost.",
    ),
    "road.no_network": (
        "This machine has no network just now ({cause}).",
        "Put the cable in, join the network or start its tunnel. Everything but the exchange works without; removable media are the other road.",
    ),
    "road.name_not_found": (
        "The name {host} has no address here.",
        "Check the network's name service or the address of the portal.",
    ),
    "road.proxy_refused": (
        "The proxy on the way lets nothing through: {cause}.",
        "Ask whoever runs it to allow connections to the portal, or set another one: cport links set NAME --proxy URL.",
    ),
    "road.proxy_password": (
        "The proxy wants a name and a password: {cause}.",
        "Set them with its address: cport links set NAME --proxy-file FILE, with http://name:password@host:port in the file.",
    ),
    "road.certificate": (
        "The portal's certificate was not accepted: {cause}.",
        "Do not go on. Ask the portal whether its authority changed; the pinned one is kept in the vault.",
    ),
    "road.certificate_expired": (
        "The portal's certificate has expired, by this machine's clock.",
        "Check this machine's date first. If it is right, tell the portal that its certificate has to be renewed; until then go by removable media.",
    ),
    "road.certificate_not_yet": (
        "The portal's certificate is not valid yet, by this machine's clock.",
        "This machine's date is most likely in the past: set it, then sync again.",
    ),
    "road.certificate_name": (
        "The portal's certificate is for another name than {host}.",
        "Do not go on. Compare the portal's address with the one on paper; if it is right, report this to the portal.",
    ),
    "road.station_certificate": (
        "The portal does not take this station's certificate: {cause}.",
        "Ask the portal for a new enrolment code and enrol again; nothing of the vault is lost by it.",
    ),
    "road.station_certificate_expired": (
        "This station's own certificate has expired ({until}).",
        "Ask the portal for a new enrolment code and enrol again; nothing of the vault is lost by it. Removable media go on working.",
    ),
    "road.clock_skew": (
        "This machine's clock and the portal's differ by {seconds} seconds.",
        "Set the clock of this machine, then sync again.",
    ),
    "road.session_expired": (
        "The portal ended this session.",
        "Sign in anew: every sync does. If a new session is ended at once again, ask the portal about this station; repeating does not help.",
    ),
    "road.access_revoked": (
        "The portal does not know this station any more.",
        "Contact your national hotline; trying again will not help.",
    ),
    "road.portal_busy": (
        "The portal is busy (status {status}).",
        "Come back later; seconds that it asks to wait: {retry_after}. Nothing is lost meanwhile.",
    ),
    "road.transfer_cut": (
        "The transfer was cut after {got} of {wanted} bytes.",
        "Sync again; it goes on from there.",
    ),
    "road.address_unknown": (
        "This vault was enrolled by stick, and nobody has told it where the portal is.",
        "Exchange by stick (cport courier send FILE), or tell it: cport portal address https://…",
    ),
    "road.drive_absent": (
        "There is nothing at {path}.",
        "Plug the drive in and wait until it is mounted, then check the path.",
    ),
    "road.drive_locked": (
        "This account may not use {path}.",
        "Unlock the drive or mount it for this account; whoever owns it can give the right to read and write.",
    ),
    "road.drive_read_only": (
        "The drive of {path} takes no writing.",
        "Move the switch on its side if it has one, mount it for writing, or use another drive.",
    ),
    "road.drive_full": (
        "The drive of {path} has not enough room (needed {wanted} bytes, free {free}).",
        "Nothing of it was left there. Free some space, use a larger drive, or split it over several: --part-size 700M.",
    ),
    "road.drive_removed": (
        "The drive of {path} was taken away or failed before all was done.",
        "Plug it in again and repeat the command: nothing is lost, and nothing counts twice. If it fails again, use another drive.",
    ),
    "road.drive_foreign": (
        "The file system of {path} cannot do what is needed ({cause}).",
        "Use a drive formatted as exFAT, FAT32, NTFS or ext4.",
    ),
    "road.drive_file_size": (
        "The file system of {path} takes no file of this length (FAT32 ends at 4 GiB).",
        "Nothing of it was left there. Split it: --part-size 3900M.",
    ),
    "road.drive_unreliable": (
        "What was read back from {path} is not what was written.",
        "Do not trust this drive any more. What was written was removed; use another one.",
    ),
    "road.parts_missing": (
        "Of {parts} parts of this bundle, these are not here: {missing}.",
        "Name all parts in one command; copy them from their drives into one folder first. They stay sealed there.",
    ),
    "road.cancelled": (
        "Stopped on request.",
        "What was committed stays; the next run goes on from there.",
    ),
    "untrusted": ("Something was received that cannot be trusted.", "Nothing of it was applied."),
    "untrusted.malformed": (
        "The portal's message does not follow the protocol at {where}: {cause}.",
        "Nothing of it was applied; it is kept aside for diagnosis. Report it to the portal.",
    ),
    "untrusted.too_large": (
        "A message is longer than any honest one (limit {limit}).",
        "Nothing of it was applied. Report it to the portal.",
    ),
    "untrusted.newer": (
        "The message is of version {found} of the protocol; this program speaks version {known}.",
        "Nothing of it was applied. Install the newer version of this program, then take it in again.",
    ),
    "untrusted.signature": (
        "The signature does not hold: {what}.",
        "Nothing of it was applied. Do not use the content; report it to whoever sent it.",
    ),
    "untrusted.mixup": (
        "The message is not the one this station asked for: {what}.",
        "Nothing of it was applied; it is kept aside. Sync again; if it repeats, report it to the portal.",
    ),
    "untrusted.replayed": (
        "This message was applied before, or another one in its place: it is played again.",
        "Nothing of it was applied; it is kept aside. Sync again; if it repeats, report it to the portal: somebody may be playing old messages.",
    ),
    "untrusted.gap": (
        "A message that comes before this one is missing.",
        "Nothing of it was applied. Sync again, or bring the bundle that comes before it; what is missing is made anew.",
    ),
    "untrusted.chain": (
        "This message goes on from another past than the one in this vault.",
        "Nothing of it was applied; it is kept aside. If the vault was restored from a backup, sync by the network or send a new bundle; otherwise report it to the portal.",
    ),
    "untrusted.rolled_back": (
        "What the portal says now is older than what it said before: it was put back to an earlier state, or somebody plays its earlier words.",
        "Nothing of it was applied; what is here stays as it is. Ask the portal what happened before you sync again.",
    ),
    "untrusted.frozen": (
        "The portal’s word that nothing is waiting is an old one: somebody keeps its news back, or a clock is wrong.",
        "Nothing is lost. Set this machine’s clock right and sync again; if it repeats, report it to the portal, or go by the other road.",
    ),
    "untrusted.ahead": (
        "This message says that it was made in the future: a clock is wrong, or somebody gave it a later date.",
        "Nothing of it was applied; it is kept aside. Set this machine’s clock right and sync again; if it repeats, report it to the portal.",
    ),
    "untrusted.digest": (
        "The bytes received are not those announced: {what}.",
        "They were not kept. Sync again; if it repeats, report it to the portal.",
    ),
    "untrusted.package": (
        "This is not a package of this format: {cause}.",
        "Ask the sender for the file again and compare its SHA-256.",
    ),
    "untrusted.bundle": (
        "This is not a courier bundle, or not all of one: {cause}.",
        "Nothing of it was applied. Check that it is the right file; if it is, ask for it again.",
    ),
    "untrusted.bundle_direction": (
        "This bundle is on its way to the {found}, and not to here.",
        "Nothing of it was applied. Perhaps the file that was to be carried away was chosen; take the one that came back.",
    ),
    "untrusted.bundle_key": (
        "This bundle is sealed to another key than the one here.",
        "Nothing of it was applied. It is for somebody else, or from before this vault was enrolled again: send a new bundle and bring back its answer.",
    ),
    "untrusted.bundle_station": (
        "This bundle belongs to another station.",
        "Nothing of it was applied. Bring it to the station that it is for.",
    ),
    "untrusted.bundle_portal": (
        "This bundle belongs to another portal.",
        "Nothing of it was applied. Check which portal this station is enrolled with: cport portal agreement",
    ),
    "untrusted.bundle_order": (
        "Bundle {sequence} is out of order: bundle {missing} is missing here.",
        "Nothing of it was applied. Receive bundle {missing} first; if it is lost, send a new bundle and bring back its answer.",
    ),
    "untrusted.bundle_outdated": (
        "The station has gone on since: this is its bundle {sequence}, and {known} was answered already.",
        "Nothing was changed. Ask the station for a new one: cport courier send FILE",
    ),
    "untrusted.part_damaged": (
        "Part {part} of {parts} is damaged: {path}.",
        "Nothing of the bundle was applied. Copy this part again from where it came, or ask for the bundle again.",
    ),
    "untrusted.parts_mixed": (
        "{path} is not a part of the same bundle as the others, or is here twice.",
        "Nothing was applied. Name the parts of one bundle only, each once.",
    ),
    "untrusted.answer": (
        "Whoever made this answer does not know the enrolment code.",
        "Nothing was kept. Report it to the portal; make a new request with a new code if in doubt.",
    ),
    "untrusted.identity": (
        "The package is not sealed to this identity.",
        "Use the identity whose public half was given to the sender.",
    ),
    "untrusted.checkpoint": (
        "This is not a checkpoint of an audit log, or it was damaged: {cause}.",
        "Choose the file as it was written, or type the code again as it stands in the diary.",
    ),
    "untrusted.key_file": (
        "A key or certificate cannot be read: {what}.",
        "Check that the right file was chosen and that it is complete.",
    ),
    "untrusted.hash_list": (
        "The file is no list of digests that can be read: {cause}.",
        "Nothing of it was taken. Each line is a digest and perhaps a name, as md5sum writes them.",
    ),
    "untrusted.searches": (
        "The file is no file of saved searches: {cause}.",
        "Nothing of it was taken. Such a file is written by: cport searches export FILE",
    ),
    "check.failed": (
        "The check found {findings} fault(s).",
        "Read the findings above. Keep a copy of what was checked as it is.",
    ),
    "check.anchor": (
        "The portal does not know this audit log: here it has {size} entries, and the portal has co-signed one of {held}. The vault was put back to an earlier copy, or its log was changed.",
        "Stop working with it, keep a copy of the folder as it is, and find the newer copy of the vault. Everything else was exchanged.",
    ),
    "bug": (
        "The program met a condition that it does not know.",
        "Nothing half-done was kept. Pass the reference of the diagnostic record to the maintainers.",
    ),
}


class _Blank(dict[str, object]):
    """A fact that an error does not carry reads as an en dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def explain(error: CportError) -> Sentence:
    """The sentence for `error`; that of its nearest known family if its code has none."""
    code = error.code
    while code not in _SENTENCES:
        code = code.rpartition(".")[0] or "bug"
    message, hint = _SENTENCES[code]
    if isinstance(error, QueryError):
        message, hint = FAULTS.get(str(error.facts.get("why")), (message, hint))
    return Sentence(error.code, fill(message, error), fill(hint, error))


def fill(text: str, error: CportError) -> str:
    """`text` with the facts of `error` in its places."""
    facts = _Blank({name: "–" if fact is None else fact for name, fact in error.facts.items()})
    return text.format_map(facts)


def known_codes() -> frozenset[str]:
    """Every code that has a sentence (the manual lists them)."""
    return frozenset(_SENTENCES)
