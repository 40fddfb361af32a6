"""Every error that this program raises on purpose, as one tree.

The families say who can act; the leaf says what happened; the facts say where.

    CportError
    ├── UsageError            the caller wrote something that cannot be understood      exit 2
    │   ├── ArgumentsUnclear      arguments of the command line (cause, command)
    │   ├── VaultUnnamed          nothing says which vault is meant
    │   ├── PassphraseMissing     nothing says where it is and nobody can be asked
    │   ├── SecretMissing         a slot's secret is not named and nobody can be asked (what)
    │   ├── SecretUnfit           a new secret is empty or too short (what, least)
    │   ├── RecoveryCodeMistyped  a group of it is not as it was printed (group, groups)
    │   ├── RecoveryUndecided     a recovery code, and nowhere to show or write it
    │   ├── QueryError            a query does not parse (position, found, accepted, why)
    │   ├── UnknownReference      there is no such report, media item, case … here
    │   ├── OutputUnwritable      a file asked for by path cannot be made there (path, cause)
    │   ├── InputUnreadable       a file named by path cannot be read (path, cause)
    │   ├── ChoiceUnfit           no report chosen, or more than fit (count, limit)
    │   ├── TextUnfit             a text is empty or longer than can be sent (length, limit)
    │   ├── ValueUnknown          a value is none of those accepted (value, accepted)
    │   ├── EntriesUnfit          no entry, or more than can be sent at once (count, limit)
    │   ├── KeptTextUnfit         a note, a title … that is empty or too long to be kept (what, length, limit)
    │   ├── ActTooLarge           nothing, or more things than one act takes (count, limit)
    │   └── ErasureTooLarge       more reports than one erasure takes (count, limit)
    ├── Refused               a rule, a policy or the agreement says no                 exit 3
    │   ├── RoleMissing           the analyst does not have the role for it (role, givers)
    │   ├── LastAdministrator     somebody must remain who can give roles and slots (name)
    │   ├── SecretInUse           the passphrase opens somebody else's slot already
    │   ├── SlotsFull             a vault holds no more key slots (limit)
    │   ├── SlotExists            another key slot has this name (name)
    │   ├── NameTaken             something else is kept under this name (name)
    │   ├── SignerExpired         its certificate is not valid now (name, start, end)
    │   ├── SearchExists          another saved search has this name (name)
    │   ├── SearchesFull          no more saved searches are kept (limit)
    │   ├── AnalystExists         an analyst of this name is or was here (name)
    │   ├── WorkflowRefused       a rule of the ICCAM workflow (rule)
    │   ├── AgreementForbids      no clause grants it, or one forbids it (clause, action, who)
    │   ├── AgreementLapsed       the agreement has run out or was ended (reference, date)
    │   ├── AgreementUnsigned     it came before agreements were signed by themselves (reference)
    │   ├── NothingWaits          no version of the agreement waits to be looked at or accepted
    │   ├── NatureRefused         demo and live must never meet (ours, theirs)
    │   ├── NotEnrolled           the vault has no agreement with a portal yet
    │   ├── AlreadyEnrolled       the vault is bound to another portal already
    │   ├── CodeRefused           the portal does not take this enrolment code
    │   ├── RequestUnderWay       an enrolment request waits for its answer (made_at)
    │   ├── NoRequest             no enrolment request was made here that waits for an answer
    │   ├── CourierUnready        the bond is from before bundles could be sealed
    │   ├── PolicyRefused         the portal's own policy says no (clause, reason)
    │   ├── SandboxRefused        no decoder confined as the settings demand
    │   │   └── SandboxUnproven       this platform's has not passed its contract
    │   ├── LookNotGranted        a look that is not on record, is another's, or is over (cause)
    │   ├── KeyFileInVault        a key file in the folder that it opens (path)
    │   ├── KeyringRefused        a keyring that does not protect what it keeps (backend)
    │   ├── LastSlot              without this slot somebody could not get in any more (rule)
    │   ├── BackupUnfit           not a backup of this vault, or not the one needed (file, cause)
    │   ├── KeepingUnderWay       a backup is being made, or an erasure is under way (what)
    │   ├── PurposeMissing        this is done for a stated purpose only (what)
    │   ├── ItemHeld              a legal hold is in force (reference, count)
    │   ├── ItemErased            it was erased and does not come back (reference)
    │   ├── ItemUnsettled         an operation on it waits for the portal (reference, count)
    │   ├── ActUnfit              what was true when it was thought of is no more (reason)
    │   ├── StackUnfit            these contents cannot be put so (rule)
    │   ├── CaseUnfit             what a case cannot take or be (case, rule)
    │   ├── NoteOfAnother         whoever wrote a note changes it and takes it back (by)
    │   ├── OperationClosed       an operation is past what is asked of it (operation, state)
    │   ├── NothingToTurn         nothing was done that could be undone, or undone that could be redone (what)
    │   ├── DeedStays             what was done cannot be undone any more (reference, reason)
    │   ├── ReportInHand          a colleague has the report in hand (reference, holder, until)
    │   ├── ReadingUnfit          not for this analyst to confirm or contradict (operation, rule)
    │   ├── DomainUnfit           a name that cannot be suggested (domain, rule)
    │   ├── DossierUnfit          what the dossier of a domain does not take (domain, rule)
    │   ├── NoticeUnfit           no notice to a provider can be drafted of it (reference, cause)
    │   ├── CopySettled           it is on record how the chase after a copy ended (reference, handling)
    │   ├── ListKept              a hash list that cannot be withdrawn here (rule)
    │   ├── CountDiffers          the count that was typed is not the count here (typed, found)
    │   ├── ClockDoubtful         nothing is due by a clock that may be wrong (cause, date)
    │   ├── LedgerAbsent          without a personal key nothing is kept of one's own looking
    │   ├── BreakDue              the unit chose that its breaks bind, and one is due (cause, until)
    │   ├── FigureBound           looser than the unit's figure, which binds (figure, limit)
    │   ├── WeekUnfit             a week that cannot be given to the unit (week, cause)
    │   ├── PackageOvertaken      something was erased or withdrawn while it was packed (reference)
    │   ├── RedactionUnfit        it cannot be redacted so (reference, cause)
    │   ├── UpdateRefused         it is genuine and not for here, or there is nothing to go back to (what, cause)
    │   └── OutputExists          a file that would be overwritten (path)
    ├── VaultError            this machine: its disk, its vault, its keys               exit 4
    │   ├── NotAVault             the folder holds no vault
    │   ├── VaultExists           the folder holds one already
    │   ├── WrongPassphrase       no slot opens with it
    │   ├── SlotRevoked           the slot that would open was removed or changed
    │   ├── KeyringMissing        the slot's secret is not in this session's keyring (kept_in, offered)
    │   ├── KeyringFailed         the keyring does not do what it should (backend, cause)
    │   ├── TokenModuleMissing    no such PKCS#11 module on this machine (module)
    │   ├── TokenAbsent           the token is not plugged in (label, serial)
    │   ├── TokenPinWrong         the token does not take this PIN (label, tries)
    │   ├── TokenPinLocked        the token takes no PIN any more (label)
    │   ├── TokenKeyMissing       no such decrypting key on the token (label, key)
    │   ├── TokenFailed           the token or its module reports a fault (cause)
    │   ├── VaultHeld             another process writes to it (holder, pid)
    │   ├── LockUnsupported       the file system knows no locks (cause)
    │   ├── VaultNewer            written by a newer version (found, known)
    │   ├── VaultDamaged          header, page or blob fails its check (where)
    │   ├── DatabasePutBack       the database is older than the header (found, known)
    │   ├── VaultRolledBack       an older copy than this machine has seen (found, known)
    │   ├── BackupDamaged         a backup file is cut or was changed (file, where)
    │   ├── RestoreUnfinished     the folder holds a restore that was cut off (path)
    │   ├── StorageFull           the medium took no more (where)
    │   ├── StorageUnwritable     the medium or its rights allow no writing (where, cause)
    │   ├── UpdateUnproven        a new version did not show that it works here (cause)
    │   └── DocumentFailed        the child that sets documents gave none (cause)
    ├── RoadError             the way to the portal: later, or by the other road        exit 5
    │   ├── Unreachable           no answer (cause)
    │   ├── StampUnreachable      no time stamp authority answers there (cause)
    │   ├── NoNetwork             this machine has no way to any network (cause)
    │   ├── NameNotFound          the host name has no address
    │   ├── ProxyRefused          the proxy lets nothing through (status, cause)
    │   │   └── ProxyPasswordWanted   it wants a name and a password, or others than it got
    │   ├── CertificateRejected   TLS: the portal is not the one that was pinned (cause)
    │   │   ├── CertificateExpired      its certificate's time is over, by this clock
    │   │   ├── CertificateNotYetValid  its certificate's time has not begun, by this clock
    │   │   └── CertificateOtherName    its certificate is for another name (host)
    │   ├── StationCertificateRefused the portal does not take this station's certificate (cause)
    │   │   └── StationCertificateExpired  its time is over (until)
    │   ├── ClockSkew             portal and station disagree on the time (seconds)
    │   ├── SessionExpired        the token is no longer good; sign in again
    │   ├── AccessRevoked         the portal no longer knows this station
    │   ├── PortalBusy            5xx or 429 (retry_after)
    │   ├── TransferCut           the body ended before its stated length (got, wanted)
    │   ├── AddressUnknown        enrolled by stick: nobody told where the portal is
    │   ├── DriveAbsent           no such folder or file: not plugged in, or another name (path)
    │   ├── DriveLocked           this account may not read or write there (path)
    │   ├── DriveReadOnly         the drive takes no writing (path)
    │   ├── DriveFull             the drive took no more (path, wanted, free)
    │   ├── DriveRemoved          it was taken away, or failed, in the middle (path)
    │   ├── DriveForeign          its file system cannot do what is needed (path, cause)
    │   ├── FileTooLargeForDrive  its file system takes no file of that length (path)
    │   ├── DriveUnreliable       what was read back is not what was written (path)
    │   ├── PartsMissing          parts of the bundle are not here (missing, parts)
    │   └── Cancelled             a person stopped it; what was committed stays
    ├── UntrustedData         somebody sent rubbish; it is kept aside and nothing applied   exit 6
    │   ├── MalformedMessage      not the shape of the protocol (where, cause)
    │   ├── MessageTooLarge       longer than any honest one (limit)
    │   ├── MessageNewer          of a later version of the protocol (found, known)
    │   ├── SignatureInvalid      not signed by whom it claims
    │   ├── MessageMixup          for another station, portal or moment (what)
    │   │   ├── MessageReplayed       it, or another in its place, was applied before
    │   │   ├── MessageMissing        one that comes before it is missing
    │   │   ├── ChainForked           it goes on from another past than the one here
    │   │   ├── PortalRolledBack      it is older than what was applied last
    │   │   ├── PortalFrozen          that nothing waits was said long ago
    │   │   └── PortalAhead           it says that it was made in the future
    │   ├── DigestMismatch        bytes are not those announced (what)
    │   ├── PackageMalformed      not a package of this format (cause)
    │   ├── PackageUnproven       a step of its verification did not pass (step, cause)
    │   ├── BundleMalformed       not a bundle of this format (cause)
    │   ├── BundleUnexpected      a bundle on its way in the other direction (found)
    │   ├── BundleSealedElsewhere sealed to another key than ours
    │   ├── BundleOfStation       for, or from, another station
    │   ├── BundleOfPortal        from, or for, another portal
    │   ├── BundleOutOfOrder      one that comes before it is missing (sequence, missing)
    │   ├── BundleOutdated        the station has gone on since (sequence, known)
    │   ├── PartDamaged           a part of a bundle was changed or cut (path, part, parts)
    │   ├── PartsMixed            parts of different bundles (path)
    │   ├── AnswerUnproven        whoever made it does not know the enrolment code
    │   ├── IdentityMismatch      sealed to somebody else
    │   ├── CheckpointMalformed   no checkpoint of a log, nor a code of one (cause)
    │   ├── KeyFileMalformed      a key or certificate file cannot be read (what)
    │   ├── StampUnfit            no time stamp, or of something else
    │   ├── RedactionsUnreadable  no file of redactions (where, cause)
    │   ├── HashListUnreadable    no file of digests that this version reads (cause)
    │   ├── RegistrationUnreadable  no record of who registered a domain (cause)
    │   ├── DomainListUnreadable  no list of domains (cause)
    │   ├── SuffixListUnreadable  no list by which domains are judged, or an older one (cause)
    │   ├── UpdateUntrusted       no bundle of updates, or one that is not believed (what, cause)
    │   └── SearchFileUnreadable  no file of saved searches (cause)
    └── CheckFailed           a check ran and found something wrong (findings)          exit 7
        └── AnchorRefused         the portal knows another log of this vault (size, held)

Whatever else escapes is a bug (exit 1). Messages for people are made in `words` from
`code` and `facts`; neither may ever carry a secret or the content of a case.
"""

