## Questions where a wish is broad. The answers stand below as quick replies.

ask-kind = Which kind do you have in mind?
ask-gender = Who are they for?
ask-material = Any material you prefer?
ask-color = Any colour you prefer?
for-gender = For { $gender }
in-value = In { $value }
ask-gift =
    { $who ->
        [women] Happy to help you find something. What does she enjoy?
        [men] Happy to help you find something. What does he enjoy?
       *[anybody] Happy to help you find something. What are they into, or which of these comes close?
    }
