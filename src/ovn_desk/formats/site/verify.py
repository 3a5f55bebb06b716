"""The page on which a reader checks another page, offline, and which says what it can not vouch for."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from ovn_desk import assets
from ovn_desk.domain.house import House
from ovn_desk.formats.page import places, words
from ovn_desk.formats.page.structured import script_json
from ovn_desk.formats.site import frame, verdicts

_SPOKEN: Mapping[str, dict[str, str]] = {
    "en": {
        "how": (
            "Choose a page of this site that you have saved as “Web page, HTML only”, or drop its file here; its "
            "picture files may come with it. All is checked on your own device: nothing is sent anywhere."
        ),
        "page": "The page to check, and its pictures",
        "trust": "What this can not tell you",
        "trust_how": (
            "A page can not vouch for itself, and neither can this one: whoever can change the pages of a site can "
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
        "page": "جانچنے کے لیے صفحہ اور اس کی تصویریں",
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
        "unreadable": "This file can not be read as a page of a newsroom.",
        "no_page": "There is no page among these files.",
        "no_keys": "That is not a file of published keys.",
        "no_browser": "This browser can not check such signatures. Use a newer one, or “ovn-desk verify”.",
    },
    "ur": {
        "unreadable": "یہ فائل کسی ادارے کے صفحے کے طور پر پڑھی نہیں جا سکتی۔",
        "no_page": "ان فائلوں میں کوئی صفحہ نہیں۔",
        "no_keys": "یہ شائع شدہ کلیدوں کی فائل نہیں۔",
        "no_browser": "یہ براؤزر ایسے دستخط جانچ نہیں سکتا۔ نیا براؤزر یا “ovn-desk verify” استعمال کریں۔",
    },
}
CHECKING = ("public-text", "signatures", "seals", "checks")


def script(*names: str) -> str:
    """Files of the page's script, one behind the other: they share their names and need no tool to be put together."""
    return "\n".join(assets.text(f"scripts/verify/{name}.js").strip() for name in names)


def write(house: House, language: str, keys: Mapping[str, str]) -> str:
    """The page in one language; its only script is inside, and named by its hash in the page's security policy."""
    own = script(*CHECKING, "page")
    said = script_json(_words(language if language in _SAID else "en"))
    carried = script_json({"keys": dict(keys)})
    return frame.write(
        "verify.html",
        house,
        language,
        places.verify(language, house),
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
