## Returns and exchanges: what comes back, why, and how it gets there.

return-which = What from order { $number } would you like to send back?
return-which-is-faulty = I'm sorry about that. Which of the things in order { $number } is it?
return-which-of-them = Which do you mean: { $titles }?
return-all = All of it
return-how-many = You bought { $count } × { $title }. All { $count }, or how many?
return-all-of-them = All { $count }
return-just-one = Just one
return-why = What's the reason for sending back { $titles }?
return-reason = { $reason ->
        [too_small] Too small
        [too_large] Too large
        [color] The colour
        [style] The style
        [not_as_described] Not as described
        [defective] It doesn't work
        [damaged] It arrived damaged
        [wrong_item] Wrong item
        [changed_mind] I changed my mind
       *[other] Another reason
    }
return-condition = Is it unused, as it came?
return-unused = Yes, it's unused
return-used = No, it's been used
return-remedy = I'm sorry about the { $title }. { return-remedy-again }
return-remedy-again = Shall we send you a new one, or would you like your money back?
return-replace = Send me a new one
return-money = My money back
return-version = What would you like in place of { $title }?
return-version-list = There is: { $names }. What would you like in place of { $title }?
return-version-of-them = { $names }?
return-picture = Would you like to add a photo of it? It helps us to settle it sooner.
return-picture-none = No photo
return-picture-another = { $count ->
        [one] Thank you, I have your photo.
       *[other] Thank you, I have { $count } photos now.
    } Is there another one, or shall we go on?
return-picture-again = Would you like to add a photo, or shall we go on?
return-picture-all = That's all
return-picture-how =
    Choose it with the paper clip beside your message, or drop or paste it here: JPEG, PNG, WebP or
    PDF, { $megabytes } MB at most.
return-pictures-kept = { $count ->
        [one] Your photo is with it.
       *[other] Your { $count } photos are with it.
    }
return-missed = I didn't get that, I'm sorry. { $question }
return-stuck = { $desk ->
        [yes] I still don't get it, I'm sorry. We can stop here, or a person can go on with you.
       *[other] I still don't get it, I'm sorry. If you'd rather stop here, say “never mind”.
    } { $question }
return-confirm = { $version ->
        [none] To be returned from order { $number }: { $titles }. Reason: { $reason }. Shall I start
            the return?
        [same] To be replaced, from order { $number }: { $titles }. Reason: { $reason }.
            Shall I ask for it?
       *[other] To be exchanged from order { $number }: { $titles }, for { $version }. Reason:
            { $reason }. Shall I start the exchange?
    }
return-yes = Yes, go ahead
return-no = No, leave it
return-kept = All right, nothing is sent back.
return-done = { $kind ->
        [exchange] I've asked for the exchange: its number is { $number }.
        [replacement] I've asked for the replacement: its number is { $number }.
       *[other] Your return is registered: its number is { $number }.
    }
return-then = { $kind ->
        [exchange] The other one leaves as soon as it's here.
        [replacement] We'll send you a new one.
       *[other] Your money comes back once it's here.
    }

return-approval = We'll look at it first and then send you the label.
return-label = Print the label for { $number } here: { $label }
return-address = Please write { $number } on the parcel and send it to { $address }.
return-by = Please send it by { $until }.
return-page = Where it goes, and how you get a label, is on our page “{ $page }”: { $address }
return-ask-shop =
    Where it goes, the people of { $shop } will tell you{ $contact ->
        [none] , with that number.
       *[other] { " " }at { $contact }, with that number.
    }

return-state = { $status ->
        [requested] Return { $number } ({ $titles }), of { $asked }: we're waiting for the parcel.
        [received] Return { $number } ({ $titles }), of { $asked }: it has arrived, and we're checking
            it.
        [closed] Return { $number } ({ $titles }), of { $asked }: it's done.
       *[rejected] Return { $number } ({ $titles }), of { $asked }: it wasn't accepted.
    }
return-already = That's on its way back already, or was:
return-cancel =
    I can't call off the return { $number } myself. { $desk ->
        [yes] Our people can: shall I get you one of them?
       *[other] The people of { $shop } can{ $contact ->
            [none] { "" }: you reach them by what is on the contact page.
           *[other] : you reach them at { $contact }.
        }
    }