from __future__ import annotations

from typing import ClassVar

Fact = str | int | float | None


class CportError(Exception):
    """Root of the tree.

    `code` is stable and listed in the manual; `exit_status` is the process exit code of
    the command line; `facts` fill the sentence that `words.errors` keeps for the code.
    """

    code: ClassVar[str] = "bug"
    exit_status: ClassVar[int] = 1

    def __init__(self, **facts: Fact) -> None:
        self.facts: dict[str, Fact] = facts
        details = ", ".join(f"{name}={value}" for name, value in facts.items())
        super().__init__(f"{self.code}({details})")


class UsageError(CportError):
    code = "usage"
    exit_status = 2


class ArgumentsUnclear(UsageError):
    """Facts: cause, command."""

    code = "usage.arguments"


class VaultUnnamed(UsageError):
    code = "usage.vault"


class PassphraseMissing(UsageError):
    code = "usage.passphrase"


class SecretMissing(UsageError):
    """Facts: what (which secret, in words)."""

    code = "usage.secret_missing"


class SecretUnfit(UsageError):
    """Facts: what (which secret), least (characters)."""

    code = "usage.secret"


class RecoveryCodeMistyped(UsageError):
    """Facts: group (from 1), groups."""

    code = "usage.recovery_code"


class RecoveryUndecided(UsageError):
    code = "usage.recovery_undecided"


