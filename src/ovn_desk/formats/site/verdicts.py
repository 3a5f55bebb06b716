"""What a check of a page says, in words: for the command line, and for the page on which readers check another one."""

from collections.abc import Mapping
from enum import StrEnum

from ovn_desk.formats.site import log_verdicts, site_verdicts


class State(StrEnum):
    """How a verdict is to be taken. `NOTE` is no alarm: something is otherwise than exported, as hosts make it."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"
    NONE = "none"


STATES: Mapping[str, State] = {
    "text intact": State.GOOD,
    "text no_text": State.NONE,
    "text withdrawn": State.NONE,
    "file intact": State.GOOD,
    "file changed_around": State.NOTE,
    "file no_seal": State.NOTE,
    "file newer_seal": State.NOTE,
    "pictures intact": State.GOOD,
    "pictures some": State.NONE,
    "pictures not_given": State.NONE,
    "pictures none": State.NONE,
    "pictures unknown": State.NOTE,
    **dict.fromkeys(log_verdicts.GOOD, State.GOOD),
    **dict.fromkeys(log_verdicts.NOTE, State.NOTE),
    **dict.fromkeys(log_verdicts.NONE, State.NONE),
}  # whatever is not here is bad

LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {"text": "Approved text", "file": "Whole file", "pictures": "Pictures", **log_verdicts.LABELS["en"]},
    "ur": {"text": "منظور شدہ متن", "file": "پوری فائل", "pictures": "تصویریں", **log_verdicts.LABELS["ur"]},
}
PARTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "head": "in the page's head (its title, and what search engines are told)",
        "style": "in its style",
        "above": "above the text",
        "article": "in the article",
        "beside": (
            "in the article, beside the approved words (its section, links to translations, the box that says who "
            "approved it)"
        ),
        "dates": "in the dates it shows",
        "below": "below the text",
        "main": "in what the page says",
        "end": "after the end of the page",
    },
    "ur": {
        "head": "صفحے کے سرنامے میں (عنوان، اور جو سرچ انجنوں کو بتایا جاتا ہے)",
        "style": "صفحے کی آرائش میں",
        "above": "متن سے اوپر",
        "article": "مضمون میں",
        "beside": "مضمون میں منظور شدہ الفاظ کے علاوہ (اس کا شعبہ، تراجم کے لنک، منظوری کا خانہ)",
        "dates": "دکھائی گئی تاریخوں میں",
        "below": "متن کے بعد",
        "main": "صفحے کے مواد میں",
        "end": "صفحے کے اختتام کے بعد",
    },
}
SENTENCES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "text intact": "Approved by {name}, exactly as it stands. Key: {key}",
        "text no_text": "There is no article on this page whose text somebody approved.",
        "text no_approval": "This page carries no approval.",
        "text withdrawn": "This page says that its article was withdrawn: there is no text on it to check.",
        "text only_said": "This page says that its article was withdrawn, and no seal that holds says so.",
        "text unknown_key": "The key that signed the approval is not among the outlet's published keys.",
        "text bad_signature": "The signature does not match the approval.",
        "text changed": "The text of this page is not the text that was approved.",
        "text differs": (
            "The text of this page is not the text that was approved. The first words that differ: “{words}”"
        ),
        "text other_approval": "The approval shown on the page is not the one that was signed.",
        "text unreadable": "This file cannot be read as a page of a newsroom.",
        "file intact": "Every byte is as it was exported at {at} (UTC). Key: {key}",
        "file changed": "The file is not as it was exported: something was changed {where}.",
        "file changed_around": (
            "Something was added or changed around the text since the page was exported: {where}. Hosts do that, with "
            "visitor counts or a network that delivers pages. What scripts and styles hide or add while the page is "
            "shown, this check does not see."
        ),
        "file changed_inside": (
            "Something else than an approved text was changed since the page was exported: {where}."
        ),
        "file no_seal": (
            "The file carries no seal. Whether its dates, or anything else around the approved words, are as exported "
            "cannot be told."
        ),
        "file bad_seal": (
            "The seal of the file is damaged or not genuine. Whether its dates, or anything else around the approved "
            "words, are as exported cannot be told."
        ),
        "file unknown_key": "The file was sealed with the key {key}, which is not among the outlet's published keys.",
        "file newer_seal": "The file was sealed by a newer desk. Use a newer one to check it.",
        "pictures intact": "All {count} picture files are as they were exported.",
        "pictures some": "{given} of {count} picture files are there, and are as they were exported.",
        "pictures not_given": (
            "Not given. Put the page's picture files ({count}) beside it, or choose them together with it, to have "
            "them checked, too."
        ),
        "pictures changed": "{name} is not the picture file that was exported.",
        "pictures other": "The page shows {name}, which is none of the pictures it was exported with.",
        "pictures none": "The page was exported without pictures.",
        "pictures unknown": "Without a seal that holds, nobody can tell which picture files were exported.",
        **log_verdicts.SENTENCES["en"],
    },
    "ur": {
        "text intact": "{name} نے اسے جوں کا توں منظور کیا۔ کلید: {key}",
        "text no_text": "اس صفحے پر کوئی ایسا مضمون نہیں جس کا متن کسی نے منظور کیا ہو۔",
        "text no_approval": "اس صفحے کے ساتھ کوئی منظوری نہیں۔",
        "text withdrawn": "اس صفحے کے مطابق اس کا مضمون واپس لے لیا گیا ہے: اس پر جانچنے کے لیے کوئی متن نہیں۔",
        "text only_said": "اس صفحے کے مطابق اس کا مضمون واپس لے لیا گیا ہے، مگر کوئی درست مہر یہ نہیں کہتی۔",
        "text unknown_key": "جس کلید سے منظوری پر دستخط ہوئے وہ ادارے کی شائع شدہ کلیدوں میں نہیں۔",
        "text bad_signature": "دستخط منظوری سے میل نہیں کھاتے۔",
        "text changed": "اس صفحے کا متن وہ نہیں جو منظور کیا گیا تھا۔",
        "text differs": "اس صفحے کا متن وہ نہیں جو منظور کیا گیا تھا۔ سب سے پہلے مختلف الفاظ: ”{words}“",
        "text other_approval": "صفحے پر دکھائی گئی منظوری وہ نہیں جس پر دستخط ہوئے تھے۔",
        "text unreadable": "یہ فائل کسی ادارے کے صفحے کے طور پر پڑھی نہیں جا سکتی۔",
        "file intact": "فائل کا ہر حصہ ویسا ہی ہے جیسا {at} (یو ٹی سی) پر جاری ہوا تھا۔ کلید: {key}",
        "file changed": "فائل ویسی نہیں جیسی جاری ہوئی تھی۔ یہاں کچھ بدلا گیا: {where}۔",
        "file changed_around": (
            "صفحہ جاری ہونے کے بعد متن کے گرد کچھ بڑھایا یا بدلا گیا: {where}۔ ہوسٹنگ کمپنیاں ایسا کرتی ہیں، مثلاً "
            "قارئین گننے کے لیے یا صفحہ جلد پہنچانے کے لیے۔ صفحہ دکھاتے وقت اسکرپٹ یا آرائش جو کچھ چھپائے یا بڑھائے، "
            "وہ اس جانچ میں نظر نہیں آتا۔"
        ),
        "file changed_inside": "صفحہ جاری ہونے کے بعد منظور شدہ متن کے علاوہ کچھ بدلا گیا: {where}۔",
        "file no_seal": (
            "اس فائل پر کوئی مہر نہیں۔ یہ نہیں بتایا جا سکتا کہ تاریخیں یا منظور شدہ الفاظ کے گرد باقی چیزیں ویسی ہی "
            "ہیں جیسی جاری ہوئی تھیں۔"
        ),
        "file bad_seal": (
            "اس فائل کی مہر خراب ہے یا اصلی نہیں۔ یہ نہیں بتایا جا سکتا کہ تاریخیں یا منظور شدہ الفاظ کے گرد باقی "
            "چیزیں ویسی ہی ہیں جیسی جاری ہوئی تھیں۔"
        ),
        "file unknown_key": "اس فائل پر کلید {key} سے مہر لگی ہے، جو ادارے کی شائع شدہ کلیدوں میں نہیں۔",
        "file newer_seal": "اس فائل پر نئے پروگرام کی مہر ہے۔ جانچنے کے لیے نیا پروگرام استعمال کریں۔",
        "pictures intact": "تصویروں کی تمام فائلیں ({count}) ویسی ہی ہیں جیسی جاری ہوئی تھیں۔",
        "pictures some": "تصویروں کی {count} میں سے {given} فائلیں موجود ہیں اور ویسی ہی ہیں جیسی جاری ہوئی تھیں۔",
        "pictures not_given": (
            "نہیں دی گئیں۔ انہیں بھی جانچنے کے لیے صفحے کی تصویروں کی فائلیں ({count}) اس کے ساتھ رکھیں یا ساتھ چنیں۔"
        ),
        "pictures changed": "{name} تصویر کی وہ فائل نہیں جو جاری ہوئی تھی۔",
        "pictures other": "صفحہ {name} دکھاتا ہے، جو اس کی جاری شدہ تصویروں میں نہیں۔",
        "pictures none": "یہ صفحہ بغیر تصویروں کے جاری ہوا تھا۔",
        "pictures unknown": "درست مہر کے بغیر یہ نہیں بتایا جا سکتا کہ تصویروں کی کون سی فائلیں جاری ہوئی تھیں۔",
        **log_verdicts.SENTENCES["ur"],
    },
}
_OF_SITES: Mapping[str, State] = {
    **dict.fromkeys(site_verdicts.NOTE, State.NOTE),
    **dict.fromkeys(site_verdicts.NONE, State.NONE),
}
BETWEEN = {"en": ", ", "ur": "، "}


def state(check: str, code: str) -> State:
    """How the verdict with this code is to be taken."""
    return {**STATES, **_OF_SITES}.get(f"{check} {code}", State.BAD)


def sentence(check: str, code: str, values: Mapping[str, str], language: str = "en") -> str:
    """What a reader is told."""
    spoken, parts = {**site_verdicts.SENTENCES, **SENTENCES[language]}, PARTS[language]
    if (check, code) == ("text", "changed") and "words" in values:
        code = "differs"
    where = BETWEEN[language].join(parts.get(part, part) for part in values.get("where", "").split())
    at = values.get("at", "").removesuffix("Z").replace("T", " ")
    return spoken[f"{check} {code}"].format_map({**values, "where": where or parts["head"], "at": at})
