## The shop's own pages, quoted.

policy =
    { $text }

    More on our page “{ $page }”: { $address }
policy-likely =
    I'm not sure that this is what you mean:

    { $text }

    More on our page “{ $page }”: { $address }
policies-missing = This shop hasn't published its policies here yet.
policy-not-found = I couldn't find that in the shop's policies.{ $suggested ->
        [yes] { " " }These pages are there:
       *[other] { "" }
    }
