"""The verbs by which a text says who said something, in English and Urdu."""

import re

_SAID = (
    "said says say told tell tells stated claimed announced argued argues warned warns noted explained denied denies "
    "deny admitted alleged alleges insisted insists stressed emphasised emphasized confirmed acknowledged testified "
    "remarked asserted reiterated replied recalled disclosed revealed conceded contended"
).split()
_ALSO_SPOKEN = (
    "asked asks added adds called calls call described describes describing termed terms dubbed labelled shouted shout "
    "shouts chanted wrote writes answered quoted joked cried whispered tweeted posted read reads saying calling "
    "thundered declared declares responded began urged promised complained went"
).split()
_NOT_SAID = {
    "said": r"(?! (?:to be|goodbye))",
    "claimed": r"(?! (?:(?:the |more than |at least )?\w+ (?:lives|life)|victory over))",
    "say": r"(?! (?:in|on)\b)",
    "terms": r"(?! (?:like|of|and|such|for)\b)",
}
_URDU_SAID = (
    "کہا کہنا کہتے کہتی کہتا بتایا بتاتے بتاتی بقول دعویٰ تصدیق تردید اعتراف الزام اعلان وضاحت پوچھا لکھا پکارا چلایا "
    "جواب بولے بولیں بولی مطابق ریمارکس"
).split()

_CLAUSE = r",? (?:that|how|it)\b| *[.,:;]| ?[“\"‘]|\s*$"


def _verb_pattern(verbs: list[str]) -> str:
    return "|".join(verb + _NOT_SAID.get(verb, "") for verb in verbs)


# It is looked for in text in lower case.
ATTRIBUTION = re.compile(
    r"(?<![\w-])(?:"
    rf"(?=[{''.join(sorted({word[0] for word in [*_SAID, 'quoted']}))}])(?:"
    r"as reported (?:by|in)|according to|quoted as saying"
    rf"|(?:{_verb_pattern(_SAID)})(?![\w-])"
    rf"|claims?(?={_CLAUSE})"
    rf"|reported(?={_CLAUSE}| by\b| in\b| on\b)"
    r"|(?:(?<=he )|(?<=she )|(?<=they )|(?<=it )|(?<=who ))added(?!\w)"
    r"|added(?=,? that\b|[:.]))"
    r"|(?=[\u0620-\u06ff])(?:کے مطابق|(?:دعویٰ|اعلان|اعتراف) کیا|(?:تصدیق|تردید) کی|الزام (?:لگایا|عائد کیا)"
    r"|(?:کہت|بتات)[ےیا] (?:ہے|ہیں|ہوں|تھا|تھے|تھی|تھیں)(?!\w)|(?:کہا|کہنا|بتایا|بقول)(?!\w)))"
)
SPOKEN = re.compile(
    rf"(?<![\w-])(?:{_verb_pattern([*_SAID, *_ALSO_SPOKEN])})(?![\w-])"
    rf"|according to|(?<!\w)(?:{'|'.join(_URDU_SAID)})(?!\w)|^[”“’‘»\s]*قرار د",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w’'-]*(?: (?:of |the )?[A-Z][\w’'-]*)*"
THROUGH = re.compile(
    rf"reported (?:by|in) (?:the )?({_NAME})"
    rf"|((?:The )?{_NAME}) (?:newspaper |TV |television )?reported(?![\w-])"
    rf"|\breports? (?:by|in) (?:the )?({_NAME})"
    r"|((?:روزنامہ )?\w+(?: \w+)?) کی (?:ایک )?(?:رپورٹ|خبر) کے مطابق"
)
