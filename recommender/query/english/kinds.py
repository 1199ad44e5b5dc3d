"""English: words that end, join or leave as it is what a thing is called."""

from recommender.query.english.phrases import words

EITHER = words("or and")
LINKS = words(
    "for with without in under over below above that which who to from by of on and or at "
    "between around about less more cheaper up please but is are can so than like not my i "
    "thats made because if while when as your you"
)
QUALITIES = words(
    "a an the some any new nice good great best better cool cheap cheapest affordable "
    "inexpensive budget comfortable comfy warm light lightweight heavy large big small little "
    "mini stylish fancy cute pretty beautiful decent durable sturdy strong soft waterproof "
    "quality popular favorite favourite classic modern simple basic everyday my your of pair "
    "pairs other another different more similar these those this that top rated also really "
    "very super high low couple few several cozy casual formal"
)
