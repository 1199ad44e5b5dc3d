from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from catalog.policies import PolicyError, get_policy, list_policies, load_policies


def test_each_file_becomes_a_policy(session: Session, tmp_path: Path) -> None:
    (tmp_path / "returns.md").write_text("# Returns\n\nThirty days.\n\n## How\n\nBy post.\n")
    (tmp_path / "shipping.md").write_text("\n# How we ship\nFast.\n")
    (tmp_path / "notes.txt").write_text("not a policy")
    load_policies(session, tmp_path)
    session.commit()
    assert [(policy.slug, policy.title) for policy in list_policies(session)] == [
        ("shipping", "How we ship"),
        ("returns", "Returns"),
    ]
    returns = get_policy(session, "returns")
    assert returns is not None
    assert returns.body == "Thirty days.\n\n## How\n\nBy post."


def test_an_edited_file_changes_its_policy_only(session: Session, tmp_path: Path) -> None:
    (tmp_path / "returns.md").write_text("# Returns\n\nThirty days.")
    (tmp_path / "shipping.md").write_text("# Shipping\n\nFast.")
    before = {policy.slug: policy for policy in load_policies(session, tmp_path)}
    session.commit()
    times = {slug: policy.updated_at for slug, policy in before.items()}
    (tmp_path / "returns.md").write_text("# Returns\n\nSixty days.")
    load_policies(session, tmp_path)
    session.commit()
    after = {policy.slug: policy for policy in list_policies(session)}
    assert after["returns"].body == "Sixty days."
    assert after["returns"].updated_at > times["returns"]
    assert after["shipping"].updated_at == times["shipping"]


def test_a_policy_without_a_file_stays(session: Session, tmp_path: Path) -> None:
    (tmp_path / "returns.md").write_text("# Returns\n\nThirty days.")
    load_policies(session, tmp_path)
    (tmp_path / "returns.md").rename(tmp_path / "refunds.md")
    load_policies(session, tmp_path)
    session.commit()
    assert [policy.slug for policy in list_policies(session)] == ["refunds", "returns"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Thirty days.", "no title"),
        (b"# Returns\n", "no text"),
        (b"#  \nThirty days.", "no title"),
        (b"# Returns\n\nR\xfcckgabe", "not in UTF-8"),
    ],
)
def test_a_file_that_is_no_policy_is_named(
    session: Session, tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "returns.md").write_bytes(content)
    with pytest.raises(PolicyError, match=rf"returns\.md .*{reason}"):
        load_policies(session, tmp_path)


def test_a_folder_without_policies_is_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="no Markdown file"):
        load_policies(session, tmp_path)


def test_an_unknown_policy_is_none(session: Session) -> None:
    assert get_policy(session, "nothing") is None
