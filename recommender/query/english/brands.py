"""English: words about brands, and words that are no brand unless somebody says so."""

from recommender.query.english.phrases import phrases, words

ORDINARY = words(
    "a about above active after again air all always amazing an and any apple are art as at baby "
    "back bad basic basics be best better big bio black blue body book born boss both box boy "
    "brand bright but buy by cat champion cheap cherry clean clear clever color comfort cool coach "
    "cross crown daily daisy day deal deep delta diesel do dog double down dream easy eco edge "
    "element elements energy essential essentials ever every explorer express extra fancy fast "
    "fine first fit five flash focus for force fossil four free fresh from fun gap generic gift "
    "girl glow go gold good great green grace guess happy hard harvest have health heat help "
    "her high hills home hot house how i ideal idea if in independent infinity is it its jean "
    "jet joy just kids kind king kitchen lab large lee life light like little long look love "
    "low lucky magic make man many marvel master matter max may me mega men mint mission modern "
    "moon more most mother my name native natural nature need neat new next nice nike's nine no "
    "north not now ocean of off office oh old on one only open or orange orbit original other our "
    "out over own pack panda part perfect pilot pink pioneer planet plus polo power premium pretty "
    "prime pro pure purple quality queen quest quick rain ready real red ring river rock royal "
    "run safe same save see set seven shark shell shop short show simple six sky sleep slim small "
    "smart snow so soft solo some something space spirit sport spring square stage star start "
    "still storm strong style subway sun super supreme sure swan sweet target tea team ten that "
    "the their them thing think this three tide tiger time to together too top total touch "
    "travel true trust two ultimate ultra under unique united universal unknown up us use vans "
    "very victory vintage vision vortex wall want war warm watch water wave way we west what when "
    "where which white who why wild will wind winner with wonder wood work world x yellow yes you "
    "your zero zone sage jade ruby amber autumn summer winter polar puffin penguin puma's pearl"
)
BRAND_LEAD = phrases("by", "from", "made by", "brand", "the brand", "branded")
BRAND_WORDS = words("brand branded")
