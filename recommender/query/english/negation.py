"""English: what is not wanted, and what a product says that it does not have."""

from recommender.query.english.phrases import phrases, words
from recommender.query.language import NegationWords

NEGATION = NegationWords(
    negations=words(
        "not no without except non isnt arent dont doesnt didnt wont never excluding exclude "
        "besides neither hate dislike avoid avoiding skip nothing minus lacking barring none wasnt"
    ),
    weak=words("no non"),
    fillers=words(
        "a an any the my in of with made too very want wants like likes have has having contain "
        "contains containing include includes including come comes coming by from for out show me "
        "give use uses using be is are it color colour colored material brand be see get to real "
        "genuine anything something look looking that thats whats made-of added all there "
        "scented flavored flavoured filled stuffed lined"
    ),
    pronouns=words("nothing none"),
    articles=words("a an any the of"),
    questions=phrases(
        "why not", "why dont you", "why dont you have", "why dont you show me", "dont you have",
        "dont you sell", "dont you carry", "do you not have", "do you not sell", "havent you got",
        "have you not got", "isnt there", "is there not", "arent there", "are there not",
        "is it not", "isnt it", "are they not", "arent they", "is that not", "isnt that",
    ),
    exceptions=phrases(
        "anything but", "everything but", "all but", "any color but", "any colour but",
        "any brand but", "any but", "anything other than", "other than", "instead of",
        "rather than", "apart from", "aside from", "except for", "anything except",
        "everything except", "any except", "as long as it isnt", "as long as its not",
        "as long as they arent", "stay away from", "not interested in", "leave out",
        "allergic to",
    ),
    mild=words(
        "need needs necessarily only just care mind matter sure necessary require required"
    ),
    vague=words(
        "this that these those it its one ones them they thing things thanks thank thx what "
        "clue whatever idea problem worries "
        "limit preference kidding longer working good bad better "
        "worse best "
        "know think much many more less enough heavy light big small large little tiny huge long "
        "short high low tall wide narrow thick thin expensive pricey cheap fancy ugly boring plain "
        "complicated loud bright dark tight loose old new nice great soft hard rough flimsy bulky "
        "same similar different else other another particular specific special used extra really "
        "i im you we so then please either anymore maybe yet now here there how why when where who "
        "available cost costs "
        "rush hurry question doubt joke need needs buy buying interested ok okay yes no"
    ),
    contrast=words("but yes"),
    alternatives=words("or nor and"),
    both=words("and"),
    free="free",
    not_free=words(
        "hands duty tax stress hassle risk worry care trouble royalty cruelty feel for toll "
        "maintenance pain guilt error interest shipping delivery"
    ),
    lacking=(
        "without", "without a", "without an", "without any", "without the", "no", "not", "non",
        "never", "free of", "free from", "instead of", "lacks", "lacks a", "lacks the", "zero",
        "has no", "not a", "is not", "isnt", "does not have", "does not have a", "0", "unlike",
    ),
)  # fmt: skip