class QueryError(UsageError):
    """Facts: position (characters from 0), found, accepted (what would be understood), why (a word of
    `words.queries.FAULTS`).
    """

    code = "usage.query"


class UnknownReference(UsageError):
    """Facts: kind, reference."""

    code = "usage.unknown_reference"


class OutputUnwritable(UsageError):
    """Facts: path, cause."""

    code = "usage.output"


class InputUnreadable(UsageError):
    """Facts: path, cause."""

    code = "usage.input"


class ChoiceUnfit(UsageError):
    """Facts: count, limit (reports)."""

    code = "usage.choice"


class TextUnfit(UsageError):
    """Facts: length, limit (characters)."""

    code = "usage.text"


class ValueUnknown(UsageError):
    """Facts: what, value, accepted."""

    code = "usage.value"


class EntriesUnfit(UsageError):
    """Facts: count, limit."""

    code = "usage.entries"


class KeptTextUnfit(UsageError):
    """Facts: what, length, limit (characters)."""

    code = "usage.kept_text"


class ActTooLarge(UsageError):
    """Facts: count, limit."""

    code = "usage.act_too_large"


class ErasureTooLarge(UsageError):
    """Facts: count, limit (reports)."""

    code = "usage.erasure"


class Refused(CportError):
    """Facts: clause, where an agreement or a policy forbids it."""

    code = "refused"
    exit_status = 3


