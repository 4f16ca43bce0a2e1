"""What churches are called, in English and Spanish: saints, mysteries of the faith, titles of Our Lord and Our Lady."""

from __future__ import annotations

DEDICATIONS = (
    r"(?:sts?|ss|ste|saints?|santa|santo|san|s[ãa]o|"
    # Our Lord
    r"christ|cristo|jes[úu]s|corpus|emmanuel|risen|sacred|sagrad[oa]s?|precious|divin[eo]|good shepherd|buen pastor|"
    r"prince of peace|lord of (?:mercy|life|the)|light of (?:christ|life|the world)|word of (?:god|life)|"
    r"bread of life|body of christ|spirit of (?:christ|god|life|peace|truth|hope)|gesu|five wounds|"
    r"se[ñn]or de (?:la|las|los)|santu?[íi]sim[oa]|esp[íi]ritu|trinity|"
    # Our Lady
    r"our (?:lady|savior|saviour|mother|lord|redeemer|father)|nuestr[ao]|ntra|"
    r"mary(?= ?,| (?:queen|mother|immaculate|star|help|our|mediatrix|gate|magdalene?|of)\b|$)|"
    r"mother|madre de|virgen de|queen|regina|mater|maternity of|"
    r"star of the sea|stella maris|immaculate|inmaculada|immacolata|pur[íi]sima|dormition|protection of|perpetual help|"
    r"(?:mount|mt\.?) carmel|seven (?:dolors|sorrows)|"
    # feasts and mysteries
    r"assumption|annunciation|annunziata|ascension|resurrection|nativity|visitation|transfiguration|presentation|"
    r"purification|epiphany|incarnat(?:e|ion)|(?:exaltation|triumph|finding) of the (?:holy )?cross|family of god|"
    r"holy(?! (?:week|orders?|days?|thursday|friday|saturday|see|land|father|hours?)\b)|"
    r"most (?:holy|precious|pure|sacred|blessed)|"
    # the saints
    r"blessed(?! (?:are|be|is)\b)|beat[oa]|venerable|all (?:souls|saints|hallows)|guardian angels?|little flower|"
    r"(?:(?:\w+ )?martyrs|(?:twelve )?apostles|kateri|three holy women|servants of (?:mary|christ))\b|padre pio|"
    r"cur[ée] (?:of|d['’])|"
    r"pope (?:st|saint|john|pius|paul|leo)|pius (?:x|v)|archangel|mission san)"
)
BUILDINGS = (
    r"(?:(?:co-)?cathedral|basilica|church|parish|mission|chapel|shrine|oratory|catholic community|"
    r"(?:cuasi-?)?parroquia|iglesia|misi[óo]n|capilla|santuario|catedral|bas[íi]lica|oratorio)"
)
