"""What tests of locators share."""

import pytest

from harvester.locate.registry import LOCATORS
from harvester.locate.scan import Scan
from harvester.model import Document, Limits


@pytest.fixture
def locate():
    """Gives all excerpts of a text, as the pipeline asks for them."""

    def located(text, limits=None):
        document = Document(uri="x", data=text, utf8=text, encoding="utf-8", media_type="text/html")
        scan = Scan(document, limits or Limits())
        excerpts = []
        for locator in LOCATORS:
            for excerpt in locator(scan):
                for span in excerpt.spans:
                    scan.take(span)
                excerpts.append(excerpt)
        return excerpts

    return located