class WorkflowRefused(Refused):
    """Facts: rule (a key of `domain.assessment.WorkflowRule`)."""

    code = "refused.workflow"


class RoleMissing(Refused):
    """Facts: role (a word of `domain.roles.Role`), givers (names of the administrators)."""

    code = "refused.role"


class LastAdministrator(Refused):
    """Facts: name."""

    code = "refused.last_administrator"


class SecretInUse(Refused):
    code = "refused.secret_in_use"


class SlotsFull(Refused):
    """Facts: limit."""

    code = "refused.slots_full"


class SlotExists(Refused):
    """Facts: name."""

    code = "refused.slot_exists"


class AnalystExists(Refused):
    """Facts: name."""

    code = "refused.analyst_exists"


class AgreementForbids(Refused):
    """Facts: action, function (its word), reference, clause (the number of one that limits; None:
    none grants it), cause (words of `words.agreement`), who (can change it); where it is known,
    nearest (the numbers of the clauses that `cause` names).
    """

    code = "refused.agreement"


class AgreementLapsed(Refused):
    """Facts: action, reference, date (ISO 8601), who (can renew it)."""

    code = "refused.agreement_lapsed"


class AgreementUnsigned(Refused):
    """Facts: reference."""

    code = "refused.agreement_unsigned"


