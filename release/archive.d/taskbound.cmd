@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Runs Taskbound's command line with the Java beside it. JAVA_HOME and PATH do not matter.
setlocal
set "APP=%~dp0..\app\taskbound.jar"
set "JAVA=%~dp0..\runtime\bin\java.exe"
set "COMPILERS=-XX:TieredStopAtLevel=1"
if "%~1"=="serve" set "COMPILERS="
if "%~1"=="guard" set "COMPILERS="
if "%~1"=="mcp-gateway" set "COMPILERS="
if "%~1"=="run" set "APP=%~dp0..\app\taskbound-run.jar"
rem Expanded before it runs: the names above end here and do not reach a wrapped command.
endlocal & setlocal & set "DDB_LOCAL_TELEMETRY=0" & "%JAVA%" %COMPILERS% -XX:+UseSerialGC -Xshare:auto -Dfile.encoding=UTF-8 -jar "%APP%" %*
exit /b %ERRORLEVEL%
