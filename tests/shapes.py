"""Pages in the shapes that sites send, in our own words: what a page of each kind is made of, and sixty of them.

Each is a name, the cause for which it must be refused (null for a story), and its HTML.
"""

from __future__ import annotations

import json

SENTENCES = """
Shares of Millbrook Kettles rose 3 percent on Tuesday after the company raised its forecast for the year.
The maker of kettles now expects sales of 410 million dollars, up from 395 million, its chief executive said.
“We have sold more in the spring than in any before,” said Marisol Petrakind, who has led the group since 2019.
Analysts at Brackwater Securities had expected a forecast of 400 million dollars, according to a note on Monday.
The stock closed at 41.20 dollars, its highest since March, while the broader market was little changed.
Rival Tolvarsen Heating lost 1.4 percent in the same session, and two smaller firms of the trade fell as well.
Orders from hotels rose by a quarter, the company said, while those from shops were flat in the three months.
It will build a second plant near the harbour, which should open in two years and employ three hundred people.
The plan still needs the consent of the town council, where a vote is set for the second week of September.
“It is a bold step for a firm of this size,” said Basil Oxenholme, who follows the industry at Oxenholme & Quill.
Costs of copper, which the firm buys in large amounts, had fallen by eight percent since the start of the year.
Millbrook Kettles will publish its results for the quarter on the first of August, before the market opens.
""".strip().splitlines()


def told(count: int, start: int = 0) -> str:
    """Paragraphs of a story of about ``count`` sentences of nineteen words."""
    return "".join(f"<p>{SENTENCES[(start + place) % len(SENTENCES)]}</p>" for place in range(count))


def linked(kind: str = "NewsArticle", **fields: object) -> str:
    """JSON-LD for the head of a page."""
    data = {"@context": "https://schema.org", "@type": kind, **fields}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/markets'>Markets</a></li><li><a href='/a'>Log in</a></li></ul></nav>"
FOOT = "<footer><p><a href='/terms'>Terms of use</a> <a href='/privacy'>Privacy policy</a> <a href='/c'>Cookie settings</a></p><p>© 2024 Harbour Wire</p></footer>"


def page(title: str, body: str, head: str = "", *, menu: str = MENU, foot: str = FOOT) -> str:
    """A page with a menu above and links below."""
    return f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head><body>{menu}{body}{foot}</body></html>"


def article(
    count: int, after: str = "", *, title: str = "Kettle maker raises its forecast", head: str = "", start: int = 0
) -> str:
    """A newspaper's page of a story, with something behind its last paragraph."""
    body = f"<main><article><h1>{title}</h1><p class='byline'>By Orla Quillfeather</p><div class='story-body'>{told(count, start)}{after}</div></article></main>"
    return page(f"{title} - Harbour Wire", body, head)


def alone(title: str, body: str, head: str = "") -> str:
    """A page with nothing around."""
    return page(title, body, head, menu="", foot="")


def about(title: str, *paragraphs: str, after: int = 4) -> str:
    """A story with some paragraphs of its own."""
    own = "".join(f"<p>{words}</p>" for words in paragraphs)
    return page(f"{title} | Harbour Wire", f"<main><article><h1>{title}</h1>{own}{told(after)}</article></main>")


LOCKED = linked(
    headline="Kettle maker raises its forecast",
    isAccessibleForFree=False,
    hasPart={"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"},
)
FREE = linked(headline="Kettle maker raises its forecast", isAccessibleForFree=True)

