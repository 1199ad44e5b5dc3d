"""Why a file is not taken. Each message is said to the customer as it is."""


class AttachmentError(Exception):
    """A file is not taken."""

    status = 422
    """Of the HTTP answer."""
    reason = ""
    """For the log: nothing of the customer's is in it."""


class NotInvitedError(AttachmentError):
    status = 403
    reason = "nobody asked for it"

    def __init__(self) -> None:
        super().__init__("I can't take a file right now. Start a return first, and I'll ask.")


class TooManyFilesError(AttachmentError):
    status = 409
    reason = "too many"

    def __init__(self, most: int) -> None:
        super().__init__(f"That's enough: {most} files are as many as I can take.")


class TooLargeError(AttachmentError):
    status = 413
    reason = "too large"

    def __init__(self, megabytes: int) -> None:
        super().__init__(f"That file is too large: {megabytes} MB are the most I can take.")


class TooManyPixelsError(AttachmentError):
    reason = "too many pixels"

    def __init__(self) -> None:
        super().__init__("That picture has more pixels than I can open. Please send a smaller one.")


class WrongKindError(AttachmentError):
    status = 415
    reason = "no picture and no PDF"

    def __init__(self) -> None:
        super().__init__(
            "That's neither a picture (JPEG, PNG, WebP) nor a PDF, which is all I can take."
        )


class UnreadableError(AttachmentError):
    reason = "unreadable"

    def __init__(self) -> None:
        super().__init__("That picture can't be opened; it may be damaged. Please try another one.")