class NothingWaits(Refused):
    code = "refused.nothing_waits"


class NatureRefused(Refused):
    """Facts: ours, theirs (demo or live)."""

    code = "refused.nature"


class NotEnrolled(Refused):
    code = "refused.not_enrolled"


class AlreadyEnrolled(Refused):
    """Facts: portal."""

    code = "refused.already_enrolled"


class CodeRefused(Refused):
    code = "refused.enrolment_code"


class PolicyRefused(Refused):
    """Facts: clause (as the portal numbers it), reason (as the portal words it)."""

    code = "refused.policy"


class RequestUnderWay(Refused):
    """Facts: made_at (ISO 8601)."""

    code = "refused.request_under_way"


class NoRequest(Refused):
    code = "refused.no_request"


class CourierUnready(Refused):
    code = "refused.courier_unready"


class SandboxRefused(Refused):
    """Facts: level, demanded."""

    code = "refused.sandbox"


class SandboxUnproven(SandboxRefused):
    """Facts: as `SandboxRefused`."""

    code = "refused.sandbox_unproven"


class LookNotGranted(Refused):
    """Facts: cause (words of `words.looking`)."""

    code = "refused.look_not_granted"


class KeyFileInVault(Refused):
    """Facts: path."""

    code = "refused.key_file_in_vault"


class KeyringRefused(Refused):
    """Facts: backend."""

    code = "refused.keyring"


class LastSlot(Refused):
    """Facts: rule (a sentence of `words.slots`)."""

    code = "refused.last_slot"


class BackupUnfit(Refused):
    """Facts: file (its name), cause (a sentence of `words.keeping`)."""

    code = "refused.backup_unfit"


class KeepingUnderWay(Refused):
    """Facts: what (a backup, an erasure)."""

    code = "refused.under_way"


class PurposeMissing(Refused):
    """Facts: what (the act that needs a purpose, in words)."""

    code = "refused.purpose"


class ItemHeld(Refused):
    """Facts: reference (of the first), count (how many are held)."""

    code = "refused.held"


class ItemErased(Refused):
    """Facts: reference."""

    code = "refused.erased"


class ItemUnsettled(Refused):
    """Facts: reference (of the first report), count (operations)."""

    code = "refused.unsettled"


class ActUnfit(Refused):
    """Facts: reason (a sentence of `words.operations`)."""

    code = "refused.act"


class StackUnfit(Refused):
    """Facts: rule (a sentence of `words.stacks`)."""

    code = "refused.stack"


class CaseUnfit(Refused):
    """Facts: case (its reference), rule (a sentence of `words.cases`)."""

    code = "refused.case"


class NoteOfAnother(Refused):
    """Facts: by."""

    code = "refused.note"


class NothingToTurn(Refused):
    """Facts: what (undo or redo)."""

    code = "refused.nothing_to_turn"


class DeedStays(Refused):
    """Facts: reference (of the item), reason (a sentence of `words.deeds`)."""

    code = "refused.deed_stays"


class ReportInHand(Refused):
    """Facts: reference, holder (a name), until (a moment in words)."""

    code = "refused.in_hand"


class ReadingUnfit(Refused):
    """Facts: operation (its id), rule (a sentence of `words.second_reading`)."""

    code = "refused.second_reading"


class OperationClosed(Refused):
    """Facts: operation (its id), state."""

    code = "refused.operation_closed"


class DomainUnfit(Refused):
    """Facts: domain, rule (a sentence of `words.operations`)."""

    code = "refused.domain"


