"""Completion for shells: a script for each, made of the same grammar that reads the command line.

What the three scripts do is the same. They walk over the words before the cursor, pass over options with
their values, and so know which command is being typed; then they offer the commands behind it, its options,
the choices of the option or argument that is typed, or files where a path is wanted. Nothing is asked of a
vault, and no program is started: what is offered is what stands in the script.

    eval "$(cport completion bash)"                                        in ~/.bashrc
    cport completion zsh > "${fpath[1]}/_cport"                            once
    cport completion fish > ~/.config/fish/completions/cport.fish          once
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from cport_desktop.cli.command_tree import Command, Option

_FILES: Final = "@files"
"""Stands for “a path” among the words to offer; no command or choice looks like it."""


def bash(commands: Sequence[Command]) -> str:
    """A script for bash 4 or later."""
    own, everywhere = _parted(commands)
    return _BASH.format(
        known=_known(own),
        offered=_cases((each.name, _words(each)) for each in own),
        groups=_any_of(_groups(commands, everywhere)),
        everywhere=_array(flag for option in everywhere for flag in option.flags),
        values=_cases(_values(own, everywhere)),
        valued=_cases(_valued(own)),
        valued_everywhere=_array(_valued_of(everywhere)),
    )


def zsh(commands: Sequence[Command]) -> str:
    """A script for zsh 5, with what each command and option does."""
    own, everywhere = _parted(commands)
    return _ZSH.format(
        known=_known(own),
        described=_cases((each.name, _described(each)) for each in own),
        groups=_any_of(_groups(commands, everywhere)),
        everywhere=_array(_described_options(everywhere)),
        values=_cases(_values(own, everywhere)),
        valued=_cases(_valued(own)),
        valued_everywhere=_array(_valued_of(everywhere)),
    )


def fish(commands: Sequence[Command]) -> str:
    """A script for fish 3."""
    own, everywhere = _parted(commands)
    lines = [
        *(
            f"complete -c cport -n __cport_takes_all {_fish_option(option)}"
            for option in everywhere
        ),
        *(line for command in own for line in _fish_of(command)),
    ]
    return _FISH.format(
        known=" ".join(_fish_quoted(each.name) for each in own if each.path),
        valued=" ".join(
            _fish_quoted(f"{name}|{flag}") for name, flags in _valued(own) for flag in flags
        ),
        valued_everywhere=" ".join(map(_fish_quoted, _valued_of(everywhere))),
        groups=" ".join(map(_fish_quoted, _groups(commands, everywhere))),
        lines="\n".join(lines),
    )


SHELLS: Final[Mapping[str, Callable[[Sequence[Command]], str]]] = {
    "bash": bash,
    "zsh": zsh,
    "fish": fish,
}


def _parted(commands: Sequence[Command]) -> tuple[tuple[Command, ...], tuple[Option, ...]]:
    """Commands with the options that are theirs alone; and those that every verb takes, which may stand
    before its group, too.
    """
    verbs = [each for each in commands if not each.inner]
    common = set.intersection(
        {option.flags for option in commands[0].options},
        *({option.flags for option in each.options} for each in verbs),
    )
    everywhere = tuple(option for option in commands[0].options if option.flags in common)
    own = (
        replace(each, options=tuple(o for o in each.options if o.flags not in common))
        for each in commands
    )
    return tuple(own), everywhere


def _groups(commands: Sequence[Command], everywhere: Iterable[Option]) -> list[str]:
    """Commands that another word makes whole, and that take no such option themselves."""
    wanted = {option.flags for option in everywhere}
    return [c.name for c in commands if c.path and not wanted <= {o.flags for o in c.options}]


def _known(commands: Sequence[Command]) -> str:
    return _any_of(each.name for each in commands if each.path)


def _any_of(names: Iterable[str]) -> str:
    """The pattern of a `case` for these names; where there is none, one that no command has."""
    return " | ".join(map(_quoted, names)) or _quoted(_FILES)


def _words(command: Command) -> Iterable[str]:
    """Everything that may stand next in a command."""
    yield from (name for name, _ in command.inner)
    yield from command.choices
    yield from (flag for option in command.options for flag in option.flags)
    if command.takes_path:
        yield _FILES


def _described(command: Command) -> Iterable[str]:
    """The same, each with what it does behind a colon."""
    yield from (_with_help(name, told) for name, told in command.inner)
    yield from command.choices
    yield from _described_options(command.options)
    if command.takes_path:
        yield _FILES


def _described_options(options: Iterable[Option]) -> Iterable[str]:
    for option in options:
        yield from (_with_help(flag, option.help) for flag in option.flags)


def _values(
    commands: Sequence[Command], everywhere: Iterable[Option]
) -> Iterable[tuple[str, Iterable[str]]]:
    """What may stand behind an option, by `COMMAND|OPTION`; nothing where anything may."""
    for command in commands:
        for option in command.options:
            yield from ((f"{command.name}|{flag}", _offered(option)) for flag in option.flags)
    for option in everywhere:
        yield from ((f"*|{flag}", _offered(option)) for flag in option.flags)


def _offered(option: Option) -> tuple[str, ...]:
    files = (_FILES,) if option.is_path else ()
    return (*option.choices, *files) if option.takes_value else ()


def _valued(commands: Sequence[Command]) -> Iterable[tuple[str, Iterable[str]]]:
    """By command, its own options behind which a value stands."""
    for command in commands:
        yield command.name, _valued_of(command.options)


def _valued_of(options: Iterable[Option]) -> list[str]:
    return [flag for option in options if option.takes_value for flag in option.flags]


def _with_help(word: str, told: str) -> str:
    return f"{word}:{_plain(told)}" if told else word


def _plain(told: str) -> str:
    """Help as it is shown: one line, and argparse's doubled percent signs as one."""
    return re.sub(r"\s+", " ", told).replace("%%", "%")