STORIES: list[tuple[str, str | None, str]] = [
    ("a whole story", None, article(12)),
    ("a short story", None, article(2)),
    ("one sentence", None, article(1)),
    ("a newsletter box", None, article(8, "<div class='box'><h3>Sign up to our newsletter</h3><p>The day's news in your inbox every morning.</p></div>")),
    ("a subscribe box below", None, article(11, "<div class='promo'><p>Subscribe now for 1 dollar a week. Cancel any time.</p></div>")),
    ("subscriber login above", None, page("Kettle maker", f"<div>Already a subscriber? <a href='/l'>Log in</a></div><article><h1>Kettle maker</h1>{told(6)}</article>")),
    ("a locked story in full", None, article(40, "<p>Subscribe to continue reading.</p>", head=LOCKED)),
    ("free and short", None, article(3, "<p>Already a subscriber? Log in</p>", head=FREE)),
    ("a cookie banner above", None, page("Kettles", f"<div id='cookies'><p>We use cookies to improve your experience. <button>Accept all</button> <button>Manage preferences</button></p></div><article><h1>Kettles</h1>{told(8)}</article>")),
    ("a cookie banner below", None, page("Kettles", f"<article><h1>Kettles</h1>{told(7)}</article><div class='cc'>We value your privacy. We and our 812 partners store and access information on a device. <button>Reject all</button></div>")),
    ("on a paywall", None, about("Harbour Wire puts up a paywall", "Readers of the Harbour Wire will have to pay from Monday to read more than five articles a month, the paper said.", "“Subscribe to continue reading” will be on every page, its publisher Zoë Łukasz said.", "Subscribers had grown to 40,000 by June, a rise of 12 percent.")),
    ("on cookies", None, about("Regulator fines Brackwater over cookies", "The data regulator has fined Brackwater Media 4 million dollars for its cookie banners, it said on Tuesday.", "Its sites used cookies without the consent of those who visited them, and let nobody reject all of them at once.", "The company shared personal data with 300 partners, the regulator found.")),
    ("on robots", None, about("Are you a robot? Makers of kettles hire machines", "Two of three makers of kettles will use robots on their lines by next year, a survey by Oxenholme found.", "Tests that ask people to verify they are human have become harder, said Basil Oxenholme.")),
    ("on a security check", None, about("Security check finds gaps at Tolvarsen Heating", "A security check at Tolvarsen Heating found gaps in two plants, the company said.", "Access was denied to the inspectors at first.")),
    ("on lost pages", None, about("Page not found: how firms lose visitors", "Shops lose one visitor in ten to pages that are not found, said a study by Oxenholme & Quill on Thursday.")),
    ("on logins", None, about("Sign in with your face: bank drops passwords", "Millbrook Bank will let customers sign in with their faces, it said on Wednesday.", "One in five had forgotten a password in the past year, and its session timed out too often.")),
    ("on subscribers", None, about("Tolvarsen TV loses subscribers", "Tolvarsen TV lost 120,000 subscribers in the quarter as its free trial ended, and its shares fell 6 percent.", "Members only pay from the second month.")),
    ("on a free trial", None, about("Brackwater offers free trial, shares up", "Brackwater Streaming will offer a free trial again, and cut its price to 7.99 dollars a month.")),
    ("on privacy", None, about("Your privacy: what the new law means", "The law that parliament passed on Tuesday gives people the right to opt out of the sale of their data.", "Firms must ask for consent before they process personal data, and say which vendors get it.")),
    ("ends with dots", None, article(9, "<p>And then there is the question of copper…</p>")),
    ("without a full stop", None, article(9, "<p>Results follow on the first of August</p>")),
    ("with a list", None, article(5, "<ul><li>Kettles: up 3 percent</li><li>Heating: down 1.4 percent</li><li>Copper: down 8 percent</li><li>Tin: flat</li></ul>")),
    ("related stories", None, article(9, "<h3>Related stories</h3><ul>" + "".join(f"<li><a href='/{n}'>Kettles number {n} sold out in a day</a></li>" for n in range(4)) + "</ul>")),
    ("a live story that is over", None, article(8, head=linked("LiveBlogPosting", headline="Kettle maker raises its forecast"))),
    ("a member of the board", None, about("Petrakind becomes a member of the board", "Marisol Petrakind becomes a member of the board of Tolvarsen Heating on Friday, the company said.", "To read the market, she said, takes patience.")),
    ("an agency's brief", None, article(2, "<p>(Reporting by Orla Quillfeather; editing by Tam Brackwater)</p>")),
    ("a press release", None, article(10, "<p>About Millbrook Kettles: the company makes kettles. For more information visit its site.</p>")),
    ("scripts needed for comments", None, article(6, "<noscript>Please enable JavaScript to view the comments.</noscript>")),
    ("a hidden wall", None, article(5, "<div class='paywall' style='display: none'>You have reached your limit of free articles. Subscribe to continue reading.</div>")),
    ("premium, and short, and whole", None, article(8, head=linked(headline="Kettle maker raises its forecast", isAccessibleForFree="False", wordCount=150))),
]  # fmt: skip

