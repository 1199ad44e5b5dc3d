from pathlib import Path

import pytest

from catalog.models import Policy
from catalog.policy_errors import PolicyError
from catalog.policy_files import read_policies

_PAGE = """<!doctype html>
<html><head><title>Acme | Shipping</title>
<link rel="canonical" href="https://acme.example/help/shipping"><style>p {color: red}</style></head>
<body><nav><a href="/">Home</a></nav>
<main><h1>Shipping &amp; delivery</h1>
<p onclick="steal()">We ship <b>daily</b>. <a href="javascript:alert(1)">Click</a>
<a href="https://acme.example/track">Track</a></p>
<script>alert("in the page")</script>
<h2>Costs</h2><ul><li>Standard: free</li><li>Express: $9</li></ul>
<table><tr><th>Zone</th><th>Days</th></tr><tr><td>Europe</td><td>4</td></tr></table>
<p>&lt;script&gt;shown as text&lt;/script&gt;</p></main>
<footer>Imprint</footer></body></html>
"""


def _read(folder: Path, name: str, content: str | bytes) -> list[Policy]:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_policies(file)


def test_html_becomes_markdown_without_what_is_no_text(tmp_path: Path) -> None:
    [page] = _read(tmp_path, "shipping.html", _PAGE)
    assert (page.slug, page.title) == ("shipping", "Shipping & delivery")
    assert page.url == "https://acme.example/help/shipping"
    assert "We ship **daily**. Click" in page.body
    assert "[Track](https://acme.example/track)" in page.body
    assert "## Costs" in page.body
    assert "- Express: $9" in page.body
    assert "| Europe | 4 |" in page.body
    for gone in ("javascript:", "onclick", "in the page", "color: red", "Home", "Imprint", "Acme"):
        assert gone not in page.body


def test_a_page_without_h1_has_the_title_of_its_window(tmp_path: Path) -> None:
    [page] = _read(tmp_path, "a.htm", "<title>Sizes</title><p>True to size.</p>")
    assert (page.title, page.body, page.url) == ("Sizes", "True to size.", "")


def test_a_table_becomes_a_page_for_each_category(tmp_path: Path) -> None:
    pages = _read(
        tmp_path,
        "our-faq.csv",
        "Question,Answer,Category,URL\n"
        'How long does it take?,"Three days, mostly.",Shipping,https://acme.example/faq#1\n'
        "Can I pay by *card*?,Yes.,,\n"
        'When does it come?,"Three days, mostly.",Shipping,https://acme.example/faq#1\n',
    )
    assert [(page.slug, page.title, page.body) for page in pages] == [
        (
            "our-faq-shipping",
            "Shipping",
            "## [How long does it take?](<https://acme.example/faq#1>)\n"
            "<!-- Asked: When does it come? -->\n\nThree days, mostly.",
        ),
        ("our-faq", "Our faq", "## Can I pay by \\*card\\*?\n\nYes."),
    ]


def test_a_folder_is_read_by_name_and_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# B\n\nText.")
    (tmp_path / "a.html").write_text("<h1>A</h1><p>Text.</p>")
    (tmp_path / "c.csv").write_text("question,answer\nWhy?,Because.\n")
    (tmp_path / "notes.txt").write_text("not a page")
    assert [page.slug for page in read_policies(tmp_path)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.md", "Thirty days.", r"a\.md, line 1: no title"),
        ("a.md", "# Returns\n", "line 1: a title and no text"),
        ("a.md", "\n\n#  \nThirty days.", "line 3: no title"),
        ("a.md", b"# Returns\n\nR\xfcckgabe", "line 3: not in UTF-8"),
        ("a.html", "<p>Text</p>", r"a\.html, line 1: no title"),
        ("a.html", "<h1>Title</h1><script>x</script>", "a title and no text"),
        ("a.csv", "question,text\nWhy?,So.\n", "line 1: the column answer is missing"),
        ("a.csv", "", "line 1: the column question is missing"),
        ("a.csv", "question,answer\n", "line 1: no row"),
        ("a.csv", "question,answer\nWhy?,So.\n\nHow?,\n", r"a\.csv, line 4: no answer"),
        ("a.csv", 'question,answer\n"Two\nlines?",So.\n,So.\n', "line 4: no question"),
        ("a.csv", "question,answer\nWhy?,Yes, really.\n", "line 2: 3 cells under 2 columns"),
        ("a.csv", 'question,answer\nWhy?,"open\n', "line 2: no CSV"),
        ("a.csv", "question,answer,url\nWhy?,So.,javascript:x\n", "line 2: .* is no web address"),
        ("a.txt", "Text", r"not one of \.md"),
        (f"{'a' * 65}.md", "# A\n\nText", "more than 64 characters"),
        ("a.md", f"# {'a' * 256}\n\nText", "more than 255 characters"),
    ],
)
def test_a_file_that_is_no_page_is_named_with_the_line(
    tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    with pytest.raises(PolicyError, match=reason):
        _read(tmp_path, name, content)


def test_two_files_of_one_page_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nText.")
    with pytest.raises(PolicyError, match=r"a\.md: a\.html makes the page 'a' already"):
        _read(tmp_path, "a.html", "<h1>A</h1><p>Text.</p>")
        read_policies(tmp_path)


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="no file that is one of"):
        read_policies(tmp_path)
