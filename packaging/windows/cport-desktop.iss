; The installer for Windows: the same tree as everywhere, for one user, without an administrator.
;
;     iscc /DVersion=0.1.0 /DTree=..\..\build\cport-desktop-0.1.0-windows-x86_64 cport-desktop.iss
;
; Inno Setup 6 or later. The tree has the layout of docs/adr/0057, with bin\cport.cmd and runtime\cport-runtime.exe.
; It was never built nor run: docs/platforms.md says what that means. tests/packaging/test_windows_installer.py holds what it promises:
; nothing outside the user's own folders and registry branch, no service, no start with the session, nothing fetched.

#ifndef Version
  #error Version is missing: iscc /DVersion=0.1.0 /DTree=...
#endif
#ifndef Tree
  #error Tree is missing: iscc /DVersion=0.1.0 /DTree=...
#endif

[Setup]
AppId={{6E0B3F52-8C0C-4D3E-9B0E-7D5A3E0C5B11}
AppName=CPORT Desktop
AppVersion={#Version}
AppPublisher=CPORT Desktop
DefaultDirName={localappdata}\Programs\CPORT Desktop
DisableDirPage=auto
DisableProgramGroupPage=yes
; Never asks for an administrator, and offers no way to install for everybody.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; Windows 10 1809, the oldest that Qt 6 names.
MinVersion=10.0.17763
OutputDir=..\..\dist
OutputBaseFilename=cport-desktop-{#Version}-windows-x86_64
Compression=lzma2/max
SolidCompression=yes
LicenseFile=..\..\LICENSE
; A program that runs holds keys: it is never closed from outside. Files in use make the installer ask.
CloseApplications=no
RestartApplications=no
UninstallDisplayName=CPORT Desktop {#Version}
ChangesAssociations=no
ChangesEnvironment=no
WizardStyle=modern

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
Name: "french"; MessagesFile: "compiler:Languages\French.isl"
Name: "german"; MessagesFile: "compiler:Languages\German.isl"
Name: "dutch"; MessagesFile: "compiler:Languages\Dutch.isl"

[InstallDelete]
; Of an earlier version nothing stays that the newer one would load.
Type: filesandordirs; Name: "{app}\app"
Type: filesandordirs; Name: "{app}\runtime"
Type: filesandordirs; Name: "{app}\bin"
Type: filesandordirs; Name: "{app}\licences"

[Files]
Source: "{#Tree}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{userprograms}\CPORT Desktop"; Filename: "{app}\runtime\cport-runtimew.exe"; Parameters: "-I -B -m cport_desktop window"; WorkingDir: "{app}"
Name: "{userprograms}\CPORT Desktop (command line)"; Filename: "{cmd}"; Parameters: "/k ""{app}\bin\cport.cmd"" --help"; WorkingDir: "{userdocs}"

[Run]
; Decoders live in containers of Windows, which read only what is opened to all of them (docs/adr/0030).
Filename: "{sys}\icacls.exe"; Parameters: """{app}\runtime"" /grant *S-1-15-2-2:(OI)(CI)(RX)"; Flags: runhidden
Filename: "{sys}\icacls.exe"; Parameters: """{app}\app"" /grant *S-1-15-2-2:(OI)(CI)(RX)"; Flags: runhidden

; No file types: packages and bundles are taken in by the program, which verifies them, and never by a click.
; Vaults, settings and updates are the user's: the uninstaller touches none of them.
