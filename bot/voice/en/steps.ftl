## Going back, starting over, and saying what the search is.

undone =
    .one = Back one step. { $found }
    .two = All right, back to what you looked for before. { $found }
page-before =
    { $count ->
        [one] Here is the one from before:
       *[other] Here are the { $count } from before:
    }
nothing-to-undo = There is nothing before this that I could go back to.

started-over =
    { $kept ->
        [0] { $saved ->
                [0] All right, from the beginning. What are you looking for?
               *[other] All right, from the beginning; your wish list stays. What are you looking for?
            }
       *[other] { $saved ->
                [0] All right, from the beginning; your cart stays as it is. What are you looking for?
               *[other] All right, from the beginning; your cart and your wish list stay. What are you looking for?
            }
    }

recap =
    .one = You are looking for { $wish }.
    .two = So far I'm looking for { $wish }.
recap-nothing = You haven't told me yet what you are looking for.
recap-saved =
    { $count ->
        [one] One product is on your wish list.
       *[other] { $count } products are on your wish list.
    }
go-on-restart = Start over
