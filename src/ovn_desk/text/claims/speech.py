"""The verbs by which a text says who said something, in English and Urdu."""

import re

_SAID = (
    "said says say told tell tells stated claimed announced argued argues warned warns noted explained denied denies deny "
    "admitted alleged alleges insisted insists stressed emphasised emphasized confirmed acknowledged testified remarked "
    "asserted reiterated replied recalled disclosed revealed conceded contended"
).split()
_ALSO_SPOKEN = (
    "asked asks added adds called calls call described describes describing termed terms dubbed labelled shouted shout shouts "
    "chanted wrote writes answered quoted joked cried whispered tweeted posted read reads saying calling thundered "
    "declared declares responded began urged promised complained went"
).split()
_NOT_SAID = {
    "said": r"(?! (?:to be|goodbye))",
    "claimed": r"(?! (?:(?:the |more than |at least )?\w+ (?:lives|life)|victory over))",
    "terms": r"(?! (?:like|of|and|such|for)\b)",
    "say": r"(?! (?:in|on)\b)",
}
_URDU_SAID = (
    "کہا کہنا کہتے کہتی کہتا بتایا بتاتے بتاتی بقول دعویٰ تصدیق تردید اعتراف الزام اعلان وضاحت پوچھا لکھا پکارا چلایا "
    "جواب بولے بولیں بولی مطابق ریمارکس"
).split()

_CLAUSE = r",? (?:that|how|it)\b| *[.,:;]| ?[“\"‘]|\s*$"
ATTRIBUTION = re.compile(
    r"(?<![\w-])(?:"
    r"as reported (?:by|in)|according to|quoted as saying"
    rf"|(?:{'|'.join(word + _NOT_SAID.get(word, '') for word in _SAID)})(?![\w-])"
    rf"|claims?(?={_CLAUSE})"
    rf"|reported(?={_CLAUSE}| by\b| in\b| on\b)"
    r"|(?:(?<=he )|(?<=she )|(?<=they )|(?<=it )|(?<=who ))added(?!\w)"
    rf"|added(?=,? that\b|[:.])"
    r"|کے مطابق|(?:دعویٰ|اعلان|اعتراف) کیا|(?:تصدیق|تردید) کی|الزام (?:لگایا|عائد کیا)|(?:کہت|بتات)[ےیا] (?:ہے|ہیں|ہوں|تھا|تھے|تھی|تھیں)(?!\w)"
    r"|(?:کہا|کہنا|بتایا|بقول)(?!\w))",
    re.IGNORECASE,
)
SPOKEN = re.compile(
    rf"(?<![\w-])(?:{'|'.join(word + _NOT_SAID.get(word, '') for word in [*_SAID, *_ALSO_SPOKEN])})(?![\w-])|according to|(?<!\w)(?:{'|'.join(_URDU_SAID)})(?!\w)|^[”“’‘»\s]*قرار د",
    re.IGNORECASE,
)
THROUGH = re.compile(
    r"(?:as |was |were |first )?reported (?:by|in) (?:the )?(?P<by>[A-Z][\w.’'-]*(?: (?:of |the )?[A-Z][\w.’'-]*)*)"
    r"|(?:(?P<name>(?:The )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*) (?:newspaper |TV |television )?reported)(?![\w-])"
    r"|(?:a |its |the )?reports? (?:by|in) (?:the )?(?P<report>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)"
    r"|(?P<urdu>(?:روزنامہ )?\w+(?: \w+)?) کی (?:ایک )?(?:رپورٹ|خبر) کے مطابق"
)
