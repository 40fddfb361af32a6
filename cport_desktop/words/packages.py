"""What people read in and about an intelligence package.

The texts that travel inside it, and the sentences of its verification. The reader of these
may be a court or a partner agency who has never seen this program.
"""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import amount, tr, tr_many

SYNTHETIC_NOTE = """\
SYNTHETIC

This package was composed in a demo vault of CPORT Desktop. All reports, addresses, names and
media in it were generated for training and testing. It must not be used as evidence.
"""

HOW_TO_VERIFY = """\
HOW TO VERIFY THIS PACKAGE
==========================

Nothing but common tools is needed: age, unzip, sha256sum and openssl 3. You need three files:

  package.age      the package as it was handed to you
  identity.txt     your own age identity, which opens it
  authority.pem    the certificate of the authority that stands behind the signer

authority.pem must come from outside this package: from the authority itself, by a way that you
trust, and never from the sender together with the package. Whoever forges a package puts a
certificate of their own beside it. If you cannot say where authority.pem came from, step 4
proves nothing.

1. Open the seal. It fails if one byte of the file was changed or cut off.

    age --decrypt --identity identity.txt --output package.asice package.age

2. Unpack. An error or a warning here means that the package is not as it was made.

    unzip -q package.asice -d opened
    cd opened

3. See when the signer says that the package was signed, in seconds since 1970. This is the
   signer's own statement; only a time stamp of somebody else (step 9) proves it.

    date --utc --date "$(openssl cms -cmsout -print -noout -inform DER -in META-INF/signature001.p7s | sed -En '/signingTime/,/TIME:/s/.*TIME://p')" +%s > ../signed-at.txt

4. Check who signed the manifest. The answer must be "CAdES Verification successful".

    openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s -content META-INF/ASiCManifest001.xml -CAfile ../authority.pem -purpose any -attime "$(cat ../signed-at.txt)" -certsout ../signer.pem -out ../signed-manifest.xml

   -attime asks whether the certificates were valid at that moment. Packages are read years
   later, when they have expired, and -no_check_time would accept one that had never been
   valid then. Leave -attime and what follows it out to ask whether they are valid today.
   Whether a certificate was revoked is not asked at all: that is for the authority to say.

   The signer's name and the dates of the certificate:

    openssl x509 -in ../signer.pem -noout -subject -dates

   What the certificate is for. openssl does not ask this in step 4; whoever has a certificate of
   the same authority for a server could sign otherwise. If a key usage is shown, Digital Signature
   or Non Repudiation must be in it; if an extended key usage is shown, it must name E-mail
   Protection, 1.3.6.1.5.5.7.3.36 (documents) or Any:

    openssl x509 -in ../signer.pem -noout -ext keyUsage,extendedKeyUsage

5. Check that the list of digests is the one that the signed manifest speaks of.

    grep -F "$(openssl dgst -sha256 -binary manifest-sha256.txt | openssl base64)" META-INF/ASiCManifest001.xml

6. Check every file against that list.

    sha256sum --check --quiet --strict manifest-sha256.txt

7. Check that no file was added. No line may appear.

    find . -type f ! -path './META-INF/*' ! -path ./mimetype ! -path ./manifest-sha256.txt | sed 's|^\\./||' | LC_ALL=C sort > ../found.txt
    cut -c67- manifest-sha256.txt | LC_ALL=C sort | diff ../found.txt -

8. If you take the media out: the folder media/ is a bag (RFC 8493) that can be checked alone. Go
   on only if there is one.

    cd media
    sha256sum --check --quiet --strict tagmanifest-sha256.txt manifest-sha256.txt
    cd ..

9. If a time stamp came with the package (package.age.tst, over the sealed file), and you have the
   certificate of the authority that made it (stamps.pem), from outside the package as well:

      openssl ts -verify -data ../package.age -in ../package.age.tst -token_in -CAfile ../stamps.pem

Instead of steps 1 to 8: one program does all of it and more (names, doubles, order and headers of the
files, the proofs in custody.json), says step by step what it found, and tells by its exit code
whether everything passed (0). It is verify_package.py, one file of readable Python that needs Python
3.9 and the package "cryptography", no network and nothing of ours beside it:

      sha256sum verify_package.py
      python3 verify_package.py package.age --identity identity.txt --trust authority.pem

It comes with every release of CPORT Desktop, in packaging/verify/. Compare its SHA-256 with the one of
that release, from the authority or from whoever publishes the program, and never take the file
itself from the sender of a package.

What is inside: package.json says what this package is; reports/ holds one file for each report,
with the portal's own document under "portal"; reports.csv is a table of them; media.json
describes the media files in media/data/, which are named by their SHA-256; summary.pdf is for
reading, and carries a signature of its own (pdfsig shows it); case.jsonld is a graph (CASE 1.5)
and vics.json a list (VICS 2.0) for other programs.
custody.csv says what the sender's audit log holds about each report and media item: when it was
collected, and to whom it was given. custody.json holds the same entries with a proof for each
that it stands in the log whose head is in package.json (RFC 6962, 2.1.1): SHA-256 of a zero byte
and the text "canonical" is the leaf, and each digest in "proof" is the neighbour on the way up.

Media files come from criminal sites: do not open them on an ordinary machine.
"""

