"""XML of our own making: a tree of elements -> an answer."""

import re

from flask import Response
from lxml import etree

#: What XML 1.0 cannot hold, escaped or not.
UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return UNSPEAKABLE.sub("", text)


def document(tree: etree._Element, media_type: str) -> Response:
    """The answer that is this tree."""
    body = etree.tostring(tree, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return Response(body, content_type=f"{media_type}; charset=utf-8")
