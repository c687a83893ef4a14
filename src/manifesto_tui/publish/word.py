"""Makes the parts of a Word file that say nothing of the text: names, styles, lists, footer.

WordprocessingML as ECMA-376 describes it; the file is small enough to be written part by part.
"""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # Word's own name for custom properties.
DEEPEST_LIST = 8
BULLETS = 1
"""The number of the one bulleted list; numbered lists follow it."""

Element = etree._Element


def w(tag: str, **attributes: object) -> Element:
    """Returns an element in Word's own namespace, its attributes too."""
    element = etree.Element(f"{{{W}}}{tag}", nsmap={"w": W, "r": R})
    for name, value in attributes.items():
        element.set(f"{{{W}}}{name}", str(value))
    return element


def xml_bytes(root: Element) -> bytes:
    """Returns an XML file."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def fixed_part(name: str, language: str = "en-GB") -> bytes:
    """Returns a part that stands ready in the package."""
    found = files("manifesto_tui.publish").joinpath(f"templates/docx/{name}.xml")
    return found.read_text(encoding="utf-8").strip().replace("@language@", language).encode()


def numbering(ordered_lists: int) -> bytes:
    """Returns the lists: one of bullets, and as many numbered ones, each beginning at one."""
    root = w("numbering")
    for abstract, kind in ((0, "bullet"), (1, "decimal")):
        made = w("abstractNum", abstractNumId=abstract)
        made.append(w("multiLevelType", val="hybridMultilevel"))
        for level in range(DEEPEST_LIST + 1):
            step = w("lvl", ilvl=level)
            step.append(w("start", val=1))
            step.append(w("numFmt", val=kind))
            step.append(w("lvlText", val="•" if kind == "bullet" else f"%{level + 1}."))
            step.append(w("lvlJc", val="left"))
            place = w("pPr")
            place.append(w("ind", left=425 * (level + 1), hanging=425))
            step.append(place)
            made.append(step)
        root.append(made)
    for number in range(BULLETS, BULLETS + ordered_lists + 1):
        instance = w("num", numId=number)
        instance.append(w("abstractNumId", val=0 if number == BULLETS else 1))
        if number > BULLETS:
            for level in range(DEEPEST_LIST + 1):
                again = w("lvlOverride", ilvl=level)
                again.append(w("startOverride", val=1))
                instance.append(again)
        root.append(instance)
    return xml_bytes(root)


def footer(title: str) -> bytes:
    """Returns the foot of each page: the title, and the page's number."""
    root = w("ftr")
    paragraph = w("p")
    head = w("pPr")
    head.append(w("pStyle", val="ManifestoNote"))
    tabs = w("tabs")
    tabs.append(w("tab", val="right", pos=9070))
    head.append(tabs)
    paragraph.append(head)
    words = w("r")
    words.append(_text(title))
    words.append(w("tab"))
    field = w("fldSimple", instr="PAGE")
    page = w("r")
    page.append(_text("1"))
    field.append(page)
    paragraph.extend([words, field])
    root.append(paragraph)
    return xml_bytes(root)


def _text(words: str) -> Element:
    text = w("t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = words
    return text


def relationships(links: Sequence[str]) -> bytes:
    """Returns what the document refers to: its parts, and the web pages it links to."""
    root = etree.Element(
        f"{{{_PACKAGE}/relationships}}Relationships", nsmap=_default(f"{_PACKAGE}/relationships")
    )
    parts = (
        ("styles", "styles.xml"),
        ("numbering", "numbering.xml"),
        ("settings", "settings.xml"),
        ("footer", "footer1.xml"),
    )
    for place, (kind, target) in enumerate(parts, start=1):
        _relationship(root, f"rId{place}", kind, target)
    for place, target in enumerate(links, start=1):
        _relationship(root, f"link{place}", "hyperlink", target).set("TargetMode", "External")
    return xml_bytes(root)


def _relationship(root: Element, name: str, kind: str, target: str) -> Element:
    found = etree.SubElement(root, f"{{{_PACKAGE}/relationships}}Relationship")
    found.set("Id", name)
    found.set("Type", f"{R}/{kind}")
    found.set("Target", target)
    return found


def core_properties(title: str, subject: str, language: str, created: str) -> bytes:
    """Returns the file's own properties; `created` is the moment of publishing."""
    dc, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    core = f"{_PACKAGE}/metadata/core-properties"
    root = etree.Element(
        f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dc, "dcterms": terms, "xsi": xsi}
    )
    for name, value in (("title", title), ("subject", subject), ("language", language)):
        etree.SubElement(root, f"{{{dc}}}{name}").text = value
    for name in ("created", "modified"):
        moment = etree.SubElement(root, f"{{{terms}}}{name}")
        moment.set(f"{{{xsi}}}type", "dcterms:W3CDTF")
        moment.text = created
    return xml_bytes(root)


def custom_properties(values: Sequence[tuple[str, str]]) -> bytes:
    """Returns named properties: by them a file that returns says which text it left as."""
    types = f"{_OFFICE}/docPropsVTypes"
    name = f"{_OFFICE}/custom-properties"
    root = etree.Element(f"{{{name}}}Properties", nsmap=_default(name, vt=types))
    for place, (key, value) in enumerate(values, start=2):
        held = etree.SubElement(root, f"{{{name}}}property")
        held.set("fmtid", _FORMAT_ID)
        held.set("pid", str(place))
        held.set("name", key)
        etree.SubElement(held, f"{{{types}}}lpwstr").text = value
    return xml_bytes(root)


def _default(name: str, **others: str) -> Any:
    """Returns namespaces with one that needs no prefix, of which the stubs do not know."""
    return {None: name, **others}
