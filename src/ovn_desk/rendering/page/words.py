"""The words of the page itself, in English and Urdu, and dates as readers write them."""

from collections.abc import Sequence
from datetime import datetime

from ovn_desk.domain.ai_use import AiTask
from ovn_desk.domain.article import Genre
from ovn_desk.domain.evidence import CorrectionKind

DIRECTION = {"en": "ltr", "ur": "rtl"}

_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "ur": ["جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر"],
}
_URDU_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")

GENRES = {
    "en": {
        Genre.NEWS: "News",
        Genre.ANALYSIS: "Analysis",
        Genre.EXPLAINER: "Explainer",
        Genre.FEATURE: "Feature",
        Genre.INTERVIEW: "Interview",
        Genre.OPINION: "Opinion",
        Genre.EDITORIAL: "Editorial",
        Genre.FACT_CHECK: "Fact check",
        Genre.OBITUARY: "Obituary",
        Genre.BRIEF: "In brief",
    },
    "ur": {
        Genre.NEWS: "خبر",
        Genre.ANALYSIS: "تجزیہ",
        Genre.EXPLAINER: "وضاحت",
        Genre.FEATURE: "فیچر",
        Genre.INTERVIEW: "انٹرویو",
        Genre.OPINION: "رائے",
        Genre.EDITORIAL: "اداریہ",
        Genre.FACT_CHECK: "حقائق کی جانچ",
        Genre.OBITUARY: "تعزیت",
        Genre.BRIEF: "مختصر",
    },
}

AI_TASKS = {
    "en": {
        AiTask.NONE: "none",
        AiTask.LANGUAGE_HELP: "help with language",
        AiTask.SUMMARY: "summary",
        AiTask.TRANSLATION: "translation",
        AiTask.DRAFT: "draft of the text",
        AiTask.PICTURE: "picture",
    },
    "ur": {
        AiTask.NONE: "نہیں",
        AiTask.LANGUAGE_HELP: "زبان کی درستی",
        AiTask.SUMMARY: "خلاصہ",
        AiTask.TRANSLATION: "ترجمہ",
        AiTask.DRAFT: "متن کا مسودہ",
        AiTask.PICTURE: "تصویر",
    },
}

POLICIES = {
    "en": {
        "publishingPrinciples": "Our principles",
        "ethicsPolicy": "Ethics",
        "correctionsPolicy": "How we correct",
        "unnamedSourcesPolicy": "Sources without a name",
        "ownershipFundingInfo": "Who owns and pays for us",
        "masthead": "Who works here",
    },
    "ur": {
        "publishingPrinciples": "ہمارے اصول",
        "ethicsPolicy": "اخلاقیات",
        "correctionsPolicy": "ہم تصحیح کیسے کرتے ہیں",
        "unnamedSourcesPolicy": "بے نام ذرائع",
        "ownershipFundingInfo": "ملکیت اور مالی وسائل",
        "masthead": "ادارتی عملہ",
    },
}

CORRECTIONS = {
    "en": {
        CorrectionKind.CORRECTION: "Correction",
        CorrectionKind.CLARIFICATION: "Clarification",
        CorrectionKind.UPDATE: "Update",
        CorrectionKind.REFILE: "Refile",
        CorrectionKind.EDITORS_NOTE: "Editor’s note",
        CorrectionKind.RETRACTION: "Retraction",
    },
    "ur": {
        CorrectionKind.CORRECTION: "تصحیح",
        CorrectionKind.CLARIFICATION: "وضاحت",
        CorrectionKind.UPDATE: "تازہ معلومات",
        CorrectionKind.REFILE: "معمولی درستی",
        CorrectionKind.EDITORS_NOTE: "ادارتی نوٹ",
        CorrectionKind.RETRACTION: "واپسی",
    },
}

