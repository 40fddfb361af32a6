"""From an error to what a person is told: what happened, and what to do next.

One entry for each code of `errors`; a test holds the two together. Sentences are filled from
the error's facts, which never hold secrets or the content of a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cport_desktop.errors import CportError, NothingToTurn, QueryError
from cport_desktop.words.deeds import REDO
from cport_desktop.words.error_facts import told
from cport_desktop.words.labels import SANDBOX_UNPROVEN
from cport_desktop.words.queries import FAULTS
from cport_desktop.words.tongue import tr


@dataclass(frozen=True, slots=True)
class Sentence:
    """`message` says what happened, `hint` what to do; `code` is stable and can be copied."""

    code: str
    message: str
    hint: str


_SENTENCES: Mapping[str, tuple[str, str]] = {
    "usage": (tr("The request could not be understood."), tr("See the help of this command (-h).")),
    "usage.arguments": (
        tr("Not understood by {command}: {cause}."),
        tr("For the help of this command: {command} -h."),
    ),
    "usage.vault": (
        tr("No vault was named."),
        tr("Name one with --vault DIR, or set CPORT_VAULT."),
    ),
    "usage.passphrase": (
        tr("No passphrase was given, or the two that were typed differ."),
        tr("Use --passphrase-file or --passphrase-fd, or run this at a terminal to be asked."),
    ),
    "usage.secret_missing": (
        tr("Nothing says where the {what} is."),
        tr("Name a file or descriptor for it, or run this at a terminal to be asked."),
    ),
    "usage.secret": (
        tr(
            "The {what} is too short: at least {least} characters that are not all blank are needed."
        ),
        tr(
            "Choose a longer one. Several words in a row are easy to keep in mind and hard to guess."
        ),
    ),
    "usage.recovery_code": (
        tr("Group {group} of the {groups} groups of the recovery code is not as it was printed."),
        tr(
            "Compare this group with the sheet: a wrong, missing or swapped character is in it or beside it."
        ),
    ),
    "usage.recovery_undecided": (
        tr("A recovery code was asked for, and there is no terminal to show it on."),
        tr("Say where to write the sheet: --recovery-out FILE."),
    ),
    "usage.query": (
        tr("The query cannot be read at character {position}: {found}."),
        tr("Accepted here: {accepted}."),
    ),
    "usage.unknown_reference": (
        tr("There is no {kind} {reference} in this vault."),
        tr("Check how it is written; what is new at the portal comes with an exchange."),
    ),
    "usage.output": (
        tr("{path} cannot be written: {cause}."),
        tr("Choose a folder that exists and that you may write to, or put the medium in again."),
    ),
    "usage.input": (
        tr("{path} cannot be read: {cause}."),
        tr("Check its name and that you may read it, or put the medium in again."),
    ),
    "usage.choice": (
        tr("The choice has {count} reports; between 1 and {limit} are taken at once."),
        tr("Change the query or the selection; a large choice can be taken in several parts."),
    ),
    "usage.text": (
        tr("The text has {length} characters; between 1 and {limit} can be sent."),
        tr("Shorten it, or send it in two parts."),
    ),
    "usage.value": (tr("“{value}” is no {what}."), tr("Accepted here: {accepted}.")),
    "usage.entries": (
        tr("There are {count} entries; between 1 and {limit} can be sent at once."),
        tr("Leave out what is not needed, or send it in several parts."),
    ),
    "usage.kept_text": (
        tr("The {what} has {length} characters; between 1 and {limit} can be kept here."),
        tr("Shorten it, or put it down in two parts. Nothing of what was typed is lost."),
    ),
    "usage.act_too_large": (
        tr("These are {count} things; one act takes between 1 and {limit}."),
        tr("Choose fewer: a narrower query, or several acts."),
    ),
    "usage.erasure": (
        tr("{count} reports are chosen; one erasure takes {limit} at most."),
        tr("Erase them in parts, for instance by received:."),
    ),
    "refused.held": (
        tr("{reference} is under a legal hold ({count} of those chosen are). Nothing was erased."),
        tr("See who placed it and why: cport vault hold list. A supervisor can release it."),
    ),
    "refused.erased": (
        tr("{reference} was erased and does not come back."),
        tr("When and why: cport vault erasures list. Nothing of its content is left here."),
    ),
    "refused.unsettled": (
        tr(
            "{count} operations on these reports wait for the portal or for an analyst, the first on {reference}."
        ),
        tr("Sync first. With --force they are taken back unsent, and their texts are erased too."),
    ),
    "refused.act": (
        tr("This cannot be right any more: {reason}"),
        tr("Look at the report as it stands now. What you wrote was not queued."),
    ),
    "refused.hash_list": (
        tr("The hash list stays as it is: {rule}."),
        tr(
            "Lists of one’s own are withdrawn here; with the owner of any other, raise a false positive."
        ),
    ),
    "refused.operation_closed": (
        tr("This cannot be done with operation {operation}: its state is “{state}”."),
        tr(
            "What was rejected, needs you or is still queued can be revised or set aside; what needs you can be sent all the same."
        ),
    ),
    "refused.dossier": (
        tr("This cannot be done with the dossier of {domain}: {rule}."),
        tr("The dossier tells what it holds and how it stands."),
    ),
    "refused.domain": (
        tr("{domain} cannot be suggested: {rule}."),
        tr(
            "Suggest the domain that somebody registered, such as name.example: no IP address and no whole suffix."
        ),
    ),
    "refused.stack": (
        tr("The stack cannot be changed so: {rule}"),
        tr("Look at the stack first: what is in it, and why."),
    ),
    "refused.case": (
        tr("Case {case} stays as it is: {rule}"),
        tr("Look at the case first: whether it is open, and what is in it."),
    ),
    "refused.note": (
        tr("This note is by {by}. Whoever wrote a note changes it or takes it back."),
        tr("Write a note of your own beside it."),
    ),
    "refused.nothing_to_turn": (
        tr("There is nothing to undo."),
        tr("What you did here, newest first: cport deeds. Each analyst undoes their own acts."),
    ),
    "refused.deed_stays": (
        tr("What was done with {reference} stays as it is: {reason}"),
        tr("An older act can be undone by its number: cport deeds, cport undo NUMBER."),
    ),
    "refused.in_hand": (
        tr("{holder} has {reference} in hand until {until}. Nothing was decided."),
        tr("Read on, take the next one, or decide all the same (--despite-lease)."),
    ),
    "refused.second_reading": (
        tr("This reading is not taken: {rule}"),
        tr("What waits for a second reader: cport second list."),
    ),
    "refused.notice": (
        tr("No notice about {reference} was drafted: {cause}."),
        tr("Look at the report; what is missing can be given with the order."),
    ),
    "refused.copy_settled": (
        tr("What became of the copy {reference} is on record already: {handling}."),
        tr("If the hotline says something new about it, the copy is listed anew by itself."),
    ),
    "refused.count": (
        tr("{typed} was typed as the count, but {found} reports are meant. Nothing was erased."),
        tr("Look at them again without --count, then type the number that is shown."),
    ),
    "refused.clock": (
        tr("Nothing is due by this machine’s clock, which says {date}: {cause}"),
        tr(
            "Sync, or set the clock. If the date is right, read it off elsewhere and give it: --date {date}."
        ),
    ),
    "refused": (tr("This is not allowed here."), tr("Ask the person who administers this vault.")),
    "refused.workflow": (
        tr("The workflow of the network does not allow this assessment: {rule}."),
        tr("Actions and feedback to the hotline remain possible."),
    ),
    "refused.role": (
        tr("This needs the role “{role}”."),
        tr(
            "An administrator of this vault can give it ({givers}): cport vault analysts role NAME --add {role}"
        ),
    ),
    "refused.last_administrator": (
        tr(
            "Without {name} no administrator would be left who can open this vault with a passphrase or a recovery code."
        ),
        tr("Make somebody else an administrator first, or add such a slot for one."),
    ),
    "refused.secret_in_use": (
        tr("This passphrase cannot be taken."),
        tr("Choose another, longer one, made of words that nobody else would put together."),
    ),
    "refused.slot_exists": (
        tr("There is a key slot called “{name}” already."),
        tr("Choose another name; the slots are listed by: cport vault slots list"),
    ),
    "refused.name_taken": (
        tr("Something else is kept here under the name “{name}”."),
        tr("Choose another name, or remove the other one first."),
    ),
    "refused.signer_expired": (
        tr("The certificate of {name} is valid from {start} to {end} only."),
        tr("Ask the authority for a new certificate, or sign with another signer."),
    ),
    "refused.search_exists": (
        tr("There is a saved search called “{name}” already."),
        tr(
            "Choose another name, or say that it is to be replaced (cport searches save --replace)."
        ),
    ),
    "refused.searches_full": (
        tr("No more than {limit} searches are kept for one analyst, and as many for the unit."),
        tr("Remove one that is not used any more: cport searches remove NAME"),
    ),
    "refused.slots_full": (
        tr("A vault holds {limit} key slots, and this one has them all."),
        tr("Remove a slot that nobody uses, then try again."),
    ),
    "refused.analyst_exists": (
        tr("An analyst named {name} is or was in this vault."),
        tr(
            "Choose a name that tells the two apart: the audit log keeps what each of them did under it."
        ),
    ),
    "refused.agreement": (
        tr("The agreement {reference} does not allow {action}: {cause}."),
        tr(
            "{who} can change it. Why, and what would be allowed: cport portal agreement explain {function}"
        ),
    ),
    "refused.agreement_lapsed": (
        tr("The agreement {reference} ended on {date}; {action} is not allowed any more."),
        tr(
            "{who} can renew it. The renewal comes with the next exchange, by either road; what is here stays readable."
        ),
    ),
    "refused.agreement_unsigned": (
        tr(
            "The agreement {reference} came before agreements were signed by themselves: there is no signature to hand over."
        ),
        tr("A renewed enrolment, or the next revision, brings a signed one."),
    ),
    "refused.nothing_waits": (
        tr("No revision of the agreement waits to be accepted."),
        tr(
            "Revisions come with an exchange, by either road: cport portal agreement shows what is in force."
        ),
    ),
    "refused.nature": (
        tr("This vault is {ours} and the portal is {theirs}: they never exchange anything."),
        tr("Use a {theirs} vault for this portal, or the {ours} portal for this vault."),
    ),
    "refused.not_enrolled": (
        tr("This vault is not enrolled with a portal yet."),
        tr("Enrol first: cport portal enrol --url … --ca … --code …"),
    ),
    "refused.already_enrolled": (
        tr("This vault is already enrolled with the portal {portal}."),
        tr(
            "A vault belongs to one portal for its whole life; create another vault for another portal."
        ),
    ),
    "refused.enrolment_code": (
        tr("The portal does not take this enrolment code."),
        tr(
            "A code can be used once and for some days. Check it letter by letter, or ask for a new one."
        ),
    ),
    "refused.policy": (
        tr("The portal refuses this by its policy (clause {clause}): {reason}."),
        tr(
            "Repeating does not help. See the agreement: cport portal agreement; the national hotline can explain or change it."
        ),
    ),
    "refused.request_under_way": (
        tr(
            "An enrolment request of {made_at} waits for its answer. A new one makes new keys, and that answer will not fit any more."
        ),
        tr("Wait for the answer, or say that you mean it: cport portal request --replace …"),
    ),
    "refused.no_request": (
        tr("No enrolment request waits for an answer in this vault."),
        tr(
            "The answer belongs to another vault, or its request was replaced. Make one: cport portal request --out FILE …"
        ),
    ),
    "refused.courier_unready": (
        tr("This vault was enrolled before bundles could be carried, and has no keys for them."),
        tr(
            "Enrol it again with a code from the portal; it stays the same station: cport portal request … or cport portal enrol --url …"
        ),
    ),
    "refused.sandbox": (
        tr(
            "Media cannot be decoded here: the confinement reached is “{level}”, demanded is “{demanded}”."
        ),
        tr(
            "Media wait; everything else was done. Run cport doctor to see what this machine lacks."
        ),
    ),
    "refused.sandbox_unproven": (
        tr("Media cannot be decoded here: {cause}.", cause=SANDBOX_UNPROVEN),
        tr("Media wait; everything else was done. Look at media on a workstation with Linux."),
    ),
    "refused.look_not_granted": (
        tr("This look is not granted: {cause}."),
        tr("Let go, and hold again: each look is put on record anew."),
    ),
    "refused.key_file_in_vault": (
        tr("{path} lies in the folder of the vault that it is to open; there it protects nothing."),
        tr("Keep key files elsewhere, on a stick that is not left with the machine."),
    ),
    "refused.keyring": (
        tr("The keyring that this session offers does not protect what it keeps: {backend}."),
        tr(
            "A slot needs Secret Service, KWallet, the Windows Credential Manager or the macOS keychain. Passphrase and recovery slots need none of them."
        ),
    ),
    "refused.last_slot": (
        tr("This slot cannot be removed: {rule}"),
        tr("Add another slot first, and try whether it opens."),
    ),
    "refused.backup_unfit": (
        tr("{file} does not fit: {cause}"),
        tr("Choose another backup file, or make a full backup."),
    ),
    "refused.under_way": (
        tr("This has to wait: {what} is under way."),
        tr("Try again when it has ended."),
    ),
    "refused.purpose": (
        tr("{what} is done for a stated purpose only."),
        tr("Say what for: --purpose “…”. The purpose is kept in the audit log."),
    ),
    "refused.ledger": (
        tr(
            "Nothing is kept of your looking: the key slot that opened the vault carries no personal key."
        ),
        tr(
            "Open the vault with a slot that you made yourself, or that was made when you were added."
        ),
    ),
    "refused.break": (
        tr("Nothing is shown now. {cause}"),
        tr(
            "{until} What is due can be put off once, for some minutes: cport exposure breaks --put-off"
        ),
    ),
    "refused.figure": (
        tr("The unit’s rule binds: {figure}."),
        tr("Choose something at least as strict. A supervisor can change the unit’s rules."),
    ),
    "refused.week": (
        tr("Nothing of the week {week} can be given: {cause}"),
        tr("Choose another week. A week can be given when it is over, until its sum was shown."),
    ),
    "refused.overtaken": (
        tr(
            "{reference} was erased or withdrawn while the package was composed: nothing was handed over."
        ),
        tr("Compose it again; its preview tells what there is now."),
    ),
    "refused.redaction": (
        tr("{reference} cannot be redacted so: {cause}"),
        tr("Leave the item out of the package, or hand over no more than its veil."),
    ),
    "refused.output_exists": (
        tr("{path} exists already and is not overwritten."),
        tr("Choose another name or remove the file first."),
    ),
    "refused.update": (
        tr("The update was not carried out: {cause}."),
        tr("In force is what was before. Whoever handed the update over may know why."),
    ),
    "vault": (tr("The vault could not be used."), tr("Run cport doctor.")),
    "vault.not_a_vault": (
        tr("There is no vault in {path}."),
        tr("Check the folder, or create one: cport vault create"),
    ),
    "vault.exists": (
        tr("{path} holds a vault already."),
        tr("Choose an empty folder; an existing vault is never overwritten."),
    ),
    "vault.wrong_passphrase": (
        tr("No key slot of this vault opens with this secret."),
        tr(
            "Check the keyboard layout and Caps Lock, or whether it is the right file or code, and try again. The vault locks nothing by trying."
        ),
    ),
    "vault.slot_revoked": (
        tr(
            "This key slot was removed or given another secret; it does not open the vault any more."
        ),
        tr("Open with a slot that is left. An administrator of the vault can make a new one."),
    ),
    "vault.keyring_missing": (
        tr(
            "The secret of this slot was kept in {kept_in}; this session offers {offered}, and it is not there."
        ),
        tr(
            "Open the vault with a passphrase or the recovery code; then remove this slot and add a new one."
        ),
    ),
    "vault.keyring": (
        tr("The keyring {backend} does not do what it should: {cause}."),
        tr("Unlock it and try again, or open the vault with a passphrase or the recovery code."),
    ),
    "vault.token_module": (
        tr("The program part that talks to the token is not on this machine: {module}."),
        tr(
            "Install it, or name its file (--token MODULE; where a package is signed: --signer-module FILE). To unlock, a passphrase or the recovery code does without it."
        ),
    ),
    "vault.token_absent": (
        tr("The token “{label}” (serial number {serial}) is not plugged in."),
        tr(
            "Plug it in and try again. To unlock, a passphrase or the recovery code does without it."
        ),
    ),
    "vault.token_pin": (
        tr("The token “{label}” does not take this PIN. {tries}"),
        tr("Check the PIN before trying again: a token locks itself after some wrong ones."),
    ),
    "vault.token_locked": (
        tr("The token “{label}” has locked itself after wrong PINs."),
        tr(
            "Whoever issued the token can free it. To unlock the vault, a passphrase or the recovery code does without it."
        ),
    ),
    "vault.token_key": (
        tr("There is no key “{key}” for this on the token “{label}”."),
        tr(
            "Check that it is the token that was enrolled, or kept as a signer; another copy of it may hold other keys."
        ),
    ),
    "vault.token": (
        tr("The token or the program part that talks to it reports a fault: {cause}."),
        tr(
            "Take the token out and plug it in again. To unlock, a passphrase or the recovery code does without it."
        ),
    ),
    "vault.held": (
        tr("The vault is in use by {holder} (process {pid})."),
        tr(
            "Close it there first; one program uses a vault at a time. If it hangs, end that process: what was committed is safe."
        ),
    ),
    "vault.lock_unsupported": (
        tr(
            "The file system under this vault knows no locks ({cause}), so that two programs could write at once."
        ),
        tr("Move the vault’s folder to a disk of this machine."),
    ),
    "vault.newer": (
        tr(
            "This vault was written by a newer version (schema {found}; this version knows {known})."
        ),
        tr("Update this program. The vault was not touched."),
    ),
    "vault.damaged": (
        tr("A check of the vault failed: {where}."),
        tr("Keep a copy of the folder as it is, then run cport vault check --deep."),
    ),
    "vault.backup_damaged": (
        tr("The backup {file} is cut or was changed: {where}."),
        tr("Use another backup, and make a new one soon. Nothing was taken from this file."),
    ),
    "vault.restore_unfinished": (
        tr("A restore into {path} was cut off; what lies there is no vault."),
        tr("Restore into the same folder again: it begins anew."),
    ),
    "vault.database_put_back": (
        tr(
            "The database of this vault is older than its header ({found} against {known}): it was put back to an earlier copy, or lost what was written last."
        ),
        tr(
            "Find the newer copy of the folder and open that. If there is none: cport audit acknowledge-rollback --reason “…” opens it and puts the gap on record."
        ),
    ),
    "vault.rolled_back": (
        tr(
            "This vault is older than what this machine has seen of it: its audit log has {found} entries, and {known} were seen here. It was put back to an earlier copy, or its log was changed."
        ),
        tr(
            "Find the newer copy of the folder and open that. If there is none: cport audit acknowledge-rollback --reason “…” opens it and puts the gap on record."
        ),
    ),
    "vault.storage_full": (
        tr("The disk took no more: {where}."),
        tr("Free some space and try again. What was committed is safe; the rest was undone."),
    ),
    "vault.storage_unwritable": (
        tr("The vault cannot be written here: {where} ({cause})."),
        tr(
            "Check that the medium is not write-protected and that the folder is yours to write in."
        ),
    ),
    "vault.update_unproven": (
        tr("The new version does not work on this machine: {cause}."),
        tr(
            "It was taken away again, and the version before it is in force. Say so to whoever made it."
        ),
    ),
    "vault.document": (
        tr("The summary document could not be made: {cause}."),
        tr(
            "Nothing was written. Try again with fewer reports, and run cport doctor if it repeats."
        ),
    ),
    "road": (tr("The portal could not be reached."), tr("Try again later, or use the other road.")),
    "road.time_stamp": (
        tr("The time stamp authority gave no answer: {cause}."),
        tr(
            "Check its address and try again. Without a network write the question with --request and have it answered elsewhere."
        ),
    ),
    "road.unreachable": (
        tr("The portal gave no answer: {cause}."),
        tr(
            "Try again in a while, or go by removable media; what you did waits in the outbox and nothing is lost."
        ),
    ),
    "road.no_network": (
        tr("This machine has no network just now ({cause})."),
        tr(
            "Put the cable in, join the network or start its tunnel. Everything but the exchange works without; removable media are the other road."
        ),
    ),
    "road.name_not_found": (
        tr("The name {host} has no address here."),
        tr("Check the network’s name service or the address of the portal."),
    ),
    "road.proxy_refused": (
        tr("The proxy on the way lets nothing through: {cause}."),
        tr(
            "Ask whoever runs it to allow connections to the portal, or set another one: cport links set NAME --proxy URL."
        ),
    ),
    "road.proxy_password": (
        tr("The proxy wants a name and a password: {cause}."),
        tr(
            "Set them with its address: cport links set NAME --proxy-file FILE, with http://name:password@host:port in the file."
        ),
    ),
    "road.certificate": (
        tr("The portal’s certificate was not accepted: {cause}."),
        tr(
            "Do not go on. Ask the portal whether its authority changed; the pinned one is kept in the vault."
        ),
    ),
    "road.certificate_expired": (
        tr("The portal’s certificate has expired, by this machine’s clock."),
        tr(
            "Check this machine’s date first. If it is right, tell the portal that its certificate has to be renewed; until then go by removable media."
        ),
    ),
    "road.certificate_not_yet": (
        tr("The portal’s certificate is not valid yet, by this machine’s clock."),
        tr("This machine’s date is most likely in the past: set it, then sync again."),
    ),
    "road.certificate_name": (
        tr("The portal’s certificate is for another name than {host}."),
        tr(
            "Do not go on. Compare the portal’s address with the one on paper; if it is right, report this to the portal."
        ),
    ),
    "road.station_certificate": (
        tr("The portal does not take this station’s certificate: {cause}."),
        tr(
            "Ask the portal for a new enrolment code and enrol again; nothing of the vault is lost by it."
        ),
    ),
    "road.station_certificate_expired": (
        tr("This station’s own certificate has expired ({until})."),
        tr(
            "Ask the portal for a new enrolment code and enrol again; nothing of the vault is lost by it. Removable media go on working."
        ),
    ),
    "road.clock_skew": (
        tr("This machine’s clock and the portal’s differ by {seconds} seconds."),
        tr("Set the clock of this machine, then sync again."),
    ),
    "road.session_expired": (
        tr("The portal ended this session."),
        tr(
            "Sign in anew: every sync does. If a new session is ended at once again, ask the portal about this station; repeating does not help."
        ),
    ),
    "road.access_revoked": (
        tr("The portal does not know this station any more."),
        tr("Contact your national hotline; trying again will not help."),
    ),
    "road.portal_busy": (
        tr("The portal is busy (status {status})."),
        tr(
            "Come back later; seconds that it asks to wait: {retry_after}. Nothing is lost meanwhile."
        ),
    ),
    "road.transfer_cut": (
        tr("The transfer was cut after {got} of {wanted} bytes."),
        tr("Sync again; it goes on from there."),
    ),
    "road.address_unknown": (
        tr("This vault was enrolled by stick, and nobody has told it where the portal is."),
        tr(
            "Exchange by stick (cport courier send FILE), or tell it: cport portal address https://…"
        ),
    ),
    "road.drive_absent": (
        tr("There is nothing at {path}."),
        tr("Plug the drive in and wait until it is mounted, then check the path."),
    ),
    "road.drive_locked": (
        tr("This account may not use {path}."),
        tr(
            "Unlock the drive or mount it for this account; whoever owns it can give the right to read and write."
        ),
    ),
    "road.drive_read_only": (
        tr("The drive of {path} takes no writing."),
        tr(
            "Move the switch on its side if it has one, mount it for writing, or use another drive."
        ),
    ),
    "road.drive_full": (
        tr("The drive of {path} has not enough room (needed {wanted} bytes, free {free})."),
        tr(
            "Nothing of it was left there. Free some space, use a larger drive, or split it over several: --part-size 700M."
        ),
    ),
    "road.drive_removed": (
        tr("The drive of {path} was taken away or failed before all was done."),
        tr(
            "Plug it in again and repeat the command: nothing is lost, and nothing counts twice. If it fails again, use another drive."
        ),
    ),
    "road.drive_foreign": (
        tr("The file system of {path} cannot do what is needed ({cause})."),
        tr("Use a drive formatted as exFAT, FAT32, NTFS or ext4."),
    ),
    "road.drive_file_size": (
        tr("The file system of {path} takes no file of this length (FAT32 ends at 4 GiB)."),
        tr("Nothing of it was left there. Split it: --part-size 3900M."),
    ),
    "road.drive_unreliable": (
        tr("What was read back from {path} is not what was written."),
        tr("Do not trust this drive any more. What was written was removed; use another one."),
    ),
    "road.parts_missing": (
        tr("Of {parts} parts of this bundle, these are not here: {missing}."),
        tr(
            "Name all parts in one command; copy them from their drives into one folder first. They stay sealed there."
        ),
    ),
    "road.cancelled": (
        tr("Stopped on request."),
        tr("What was committed stays; the next run goes on from there."),
    ),
    "untrusted": (
        tr("Something was received that cannot be trusted."),
        tr("Nothing of it was applied."),
    ),
    "untrusted.malformed": (
        tr("The portal’s message does not follow the protocol at {where}: {cause}."),
        tr("Nothing of it was applied; it is kept aside for diagnosis. Report it to the portal."),
    ),
    "untrusted.too_large": (
        tr("A message is longer than any honest one (limit {limit})."),
        tr("Nothing of it was applied. Report it to the portal."),
    ),
    "untrusted.newer": (
        tr(
            "The message is of version {found} of the protocol; this program speaks version {known}."
        ),
        tr(
            "Nothing of it was applied. Install the newer version of this program, then take it in again."
        ),
    ),
    "untrusted.signature": (
        tr("The signature does not hold: {what}."),
        tr("Nothing of it was applied. Do not use the content; report it to whoever sent it."),
    ),
    "untrusted.mixup": (
        tr("The message is not the one this station asked for; what does not fit: {what}."),
        tr(
            "Nothing of it was applied; it is kept aside. Sync again; if it repeats, report it to the portal."
        ),
    ),
    "untrusted.replayed": (
        tr("This message was applied before, or another one in its place: it is played again."),
        tr(
            "Nothing of it was applied; it is kept aside. Sync again; if it repeats, report it to the portal: somebody may be playing old messages."
        ),
    ),
    "untrusted.gap": (
        tr("A message that comes before this one is missing."),
        tr(
            "Nothing of it was applied. Sync again, or bring the bundle that comes before it; what is missing is made anew."
        ),
    ),
    "untrusted.chain": (
        tr("This message goes on from another past than the one in this vault."),
        tr(
            "Nothing of it was applied; it is kept aside. If the vault was restored from a backup, sync by the network or send a new bundle; otherwise report it to the portal."
        ),
    ),
    "untrusted.rolled_back": (
        tr(
            "What the portal says now is older than what it said before: it was put back to an earlier state, or somebody plays its earlier words."
        ),
        tr(
            "Nothing of it was applied; what is here stays as it is. Ask the portal what happened before you sync again."
        ),
    ),
    "untrusted.frozen": (
        tr(
            "The portal’s word that nothing is waiting is an old one: somebody keeps its news back, or a clock is wrong."
        ),
        tr(
            "Nothing is lost. Set this machine’s clock right and sync again; if it repeats, report it to the portal, or go by the other road."
        ),
    ),
    "untrusted.ahead": (
        tr(
            "This message says that it was made in the future: a clock is wrong, or somebody gave it a later date."
        ),
        tr(
            "Nothing of it was applied; it is kept aside. Set this machine’s clock right and sync again; if it repeats, report it to the portal."
        ),
    ),
    "untrusted.digest": (
        tr("The bytes received are not those announced: {what}."),
        tr("They were not kept. Sync again; if it repeats, report it to the portal."),
    ),
    "untrusted.package": (
        tr("This is not a package of this format: {cause}."),
        tr("Ask the sender for the file again and compare its SHA-256."),
    ),
    "untrusted.package_unproven": (
        tr(
            "The package was not taken in, because a step of its verification did not pass: {cause}"
        ),
        tr("All steps and what each found: cport package verify. Nothing was changed here."),
    ),
    "untrusted.bundle": (
        tr("This is not a courier bundle, or not all of one: {cause}."),
        tr(
            "Nothing of it was applied. Check that it is the right file; if it is, ask for it again."
        ),
    ),
    "untrusted.bundle_direction": (
        tr("This bundle is on its way to the {found}, and not to here."),
        tr(
            "Nothing of it was applied. Perhaps the file that was to be carried away was chosen; take the one that came back."
        ),
    ),
    "untrusted.bundle_key": (
        tr("This bundle is sealed to another key than the one here."),
        tr(
            "Nothing of it was applied. It is for somebody else, or from before this vault was enrolled again: send a new bundle and bring back its answer."
        ),
    ),
    "untrusted.bundle_station": (
        tr("This bundle belongs to another station."),
        tr("Nothing of it was applied. Bring it to the station that it is for."),
    ),
    "untrusted.bundle_portal": (
        tr("This bundle belongs to another portal."),
        tr(
            "Nothing of it was applied. Check which portal this station is enrolled with: cport portal agreement"
        ),
    ),
    "untrusted.bundle_order": (
        tr("Bundle {sequence} is out of order: bundle {missing} is missing here."),
        tr(
            "Nothing of it was applied. Receive bundle {missing} first; if it is lost, send a new bundle and bring back its answer."
        ),
    ),
    "untrusted.bundle_outdated": (
        tr(
            "The station has gone on since: this is its bundle {sequence}, and {known} was answered already."
        ),
        tr("Nothing was changed. Ask the station for a new one: cport courier send FILE"),
    ),
    "untrusted.part_damaged": (
        tr("Part {part} of {parts} is damaged: {path}."),
        tr(
            "Nothing of the bundle was applied. Copy this part again from where it came, or ask for the bundle again."
        ),
    ),
    "untrusted.parts_mixed": (
        tr("{path} is not a part of the same bundle as the others, or is here twice."),
        tr("Nothing was applied. Name the parts of one bundle only, each once."),
    ),
    "untrusted.answer": (
        tr("Whoever made this answer does not know the enrolment code."),
        tr(
            "Nothing was kept. Report it to the portal; make a new request with a new code if in doubt."
        ),
    ),
    "untrusted.identity": (
        tr("The package is not sealed to this identity."),
        tr("Use the identity whose public half was given to the sender."),
    ),
    "untrusted.checkpoint": (
        tr("This is not a checkpoint of an audit log, or it was damaged: {cause}."),
        tr("Choose the file as it was written, or type the code again as it stands in the diary."),
    ),
    "untrusted.time_stamp": (
        tr("This is no time stamp, or it was not made for this."),
        tr("Nothing was kept. Ask the authority again, with the question of this very package."),
    ),
    "untrusted.key_file": (
        tr("A key or certificate cannot be read: {what}."),
        tr("Check that the right file was chosen and that it is complete."),
    ),
    "untrusted.redactions": (
        tr("The file of redactions cannot be used ({where}): {cause}"),
        tr(
            "Nothing was redacted and nothing left. Mend this place of the file; how it is written stands in"
            " docs/formats/redactions.md."
        ),
    ),
    "untrusted.hash_list": (
        tr("The file is no list of digests that can be read: {cause}."),
        tr(
            "Nothing of it was taken. Each line is a digest and perhaps a name, as md5sum writes them."
        ),
    ),
    "untrusted.registration": (
        tr("The file cannot be enclosed as a record of who registered a domain: {cause}."),
        tr(
            "Nothing of it was taken. Fetch the record anew, or enclose it as the other kind of record."
        ),
    ),
    "untrusted.domain_list": (
        tr("The file is no list of domains that can be read: {cause}."),
        tr("Nothing was compared. Such a list has the name of a domain in each line."),
    ),
    "untrusted.suffixes": (
        tr("The file cannot be put in as a list by which domains are judged: {cause}."),
        tr("Nothing of it was taken; the list that was in force stays in force."),
    ),
    "untrusted.searches": (
        tr("The file is no file of saved searches: {cause}."),
        tr("Nothing of it was taken. Such a file is written by: cport searches export FILE"),
    ),
    "untrusted.update": (
        tr("This update is not believed: {cause}."),
        tr("Nothing of it was taken. Copy the file anew, or ask whoever handed it over."),
    ),
    "check.failed": (
        tr("The check found faults: {findings}."),
        tr("Read the findings above. Keep a copy of what was checked as it is."),
    ),
    "check.anchor": (
        tr(
            "The portal does not know this audit log: here it has {size} entries, and the portal has co-signed one of {held}. The vault was put back to an earlier copy, or its log was changed."
        ),
        tr(
            "Stop working with it, keep a copy of the folder as it is, and find the newer copy of the vault. Everything else was exchanged."
        ),
    ),
    "bug": (
        tr("The program met a condition that it does not know."),
        tr(
            "Nothing half-done was kept. Pass the reference of the diagnostic record to the maintainers."
        ),
    ),
}


NOTHING_TO_REDO = tr("There is nothing to redo.")
"""That of `NothingToTurn` where the analyst wanted to redo something."""


class _Blank(dict[str, object]):
    """A fact that an error does not carry reads as an en dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def explain(error: CportError) -> Sentence:
    """The sentence for `error`; that of its nearest known family if its code has none."""
    message, hint = pattern(error.code)
    if isinstance(error, NothingToTurn) and error.facts.get("what") == REDO:
        message = NOTHING_TO_REDO
    if isinstance(error, QueryError):
        message, hint = FAULTS.get(str(error.facts.get("why")), (message, hint))
    return Sentence(error.code, fill(message, error), fill(hint, error))


def fill(text: str, error: CportError) -> str:
    """`text` with the facts of `error` in its places."""
    facts = _Blank({name: told(error.code, name, fact) for name, fact in error.facts.items()})
    return text.format_map(facts)


def known_codes() -> frozenset[str]:
    """Every code that has a sentence (the manual lists them)."""
    return frozenset(_SENTENCES)


def pattern(code: str) -> tuple[str, str]:
    """What happened and what to do, as they stand before facts are filled in; those of the nearest known
    family if the code has none.
    """
    while code not in _SENTENCES:
        code = code.rpartition(".")[0] or "bug"
    return _SENTENCES[code]
