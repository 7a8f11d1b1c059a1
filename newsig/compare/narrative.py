"""From the tone of sentences to the tone of many articles: the narrative index of a target.

- The tone of a sentence is ``positive − negative``, in [−1, 1].
- The tone of an article is the mean of its sentences' tones, weighted by their places (`WEIGHTS`).
- The prominence of the target in it is the share of the article's attention that the target has, in (0, 1]:
  ``attention(target) / Σ attention(each target)``, where attention is the weight of the sentences that speak of a
  target, and once the headline's where the title names the target and no headline sentence is among them. The title is
  the article's: of the views of one holder it is no part.
- The narrative index of many articles is the mean of their tones ``x`` weighted by their prominences ``w``, in [−1, 1]:
  ``m = Σwx / Σw``.

Its 95 % confidence interval is Student's t on a weighted mean, with the effective sample size of Kish (Survey Sampling,
Wiley 1965, section 8.2)::

    n_eff = (Σw)² / Σw²
    s²    = Σw(x − m)² / Σw · n_eff / (n_eff − 1)
    m ± t(0.975, df) · √(s² / n_eff),  df = n_eff − 1 rounded down, at least 1

It tells how far the articles agree, as if they were drawn from many of their kind; it knows nothing of how far the
model that judged the sentences can be trusted.

What stood in an earlier article is stale and counts for nothing (`Earlier`): a copied story would otherwise count as
often as it was printed.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import floor, fsum, sqrt

from newsig.records import LABELS, Label, Place, Sentiment

WEIGHTS: Mapping[Place, float] = {"headline": 3.0, "lead": 2.0, "body": 1.0}
"""What a sentence counts by its place. News puts first what matters most, the headline is what most people read, and
many stop after the first paragraph. The figures are a choice, not a measurement."""

COPIED_WORDS = 5
"""Shorter sentences ("Small caps fell.") are written by two people on their own."""

COPIED_WITHIN = timedelta(days=3)
"""Over a weekend, or through the papers that take a story over from an agency; what comes later is told anew."""

T_QUANTILES: Mapping[int, float] = dict(
    enumerate(
        (
            *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
            *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
            *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
        ),
        start=1,
    )
) | {40: 2.021, 50: 2.009, 60: 2.000, 80: 1.990, 100: 1.984, 1000: 1.962}
"""The 0.975 quantiles of Student's t by degrees of freedom, from the NIST/SEMATECH e-Handbook of Statistical Methods,
section 1.3.6.7.2, the last one computed from the density; a test computes all of them so. In between, the step below
counts, which is the wider one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What one sentence says of the target: ``tone`` in [−1, 1], ``holder`` whose view it is, null for the reporter.

    ``stale`` says that it stood in an earlier article, and so counts for nothing.
    """

    text: str
    place: Place
    label: Label
    tone: float
    holder: str | None = None
    in_title: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The tone of one article towards the target and the target's prominence in it, both null for a copy.

    ``sentences`` is how many they rest on, ``positive``, ``neutral`` and ``negative`` how many of these have that
    label.
    """

    tone: float | None = None
    prominence: float | None = None
    sentences: int = 0
    positive: int = 0
    neutral: int = 0
    negative: int = 0

    @property
    def copy(self) -> bool:
        """Whether everything that the article says of the target stood in earlier ones."""
        return not self.sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """The narrative index of many articles with its 95 % confidence interval, all in [−1, 1].

    ``index`` is null without articles, ``low`` and ``high`` are null where there are fewer than two. ``articles`` and
    ``sentences`` are those that it rests on; ``copies`` are articles that count for nothing.
    """

    index: float | None = None
    low: float | None = None
    high: float | None = None
    articles: int = 0
    copies: int = 0
    sentences: int = 0
    positive: int = 0
    neutral: int = 0
    negative: int = 0


