#!/usr/bin/env bash
# Makes a release into dist/, step by step, each a script that can be run alone; ends by verifying it as
# anybody else would. The same commit, interpreter, locks and keys give the same bytes.
#
#   RELEASE_KEY=FILE           signs the release (Ed25519 in PEM; RELEASE_PASSPHRASE_FILE if it has one);
#                              without it a key for trials is made in build/
#   UPDATE_KEYS=FOLDER         sign the update bundle; without it the demo's, which everybody has
#   UPDATE_NUMBER=N            the bundle's number, one more than the last one's (1)
#   CPORT_VULNERABILITIES=URL  a database to ask about known weaknesses; without it the build says so
set -euo pipefail
cd "$(dirname "$0")/.."

python=.venv/bin/python
version=$("$python" -c 'import cport_desktop; print(cport_desktop.__version__)')
platform=linux-x86_64
tree=build/cport-desktop-$version-$platform
commit=$(git describe --always --abbrev=40 --dirty=-changed --exclude='*')
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}"

key=(--demo-key build/release-key-for-trials.pem)
trust=build/release-key-for-trials.pub.pem
if [ -n "${RELEASE_KEY:-}" ]; then
    key=(--key "$RELEASE_KEY" ${RELEASE_PASSPHRASE_FILE:+--passphrase-file "$RELEASE_PASSPHRASE_FILE"})
    trust=build/release-key.pub.pem
    mkdir -p build
    openssl pkey -in "$RELEASE_KEY" ${RELEASE_PASSPHRASE_FILE:+-passin "file:$RELEASE_PASSPHRASE_FILE"} \
        -pubout -out "$trust"
fi

sign() {
    "$python" packaging/release_manifest.py "$1" --version "$version" --platform "$platform" \
        --commit "$commit" "${key[@]}"
}
verify() { "$python" -I packaging/verify/verify_release.py "$1" --trust "$trust" --version "$version"; }

"$python" packaging/translations.py compile
"$python" packaging/manual.py html resources/manual
"$python" packaging/build_tree.py
"$python" packaging/sbom.py "$tree"
"$python" packaging/known_vulnerabilities.py "$tree" --note build/vulnerabilities.json
sign "$tree"
verify "$tree"

rm -rf dist
mkdir dist
"$python" packaging/build_archive.py "$tree" dist
"$python" packaging/build_deb.py "$tree" dist
"$python" packaging/build_bundle.py --keys "${UPDATE_KEYS:-demo}" --number "${UPDATE_NUMBER:-1}" \
    --at "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)" --platform "$platform" \
    --application "dist/cport-desktop-$version-$platform.tar.gz" "$version" \
    --out "dist/cport-desktop-$version.update"
"$python" packaging/manual.py pdf dist/cport-desktop-manual.pdf
cp packaging/verify/verify_release.py dist/
sign dist
verify dist
ls -l dist