STEP_TITLES: Mapping[str, str] = {
    "seal": tr("The file is a sealed package"),
    "opening": tr("It opens with the given identity, and its end is there"),
    "container": tr("The container is whole and written as packages are"),
    "manifest": tr("The manifest names every file once, and no other"),
    "signature": tr("The signature fits the manifest"),
    "authority": tr("The signer’s certificate comes from the given authority"),
    "validity": tr("The certificate was valid when it was signed"),
    "signer": tr("The signer is the expected one"),
    "digests": tr("Every file is the one that was signed"),
    "content": tr("The package agrees with what it says of itself"),
}

FAULTS: Mapping[str, str] = {
    "neither": tr("neither a file sealed with age nor an opened package"),
    "armored": tr("sealed with age, but in text form; packages are binary"),
    "seal_header": tr("the header of the seal is damaged"),
    "seal_truncated": tr("the sealed file is cut short"),
    "seal": tr("the seal is broken: bytes were changed, cut off or added"),
    "no_container": tr("there is no container inside the seal"),
    "mimetype": tr("the container does not begin with its type (mimetype)"),
    "name_twice": tr("two files in the container have one name"),
    "name_escapes": tr(
        "a file in the container has a name that leads out of it or is no honest name"
    ),
    "compressed": tr("a file in the container is compressed, which packages never are"),
    "header": tr("the header of a file in the container is not as packages are written"),
    "order": tr("the files of the container are not in their order"),
    "checksum": tr("a file in the container does not fit its checksum"),
    "directory": tr("the directory of the container does not fit its files"),
    "truncated": tr("the container is cut short"),
    "trailing": tr("there are bytes behind the end of the container"),
    "too_many": tr("the container holds more files than any package may"),
    "too_large": tr("a record of the container is larger than any honest one"),
    "manifest_missing": tr("there is no manifest in the container"),
    "signature_missing": tr("there is no signature in the container"),
    "manifest": tr("the manifest is not as packages are written"),
    "referenced_twice": tr("the manifest names a file twice"),
    "unreferenced": tr("the container holds a file that the manifest does not name"),
    "missing": tr("the manifest names a file that is not there"),
    "identity": tr("the package is not sealed to this identity"),
    "malformed": tr("the signature is not one CAdES signature with its certificate"),
    "altered": tr("the manifest is not the one that was signed"),
    "forged": tr("the key of the stated certificate did not make this signature"),
    "authority": tr("the certificate does not come from the given authority"),
    "expired": tr("a certificate was not valid at the stated time of signing"),
    "weak": tr("the signature or a certificate rests on a key or a digest that can be broken"),
    "purpose": tr("the signer’s certificate is not one to sign documents with"),
    "future": tr("the time that the signer or the time stamp states has not come yet"),
    "stamp_early": tr("the time stamp is older than the time that the signer states"),
    "time_stamp": tr("the time stamp is damaged or speaks of something else"),
    "signer": tr("another than the expected signer signed it"),
    "digest": tr("a file is not the one that was signed"),
    "package_missing": tr("there is no package.json in the container"),
    "package_record": tr("package.json cannot be read"),
    "package_format": tr("package.json is of another format than this version knows"),
    "counts": tr("package.json counts other reports or media than there are"),
    "checkpoint": tr("the signed head of the audit log is not the one that package.json names"),
    "checksums": tr("manifest-sha256.txt lists other digests than the signed manifest"),
    "bag": tr("the bag of the media (media/bagit.txt and its lists) does not fit the media"),
    "custody": tr(
        "custody.json tells of the log what its proofs do not show under the head in package.json"
    ),
    "media_name": tr("a media file is not named by its own SHA-256"),
    "synthetic": tr("the marks of a synthetic package contradict each other"),
    "moment": tr("the dates of the container are not the moment of composition"),
}

