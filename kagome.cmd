@echo off
rem Builds Kagome where that is needed and runs it. Needs the .NET 10 SDK and nothing else.
setlocal
set "root=%~dp0"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
where dotnet >nul 2>nul || (
  echo kagome: dotnet is not on the PATH. Install the .NET 10 SDK from https://dot.net and try again. 1>&2
  exit /b 1
)
if "%~1"=="test" (
  dotnet test --solution "%root%Kagome.slnx" -c Release
  exit /b
)
if "%~1"=="bench" (
  dotnet run -c Release --project "%root%bench\Kagome.Benchmarks" -- %2 %3 %4 %5 %6 %7 %8 %9
  exit /b
)
rem dotnet build is quick where nothing changed
dotnet build "%root%src\Kagome.Cli" -c Release -v quiet --nologo >"%TEMP%\kagome-build.log" 2>&1 || (
  type "%TEMP%\kagome-build.log" 1>&2
  exit /b 1
)
dotnet "%root%src\Kagome.Cli\bin\Release\net10.0\Kagome.Cli.dll" %*
