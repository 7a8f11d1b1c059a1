"""What surrounds a story, and the sentences that only look as if they did."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.furniture import find_credits, people

STORY = "Stocks rose on Wednesday as traders bought chipmakers again, and bonds fell for a third day in a row."

# Lines of their own: the line, and what it is.
LINES = [
    ("By Orla Quillfeather", "byline"),
    ("By Orla Quillfeather and Tam Brackwater", "byline"),
    ("By Orla Quillfeather, Tam Brackwater and Basil Oxenholme", "byline"),
    ("By Orla Quillfeather and Tam Brackwater, Harbour Wire", "byline"),
    ("By Orla Quillfeather, Staff Writer", "byline"),
    ("By Orla Quillfeather, senior markets correspondent", "byline"),
    ("By Orla Quillfeather in London", "byline"),
    ("By Orla Quillfeather | Harbour Wire", "byline"),
    ("By Orla Quillfeather • July 17, 2024 5:12 p.m. ET", "byline"),
    ("By Orla van der Quill", "byline"),
    ("By Orla Quillfeather, The Harbour Wire", "byline"),
    ("By Orla Quillfeather Of The Harbour News", "byline"),
    ("By Harbour Wire Staff", "byline"),
    ("By Reuters", "byline"),
    ("BY ORLA QUILLFEATHER", "byline"),
    ("by Orla Quillfeather", "byline"),
    ("Orla Quillfeather | Harbour Wire", "byline"),
    ("From Orla Quillfeather in London", "byline"),
    ("(Reporting by Orla Quillfeather)", "credit"),
    ("(Reporting by Orla Quillfeather ; Editing by Percy Quillfeather )", "credit"),
    ("(Reporting By Orla Quillfeather in New York; additional reporting by Tam Brackwater)", "credit"),
    ("(With additional reporting by Tam Brackwater and the Harbour Wire newsroom)", "credit"),
    ("(By Orla Quillfeather; Editing by Percy Quillfeather)", "credit"),
    ("((Reporting by Orla Quillfeather; editing by Tam Brackwater))", "credit"),
    ("(Polling by the Millbrook newsroom; Editing by Percy Quillfeather)", "credit"),
    ("(Compiled by Millbrook newsroom)", "credit"),
    ("[Editing by Percy Quillfeather]", "credit"),
    ("(Reporting by Orla Quillfeather; editing by", "credit"),
    ("Reporting by Orla Quillfeather; editing by Percy Quillfeather", "credit"),
    ("Reporting and writing by Orla Quillfeather", "credit"),
    ("Editing by Tam Brackwater", "credit"),
    ("Writing by Tam Brackwater in Millbrook", "credit"),
    ("Additional reporting by Tam Brackwater", "credit"),
    ("--additional reporting by Tam Brackwater.", "credit"),
    ("Compiled by Tam Brackwater", "credit"),
    ("With assistance from Tam Brackwater and Basil Oxenholme", "credit"),
    ("Orla Quillfeather contributed to this report.", "credit"),
    ("Orla Quillfeather and Tam Brackwater in Millbrook contributed reporting.", "credit"),
    ("Harbour Wire writers Orla Quillfeather and Tam Brackwater contributed to this story.", "credit"),
    ("Our Standards: The Harbour Wire Principles of Trust.", "credit"),
    ("© 2024 Harbour Wire. All rights reserved.", "credit"),
    ("Published 8:02 AM EDT, Wed July 17, 2024", "credit"),
    ("Published: 17 July 2024 14:05 UTC", "credit"),
    ("First published on July 17, 2024 at 8 a.m. ET • Updated 3 hours ago", "credit"),
    ("SOURCE Millbrook Kettles Corp.", "credit"),
    ("Media Contact:", "credit"),
    ("Copyright 2024 Harbour Wire. All rights reserved. It may not be published.", "credit"),
    ("(c) Harbour Wire 2024. All rights reserved.", "credit"),
    ("orla.quill@harbour.example; +44 20 5555 0101", "credit"),
    ("(orla.quill@harbour.example; +44 20 5555 0101; Messaging: orla.quill)", "credit"),
    ("Contact the writer at orla.quill@harbour.example", "credit"),
    ("(If you would like to write: orla.quill@harbour.example)", "credit"),
    ("Keywords: KETTLES RESULTS/ (C) Harbour Wire 2007. It was made in Millbrook.", "credit"),
    ("(Millbrook newsroom, +1 646 555 0101)", "credit"),
    ("Follow Orla Quillfeather on Twitter @orlaquill.", "credit"),
    ("Editor’s note: The ferry company owns a stake in this newspaper.", "credit"),
    ("(Orla Quillfeather is a Harbour Wire columnist. The opinions expressed are her own.)", "credit"),
    ("Photo by Ingmar Tolvarsen", "caption"),
    ("Photo: Ingmar Tolvarsen/Harbour Wire", "caption"),
    ("Photograph: Ingmar Tolvarsen", "caption"),
    ("(AP Photo/Ingmar Tolvarsen)", "caption"),
    ("(Ingmar Tolvarsen/AFP/Getty Images)", "caption"),
    ("(Ingmar Tolvarsen/AFP via Getty Images)", "caption"),
    ("(Photo: ferries lie at the old pier)", "caption"),
    ("(Picture of the harbour at dusk)", "caption"),
    ("(File photo)", "caption"),
    ("(Credit: Ingmar Tolvarsen)", "caption"),
    ("Ingmar Tolvarsen via Getty Images", "caption"),
    ("REUTERS/Ingmar Tolvarsen", "caption"),
    ("A trader looks up at the boards in London, July 17, 2024. REUTERS/Ingmar Tolvarsen/File Photo", "caption"),
    ("Credit: Ingmar Tolvarsen", "caption"),
    ("Image: the harbour at dusk", "caption"),
    ("File photo: ferries at the old pier", "caption"),
    ("FILE - In this July 3 photo, ferries lie at the old pier.", "caption"),
    ("(Corrects day in paragraph 2)", "correction"),
    ("(In July 16 story, corrects spelling of name in paragraph 4)", "correction"),
    ("(In July 16 story, corrected spelling of name in paragraph 4)", "correction"),
    ("(Correction: the index fell 0.4 percent)", "correction"),
    ("(The headline was corrected to say kettles)", "correction"),
    ("(The following report was revised to show a fall)", "correction"),
    ("(This report has been updated with the close.)", "correction"),
    ("Corrected on July 17 to say that the index fell.", "correction"),
    ("(Adds details, updates share price)", "correction"),
    ("(This story has been corrected to say that the index fell 0.4 percent)", "correction"),
    ("Correction: An earlier version of this story misstated the fall of the index.", "correction"),
    ("This article has been updated to reflect the close.", "correction"),
    ("CORRECTION APPENDED", "correction"),
]


@pytest.mark.parametrize(("line", "kind"), LINES)
def test_a_line_of_its_own(line: str, kind: str) -> None:
    heading = [("heading", "Chipmakers lead a rally")] if kind == "byline" else []
    text = f"Chipmakers lead a rally\n\n{line}\n\n{STORY}"
    assert [(one.kind, one.text) for one in find_credits(text)] == [*heading, (kind, line)]


BELOW = [(line, kind) for line, kind in LINES if "|" not in line and not line.startswith("From")]


@pytest.mark.parametrize(("line", "kind"), BELOW)
def test_a_line_below_the_story(line: str, kind: str) -> None:
    text = f"{STORY}\n\n{STORY}\n\n{line}\n"
    assert [(one.kind, one.text) for one in find_credits(text)] == [(kind, line)]


# Texts whose lines were joined, as agencies' archives have them: what is found in each.
JOINED = [
    (
        f"{STORY} (Reporting by Orla Quillfeather; Editing by Tam Brackwater)",
        ["(Reporting by Orla Quillfeather; Editing by Tam Brackwater)"],
    ),
    (f"{STORY} (Writing by Orla Quillfeather) The index has doubled since.", ["(Writing by Orla Quillfeather)"]),
    (
        f"{STORY} (Reporting by Orla\nQuillfeather, editing by Tam Brackwater)",
        ["(Reporting by Orla\nQuillfeather, editing by Tam Brackwater)"],
    ),
    (
        f"{STORY} Reporting by Orla Quillfeather; Editing by Tam Brackwater",
        ["Reporting by Orla Quillfeather; Editing by Tam Brackwater"],
    ),
    (f"{STORY} -- Additional reporting by Tam Brackwater", ["Additional reporting by Tam Brackwater"]),
    (
        f"{STORY} Orla Quillfeather in Millbrook contributed to this report.",
        ["Orla Quillfeather in Millbrook contributed to this report."],
    ),
    (
        f"{STORY} (Editing by Tam Brackwater) (orla@harbour.example, +1 202 555 0101)",
        ["(Editing by Tam Brackwater)", "(orla@harbour.example, +1 202 555 0101)"],
    ),
    (
        f"{STORY} (Editing by Tam Brackwater ) Corrects to say that it rose",
        ["(Editing by Tam Brackwater )", "Corrects to say that it rose"],
    ),
    (
        f"{STORY} FOREX: The dollar was little changed (This story corrects the headline)",
        ["(This story corrects the headline)"],
    ),
    (
        f"Traders waited. (This story was corrected to say that they waited.) {STORY}",
        ["(This story was corrected to say that they waited.)"],
    ),
    (
        f"(Adds details) by Orla Quillfeather PARIS, Oct 30 (Reuters) - {STORY}",
        ["(Adds details)", "by Orla Quillfeather", "PARIS, Oct 30 (Reuters) -"],
    ),
    (f"{STORY} Keywords: KETTLES/ (C) Harbour Wire 2007.", ["Keywords: KETTLES/ (C) Harbour Wire 2007."]),
    (f"{STORY} (C) Harbour Wire 2024. All rights reserved.", ["(C) Harbour Wire 2024. All rights reserved."]),
    (f"Traders waited (Photo by Ingmar Tolvarsen) for news. {STORY}", ["(Photo by Ingmar Tolvarsen)"]),
    (f"By Orla Quillfeather NEW YORK (Reuters) - {STORY}", ["By Orla Quillfeather", "NEW YORK (Reuters) -"]),
    (
        f"By Orla Quillfeather and Tam Brackwater BOSTON/CHICAGO, Jan 18 (Harbour Wire) - {STORY}",
        ["By Orla Quillfeather and Tam Brackwater", "BOSTON/CHICAGO, Jan 18 (Harbour Wire) -"],
    ),
    (
        f"By Orla Quillfeather WASHINGTON Dec 14 (Reuters) - {STORY}",
        ["By Orla Quillfeather", "WASHINGTON Dec 14 (Reuters) -"],
    ),
    (
        f"(Adds details) By Orla Quillfeather PARIS, Oct 30 (Reuters) - {STORY}",
        ["(Adds details)", "By Orla Quillfeather", "PARIS, Oct 30 (Reuters) -"],
    ),
    (
        f"Corrects fine to billions \n\n By Orla Quillfeather BRUSSELS (Reuters) - {STORY}",
        ["Corrects fine to billions", "By Orla Quillfeather", "BRUSSELS (Reuters) -"],
    ),
]


@pytest.mark.parametrize(("text", "found"), JOINED)
def test_texts_whose_lines_were_joined(text: str, found: list[str]) -> None:
    assert [one.text for one in find_credits(text)] == found


DATELINES = [
    "MILLBROOK, Mass., July 17, 2024 /Harbour Circuit/ --",
    "MILLBROOK, Mass.--(HARBOUR CIRCUIT)--",
    "NEW YORK (Reuters) -",
    "NEW YORK (Reuters) –",
    "NEW YORK, Nov. 19 (UPI) —",
    "LONDON, July 1 (Harbour Wire) –",
    "LONDON, 1 July 2024 (Harbour Wire) -",
    "SAN FRANCISCO/NEW YORK (Reuters) -",
    "WILMINGTON, Del./NEW YORK (Reuters) -",
    "ORAN, Algeria (Reuters) -",
    "SOMERSWORTH, N.H. (AP) —",
    "TOKYO (Reuters)-",
    "(Reuters) -",
    "July 17 (Reuters) -",
    "New York (AFP) –",
    "London, July 1 (Harbour Wire) –",
    "WASHINGTON —",
    "MILLBROOK –",
    "NEW YORK -",
    "ST. LOUIS --",
    "MANCHESTER, N.H. —",
    "RANGOON, Burma -",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_datelines(dateline: str) -> None:
    for above in ("", "By Orla Quillfeather\n\n", "A title with a full stop.\n\n"):
        text = f"{above}{dateline} {STORY}"
        assert [(one.kind, one.text) for one in find_credits(text)][-1] == ("dateline", dateline)


BLANKS = ["\u00a0", "\u202f", "\u2009", "\u3000"]


@pytest.mark.parametrize("blank", BLANKS)
def test_blanks_of_typesetting_are_blanks(blank: str) -> None:
    for line, kind in [*LINES, *((f"{dateline} {STORY}", "dateline") for dateline in DATELINES)]:
        plain, typeset = (find_credits(text) for text in (line, line.replace(" ", blank)))
        assert [one.kind for one in typeset] == [one.kind for one in plain] == [kind], line
        assert [one.text for one in typeset] == [one.text.replace(" ", blank) for one in plain]


# Sentences and titles that open or sound like what surrounds a story, and belong to it.
FALSE_FRIENDS = [
    "Published figures for July 2024 were revised.",
    "Updated forecasts on July 17 lifted the shares.",
    "Posted 12 July losses, the firm said.",
    "Contact with the ship was lost on Tuesday.",
    "SOURCE Energy said profit rose.",
    "By Friday the index had lost 3 percent.",
    "By Labor Day, shops had cut their orders by half.",
    "By contrast, bonds rose.",
    "By Monday Tarnbrook had sold its stake.",
    "By sector, banks led the falls.",
    "By The Numbers",
    "By Order Of The Board",
    "BY ORDER OF THE BOARD",
    "By Special Order Of The Court",
    "By Invitation Only",
    "By Popular Demand",
    "By Word Of Mouth",
    "By Royal Appointment Only",
    "By buying Tarnbrook Inc, Ferry Corp would double its sales.",
    "The report by Orla Quillfeather said that sales rose.",
    "A story by Orla Quillfeather moved the shares.",
    "From January to June the index rose 9 percent.",
    "From New York to London, traders sold.",
    "Photo company Kodak said sales rose.",
    "Photos of the flood moved the shares of insurers.",
    "Photo by photo, the album tells of the fleet.",
    "Editing software maker Adobe rose 3 percent.",
    "Reporting by companies in Europe begins in July.",
    "Reporting by the Harbour Wire found that the ferry lost money.",
    "Reporting season begins on Monday.",
    "Writing by hand is back in fashion.",
    "Data compiled by Harbour Wire show a fall of 3 percent.",
    "Analysts' estimates compiled by Wicketfold Data were higher.",
    "Credit Suisse fell 3 percent.",
    "Credit: the word alone makes bankers nervous this year.",
    "Credit card debt rose.",
    "Image is everything to the maker of kettles.",
    "Getty Images shares rose 3 percent.",
    "Correction territory begins at a fall of 10 percent.",
    "Corrections of 10 percent come once a year.",
    "This report was due on Friday.",
    "The company contributed to this week's gains.",
    "Banks contributed most to the rise.",
    "Follow the money, traders say.",
    "Ferry Corp (reporting by segment since 2020) rose 3 percent.",
    "The fund (research by its own desk) rose 3 percent.",
    "Shares (adds up to 3 percent) rose.",
    "The ferry (the report was compiled before the storm) sank.",
    "Sales rose 4 percent (The report was revised on Monday to show a 3 percent rise) and orders fell.",
    "Sales rose 4 percent. (The report was revised on Monday to show a 3 percent rise.) Orders fell.",
    "The report was revised on Monday to show a 3 percent rise.",
    "The ferry law is old. (The article was amended in 2010.) It bars kettles.",
    "Payrolls grew (In May, the figure was corrected for seasons to 3 percent) more than expected.",
    "Payrolls grew. (In May, the figure was corrected for seasons to 3 percent.) Orders fell.",
    "Sales rose (This report was revised on Monday) and orders fell.",
    "Sales rose 3 percent. (This story was revised), he said.",
    "Sales rose (This report was revised on Monday)\nand orders fell.",
    "Sales rose (This story has been corrected).",
    "Orders of Tarnbrook (Updates of its kettles are due) Fell, said the headline.",
    "Shares (Adds up to 3 percent) rose.",
    "Shares fell. (Correction territory begins at a fall of 10 percent.) Bonds rose.",
    "Corrected on a seasonal basis, sales fell 3 percent.",
    "The pier (To date few people visit) fell to ruin.",
    "Tarnbrook (Photo: the kettle maker said profit rose 3 percent) fell.",
    "Tarnbrook (pictures of its kettles showed rust) fell.",
    "Tarnbrook (Credit: the word alone makes bankers nervous) fell.",
    "Confidence (a Millbrook/Reuters poll of traders) rose 3 percent.",
    "Profit fell. © 2024 was the year in which stocks rose, he said.",
    "© 2024 was the year in which stocks rose, he said.",
    "Profit fell. (C) Analysts expect growth in 2025 of 3 percent.",
    "Profit fell. Keywords: A rise of stocks was, he said, what they sought.",
    "Keywords: A rise of stocks was, he said, what they sought.",
    "Profit fell (a.quill@harbour.example said profit rose 3 percent).",
    "a.quill@harbour.example said profit rose 3 percent.",
    "Hiring rose (the labor bureau said by 120 000) in May.",
    "An earlier version of the bill was dropped.",
    "Tarnbrook (TBK.N) - the maker of kettles - rose 3 percent.",
    "THE BOTTOM LINE - Kettles sell.",
    "ANALYSIS - Kettles sell.",
    "GLOBAL MARKETS - Kettles sell.",
    "The index rose 3 percent - its best day of the year.",
    "Profit rose to 3 million dollars (net) - more than expected.",
    "(c) The third reason is the weather.",
    "All rights issues were sold.",
]


@pytest.mark.parametrize("line", FALSE_FRIENDS)
def test_false_friends_stay_in_the_story(line: str) -> None:
    for text in (line, f"Kettles\n\n{line}\n\n{STORY}", f"{STORY} {line}", f"{STORY}\n\n{line}"):
        assert find_credits(text) == (), text


def test_no_board_wrote_a_story_before_its_dateline() -> None:
    kinds = [one.kind for one in find_credits(f"By Order Of The Board LONDON (Reuters) - {STORY}")]
    assert kinds == ["dateline"]


KNOWN_GAPS = [
    # the byline and its dateline stand behind a standfirst on the same line
    (f"The kettle war. By Orla Quillfeather NEW YORK - {STORY}", ["By Orla Quillfeather", "NEW YORK -"]),
    # the line that a page shows beside the picture stands apart from the photographer's
    (
        f"Ingmar Tolvarsen via Getty Images\n\nFerries at dusk\n\n{STORY}",
        ["Ingmar Tolvarsen via Getty Images", "Ferries at dusk"],
    ),
    # what a foreign sum is worth is a desk's note as well
    (
        f"{STORY} (Editing by Tam Brackwater) ($1 = 0.6086 pound)",
        ["(Editing by Tam Brackwater)", "($1 = 0.6086 pound)"],
    ),
]


@pytest.mark.parametrize(("text", "found"), KNOWN_GAPS)
@pytest.mark.xfail(strict=True, reason="not told from the story yet")
def test_known_gaps(text: str, found: list[str]) -> None:
    assert [one.text for one in find_credits(text)] == found


HEADINGS = [
    ("Kettles sell\n\nBy Orla Quillfeather\n\n", ["Kettles sell"]),
    ("close\n\nAnalysis – Kettles sell\n\nBy Orla Quillfeather\n\n", ["close\n\nAnalysis – Kettles sell"]),
    ("Kettles sell\n(Corrects day)\nMakers glad\nBy Orla Quillfeather\n\n", ["Kettles sell", "Makers glad"]),
    ("Kettles sell\n\n", []),
    ("Kettles sell.\n\nBy Orla Quillfeather\n\n", []),
    ("\n".join(f"Kettle {number}" for number in range(20)) + "\nBy Orla Quillfeather\n\n", []),
    ("TOKYO (Harbour Wire) - Kettles sell\n\nBy Orla Quillfeather\n\n", []),
]


@pytest.mark.parametrize(("above", "headings"), HEADINGS)
def test_headings_stand_above_a_byline(above: str, headings: list[str]) -> None:
    assert [one.text for one in find_credits(above + STORY) if one.kind == "heading"] == headings


PEOPLE = [
    ("By Orla Quillfeather", ["Orla Quillfeather"]),
    ("BY ORLA QUILLFEATHER AND TAM BRACKWATER", ["Orla Quillfeather", "Tam Brackwater"]),
    ("By Orla Quillfeather and Tam Brackwater, Harbour Wire", ["Orla Quillfeather", "Tam Brackwater"]),
    ("By Orla Quillfeather, Staff Writer", ["Orla Quillfeather"]),
    ("By Orla Quillfeather | Harbour Wire | July 17, 2024", ["Orla Quillfeather"]),
    ("From Orla Quillfeather in London", ["Orla Quillfeather"]),
    ("By Harbour Wire Staff", []),
    ("By Pedro da Quill and O. Q. Tarn Jr.", ["Pedro da Quill", "O. Q. Tarn"]),
    ("(Reporting by Orla Quillfeather ; Editing by Tam Brackwater )", ["Orla Quillfeather", "Tam Brackwater"]),
    (
        "(Reporting by Orla Quillfeather in New York, Tam Brackwater in Sao Paulo; editing by the Asia desk)",
        ["Orla Quillfeather", "Tam Brackwater"],
    ),
    (
        "(Additional reporting by Orla Quillfeather and Tam Brackwater in Paris and Basil Oxenholme. Editing by Bo Ek)",
        ["Orla Quillfeather", "Tam Brackwater", "Basil Oxenholme", "Bo Ek"],
    ),
    ("(Compiled by Frankfurt newsroom)", []),
    ("Orla Quillfeather and Tam Brackwater contributed to this report.", ["Orla Quillfeather", "Tam Brackwater"]),
    ("© 2024 Harbour Wire. All rights reserved.", []),
    ("Photo: Ingmar Tolvarsen/Harbour Wire", ["Ingmar Tolvarsen"]),
    ("REUTERS/Ingmar Tolvarsen", ["Ingmar Tolvarsen"]),
    ("(Reporting by Orla\nQuillfeather)", ["Orla Quillfeather"]),
]


@pytest.mark.parametrize(("line", "names"), PEOPLE)
def test_people(line: str, names: list[str]) -> None:
    assert list(people(line)) == names


# -- any text

PARTS = [line for line, _ in LINES] + FALSE_FRIENDS + DATELINES + ["\n", "\n\n", " ", "(", ")", STORY, "By ", "A "]


@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=20), max_size=12).map(" ".join) | st.text())
def test_pieces_are_in_order_apart_and_their_own_words(text: str) -> None:
    found = find_credits(text)
    assert all(text[one.start : one.end] == one.text and one.text.strip() == one.text != "" for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(isinstance(name, str) for one in found for name in people(one.text))


RUNS = [
    *(" ", "\n", "\r\n", "\t", "A", "A ", "Aa ", "a", ".", ". ", "(", "((", "[", ")", "@", "a@", "/", "A/", "-", " - "),
    *("—", "1", "’", "By ", "By Aa Bb ", "\nBy Aa Bb", "(Reporting by ", "Reporting by ", ". Editing by A", "Aa and "),
    *("Aa, ", "NEW YORK, ", "NEW YORK (", "(Reuters) - ", "(Corrects ", "(In ", "Photo: ", "REUTERS/", "Getty Images/"),
    *("Aa contributed to this report. ", "contributed ", "von ", "reporting and ", "with ", "Keywords: A", ". © 2024 "),
]


@pytest.mark.parametrize("run", RUNS)
def test_long_runs_of_one_kind_are_read(run: str) -> None:
    """A pattern that reads a run again from each of its places does not come back from these for minutes."""
    for opening in ("", "By ", "(", "NEW YORK "):
        text = opening + (run * 20_000)[:20_000]
        assert all(text[one.start : one.end] == one.text for one in find_credits(text))
        people(text)