WORDS = {
    "en": {
        "skip": "Skip to the article",
        "skip_list": "Skip to the articles",
        "by": "By",
        "updated": "Updated",
        "sources": "Sources",
        "how_we_know": "How we know",
        "back": "Back to citation {number}",
        "withheld": "A source known to the desk; the name is withheld as agreed",
        "reported_by": "Reported by {name}.",
        "edited_and_approved_by": "Edited and approved by {name}.",
        "edited_by": "Edited by {names}.",
        "corrected_by": "Corrected by {names}.",
        "approved_by": "Approved by {name}.",
        "and": " and ",
        "named": "Sources named: {named}. Names withheld: {unnamed}.",
        "no_sources": "This article names no sources.",
        "answered": "{name} was asked on {day} and answered.",
        "no_answer": "{name} was asked on {day} and did not answer.",
        "unverified": "Could not be verified: {what}",
        "ai_used": "AI used: {uses}.",
        "ai_not_declared": "AI used: not declared.",
        "ai_and": "; ",
        "corrected": "Corrections so far: {number}.",
        "corrections": "Corrections",
        "we_said": "We said:",
        "in_fact": "In fact:",
        "approved": "Approved as printed.",
        "unchecked": "Published before full check.",
        "signed_by": "Signed by {name}.",
        "check": "Check this page yourself",
        "check_how": (
            "The text above, from the headline to the sources, has this digest (SHA-256). A page cannot "
            "vouch for itself: compare the key with the one the newsroom publishes elsewhere, then run "
            "“ovn-desk verify” on this file."
        ),
        "digest": "Digest",
        "key": "Key",
        "revision": "Revision",
        "sections": "Sections",
        "latest": "Latest",
        "newer": "Newer",
        "older": "Older",
        "empty": "No articles have been published yet.",
        "not_found": "This page does not exist",
        "not_found_how": "It may have moved. The newest articles are on the front page.",
        "front_page": "Front page",
        "feed": "RSS feed",
        "json_feed": "JSON Feed",
        "about": "About this site",
        "articles_by": "Articles by {name}",
        "corrections_how": "Everything that was changed in published articles or withdrawn, newest first.",
        "no_corrections": "Nothing has had to be corrected so far.",
        "transparency": "Month by month",
        "transparency_how": "Counted from the newsroom's own records.",
        "month": "Month",
        "articles": "Articles",
        "hours": "Median hours to correct",
        "unnamed": "Sources without a name",
        "overrides": "Published before full check",
        "withdrawn": "Withdrawn",
        "withdrawn_title": "This article has been withdrawn",
        "withdrawn_was": "It was published under the headline",
        "published_on": "Published",
        "withdrawn_on": "Withdrawn",
        "withdrawn_why": "Why",
        "withdrawn_how": (
            "Its text, sources and pictures are no longer here. This page stays, so that whoever comes from a link "
            "learns what became of it."
        ),
        "withdrawn_others": "All corrections and withdrawals",
        "moved_title": "This page has moved",
        "moved_to": "The article that stood here is now at another address:",
        "shared_title": "More than one article was published at this address",
        "shared_how": "If you came by an old link, you may be looking for one of these:",
        "withdrawn_count": "Articles withdrawn",
        "verify": "Check a page",
        "search": "Search",
        "search_how": "Every article of this site in English, newest first.",
        "search_for": "Words of the headline, the summary, the author or the place",
        "search_one": "1 article",
        "search_many": "{number} articles",
        "search_none": "No article has these words.",
        "search_more": "Show more",
        "search_elsewhere": "Search other years",
        "language_name": "English",
        "read_here": "Read in English",
        "untitled": "No headline yet",
    },
    "ur": {
        "skip": "مضمون پر جائیں",
        "skip_list": "مضامین پر جائیں",
        "by": "تحریر:",
        "updated": "تازہ ترین",
        "sources": "ذرائع",
        "how_we_know": "ہمیں کیسے معلوم ہوا",
        "back": "حوالہ {number} پر واپس",
        "withheld": "ایک ذریعہ جو ادارے کے علم میں ہے؛ نام حسبِ وعدہ ظاہر نہیں کیا گیا",
        "reported_by": "رپورٹ: {name}۔",
        "edited_and_approved_by": "ادارت و منظوری: {name}۔",
        "edited_by": "ادارت: {names}۔",
        "corrected_by": "تصحیح: {names}۔",
        "approved_by": "منظوری: {name}۔",
        "and": " اور ",
        "named": "نامزد ذرائع: {named}۔ نام ظاہر نہیں: {unnamed}۔",
        "no_sources": "اس مضمون میں کسی ذریعے کا نام نہیں۔",
        "answered": "{name} سے {day} کو پوچھا گیا اور جواب ملا۔",
        "no_answer": "{name} سے {day} کو پوچھا گیا، جواب نہیں ملا۔",
        "unverified": "تصدیق نہ ہو سکی: {what}",
        "ai_used": "مصنوعی ذہانت کا استعمال: {uses}۔",
        "ai_not_declared": "مصنوعی ذہانت کا استعمال: نہیں بتایا گیا۔",
        "ai_and": "؛ ",
        "corrected": "اب تک تصحیحات: {number}۔",
        "corrections": "تصحیحات",
        "we_said": "ہم نے لکھا تھا:",
        "in_fact": "درحقیقت:",
        "approved": "جوں کا توں منظور شدہ۔",
        "unchecked": "مکمل جانچ سے پہلے شائع کیا گیا۔",
        "signed_by": "دستخط: {name}۔",
        "check": "اس صفحے کی خود جانچ کریں",
        "check_how": (
            "سرخی سے ذرائع تک اوپر کے متن کا خلاصہ (SHA-256) یہ ہے۔ کوئی صفحہ اپنی گواہی خود نہیں دے سکتا: "
            "کلید کو ادارے کی کسی اور جگہ شائع کردہ کلید سے ملائیں، پھر اس فائل پر “ovn-desk verify” چلائیں۔"
        ),
        "digest": "خلاصہ",
        "key": "کلید",
        "revision": "نسخہ",
        "sections": "شعبے",
        "latest": "تازہ ترین",
        "newer": "نئے",
        "older": "پرانے",
        "empty": "ابھی کوئی مضمون شائع نہیں ہوا۔",
        "not_found": "یہ صفحہ موجود نہیں",
        "not_found_how": "شاید اس کی جگہ بدل گئی ہے۔ تازہ مضامین صفحۂ اول پر ہیں۔",
        "front_page": "صفحۂ اول",
        "feed": "آر ایس ایس فیڈ",
        "json_feed": "جے ایس او این فیڈ",
        "about": "اس سائٹ کے بارے میں",
        "articles_by": "{name} کے مضامین",
        "corrections_how": "شائع شدہ مضامین میں ہونے والی ہر تبدیلی اور واپس لیے گئے مضامین، تازہ ترین سب سے اوپر۔",
        "no_corrections": "اب تک کسی تصحیح کی ضرورت نہیں پڑی۔",
        "transparency": "ماہ بہ ماہ",
        "transparency_how": "یہ اعداد ادارے کے اپنے ریکارڈ سے گنے گئے ہیں۔",
        "month": "مہینہ",
        "articles": "مضامین",
        "hours": "تصحیح میں لگنے والے گھنٹے (وسطانیہ)",
        "unnamed": "بے نام ذرائع",
        "overrides": "مکمل جانچ سے پہلے شائع",
        "withdrawn": "واپس لیا گیا",
        "withdrawn_title": "یہ مضمون واپس لے لیا گیا ہے",
        "withdrawn_was": "یہ اس سرخی کے ساتھ شائع ہوا تھا:",
        "published_on": "اشاعت",
        "withdrawn_on": "واپس لیا گیا",
        "withdrawn_why": "وجہ",
        "withdrawn_how": (
            "اس کا متن، ذرائع اور تصاویر اب یہاں نہیں ہیں۔ یہ صفحہ اس لیے باقی ہے کہ کسی لنک سے آنے والے کو معلوم ہو "
            "کہ اس مضمون کا کیا ہوا۔"
        ),
        "withdrawn_others": "تمام تصحیحات اور واپس لیے گئے مضامین",
        "moved_title": "یہ صفحہ منتقل ہو گیا ہے",
        "moved_to": "جو مضمون یہاں تھا وہ اب ایک اور پتے پر ہے:",
        "shared_title": "اس پتے پر ایک سے زیادہ مضامین شائع ہوئے تھے",
        "shared_how": "اگر آپ کسی پرانے لنک سے آئے ہیں تو شاید ان میں سے کوئی مضمون ڈھونڈ رہے ہیں:",
        "withdrawn_count": "واپس لیے گئے مضامین",
        "verify": "صفحے کی جانچ کریں",
        "search": "تلاش",
        "search_how": "اس سائٹ کے تمام اردو مضامین، تازہ ترین سب سے اوپر۔",
        "search_for": "سرخی، خلاصے، مصنف یا مقام کے الفاظ",
        "search_one": "۱ مضمون",
        "search_many": "{number} مضامین",
        "search_none": "ان الفاظ والا کوئی مضمون نہیں۔",
        "search_more": "مزید دکھائیں",
        "search_elsewhere": "دوسرے برسوں میں تلاش کریں",
        "language_name": "اردو",
        "read_here": "اردو میں پڑھیں",
        "untitled": "ابھی سرخی نہیں",
    },
}