def _cases(entries: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Arms of a `case` that adds words to the array `found`; `*` at the beginning of a name is any."""
    return "\n".join(
        f"    {_pattern(name)}) found+={_array(words)};;"
        for name, offered in entries
        if (words := list(offered))
    )


def _pattern(name: str) -> str:
    return f"*{_quoted(name[1:])}" if name.startswith("*") else _quoted(name)


def _array(words: Iterable[str]) -> str:
    return f"({' '.join(map(_quoted, words))})"


def _quoted(word: str) -> str:
    """One word of bash or zsh, whatever is in it."""
    return "'" + word.replace("'", "'\\''") + "'"


def _fish_quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _fish_of(command: Command) -> Iterable[str]:
    at = f"complete -c cport -n {_fish_quoted(f'__cport_is_at {_fish_quoted(command.name)}')}"
    for name, told in command.inner:
        yield f"{at} -a {_fish_quoted(name)} -d {_fish_quoted(_plain(told))}"
    if command.choices:
        yield f"{at} -a {_fish_quoted(' '.join(command.choices))}"
    if command.takes_path:
        yield f"{at} -F"
    yield from (f"{at} {_fish_option(option)}" for option in command.options)


def _fish_option(option: Option) -> str:
    parts = [
        f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags
    ]
    if option.takes_value:
        parts += ["-r", "-F" if option.is_path else "-f"]
        parts += [f"-a {_fish_quoted(' '.join(option.choices))}"] if option.choices else []
    return " ".join((*parts, "-d", _fish_quoted(_plain(option.help))))


_BASH: Final = """\
# Completion of cport in bash. Written by: cport completion bash
_cport() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} command='' word i found=() files=0
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${{COMP_WORDS[i]}}
    found={valued_everywhere}
    case $command in
{valued}
    esac
    if [[ " ${{found[*]}} " == *" $word "* ]]; then
      ((++i))
      continue
    fi
    case "${{command:+$command }}$word" in
      {known}) command="${{command:+$command }}$word";;
    esac
  done
  found=()
  if ((i > COMP_CWORD)); then
    case "$command|${{COMP_WORDS[COMP_CWORD-1]}}" in
{values}
    esac
  else
    case $command in
      {groups}) ;;
      *) found={everywhere};;
    esac
    case $command in
{offered}
    esac
  fi
  COMPREPLY=()
  for word in "${{found[@]}}"; do
    if [[ $word == '@files' ]]; then
      files=1
    elif [[ $word == "$current"* && ($word != -* || $current == -* || $i -gt COMP_CWORD) ]]; then
      COMPREPLY+=("$word")
    fi
  done
  if ((files)); then
    compopt -o filenames 2>/dev/null
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
  fi
}}
complete -F _cport cport
"""

_ZSH: Final = """\
#compdef cport
# Completion of cport in zsh. Written by: cport completion zsh
_cport() {{
  local command='' word
  local -a found
  local -i i
  for ((i = 2; i < CURRENT; i++)); do
    word=${{words[i]}}
    found={valued_everywhere}
    case $command in
{valued}
    esac
    if (( ${{found[(Ie)$word]}} )); then
      (( i++ ))
      continue
    fi
    case "${{command:+$command }}$word" in
      {known}) command="${{command:+$command }}$word";;
    esac
  done
  found=()
  if (( i > CURRENT )); then
    case "$command|${{words[CURRENT-1]}}" in
{values}
    esac
  else
    case $command in
      {groups}) ;;
      *) found={everywhere};;
    esac
    case $command in
{described}
    esac
    [[ ${{words[CURRENT]}} == -* ]] || found=(${{found:#-*}})
  fi
  if (( ${{found[(Ie)@files]}} )); then
    _files
    found=(${{found:#@files}})
  fi
  (( ${{#found}} )) && _describe 'cport' found
}}
if [[ ${{funcstack[1]}} == _cport ]]; then _cport "$@"; else compdef _cport cport; fi
"""

_FISH: Final = """\
# Completion of cport in fish. Written by: cport completion fish
function __cport_command
  set -l known {known}
  set -l valued {valued}
  set -l command
  set -l is_value 0
  for word in (commandline -opc)[2..-1]
    if test $is_value = 1
      set is_value 0
    else if contains -- "$command|$word" $valued; or contains -- $word {valued_everywhere}
      set is_value 1
    else if contains -- (string join ' ' $command $word) $known
      set command (string join ' ' $command $word)
    end
  end
  echo -- $command
end
function __cport_is_at
  test (__cport_command | string collect) = "$argv[1]"
end
function __cport_takes_all
  not contains -- (__cport_command | string collect) {groups}
end
complete -c cport -f
{lines}
"""
