# Signs files if a certificate is in the environment: sign.ps1 FILE…
# WINDOWS_CERTIFICATE: a .pfx as base64; WINDOWS_CERTIFICATE_PASSWORD: its password.
$ErrorActionPreference = "Stop"
if (-not $env:WINDOWS_CERTIFICATE) {
    Write-Host "No certificate in the environment: not signed."
    exit 0
}
$certificate = Join-Path $env:RUNNER_TEMP "certificate.pfx"
[IO.File]::WriteAllBytes($certificate, [Convert]::FromBase64String($env:WINDOWS_CERTIFICATE))
try {
    $tool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" |
        Sort-Object FullName | Select-Object -Last 1
    foreach ($file in $args) {
        & $tool.FullName sign /fd SHA256 /td SHA256 /tr http://timestamp.digicert.com `
            /f $certificate /p $env:WINDOWS_CERTIFICATE_PASSWORD $file
        if ($LASTEXITCODE) { exit $LASTEXITCODE }
    }
} finally {
    Remove-Item $certificate
}