class DossierUnfit(Refused):
    """Facts: domain, rule (a sentence of `words.dossiers`)."""

    code = "refused.dossier"


class NoticeUnfit(Refused):
    """Facts: reference, cause (a sentence of `words.provider_notices`)."""

    code = "refused.notice"


class CopySettled(Refused):
    """Facts: reference, handling (a word of `words.disclosures`)."""

    code = "refused.copy_settled"


class ListKept(Refused):
    """Facts: rule (a sentence of `words.known`)."""

    code = "refused.hash_list"


class NameTaken(Refused):
    """Facts: name."""

    code = "refused.name_taken"


class SignerExpired(Refused):
    """Facts: name, start, end (of its certificate)."""

    code = "refused.signer_expired"


class SearchExists(Refused):
    """Facts: name."""

    code = "refused.search_exists"


class SearchesFull(Refused):
    """Facts: limit."""

    code = "refused.searches_full"


class CountDiffers(Refused):
    """Facts: typed, found."""

    code = "refused.count"


class ClockDoubtful(Refused):
    """Facts: cause (a sentence of `words.retention`), date (the clock's, ISO 8601)."""

    code = "refused.clock"


class LedgerAbsent(Refused):
    code = "refused.ledger"


class BreakDue(Refused):
    """Facts: cause, until (sentences of `words.exposure`)."""

    code = "refused.break"


class FigureBound(Refused):
    """Facts: figure (what it demands, as `words.exposure` has it), limit (minutes)."""

    code = "refused.figure"


class WeekUnfit(Refused):
    """Facts: week (2026-W21), cause (a sentence of `words.exposure`)."""

    code = "refused.week"


class PackageOvertaken(Refused):
    """Facts: reference (of what is gone)."""

    code = "refused.overtaken"


class RedactionUnfit(Refused):
    """Facts: reference, cause (a sentence of `words.composing`)."""

    code = "refused.redaction"


class UpdateRefused(Refused):
    """Facts: what (a stable word), cause (a sentence of `words.updates`)."""

    code = "refused.update"


class OutputExists(Refused):
    """Facts: path."""

    code = "refused.output_exists"


class VaultError(CportError):
    code = "vault"
    exit_status = 4


class NotAVault(VaultError):
    """Facts: path."""

    code = "vault.not_a_vault"


class VaultExists(VaultError):
    """Facts: path."""

    code = "vault.exists"


class WrongPassphrase(VaultError):
    code = "vault.wrong_passphrase"


class KeyringMissing(VaultError):
    """Facts: kept_in, offered (names of keyring backends)."""

    code = "vault.keyring_missing"


class KeyringFailed(VaultError):
    """Facts: backend, cause."""

    code = "vault.keyring"


class TokenModuleMissing(VaultError):
    """Facts: module (a file name)."""

    code = "vault.token_module"


class TokenAbsent(VaultError):
    """Facts: label, serial."""

    code = "vault.token_absent"


class TokenPinWrong(VaultError):
    """Facts: label, tries (words for how many are left)."""

    code = "vault.token_pin"


class TokenPinLocked(VaultError):
    """Facts: label."""

    code = "vault.token_locked"


class TokenKeyMissing(VaultError):
    """Facts: label, key."""

    code = "vault.token_key"


class TokenFailed(VaultError):
    """Facts: cause."""

    code = "vault.token"


class SlotRevoked(VaultError):
    code = "vault.slot_revoked"


class VaultHeld(VaultError):
    """Facts: holder, pid."""

    code = "vault.held"


class LockUnsupported(VaultError):
    """Facts: cause (a name of errno)."""

    code = "vault.lock_unsupported"


class VaultNewer(VaultError):
    """Facts: found, known (schema or header versions)."""

    code = "vault.newer"


class VaultDamaged(VaultError):
    """Facts: where."""

    code = "vault.damaged"


class BackupDamaged(VaultError):
    """Facts: file (its name), where (the part of it)."""

    code = "vault.backup_damaged"


class RestoreUnfinished(VaultError):
    """Facts: path."""

    code = "vault.restore_unfinished"


