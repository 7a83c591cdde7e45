"""Texts written for sayso with what is claimed in them annotated by hand."""
