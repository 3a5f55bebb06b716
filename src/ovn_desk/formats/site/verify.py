"""The page on which a reader checks another page, offline, and which says what it can not vouch for."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ovn_desk import assets
from ovn_desk.domain.house import House
from ovn_desk.formats.site import frame, verdicts
from ovn_desk.rendering.page import places, words
from ovn_desk.rendering.page.structured import script_json

_SPOKEN: Mapping[str, dict[str, str]] = {
    "en": {
        "how": (
            "Choose a page of this site that you have saved as “Web page, HTML only”, or drop its file here; its "
            "picture files may come with it. All is checked on your own device: nothing is sent anywhere."
        ),
        "page": "The page to check, with its pictures and the log",
        "log": "The public log",
        "log_how": (
            "All that this newsroom published, changed or withdrew has a line in log.jsonl, and each export signs how "
            "many there are and what they say (checkpoints.jsonl). Choose both files of this site above, alone or with "
            "a page. This browser remembers what it saw: when you come back, lines that were changed or taken out are "
            "named. That everybody is shown the same log you only know when you compare with others: keep the file "
            "checkpoint, and choose it with the other two."
        ),
        "trust": "What this cannot tell you",
        "trust_how": (
            "A page cannot vouch for itself, and neither can this one: whoever can change the pages of a site can "
            "change the keys it names. Compare them with those the newsroom publishes elsewhere, or choose a key file "
            "that you had before."
        ),
        "key_file": "Keys from elsewhere (ovn-keys.json)",
        "no_script": "Your browser does not run the one script of this page. Use “ovn-desk verify” instead.",
    },
    "ur": {
        "how": (
            "اس سائٹ کا کوئی صفحہ چنیں جو آپ نے “Web page, HTML only” کے طور پر محفوظ کیا ہو، یا اس کی فائل یہاں "
            "چھوڑیں؛ اس کی تصویروں کی فائلیں بھی ساتھ دی جا سکتی ہیں۔ جانچ آپ کے اپنے آلے پر ہوتی ہے: کہیں کچھ نہیں "
            "بھیجا جاتا۔"
        ),
        "page": "جانچنے کے لیے صفحہ، اس کی تصویریں اور لاگ",
        "log": "عوامی لاگ",
        "log_how": (
            "اس ادارے نے جو کچھ شائع کیا، بدلا یا واپس لیا، اس کی ایک سطر log.jsonl میں ہے، اور ہر اجرا کے ساتھ دستخط "
            "ہوتے ہیں کہ کتنی سطریں ہیں اور کیا کہتی ہیں (checkpoints.jsonl)۔ اس سائٹ کی یہ دونوں فائلیں اوپر چنیں، "
            "اکیلے یا کسی صفحے کے ساتھ۔ یہ براؤزر یاد رکھتا ہے کہ اس نے کیا دیکھا: واپسی پر بتایا جائے گا کہ کون سی "
            "سطر بدلی یا نکالی گئی۔ سب کو ایک ہی لاگ دکھایا جاتا ہے یا نہیں، یہ صرف دوسروں سے موازنہ کر کے معلوم "
            "ہوتا ہے: فائل checkpoint محفوظ رکھیں اور باقی دو کے ساتھ چنیں۔"
        ),
        "trust": "یہ صفحہ کیا نہیں بتا سکتا",
        "trust_how": (
            "کوئی صفحہ اپنی گواہی خود نہیں دے سکتا، یہ بھی نہیں: جو سائٹ کے صفحات بدل سکتا ہے وہ کلیدیں بھی بدل سکتا "
            "ہے۔ انہیں ان کلیدوں سے ملائیں جو ادارے نے کہیں اور شائع کی ہیں، یا پہلے سے محفوظ کلیدوں کی فائل چنیں۔"
        ),
        "key_file": "کہیں اور سے ملی ہوئی کلیدیں (ovn-keys.json)",
        "no_script": "آپ کا براؤزر اس صفحے کا واحد اسکرپٹ نہیں چلاتا۔ “ovn-desk verify” استعمال کریں۔",
    },
}
_SAID: Mapping[str, dict[str, str]] = {
    "en": {
        "unreadable": "This file cannot be read as a page of a newsroom.",
        "no_page": "There is no page among these files.",
        "no_keys": "That is not a file of published keys.",
        "no_browser": "This browser cannot check such signatures. Use a newer one, or “ovn-desk verify”.",
    },
    "ur": {
        "unreadable": "یہ فائل کسی ادارے کے صفحے کے طور پر پڑھی نہیں جا سکتی۔",
        "no_page": "ان فائلوں میں کوئی صفحہ نہیں۔",
        "no_keys": "یہ شائع شدہ کلیدوں کی فائل نہیں۔",
        "no_browser": "یہ براؤزر ایسے دستخط جانچ نہیں سکتا۔ نیا براؤزر یا “ovn-desk verify” استعمال کریں۔",
    },
}
CHECKING = ("public-text", "signatures", "seals", "checks", "trees", "log")


def script(*names: str) -> str:
    """Files of the page's script, one behind the other: they share their names and need no tool to be put together."""
    return "\n".join(assets.text(f"scripts/verify/{name}.js").strip() for name in names)


def write(house: House, language: str, keys: Mapping[str, str], logged: Sequence[str] = ()) -> str:
    """The page in one language; its only script is inside, and named by its hash in the page's security policy.

    `logged` are the names of the files of the public log.
    """
    own, path = script(*CHECKING, "remember", "page"), places.verify(language, house)
    root = frame.root_of(path) or "./"
    said = script_json(_words(language if language in _SAID else "en") | {"root": root})
    carried = script_json({"keys": dict(keys)})
    return frame.write(
        "verify.html",
        house,
        language,
        path,
        reads_beside=True,
        logged=logged,
        heading=words.of(language)["verify"],
        scripts=[own, said, carried],
        spoken=_SPOKEN.get(language, _SPOKEN["en"]),
        keys=sorted(keys),
        verdicts=said,
        carried=carried,
        script=Markup(own),  # noqa: S704 - our own file
    )


def _words(language: str) -> dict[str, Any]:
    """What its script says, and by which words an article says that it came before full check."""
    return {
        **_SAID[language],
        "sentences": verdicts.SENTENCES[language],
        "labels": verdicts.LABELS[language],
        "parts": verdicts.PARTS[language],
        "between": verdicts.BETWEEN[language],
        "states": verdicts.STATES,
        "unchecked": [words.of(spoken)["unchecked"] for spoken in words.DIRECTION],
    }
