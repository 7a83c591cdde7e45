"""Articles to token columns. Past this folder nobody sees a parser's own objects."""

from sayso.parse.spacy_parser import SpacyParser

__all__ = ["SpacyParser"]
