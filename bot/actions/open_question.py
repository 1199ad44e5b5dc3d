"""What a task has asked, as a bubble: the first time, and again after something in between."""

from bot.actions.reply import Reply, Upload
from bot.support.task import Task


def asked(task: Task, text: str = "") -> Reply:
    """In the words it was asked in, where no others are given."""
    most = task.details.get("max bytes") if task.step == "picture" else None
    upload = Upload(int(most)) if most else None
    return Reply(text or task.question, (), task.ways, upload=upload)
