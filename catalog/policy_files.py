"""Help pages as files: Markdown, HTML, and questions with their answers in CSV."""

from collections.abc import Callable, Mapping
from pathlib import Path

from catalog.models import Policy
from catalog.policy_errors import PolicyError
from catalog.policy_html import read_html
from catalog.policy_table import read_table

_LONGEST_SLUG = 64
_LONGEST_TITLE = 255


def read_policies(path: Path) -> list[Policy]:
    """The pages of a file, or of each `.md`, `.html` and `.csv` file in a folder, by name.

    `returns.md` and `returns.html` become the policy `returns`. The title is the first heading of
    the first level; the rest is the body. A CSV file becomes a page, or one for each category.

    Raises:
        PolicyError: a file can't be used, two make the same page, or there is none.
    """
    pages: dict[str, Path] = {}
    policies = []
    for file in _files(path):
        for policy in _READERS[file.suffix.lower()](file, _text(file)):
            if policy.slug in pages:
                raise PolicyError(
                    file, f"{pages[policy.slug].name} makes the page {policy.slug!r} already"
                )
            if len(policy.slug) > _LONGEST_SLUG:
                raise PolicyError(file, f"a name of more than {_LONGEST_SLUG} characters")
            if len(policy.title) > _LONGEST_TITLE:
                raise PolicyError(file, f"a title of more than {_LONGEST_TITLE} characters")
            pages[policy.slug] = file
            policies.append(policy)
    return policies


def _files(path: Path) -> list[Path]:
    kinds = ", ".join(_READERS)
    if path.is_dir():
        files = sorted(each for each in path.iterdir() if each.suffix.lower() in _READERS)
        if not files:
            raise PolicyError(path, f"no file that is one of {kinds}")
        return files
    if path.suffix.lower() not in _READERS:
        raise PolicyError(path, f"not one of {kinds}")
    return [path]


def _text(file: Path) -> str:
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PolicyError(file, "not in UTF-8: save it as UTF-8", line) from None


def _read_markdown(file: Path, text: str) -> list[Policy]:
    before, mark, after = f"\n{text}".partition("\n# ")
    title, _, rest = after.partition("\n")
    body = f"{before.strip()}\n\n{rest.strip()}".strip()
    if not mark or not title.strip():
        line = before.count("\n") + 1 if mark else 1
        raise PolicyError(file, "no title: begin it with a line like “# Returns”", line)
    if not body:
        raise PolicyError(file, "a title and no text", before.count("\n") + 1)
    return [Policy(slug=file.stem, title=title.strip(), body=body, url="")]


_READERS: Mapping[str, Callable[[Path, str], list[Policy]]] = {
    ".md": _read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".csv": read_table,
}
