from pathlib import Path

from launch.errors import LaunchError


def command_of(file: Path, name: str) -> str:
    """Return the command of one process.

    Raises:
        LaunchError: The file has none of the name, or cannot be read.
    """
    commands = read_procfile(file)
    if name not in commands:
        raise LaunchError(f"there is no process {name!r}: name one of {', '.join(commands)}")
    return commands[name]


def read_procfile(file: Path) -> dict[str, str]:
    """Return the commands by name.

    Raises:
        LaunchError: The file cannot be read, or a line is not `name: command` with a new name.
    """
    try:
        text = file.read_text()
    except OSError as error:
        raise LaunchError(f"{file} cannot be read: {error.strerror}") from None
    commands: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, colon, command = (part.strip() for part in line.partition(":"))
        if not (name and colon and command) or name in commands:
            raise LaunchError(f"{file}, line {number}: a new name, a colon and a command are wanted")
        commands[name] = command
    return commands