class DatabasePutBack(VaultError):
    """Facts: found, known (generations of the header)."""

    code = "vault.database_put_back"


class VaultRolledBack(VaultError):
    """Facts: found (entries in the log), known (entries that this machine has seen)."""

    code = "vault.rolled_back"


class StorageFull(VaultError):
    """Facts: where."""

    code = "vault.storage_full"


class StorageUnwritable(VaultError):
    """Facts: where, cause (of the operating system)."""

    code = "vault.storage_unwritable"


class UpdateUnproven(VaultError):
    """Facts: cause (a sentence of `words.updates`)."""

    code = "vault.update_unproven"


class DocumentFailed(VaultError):
    """Facts: cause."""

    code = "vault.document"


class RoadError(CportError):
    code = "road"
    exit_status = 5


class Unreachable(RoadError):
    """Facts: cause."""

    code = "road.unreachable"


class StampUnreachable(RoadError):
    """Facts: cause."""

    code = "road.time_stamp"


class NameNotFound(RoadError):
    """Facts: host."""

    code = "road.name_not_found"


class NoNetwork(RoadError):
    """Facts: cause (a name of errno)."""

    code = "road.no_network"


class ProxyRefused(RoadError):
    """Facts: status (None if it was not even reached), cause."""

    code = "road.proxy_refused"


class ProxyPasswordWanted(ProxyRefused):
    """Facts: status, cause."""

    code = "road.proxy_password"


class CertificateRejected(RoadError):
    """Facts: cause."""

    code = "road.certificate"


class CertificateExpired(CertificateRejected):
    """Facts: cause."""

    code = "road.certificate_expired"


class CertificateNotYetValid(CertificateRejected):
    """Facts: cause."""

    code = "road.certificate_not_yet"


class CertificateOtherName(CertificateRejected):
    """Facts: cause, host."""

    code = "road.certificate_name"


class StationCertificateRefused(RoadError):
    """Facts: cause."""

    code = "road.station_certificate"


class StationCertificateExpired(StationCertificateRefused):
    """Facts: cause, until (a date, if it is known here)."""

    code = "road.station_certificate_expired"


class ClockSkew(RoadError):
    """Facts: seconds (portal minus station)."""

    code = "road.clock_skew"


class SessionExpired(RoadError):
    code = "road.session_expired"


class AccessRevoked(RoadError):
    code = "road.access_revoked"


class PortalBusy(RoadError):
    """Facts: status, retry_after (seconds or None)."""

    code = "road.portal_busy"


class TransferCut(RoadError):
    """Facts: got, wanted (bytes)."""

    code = "road.transfer_cut"


class AddressUnknown(RoadError):
    code = "road.address_unknown"


class DriveAbsent(RoadError):
    """Facts: path."""

    code = "road.drive_absent"


class DriveLocked(RoadError):
    """Facts: path."""

    code = "road.drive_locked"


class DriveReadOnly(RoadError):
    """Facts: path."""

    code = "road.drive_read_only"


class DriveFull(RoadError):
    """Facts: path; wanted and free (bytes), where they are known."""

    code = "road.drive_full"


class DriveRemoved(RoadError):
    """Facts: path."""

    code = "road.drive_removed"


class DriveForeign(RoadError):
    """Facts: path, cause (of the operating system)."""

    code = "road.drive_foreign"


class FileTooLargeForDrive(RoadError):
    """Facts: path."""

    code = "road.drive_file_size"


class DriveUnreliable(RoadError):
    """Facts: path."""

    code = "road.drive_unreliable"


class PartsMissing(RoadError):
    """Facts: missing (their numbers, in words), parts (how many there are)."""

    code = "road.parts_missing"


class Cancelled(RoadError):
    code = "road.cancelled"


class UntrustedData(CportError):
    code = "untrusted"
    exit_status = 6


class MalformedMessage(UntrustedData):
    """Facts: where (a JSON path without values), cause."""

    code = "untrusted.malformed"


class MessageTooLarge(UntrustedData):
    """Facts: limit (bytes or items)."""

    code = "untrusted.too_large"


class MessageNewer(UntrustedData):
    """Facts: found, known (versions of the protocol)."""

    code = "untrusted.newer"


