## The shop's people, and how it went.

contact-hours = How can I contact you?
contact-unknown =
    You can reach the people of { $shop } { $contact ->
        [none] by what is on the contact page
       *[other] at { $contact }
    }.
person-elsewhere =
    I can't bring anybody into this chat, I'm sorry. I'll help with what I can: orders, returns, products and
    our policies. To talk to a person:
person-coming =
    I've passed our conversation on to a colleague, so you won't have to say it all again. Their
    answer will appear right here; whatever you write now goes to them. To have me back, say “back
    to the assistant”.
person-later =
    Nobody is at the desk right now; people are back on { $back }. I've passed our conversation on,
    and they'll answer right here. Whatever you write until then reaches them.
person-back = Go on with the assistant
person-has-it =
    A colleague has the conversation and will answer right here; I pass on all that you write. To have
    me back, say “back to the assistant”.
person-declined = All right, we go on here, you and me.
person-handed-back = All right, it's me again. What can I do for you?

complaint =
    I'm sorry that this went wrong. { $people ->
        [yes] I can look at your order, start a return or a refund with you, or get a person to look
            at it. What would help?
       *[other] I can look at your order, or start a return or a refund with you; or you reach the
            shop's people yourself. What would help?
    }

complaint-harm =
    I'm very sorry, and I hope that nobody is badly hurt. Please stop using it; in an emergency call your
    local emergency number. Our people want to know of this at once.

    { $contact }
helped-thanks = Thank you for telling me.
helped-why = I'm sorry. What was missing? One line helps us to do it better.