def sentences(found: Iterable[Sentiment], *, apart: bool = False) -> list[Sentence]:
    """The sentences of one article that speak of the target, each once, in the order given.

    A segment is often named twice in one sentence, by itself and by its index: then the probabilities are the means of
    what was found, and the label is the most probable one, ``neutral`` where two are. ``apart`` tells the holders
    apart: a sentence with the views of two of them is there once for each; otherwise the first one is named.
    """
    grouped: defaultdict[tuple[int, int, str | None], list[Sentiment]] = defaultdict(list)
    for sentiment in found:
        grouped[sentiment.start, sentiment.end, sentiment.holder if apart else None].append(sentiment)
    return [_sentence(group) for group in grouped.values()]


def _sentence(found: Sequence[Sentiment]) -> Sentence:
    first = found[0]
    shares: dict[Label, float] = {label: fsum(getattr(one, label) for one in found) / len(found) for label in LABELS}
    most = [label for label in LABELS if shares[label] == max(shares.values())]
    return Sentence(
        text=first.text,
        place=first.place,
        label=first.label if len(found) == 1 else most[0] if len(most) == 1 else "neutral",
        tone=_clipped(shares["positive"] - shares["negative"]),
        holder=first.holder,
        in_title=any(one.in_title for one in found),
    )


class Earlier:
    """What stood in the articles of the last three days, to tell what is new in the next one.

    A sentence is stale where one with the same letters and digits spoke of the target in an article of at most
    `COPIED_WITHIN` before, whatever its case, blanks and punctuation. It needs `COPIED_WORDS` words; a shorter one is
    stale with an article that holds it and shares a longer one, whatever that speaks of. A copy passes on what it
    copied: a story that is repeated every day stays one story.
    """

    def __init__(self) -> None:
        self._articles: deque[tuple[datetime, int, set[str], set[str]]] = deque()
        self._ours: defaultdict[str, set[int]] = defaultdict(set)
        self._whole: defaultdict[str, set[int]] = defaultdict(set)
        self._read = 0

    def marked(
        self, at: datetime, ours: Iterable[Sentiment], others: Iterable[Sentiment], *, apart: bool = False
    ) -> list[Sentence]:
        """The `sentences` of the next article that speak of the target, with those told before marked as stale.

        Articles come earliest first. ``at`` is when this one was published, or first seen where that is not known;
        ``others`` is what was found of other targets in it, ``apart`` as in `sentences`.
        """
        self._forget(at)
        found = sentences(ours, apart=apart)
        texts = {sentence.text for sentence in found} | {sentiment.text for sentiment in others}
        telling = {_bare(text) for text in texts if _is_telling(text)}
        sharing = {number for bare in telling for number in self._whole.get(bare, ())}
        marked = [replace(sentence, stale=self._stood(sentence.text, sharing)) for sentence in found]
        self._keep(at, {_bare(sentence.text) for sentence in found}, telling)
        return marked

    def _stood(self, text: str, sharing: Collection[int]) -> bool:
        articles = self._ours.get(_bare(text), set())
        return bool(articles) and (_is_telling(text) or not articles.isdisjoint(sharing))

    def _keep(self, at: datetime, ours: set[str], telling: set[str]) -> None:
        self._read += 1
        self._articles.append((at, self._read, ours, telling))
        for held, texts in ((self._ours, ours), (self._whole, telling)):
            for bare in texts:
                held[bare].add(self._read)

    def _forget(self, at: datetime) -> None:
        while self._articles and at - self._articles[0][0] > COPIED_WITHIN:
            _, number, ours, telling = self._articles.popleft()
            for held, texts in ((self._ours, ours), (self._whole, telling)):
                for bare in texts:
                    held[bare].discard(number)
                    if not held[bare]:
                        del held[bare]


def _bare(text: str) -> str:
    """The letters and digits of a text, in whatever width and case they are written.

    >>> _bare("“Small caps ROSE 3 %,” he said.") == _bare("'Small caps\\nrose 3%' he said")
    True
    """
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def _is_telling(text: str) -> bool:
    return sum(any(map(str.isalnum, word)) for word in text.split()) >= COPIED_WORDS