class SignatureInvalid(UntrustedData):
    """Facts: what."""

    code = "untrusted.signature"


class MessageMixup(UntrustedData):
    """Facts: what (station, portal, certificate, authority, cursor, nature; of the leaves below
    their own word).
    """

    code = "untrusted.mixup"


class MessageReplayed(MessageMixup):
    """Facts: what (replayed)."""

    code = "untrusted.replayed"


class MessageMissing(MessageMixup):
    """Facts: what (gap)."""

    code = "untrusted.gap"


class ChainForked(MessageMixup):
    """Facts: what (chain)."""

    code = "untrusted.chain"


class PortalRolledBack(MessageMixup):
    """Facts: what (rolled_back)."""

    code = "untrusted.rolled_back"


class PortalFrozen(MessageMixup):
    """Facts: what (frozen)."""

    code = "untrusted.frozen"


class PortalAhead(MessageMixup):
    """Facts: what (ahead)."""

    code = "untrusted.ahead"


class DigestMismatch(UntrustedData):
    """Facts: what."""

    code = "untrusted.digest"


class PackageMalformed(UntrustedData):
    """Facts: cause."""

    code = "untrusted.package"


class PackageUnproven(UntrustedData):
    """Facts: step (its stable name), cause (what it found, in a sentence)."""

    code = "untrusted.package_unproven"


class BundleMalformed(UntrustedData):
    """Facts: cause."""

    code = "untrusted.bundle"


class BundleUnexpected(UntrustedData):
    """Facts: found (for whom it is: portal or station)."""

    code = "untrusted.bundle_direction"


class BundleSealedElsewhere(UntrustedData):
    code = "untrusted.bundle_key"


class BundleOfStation(UntrustedData):
    code = "untrusted.bundle_station"


class BundleOfPortal(UntrustedData):
    code = "untrusted.bundle_portal"


class BundleOutOfOrder(UntrustedData):
    """Facts: sequence (of this bundle), missing (that of the first one that is not here)."""

    code = "untrusted.bundle_order"


class BundleOutdated(UntrustedData):
    """Facts: sequence (of this bundle), known (of the newest that was answered)."""

    code = "untrusted.bundle_outdated"


class PartDamaged(UntrustedData):
    """Facts: path, part, parts."""

    code = "untrusted.part_damaged"


class PartsMixed(UntrustedData):
    """Facts: path."""

    code = "untrusted.parts_mixed"


class AnswerUnproven(UntrustedData):
    code = "untrusted.answer"


class IdentityMismatch(UntrustedData):
    code = "untrusted.identity"


class CheckpointMalformed(UntrustedData):
    """Facts: cause (which part of it)."""

    code = "untrusted.checkpoint"


class KeyFileMalformed(UntrustedData):
    """Facts: what."""

    code = "untrusted.key_file"


class StampUnfit(UntrustedData):
    code = "untrusted.time_stamp"


class RedactionsUnreadable(UntrustedData):
    """Facts: where (`line 4`, or a JSON path without values), cause (a sentence of `words.redactions`)."""

    code = "untrusted.redactions"


class HashListUnreadable(UntrustedData):
    """Facts: cause."""

    code = "untrusted.hash_list"


class DomainListUnreadable(UntrustedData):
    """Facts: cause (a sentence of `words.list_differences`)."""

    code = "untrusted.domain_list"


class SuffixListUnreadable(UntrustedData):
    """Facts: cause (a sentence of `words.suffixes`)."""

    code = "untrusted.suffixes"


class RegistrationUnreadable(UntrustedData):
    """Facts: cause (a sentence of `words.enclosures`)."""

    code = "untrusted.registration"


class UpdateUntrusted(UntrustedData):
    """Facts: what (a stable word), cause (a sentence of `words.updates`)."""

    code = "untrusted.update"


class SearchFileUnreadable(UntrustedData):
    """Facts: cause."""

    code = "untrusted.searches"


class CheckFailed(CportError):
    """Facts: findings (how many)."""

    code = "check.failed"
    exit_status = 7


class AnchorRefused(CheckFailed):
    """Facts: size (entries here), held (entries that the portal co-signed)."""

    code = "check.anchor"
