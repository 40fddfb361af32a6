@echo off
rem The command line of CPORT Desktop: cport --help
setlocal
set "root=%~dp0.."
set "QT_PLUGIN_PATH="
set "QT_QPA_PLATFORM_PLUGIN_PATH="
set "OPENSSL_CONF="
set "OPENSSL_MODULES="
if not exist "%root%\runtime\cport-runtime.exe" (
    echo CPORT Desktop is not whole: %root%\runtime\cport-runtime.exe is missing. Install it again. 1>&2
    exit /b 70
)
"%root%\runtime\cport-runtime.exe" -I -B -m cport_desktop %*
exit /b %errorlevel%
