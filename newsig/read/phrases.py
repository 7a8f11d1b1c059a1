"""What pages say that stand in the place of a story: data, and the patterns made of it. Small letters throughou
t."""

from __future__ import annotations

import re
from collections.abc import Sequence


def lines(block: str) -> tuple[str, ...]:
    """The patterns of a block, one a line; a line that is indented further goes on with the one above."""
    return tuple(line.strip() for line in re.sub(r"\n {8,}", "", block).split("\n") if line.strip())


BOT_TITLES = lines(r"""
    one more step
    (?:hold on|sorry),? (?:we|you) (?:need to|must) (?:check|verify)
    (?:are you|confirm you are) (?:a )?human
    blocked$
    just a moment
    one moment,? please
    attention required
    access (?:to this page )?(?:has been )?denied
    (?:are|is) you a robot
    are you (?:a robot|human)
    robot check
    pardon our interruption
    (?:security|human|bot|browser) (?:check|verification|challenge)
    verif(?:y|ying) (?:that )?you are (?:a )?human
    you have been blocked
    request (?:blocked|rejected|denied)
    client challenge
    ddos-guard
    checking your browser
    (?:403|error 403) ?[:-]? ?forbidden
    403 error
    403 forbidden
    captcha
    please (?:wait|verify)
    validate user
    unusual traffic
    error 10(?:06|09|15|20)
    too many requests
    429\b
    service unavailable
    50[0234]\b
    bad gateway
    gateway time-?out
    access blocked
    javascript (?:is )?(?:required|disabled)
    error: the request could not be satisfied
""")
"""How the titles of pages begin that a site's guard sends in the place of what was asked for."""
BOT_PHRASES = lines(r"""
    complet(?:e|ing) (?:a|the|this) (?:captcha|challenge)
    (?:prove|proves|confirm) (?:that )?you(?:\'re| are) (?:a )?human
    (?:has|have) (?:banned|blocked) (?:your|the country|you)
    your (?:ip|ip address|network|browser) (?:is|has been|was)
    (?:too many|sent many) requests
    why (?:do i have to|have i been|was i) (?:complete|blocked)
    detected that javascript
    verify (?:that )?you(?:'re| are) (?:a |not a )?(?:human|robot)
    not a robot
    checking (?:if the site connection|your browser)
    enable javascript(?: and cookies)? to (?:continue|proceed|view|access)
    enable (?:js|javascript) and (?:disable any ad ?blocker|cookies)
    unusual (?:activity|traffic) from your
    complete the (?:security check|captcha|challenge)
    performance (?:&|and) security by
    you (?:don't|do not) have permission to access
    automated (?:access|requests|traffic)
    press (?:&|and) hold
    needs to review the security of your connection
    your (?:request|access|ip(?: address)?) (?:has been|was|is) (?:blocked|denied)
    solve (?:the|this) (?:captcha|puzzle)
    made us think (?:that )?you (?:are|were|might be) a (?:bo|robo)t
    requires? javascript to
    javascript is (?:not available|disabled|required|not enabled)
    you are (?:being rate limited|unable to access)
    reference #?\d+\.[\da-f]+
    ray id
    turn on javascript
    please enable (?:javascript|cookies)
    unblock (?:us|this)
    you've been blocked by
    to continue,? please (?:type|click|check)
    request could not be satisfied
    slide to (?:verify|complete)
""")

CONSENT_TITLES = lines(r"""
    (?:let us know )?(?:if )?you agree to (?:\w+ )?cookies
    (?:accept|agree to|about|we use|our use of|manage|your) (?:our )?cookies
    (?:please )?(?:accept|agree)\b.{0,30}\bcookies
    before you continue
    (?:we value|we care about|we respect|about) your privacy
    your (?:privacy|cookie)s? (?:choices?|settings?|preferences)
    (?:cookie|privacy|consent) (?:consent|settings?|preferences|preference cent(?:re|er)|choices|manager|wall|
        notice|policy)
    privacy (?:gate|wall)
    yahoo is part of
    gdpr (?:consent|notice)
    manage (?:your )?(?:consent|cookies)
    consent$
    cookies? (?:&|and) privacy
""")
CONSENT_PHRASES = lines(r"""
    agree to (?:all )?(?:of )?(?:these |our |the |their )?(?:use of )?cookies
    (?:yes, i|do you|if you) agree
    accept (?:our )?(?:use of )?cookies
    we value your privacy
    before you continue
    (?:we|our site|this (?:web)?site|our websites?|our partners)(?:,? (?:and|
        together with) [^.]{0,60})? (?:also )?(?:use|uses|would like to use|may use|set|
        store) (?:[\w-]+ ){0,4}(?:cookies|technolog)
    (?:we|us) and (?:our|up to|the) (?:[\d,.]+ )?(?:\w+ )?(?:partners|vendors|third part)
    accept (?:all|and continue|cookies)
    (?:reject|decline|refuse) all
    manage (?:your )?(?:preferences|settings|choices|options|cookies|consent)
    (?:your|withdraw|give|giving|refuse) consent\b
    legitimate interest
    (?:store|storing) and/?(?:or)? ?access(?:ing)? information on (?:a|your) device
    personali[sz]ed (?:ads|advertising|content)
    cookie (?:policy|settings|preferences|notice)
    privacy (?:policy|settings|dashboard|choices|preferences|notice|cent(?:re|er))
    by (?:clicking|continuing|choosing|selecting|using)
    (?:strictly|always) (?:necessary|active|enabled)
    (?:necessary|functional|performance|targeting|marketing|analytics|tracking|advertising|essential|
        third-party|statistics) cookies
    i (?:agree|accept|consent)
    change your (?:mind|choices|settings)
    (?:your|process|use of|collect) personal data
    precise geolocation
    opt[- ]out
    these cookies
    \bvendors?\b
    your (?:privacy|device|browsing)
""")

