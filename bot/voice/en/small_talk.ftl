## What is said where no product is meant.

greet =
    .friendly-one = Hello! Tell me what you are looking for, and I'll find it in { $shop }.
    .friendly-two = Hi there! What can I find for you today?
    .friendly-three = Welcome! Describe what you need: a kind of product, a price, a colour, a size.
    .one = Hello. What are you looking for?
    .two = Welcome to { $shop }. What can I find for you?
    .formal-one = Welcome to { $shop }. How may I help you?
    .formal-two = Good day. Please tell me what you are looking for.

help =
    I find products in { $shop }: say something like “red running shoes under $100”, then narrow it
    down with “cheaper”, “in a size 9” or “tell me about the second one”. I also answer questions
    about shipping, returns, warranty, payment and privacy, and look up where your order is.

bot-challenge =
    I'm { $assistant }, the automatic assistant of { $shop }: a program, not a person. I search the
    catalogue, answer questions about the shop's rules and look up orders.

thanks =
    .friendly-one = You're welcome! Anything else I can find for you?
    .friendly-two = My pleasure. I'm here if you need anything else.
    .friendly-three = Glad I could help!
    .one = You're welcome. Is there anything else?
    .two = My pleasure.

goodbye =
    .friendly-one = Goodbye, and thanks for stopping by!
    .friendly-two = See you soon. Take care!
    .friendly-three = Bye! This chat will be here when you come back.
    .one = Goodbye, and thank you for your visit.
    .two = Goodbye. This chat will be here when you come back.

affirm =
    .one = Great. What shall I look for?
    .two = Good. Tell me what you'd like to see next.

deny = All right. Tell me what you'd like instead, or how I can help.

insult =
    .one = I'm sorry this isn't going well. Tell me what you need, and I'll try to do better.
    .two = That sounds frustrating. Let's try again: what can I do for you?

distress =
    I'm sorry, that sounds very hard. I'm only a shop's assistant and can't help with this, but
    people can: please call your local emergency number, or in the US call or text 988, now. You
    don't have to be alone with it.

other-language = I only understand English so far. Could you say that in English, please?

unsafe-request =
    I can't advise on that safely: I only know what { $shop } sells. For your health, please ask a
    doctor or a pharmacist; for a legal matter, a lawyer. If somebody is in danger, call your local
    emergency number now.

out-of-scope =
    That's beyond me: I only know { $shop }. I can find products, explain our rules, or look up an
    order.

## When something goes wrong.

sorry = Sorry, something went wrong on my side just now. Please try that once more.
