"""What the desk's people read, in English."""

from bot.desk.ticket import Reason, Speaker

REASON = "Why"
CUSTOMER = "Customer"
VERIFIED = "verified by"
UNKNOWN = "not verified"
CONVERSATION = "Conversation"
WANTED = "Wanted"
TRIED = "Tried"
ORDERS = "Order"
CART = "Cart"
LAST_WORDS = "Last said"
FILES = "Pictures and files"

REASONS = {
    Reason.ASKED: "the customer asked for a person",
    Reason.FAILED_TWICE: "the assistant could not help several times in a row",
    Reason.UPSET: "the customer is upset",
}
SPEAKERS = {
    Speaker.CUSTOMER: "Customer",
    Speaker.ASSISTANT: "Assistant",
    Speaker.PERSON: "Desk",
}
WENT_BACK = "The customer went back to the assistant."
NEW_TICKET = "A customer needs a person"
"""The subject of a letter, before the ticket's id."""
ANSWER_HERE = "Answer here"
