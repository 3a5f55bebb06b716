"""A text with everything in it that an article may have, for tests of what becomes of it elsewhere."""

from dataclasses import replace

from issues import TRAIN
from ovn_desk.domain.image import ImageWidth

EVERYTHING = """First [@dawn-rail] with *em*, `code`, a [link](https://x.example/?a=1&b=2) and اردو بھی.

## Heading

پاکستان اور آذربائیجان نے ریل پر اتفاق کیا

### Deeper

- a
- b
    - c
    - d

3. three
4. four

- loose

- items

- two

    paragraphs

- اردو میں

> Quote one. [@dawn-rail]
>
> - list in quote

| A | B |
|---|---|
| 1 | 2 |

Table: A caption.

    code <b>&

---

Term
: Meaning

![](image:full)

![](image:train)

![](image:half)

In a line ![](image:train) too.

End -- of <!-- wp:x {"a":1} --> it, `<!-- wp:y -->` and &lt;!-- wp:z --&gt;.
"""
IMAGES = (
    TRAIN,
    *(
        replace(TRAIN, key=key, sha256=key, media="image/png", width=900, height=600, shown=shown, alt="“A” & <b>")
        for key, shown in (("full", ImageWidth.FULL), ("half", ImageWidth.HALF))
    ),
)
