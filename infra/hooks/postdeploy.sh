#!/bin/sh
# After azd has deployed: says where the app is and what to do next. postdeploy.ps1 is the same for Windows.
set -eu

values=
value() {
  eval "found=\${$1:-}"
  if [ -z "$found" ]; then
    [ -n "$values" ] || values=$(azd env get-values)
    found=$(printf '%s\n' "$values" | sed -n "s/^$1=\"\{0,1\}\([^\"]*\)\"\{0,1\}\$/\1/p")
  fi
  printf %s "$found"
}

endpoint=$(value MURANO_ENDPOINT) || { echo "azd does not tell its values. Is an environment selected (azd env list)?" >&2; exit 1; }
endpoint=${endpoint%/}
if [ -z "$endpoint" ]; then
  echo "MURANO_ENDPOINT is not among azd's values: run azd provision, or azd env refresh." >&2
  exit 1
fi

# Quoted, but for the address: what begins with $ is for the reader's shell.
sed "s|{endpoint}|$endpoint|g" <<'TEXT'

  endpoint    {endpoint}
  console     {endpoint}/
  API         {endpoint}/docs

Wait until it is ready; the first request makes a first connector and the first operator's key:

curl --fail --silent --show-error --retry 30 --retry-delay 5 --retry-all-errors {endpoint}/health/ready; echo

See the connector, with the secret that was shown before the first deployment:

read -r SECRET
curl -H "Authorization: token $SECRET" {endpoint}/api:1/business/murano/solution/; echo

Activate a device, write and read:

TOKEN=$(curl -s -d id=my-device {endpoint}/provision/activate)
curl -i -H "X-Exosite-CIK: $TOKEN" -d temperature=21.5 {endpoint}/onep:v1/stack/alias
curl -H "X-Exosite-CIK: $TOKEN" '{endpoint}/onep:v1/stack/alias?temperature'; echo

docs/deploy.md goes on from here.

TEXT