def of_title(found: Iterable[Sentence]) -> float:
    """What the title beside one article adds to the attention on a target, given all sentences on it.

    That is the headline's weight where the title names the target and none of the sentences is a headline.
    """
    found = list(found)
    headed = any(sentence.place == "headline" for sentence in found)
    return WEIGHTS["headline"] if not headed and any(sentence.in_title for sentence in found) else 0.0


def _weight(found: Iterable[Sentence]) -> float:
    return fsum(WEIGHTS[sentence.place] for sentence in found)


def attention_of_all(ours: Iterable[Sentiment], others: Iterable[Sentiment]) -> float:
    """The attention that all targets of one article have: the weights of the sentences on each, and of its title.

    ``ours`` counts as one target; ``others`` are told apart by symbol, by segment where they have none, and by their
    words where they have neither. Whether a sentence was told before does not matter here.
    """
    targets: defaultdict[str, list[Sentiment]] = defaultdict(list)
    for sentiment in others:
        targets[sentiment.symbol or sentiment.segment or sentiment.target.text].append(sentiment)
    read = [sentences(found) for found in (ours, *targets.values())]
    return fsum(_weight(found) + of_title(found) for found in read)


def reading(found: Iterable[Sentence], whole: float, title: float) -> Reading:
    """The reading of one article from sentences on the target: all of them, or those of one holder.

    ``whole`` is what `attention_of_all` gives, ``title`` what `of_title` does: 0 for the views of a holder, who did not
    write it. The share of an article that repeats others in part is that of what is new in it.
    """
    fresh = [sentence for sentence in found if not sentence.stale]
    if not fresh:
        return Reading()
    weights = [WEIGHTS[sentence.place] for sentence in fresh]
    tones = fsum(weight * sentence.tone for weight, sentence in zip(weights, fresh, strict=True))
    labels = Counter(sentence.label for sentence in fresh)
    return Reading(
        tone=tones / fsum(weights),
        prominence=(_weight(fresh) + title) / whole,
        sentences=len(fresh),
        positive=labels["positive"],
        neutral=labels["neutral"],
        negative=labels["negative"],
    )


def narrative(readings: Iterable[Reading]) -> Narrative:
    """The narrative index of articles, in whatever order they come."""
    found = list(readings)
    pairs = [(one.prominence, one.tone) for one in found if one.prominence is not None and one.tone is not None]
    index, low, high = _interval([weight for weight, _ in pairs], [tone for _, tone in pairs])
    return Narrative(
        index=index,
        low=low,
        high=high,
        articles=len(pairs),
        copies=len(found) - len(pairs),
        sentences=sum(one.sentences for one in found),
        positive=sum(one.positive for one in found),
        neutral=sum(one.neutral for one in found),
        negative=sum(one.negative for one in found),
    )


def _interval(weights: Sequence[float], tones: Sequence[float]) -> tuple[float | None, float | None, float | None]:
    """The weighted mean and the bounds of its 95 % confidence interval, as the module's formulas have them."""
    if not weights:
        return None, None, None
    total = fsum(weights)
    mean = _clipped(fsum(weight * tone for weight, tone in zip(weights, tones, strict=True)) / total)
    if len(weights) < 2:
        return mean, None, None
    # n_eff − 1, without the difference of two sums that are nearly the same where one article outweighs all others
    spare = fsum(weight * (total - weight) for weight in weights) / fsum(weight * weight for weight in weights)
    spread = fsum(weight * (tone - mean) ** 2 for weight, tone in zip(weights, tones, strict=True)) / total
    # Nine places: equal weights are n articles, whatever their sums were rounded to
    reach = _quantile(max(1, floor(round(spare, 9)))) * sqrt(spread / spare)
    return mean, _clipped(mean - reach), _clipped(mean + reach)


def _quantile(degrees: int) -> float:
    return T_QUANTILES[max(step for step in T_QUANTILES if step <= degrees)]


def _clipped(value: float) -> float:
    return max(-1.0, min(1.0, value))
