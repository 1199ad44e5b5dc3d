from bot.help.markup import rendered


def test_headings_have_ids_and_raw_html_is_shown_as_text() -> None:
    page = rendered("## What it *costs*?\n<!-- Asked: how\nmuch -->\nNothing. <b>Really</b>\n")
    assert '<h2 id="what-it-costs">What it <em>costs</em>?</h2>' in page
    assert "<p>Nothing. &lt;b&gt;Really&lt;/b&gt;</p>" in page
    assert "Asked" not in page


def test_links_lead_nowhere_that_runs_code() -> None:
    assert "<a" not in rendered("[x](javascript:alert(1))")