def of(language: str) -> dict[str, str]:
    return WORDS.get(language, WORDS["en"])


def genre(value: Genre, language: str) -> str:
    return GENRES.get(language, GENRES["en"])[value]


def ai_task(value: AiTask, language: str) -> str:
    return AI_TASKS.get(language, AI_TASKS["en"])[value]


def policy(name: str, language: str) -> str:
    return POLICIES.get(language, POLICIES["en"])[name]


def correction(kind: CorrectionKind, language: str) -> str:
    return CORRECTIONS.get(language, CORRECTIONS["en"])[kind]


def month(year: int, month: int, language: str) -> str:
    """A month, as `July 2025`."""
    return number(f"{_MONTHS.get(language, _MONTHS['en'])[month - 1]} {year}", language)


def day(moment: datetime, language: str) -> str:
    """A date, as `20 July 2025` or `۲۰ جولائی ۲۰۲۵`."""
    months = _MONTHS.get(language, _MONTHS["en"])
    return number(f"{moment.day} {months[moment.month - 1]} {moment.year}", language)


def day_and_time(moment: datetime, language: str) -> str:
    """A date with its hour and zone; midnight stands for an hour nobody knows and is left out."""
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return day(moment, language)
    comma = "،" if language == "ur" else ","
    zone = "" if language == "ur" else f" {moment:%Z}"
    return f"{day(moment, language)}{comma} {number(f'{moment:%H:%M}', language)}{zone}"


def number(text: str, language: str) -> str:
    """The text with its digits as this language writes them."""
    return text.translate(_URDU_DIGITS) if language == "ur" else text


def list_names(names: Sequence[str], language: str) -> str:
    """Names as a sentence lists them: `A, B and C`."""
    comma = "، " if language == "ur" else ", "
    return of(language)["and"].join(filter(None, (comma.join(names[:-1]), *names[-1:])))


def written_date(text: str, language: str) -> str:
    """An ISO date in words; any other text as it stands."""
    try:
        return day(datetime.fromisoformat(text), language)
    except ValueError:
        return text
