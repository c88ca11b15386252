#!/bin/sh
# Before azd provisions: chooses the Azure build, and makes the first operator's secret when there is none yet.
# The secret is written to the terminal, once, and nowhere else: no file, no variable that azd keeps, no argument of a program. preprovision.ps1 is the same for Windows.
set -eu
export LC_ALL=C

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

sha256() {
  if command -v sha256sum > /dev/null 2>&1; then
    sha256sum
  elif command -v shasum > /dev/null 2>&1; then
    shasum -a 256
  else
    openssl dgst -sha256 -r
  fi | cut -c 1-64
}

# 64 hexadecimal digits.
is_hash() {
  case $1 in
    *[!0-9a-fA-F]*) return 1 ;;
  esac
  [ "${#1}" -eq 64 ]
}

azd env set FunctionsHost Azure || fail "azd could not set FunctionsHost. Is an environment selected (azd env list)?"

# azd gives its values to a hook as variables; whoever runs this file alone has to be asked for them.
hash=${MURANO_FIRST_KEY_HASH:-}
if [ -z "$hash" ]; then
  values=$(azd env get-values) || fail "azd does not tell its values. Is an environment selected (azd env list)?"
  hash=$(printf '%s\n' "$values" | sed -n 's/^MURANO_FIRST_KEY_HASH="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p')
  unset values
fi

if [ -n "$hash" ]; then
  is_hash "$hash" || fail "MURANO_FIRST_KEY_HASH is not a SHA-256: 64 hexadecimal digits are expected."
  echo "The first operator's key: its hash is there already, nothing was made."
  exit 0
fi

if [ -n "${CI:-}" ] || [ -n "${GITHUB_ACTIONS:-}" ] || [ -n "${TF_BUILD:-}" ] || ! (: > /dev/tty) 2> /dev/null; then
  fail "MURANO_FIRST_KEY_HASH is not set, and here is no terminal that could show a new secret without it being kept in a log.
Make the secret on a machine of your own and set its hash here, as docs/deploy.md says under \"The first key\"."
fi

exec 3> /dev/tty
random=$(od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n')
is_hash "$random" || fail "No random bytes are to be had from /dev/urandom."
secret=msk_firstkey0000_$random
hash=$(printf %s "$secret" | sha256)
is_hash "$hash" || fail "SHA-256 cannot be computed: sha256sum, shasum or openssl is needed."
azd env set MURANO_FIRST_KEY_HASH "$hash" || fail "azd could not set MURANO_FIRST_KEY_HASH. No secret was made."
# Not a here-document: some shells put those into a file.
printf '%s\n' "" "The first operator's secret. It is shown this once; keep it where you keep passwords:" "" "  $secret" "" \
  "azd knows its SHA-256 only, as MURANO_FIRST_KEY_HASH. The app makes the key from that at its first start." "" >&3
