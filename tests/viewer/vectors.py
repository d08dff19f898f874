"""Texts that would run a script in a page that is not careful: every one sets `window.pwned` to its number.

Written for this project, by kind of place that they try to break out of.
"""

from itertools import count

_HANDLERS = (
    "onerror", "onload", "onclick", "onmouseover", "onfocus", "onanimationstart", "ontoggle", "onpointerover",
    "onbegin", "onstart", "onscroll", "onwheel", "onbeforetoggle", "oncontentvisibilityautostatechange",
)  # fmt: skip
_ELEMENTS = (
    "<script>RUN</script>",
    "<SCRIPT>RUN</SCRIPT>",
    "<scr<script>ipt>RUN</scr</script>ipt>",
    "<script/x>RUN</script>",
    "<script\n>RUN</script\n>",
    "<script src=data:text/javascript,RUN></script>",
    "<script type=module>RUN</script>",
    "<script async src='data:text/javascript,RUN'></script>",
    "<svg><script>RUN</script></svg>",
    "<svg><script href=data:text/javascript,RUN></script></svg>",
    "<svg><animate onbegin=RUN attributeName=x dur=1s>",
    "<svg><set attributeName=onmouseover to=RUN>",
    "<svg><a xlink:href=javascript:RUN><text y=20>x</text></a></svg>",
    "<svg><use href=data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg' onload=RUN></svg>#x>",
    "<svg><foreignObject><body onload=RUN></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=--&gt;&lt;img src=1 onerror=RUN&gt;>",
    "<math href=javascript:RUN>x</math>",
    "<math><maction actiontype=statusline xlink:href=javascript:RUN>x</maction></math>",
    "<img src=x onerror=RUN>",
    "<img src=x:x onerror=RUN//",
    "<img/src=x/onerror=RUN>",
    "<img src=`x`onerror=RUN>",
    "<img src onerror=RUN>",
    "<image src=x onerror=RUN>",
    "<img srcset=x onerror=RUN>",
    "<picture><source srcset=x><img onerror=RUN></picture>",
    "<video><source onerror=RUN></video>",
    "<video src=x onerror=RUN></video>",
    "<video poster=javascript:RUN></video>",
    "<audio src=x onerror=RUN></audio>",
    "<body onload=RUN>",
    "<body background=javascript:RUN>",
    "<iframe src=javascript:RUN></iframe>",
    "<iframe srcdoc='<script>parent.RUN</script>'></iframe>",
    "<iframe srcdoc=&lt;script&gt;parent.RUN&lt;/script&gt;></iframe>",
    "<object data=javascript:RUN></object>",
    "<object data='data:text/html,<script>parent.RUN</script>'></object>",
    "<embed src=javascript:RUN>",
    '<embed src=\'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="RUN"/>\'>',
    "<link rel=stylesheet href=javascript:RUN>",
    "<link rel=import href='data:text/html,<script>RUN</script>'>",
    "<meta http-equiv=refresh content='0;url=javascript:RUN'>",
    "<meta http-equiv=Set-Cookie content='a=b'><script>RUN</script>",
    "<base href=javascript:RUN//>",
    "<form action=javascript:RUN><button>x</button></form>",
    "<form><button formaction=javascript:RUN>x</button></form>",
    "<input autofocus onfocus=RUN>",
    "<input type=image src=x onerror=RUN>",
    "<select autofocus onfocus=RUN></select>",
    "<textarea autofocus onfocus=RUN></textarea>",
    "<keygen autofocus onfocus=RUN>",
    "<details open ontoggle=RUN>x</details>",
    "<marquee onstart=RUN>x</marquee>",
    "<style>@import 'javascript:RUN';</style>",
    "<style>*{background:url(javascript:RUN)}</style>",
    "<style>@keyframes x{}</style><b style=animation-name:x onanimationstart=RUN>x</b>",
    "<div style=width:expression(RUN)>x</div>",
    "<table background=javascript:RUN></table>",
    "<template><script>RUN</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=RUN>'></noscript>",
    "<xmp><p title='</xmp><img src=x onerror=RUN>'></xmp>",
    "<plaintext><img src=x onerror=RUN>",
    "<listing>&lt;img src=x onerror=RUN&gt;</listing>",
    "<isindex type=image src=1 onerror=RUN>",
    "<frameset onload=RUN></frameset>",
    "<portal src=javascript:RUN></portal>",
    "<dialog open onclose=RUN><form method=dialog><button>x</button></form></dialog>",
    "<a href=# id=x tabindex=1 onfocus=RUN>x</a>",
    "<p contenteditable onblur=RUN>x</p>",
    "<custom-element onclick=RUN tabindex=1>x</custom-element>",
)
_BREAKOUTS = (
    '"><script>RUN</script>', "'><script>RUN</script>", "</title><script>RUN</script>",
    "</textarea><script>RUN</script>", "</style><script>RUN</script>", "</script><script>RUN</script>",
    "--><script>RUN</script>", "]]><script>RUN</script>", "</svg><script>RUN</script>",
    '" autofocus onfocus="RUN', "' autofocus onfocus='RUN", "` onfocus=RUN autofocus `", '"-RUN-"', "'-RUN-'",
    "\\'-RUN//", '\\"-RUN//', "${RUN}", "`${RUN}`", '");RUN//', "');RUN//", '"});RUN;({"a":"', "\u2028RUN\u2028",
    "\u2029RUN//", "</script\u2028><script>RUN</script>", "<!--<script>RUN</script>-->", "<![CDATA[<script>RUN</script>]]>",
    "<?xml-stylesheet href='javascript:RUN'?>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'javascript:RUN'>]>", "&lt;script&gt;RUN&lt;/script&gt;",
    "&#60;script&#62;RUN&#60;/script&#62;", "&#x3c;script&#x3e;RUN", "%3Cscript%3ERUN%3C/script%3E", "%253Cscript%253ERUN",
    "\\u003cscript\\u003eRUN", "\\x3cscript\\x3eRUN", "\uff1cscript\uff1eRUN\uff1c/script\uff1e", "<\u200bscript>RUN</script>",
    "{{ RUN }}", "{% raw %}{{ RUN }}", "{{ config.__class__ }}<script>RUN</script>", "#{RUN}", "<%= RUN %>", "[[RUN]]", "{{constructor.constructor('RUN')()}}",
)  # fmt: skip
_ADDRESSES = (
    "javascript:RUN", "JaVaScRiPt:RUN", " javascript:RUN", "java\tscript:RUN", "java\nscript:RUN", "javascript&colon;RUN",
    "javascript&#58;RUN", "&#106;avascript:RUN", "javascript%3ARUN", "\x01javascript:RUN", "javascript\u00a0:RUN", "jav&#x0A;ascript:RUN",
    "javascript://example.org/%0aRUN", "javascript:/*x*/RUN", "javascript:void(RUN)", "vbscript:RUN", "livescript:RUN",
    "data:text/html,<script>RUN</script>", "data:text/html;base64,PHNjcmlwdD4=", "data:image/svg+xml,<svg onload=RUN>",
    "data:application/xhtml+xml,<script xmlns='http://www.w3.org/1999/xhtml'>RUN</script>", "blob:RUN", "filesystem:RUN",
    "view-source:javascript:RUN", "feed:javascript:RUN", "jar:javascript:RUN", "//evil.invalid/RUN", "\\\\evil.invalid\\RUN",
)  # fmt: skip
_MARKDOWN = (
    "[x](ADDRESS)", "![x](ADDRESS)", "<ADDRESS>", "[x]: ADDRESS\n\n[x]", "[x](<ADDRESS>)", '[x](ADDRESS "t")',
    "[![x](ADDRESS)](ADDRESS)", "[x][y]\n\n[y]: <ADDRESS>",
)  # fmt: skip
_CONSTRUCTS = (
    '```"onmouseover="RUN\nx\n```', "```<script>RUN</script>\nx\n```", "``<script>RUN</script>``", "# <script>RUN</script>",
    "# x {onclick=RUN}", "> <script>RUN</script>", "- <script>RUN</script>", "1. <img src=x onerror=RUN>", "- [ ] <script>RUN</script>",
    "| <script>RUN</script> | b |\n|---|---|\n| <img src=x onerror=RUN> | d |", "~~<script>RUN</script>~~", "**<b onclick=RUN>x</b>**",
    "<script>\n\nRUN\n\n</script>", "<div onclick=RUN>\n\n*x*\n\n</div>", "<!-- -->\n<script>RUN</script>", "&lt;script>RUN&lt;/script>",
    "a[^1]\n\n[^1]: <script>RUN</script>", '[a](x "onclick=RUN")', '![a" onerror="RUN](x)', "![a](x\"onerror=\"RUN)", "<http://x/\"onclick=RUN>",
    "https://example.org/\"onmouseover=\"RUN", "www.example.org/<script>RUN</script>", "@<script>RUN</script>", "HD-1<script>RUN</script>",
    "<img\nsrc=x\nonerror=RUN\n>", "\\<script>RUN\\</script>", "<a href='javascript:RUN'>x</a>", "<A\thREF\n=\njavascript:RUN>x</A>",
    "$<script>RUN</script>$", ":smile\" onclick=RUN:", "files/x.png\" onerror=\"RUN", "![x](files/3f2a91c0-x.png\" onerror=\"RUN)",
    "[x](files/3f2a91c0-x.html)", "![x](files/3f2a91c0-x.svg)", "--8<-- \"x\"\n<script>RUN</script>", "??? note \"<script>RUN</script>\"\n    x",
    "{: onclick=RUN }", "[TOC]<script>RUN</script>", "q7trackermarkcontent<script>RUN</script>",
)  # fmt: skip


def vectors() -> dict[int, str]:
    """Return every text by its number."""
    numbers = count(1)
    texts = [*_ELEMENTS, *_BREAKOUTS, *_ADDRESSES, *_CONSTRUCTS]
    texts += [f"<b {handler}=RUN tabindex=1>x</b>" for handler in _HANDLERS]
    texts += [
        made.replace("ADDRESS", address)
        for place, address in enumerate(_ADDRESSES)
        for made in (_MARKDOWN[place % len(_MARKDOWN)], _MARKDOWN[(place + 3) % len(_MARKDOWN)])
    ]
    return {
        number: text.replace("RUN", f"window.pwned={number}")
        for number, text in zip(numbers, texts, strict=False)
    }