STUBS: list[tuple[str, str | None, str]] = [
    ("lead and wall", "paywall", article(2, "<div class='paywall'><h2>Subscribe to continue reading</h2><p>Already a subscriber? Log in</p></div>", head=LOCKED)),
    ("locked by its data alone", "paywall", article(3, head=LOCKED)),
    ("locked in words", "paywall", article(3, "<p>This article is for subscribers only.</p>")),
    ("limit reached", "paywall", article(1, "<section id='gateway-content'><p>You’ve reached your limit of free articles.</p><p>Create a free account to keep reading.</p></section>")),
    ("an unlock button", "paywall", article(2, "<div><button>Unlock this article</button><p>Full access from £1 a week. Cancel any time.</p></div>")),
    ("a cut sentence", "paywall", article(2, "<p>The plan still needs the consent of the town council, where a…</p><p>Already a member? Log in</p><p>Become a member</p>")),
    ("a newsletter's preview", "paywall", article(4, "<div><p>This post is for paid subscribers</p><a href='/s'>Subscribe</a></div>")),
    ("a magazine's preview", "paywall", article(5, "<p>To continue reading, subscribe today.</p><p>Get unlimited access for $2 a week, then $20 a month.</p>")),
    ("an app's page", "paywall", article(1, "<p>Sign up to read the full story.</p>")),
    ("a long beginning", "paywall", article(14, "<p>The plan still needs the consent of the…</p><div class='regwall'>Register for free to continue reading</div>", head=LOCKED)),
    ("less than it says", "paywall", article(11, "<p>Subscribe to unlock the rest.</p>", head=linked(headline="Kettle maker raises its forecast", wordCount=900))),
    ("a trial", "paywall", article(2, "<div class='tp-container'><p>Try it for 4 weeks</p><p>Start your free trial to continue reading this article</p></div>")),
    ("consent dialogue", "consent", alone("Before you continue", "<div><h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our services and to track outages.</p><p>If you choose to accept all, we will also use cookies and data to show personalised ads.</p><p>If you choose to reject all, we will not use cookies for these purposes.</p><button>Accept all</button><button>Reject all</button><a href='/m'>More options</a></div>")),
    ("consent of a portal", "consent", alone("Harbour is part of the Brackwater family", "<div class='con-wizard'><h1>We value your privacy</h1><p>When you use our sites and apps, we use cookies to provide them to you.</p><p>If you click ‘Accept all’, we and our partners, including 239 who are part of the framework, will also store and/or access information on a device.</p><p>You can change your choices at any time in the privacy settings.</p><button>Manage privacy settings</button></div>")),
    ("consent or pay", "consent", alone("Harbour Wire | Consent", "<h1>Read with advertising, or pay</h1><p>By clicking accept and continue you agree that we and our 180 partners use tracking cookies and process personal data for personalised advertising.</p><p>You can withdraw your consent at any time in the privacy center.</p><p>We use strictly necessary cookies in any case.</p>")),
    ("consent in parts", "consent", page("Privacy preference center", "<h2>Your privacy</h2><p>Strictly necessary cookies: always active. These cookies are needed for the site to work.</p><p>Targeting cookies: these cookies may be set by our advertising partners.</p><p>Performance cookies let us count visits. You may opt out at any time.</p>")),
    ("bot check of a network", "bot_check", alone("Just a moment...", "<h1>harbourwire.example</h1><h2>Checking if the site connection is secure</h2><p>harbourwire.example needs to review the security of your connection before proceeding.</p><noscript>Enable JavaScript and cookies to continue</noscript><p>Ray ID: 7a1b2c3d4e</p>")),
    ("bot check by patience", "bot_check", alone("Please wait", "<p>Verifying you are human. This may take a few seconds.</p>")),
    ("press and hold", "bot_check", alone("Access to this page has been denied", "<h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1><p>Reference ID 1a2b</p>")),
    ("interruption", "bot_check", alone("Pardon Our Interruption", "<h1>Pardon Our Interruption...</h1><p>As you were browsing something about your browser made us think you were a bot. There are a few reasons this might happen:</p><ul><li>You're a power user moving through this website with super-human speed.</li><li>You've disabled cookies in your web browser.</li></ul>")),
    ("denied by an edge", "bot_check", alone("Access Denied", "<h1>Access Denied</h1><p>You don't have permission to access \"http://harbourwire.example/story\" on this server.</p><p>Reference #18.7d2a1702.1721269560.3f2a</p>")),
    ("a markets terminal's check", "bot_check", alone("Harbour - Are you a robot?", "<h2>We've detected unusual activity from your computer network</h2><p>To continue, please click the box below to let us know you're not a robot.</p><p>Please make sure your browser supports JavaScript and cookies and that you are not blocking them from loading.</p>")),
    ("gateway down", "bot_check", alone("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>")),
    ("script wanted", "bot_check", alone("harbourwire.example", "<p id='cmsg'>Please enable JS and disable any ad blocker</p>")),
    ("a login", "login", page("Log in | Harbour Wire", "<main><h1>Log in</h1><form><label>Email address</label><input type='email'><label>Password</label><input type='password'></form><p>Forgot your password?</p><p>Don't have an account? Sign up</p></main>")),
    ("a login of a terminal", "login", alone("Sign in", "<div><p>Sign in to continue to Harbour Terminal</p><input type='password'><p>Keep me signed in</p></div>")),
    ("a soft 404", "not_found", page("Page not found - Harbour Wire", "<main><h1>Page not found</h1><p>The page you are looking for may have been moved or deleted.</p><p>Return to the home page or try searching.</p></main>")),
    ("a story taken away", "not_found", page("Harbour Wire", "<main><h1>Sorry, this article is no longer available</h1><p>It may have expired.</p></main>")),
    ("a list of headlines", "list", page("Markets - Harbour Wire", "<main><h1>Markets</h1><ul>" + "".join(f"<li><a href='/{n}'>{SENTENCES[n][:60]}</a></li>" for n in range(12)) + "</ul></main>")),
    ("a live blog", "live_blog", page("Markets live", f"<main><h1>Markets live</h1>{told(10)}</main>", linked("LiveBlogPosting", headline="Markets live", liveBlogUpdate=[{"@type": "BlogPosting", "articleBody": SENTENCES[n], "datePublished": f"2024-07-17T0{n}:00Z"} for n in range(6)]))),
]  # fmt: skip
