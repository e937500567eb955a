"""The JavaScript of docs/api.md, run as it stands by a page that Serai may be read from."""

from itertools import pairwise

from tests.documents import compared, fenced
from tests.test_examples import ADDRESS
from tests.web.running import ROOT


def test_a_program_prints_what_is_shown(chromium, address):
    blocks = list(fenced(ROOT / "docs" / "api.md"))
    programs = [(block, shown) for block, shown in pairwise(blocks) if block.language == "javascript"]
    assert programs
    for block, shown in programs:
        with chromium.new_context() as context:
            page = context.new_page()
            page.goto(f"{address}/healthz")
            printed = []
            # Chromium itself complains that what is no page has no icon.
            page.on("console", lambda said, printed=printed: said.type == "log" and printed.append(said.text))
            page.evaluate(f"async () => {{ {block.text.replace(ADDRESS, address)} }}")
            assert shown.language == "text"
            assert compared("\n".join(printed), shown.text), printed
