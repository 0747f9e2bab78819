"""`make metrics`: sizes, annotations, docstrings, comments, import cycles and private names of Python trees.

Each argument is a folder and becomes a column; the default is this repository. Tools and generated files are left out,
and tests of every row but the last, so that trees with other habits can be compared.
"""

import ast
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.import_graph import cycles
from scripts.private_names import private_uses

ROOT = Path(__file__).parent.parent
SKIPPED = {"node_modules", ".venv", ".tools", ".git", ".data", "migrations", "build", "dist"}
TOOLS = {"benchmarks", "scripts"}  # of the repository, not of the product
LINK = re.compile(r"https?://|\bRFC \d|\bissue \d|\bissues/\d|#\d{2,}\b|\bGH-\d", re.IGNORECASE)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class File:
    """One parsed Python file."""

    path: Path  # relative to the tree
    text: str
    tree: ast.Module
    comments: Sequence[str]

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def is_test(self) -> bool:
        return any(part in ("tests", "test", "testing") for part in self.path.parts) or self.path.name.startswith(
            "test_"
        )

    @property
    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]


def read_files(root: Path) -> Iterator[File]:
    """Yield each Python file below the root that parses and holds code."""
    for path in sorted(root.rglob("*.py")):
        relative = path.relative_to(root)
        if SKIPPED.intersection(relative.parts) or TOOLS.intersection(relative.parts[:1]):
            continue
        try:
            text = path.read_text()
            tree = ast.parse(text)
        except (SyntaxError, UnicodeDecodeError):
            continue
        if text.strip():
            yield File(relative, text, tree, tuple(comments_of(text)))


def comments_of(text: str) -> Iterator[str]:
    """Yield each line that holds only a comment. A comment after code does not count."""
    tokens = tokenize.generate_tokens(iter(text.splitlines(keepends=True)).__next__)
    for token in tokens:
        if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip():
            yield token.string


def percentile(numbers: Sequence[int], share: float) -> int:
    """Return the quantile of the numbers for the share, or 0 if there are none."""
    return sorted(numbers)[min(len(numbers) - 1, int(len(numbers) * share))] if numbers else 0


def spread(numbers: Sequence[int], *shares: float) -> str:
    """Return the percentiles and the maximum."""
    return " / ".join(f"{percentile(numbers, share):,}" for share in (*shares, 1.0))


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def returns_are_annotated(files: Sequence[File]) -> str:
    functions = [function for file in files for function in file.functions]
    return share(sum(function.returns is not None for function in functions), len(functions))


def documented_functions(files: Sequence[File]) -> str:
    """Return the share of functions with a docstring, and the mean length of the docstrings in words."""
    functions = [function for file in files for function in file.functions]
    words = [len(text.split()) for function in functions if (text := ast.get_docstring(function))]
    return f"{share(len(words), len(functions))} ({sum(words) / len(words) if words else 0:.0f})"


def documented_modules(files: Sequence[File]) -> str:
    holding_code = [file for file in files if file.path.name != "__init__.py" or file.lines > 5]
    return share(sum(ast.get_docstring(file.tree) is not None for file in holding_code), len(holding_code))


def comment_lines(files: Sequence[File]) -> str:
    return f"{100 * sum(len(file.comments) for file in files) / max(1, sum(file.lines for file in files)):.1f}"


def linked_comments(files: Sequence[File]) -> str:
    return str(sum(bool(LINK.search(comment)) for file in files for comment in file.comments))


def folder_sizes(files: Sequence[File]) -> str:
    """Return the folders that directly hold the most Python files."""
    sizes = Counter(file.path.parent for file in files)
    return ", ".join(f"{folder} {size}" for folder, size in sizes.most_common(4))


def import_cycles(files: Sequence[File]) -> str:
    return str(len(cycles({file.path: file.tree for file in files})))


def private_names(files: Sequence[File]) -> str:
    """Return how often files outside compat/ use a private name that they do not define."""
    return str(len(private_uses([file.tree for file in files if file.path.parts[0] != "compat"])))


def function_lines(files: Sequence[File]) -> list[int]:
    functions = [function for file in files for function in file.functions]
    return [(function.end_lineno or function.lineno) - function.lineno + 1 for function in functions]


Row = tuple[str, Callable[[Sequence[File]], str]]
OF_THE_PRODUCT: Sequence[Row] = [
    ("files; lines", lambda files: f"{len(files)}; {sum(file.lines for file in files):,}"),
    ("file lines median / p90 / max", lambda files: spread([file.lines for file in files], 0.5, 0.9)),
    ("function lines median / p90 / p99 / max", lambda files: spread(function_lines(files), 0.5, 0.9, 0.99)),
    ("return annotations", returns_are_annotated),
    ("module docstring", documented_modules),
    ("functions with docstring (words each)", documented_functions),
    ("comment lines per 100", comment_lines),
    ("comments that link an issue or spec", linked_comments),
    ("largest folders, in files", folder_sizes),
    ("import cycles of files", import_cycles),
    ("uses of libraries' private names, outside compat/", private_names),
]
OF_THE_TESTS: Sequence[Row] = [
    ("tests: file lines median / max", lambda files: spread([file.lines for file in files], 0.5)),
]


def table(roots: Sequence[Path]) -> str:
    """Return a Markdown table with a column per tree."""
    trees = [list(read_files(root)) for root in roots]
    lines = [f"| | {' | '.join(root.resolve().name for root in roots)} |", "|---" * (len(roots) + 1) + "|"]
    for rows, is_test in ((OF_THE_PRODUCT, False), (OF_THE_TESTS, True)):
        columns = [[file for file in files if file.is_test is is_test] for files in trees]
        lines += [f"| {name} | {' | '.join(measure(files) for files in columns)} |" for name, measure in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table([Path(name) for name in sys.argv[1:]] or [ROOT]) + "\n")