_ADVICE: Mapping[str, str] = {
    "identity": tr("Use the identity whose public half was given to the sender."),
    "authority": tr(
        "Do not rely on it before the sender’s authority has confirmed the certificate."
    ),
    "expired": tr("Ask the signer for a package signed with a valid certificate."),
    "weak": tr(
        "Ask the signer for a package signed with P-256, or with RSA of 2048 bits and more."
    ),
    "purpose": tr("Ask the signer for a package signed with a certificate for signing."),
    "future": tr("Set the clock of this computer first; if it is right, do not rely on it."),
    "stamp_early": tr("Do not rely on it before the sender has said which of the two is true."),
    "package_format": tr("Verify it with a newer version of this program."),
    "signer": tr(
        "Do not rely on it before the expected signer has confirmed that this one may sign."
    ),
    "time_stamp": tr("Ask the sender for the time stamp again, or verify without it."),
}
_COMMON_ADVICE = tr("Do not use it; ask the sender for the file again and compare its SHA-256.")


def fault(code: str) -> str:
    """What is wrong, as a part of a sentence."""
    return FAULTS.get(code, code)


def failed(code: str, name: str | None = None) -> str:
    """What is wrong, with the file or person that it is about, and what to do, in two sentences."""
    what = fault(code)
    what = f"{what[:1].upper()}{what[1:]}"
    if name is not None:
        what = f"{what}: “{name}”"
    return f"{what}. {_ADVICE.get(code, _COMMON_ADVICE)}"


def sealed_to(recipients: int) -> str:
    return tr_many(
        "Sealed with age to {count} recipient; the form of the seal is whole.",
        "Sealed with age to {count} recipients; the form of the seal is whole.",
        recipients,
    )


def opened() -> str:
    return tr("The seal opened, and every byte up to its end is genuine.")


def container_whole(files: int) -> str:
    return tr_many(
        "{count} file, stored as it is, with honest name and nothing between.",
        "{count} files, stored as they are, with honest names and nothing between.",
        files,
    )


def manifest_fits(files: int) -> str:
    return tr_many(
        "{count} file, named by the manifest exactly once, and nothing else.",
        "{count} files, each named by the manifest exactly once, and nothing else.",
        files,
    )


def signed_by(name: str, moment: str) -> str:
    return tr("Signed by {name}, who states {moment} as the time.", name=name, moment=moment)


def from_authority(authority: str) -> str:
    return tr("The certificate goes back to {authority}.", authority=authority)


def digests_agree(files: int, size: int) -> str:
    return tr_many(
        "{count} file with {size} bytes agrees with the signed digests.",
        "{count} files with {size} bytes agree with the signed digests.",
        files,
        size=amount(size),
    )


def content_agrees(reports: int, media: int) -> str:
    return tr(
        "{reports} and {media_files}, as package.json says.",
        reports=tr_many("{count} report", "{count} reports", reports),
        media_files=tr_many("{count} media file", "{count} media files", media),
    )


def skipped_without_identity() -> str:
    return tr(
        "Not checked: without an identity only the seal can be checked. Give one with --identity."
    )


def skipped_without_trust() -> str:
    return tr(
        "Not checked: no authority was given to check against. Give its certificate with --trust."
    )


def skipped_before(title: str) -> str:
    return tr("Not checked, because a step before it failed: “{step}”.", step=title)
