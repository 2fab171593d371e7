@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Runs Taskbound's command line; builds it first when it is missing or older than its sources. The sh twin explains.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
set "JAR=%ROOT%cli\target\taskbound.jar"
set "STATE=%ROOT%.taskbound"
set "TASKBOUND_ROOT=%ROOT%"

set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
set "VERSION="
for /f "tokens=3" %%v in ('call "%JAVA%" -version 2^>^&1 ^| findstr /c:" version "') do if not defined VERSION set "VERSION=%%~v"
if not defined VERSION (
  echo taskbound: needs Java 17 or newer; found none in JAVA_HOME or PATH 1>&2
  exit /b 127
)
for /f "tokens=1 delims=.-+" %%m in ("%VERSION%") do set "MAJOR=%%m"
if %MAJOR% LSS 17 (
  echo taskbound: needs Java 17 or newer; found %VERSION%. Set JAVA_HOME to a newer one 1>&2
  exit /b 127
)

call :fresh
if not errorlevel 1 goto run

if not exist "%STATE%" mkdir "%STATE%"
set /a WAITED=0
:lock
mkdir "%STATE%\build.lock" 2>nul
if not errorlevel 1 goto locked
if %WAITED%==1 echo Another launch is building; waiting. If there is none, remove %STATE%\build.lock 1>&2
if %WAITED% GEQ 600 (
  echo taskbound: gave up waiting; if nothing is building, remove %STATE%\build.lock 1>&2
  exit /b 126
)
set /a WAITED+=1
ping -n 2 127.0.0.1 >nul
goto lock

:locked
rem Whoever held the lock before may have built it.
call :fresh
if not errorlevel 1 goto unlock
set "MVN=mvn"
where mvn >nul 2>nul
if errorlevel 1 set "MVN=%ROOT%mvnw.cmd"
echo Building once (log: .taskbound\build.log) ... 1>&2
type nul > "%STATE%\began"
pushd "%ROOT%"
call "%MVN%" -B -ntp -Dquick package -pl cli -am > "%STATE%\build.log" 2>&1 < nul
set "CODE=%ERRORLEVEL%"
popd
if not "%CODE%"=="0" (
  findstr /b /c:"[ERROR]" "%STATE%\build.log" 1>&2
  echo taskbound: could not build; the whole log: %STATE%\build.log 1>&2
  rmdir "%STATE%\build.lock"
  exit /b 126
)
move /y "%STATE%\began" "%STATE%\built" >nul
echo done. Next time: about 3 s. 1>&2
:unlock
rmdir "%STATE%\build.lock"

:run
set "NATIVE="
rem Short runs want one compiler; serve runs for long and wants both.
set "COMPILERS=-XX:TieredStopAtLevel=1"
if "%~1"=="serve" set "COMPILERS="
if %MAJOR% GEQ 21 set "NATIVE=--enable-native-access=ALL-UNNAMED"
rem Expanded before it runs: the names above end here and do not reach a wrapped command.
endlocal & setlocal & set "DDB_LOCAL_TELEMETRY=0" & "%JAVA%" %COMPILERS% -XX:+UseSerialGC -Xshare:auto %NATIVE% -Dfile.encoding=UTF-8 -jar "%JAR%" %*
exit /b %ERRORLEVEL%

rem 0 when the jar is there and nothing it is made of is newer than both the jar and the start of the last build.
:fresh
if not exist "%JAR%" exit /b 1
powershell -NoProfile -NonInteractive -Command "$r=$env:TASKBOUND_ROOT; $t=(Get-Item -LiteralPath ($r+'cli\target\taskbound.jar')).LastWriteTimeUtc; $b=$r+'.taskbound\built'; if (Test-Path -LiteralPath $b) { $s=(Get-Item -LiteralPath $b).LastWriteTimeUtc; if ($s -gt $t) { $t=$s } }; $p=@($r+'pom.xml'); foreach ($m in 'client','local','issuer-lambda','cli') { $p+=$r+$m+'\pom.xml'; $p+=$r+$m+'\src\main' }; if (Test-Path -LiteralPath ($r+'contract')) { $p+=$r+'contract' }; foreach ($i in $p) { if ((Get-Item -LiteralPath $i).LastWriteTimeUtc -gt $t) { exit 1 } }; foreach ($i in (Get-ChildItem -LiteralPath $p -Recurse)) { if ($i.LastWriteTimeUtc -gt $t) { exit 1 } }; exit 0"
exit /b %ERRORLEVEL%
