#requires -Version 7.2
# After azd has deployed: says where the app is and what to do next. postdeploy.sh is the same for other systems.
$ErrorActionPreference = 'Stop'

function Stop-Hook([string] $Message) {
  [Console]::Error.WriteLine($Message)
  exit 1
}

$endpoint = $env:MURANO_ENDPOINT
if (-not $endpoint) {
  $values = azd env get-values
  if ($LASTEXITCODE -ne 0) { Stop-Hook 'azd does not tell its values. Is an environment selected (azd env list)?' }
  $endpoint = $values | ForEach-Object { if ($_ -match '^MURANO_ENDPOINT="?([^"]*)"?$') { $Matches[1] } } | Select-Object -First 1
}

if (-not $endpoint) { Stop-Hook "MURANO_ENDPOINT is not among azd's values: run azd provision, or azd env refresh." }
$endpoint = $endpoint.TrimEnd('/')

# Quoted, but for the address: what begins with $ is for the reader's shell.
$text = @'

  endpoint    {endpoint}
  console     {endpoint}/
  API         {endpoint}/docs

Wait until it is ready; the first request makes a first connector and the first operator's key:

curl --fail --silent --show-error --retry 30 --retry-delay 5 --retry-all-errors {endpoint}/health/ready; echo ''

See the connector, with the secret that was shown before the first deployment:

$SECRET = Read-Host -MaskInput
curl -H "Authorization: token $SECRET" {endpoint}/api:1/business/murano/solution/; echo ''

Activate a device, write and read:

$TOKEN = curl -s -d id=my-device {endpoint}/provision/activate
curl -i -H "X-Exosite-CIK: $TOKEN" -d temperature=21.5 {endpoint}/onep:v1/stack/alias
curl -H "X-Exosite-CIK: $TOKEN" '{endpoint}/onep:v1/stack/alias?temperature'; echo ''

docs/deploy.md goes on from here.

'@
Write-Output ($text.Replace('{endpoint}', $endpoint))