LOGIN_TITLES = lines(r"""
    (?:\w+ ){1,2}(?:log|sign)[ -]?in$
    (?:log|sign)[ -]?(?:in|on|up)\b
    login\b
    register\b
    create (?:an|your) (?:free )?account
    member (?:log|sign)[ -]?in
    welcome back
    subscriber (?:log|sign)[ -]?in
    authentication required
    my account
    reset your password
""")
LOGIN_PHRASES = lines(r"""
    forgot(?:ten)? (?:your )?(?:password|username)
    (?:sign|log) in (?:to continue|with (?:google|apple|facebook|your|an?))
    (?:don't|do not) have an account
    email (?:address )?(?:and|or) password
    keep me (?:signed|logged) in
    remember me
    continue with (?:google|apple|facebook|email)
    create (?:an|a free) account
    enter your (?:email|password|username)
    (?:must|need to) be (?:signed|logged) in
    please (?:sign|log) in
    session (?:has )?(?:expired|timed out)
""")

GONE_TITLES = lines(r"""
    (?:error )?404\b
    (?:the )?page (?:can(?:'t|not) be |was |is |could not be )?(?:not )?(?:found|available|unavailable|missing|
        exist)
    page (?:no longer|does not|doesn't|has (?:been )?(?:moved|expired|gone))
    not found
    (?:article|story|content|sorry,? (?:this|the|that) \w+)[, ](?:is |was |has )?(?:been )?(?:not found|
        no longer|unavailable|not available|isn't available|removed|deleted|expired)
    oops
    410 gone
    (?:error|something) (?:went wrong|occurred|page)
    we(?:'re| are)? (?:can't|cannot|couldn't|could not|unable to) (?:seem to )?find
    this (?:page|article|story) (?:is no|isn't|does not|has)
    file not found
    sorry,? (?:we|but|page|that|this)
    uh-oh
    nothing (?:here|found)
""")
GONE_PHRASES = lines(r"""
    (?:page|article|story|url|address|content|link)(?: that| which)? (?:you(?:'re| are| were|
        've| have)? ?(?:\w+ )?(?:looking for|requested|trying to (?:reach|access|view)|followed|entered|tried|want))
    page (?:can(?:'t|not) be|was not|not|could not be|couldn't be) found
    no longer (?:exists?|available|here|online)
    (?:may|might) have (?:been )?(?:moved|removed|deleted|expired|changed)
    has (?:been (?:moved|removed|deleted|archived)|expired|moved)
    (?:does not|doesn't) exist
    (?:can't|cannot|couldn't|could not|unable to) (?:seem to )?find
    error 404
    404\b
    try (?:searching|our search|using the search|again)
    (?:go|return|back|head) (?:back )?to (?:the |our )?home ?page
    broken link
    something went wrong
    check the (?:url|address|spelling)
    isn't available
""")

