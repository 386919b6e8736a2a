"""Joins the stages: from one document to its items. No other room knows more than its own."""

from harvester.pipeline.about import About, Options
from harvester.pipeline.document import DocumentResult, extract_document

__all__ = ["About", "DocumentResult", "Options", "extract_document"]
