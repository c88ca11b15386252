#requires -Version 7.2
# Before azd provisions: chooses the Azure build, and makes the first operator's secret when there is none yet.
# The secret is written to the terminal, once, and nowhere else: no file, no variable that azd keeps, no argument of a program. preprovision.sh is the same for other systems.
$ErrorActionPreference = 'Stop'

function Stop-Hook([string] $Message) {
  [Console]::Error.WriteLine($Message)
  exit 1
}

azd env set FunctionsHost Azure
if ($LASTEXITCODE -ne 0) { Stop-Hook 'azd could not set FunctionsHost. Is an environment selected (azd env list)?' }

# azd gives its values to a hook as variables; whoever runs this file alone has to be asked for them.
$hash = $env:MURANO_FIRST_KEY_HASH
if (-not $hash) {
  $values = azd env get-values
  if ($LASTEXITCODE -ne 0) { Stop-Hook 'azd does not tell its values. Is an environment selected (azd env list)?' }
  $hash = $values | ForEach-Object { if ($_ -match '^MURANO_FIRST_KEY_HASH="?([^"]*)"?$') { $Matches[1] } } | Select-Object -First 1
  Remove-Variable values
}

if ($hash) {
  if ($hash -notmatch '^[0-9a-fA-F]{64}$') { Stop-Hook 'MURANO_FIRST_KEY_HASH is not a SHA-256: 64 hexadecimal digits are expected.' }
  Write-Output "The first operator's key: its hash is there already, nothing was made."
  exit 0
}

if ($env:CI -or $env:GITHUB_ACTIONS -or $env:TF_BUILD -or [Console]::IsOutputRedirected) {
  Stop-Hook @'
MURANO_FIRST_KEY_HASH is not set, and here is no terminal that could show a new secret without it being kept in a log.
Make the secret on a machine of your own and set its hash here, as docs/deploy.md says under "The first key".
'@
}

$random = [Convert]::ToHexString([Security.Cryptography.RandomNumberGenerator]::GetBytes(32)).ToLowerInvariant()
$secret = "msk_firstkey0000_$random"
$hash = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::ASCII.GetBytes($secret))).ToLowerInvariant()
azd env set MURANO_FIRST_KEY_HASH $hash
if ($LASTEXITCODE -ne 0) { Stop-Hook 'azd could not set MURANO_FIRST_KEY_HASH. No secret was made.' }

# Not Write-Output or Write-Host: a transcript would keep it.
[Console]::Out.WriteLine(@"

The first operator's secret. It is shown this once; keep it where you keep passwords:

  $secret

azd knows its SHA-256 only, as MURANO_FIRST_KEY_HASH. The app makes the key from that at its first start.

"@)
