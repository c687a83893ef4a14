"""Reads the operations of a redline back from the formats that carry it, each by its own rules.

An operation is (op, words), op one of "=", "-", "+"; "¶" stands for the end of a paragraph. What
follows another of the same kind is joined to it, so that how words were cut does not matter.
"""

import io
import re
import zipfile
from itertools import groupby

from lxml import etree, html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
_OURS = {"Title", "Subtitle", "ManifestoNote", "ManifestoSource", "ManifestoBack"}


def joined(operations):
    """Joins neighbours of one kind; in each change what goes is told before what comes."""
    found = []
    for _, group in groupby(operations, key=lambda each: each[0] == "="):
        each = list(group)
        if each[0][0] == "=":
            found.append(("=", "".join(words for _, words in each)))
            continue
        for op in "-+":
            words = "".join(words for each_op, words in each if each_op == op)
            found += [(op, words)] if words else []
    return found


def of_blocks(blocks):
    for block in blocks:
        for piece in block.pieces:
            yield piece.op, piece.text
        yield block.end, "¶"


def of_docx(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or style.get(f"{W}val") in _OURS:
            continue
        for run in paragraph.iter(f"{W}r"):
            if run.find(f"{W}rPr/{W}rStyle[@{W}val='ClauseNumber']") is not None:
                continue
            above = {parent.tag.removeprefix(W) for parent in run.iterancestors()}
            op = "-" if above & {"del", "moveFrom"} else "+" if above & {"ins", "moveTo"} else "="
            for part in run:
                name = part.tag.removeprefix(W)
                if name in ("t", "delText"):
                    yield op, part.text or ""
                elif name in ("br", "tab"):
                    yield op, "\n" if name == "br" else "\t"
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        name = mark[0].tag.removeprefix(W) if mark is not None and len(mark) else ""
        yield "-" if name in ("del", "moveFrom") else "+" if name else "=", "¶"


def of_html(content):
    main = html.fromstring(content.decode("utf-8")).get_element_by_id("text")
    for block in main.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6|.//p|.//li|.//pre"):
        if block.tag == "li" and block.xpath("ancestor::*[@id='sources']"):
            continue
        changed = block.get("class") or block.getparent().get("class") or ""
        whole = {"inserted": "+", "moved": "+", "deleted": "-", "moved-away": "-"}
        end = next((whole[name] for name in changed.split() if name in whole), "=")
        told = list(_told(block, "="))
        if told and told[-1][1] == "¶" and told[-1][0] != "=":
            end = told.pop()[0]
        yield from told
        yield end, "¶"


def _told(element, op):
    if element.tag in ("ins", "del"):
        op = "+" if element.tag == "ins" else "-"
    if element.tag == "br":
        yield op, "\n"
    elif element.get("class") in ("label", "hidden", "number", "permalink"):
        return
    else:
        if element.text:
            yield op, element.text
        for child in element:
            if child.tag in ("ul", "ol"):
                break  # The items below are blocks of their own.
            yield from _told(child, op)
            tail = child.tail or ""
            if child.get("class") in ("label", "number"):
                tail = tail.removeprefix(" ")
            if child.tag != "ul" and tail:
                yield op, tail


def of_akn(content):
    root = etree.fromstring(content)
    whole = {"inserted": "+", "moved": "+", "deleted": "-", "moved-away": "-"}
    for place in root.iter(f"{AKN}heading", f"{AKN}content"):
        if place.tag == f"{AKN}content" and not "".join(place.itertext()):
            continue
        holder = place.getparent()
        end = whole.get(holder.get("class") or "", "=")
        inner = place if place.tag == f"{AKN}heading" else place[0]
        for op, words in _inline(inner, "="):
            if words == "¶":
                end = op
            else:
                yield op, words
        yield end, "¶"


def _inline(element, op):
    name = element.tag.removeprefix(AKN)
    if name in ("ins", "del"):
        op = "+" if name == "ins" else "-"
    if name in ("eol", "br"):
        yield op, "¶" if name == "eol" else "\n"
    if element.text:
        yield op, element.text
    for child in element:
        yield from _inline(child, op)
        if child.tail:
            yield op, child.tail


def critic_side(markdown, op):
    """Takes every addition, or every deletion, as a program that knows CriticMarkup does."""
    kept, gone = (r"\{\+\+(.*?)\+\+\}", r"\{--(.*?)--\}")
    if op == "-":
        kept, gone = gone, kept
    # One pass, so that what one mark holds is not read as another.
    both = re.compile(f"(?s){kept}|{gone}")
    read = both.sub(lambda match: match[1] or "", markdown)
    opener, closer = r"\{\\(\\*)(\+\+|--|~~|==|>>)", r"(\+\+|--|~~|==|<<)(\\*)\\\}"
    return re.sub(closer, r"\1\2}", re.sub(opener, r"{\1\2", read))


_CHANGE = re.compile(r"\{\+\+(.*?)\+\+\}|\{--(.*?)--\}", re.DOTALL)
_LEAD = re.compile(r" *(?:#{1,6} |[-*+] |\d+[.)] |> )?")


def of_critic(markdown):
    """Reads CriticMarkup: paragraphs end at a blank line, or where an item begins a line."""
    marked, at = [], 0
    for change in _CHANGE.finditer(markdown):
        marked += [("=", character) for character in markdown[at : change.start()]]
        op, words = ("-", change[2]) if change[1] is None else ("+", change[1])
        marked += [(op, character) for character in words]
        at = change.end()
    marked += [("=", character) for character in markdown[at:].rstrip("\n")]
    text = "".join(character for _, character in marked)
    started, begins = "=", 0
    if not text:
        return
    for end in re.finditer(r"\n\n+|\n(?= *(?:[-*+] |\d+[.)] ))|\Z", text):
        part = marked[begins : end.start()]
        if not text.startswith("```", begins):
            lead = _LEAD.match(text, begins, end.start()).end() - begins
            part = [(op, character.replace("\n", " ")) for op, character in part[lead:]]
        ops = {op for op, _ in part}
        yield from part
        broken = marked[end.start()][0] if end[0] else "="
        # A clause that came or went as a whole took its break along, unless it has its own.
        yield (*ops, "¶") if started == broken == "=" and ops in ({"+"}, {"-"}) else (broken, "¶")
        started, begins = broken, end.end()
