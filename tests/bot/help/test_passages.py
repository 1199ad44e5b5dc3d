from bot.help.passages import passages
from catalog.models import Policy


def page(body: str, url: str = "") -> Policy:
    return Policy(slug="returns", title="Returns", body=body, url=url)


def test_a_page_is_cut_at_its_headings_without_marks() -> None:
    cut = passages(
        page("Intro [link](/x).\n\n## Time\nYou have *30*\ndays.\n\n- one\n- two\n\n## Empty\n")
    )
    assert [(each.heading, each.text) for each in cut] == [
        ("", "Intro link."),
        ("Time", "You have 30 days. one two"),
    ]


def test_a_passage_is_linked_at_its_heading() -> None:
    body = "Intro.\n\n## What it costs\nNothing.\n\n## What it costs\nReally."
    assert [each.address for each in passages(page(body))] == [
        "/policies/returns",
        "/policies/returns#what-it-costs",
        "/policies/returns#what-it-costs-1",
    ]


def test_a_page_of_the_shop_s_own_is_linked_there_and_an_answer_where_its_heading_leads() -> None:
    body = "## Time\nSoon.\n\n## [Why?](<https://acme.example/faq#2>)\nSo."
    assert [
        (each.heading, each.address) for each in passages(page(body, "https://acme.example"))
    ] == [
        ("Time", "https://acme.example"),
        ("Why?", "https://acme.example/faq#2"),
    ]


def test_comments_say_what_customers_ask_and_are_quoted_nowhere() -> None:
    [passage] = passages(
        page("## Time\n<!-- Asked: how\nlong? | until when -->\nYou have 30 days.")
    )
    assert passage.asked == ("how long?", "until when")
    assert passage.quoted == "You have 30 days."
    assert passage.questions == ["Returns", "how long?", "until when"]


def test_a_row_of_a_table_is_one_statement() -> None:
    [passage] = passages(page("| Way | Days |\n|---|---|\n| Express | 1 |\n| Standard | 4 |"))
    assert passage.text == "Way · Days Express · 1 Standard · 4"


def test_a_long_section_is_quoted_by_paragraphs() -> None:
    paragraph = "It is so. " * 40
    cut = passages(page(f"## Time\n{paragraph}\n\n{paragraph}\n\nShort."))
    assert [len(each.text) for each in cut] == [399, 406]
    assert {each.heading for each in cut} == {"Time"}


def test_a_short_introduction_is_quoted_with_what_follows() -> None:
    first, second = passages(page("Send it back.\n\n## Time\nYou have 30 days."))
    assert first.quoted == "Send it back. You have 30 days."
    assert first.names == {"returns#", "returns#Time"}
    assert second.quoted == "You have 30 days."
