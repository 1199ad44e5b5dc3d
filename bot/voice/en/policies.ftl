## The shop's own pages, quoted.

policy =
    { $text }

    More on our page “{ $page }”: { $address }
policies-missing = This shop hasn't published its policies here yet.
policy-not-found = I couldn't find that in the shop's policies. These pages are there:
