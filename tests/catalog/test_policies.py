from pathlib import Path

from sqlalchemy.orm import Session

from catalog.policies import get_policy, list_policies, load_policies


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


def test_an_unknown_policy_is_none(session: Session) -> None:
    assert get_policy(session, "nothing") is None
