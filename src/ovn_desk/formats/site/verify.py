"""The page on which a reader checks another page, offline, and which says what it can not vouch for."""

from collections.abc import Mapping

from markupsafe import Markup

from ovn_desk import assets
from ovn_desk.domain.house import House
from ovn_desk.formats.page import places, words
from ovn_desk.formats.page.structured import script_json
from ovn_desk.formats.site import frame

_SPOKEN: Mapping[str, dict[str, str]] = {
    "en": {
        "how": (
            "Choose a page of this site that you have saved, or drop its file here. It is checked on your own device: "
            "nothing is sent anywhere."
        ),
        "page": "The page to check",
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
            "اس سائٹ کا کوئی محفوظ کیا ہوا صفحہ چنیں یا اس کی فائل یہاں چھوڑیں۔ جانچ آپ کے اپنے آلے پر ہوتی ہے: "
            "کہیں کچھ نہیں بھیجا جاتا۔"
        ),
        "page": "جانچنے کے لیے صفحہ",
        "trust": "یہ صفحہ کیا نہیں بتا سکتا",
        "trust_how": (
            "کوئی صفحہ اپنی گواہی خود نہیں دے سکتا، یہ بھی نہیں: جو سائٹ کے صفحات بدل سکتا ہے وہ کلیدیں بھی بدل سکتا "
            "ہے۔ انہیں ان کلیدوں سے ملائیں جو ادارے نے کہیں اور شائع کی ہیں، یا پہلے سے محفوظ کلیدوں کی فائل چنیں۔"
        ),
        "key_file": "کہیں اور سے ملی ہوئی کلیدیں (ovn-keys.json)",
        "no_script": "آپ کا براؤزر اس صفحے کا واحد اسکرپٹ نہیں چلاتا۔ “ovn-desk verify” استعمال کریں۔",
    },
}
_VERDICTS: Mapping[str, dict[str, object]] = {
    "en": {
        "good": "Approved by {name}, exactly as it stands. Key: {key}",
        "no_approval": "This page carries no approval.",
        "withdrawn": "This page says that its article was withdrawn: there is no text on it to check.",
        "unknown_key": "The key that signed this page is not among the keys below.",
        "bad_signature": "The signature does not match the approval.",
        "changed": "The text of this page is not the text that was approved.",
        "differs": "The first words that differ: “{words}”",
        "other_approval": "The approval shown on the page is not the one that was signed.",
        "unreadable": "This file can not be read as a page of a newsroom.",
        "no_keys": "That is not a file of published keys.",
        "no_browser": "This browser can not check such signatures. Use a newer one, or “ovn-desk verify”.",
    },
    "ur": {
        "good": "{name} نے اسے جوں کا توں منظور کیا۔ کلید: {key}",
        "no_approval": "اس صفحے کے ساتھ کوئی منظوری نہیں۔",
        "withdrawn": "اس صفحے کے مطابق اس کا مضمون واپس لے لیا گیا ہے: اس پر جانچنے کے لیے کوئی متن نہیں۔",
        "unknown_key": "جس کلید سے اس صفحے پر دستخط ہوئے وہ نیچے کی کلیدوں میں نہیں۔",
        "bad_signature": "دستخط منظوری سے میل نہیں کھاتے۔",
        "changed": "اس صفحے کا متن وہ نہیں جو منظور کیا گیا تھا۔",
        "differs": "سب سے پہلے مختلف الفاظ: ”{words}“",
        "other_approval": "صفحے پر دکھائی گئی منظوری وہ نہیں جس پر دستخط ہوئے تھے۔",
        "unreadable": "یہ فائل کسی ادارے کے صفحے کے طور پر پڑھی نہیں جا سکتی۔",
        "no_keys": "یہ شائع شدہ کلیدوں کی فائل نہیں۔",
        "no_browser": "یہ براؤزر ایسے دستخط جانچ نہیں سکتا۔ نیا براؤزر یا “ovn-desk verify” استعمال کریں۔",
    },
}


def write(house: House, language: str, keys: Mapping[str, str]) -> str:
    """The page in one language; its only script is inside, and named by its hash in the page's security policy."""
    script = assets.text("scripts/verify.js").strip()
    unchecked = [words.of(spoken)["unchecked"] for spoken in words.DIRECTION]
    verdicts = script_json(_VERDICTS.get(language, _VERDICTS["en"]) | {"unchecked": unchecked})
    carried = script_json({"keys": dict(keys)})
    return frame.write(
        "verify.html",
        house,
        language,
        places.verify(language, house),
        heading=words.of(language)["verify"],
        scripts=[script, verdicts, carried],
        spoken=_SPOKEN.get(language, _SPOKEN["en"]),
        keys=sorted(keys),
        verdicts=verdicts,
        carried=carried,
        script=Markup(script),  # noqa: S704 - our own file
    )