WALL_PHRASES = lines(r"""
    (?:registration|subscription|membership|an? account|login) (?:is|are) (?:required|needed)
    rest (?:of (?:it|the \w+|this \w+) )?is (?:behind|for|only|reserved|available)
    to (?:continue|read|see|view|finish) (?:reading )?(?:the|this) (?:full|whole|entire|complete|rest of (?:the|this))
        \s(?:story|article)
    (?:want|wish|like) to (?:keep|continue|go on) reading
    (?:subscribe|sign up|register|log ?in|sign in|join|upgrade|become an? (?:\w+ ){0,2}(?:member|subscriber)|
        start (?:your|a) (?:free )?trial|pay|purchase|create (?:an?|your) (?:free )?account|
        get (?:\w+ ){0,3}access)\b[^.?!\n]{0,60} (?:to|and) (?:continue|keep|finish|read|unlock|view|access|see)
        (?: (?:reading|on))?\b(?: (?:the|this|our|full|whole|all|more|unlimited|rest|complete|entire)
        | (?:reading|on)|[.!…]|$)
    (?:continue|keep|finish) reading (?:this (?:article|story)|the (?:full|rest)|with (?:a|an|your))
    (?:this|the|full|our) ?(?:premium |exclusive )?(?:article|story|content|report|piece|analysis)?\b ?(?:is|
        are) (?:only |exclusively |available )?(?:(?:available )?(?:only |exclusively )?(?:for|to|reserved for)|
        locked for) (?:\w+[- ]){0,3}(?:subscribers|members|registered|premium|paying)
    (?:exclusive|available|reserved|only) (?:\w+ ){0,2}(?:for|to) (?:\w+ ){0,3}(?:subscribers|members)(?: only)?\b
    (?:subscriber|member|premium|subscription)s?[- ](?:only|exclusive)\b
    you(?:'ve| have)? (?:have )?(?:reached|hit|used(?: up)?|exceeded|read) (?:your|the|all|\d|\w+ (?:of|free))
        [^.\n]{0,40}(?:limit|articles|stories|reads|free)
    you have (?:\w+|\d+) (?:free )?(?:articles?|stories) (?:left|remaining)
    (?:unlock|to unlock|unlocks) (?:this|the|full|your|all|unlimited|every|access)
    (?:full|unlimited|digital|all|complete) (?:digital )?access (?:for|to)? ?(?:just|only|from|\W?[$£€])
    (?:rest|remainder) of (?:this|the) (?:article|story|post|report) is
    (?:requires?|needs?|need) (?:an? )?(?:\w+ )?(?:subscription|membership|registration)
    (?:read|view|see|get) the (?:full|whole|complete|entire|rest of (?:the|this)) (?:article|story|report|post|
        piece|analysis)?[^.\n]{0,30}(?:subscri|member|regist|trial|log ?in|sign|account|by |for \W?[$£€]|with )
    want to read (?:more|the rest|on)
    this (?:post|article|story|content) is for (?:\w+ )?(?:paid|paying|subscribers|members|premium)
    choose (?:a|your) (?:subscription|plan)
    (?:try|get) (?:\w+ ){0,4}(?:for|from|at) (?:just |only )?(?:[$£€]|\d+ ?(?:p|c|cents))\S* (?:a|per|for)
    then [$£€]\d[\d.,]* (?:a|per|every)
    (?:purchase|buy) (?:a|this) (?:subscription|article|report)
    to (?:continue|keep) reading,? (?:please )?(?:subscribe|log|sign|register|join|create|become|choose)
    you(?:'ll| will)? need to (?:subscribe|register|log|sign)
    (?:article|story|content) (?:is )?(?:locked|behind (?:a|our) paywall)
    subscribe (?:now )?(?:for|from) (?:just |only |as little as )?[$£€]
    \d+% off (?:your|a|an|the)? ?(?:\w+ )?subscription
    this is a (?:preview|premium|subscriber)
    you are reading a preview
""")
"""What only a page says that keeps the story back."""
BOX_PHRASES = lines(r"""
    already (?:a |an |have a )?(?:\w+ )?(?:subscri|member|registered|have an account)
    subscribe (?:now|today|to (?:our|the|\w+))
    become a (?:member|subscriber)
    free trial
    cancel any ?time
    register (?:now|for free)
    support (?:our|independent|quality) journalism
    subscri(?:ption|be) (?:options|offers|plans)
    view (?:our )?(?:subscription )?(?:plans|offers|options)
""")
"""What stands on such pages as well, but also below whole stories and in the heads of sites."""


def _any(phrases: Sequence[str], opening: str) -> re.Pattern[str]:
    return re.compile(opening + "(?:" + "|".join(f"(?:{phrase})" for phrase in phrases) + ")", re.MULTILINE)


TITLED_BOT, TITLED_CONSENT, TITLED_LOGIN, TITLED_GONE = (
    _any(phrases, r"^\W{0,3}(?:(?:sorry|oops|whoops|error|uh-oh)\W{1,3})?")
    for phrases in (BOT_TITLES, CONSENT_TITLES, LOGIN_TITLES, GONE_TITLES)
)
BOT, CONSENT, LOGIN, GONE, WALL, BOX = (
    _any(phrases, r"\b")
    for phrases in (BOT_PHRASES, CONSENT_PHRASES, LOGIN_PHRASES, GONE_PHRASES, WALL_PHRASES, BOX_PHRASES)
)


def folded(text: str) -> str:
    """Words as the phrases are written: small letters, plain apostrophes."""
    return text.casefold().replace("’", "'").replace("‘", "'")
