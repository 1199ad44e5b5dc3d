## What is kept of a customer, and who is signed in.

delete-conversation =
    You can do that yourself: open the chat's menu (⋮, “More”) and choose “Delete this conversation”.
    It erases all that was said here, with the cart and the wish list of this chat, on every device.
    Your orders and your account stay as they are.
personal-data =
    I can't look up or erase what the shop keeps of you myself, nor note a withdrawn consent: the
    shop's people do that on request, once they are sure that it's you. This chat you can delete
    yourself, with “Delete this conversation” in its menu.
signed-out = { $known ->
        [yes] Done: I've forgotten who you are in this chat. To see or change an order, you'd have to
            prove it again. If you are logged in on the shop's website, log out there, too.
       *[other] You aren't signed in here: I don't know who you are. If you are logged in on the
            shop's website, you can log out there.
    }
