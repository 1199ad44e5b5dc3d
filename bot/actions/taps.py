"""Quick replies of one meaning: a tap needs no guess what was meant."""

from bot.voice.voice import Voice

_ACTS = {
    "add-cheaper": "add_to_cart",
    "cart-checkout": "checkout",
    "cart-go-on": "show_more",
    "cart-see": "view_cart",
    "cart-undo": "undo",
    "go-on-restart": "start_over",
    "contact-hours": "answer_policy",
    "helped-no": "helped",
    "helped-yes": "helped",
    "notify-back": "notify_me",
    "notify-cheaper": "notify_me",
    "saved-first-to-cart": "add_to_cart",
    "saved-see": "view_saved",
    "similar-to-it": "similar",
    "start-address": "change_address",
    "start-cancel": "cancel_order",
    "start-exchange": "return_order",
    "start-reorder": "reorder",
    "start-order-status": "order_status",
    "start-return": "return_order",
    "talk-to-person": "talk_to_person",
}


def act_of(voice: Voice, text: str) -> str | None:
    """The act that the words lead to, where they are such a quick reply."""
    said = text.strip().casefold()
    return next((act for id, act in _ACTS.items() if voice.say(id).casefold() == said), None)
