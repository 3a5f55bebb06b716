"""What a check of the public log says, in words: of a page in it, of the whole log, and of what it was before."""

from collections.abc import Mapping

LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {"log": "Public log", "whole": "The log itself", "since": "Since you last looked"},
    "ur": {"log": "عوامی لاگ", "whole": "خود لاگ", "since": "پچھلی بار کے بعد"},
}
GOOD = (
    "log intact",
    "log withdrawn",
    "log found",
    "log joined",
    "whole intact",
    "since grown",
    "since joined",
    "since same",
)
NONE = ("log none", "whole no_heads", "since first")
NOTE = ("since other", "since unsigned", "since forgotten")
SENTENCES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "log intact": "In the public log, line {number} of {count}, as signed on {at} (UTC).",
        "log withdrawn": "The public log says so, too: line {number} of {count}, as signed on {at} (UTC).",
        "log found": "In the public log, line {number} of {count}, as signed on {at} (UTC); so says the log beside it.",
        "log joined": (
            "In a log of this newsroom, line {number} of {count}, as signed on {at}, that was joined to the one that "
            "came with it; nothing of it is missing."
        ),
        "log none": "This page carries no proof that it is in the public log.",
        "log unlogged": (
            "This page carries no proof that it is in the public log that came with it: no newsroom that keeps one "
            "publishes such a page."
        ),
        "log outdated": "The public log says that this text was changed on {later}: it is not what stands now.",
        "log gone": "The public log says that this text was withdrawn on {later}.",
        "log unreadable": "The page's proof that it is in the public log is damaged.",
        "log unsigned": "The head of the log that this page names is signed by none of the outlet's published keys.",
        "log unproved": "The page's proof does not lead to the signed head of the log: nothing shows that it is in it.",
        "log other_line": "The line of the public log that this page shows is not about this text.",
        "log shorter": (
            "The log that came with this page is shorter than the one it was published with, signed on {at} over "
            "{count} lines: lines were taken out of it."
        ),
        "log rewritten": (
            "The log that came with this page is another one than it was published with, signed on {at}: its past was "
            "rewritten, or there are two of them."
        ),
        "whole intact": (
            "Every line follows the one above it (lines: {count}), and every signed head fits (heads: {heads}). "
            "The newest is of {at} (UTC)."
        ),
        "whole line": "Line {number} is not what followed the line above it: the log was changed there or just above.",
        "whole missing": "The pages name a public log, and it is not here: its files were taken away.",
        "whole no_heads": "Without checkpoints.jsonl nobody can tell whether the log is as it was signed.",
        "whole heads_unreadable": "The list of signed heads, checkpoints.jsonl, is damaged.",
        "whole head_unsigned": "Head {number} of the list is signed by none of the outlet's published keys.",
        "whole head_origin": "Head {number} of the list is that of another log.",
        "whole head_order": "Head {number} of the list covers no more lines than the one before it.",
        "whole cut": "The log has {count} lines; signed on {at} were {size}. Lines were taken out of it.",
        "whole differs": (
            "The log is not the one that was signed on {at}: something was changed in lines {first} to {size}."
        ),
        "whole unsigned_lines": "From line {number} on the log is signed by nobody.",
        "whole newest": "The file checkpoint is not the newest of the signed heads.",
        "whole joint": "Line {number} names another log of this newsroom as joined, and what follows is not that log.",
        "since first": "Nothing was known of this log before. From now on this browser remembers it.",
        "since same": "It is as it was when you last looked: {size} lines, signed on {at} (UTC).",
        "since grown": (
            "It begins with all of the {size} lines that were signed on {at}; {more} came after. Nothing was rewritten."
        ),
        "since joined": (
            "The log of {size} lines that was signed on {at} is another one of this newsroom. Line {number} says so, "
            "and all of it follows there."
        ),
        "since rewritten": "The past of this log was rewritten: its first {size} lines are not those signed on {at}.",
        "since rewritten_at": (
            "The past of this log was rewritten: of the {size} lines signed on {at} the first that is not as it was "
            "is line {number}."
        ),
        "since shorter": (
            "The log was set back: {size} lines were signed on {at}, and it has {count}. Lines were taken out of it."
        ),
        "since other": "The older head is that of another log.",
        "since unsigned": "The older head is signed by none of the outlet's published keys: nothing can be compared.",
        "since forgotten": "This browser does not let the page remember the log until next time. Keep checkpoint.",
    },
    "ur": {
        "log intact": "عوامی لاگ میں موجود، {count} میں سے سطر {number}، دستخط: {at} (یو ٹی سی)۔",
        "log withdrawn": "عوامی لاگ میں واپسی درج ہے، {count} میں سے سطر {number}، دستخط: {at} (یو ٹی سی)۔",
        "log found": "عوامی لاگ میں موجود، {count} میں سے سطر {number}، دستخط: {at}، اور ساتھ دیے گئے لاگ میں بھی۔",
        "log joined": (
            "اس ادارے کے ایک لاگ میں، {count} میں سے سطر {number}، دستخط: {at}، جو ساتھ دیے گئے لاگ میں شامل کیا گیا؛ "
            "اس کی کوئی سطر غائب نہیں۔"
        ),
        "log none": "اس صفحے کے ساتھ ثبوت نہیں کہ یہ عوامی لاگ میں ہے۔",
        "log unlogged": "اس صفحے کے ساتھ ثبوت نہیں کہ یہ دیے گئے عوامی لاگ میں ہے: ادارہ ایسا صفحہ شائع نہیں کرتا۔",
        "log outdated": "عوامی لاگ کے مطابق یہ متن {later} کو بدلا گیا: اب یہ متن شائع شدہ نہیں۔",
        "log gone": "عوامی لاگ کے مطابق یہ متن {later} کو واپس لے لیا گیا۔",
        "log unreadable": "عوامی لاگ میں ہونے کا ثبوت خراب ہے۔",
        "log unsigned": "لاگ کے جس سرے کا یہ صفحہ نام لیتا ہے اس پر ادارے کی کسی شائع شدہ کلید کے دستخط نہیں۔",
        "log unproved": "صفحے کا ثبوت لاگ کے دستخط شدہ سرے تک نہیں پہنچتا: کچھ ثابت نہیں کرتا کہ یہ اس میں ہے۔",
        "log other_line": "لاگ کی جو سطر یہ صفحہ دکھاتا ہے وہ اس متن کے بارے میں نہیں۔",
        "log shorter": (
            "ساتھ دیا گیا لاگ اس سے چھوٹا ہے جس کے ساتھ یہ صفحہ شائع ہوا تھا ({at}، {count} سطریں): اس سے سطریں نکالی "
            "گئیں۔"
        ),
        "log rewritten": (
            "ساتھ دیا گیا لاگ وہ نہیں جس کے ساتھ یہ صفحہ شائع ہوا تھا، دستخط: {at}۔ اس کا ماضی بدلا گیا، یا لاگ دو ہیں۔"
        ),
        "whole intact": (
            "ہر سطر اپنے سے اوپر والی کے بعد ہے (سطریں: {count}) اور ہر دستخط شدہ سرا درست ہے (سرے: {heads})۔ "
            "تازہ ترین: {at} (یو ٹی سی)۔"
        ),
        "whole line": "سطر {number} اپنے سے اوپر والی سطر کے بعد کی نہیں: لاگ وہاں یا اس سے ذرا اوپر بدلا گیا۔",
        "whole missing": "صفحات عوامی لاگ کا نام لیتے ہیں مگر وہ یہاں نہیں: اس کی فائلیں ہٹائی گئیں۔",
        "whole no_heads": "checkpoints.jsonl کے بغیر نہیں بتایا جا سکتا کہ لاگ دستخط کے مطابق ہے یا نہیں۔",
        "whole heads_unreadable": "دستخط شدہ سروں کی فہرست checkpoints.jsonl خراب ہے۔",
        "whole head_unsigned": "فہرست کے سرے {number} پر ادارے کی کسی شائع شدہ کلید کے دستخط نہیں۔",
        "whole head_origin": "فہرست کا سرا {number} کسی اور لاگ کا ہے۔",
        "whole head_order": "فہرست کا سرا {number} پچھلے سے زیادہ سطروں پر نہیں۔",
        "whole cut": "لاگ میں {count} سطریں ہیں؛ {at} کو {size} پر دستخط ہوئے تھے۔ اس سے سطریں نکالی گئیں۔",
        "whole differs": "یہ وہ لاگ نہیں جس پر {at} کو دستخط ہوئے: سطر {first} سے {size} تک کچھ بدلا گیا۔",
        "whole unsigned_lines": "سطر {number} سے آگے لاگ پر کسی کے دستخط نہیں۔",
        "whole newest": "فائل checkpoint دستخط شدہ سروں میں تازہ ترین نہیں۔",
        "whole joint": "سطر {number} ادارے کے ایک اور لاگ کی شمولیت بتاتی ہے، مگر آگے وہ لاگ نہیں۔",
        "since first": "اس لاگ کے بارے میں پہلے کچھ معلوم نہ تھا۔ اب سے یہ براؤزر اسے یاد رکھے گا۔",
        "since same": "یہ ویسا ہی ہے جیسا پچھلی بار تھا: {size} سطریں، دستخط: {at}۔",
        "since grown": "{at} کو دستخط شدہ تمام {size} سطریں اس کے شروع میں ہیں؛ {more} بعد میں آئیں۔ کچھ نہ بدلا۔",
        "since joined": (
            "{size} سطروں کا لاگ جس پر {at} کو دستخط ہوئے، اسی ادارے کا دوسرا لاگ ہے۔ سطر {number} یہ بتاتی ہے اور وہ "
            "پورا وہاں موجود ہے۔"
        ),
        "since rewritten": "اس لاگ کا ماضی بدلا گیا: اس کی پہلی {size} سطریں وہ نہیں جن پر {at} کو دستخط ہوئے تھے۔",
        "since rewritten_at": (
            "اس لاگ کا ماضی بدلا گیا: {at} کو دستخط شدہ {size} سطروں میں سے پہلی بدلی ہوئی سطر {number} ہے۔"
        ),
        "since shorter": "لاگ پیچھے لے جایا گیا: {at} کو {size} سطروں پر دستخط ہوئے تھے، اب {count} ہیں۔",
        "since other": "پرانا سرا کسی اور لاگ کا ہے۔",
        "since unsigned": "پرانے سرے پر ادارے کی کسی شائع شدہ کلید کے دستخط نہیں: موازنہ نہیں ہو سکتا۔",
        "since forgotten": "یہ براؤزر صفحے کو لاگ اگلی بار تک یاد رکھنے نہیں دیتا۔ checkpoint فائل محفوظ رکھیں۔",
    },
}
